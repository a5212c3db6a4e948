# Black-box tests of what goes wrong around a run: signals, kills, full disks, closed pipes, folders that refuse.
# SPDX-License-Identifier: Apache-2.0
import json
import os
import pathlib
import signal
import subprocess
import sys
import time
import unittest

import black_box


class Signals(black_box.Case):
    def interrupted(self, number, **more):
        process = self.start("run", self.waiting(60), **more)
        self.until(self.started_step)
        sent = time.monotonic()
        process.send_signal(number)
        process.out, process.err = process.communicate(timeout=120)
        process.took = time.monotonic() - sent
        return process

    def test_ctrl_c_stops_soon_and_leaves_a_whole_run(self):
        process = self.interrupted(black_box.INTERRUPT)
        self.assertEqual(process.returncode, 130)
        self.assertLess(process.took, 50.0)
        self.assertEqual(process.err.count("stopping at the next poll"), 1)
        run = self.only_run()
        self.assert_whole(run)
        self.assertEqual(self.manifest(run)["state"], "interrupted")
        self.assertEqual(self.manifest(run)["exit_code"], 130)
        self.assertIn("interrupted", self.orrery("show", "latest").stdout)

    def test_sigterm_does_the_same_with_its_own_code(self):
        process = self.interrupted(black_box.TERMINATE)
        self.assertEqual(process.returncode, 143)
        self.assertEqual(self.manifest(self.only_run())["state"], "interrupted")

    def test_the_third_ctrl_c_ends_a_step_that_does_not_listen(self):
        process = self.start("run", self.waiting(60, operation="deaf"))
        self.until(self.started_step)
        for _ in range(2):
            process.send_signal(black_box.INTERRUPT)
            time.sleep(0.2)
        self.assertIsNone(process.poll())
        process.send_signal(black_box.INTERRUPT)
        process.communicate(timeout=120)
        self.assertEqual(process.returncode, -signal.SIGINT)
        self.assert_whole(self.only_run())
        self.assertEqual(self.manifest(self.only_run())["state"], "running")

    def test_a_signal_that_was_ignored_stays_ignored(self):
        ignore = lambda: signal.signal(signal.SIGINT, signal.SIG_IGN)
        process = self.start("run", self.waiting(0.5), preexec_fn=ignore)
        self.until(self.started_step)
        process.send_signal(black_box.INTERRUPT)
        process.communicate(timeout=120)
        self.assertEqual(process.returncode, 0)

    def test_kill_leaves_whole_files_and_the_same_command_works_again(self):
        for wait in [0.0, 0.005, 0.01, 0.02, 0.05, 0.1]:
            scenario = self.write("fill.toml", black_box.FILL.format(count=300000))
            process = self.start("run", scenario)
            time.sleep(wait)
            process.kill()
            process.communicate()
        runs = self.folder / "runs/fill"
        # A directory without a manifest died before its first step and is no run yet.
        for run in [p for p in runs.iterdir() if (p / "manifest.json").exists()] if runs.exists() else []:
            self.assert_whole(run)
            json.loads(self.orrery("show", run, "--format", "json").stdout)
        done = self.orrery("run", scenario)
        self.assert_whole(self.folder / done.stdout.splitlines()[-1])

    def test_a_killed_run_is_shown_as_running(self):
        process = self.start("run", self.waiting(60))
        self.until(self.started_step)
        process.kill()
        process.communicate()
        self.assert_whole(self.only_run())
        self.assertIn("running", self.orrery("show", "pause").stdout)


class Pipes(black_box.Case):
    def closed_reader(self, *words):
        """Runs with a standard output that nobody reads any more."""
        reading, writing = os.pipe()
        os.close(reading)
        try:
            return subprocess.run([black_box.OPTIONS.orrery, *map(str, words)], cwd=self.folder, env=self.environment,
                                  stdout=writing, stderr=subprocess.PIPE, text=True, timeout=300)
        finally:
            os.close(writing)

    def test_a_reader_that_goes_away_is_no_error(self):
        for words in [["ls"], ["explain"], ["explain", "cycle"], ["describe", "slow.wait"], ["--help"], ["doctor"]]:
            with self.subTest(words=words):
                done = self.closed_reader(*words)
                self.assertEqual(done.returncode, 0, done.stderr)
                self.assertNotIn("error", done.stderr)

    def test_a_run_is_stored_though_nobody_reads(self):
        self.assertEqual(self.closed_reader("run", self.waiting()).returncode, 0)
        self.assertEqual(self.manifest(self.only_run())["state"], "done")
        self.assertEqual(self.closed_reader("run", self.waiting(0.0, expected=1.0)).returncode, 1)

    def test_a_full_standard_output_is_an_error(self):
        with open("/dev/full", "w") as full:
            done = self.orrery("explain", code=4, stdout=full, stderr=subprocess.PIPE, capture_output=False)
        self.assertIn("cannot write to standard output: No space left on device", done.stderr)


class Folders(black_box.Case):
    def test_a_folder_that_is_not_empty_is_not_taken(self):
        self.orrery("run", self.waiting(), "--out", self.folder / "a/b")
        done = self.orrery("run", self.waiting(), "--out", self.folder / "a/b", code=2)
        self.assertIn("is not empty", done.stderr)

    def test_a_folder_that_cannot_be_written_to_is_told_before_anything_runs(self):
        done = self.orrery("run", self.waiting(60), "--out", "/proc/nothing/out", code=4)
        self.assertIn("error[cannot_write]: cannot write '/proc/nothing/out'", done.stderr)

    @unittest.skipIf(os.geteuid() == 0, "root may write everywhere")
    def test_a_read_only_folder_is_told(self):
        closed = self.folder / "closed"
        closed.mkdir()
        scenario = self.waiting()
        closed.chmod(0o555)
        done = self.orrery("run", scenario, cwd=closed, code=4)
        self.assertIn("Permission denied", done.stderr)


class FullDisk(black_box.Case):
    def setUp(self):
        super().setUp()
        self.disk = self.folder / "disk"
        self.disk.mkdir()
        mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", self.disk], capture_output=True)
        if mounted.returncode != 0:
            self.skipTest("no right to mount a small disk")
        self.addCleanup(subprocess.run, ["umount", self.disk])

    def test_a_value_that_does_not_fit_leaves_the_rest_whole(self):
        scenario = self.write("fill.toml", black_box.FILL.format(count=300000))
        done = self.orrery("run", scenario, cwd=self.disk, code=4)
        self.assertIn("error[cannot_write]", done.stderr)
        self.assertIn("No space left on device", done.stderr)
        self.assertIn("much.values.npy", done.stderr)
        run = self.only_run("fill", self.disk)
        self.assert_whole(run)
        self.assertEqual(list(run.glob("out/*")), [])
        self.assertEqual(list(run.glob("out/.*")), [])
        self.assertEqual(self.manifest(run)["state"], "failed")
        self.assertIn("No space left", self.manifest(run)["problems"][0])

    def test_a_disk_that_is_full_from_the_start_gets_no_directory(self):
        with open(self.disk / "ballast", "wb", buffering=0) as ballast:
            try:
                for _ in range(512):
                    ballast.write(b"x" * 4096)
            except OSError:
                pass
        done = self.orrery("run", self.waiting(60), cwd=self.disk, code=4)
        self.assertIn("No space left on device", done.stderr)
        left = [p for p in pathlib.Path(self.disk).rglob("*") if p.is_file() and p.name != "ballast"]
        self.assertEqual(left, [])


if __name__ == "__main__":
    sys.path.insert(0, os.path.dirname(__file__))
    black_box.main()

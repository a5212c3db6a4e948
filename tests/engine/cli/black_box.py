# What the black-box tests of the program share: a folder of their own, a small plugin, and ways to run the program.
# SPDX-License-Identifier: Apache-2.0
import argparse
import json
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import unittest

OPTIONS = None
PLUGINS = None

WAIT = """orrery = 1
[scenario]
name = "{name}"
[step.pause]
use     = "slow.{operation}"
seconds = "{seconds} s"
[record]
waited = "@pause.waited"
[expect.long]
that   = "@pause.waited"
equals = "{expected} s"
[save]
values = ["@pause.waited"]
"""

FILL = """orrery = 1
[scenario]
name = "fill"
[step.much]
use   = "slow.fill"
count = {count}
[save]
values = ["@much.values"]
"""


def build_plugin(folder):
    """Compiles slow.c as a plugin's author would, with nothing but the SDK's headers."""
    compiler = os.environ.get("CC") or shutil.which("cc") or shutil.which("gcc") or "clang"
    source = pathlib.Path(OPTIONS.source)
    subprocess.run([*compiler.split(), "-std=c11", "-O1", "-shared", "-fPIC", "-fvisibility=hidden", "-D_DEFAULT_SOURCE",
                    "-I", source / "sdk/include", source / "tests/engine/cli/slow.c", "-o", folder / "slow.orrery.so"],
                   check=True)


def main():
    global OPTIONS, PLUGINS
    parser = argparse.ArgumentParser()
    parser.add_argument("--orrery", required=True)
    parser.add_argument("--source", required=True)
    OPTIONS, rest = parser.parse_known_args()
    OPTIONS.orrery = os.path.abspath(OPTIONS.orrery)
    OPTIONS.source = os.path.abspath(OPTIONS.source)
    with tempfile.TemporaryDirectory(prefix="orrery-plugins-") as folder:
        PLUGINS = folder
        build_plugin(pathlib.Path(folder))
        program = unittest.main(module="__main__", argv=[sys.argv[0], *rest], exit=False)
    sys.exit(not program.result.wasSuccessful())


class Case(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="orrery-cli-")
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        home = self.folder / "home"
        home.mkdir()
        self.environment = {"PATH": os.environ["PATH"], "HOME": str(home), "ORRERY_PLUGIN_PATH": PLUGINS,
                            "LC_ALL": "C.UTF-8"}
        # Sanitizers and coverage need theirs.
        self.environment.update({k: v for k, v in os.environ.items() if k.endswith("SAN_OPTIONS") or k.startswith("GCOV")})

    def write(self, name, text):
        path = self.folder / name
        path.write_text(text)
        return path

    def waiting(self, seconds=0.0, operation="wait", name="pause", expected=None):
        expected = seconds if expected is None else expected
        return self.write("wait.toml", WAIT.format(seconds=seconds, operation=operation, name=name, expected=expected))

    def orrery(self, *words, code=0, **more):
        """Runs the program to its end; its exit code must be the one that is expected."""
        options = dict(cwd=self.folder, env=self.environment, capture_output=True, text=True, timeout=300)
        options.update(more)
        done = subprocess.run([OPTIONS.orrery, *map(str, words)], **options)
        self.assertEqual(done.returncode, code, f"\n--- out\n{done.stdout}\n--- err\n{done.stderr}")
        return done

    def start(self, *words, **more):
        options = dict(cwd=self.folder, env=self.environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        options.update(more)
        process = subprocess.Popen([OPTIONS.orrery, *map(str, words)], **options)
        self.addCleanup(self.reap, process)
        return process

    @staticmethod
    def reap(process):
        if process.poll() is None:
            process.kill()
        process.communicate()

    def until(self, condition, seconds=120.0):
        """Waits for something that a started program does."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if condition():
                return
            time.sleep(0.01)
        self.fail("it did not happen in time")

    def only_run(self, name="pause", root=None):
        runs = [p for p in ((root or self.folder) / "runs" / name).iterdir() if not p.is_symlink()]
        self.assertEqual(len(runs), 1)
        return runs[0]

    def manifest(self, run):
        return json.loads((run / "manifest.json").read_text())

    def started_step(self, name="pause"):
        """True once the log of the only run tells of a step."""
        logs = list((self.folder / "runs" / name).glob("*/log.jsonl"))
        return bool(logs) and "step_started" in logs[0].read_text()

    def assert_whole(self, run):
        """Every file of a run's directory can be read as what it should be."""
        import sqlite3
        self.manifest(run)
        for line in (run / "log.jsonl").read_text().splitlines():
            json.loads(line)
        database = sqlite3.connect(run / "results.sqlite")
        self.assertEqual(database.execute("PRAGMA integrity_check").fetchone()[0], "ok")
        self.assertEqual(database.execute("PRAGMA user_version").fetchone()[0], 1)
        database.close()
        for array in run.glob("out/*.npy"):
            with array.open("rb") as file:
                self.assertEqual(file.read(6), b"\x93NUMPY")


INTERRUPT, TERMINATE, KILL = signal.SIGINT, signal.SIGTERM, signal.SIGKILL

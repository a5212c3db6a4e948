# Black-box tests of the verbs: what they print where, in which form, and with which exit code.
# SPDX-License-Identifier: Apache-2.0
import hashlib
import json
import os
import subprocess
import sys
import xml.etree.ElementTree

import black_box


class Usage(black_box.Case):
    def test_help_and_version_go_to_standard_output(self):
        self.assertRegex(self.orrery("--version").stdout, r"^orrery \d+\.\d+\.\d+ \(.+\)\n$")
        text = self.orrery("--help").stdout
        for word in ["run", "check", "--plugin-path", "exit codes"]:
            self.assertIn(word, text)
        self.assertNotIn("__names", text)
        self.assertIn("--set", self.orrery("run", "--help").stdout)

    def test_the_help_of_a_verb_has_its_own_examples(self):
        for verb in ["run", "check", "plan", "eval", "ls", "describe", "show", "explain", "completion", "doctor"]:
            page = self.orrery(verb, "--help").stdout
            examples = page[page.index("examples:"):].splitlines()[1:]
            self.assertTrue(any(examples))
            for line in filter(None, examples):
                self.assertIn(f"orrery {verb}", line)

    def test_without_a_verb_it_lists_them(self):
        done = self.orrery(code=2)
        self.assertEqual(done.stdout, "")
        self.assertIn("run, check, plan", done.stderr)

    def test_a_misspelt_verb_or_option_or_choice_is_met_with_the_nearest(self):
        for words, near in [(["rnu", "x"], "'run'"), (["run", "x", "--jbos", "3"], "'--jobs'"),
                            (["--formt", "json", "ls"], "'--format'"), (["ls", "--format", "jsn"], "'json'"),
                            (["help"], "orrery --help"), (["explain", "cycl"], "'cycle'")]:
            done = self.orrery(*words, code=2)
            self.assertIn(f"did you mean {near}" if near[0] == "'" else near, done.stderr)
            self.assertIn("error[usage]", done.stderr)

    def test_wrong_use_is_exit_2(self):
        for words in [["run"], ["run", "a", "b"], ["run", "x", "--jobs", "0"], ["run", "x", "--jobs", "many"],
                      ["run", "x", "--set", "novalue"], ["show"], ["run", "x", "--out", ""],
                      ["check", "x", "--profile", ""], ["completion", "zsh"], ["ls", "nothing"],
                      ["describe", "no.such"], ["show", "nothing"]]:
            with self.subTest(words=words):
                done = self.orrery(*words, code=2)
                self.assertEqual(done.stdout, "")
                self.assertIn("error[", done.stderr)

    def test_options_may_stand_on_either_side_of_the_verb(self):
        before = self.orrery("--format", "json", "ls").stdout
        self.assertEqual(before, self.orrery("ls", "--format=json").stdout)

    def test_errors_have_a_form_for_programs(self):
        for words in [["rnu"], ["explain", "nothing"], ["run", "nothing.toml"]]:
            done = subprocess.run([black_box.OPTIONS.orrery, *words, "--format", "json"], capture_output=True, text=True,
                                  cwd=self.folder, env=self.environment)
            self.assertTrue(json.loads(done.stdout)["errors"][0]["message"])
            self.assertEqual(done.stderr, "")


class Listings(black_box.Case):
    def test_ls_and_describe_show_the_plugin(self):
        self.assertRegex(self.orrery("ls").stdout, r"(?m)^slow +1\.0\.0 +4 +/")
        self.assertIn("slow.wait", self.orrery("ls", "slow").stdout)
        page = self.orrery("describe", "slow.wait").stdout
        self.assertIn('use     = "slow.wait"', page)
        self.assertIn('seconds = "1 s"', page)
        self.assertEqual(json.loads(self.orrery("describe", "slow.wait", "--format", "json").stdout)["name"], "slow.wait")

    def test_a_described_example_can_be_checked_as_it_is(self):
        example = json.loads(self.orrery("describe", "slow.wait", "--format", "json").stdout)["example"]
        self.orrery("check", self.write("example.toml", "orrery = 1\n" + example))

    def test_every_code_can_be_explained(self):
        codes = json.loads(self.orrery("explain", "--format", "json").stdout)["codes"]
        self.assertGreater(len(codes), 50)
        for code in codes[::10]:
            self.assertIn(code["sentence"], self.orrery("explain", code["code"]).stdout)

    def test_doctor_tells_where_plugins_are_looked_for(self):
        facts = json.loads(self.orrery("doctor", "--format", "json").stdout)
        folders = {f["folder"]: f for f in facts["plugin_folders"]}
        self.assertEqual(folders[black_box.PLUGINS]["plugins"][0]["name"], "slow")
        self.assertIn("slow 1.0.0", self.orrery("doctor").stdout)

    def test_a_refused_plugin_is_a_warning_and_the_reason_for_an_unknown_operation(self):
        bad = self.folder / "bad"
        bad.mkdir()
        (bad / "drag.orrery.so").write_text("this is no library")
        done = self.orrery("ls", "--plugin-path", bad)
        self.assertIn("warning: plugin refused", done.stderr)
        self.assertIn("slow", done.stdout)
        scenario = self.write("drag.toml", 'orrery = 1\n[step.a]\nuse = "drag.step"\n')
        done = self.orrery("check", scenario, "--plugin-path", bad, "-q", code=3)
        self.assertIn("error[unknown_operation]", done.stderr)
        self.assertIn("drag.orrery.so was refused", done.stderr)

    def test_the_current_folder_is_no_plugin_folder(self):
        (self.folder / "x.orrery.so").write_text("")
        environment = dict(self.environment, ORRERY_PLUGIN_PATH=f":{black_box.PLUGINS}:")
        self.assertNotIn("x.orrery.so", self.orrery("ls", env=environment).stderr)

    def test_the_completion_script_is_bash_and_completes(self):
        script = self.write("completion.bash", self.orrery("completion", "bash").stdout)
        subprocess.run(["bash", "-n", script], check=True)
        program = os.path.dirname(black_box.OPTIONS.orrery)

        def completed(*words):
            listed = " ".join(f"'{w}'" for w in words)
            text = (f"source {script}; COMP_WORDS=({listed}); COMP_CWORD={len(words) - 1}; _orrery 2>/dev/null; "
                    "printf '%s\\n' \"${COMPREPLY[@]}\"")
            environment = dict(self.environment, PATH=program + ":" + self.environment["PATH"])
            done = subprocess.run(["bash", "-c", text], capture_output=True, text=True, cwd=self.folder, env=environment)
            return done.stdout.split()

        self.assertEqual(completed("orrery", "de"), ["describe"])
        self.assertIn("--jobs", completed("orrery", "run", "--"))
        self.assertNotIn("--jobs", completed("orrery", "ls", "--"))
        self.assertEqual(completed("orrery", "--format", "j"), ["json"])
        self.assertIn("slow.wait", completed("orrery", "describe", "slow"))
        self.assertIn("plugin_hung", completed("orrery", "explain", "plugin_h"))
        self.waiting()
        self.assertEqual(completed("orrery", "run", "wa"), ["wait.toml"])


class Scenarios(black_box.Case):
    def test_a_run_ends_with_the_count_and_the_directory(self):
        done = self.orrery("run", self.waiting())
        lines = done.stdout.splitlines()
        self.assertEqual(lines[-2], "expectations  1 of 1 met")
        self.assertEqual(self.folder / lines[-1], self.only_run())
        self.assert_whole(self.only_run())
        self.assertEqual(self.manifest(self.only_run())["exit_code"], 0)
        self.assertEqual(os.readlink(self.folder / "runs/pause/latest"), self.only_run().name)

    def test_exit_codes_tell_what_went_wrong(self):
        self.orrery("run", self.waiting(0.0, expected=1.0), code=1)
        self.orrery("run", self.write("bad.toml", "orrery = 1\n[step.a]\nuse = \"slow.wiat\"\n"), code=3)
        self.orrery("check", self.write("bad.toml", "x = = 1"), code=3)
        self.orrery("check", self.write("empty.toml", ""), code=3)

    def test_all_errors_are_told_at_once_and_nothing_is_run(self):
        text = black_box.WAIT.format(seconds=0, operation="wiat", name="x", expected=0)
        done = self.orrery("run", self.write("bad.toml", text.replace('[record]', '[recrd]')), code=3)
        self.assertIn("unknown_table", done.stderr)
        self.assertEqual(done.stdout, "")
        self.assertFalse((self.folder / "runs").exists())

    def test_check_and_plan_run_nothing(self):
        scenario = self.waiting(30)
        self.assertRegex(self.orrery("check", scenario).stdout, r"^ok  pause: 1 step, 1 record, 1 saved, 1 expectation  \(")
        self.assertIn("slow.wait", self.orrery("plan", scenario).stdout)
        self.assertTrue(self.orrery("plan", scenario, "--dot").stdout.startswith("digraph"))
        self.assertEqual(json.loads(self.orrery("plan", scenario, "--format", "json").stdout)["steps"][0]["name"], "pause")
        self.assertTrue(json.loads(self.orrery("check", scenario, "--format", "json").stdout)["ok"])
        self.assertFalse((self.folder / "runs").exists())

    PLOTS = """
[plot.rise]
title = "Rising"
x     = "@much.values[1:]"
y     = ["@much.values[1:]", "= 2 * @much.values[1:]"]
scale = "log"
[plot.plain]
y = "@much.values"
"""

    def test_plots_are_planned_and_their_keys_may_be_set(self):
        scenario = self.write("fill.toml", black_box.FILL.format(count=5000) + self.PLOTS)
        self.assertIn("2 plots", self.orrery("check", scenario).stdout)
        planned = self.orrery("plan", scenario).stdout
        self.assertRegex(planned, r"rise +much\.values\[1:\] and 1 more +over much\.values\[1:\] +Rising")
        plots = json.loads(self.orrery("plan", scenario, "--format", "json").stdout)["plots"]
        self.assertEqual([plot["name"] for plot in plots], ["rise", "plain"])
        self.orrery("check", scenario, "--set", "plot.plain.style=points", "--set", "plot.rise.y_label=y")
        refused = self.orrery("check", scenario, "--set", "plot.plain.stile=points", code=3)
        self.assertIn("unknown_setting", refused.stderr)

    def test_plots_are_drawn_and_named(self):
        done = self.orrery("run", self.write("fill.toml", black_box.FILL.format(count=5000) + self.PLOTS))
        run = self.only_run("fill")
        self.assertIn("plots/rise.svg\n", done.stdout)
        for plot in self.manifest(run)["plots"]:
            text = (run / plot["file"]).read_bytes()
            self.assertEqual(hashlib.sha256(text).hexdigest(), plot["sha256"])
            self.assertTrue(xml.etree.ElementTree.fromstring(text).tag.endswith("svg"))
            self.assertLess(len(text), 200_000)
        self.assertEqual(sorted(file.name for file in (run / "plots").iterdir()), ["plain.svg", "rise.svg"])
        shown = json.loads(self.orrery("show", "latest", "--format", "json").stdout)
        self.assertEqual([plot["name"] for plot in shown["plots"]], ["rise", "plain"])

    def test_settings_change_a_value_and_unknown_ones_are_refused(self):
        scenario = self.waiting(0.0, expected=0.01)
        self.orrery("run", scenario, code=1)
        self.orrery("run", scenario, "--set", "step.pause.seconds=0.01 s")
        done = self.orrery("run", scenario, "--set", "step.pause.secnods=1", code=3)
        self.assertIn("secnods", done.stderr)

    def test_a_scenario_comes_from_standard_input(self):
        self.orrery("run", "-", input=self.waiting().read_text())

    def test_stored_runs_are_shown_whole_and_in_part(self):
        self.orrery("run", self.waiting(0.01))
        self.assertIn("expectations  1 of 1 met", self.orrery("show", "latest").stdout)
        self.assertEqual(self.orrery("show", "pause", "waited").stdout, "waited  0.01 s\n")
        self.assertEqual(self.orrery("show", "latest", "@pause.waited").stdout, "@pause.waited  0.01 s\n")
        shown = json.loads(self.orrery("show", "latest", "--format", "json").stdout)
        self.assertEqual(shown["records"], [{"name": "waited", "value": 0.01, "unit": "s"}])
        self.orrery("show", "latest", "@pause.wated", code=2)

    def test_what_was_saved_in_part_is_shown_by_its_selection(self):
        text = black_box.FILL.format(count=10).replace('"@much.values"', '"@much.values[1:4]", "@much.values[-1]"')
        done = self.orrery("run", self.write("fill.toml", text))
        self.assertIn("orrery show latest '@much.values[1:4]'", done.stderr)
        self.assertTrue((self.only_run("fill") / "out/much.values_1to4.npy").exists())
        self.assertIn("[2]", self.orrery("show", "latest", "@much.values[1:4]").stdout)
        self.assertRegex(self.orrery("show", "latest", "@much.values").stdout,
                         r"(?m)^@much\.values\[1:4\] +\S.*\n@much\.values\[-1\] +\S")
        listed = json.loads(self.orrery("show", "latest", "@much.values", "--format", "json").stdout)
        self.assertEqual(listed["saved"], ["much.values[1:4]", "much.values[-1]"])
        self.assertIn("much.values[1:4], much.values[-1]", self.orrery("show", "latest", "@much.values[0]", code=2).stderr)

    def test_a_scenario_without_steps_is_warned_of(self):
        scenario = self.write("empty.toml", "orrery = 1\n")
        for verb in ["check", "run", "plan"]:
            self.assertIn("warning: empty.toml:1:1: there are no steps, so nothing is run",
                          self.orrery(verb, "empty.toml").stderr)
        self.assertEqual(json.loads(self.orrery("check", scenario, "--format", "json").stdout)["warnings"][0]["code"],
                         "no_steps")
        self.assertEqual(self.orrery("check", scenario, "-q").stderr, "")

    def test_errors_name_standard_input_and_the_command_line(self):
        text = self.waiting().read_text().replace('"0.0 s"', '"=pause"') + "[let]\npause = 0\n"
        self.assertIn(" --> standard input:6:13", self.orrery("check", "-", input=text, code=3).stderr)
        done = self.orrery("check", "-", "--set", "pause=3 parsec", input=text, code=3)
        self.assertIn(" --> <command line>:1:13", done.stderr)
        done = self.orrery("check", "-", "--set", "pause=3", input=text, code=3)
        self.assertIn("'pause' is set here", done.stderr)
        self.assertIn("standard input:6:13", done.stderr)

    def test_the_stored_scenario_runs_again(self):
        self.orrery("run", self.waiting(0.01))
        self.orrery("run", self.only_run() / "scenario.toml", "--out", self.folder / "again")
        first, again = self.only_run() / "out/pause.waited.npy", self.folder / "again/out/pause.waited.npy"
        self.assertEqual(first.read_bytes(), again.read_bytes())

    def test_json_of_a_run_is_one_object_on_standard_output(self):
        done = self.orrery("run", self.waiting(), "--format", "json")
        self.assertEqual(json.loads(done.stdout)["met"], 1)
        self.assertEqual(done.stderr, "")

    def test_repeated_lines_of_a_plugin_are_folded(self):
        done = self.orrery("run", self.waiting(operation="chatter"))
        self.assertEqual(done.stderr.count("the same again"), 1)
        self.assertIn("pause: ... 999 more", done.stderr)
        self.assertNotIn("the same", self.orrery("run", self.waiting(operation="chatter"), "-q").stderr)


class Colour(black_box.Case):
    def run_in_terminal(self, *words, **environment):
        """Runs with a terminal as standard output and error; returns all that it showed."""
        import pty
        pid, terminal = pty.fork()
        if pid == 0:
            os.chdir(self.folder)
            os.execve(black_box.OPTIONS.orrery, [black_box.OPTIONS.orrery, *map(str, words)],
                      dict(self.environment, TERM="xterm", **environment))
        shown = b""
        while True:
            try:
                part = os.read(terminal, 65536)
            except OSError:
                break
            if not part:
                break
            shown += part
        os.close(terminal)
        os.waitpid(pid, 0)
        return shown.decode()

    def test_no_colour_without_a_terminal(self):
        done = self.orrery("run", self.waiting(0.0, expected=1.0), code=1)
        self.assertNotIn("\x1b", done.stdout + done.stderr)
        self.assertIn("\x1b[", self.orrery("ls", "--color", "always").stdout)

    def test_a_terminal_has_colour_unless_it_is_not_wanted(self):
        scenario = self.waiting(0.0, expected=1.0)
        self.assertIn("\x1b[1;31mFAILED", self.run_in_terminal("run", scenario))
        self.assertNotIn("\x1b[1;31m", self.run_in_terminal("run", scenario, NO_COLOR="1"))
        self.assertNotIn("\x1b[1;31m", self.run_in_terminal("run", scenario, "--color", "never"))

    def test_a_terminal_has_a_line_of_progress_that_goes_away(self):
        shown = self.run_in_terminal("run", self.waiting(0.6), NO_COLOR="1")
        self.assertIn("0/1 step", shown)
        self.assertIn("pause ", shown)
        self.assertIn("\r\x1b[K", shown)
        self.assertLess(shown.count("0/1 step"), 12)
        self.assertNotIn("0/1 step", self.run_in_terminal("run", self.waiting(0.6), "-q"))


if __name__ == "__main__":
    sys.path.insert(0, os.path.dirname(__file__))
    black_box.main()

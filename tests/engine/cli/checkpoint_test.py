# Black-box tests of loops that are kept: killed or stopped at any moment, the same command ends with the same bytes.
# SPDX-License-Identifier: Apache-2.0
import random
import time

import black_box

LOOP = """orrery = 1
[source.data]
use       = "tensor.normal"
items     = 100
batch     = 8
count     = 5
mean      = 0
deviation = 1
[step.pause]
use     = "slow.wait"
seconds = "0 s"
[loop.walk]
passes     = {passes}
checkpoint = "{checkpoint}"
clock      = {{ from = "0 s", to = "1 h", by = "1 s" }}
record     = {{ every = 10 }}
[loop.walk.state]
x = 0.0
[loop.walk.step.mean]
use    = "tensor.reduce"
values = "@data.result"
method = "mean"
every  = 3
[loop.walk.step.wait]
use     = "slow.wait"
seconds = "0.004 s"
[loop.walk.step.noise]
use       = "tensor.normal"
count     = 1
mean      = 0
deviation = 1
[loop.walk.step.on]
use = "tensor.add"
a   = "@state.x"
b   = "= @mean.result + first(@noise.result) + @clock.time / 1 h"
[loop.walk.step.root]
use          = "orbital.kepler_solve"
mean_anomaly = "= abs(@state.x) * 1 rad"
eccentricity = 0.5
method       = "newton"
[loop.walk.next]
x = "@on.result"
[probe.rounds]
at    = "walk/root/iterations"
every = 2
[probe.most]
at   = "walk/root/iterations"
keep = "max"
[observe.smooth]
use   = "engine.ema"
watch = "@walk.x"
decay = 0.9
start = "zero"
[observe.slow]
use   = "engine.mean"
watch = "@walk.on.result"
every = 7
[save]
values = ["@walk.on.result", "@walk.smooth.average", "@smooth.pass", "@walk.pass", "@walk.time", "@slow.average", "@walk.x"]
"""


class Checkpoints(black_box.Case):
    def setUp(self):
        super().setUp()
        self.store = self.folder / ".orrery/store/checkpoints"

    def outputs(self, run):
        return {p.name: p.read_bytes() for p in sorted((self.folder / run / "out").iterdir())}

    def different(self, run, other):
        """The files that differ, of two runs with files of the same names."""
        mine, theirs = self.outputs(run), self.outputs(other)
        self.assertEqual(list(mine), list(theirs))
        return [name for name in mine if mine[name] != theirs[name]]

    def loop(self, passes=150, checkpoint="0 s"):
        return self.write("walk.toml", LOOP.format(passes=passes, checkpoint=checkpoint))

    def test_killed_at_any_moment_it_ends_with_the_same_bytes(self):
        file = self.loop()
        self.orrery("run", file, "--out", "whole")
        self.assertEqual(list(self.store.glob("*.checkpoint")), [])
        moments = random.Random(7)
        resumed = 0
        for attempt in range(8):
            process = self.start("run", file, "--out", f"try{attempt}")
            time.sleep(moments.uniform(0.05, 0.6))
            process.send_signal(black_box.KILL if attempt % 2 else black_box.INTERRUPT)
            process.wait()
            if process.returncode == 0:
                break
            resumed += any(self.store.glob("*.checkpoint"))
        self.assertGreater(resumed, 0)
        there = any(self.store.glob("*.checkpoint"))
        done = self.orrery("run", file, "--out", "resumed", "-v")
        self.assertEqual(self.different("resumed", "whole"), [])
        self.assertEqual(list(self.store.glob("*.checkpoint")), [])
        if there:
            self.assertRegex(done.stderr, r"it goes on after pass \d+")

    def kept(self):
        """A store with the checkpoint of a loop that was stopped."""
        file = self.loop()
        process = self.start("run", file, "--out", "stopped")
        self.until(lambda: self.store.exists() and any(self.store.glob("*.checkpoint")))
        process.send_signal(black_box.INTERRUPT)
        process.wait()
        self.assertEqual(process.returncode, 130)
        return file

    def test_a_loop_that_is_to_go_on_longer_goes_on(self):
        self.kept()
        file = self.loop(passes=200)
        done = self.orrery("run", file, "--out", "longer", "-v")
        self.assertIn("it goes on after pass", done.stderr)
        self.orrery("run", file, "--out", "whole")
        self.assertEqual(self.different("longer", "whole"), [])

    def test_another_loop_begins_anew(self):
        file = self.kept()
        for change in (["--set", "loop.walk.step.noise.deviation=2"], ["--set", "scenario.seed=5"],
                       ["--set", "observe.smooth.decay=0.5"], ["--set", 'save.values=["@walk.root.anomaly"]'], ["--set", "loop.walk.state.x=1.0"]):
            with self.subTest(change=change):
                done = self.orrery("run", file, "--out", "other" + str(len(change[1])), "-v", *change)
                self.assertNotIn("goes on", done.stderr)

    def test_a_damaged_checkpoint_is_told_and_the_loop_begins_anew(self):
        file = self.kept()
        path = next(self.store.glob("*.checkpoint"))
        path.write_bytes(path.read_bytes()[:-3])
        done = self.orrery("run", file, "--out", "anew")
        self.assertIn("is not a whole checkpoint; the loop begins anew", done.stderr)

    def test_a_store_that_cannot_be_written_is_a_warning(self):
        (self.folder / ".orrery").write_text("in the way")
        done = self.orrery("run", self.loop(passes=20), "--out", "run")
        self.assertIn("the loop could not be kept", done.stderr)


if __name__ == "__main__":
    black_box.main()

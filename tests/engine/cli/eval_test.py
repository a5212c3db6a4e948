# Black-box tests of orrery eval: only what is asked for is made, and what is fed replaces what would be made.
# SPDX-License-Identifier: Apache-2.0
import json

import black_box

CHAIN = """orrery = 1
[step.line]
use   = "tensor.linspace"
first = "0 km"
last  = "1 km"
count = 5
[step.twice]
use = "tensor.multiply"
a   = 2
b   = "@line.result"
[step.never]
use   = "tensor.slice"
values = "@line.result"
start = 0
stop  = 900
[step.anomaly]
use          = "orbital.kepler_solve"
mean_anomaly = ["1 rad", "2 rad"]
eccentricity = 0.5
method       = "newton"
[loop.sum]
passes = 4
[loop.sum.state]
x = 1.0
[loop.sum.step.more]
use = "tensor.add"
a   = "@state.x"
b   = 0.25
[loop.sum.next]
x = "@more.result"
[observe.smooth]
use   = "engine.ema"
watch = "@sum.x"
decay = 0.5
[record]
last = "= max(@twice.result)"
[expect.nothing]
that  = "= max(@twice.result)"
below = "1 m"
"""


class Eval(black_box.Case):
    def setUp(self):
        super().setUp()
        self.file = self.write("chain.toml", CHAIN)

    def asked(self, *words, code=0):
        return json.loads(self.orrery("eval", self.file, *words, "--format", "json", code=code).stdout)

    def test_only_ancestors_are_run_and_nothing_is_judged_or_stored(self):
        done = self.orrery("eval", self.file, "@twice.result")
        self.assertEqual(done.stdout, "@twice.result  f64[5] in km\n[0]    0\n[1]  0.5\n[2]    1\n[3]  1.5\n[4]    2\n")
        self.assertIn("evaluated 2 of 5 steps", done.stderr)
        self.assertFalse((self.folder / "runs").exists())
        self.assertEqual(self.asked("@line.result", "= len(@line.result)")["steps"], ["line"])

    def test_expressions_taps_observers_and_loops_can_be_asked_for(self):
        values = {v["name"]: v["value"].get("data") for v in
                  self.asked("= max(@twice.result) / 1 km", "anomaly/iterations", "@smooth.average", "@sum.x")["values"]}
        self.assertEqual(values["= max(@twice.result) / 1 km"], 2)
        self.assertEqual(len(values["anomaly/iterations"]), 2)
        self.assertEqual(values["@sum.x"], 2)
        x, average = 1.0, 1.0
        for _ in range(4):
            x += 0.25
            average = 0.5 * average + 0.5 * x
        self.assertEqual(values["@smooth.average"], average)

    def test_series_and_items_are_made_if_only_the_question_wants_them(self):
        self.write("more.toml", CHAIN + """
[source.draws]
use       = "tensor.normal"
items     = 6
count     = 2
mean      = 0
deviation = 1
""")
        told = json.loads(self.orrery("eval", "more.toml", "@sum.more.result", "= len(@draws.result)", "@sum.smooth.average",
                                      "--format", "json").stdout)
        values = {v["name"]: v["value"] for v in told["values"]}
        self.assertEqual(values["@sum.more.result"]["data"], [1.25, 1.5, 1.75, 2])
        self.assertEqual(values["= len(@draws.result)"]["data"], 6)
        self.assertEqual(values["@sum.smooth.average"]["shape"], [5])

    def test_what_is_fed_is_not_made(self):
        told = self.asked("@twice.result", "--feed", '@line.result=["1 m", "2 m"]')
        self.assertEqual(told["values"][0]["value"]["data"], [2, 4])
        self.assertEqual(told["steps"], ["twice"])
        told = self.asked("= @sum.x + 1", "--feed", "@sum.x=41")
        self.assertEqual(told["values"][0]["value"]["data"], 42)
        self.assertEqual(told["steps"], [])
        self.write("lengths.csv", "x [km]\n3\n4\n")
        told = self.asked("@twice.result", "--feed", "@line.result=file:lengths.csv#x")
        self.assertEqual(told["values"][0]["value"]["data"], [6, 8])

    def test_a_feed_of_another_unit_or_name_is_refused(self):
        for words, message in [(["@twice.result", "--feed", "@line.resul=1"], "did you mean '@line.result'?"),
                               (["@twice.result", "--feed", "@lin.result=1"], "did you mean '@line.result'?"),
                               (["@anomaly.anomaly", "--feed", "@anomaly.anomaly=1"], "'anomaly' needs a unit"),
                               (["@twice.result", "--feed", "@line.result=@twice.result"], "a literal, a quantity or a file"),
                               (["@twice.result", "--feed", "@line.result[0]=1"], "not a part of it"),
                               (["@twice.result", "--feed", "@smooth.average=1"], "cannot be fed"),
                               (["@twice.reslt"], "did you mean '@twice.result'?"),
                               (["= max(@twic.result)"], "did you mean '@twice.result'?"),
                               (["anomaly/iteration"], "did you mean 'anomaly/iterations'?"),
                               (["twice"], "is no value to ask for")]:
            with self.subTest(words=words):
                done = self.orrery("eval", self.file, *words, code=3)
                self.assertEqual(done.stdout, "")
                self.assertIn(message, done.stderr)

    def test_a_step_that_fails_is_exit_4(self):
        self.write("bad.toml", 'orrery = 1\n[step.a]\nuse = "tensor.divide"\na = [1]\nb = [[1, 2], [3, 4], [5, 6]]\n'
                               '[step.b]\nuse = "tensor.select"\nvalues = "@a.result"\nindices = [9]\n')
        done = self.orrery("eval", "bad.toml", "@b.result", code=4)
        self.assertIn("error[step_failed]", done.stderr)


if __name__ == "__main__":
    black_box.main()

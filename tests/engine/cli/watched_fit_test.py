# Black-box tests of loops across plugins: watching changes no bit, and a source gives one stream for any workers.
# SPDX-License-Identifier: Apache-2.0
import pathlib

import black_box

STREAM = """orrery = 1
[scenario]
seed = 5
[source.draws]
use       = "tensor.normal"
items     = 10_007
batch     = 32
count     = 3
mean      = 0
deviation = 1
workers   = {workers}
[loop.learning]
passes = "= 2 * @draws.batches"
[loop.learning.state]
x = [1.0, 1.0, 1.0]
m = [0.0, 0.0, 0.0]
v = [0.0, 0.0, 0.0]
t = 0
[loop.learning.step.noise]
use    = "tensor.reduce"
values = "@draws.result"
method = "mean"
axis   = 0
[loop.learning.step.adam]
use           = "optimizer.adam"
parameters    = "@state.x"
gradient      = "= @state.x + @noise.result"
first_moment  = "@state.m"
second_moment = "@state.v"
step          = "@state.t"
learning_rate = 0.01
[loop.learning.next]
x = "@adam.parameters"
m = "@adam.first_moment"
v = "@adam.second_moment"
t = "@adam.step"
[save]
values = ["@learning.adam.parameters", "@learning.noise.result"]
[expect.batches]
that   = "@draws.batches"
equals = 313
why    = "312 of 32 items and one of 23"
"""


class WatchedFit(black_box.Case):
    def saved(self, scenario, name):
        """The files that a run saves, by name."""
        folder = self.folder / name
        self.orrery("run", scenario, "--out", folder)
        return {file.name: file.read_bytes() for file in (folder / "out").iterdir()}

    def test_a_fit_has_the_same_bits_with_a_probe_and_averages(self):
        scenarios = pathlib.Path(black_box.OPTIONS.source) / "scenarios"
        plain = self.saved(scenarios / "orbit_fit.toml", "plain")
        watched = self.saved(scenarios / "orbit_fit_watched.toml", "watched")
        self.assertEqual(set(plain), {"fit.x.npy", "fit.loss.result.npy"})
        for name, content in plain.items():
            self.assertEqual(watched[name], content, name)
        self.assertIn("kepler.value.npy", watched)

    def test_a_source_gives_one_stream_for_any_number_of_workers(self):
        streams = []
        for workers in (1, 2, 4, 8):
            scenario = self.folder / f"workers_{workers}.toml"
            scenario.write_text(STREAM.format(workers=workers))
            streams.append(self.saved(scenario, f"run_{workers}"))
        self.assertEqual(len(streams[0]), 2)
        for stream in streams[1:]:
            self.assertEqual(stream, streams[0])


if __name__ == "__main__":
    black_box.main()

#!/usr/bin/env python3
# Tests check_layers.py on small trees: a good one, and one violation of every rule.
# SPDX-License-Identifier: Apache-2.0
import contextlib
import io
import pathlib
import tempfile
import unittest

import check_layers

ABI, SDK = "sdk/include/orrery/abi/value.h", "sdk/include/orrery/sdk/call.hpp"

ALLOWED = [
    (ABI, "<stdint.h>"),
    (ABI, "<orrery/abi/base.h>"),
    (SDK, "<orrery/abi/call.h>"),
    (SDK, "<tuple>"),
    ("sdk/include/orrery/sdk/eigen.hpp", "<Eigen/Core>"),
    ("plugins/curve/core/fit.cpp", "<Eigen/Dense>"),
    ("plugins/curve/core/fit.cpp", '"plugins/curve/core/fit.hpp"'),
    ("plugins/curve/ops/fit_op.cpp", '"plugins/curve/core/fit.hpp"'),
    ("plugins/curve/plugin.cpp", "<orrery/sdk/plugin.hpp>"),
    ("engine/base/log.cpp", "<spdlog/logger.h>"),
    ("engine/base/hash.cpp", "<openssl/evp.h>"),
    ("engine/base/hash.cpp", "<xxhash.h>"),
    ("engine/base/file.cpp", "<sys/stat.h>"),
    ("engine/scenario/toml_parser.cpp", "<toml++/toml.h>"),
    ("engine/host/library.cpp", "<boost/dll/shared_library.hpp>"),
    ("engine/host/library.cpp", "<orrery/abi/plugin.h>"),
    ("engine/run/executor.cpp", "<tbb/task_group.h>"),
    ("engine/store/database.cpp", "<sqlite3.h>"),
    ("engine/store/store.hpp", '"engine/run/run.hpp"'),
    ("engine/cli/command_line.cpp", "<CLI/App.hpp>"),
    ("engine/cli/plugins.cpp", '"engine/host/plugins.hpp"'),
    ("tests/engine/value/unit_test.cpp", "<udunits2.h>"),
    ("tests/plugins/curve/core/fit_test.cpp", '"plugins/curve/core/fit.hpp"'),
    ("tests/zoo/bad.c", '"tests/zoo/zoo.h"'),
]

FORBIDDEN = [
    (ABI, "<sys/types.h>", "is no C standard header"),
    (ABI, "<vector>", "is no C standard header"),
    (ABI, "<orrery/sdk/call.hpp>", "sdk/include/orrery/abi must not include sdk/include/orrery/sdk"),
    (SDK, "<Eigen/Core>", "may only be included by"),
    (SDK, '"engine/base/text.hpp"', "must not include engine/base"),
    (SDK, "<unistd.h>", "neither a standard header nor"),
    ("sdk/include/orrery/other.hpp", "<vector>", "belongs to no layer"),
    ("plugins/curve/core/fit.cpp", "<orrery/sdk/view.hpp>", "plugins/{X}/core must not include sdk/include/orrery/sdk"),
    ("plugins/curve/core/fit.cpp", "<orrery/abi/value.h>", "plugins/{X}/core must not include sdk/include/orrery/abi"),
    ("plugins/curve/core/fit.cpp", '"plugins/curve/ops/fit_op.hpp"', "plugins/{X}/core must not include plugins/{X}"),
    ("plugins/curve/core/fit.cpp", "<unistd.h>", "neither a standard header nor"),
    ("plugins/curve/ops/fit_op.cpp", "<Eigen/Core>", "may only be included by"),
    ("plugins/curve/ops/fit_op.cpp", '"plugins/orbital/core/kepler.hpp"', "must not include plugin 'orbital'"),
    ("plugins/curve/ops/fit_op.cpp", '"engine/value/tensor.hpp"', "must not include engine/value"),
    ("engine/base/text.cpp", "<spdlog/logger.h>", "may only be included by engine/base/log.cpp"),
    ("engine/base/text.cpp", "<fmt/format.h>", "may only be included by engine/base/log.cpp"),
    ("engine/base/text.cpp", "<xxhash.h>", "may only be included by engine/base/hash.cpp"),
    ("engine/base/text.cpp", "<openssl/evp.h>", "may only be included by engine/base/hash.cpp"),
    ("engine/base/text.cpp", '"engine/value/tensor.hpp"', "engine/base must not include engine/value"),
    ("engine/base/text.cpp", '"text.hpp"', "must be written from the root"),
    ("engine/base/text.cpp", '"../value/tensor.hpp"', "must be written from the root"),
    ("engine/base/text.cpp", "TEXT_HEADER", "computed"),
    ("engine/base/text.cpp", "<unknown/library.hpp>", "neither a standard header nor"),
    ("engine/base/text.cpp", "<doctest/doctest.h>", "may only be included by tests"),
    ("engine/value/tensor.cpp", '"engine/scenario/scenario.hpp"', "engine/value must not include engine/scenario"),
    ("engine/scenario/loader.cpp", "<toml++/toml.h>", "may only be included by engine/scenario/toml_parser.cpp"),
    ("engine/scenario/loader.cpp", '"engine/catalog/catalog.hpp"', "engine/scenario must not include engine/catalog"),
    ("engine/catalog/catalog.hpp", '"engine/host/library.hpp"', "engine/catalog must not include engine/host"),
    ("engine/host/scan.cpp", "<boost/dll/shared_library.hpp>", "may only be included by engine/host/library.cpp"),
    ("engine/host/scan.cpp", "<orrery/sdk/call.hpp>", "engine/host must not include sdk/include/orrery/sdk"),
    ("engine/plan/order.cpp", '"engine/host/plugins.hpp"', "engine/plan must not include engine/host"),
    ("engine/plan/order.cpp", "<tbb/task_group.h>", "may only be included by engine/run/"),
    ("engine/run/step.cpp", '"engine/store/store.hpp"', "engine/run must not include engine/store"),
    ("engine/run/step.cpp", '"plugins/curve/core/fit.hpp"', "engine/run must not include plugins/{X}/core"),
    ("engine/run/step.cpp", '"tests/support.hpp"', "engine/run must not include tests"),
    ("engine/store/files.cpp", "<sqlite3.h>", "may only be included by engine/store/database.cpp"),
    ("engine/report/summary.cpp", '"engine/host/plugins.hpp"', "engine/report must not include engine/host"),
    ("engine/report/summary.cpp", '"engine/cli/program.hpp"', "engine/report must not include engine/cli"),
    ("engine/cli/run_verb.cpp", "<CLI/App.hpp>", "may only be included by engine/cli/command_line.cpp"),
    ("engine/cli/run_verb.cpp", "<sqlite3.h>", "may only be included by engine/store/database.cpp"),
    ("engine/other/thing.cpp", "<vector>", "belongs to no layer"),
    ("plugins/curve/plugin.cpp", '"tests/support.hpp"', "must not include tests"),
]


def check(files: dict[str, str]) -> tuple[int, str]:
    with tempfile.TemporaryDirectory() as folder:
        for path, text in files.items():
            file = pathlib.Path(folder, path)
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text)
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed):
            status = check_layers.main([folder])
        return status, printed.getvalue()


class Layers(unittest.TestCase):
    def test_every_arrow_of_the_house_is_allowed(self):
        for path, included in ALLOWED:
            with self.subTest(path=path, included=included):
                status, printed = check({path: f"// A file.\n#include {included}\n"})
                self.assertEqual((status, printed), (0, ""))

    def test_each_forbidden_include_is_named_with_its_line(self):
        for path, included, message in FORBIDDEN:
            with self.subTest(path=path, included=included):
                status, printed = check({path: f"// A file.\n\n  #  include {included}  // why not\n"})
                self.assertEqual(status, 1)
                self.assertRegex(printed, rf"^{path}:[13]: ")
                self.assertIn(message, printed)

    def test_all_violations_are_reported_at_once(self):
        files = {path: f"#include {included}\n" for path, included, _ in FORBIDDEN}
        self.assertEqual(len(check(files)[1].splitlines()), len(files))


if __name__ == "__main__":
    unittest.main()

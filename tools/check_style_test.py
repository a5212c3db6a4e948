#!/usr/bin/env python3
# Tests check_style.py on single files, good and bad.
# SPDX-License-Identifier: Apache-2.0
import contextlib
import io
import pathlib
import tempfile
import unittest

import check_style

SPDX = "SPDX-License-Identifier: Apache-2.0"
GOOD = {
    "engine/base/text.hpp": f"// Text.\n// {SPDX}\n",
    "engine/base/codes.def": f"// What is each code called?\n// {SPDX}\n",
    "sdk/include/orrery/abi/base.h": f"/* Macros:\n * {SPDX}\n */\n",
    "plugins/curve/CMakeLists.txt": f"# The plugin 'curve'.\n# {SPDX}\n",
    "cmake/Compile.cmake": f"# Settings.\n# {SPDX}\n",
    "tools/tool.py": f"#!/usr/bin/env python3\n# A tool.\n# {SPDX}\n",
    ".ci/run": f"#!/usr/bin/env bash\n# All checks.\n# {SPDX}\n",
    "dev": f"#!/usr/bin/env bash\n# All at once.\n# {SPDX}\n",
    "tests/data/any.txt": "no source",
    "tools/packages.txt": "no source",
}
BAD = [
    ("engine/base/text.hpp", "", ":1: the first line"),
    ("engine/base/text.hpp", f"// {SPDX}\n", ":1: the first line"),
    ("engine/base/text.hpp", f"// a line that goes on in\n// {SPDX}\n", ":1: the first line"),
    ("engine/base/text.hpp", f"#pragma once\n// {SPDX}\n", ":1: the first line"),
    ("engine/base/text.hpp", "// Text.\n#pragma once\n", ":2: the second line"),
    ("engine/base/text.hpp", f"// Text of\n// several lines.\n// {SPDX}\n", ":2: the second line"),
    ("tools/tool.py", f"#!/usr/bin/env python3\nimport sys\n# {SPDX}\n", ":2: the first line"),
    (".ci/run", "#!/bin/sh\n# All checks.\nset -e\n", ":3: the second line"),
    ("tests/CMakeLists.txt", f"# Tests.\n# {SPDX}\n" + "#\n" * 499, ":1: 501 lines"),
    ("tests/main.cpp", f"// Tests.\n// {SPDX}\nint a; \n", ":3: trailing white space"),
    ("tests/main.cpp", f"// Tests.\n// {SPDX}\n\tint a;\n", ":3: trailing white space or a tab"),
]


def check(files: dict[str, str]) -> tuple[int, str]:
    with tempfile.TemporaryDirectory() as folder:
        for path, text in files.items():
            file = pathlib.Path(folder, path)
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text)
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed):
            status = check_style.main([folder])
        return status, printed.getvalue()


class Style(unittest.TestCase):
    def test_good_files_pass_silently(self):
        status, printed = check(GOOD)
        self.assertEqual((status, printed), (0, ""))

    def test_each_fault_is_named_with_its_line(self):
        for path, text, message in BAD:
            with self.subTest(path=path, message=message):
                status, printed = check({path: text})
                self.assertEqual(status, 1)
                self.assertIn(path + message, printed)

    def test_a_long_file_is_a_warning_first(self):
        status, printed = check({"tests/main.cpp": f"// Tests.\n// {SPDX}\n" + "//\n" * 450})
        self.assertEqual(status, 0)
        self.assertIn("warning: tests/main.cpp:1: 452 lines", printed)


if __name__ == "__main__":
    unittest.main()

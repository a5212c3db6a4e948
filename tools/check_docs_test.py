#!/usr/bin/env python3
# Tests of check_docs.py.
# SPDX-License-Identifier: Apache-2.0
import pathlib
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import check_docs  # noqa: E402

PAGE = """# A page

See [itself](#a-page), [nothing](gone.md), `[code](not_a_link.md)` and [the net](https://example.org).

<!-- file: a.toml -->
```toml
# check
orrery = 1
```

```sh
[not](a_link.md)
```
"""

# Stands in for the program: check accepts what has no "bad", run prints a line.
PROGRAM = """#!/bin/sh
case "$3" in
  check) grep -q bad "$4" && { echo 'error: bad' >&2; exit 3; }; exit 0;;
  run) echo 's  demo.op  12.5 us';;
esac
"""


class Pages(unittest.TestCase):
    def setUp(self):
        self.temporary = tempfile.TemporaryDirectory()
        self.addCleanup(self.temporary.cleanup)
        self.root = pathlib.Path(self.temporary.name).resolve()
        (self.root / "docs").mkdir()
        program = self.root / "program"
        program.write_text(PROGRAM)
        program.chmod(0o755)

    def problems(self, text: str) -> list[str]:
        page = self.root / "docs/page.md"
        page.write_text(text)
        checker = check_docs.Checker(self.root, str(self.root / "program"))
        checker.check_page(page)
        return checker.problems

    def test_blocks_have_language_line_and_directive(self):
        blocks = check_docs.blocks_of(pathlib.Path("page.md"), PAGE)
        self.assertEqual([(b.language, b.line) for b in blocks], [("toml", 6), ("sh", 11)])
        self.assertEqual(blocks[0].directive, ("file", "a.toml"))
        self.assertIsNone(blocks[1].directive)
        self.assertEqual(blocks[0].text, "# check\norrery = 1\n")

    def test_a_directive_holds_for_the_next_block_only(self):
        text = "<!-- file: a -->\n\nWords between.\n\n```\nx\n```\n"
        self.assertIsNone(check_docs.blocks_of(pathlib.Path("p"), text)[0].directive)

    def test_a_dead_link_is_found_and_code_is_no_link(self):
        page = self.root / "p.md"
        page.write_text(PAGE)
        self.assertEqual(check_docs.link_problems(page, PAGE, self.root), ["p.md: the link 'gone.md' leads nowhere"])

    def test_an_anchor_must_be_a_heading(self):
        self.assertEqual(self.problems("# One\n[a](#one) [b](#two)\n"),
                         ["docs/page.md: 'page.md' has no heading '#two'"])

    def test_a_shown_file_must_be_that_file(self):
        block = "<!-- file: a.toml -->\n```toml\norrery = 1\n```\n"
        self.assertIn("there is no file", self.problems(block)[0])
        (self.root / "a.toml").write_text("orrery = 2\n")
        self.assertIn("not what stands in", self.problems(block)[0])
        (self.root / "a.toml").write_text("orrery = 1\n")
        self.assertEqual(self.problems(block), [])

    def test_marked_scenarios_are_checked_and_others_are_not(self):
        self.assertEqual(self.problems("```toml\n# check\nfine = 1\n```\n"), [])
        self.assertIn("not valid", self.problems("```toml\n# check\nbad = 1\n```\n")[0])
        self.assertEqual(self.problems("```toml\nbad = 1\n```\n"), [])

    def test_shown_output_may_differ_in_numbers_only(self):
        self.assertEqual(self.problems("<!-- run: a.toml -->\n```\ns  demo.op  3.1 ms\n```\n"), [])
        self.assertIn("something else", self.problems("<!-- run: a.toml -->\n```\nt  demo.op  3.1 ms\n```\n")[0])


class Masking(unittest.TestCase):
    def test_times_ids_and_numbers_are_masked(self):
        self.assertEqual(check_docs.masked("a  1.5 us\nruns/a/20261124-072551-cbee\nx  -2.8e-16 m\n"),
                         "a  TIME\nruns/a/ID\nx  NUMBER m")


if __name__ == "__main__":
    unittest.main()

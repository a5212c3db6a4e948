#!/usr/bin/env python3
# Checks that the documentation is true.
# SPDX-License-Identifier: Apache-2.0
"""Checks that the documentation is true: examples pass `orrery check`, shown files are the files, links lead somewhere.

usage: tools/check_docs.py [--orrery PROGRAM] [--root DIR]

What it looks at, in README.md, CONTRIBUTING.md, CHANGELOG.md and docs/**/*.md:
  * a ```toml block whose first line is `# check` is a scenario that must be valid; it is checked in a copy of the folder
    scenarios/, so that it may name the files there;
  * a code block below a line `<!-- file: PATH -->` must be that file, byte for byte;
  * a code block below a line `<!-- run: SCENARIO -->` must be what `orrery run` prints, but for numbers and times;
  * every relative link must lead to a file that is there, and its #anchor to a heading of that file.
"""
import argparse
import dataclasses
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

FENCE = re.compile(r"^```([\w+-]*)\s*$")
DIRECTIVE = re.compile(r"^<!-- (file|run): (\S+) -->$")
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
TIME = r"\d+(?:\.\d+)?(?:e[+-]?\d+)? (?:ns|us|ms|s|min|h)\b"
RUN_ID = r"\d{8}-\d{6}-[0-9a-f]{4}"
NUMBER = r"-?\d+(?:\.\d+)?(?:e[+-]?\d+)?"


@dataclasses.dataclass
class Block:
    file: pathlib.Path
    line: int  # of the opening fence, from 1
    language: str
    text: str
    directive: tuple[str, str] | None  # ("file", "scenarios/first.toml")

    def place(self, root: pathlib.Path) -> str:
        return f"{self.file.relative_to(root)}:{self.line}"


def blocks_of(file: pathlib.Path, text: str) -> list[Block]:
    """The fenced code blocks of a Markdown text, in order."""
    blocks: list[Block] = []
    directive = None
    open_block: Block | None = None
    content: list[str] = []
    for number, line in enumerate(text.splitlines(), 1):
        if open_block is not None:
            if line.rstrip() == "```":
                open_block.text = "".join(f"{one}\n" for one in content)
                blocks.append(open_block)
                open_block = None
            else:
                content.append(line)
        elif fence := FENCE.match(line):
            open_block, content = Block(file, number, fence[1], "", directive), []
            directive = None
        elif found := DIRECTIVE.match(line):
            directive = (found[1], found[2])
        elif line.strip():
            directive = None
    return blocks


def prose_of(text: str) -> str:
    """The text without its code, in which brackets mean something else."""
    without_blocks = re.sub(r"^```.*?^```\s*?$", "", text, flags=re.S | re.M)
    return re.sub(r"`[^`\n]*`", "", without_blocks)


def anchors_of(text: str) -> set[str]:
    """The anchors that a Markdown renderer makes of headings."""
    titles = re.findall(r"^#+ (.*)$", re.sub(r"^```.*?^```\s*?$", "", text, flags=re.S | re.M), flags=re.M)
    return {re.sub(r"[^\w\- ]", "", title.strip().lower()).replace(" ", "-") for title in titles}


def link_problems(file: pathlib.Path, text: str, root: pathlib.Path) -> list[str]:
    problems = []
    for target in LINK.findall(prose_of(text)):
        if re.match(r"[a-z]+:", target):
            continue
        path, _, anchor = target.partition("#")
        there = (file.parent / path).resolve() if path else file
        if not there.exists():
            problems.append(f"{file.relative_to(root)}: the link '{target}' leads nowhere")
        elif anchor and there.suffix == ".md" and anchor not in anchors_of(there.read_text()):
            problems.append(f"{file.relative_to(root)}: '{path or file.name}' has no heading '#{anchor}'")
    return problems


def wants_check(block: Block) -> bool:
    return block.language == "toml" and block.text.startswith("# check\n")


def masked(output: str) -> str:
    """Program output without what differs from run to run and from machine to machine."""
    output = re.sub(RUN_ID, "ID", output)
    output = re.sub(TIME, "TIME", output)
    output = re.sub(NUMBER, "NUMBER", output)
    return "\n".join(re.sub(r" {2,}", "  ", line).rstrip() for line in output.strip().splitlines())


class Checker:
    def __init__(self, root: pathlib.Path, orrery: str):
        self.root, self.orrery = root, orrery
        self.problems: list[str] = []
        self.done = 0

    def call(self, folder: pathlib.Path, *arguments: str) -> subprocess.CompletedProcess:
        command = [self.orrery, "--color", "never", *arguments]
        return subprocess.run(command, cwd=folder, text=True, capture_output=True, check=False)

    def check_scenario(self, block: Block) -> None:
        with tempfile.TemporaryDirectory() as name:
            folder = pathlib.Path(name) / "scenarios"
            if (self.root / "scenarios").is_dir():
                shutil.copytree(self.root / "scenarios", folder)
            folder.mkdir(exist_ok=True)
            (folder / "block.toml").write_text(block.text)
            result = self.call(folder, "check", "block.toml")
        if result.returncode != 0:
            self.problems.append(f"{block.place(self.root)}: the scenario is not valid\n{result.stderr.rstrip()}")

    def check_file(self, block: Block, path: str) -> None:
        file = self.root / path
        if not file.is_file():
            self.problems.append(f"{block.place(self.root)}: there is no file {path}")
        elif file.read_text() != block.text:
            self.problems.append(f"{block.place(self.root)}: this is not what stands in {path}")

    def check_run(self, block: Block, path: str) -> None:
        with tempfile.TemporaryDirectory() as name:
            result = self.call(pathlib.Path(name), "run", str(self.root / path))
        if result.returncode != 0:
            self.problems.append(f"{block.place(self.root)}: {path} does not run\n{result.stderr.rstrip()}")
        elif masked(result.stdout) != masked(block.text):
            self.problems.append(f"{block.place(self.root)}: {path} prints something else:\n{result.stdout.rstrip()}")

    def check_block(self, block: Block) -> None:
        kind, path = block.directive or ("", "")
        if kind == "file":
            self.check_file(block, path)
        elif kind == "run":
            self.check_run(block, path)
        if wants_check(block):
            self.check_scenario(block)
        self.done += bool(kind) or wants_check(block)

    def check_page(self, file: pathlib.Path) -> None:
        text = file.read_text()
        self.problems += link_problems(file, text, self.root)
        for block in blocks_of(file, text):
            self.check_block(block)


def pages(root: pathlib.Path) -> list[pathlib.Path]:
    top = [root / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md")]
    return [page for page in top if page.exists()] + sorted((root / "docs").rglob("*.md"))


def main() -> int:
    here = pathlib.Path(__file__).resolve().parent.parent
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--root", type=pathlib.Path, default=here)
    parser.add_argument("--orrery", help="the program; without it that of the release build")
    arguments = parser.parse_args()
    root = arguments.root.resolve()
    program = pathlib.Path(arguments.orrery) if arguments.orrery else root / "build/release/bin/orrery"
    if not program.is_file():
        print(f"check_docs: there is no program {program}", file=sys.stderr)
        return 2
    checker = Checker(root, str(program.resolve()))
    for page in pages(root):
        checker.check_page(page)
    for problem in checker.problems:
        print(problem, file=sys.stderr)
    print(f"check_docs: {checker.done} blocks, {len(checker.problems)} problems")
    return 1 if checker.problems else 0


if __name__ == "__main__":
    sys.exit(main())

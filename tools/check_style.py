#!/usr/bin/env python3
# Checks what a formatter does not: the two lines that every file begins with, and how long files are.
# SPDX-License-Identifier: Apache-2.0
"""usage: tools/check_style.py [ROOT]

Prints "file:line: message" and leaves with 1 if there was an error; a line that begins with "warning:" is none.
"""
import pathlib
import re
import sys

FOLDERS = (".ci", "cmake", "engine", "plugins", "sdk", "tests", "tools")
TOP_FILES = ("CMakeLists.txt", "dev")
SUFFIXES = {".hpp", ".cpp", ".h", ".c", ".def", ".py", ".sh", ".cmake"}
LICENCE = "SPDX-License-Identifier: Apache-2.0"
SENTENCE = re.compile(r"^(//|/\*|#) (?=\S).*[.:?!]( \*/)?$")
WISHED_LINES, ALLOWED_LINES = 400, 500


def is_source(file: pathlib.Path) -> bool:
    if file.suffix in SUFFIXES or file.name == "CMakeLists.txt":
        return True
    return file.suffix == "" and file.is_file() and file.open("rb").read(2) == b"#!"


def header_problems(lines: list[str]) -> list[tuple[int, str]]:
    """The first line is a sentence about the file, the second its licence; "#!" may stand before both."""
    first = 1 if lines and lines[0].startswith("#!") else 0
    head = (lines[first:] + ["", ""])[:2]
    problems = []
    if LICENCE in head[0] or not SENTENCE.match(head[0]):
        problems.append((first + 1, "the first line must be a comment of one sentence that says what the file is"))
    if LICENCE not in head[1]:
        problems.append((first + 2, f"the second line must be '{LICENCE}'"))
    return problems


def check_file(name: str, text: str) -> list[str]:
    lines = text.splitlines()
    problems = [f"{name}:{number}: {message}" for number, message in header_problems(lines)]
    if len(lines) > ALLOWED_LINES:
        problems.append(f"{name}:1: {len(lines)} lines; a file has at most {ALLOWED_LINES}")
    elif len(lines) > WISHED_LINES:
        problems.append(f"warning: {name}:1: {len(lines)} lines; a file should have at most {WISHED_LINES}")
    for number, line in enumerate(lines, 1):
        if line != line.rstrip() or "\t" in line:
            problems.append(f"{name}:{number}: trailing white space or a tab")
    return problems


def check(root: pathlib.Path) -> list[str]:
    files = [root / name for name in TOP_FILES if (root / name).exists()]
    for folder in FOLDERS:
        files += sorted(file for file in (root / folder).rglob("*") if file.is_file() and is_source(file))
    problems = []
    for file in files:
        if "__pycache__" not in file.parts:
            problems += check_file(file.relative_to(root).as_posix(), file.read_text(errors="replace"))
    return problems


def main(arguments: list[str]) -> int:
    root = pathlib.Path(arguments[0] if arguments else pathlib.Path(__file__).resolve().parent.parent)
    problems = check(root)
    print("\n".join(problems), end="\n" if problems else "")
    return 1 if any(not problem.startswith("warning:") for problem in problems) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

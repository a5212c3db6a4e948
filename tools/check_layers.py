#!/usr/bin/env python3
# Checks that every #include follows an arrow of the house; the table of docs/architecture.md, as data.
# SPDX-License-Identifier: Apache-2.0
"""usage: tools/check_layers.py [ROOT]

Prints "file:line: message" for every include that no arrow allows, and leaves with 1 if there was one.
"""
import pathlib
import re
import sys

# What a folder may include of this project beside itself; {X} stands for one plugin's name. The first match counts.
ARROWS = {
    "sdk/include/orrery/abi": [],
    "sdk/include/orrery/sdk": ["sdk/include/orrery/abi"],
    "plugins/{X}/core": [],
    "plugins/{X}": ["plugins/{X}/core", "sdk/include/orrery/abi", "sdk/include/orrery/sdk"],
    "engine/base": [],
    "engine/value": ["engine/base"],
    "engine/scenario": ["engine/value", "engine/base"],
    "engine/catalog": ["engine/value", "engine/base"],
    "engine/host": ["engine/catalog", "engine/value", "engine/base", "sdk/include/orrery/abi"],
    "engine/plan": ["engine/scenario", "engine/catalog", "engine/value", "engine/base"],
    "engine/run": ["engine/plan", "engine/catalog", "engine/scenario", "engine/value", "engine/base"],
    "engine/store": ["engine/run", "engine/plan", "engine/value", "engine/base"],
    "engine/report": ["engine/store", "engine/run", "engine/plan", "engine/catalog", "engine/scenario", "engine/value",
                      "engine/base"],
    "engine/cli": ["engine"],
    "tests": ["engine", "plugins", "sdk", "tests"],
}

# The files and folders (ending in "/") that may include a library; tests may include all of them.
LIBRARIES = {
    "toml++/": ["engine/scenario/toml_parser.cpp"],
    "spdlog/": ["engine/base/log.cpp"],
    "fmt/": ["engine/base/log.cpp"],
    "boost/": ["engine/host/library.cpp"],
    "sqlite3.h": ["engine/store/database.cpp"],
    "CLI/": ["engine/cli/command_line.cpp"],
    "openssl/": ["engine/base/hash.cpp"],
    "xxhash.h": ["engine/base/hash.cpp"],
    "tbb/": ["engine/run/"],
    "oneapi/": ["engine/run/"],
    "nlohmann/": ["engine/store/", "engine/report/", "engine/cli/"],
    "Eigen/": ["sdk/include/orrery/sdk/eigen.hpp", "plugins/{X}/core/"],
    "unsupported/Eigen/": ["plugins/{X}/core/"],
    "cblas.h": ["plugins/{X}/core/"],
    "lapacke.h": ["plugins/{X}/core/"],
    "fftw3.h": ["plugins/{X}/core/"],
    "immintrin.h": ["plugins/{X}/core/"],
    "doctest/": [],
    "udunits2.h": [],
}

C_STANDARD = {name + ".h" for name in
              "assert complex ctype errno fenv float inttypes iso646 limits locale math setjmp signal stdalign stdarg "
              "stdatomic stdbool stddef stdint stdio stdlib stdnoreturn string tgmath threads time uchar wchar wctype"
              .split()}

INCLUDE = re.compile(r"^\s*#\s*include\b\s*(.*)")
TARGET = re.compile(r"[<\"]([^>\"]+)[>\"]")
SOURCES = {".h", ".hpp", ".c", ".cpp", ".def", ".inc"}


def matches(pattern: str, path: str) -> bool:
    """Whether a file is, or lies in, what a pattern names."""
    expression = re.escape(pattern.rstrip("/")).replace(re.escape("{X}"), "[^/]+")
    return re.match(expression + ("(/|$)" if "." not in pattern else "$"), path) is not None


def zone_of(path: str) -> str | None:
    return next((zone for zone in ARROWS if matches(zone, path)), None)


def own_file(included: str) -> str | None:
    """The path from the root of an include of this project, or None for a library's."""
    if included.startswith("orrery/"):
        return "sdk/include/" + included
    return included if included.split("/")[0] in ("engine", "plugins", "sdk", "tests") else None


def plugin_of(path: str) -> str | None:
    found = re.match(r"plugins/([^/]+)/", path)
    return found[1] if found else None


def own_problem(path: str, target: str) -> str | None:
    zone, there = zone_of(path), zone_of(target)
    if plugin_of(path) and plugin_of(target) and plugin_of(path) != plugin_of(target):
        return f"plugin '{plugin_of(path)}' must not include plugin '{plugin_of(target)}'"
    if there is None:
        return f"{target} belongs to no layer"
    if there == zone or any(there == allowed or there.startswith(allowed + "/") for allowed in ARROWS[zone]):
        return None
    return f"{zone} must not include {there}"


def library_problem(path: str, included: str, quoted: bool) -> str | None:
    zone = zone_of(path)
    if zone == "tests":
        return None
    for library, places in LIBRARIES.items():
        if included == library or (library.endswith("/") and included.startswith(library)):
            if any(matches(place, path) for place in places):
                return None
            return f"<{included}> may only be included by {', '.join(places) or 'tests'}"
    if quoted or ".." in included:
        return f"'{included}' must be written from the root"
    if zone == "sdk/include/orrery/abi":
        return None if included in C_STANDARD else f"<{included}> is no C standard header"
    if zone.startswith("engine/") and "/" not in included.removeprefix("sys/"):
        return None  # the system's headers are the engine's business
    if included in C_STANDARD or re.fullmatch(r"[a-z_]+", included):
        return None
    return f"<{included}> is neither a standard header nor a library of this folder"


def problem(path: str, rest: str) -> str | None:
    found = TARGET.match(rest)
    if not found:
        return "an include that is computed cannot be checked"
    target = own_file(found[1])
    return own_problem(path, target) if target else library_problem(path, found[1], rest.startswith('"'))


def check(root: pathlib.Path) -> list[str]:
    problems = []
    for top in ("engine", "plugins", "sdk", "tests"):
        for file in sorted(p for p in (root / top).rglob("*") if p.suffix in SOURCES):
            path = file.relative_to(root).as_posix()
            if zone_of(path) is None:
                problems.append(f"{path}:1: this file belongs to no layer")
                continue
            for number, line in enumerate(file.read_text(errors="replace").splitlines(), 1):
                found = INCLUDE.match(line)
                message = problem(path, found[1]) if found else None
                if message:
                    problems.append(f"{path}:{number}: {message}")
    return problems


def main(arguments: list[str]) -> int:
    root = pathlib.Path(arguments[0] if arguments else pathlib.Path(__file__).resolve().parent.parent)
    problems = check(root)
    print("\n".join(problems), end="\n" if problems else "")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

#!/usr/bin/env python3
# Writes the fingerprint of the plugin interface, by which hosts and plugins of epoch 0 know each other.
# SPDX-License-Identifier: Apache-2.0
"""usage: tools/abi_fingerprint.py [--check]"""
import hashlib
import pathlib
import re
import sys

FOLDER = pathlib.Path(__file__).resolve().parent.parent / "sdk/include/orrery/abi"
TARGET = FOLDER / "fingerprint.h"


def declarations(text: str) -> str:
    """The header without comments and with white space folded: words are free, declarations are not."""
    return " ".join(re.sub(r"/\*.*?\*/", " ", text, flags=re.S).split())


def fingerprint() -> str:
    digest = hashlib.sha256()
    for header in sorted(FOLDER.glob("*.h")):
        if header != TARGET:
            digest.update(header.name.encode() + b"\0" + declarations(header.read_text()).encode() + b"\0")
    return digest.hexdigest()[:16]


def main() -> int:
    text = (
        "/* The fingerprint of the other headers here; written by tools/abi_fingerprint.py.\n"
        " * SPDX-License-Identifier: Apache-2.0\n"
        " */\n"
        "#ifndef ORRERY_ABI_FINGERPRINT_H\n"
        "#define ORRERY_ABI_FINGERPRINT_H\n\n"
        f"#define ORRERY_ABI_FINGERPRINT UINT64_C(0x{fingerprint()})\n\n"
        "#endif\n"
    )
    if "--check" in sys.argv[1:]:
        if TARGET.read_text() != text:
            print(f"{TARGET} is out of date; run tools/abi_fingerprint.py", file=sys.stderr)
            return 1
        return 0
    TARGET.write_text(text)
    return 0


if __name__ == "__main__":
    sys.exit(main())

#!/usr/bin/env bash
# Checks that clang-format 14 would change nothing; with --fix it changes.
# SPDX-License-Identifier: Apache-2.0
set -euo pipefail
cd "$(dirname "$0")/.."
mode=(--dry-run -Werror)
[ "${1:-}" != --fix ] || mode=(-i)
program=$(command -v clang-format-14 || echo clang-format)
find engine plugins sdk tests \( -name '*.[ch]pp' -o -name '*.[ch]' \) -print0 | xargs -0 "$program" --style=file "${mode[@]}"

#!/usr/bin/env bash
# Checks the interface from outside: headers that stand alone, plugins with one symbol, wrong names that do not compile.
# SPDX-License-Identifier: Apache-2.0
#
# usage: tools/check_abi.sh [BUILD_FOLDER]
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd -P)
build=${1:-$root/build/release}
include=$root/sdk/include
warnings=(-Wall -Wextra -Wpedantic -Werror -fsyntax-only -I "$include")
problems=0
problem() { echo "check_abi: $*"; problems=$((problems + 1)); }

# compiles COMPILER HEADER FLAGS...: whether a file that includes nothing but the header does.
compiles() {
  local compiler=$1 header=$2
  shift 2
  printf '#include <%s>\nextern int unused;\n' "$header" | "$compiler" "${warnings[@]}" "$@" - || problem "$header does not stand alone: $compiler $*"
}

check_headers() {
  local header standard
  for header in "$include"/orrery/abi/*.h; do
    header=${header#"$include/"}
    for standard in c11 c17; do
      compiles gcc "$header" -std=$standard -Wpadded -x c
      compiles clang-16 "$header" -std=$standard -Wpadded -x c
    done
    for standard in c++17 c++20; do
      compiles g++ "$header" -std=$standard -x c++
      compiles clang++-16 "$header" -std=$standard -x c++
    done
  done
  for header in "$include"/orrery/sdk/*.hpp; do
    header=${header#"$include/"}
    compiles g++ "$header" -std=c++20 -x c++ -Wno-missing-field-initializers
    compiles clang++-16 "$header" -std=c++20 -x c++ -Wno-missing-field-initializers
  done
}

# refuses COMPILER MACRO TEXT: a wrong name in the place of MACRO is a compile error that says TEXT.
refuses() {
  local output
  if output=$("$1" -std=c++20 -fsyntax-only -I "$include" "-D$2=\"nothing\"" "$root/tests/abi/wrong_name.cpp" 2>&1); then
    problem "$1 compiles an operation with a wrong name ($2)"
  elif ! grep -qF "$3" <<<"$output"; then
    problem "$1 does not say '$3' but:" && echo "$output"
  fi
}

check_wrong_names() {
  local compiler
  for compiler in g++ clang++-16; do
    "$compiler" -std=c++20 -fsyntax-only -I "$include" "$root/tests/abi/wrong_name.cpp" || problem "wrong_name.cpp as it is"
    refuses "$compiler" INPUT "this operation declares no input of this name"
    refuses "$compiler" LIST "this operation declares no input of this name"
    refuses "$compiler" OUTPUT "this operation declares no output of this name"
    refuses "$compiler" TAP "this operation declares no tap of this name"
  done
}

check_plugin() {
  local symbols
  symbols=$(nm -D --defined-only --format=posix "$1" | cut -d ' ' -f 1,2)
  [[ $symbols =~ ^orrery_plugin_0\ [DRB]$ ]] || problem "$1 must export orrery_plugin_0 and nothing else: $symbols"
  readelf -dW "$1" | grep -q 'FLAGS_1.*NODELETE' || problem "$1 could be unmapped: it is not linked with -z nodelete"
}

check_exports() {
  local plugin symbols
  compgen -G "$build/lib/orrery/plugins/*.orrery.so" >/dev/null || problem "no plugins in $build"
  for plugin in "$build"/lib/orrery/plugins/*.orrery.so "$build"/tests/plugins_c/*.orrery.so; do check_plugin "$plugin"; done
  # A name with a version is a copy of a library's variable, as std::cout, which the linker must place in the program.
  symbols=$(nm -DC --defined-only "$build/bin/orrery" | grep -v '@' || true)
  [ -z "$symbols" ] || problem "the program exports symbols, which would replace those of plugins: $symbols"
}

check_headers
check_wrong_names
check_exports
echo "check_abi: $problems problems"
[ "$problems" -eq 0 ]

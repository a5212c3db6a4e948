#!/usr/bin/env bash
# Builds every plugin by itself against an installed SDK, and runs them all with an installed engine.
# SPDX-License-Identifier: Apache-2.0
#
# usage: tools/check_standalone.sh [BUILD_FOLDER]
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd -P)
build=${1:-$root/build/release}
# A space, since authors keep their work where they like.
work=$(mktemp -d)/"far away"
mkdir "$work"
trap 'rm -rf "$(dirname "$work")"' EXIT
prefix=$work/prefix

build_plugin() {
  local folder
  folder=$work/build/$(basename "$1")
  if ! {
    cmake --no-warn-unused-cli -G Ninja -S "$1" -B "$folder" --log-level=WARNING -DCMAKE_PREFIX_PATH="$prefix" -DCMAKE_BUILD_TYPE=Release \
      -DCMAKE_INSTALL_PREFIX="$prefix" -DCMAKE_INSTALL_LIBDIR=lib && ninja -C "$folder"
  } >"$work/log" 2>&1 || grep -qi 'warning' "$work/log"; then
    cat "$work/log"
    echo "check_standalone: $(basename "$1") does not build by itself without warnings"
    exit 1
  fi
}

# The values that a scenario saves, as they are in its run directory.
saved() { (cd "$1/out" && sha256sum -- *); }

cmake --install "$build" --component sdk --prefix "$prefix" >/dev/null
cmake --install "$build" --component engine --prefix "$prefix" >/dev/null

# The folder plugins/ alone: nothing of it may need the rest of the tree.
cp -r "$root/plugins" "$root/tests/standalone" "$work"
cp "$root/tests/plugins_c/plain.c" "$work/standalone/c"
for source in "$work"/plugins/*/; do
  build_plugin "$source"
  cmake --install "$work/build/$(basename "$source")" >/dev/null
done
build_plugin "$work/standalone/cpp"
build_plugin "$work/standalone/c"

cd "$work"
ORRERY_PLUGIN_PATH=$work/build/cpp:$work/build/c
export ORRERY_PLUGIN_PATH
orrery=$prefix/bin/orrery
expected=$(cd "$root/plugins" && printf '%s\n' */ plain/ wheels/ | tr -d / | sort)
loaded=$("$orrery" ls | awk 'NR > 1 && NF == 0 { exit } NR > 1 && $1 != "engine" { print $1 }' | sort)
[ "$loaded" = "$expected" ] || { echo "these plugins load: ${loaded//$'\n'/ }; expected: ${expected//$'\n'/ }"; exit 1; }
"$orrery" run standalone/chain.toml --out chain

# The same values, to the last bit, as with the plugins that were built with the engine.
"$orrery" run "$root/scenarios/hodograph.toml" --out alone >/dev/null
ORRERY_PLUGIN_PATH='' "$build/bin/orrery" run "$root/scenarios/hodograph.toml" --out together >/dev/null
diff <(saved together) <(saved alone) || { echo "built by themselves, the plugins give other values"; exit 1; }
echo "check_standalone: ${loaded//$'\n'/ } built by themselves, loaded and run"

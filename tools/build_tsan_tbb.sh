#!/usr/bin/env bash
# Builds oneTBB with the thread sanitizer, since it cannot see how Debian's own build hands work from thread to thread.
# SPDX-License-Identifier: Apache-2.0
#
# Prints the folder of the library; with it in LD_LIBRARY_PATH, reports are about our code and not about TBB's.
set -euo pipefail
cd "$(dirname "$0")/.."
folder=$PWD/build/tsan_tbb
version=$(dpkg-query -W -f='${source:Upstream-Version}' libtbb-dev)

# Debian's source of just the version that is installed; the machine's own list of sources is left alone.
fetch() {
  local options=(-o "Dir::Etc::SourceList=$folder/sources.list" -o Dir::Etc::SourceParts=/dev/null
    -o "Dir::State::Lists=$folder/lists" -o APT::Sandbox::User=root -qq)
  mkdir -p "$folder/lists/partial"
  # The mirror that the machine's packages come from.
  # shellcheck disable=SC2016  # apt's own variable
  apt-get indextargets --format '$(SITE)' 'Created-By: Packages' | grep -v security | head -n 1 |
    sed 's/.*/deb-src & bookworm main/' >"$folder/sources.list"
  apt-get "${options[@]}" update
  (cd "$folder" && apt-get "${options[@]}" source --download-only onetbb)
  tar -xf "$folder/onetbb_$version.orig.tar.xz" -C "$folder"
}

compile() {
  local source=$1
  ${CCACHE:-} g++ -std=c++17 -O1 -g1 -fsanitize=thread -fPIC -w -mrtm -mwaitpkg -D__TBB_BUILD -D__TBB_USE_ITT_NOTIFY=0 \
    -I "$folder/oneTBB-$version/include" -I "$folder/oneTBB-$version/src" -c "$source" -o "$folder/$(basename "$source").o"
}

build() {
  export -f compile
  export folder version
  CCACHE=$(command -v ccache || true)
  export CCACHE
  # shellcheck disable=SC2016  # expanded by the inner shell
  printf '%s\0' "$folder/oneTBB-$version"/src/tbb/*.cpp | xargs -0 -n 1 -P "$(nproc)" bash -c 'compile "$1"' compile
  g++ -shared -fsanitize=thread -Wl,-soname,libtbb.so.12 "$folder"/*.o -o "$folder/libtbb.so.12.part" -ldl -pthread
  mv "$folder/libtbb.so.12.part" "$folder/libtbb.so.12"
}

if [ ! -f "$folder/libtbb.so.12" ]; then
  [ -d "$folder/oneTBB-$version" ] || fetch >&2
  build >&2
fi
echo "$folder"

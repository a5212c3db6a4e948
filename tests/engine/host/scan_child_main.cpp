// A program that looks at a plugin as the engine's own program does, for the tests of scans.
// SPDX-License-Identifier: Apache-2.0
#include <cstring>

#include "engine/host/scan.hpp"

int main(int argc, char** argv) {
  if (argc != 3 || std::strcmp(argv[1], orrery::host::scan_verb) != 0) return 2;
  return orrery::host::scan_main(argv[2], orrery::host::scan_descriptor);
}

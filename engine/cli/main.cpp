// The program orrery.
// SPDX-License-Identifier: Apache-2.0
#include "engine/cli/program.hpp"

int main(int argc, char** argv) { return orrery::cli::run_program(argc, argv); }

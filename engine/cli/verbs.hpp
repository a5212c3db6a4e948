// The verbs of the command line. Each returns the exit code.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/cli/session.hpp"

namespace orrery::cli {

int run_verb(const Session& session);
int check_verb(const Session& session);
int plan_verb(const Session& session);
int eval_verb(const Session& session);
int ls_verb(const Session& session);
int describe_verb(const Session& session);
int show_verb(const Session& session);
int explain_verb(const Session& session);
int completion_verb(const Session& session);
int names_verb(const Session& session);
int doctor_verb(const Session& session);

}  // namespace orrery::cli

// A plan as a person reads it: the steps in order, where each input comes from, what each output will be.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "engine/plan/plan.hpp"
#include "engine/report/layout.hpp"

namespace orrery::report {

std::string plan_text(const plan::Plan& plan, const Paint& paint = Paint());
/// {"name", "title", "seed", "lets", "steps": [{"name", "operation", "version", "plugin", "after", "inputs",
/// "outputs"}], "records", "saves", "expectations", "warnings"}
std::string plan_json(const plan::Plan& plan);

/// "ok  hodograph: 3 steps, 2 records, 5 expectations  (2.0 ms)"
std::string check_text(const plan::Plan& plan, double seconds, const Paint& paint = Paint());
std::string check_json(const plan::Plan& plan, double seconds);

}  // namespace orrery::report

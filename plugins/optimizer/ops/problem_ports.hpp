// Ports that the problems share, declared once.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <orrery/sdk/plugin.hpp>

namespace orrery::optimizer::problem_ports {

inline constexpr sdk::in<"parameters", sdk::f64, "n"> parameters{.doc = "where"};
inline constexpr sdk::out<"loss", sdk::f64> loss{.doc = "the value"};
inline constexpr sdk::out<"gradient", sdk::f64, "n"> gradient{.doc = "by the parameters"};

}  // namespace orrery::optimizer::problem_ports

// orbital.lagrange_points, jacobi_constant and integrate_cr3bp: the circular restricted three-body problem.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "plugins/orbital/ops/forces.hpp"

namespace orrery::orbital {

namespace ports {

inline constexpr sdk::in<"position", f64, "... x 3"> rotating_position{
    .doc = "in the rotating frame; the unit is the distance of the primaries"};
inline constexpr sdk::in<"velocity", f64, "... x 3"> rotating_velocity{
    .doc = "in the rotating frame; the unit of time is that in which the primaries turn by one radian"};
inline constexpr sdk::in<"mass_ratio", f64, "..."> mass_ratio{
    .min = 0, .max = 1, .doc = "mu = m2/(m1 + m2); m1 sits at (-mu, 0, 0), m2 at (1 - mu, 0, 0)"};

}  // namespace ports

struct LagrangePointsOperation {
  static constexpr sdk::Info info{
      .name = "lagrange_points",
      .version = "1.0.0",
      .title = "The five points of Lagrange of the restricted three-body problem",
      .doc =
          "L1 lies between the primaries, L2 beyond m2, L3 beyond m1, L4 leads m2 by 60 degrees "
          "and L5 trails it. distance keeps its digits for the smallest mass ratios. Source: "
          "Szebehely 1967, chapter 4.",
      .example = "mass_ratio = 0.01215058560962404",
      .cancellable = true};
  static constexpr std::tuple ports{
      sdk::in<"mass_ratio", sdk::f64, "...">{.min = 0,
                                             .max = 1,
                                             .above_min = true,
                                             .below_max = true,
                                             .doc = "mu = m2/(m1 + m2); m1 sits at (-mu, 0, 0), m2 at (1 - mu, 0, 0)"},
      sdk::out<"position", sdk::f64, "... x 5 x 3">{.doc = "L1 to L5, in distances of the primaries"},
      sdk::out<"distance", sdk::f64, "... x 5">{.doc = "from m2; of L3 from m1"},
      sdk::out<"jacobi_constant", sdk::f64, "... x 5">{.doc = "of a body at rest there"}};
  static void run(sdk::Call<LagrangePointsOperation>& call);
};

struct JacobiConstant {
  static constexpr sdk::Info info{
      .name = "jacobi_constant",
      .version = "1.0.0",
      .title = "Jacobi's constant of a state in the rotating frame",
      .doc = "C = x^2 + y^2 + 2 (1 - mu)/r1 + 2 mu/r2 - v^2.",
      .example = "mass_ratio = 0.0121505856\nposition   = [0.8, 0.1, 0]\nvelocity   = [0, 0.1, 0]",
      .cancellable = true};
  static constexpr std::tuple ports{ports::mass_ratio, ports::rotating_position, ports::rotating_velocity,
                                    ports::on_error, sdk::out<"jacobi_constant", sdk::f64, "...">{.doc = "C"}};
  static void run(sdk::Call<JacobiConstant>& call);
};

struct IntegrateCr3bp {
  static constexpr sdk::Info info{
      .name = "integrate_cr3bp",
      .version = "1.0.0",
      .title = "The motion of a massless body in the frame that turns with two others",
      .doc =
          "The unit of length is the distance of the primaries, that of time the time in which they turn by one "
          "radian. "
          "verlet and yoshida4 cannot be used, since the Coriolis force depends on velocity.",
      .example =
          "mass_ratio = 0.0121505856\nposition   = [0.8, 0.1, 0]\nvelocity   = [0, 0.1, 0]\ntimes      = [1, 2, 3]",
      .cancellable = true};
  static constexpr std::tuple ports{
      ports::mass_ratio,
      ports::rotating_position,
      ports::rotating_velocity,
      sdk::in<"times", sdk::f64, "m">{.doc = "past the epoch of the state; any sign and order"},
      ports::integration_method,
      sdk::in<"step", sdk::f64>{.min = 0, .above_min = true, .optional = true, .doc = "of rk4, which needs it"},
      ports::integration_tolerance,
      ports::max_steps,
      ports::on_error,
      sdk::out<"position", sdk::f64, "... x m x 3">{.doc = "in the rotating frame"},
      sdk::out<"velocity", sdk::f64, "... x m x 3">{.doc = "in the rotating frame"},
      sdk::out<"jacobi_constant", sdk::f64, "... x m">{.doc = "at each time"},
      sdk::out<"steps", sdk::i64, "...">{.doc = "that were taken"},
      sdk::tap<"step_size", sdk::f64>{.doc = "of each step, signed"}};
  static void run(sdk::Call<IntegrateCr3bp>& call);
};

}  // namespace orrery::orbital

// orbital.kepler_solve, kepler_hyperbolic, barker: Kepler's equation of the ellipse, the hyperbola and the parabola.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "plugins/orbital/ops/ports.hpp"

namespace orrery::orbital {

enum class MethodChoice { automatic, newton, halley, tangent_parabola, series2, series3, bracketed };
enum class StartChoice { automatic, mean, mean_plus_eccentricity, pi };
enum class FailureChoice { error, fallback, nan };

namespace ports {

inline constexpr sdk::in<"method", sdk::Choice<MethodChoice>> kepler_method{
    .fallback = "automatic",
    .choices = {"automatic", "newton", "halley", "tangent_parabola", "series2", "series3", "bracketed"},
    .doc = "automatic is exact to a few roundings everywhere and the fastest; the others are for study"};
inline constexpr sdk::in<"start", sdk::Choice<StartChoice>> kepler_start{
    .fallback = "automatic",
    .choices = {"automatic", "mean", "mean_plus_eccentricity", "pi"},
    .doc = "first iterate; from automatic, min(M + e, pi), Newton's method always converges"};
inline constexpr sdk::in<"max_iterations", i64> max_iterations{
    .fallback = "50", .min = 1, .max = 10000, .doc = "after which a method has failed"};
inline constexpr sdk::in<"tolerance", f64> tolerance{
    .fallback = "2.220446049250313e-16",
    .min = 0,
    .max = 1,
    .doc = "a method stops after a step smaller than this times the anomaly"};
inline constexpr sdk::in<"on_fail", sdk::Choice<FailureChoice>> on_fail{
    .fallback = "error",
    .choices = {"error", "fallback", "nan"},
    .doc = "a row that does not converge: error names it, fallback solves it by automatic, nan keeps the others"};

}  // namespace ports

struct KeplerSolve {
  static constexpr sdk::Info info{
      .name = "kepler_solve",
      .version = "1.0.0",
      .title = "Eccentric anomaly of an ellipse: E - e sin E = M",
      .doc =
          "Any number of revolutions is kept in E. The residual is formed as (1 - e) E + e (E - sin E) - M in twice "
          "the "
          "working precision, so that no digits are lost near e = 1; one_minus_e keeps those that e itself cannot "
          "hold. "
          "Methods for study: Newton, Halley, the tangent parabola, reverted series of order 2 and 3, and bracketing.",
      .example = "mean_anomaly = [\"0.1 rad\", \"1 rad\", \"120 deg\"]\neccentricity = 0.2",
      .cancellable = true};
  static constexpr std::tuple ports{
      sdk::in<"mean_anomaly", sdk::f64, "...">{.unit = "rad", .finite = false, .doc = "M"},
      sdk::in<"eccentricity", sdk::f64, "...">{
          .min = 0, .max = 1, .below_max = true, .optional = true, .doc = "e; give it or one_minus_e"},
      sdk::in<"one_minus_e", sdk::f64, "...">{
          .min = 0, .max = 1, .above_min = true, .optional = true, .doc = "1 - e, exact where e is near one"},
      ports::kepler_method,
      ports::kepler_start,
      ports::max_iterations,
      ports::tolerance,
      ports::on_fail,
      sdk::out<"anomaly", sdk::f64, "...">{.unit = "rad", .doc = "E"},
      sdk::out<"iterations", sdk::i64, "...">{.doc = "evaluations of the equation"},
      sdk::out<"residual", sdk::f64, "...">{.unit = "rad", .doc = "E - e sin E - M, in twice the working precision"},
      sdk::out<"converged", bool, "...">{.doc = "whether the chosen method found the root"},
      sdk::tap<"iterations", sdk::i64>{.doc = "iterations of each row"}};
  static void run(sdk::Call<KeplerSolve>& call);
};

struct KeplerHyperbolic {
  static constexpr sdk::Info info{
      .name = "kepler_hyperbolic",
      .version = "1.0.0",
      .title = "Hyperbolic anomaly: e sinh F - F = N",
      .doc = "For e > 1, from just above one to 1e8 and beyond, any N. Accuracy and methods as kepler_solve.",
      .example = "mean_anomaly = [1, 10]\neccentricity = 1.5",
      .cancellable = true};
  static constexpr std::tuple ports{
      sdk::in<"mean_anomaly", sdk::f64, "...">{.finite = false, .doc = "N = sqrt(mu/|a|^3) t, a pure number"},
      sdk::in<"eccentricity", sdk::f64, "...">{
          .min = 1, .above_min = true, .optional = true, .doc = "e; give it or one_minus_e"},
      sdk::in<"one_minus_e", sdk::f64, "...">{
          .max = 0, .below_max = true, .optional = true, .doc = "1 - e, below 0; exact where e is near one"},
      ports::kepler_method,
      ports::kepler_start,
      ports::max_iterations,
      ports::tolerance,
      ports::on_fail,
      sdk::out<"anomaly", sdk::f64, "...">{.doc = "F"},
      sdk::out<"iterations", sdk::i64, "...">{.doc = "evaluations of the equation"},
      sdk::out<"residual", sdk::f64, "...">{.doc = "e sinh F - F - N, in twice the working precision"},
      sdk::out<"converged", bool, "...">{.doc = "whether the chosen method found the root"},
      sdk::tap<"iterations", sdk::i64>{.doc = "iterations of each row"}};
  static void run(sdk::Call<KeplerHyperbolic>& call);
};

struct Barker {
  static constexpr sdk::Info info{.name = "barker",
                                  .version = "1.0.0",
                                  .title = "A parabolic orbit at a time from periapsis, in closed form",
                                  .doc =
                                      "sqrt(mu/2) t = R^3/3 + q R with R = sqrt(q) tan(f/2), solved by R = 2 sqrt(q) "
                                      "sinh(asinh(3 W/(2 q^(3/2)))/3).",
                                  .example =
                                      "time               = \"10 d\"\nperiapsis_distance = \"0.5 au\"\ngravity         "
                                      "   = \"1.32712440018e20 m^3/s^2\"",
                                  .cancellable = true};
  static constexpr std::tuple ports{
      sdk::in<"time", sdk::f64, "...">{.unit = "s", .doc = "since periapsis"},
      sdk::in<"periapsis_distance", sdk::f64, "...">{.unit = "m", .min = 0, .above_min = true, .doc = "q"},
      ports::gravity,
      sdk::out<"root", sdk::f64, "...">{.unit = "m^(1/2)", .doc = "R, the root of r - q with the sign of the time"},
      sdk::out<"radius", sdk::f64, "...">{.unit = "m", .doc = "r = q + R^2"},
      sdk::out<"true_anomaly", sdk::f64, "...">{.unit = "rad", .doc = "f"}};
  static void run(sdk::Call<Barker>& call);
};

}  // namespace orrery::orbital

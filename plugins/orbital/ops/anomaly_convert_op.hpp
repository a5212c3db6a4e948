// orbital.anomaly_convert: from one anomaly to another.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "plugins/orbital/ops/ports.hpp"

namespace orrery::orbital {

enum class AnomalyChoice { mean, eccentric, true_anomaly, hyperbolic, parabolic };

struct AnomalyConvert {
  static constexpr sdk::Info info{
      .name = "anomaly_convert",
      .version = "1.0.0",
      .title = "Converts between mean, eccentric, true, hyperbolic and parabolic anomaly",
      .doc =
          "Revolutions are kept. The true anomaly comes from half angles, f = 2 atan2(sqrt(1 + e) sin(E/2), sqrt(1 - "
          "e) "
          "cos(E/2)), which loses nothing at the apsides. All anomalies are given and returned as angles; for "
          "hyperbolic "
          "and parabolic ones a radian stands for the pure number.",
      .example = "value        = \"120 deg\"\nfrom         = \"mean\"\nto           = \"true\"\neccentricity = 0.3",
      .cancellable = true};
  static constexpr std::tuple ports{
      sdk::in<"value", sdk::f64, "...">{.unit = "rad", .doc = "the anomaly that is given"},
      sdk::in<"from", sdk::Choice<AnomalyChoice>>{.choices = {"mean", "eccentric", "true", "hyperbolic", "parabolic"},
                                                  .doc = "which it is"},
      sdk::in<"to", sdk::Choice<AnomalyChoice>>{.choices = {"mean", "eccentric", "true", "hyperbolic", "parabolic"},
                                                .doc = "which is wanted"},
      ports::eccentricity,
      ports::one_minus_e,
      ports::on_error,
      sdk::out<"result", sdk::f64, "...">{.unit = "rad", .doc = "the anomaly that is wanted"}};
  static void run(sdk::Call<AnomalyConvert>& call);
};

}  // namespace orrery::orbital

// optimizer.muon: steps along the orthogonal factor of the momentum of a matrix.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "plugins/optimizer/core/muon.hpp"
#include "plugins/optimizer/ops/rule_ports.hpp"

namespace orrery::optimizer {

struct Muon {
  static constexpr sdk::Info info{
      .name = "muon",
      .version = "1.0.0",
      .title = "One step of Muon, of one matrix",
      .doc =
          "The momentum's singular values are taken near to one by a Newton-Schulz iteration with the coefficients "
          "3.4445, -4.7750, 2.0315. Source: Jordan et al. 2024.",
      .example = "parameters    = [[1, -2], [0, 1]]\ngradient      = [[0.5, 0.25], [0, 1]]\nlearning_rate = 0.02"};
  static constexpr std::tuple ports{
      rule_ports::parameters,
      rule_ports::gradient,
      rule_ports::momentum_buffer,
      rule_ports::learning_rate,
      sdk::in<"momentum", sdk::f64>{
          .fallback = "0.95", .min = 0, .max = 1, .below_max = true, .doc = "how much of the buffer is kept"},
      sdk::in<"nesterov", bool>{.fallback = "true", .doc = "the step looks ahead along the buffer"},
      sdk::in<"iterations", sdk::i64>{.fallback = "5", .min = 1, .max = 100, .doc = "of Newton and Schulz"},
      sdk::in<"scale", sdk::Choice<MuonScale>>{
          .fallback = "shape",
          .choices = {"shape", "rms"},
          .doc = "of the step: sqrt(max(1, rows/columns)), or 0.2 sqrt(max(rows, columns))"},
      rule_ports::weight_decay,
      rule_ports::on_nan,
      rule_ports::out_parameters,
      rule_ports::out_momentum_buffer,
      rule_ports::accepted};
  static void run(sdk::Call<Muon>& call);
};

}  // namespace orrery::optimizer

// optimizer.begin: the first memory of an update rule, for the state of a loop.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "plugins/optimizer/ops/rule_ports.hpp"

namespace orrery::optimizer {

struct Begin {
  static constexpr sdk::Info info{
      .name = "begin",
      .version = "1.0.0",
      .title = "What an update rule remembers before its first step",
      .doc =
          "Zeros of the shape and element type of the parameters: the first value of each memory in [loop.NAME.state], "
          "beside the parameters and the step. Outside of loops a rule whose memory is left out begins by itself.",
      .example = "parameters = [1, -2]"};
  static constexpr std::tuple ports{
      rule_ports::parameters,
      sdk::out<"parameters", rule_ports::Number, "...">{
          .dtype_like = "parameters", .in_place = "parameters", .doc = "as given"},
      sdk::out<"zeros", rule_ports::Number, "...">{.dtype_like = "parameters", .doc = "of their shape and type"},
      sdk::out<"step", sdk::i64>{.doc = "0"}};
  static void run(sdk::Call<Begin>& call);
};

}  // namespace orrery::optimizer

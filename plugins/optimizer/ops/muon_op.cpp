// The operation optimizer.muon.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/optimizer/ops/muon_op.hpp"

#include "plugins/optimizer/ops/update.hpp"

namespace orrery::optimizer {

void Muon::run(sdk::Call<Muon>& call) {
  const MuonSettings settings{.learning_rate = call.in<"learning_rate">(),
                              .momentum = call.in<"momentum">(),
                              .weight_decay = call.in<"weight_decay">(),
                              .nesterov = call.in<"nesterov">(),
                              .iterations = static_cast<int>(call.in<"iterations">()),
                              .scale = call.in<"scale">()};
  const sdk::Shape shape = call.batch();
  if (shape.size() != 2)
    throw std::invalid_argument("'parameters' must be a matrix; they have " + std::to_string(shape.size()) + " axes");
  update_with(call, GradientRange::square_finite, [&](auto& update) {
    const auto buffer = update.template memory<"momentum_buffer">();
    const auto rows = static_cast<std::size_t>(update.shape()[0]);
    update.whole([&] { muon_step(update.gradient(), update.parameters(), buffer, rows, settings); });
  });
}

}  // namespace orrery::optimizer

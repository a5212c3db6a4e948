// The operation orbital.secular_rates.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/orbital/ops/secular_rates_op.hpp"

#include "plugins/orbital/core/secular.hpp"
#include "plugins/orbital/ops/rows.hpp"

namespace orrery::orbital {

void SecularRatesOperation::run(sdk::Call<SecularRatesOperation>& call) {
  const auto mu = call.in<"gravity">(), a = call.in<"semi_major_axis">(), e = call.in<"eccentricity">();
  const auto i = call.in<"inclination">(), j2 = call.in<"j2">(), radius = call.in<"equatorial_radius">();
  const sdk::Shape batch = call.batch();
  const auto node = call.out<"ascending_node">(batch), periapsis = call.out<"argument_of_periapsis">(batch);
  const auto mean = call.out<"mean_anomaly">(batch), motion = call.out<"mean_motion">(batch);
  const auto store = [&](std::int64_t row, const SecularRates& rates) {
    node(row) = rates.ascending_node;
    periapsis(row) = rates.argument_of_periapsis;
    mean(row) = rates.mean_anomaly;
    motion(row) = rates.mean_motion;
  };
  for_each_row(
      call, rows_of(batch), 1024, call.in<"on_error">(),
      [&](std::int64_t row) { store(row, secular_rates(mu(row), a(row), e(row), i(row), j2(row), radius(row))); },
      [&](std::int64_t row) {
        store(row, {not_a_number, not_a_number, not_a_number, not_a_number});
      });
}

}  // namespace orrery::orbital

// The operation orbital.anomaly_convert.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/orbital/ops/anomaly_convert_op.hpp"

#include "plugins/orbital/core/anomaly.hpp"
#include "plugins/orbital/ops/rows.hpp"

namespace orrery::orbital {

void AnomalyConvert::run(sdk::Call<AnomalyConvert>& call) {
  const auto value = call.in<"value">();
  const auto from = static_cast<AnomalyKind>(call.in<"from">()), to = static_cast<AnomalyKind>(call.in<"to">());
  const EccentricityInput<AnomalyConvert> eccentricity(call);
  const sdk::Shape batch = call.batch();
  const auto result = call.out<"result">(batch);
  for_each_row(
      call, rows_of(batch), 4096, call.in<"on_error">(),
      [&](std::int64_t row) { result(row) = convert_anomaly(value(row), from, to, eccentricity(row)); },
      [&](std::int64_t row) { result(row) = not_a_number; });
}

}  // namespace orrery::orbital

// The operation curve.self_intersections.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/curve/ops/self_intersections_op.hpp"

#include "plugins/curve/core/self_intersections.hpp"

namespace orrery::curve {

void FindSelfIntersections::run(sdk::Call<FindSelfIntersections>& call) {
  const auto points = call.in<"points">();
  const bool closed = call.in<"closed">();
  const auto most = static_cast<std::size_t>(call.in<"most">());
  const std::int64_t n = points.extent(0), d = points.extent(1);
  const sdk::Shape batch = points.batch();
  const auto simple = call.out<"is_simple">(batch);
  const auto count = call.out<"count">(batch);
  SelfIntersections found;
  for_all_items(call, batch, [&](std::int64_t i) {
    SelfIntersections own = self_intersections(points.item(i).span(), static_cast<std::size_t>(n),
                                               static_cast<std::size_t>(d), closed, most, [&](std::size_t done) {
                                                 if (batch.empty()) call.poll(done, static_cast<std::uint64_t>(n));
                                               });
    simple(i) = own.count == 0;
    count(i) = static_cast<std::int64_t>(own.count);
    if (batch.empty()) found = std::move(own);
  });
  if (!batch.empty()) return;
  const auto m = static_cast<std::int64_t>(found.count);
  const auto pairs = call.out<"pairs">(m, 2);
  const auto meeting = call.out<"meeting">(m);
  const auto places = call.out<"places">(m, d);
  for (std::int64_t i = 0; i < m; ++i) {
    const EdgePair& pair = found.pairs[static_cast<std::size_t>(i)];
    pairs(i, 0) = static_cast<std::int64_t>(pair.first);
    pairs(i, 1) = static_cast<std::int64_t>(pair.second);
    meeting(i) = static_cast<std::int64_t>(pair.meeting);
    for (std::int64_t c = 0; c < d; ++c) places(i, c) = pair.place[static_cast<std::size_t>(c)];
  }
}

}  // namespace orrery::curve

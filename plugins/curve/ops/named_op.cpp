// The operation curve.named.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/curve/ops/named_op.hpp"

namespace orrery::curve {

void Named::run(sdk::Call<Named>& call) {
  const NamedInput<Named> curve(call);
  const auto t = call.in<"parameter">();
  const sdk::Shape batch = call.batch();
  const std::int64_t n = t.size(), d = curve.dimension();
  const std::array outputs{call.out<"points">(batch, n, d), call.out<"first">(batch, n, d),
                           call.out<"second">(batch, n, d), call.out<"third">(batch, n, d)};
  const OnError on_error = call.in<"on_error">();
  const auto compute = [&](std::int64_t item) {
    const NamedCurve which = curve(item);
    require_valid(which);
    const auto part = [&](std::uint64_t begin, std::uint64_t end) {
      call.poll(begin, static_cast<std::uint64_t>(n));
      const CurveTable table = evaluate(which, t.span().subspan(begin, end - begin), 3, begin);
      const auto at = static_cast<std::ptrdiff_t>(begin) * d;
      std::copy(table.points.begin(), table.points.end(), outputs[0].item(item).begin() + at);
      for (std::size_t k = 0; k < 3; ++k)
        std::copy(table.derivatives[k].begin(), table.derivatives[k].end(), outputs[k + 1].item(item).begin() + at);
    };
    const auto total = static_cast<std::uint64_t>(n);
    constexpr std::uint64_t points_at_once = 4096;
    // An item that may become nan keeps to its own thread, so that what is thrown arrives as it is.
    if (on_error == OnError::fail && sdk::count_of(batch) == 1) return call.parallel_for(total, points_at_once, part);
    for (std::uint64_t begin = 0; begin < total; begin += points_at_once)
      part(begin, std::min(begin + points_at_once, total));
  };
  for_each_item(call, sdk::count_of(batch), on_error, compute, [&](std::int64_t item) {
    for (const auto& output : outputs) fill_nan(output.item(item));
  });
}

}  // namespace orrery::curve

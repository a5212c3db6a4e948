// The operations attention.nope_law and nope_deviation.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/attention/ops/nope_law_op.hpp"

#include "plugins/attention/core/nope_law.hpp"

namespace orrery::attention {
namespace {

template <class Op, class F>
void for_each_item(sdk::Call<Op>& call, std::int64_t count, const F& f) {
  call.parallel_for(static_cast<std::uint64_t>(count), 1, [&](std::uint64_t begin, std::uint64_t end) {
    for (std::uint64_t i = begin; i < end; ++i) {
      call.poll(i, static_cast<std::uint64_t>(count));
      f(static_cast<std::int64_t>(i));
    }
  });
}

}  // namespace

void NopeLawOperation::run(sdk::Call<NopeLawOperation>& call) {
  const auto keys = call.in<"keys">(), deviation = call.in<"deviation">();
  const sdk::Shape batch = call.batch();
  const auto participation = call.out<"participation">(batch), effective = call.out<"effective">(batch);
  const auto entropy = call.out<"entropy">(batch);
  const auto leading = call.out<"leading_participation">(batch), leading_entropy = call.out<"leading_entropy">(batch);
  for_each_item(call, sdk::count_of(batch), [&](std::int64_t i) {
    const NopeLaw law = nope_law(keys(i), deviation(i)), simple = nope_law_leading(keys(i), deviation(i));
    participation(i) = law.participation, effective(i) = 1.0 / law.participation, entropy(i) = law.entropy;
    leading(i) = simple.participation, leading_entropy(i) = simple.entropy;
  });
}

void NopeDeviation::run(sdk::Call<NopeDeviation>& call) {
  const auto keys = call.in<"keys">(), effective = call.in<"effective">();
  const sdk::Shape batch = call.batch();
  const auto deviation = call.out<"deviation">(batch);
  for_each_item(call, sdk::count_of(batch),
                [&](std::int64_t i) { deviation(i) = nope_deviation(keys(i), effective(i)); });
}

}  // namespace orrery::attention

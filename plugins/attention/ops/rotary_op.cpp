// The operations attention.rotary_frequencies, rotate and sinusoidal.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/attention/ops/rotary_op.hpp"

#include <algorithm>
#include <stdexcept>
#include <string>

namespace orrery::attention {
namespace {

ExtensionOptions options_of(const sdk::Call<RotaryFrequencies>& call) {
  ExtensionOptions o;
  o.kind = call.in<"extension">();
  o.factor = call.in<"factor">();
  o.original_length = call.maybe<"original_length">().value_or(0.0);
  o.length = call.maybe<"length">().value_or(0.0);
  o.beta_fast = call.in<"beta_fast">(), o.beta_slow = call.in<"beta_slow">();
  o.truncate = call.in<"truncate">();
  o.low_factor = call.in<"low_factor">(), o.high_factor = call.in<"high_factor">();
  o.mscale = call.maybe<"mscale">().value_or(0.0), o.mscale_all_dim = call.maybe<"mscale_all_dim">().value_or(0.0);
  if (const auto factors = call.maybe<"short_factors">()) o.short_factors = factors->span();
  if (const auto factors = call.maybe<"long_factors">()) o.long_factors = factors->span();
  return o;
}

}  // namespace

void RotaryFrequencies::run(sdk::Call<RotaryFrequencies>& call) {
  const Frequencies f = rotary_frequencies(call.in<"depth">(), call.in<"base">(), options_of(call));
  const auto frequencies = call.out<"frequencies">(static_cast<std::int64_t>(f.angular.size()));
  std::copy(f.angular.begin(), f.angular.end(), frequencies.begin());
  call.set<"base_used">(f.base);
  call.set<"attention_factor">(f.attention_factor);
  if (const auto length = call.maybe<"original_length">())
    call.set<"critical_dimension">(critical_dimension(call.in<"depth">(), call.in<"base">(), *length));
}

void Rotate::run(sdk::Call<Rotate>& call) {
  const auto vectors = call.in<"vectors">();
  const auto positions = call.in<"positions">();
  const auto frequencies = call.in<"frequencies">();
  const std::int64_t n = vectors.extent(0), d = vectors.extent(1);
  if (2 * frequencies.size() > d)
    throw std::invalid_argument("frequencies must be at most half as many as components, " + std::to_string(d / 2) +
                                "; they are " + std::to_string(frequencies.size()));
  const auto result = call.out<"result">(call.batch(), n, d);
  for (std::int64_t item = 0; item < result.count(); ++item)
    for (std::int64_t i = 0; i < n; ++i) {
      const auto from = vectors.item(item).row(i);
      const auto to = result.item(item).row(i);
      std::copy(from.begin(), from.end(), to.begin());
      rotate(to, positions(i), frequencies.span(), call.in<"pairing">(), call.in<"factor">());
    }
}

void Sinusoidal::run(sdk::Call<Sinusoidal>& call) {
  const auto positions = call.in<"positions">();
  const std::int64_t depth = call.in<"depth">();
  if (depth % 2 != 0) throw std::invalid_argument("depth must be even; it is " + std::to_string(depth));
  const auto code = call.out<"code">(positions.size(), depth);
  for (std::int64_t i = 0; i < positions.size(); ++i) sinusoidal(positions(i), call.in<"base">(), code.row(i));
}

}  // namespace orrery::attention

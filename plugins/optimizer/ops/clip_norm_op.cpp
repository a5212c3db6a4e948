// The operations optimizer.clip_norm and clip_value.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/optimizer/ops/clip_norm_op.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "plugins/optimizer/core/norms.hpp"

namespace orrery::optimizer {

void ClipNorm::run(sdk::Call<ClipNorm>& call) {
  const std::span<const double> given = call.in<"gradient">().span();
  const double limit = call.in<"limit">(), norm = euclidean_norm<double>(given);
  if (std::isinf(norm))
    throw std::domain_error("the norm of 'gradient' must be finite; it is beyond the largest number");
  const auto clipped = call.out<"gradient">(call.batch()).span();
  const double factor = norm > limit ? limit / norm : 1.0;
  for (std::size_t i = 0; i < given.size(); ++i) clipped[i] = factor == 1.0 ? given[i] : given[i] * factor;
  call.set<"norm">(norm);
}

void ClipValue::run(sdk::Call<ClipValue>& call) {
  const std::span<const double> given = call.in<"gradient">().span();
  const double limit = call.in<"limit">();
  const auto larger = std::count_if(given.begin(), given.end(), [=](double g) { return std::abs(g) > limit; });
  const auto clipped = call.out<"gradient">(call.batch()).span();
  for (std::size_t i = 0; i < given.size(); ++i) clipped[i] = std::clamp(given[i], -limit, limit);
  call.set<"clipped">(larger);
}

}  // namespace orrery::optimizer

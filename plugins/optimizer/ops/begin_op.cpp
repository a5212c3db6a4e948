// The operation optimizer.begin.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/optimizer/ops/begin_op.hpp"

#include "plugins/optimizer/ops/update.hpp"

namespace orrery::optimizer {
namespace {

template <class Real>
void begin(const sdk::Call<Begin>& call, const sdk::AnyView& given) {
  constexpr std::uint32_t dtype = sdk::ElementBits<Real>::value;
  copy_numbers(given, call.out_any<"parameters">(dtype, given.shape()).as<Real>().span());
  const auto zeros = call.out_any<"zeros">(dtype, given.shape()).as<Real>().span();
  std::fill(zeros.begin(), zeros.end(), Real{0});
}

}  // namespace

void Begin::run(sdk::Call<Begin>& call) {
  const auto given = call.in<"parameters">();
  given.dtype() == ORRERY_F32 ? begin<float>(call, given) : begin<double>(call, given);
  call.set<"step">(0);
}

}  // namespace orrery::optimizer

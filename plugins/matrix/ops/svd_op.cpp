// The operation matrix.svd.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/matrix/ops/svd_op.hpp"

#include <cmath>

namespace orrery::matrix {
namespace {

using Svds = sdk::Call<SvdOperation>;

SvdOptions options_of(Svds& call) {
  SvdOptions options;
  options.method = call.in<"method">();
  options.oversample = call.in<"oversample">();
  options.power_iterations = call.in<"power_iterations">();
  options.key = call.random_words(0, static_cast<std::uint64_t>(call.in<"seed">()))[0];
  return options;
}

template <class T>
TruncatedSvd<T> computed(Svds& call, View<const T> a, const Workers& workers) {
  const auto rank = call.maybe<"rank">();
  const auto energy = call.maybe<"energy">(), tolerance = call.maybe<"tolerance">();
  if (int{rank.has_value()} + int{energy.has_value()} + int{tolerance.has_value()} > 1)
    throw std::invalid_argument("give at most one of 'rank', 'energy' and 'tolerance'");
  const SvdOptions options = options_of(call);
  if (rank) return truncated_svd<T>(a, *rank, options, workers);
  if (tolerance) return truncated_svd_to<T>(a, *tolerance, options, workers);
  if (energy) return truncated_svd_to<T>(a, std::sqrt(1.0 - *energy), options, workers);
  return truncated_svd<T>(a, std::min(a.rows, a.cols), options, workers);
}

}  // namespace

void SvdOperation::run(sdk::Call<SvdOperation>& call) {
  const HostWorkers workers(call);
  visit_matrix(call.in<"matrix">(), [&]<class T>(View<const T> a) {
    if (a.empty()) throw std::invalid_argument("the matrix has no elements");
    const TruncatedSvd<T> found = computed<T>(call, a, workers);
    const auto k = static_cast<Index>(found.svd.values.size());
    copy(reading(found.svd.u), new_matrix<"u", T>(call, a.rows, k));
    copy(reading(found.svd.vh), new_matrix<"vt", T>(call, k, a.cols));
    const auto values = call.out<"singular_values">(k);
    std::copy(found.svd.values.begin(), found.svd.values.end(), values.begin());
    const double relative = found.norm > 0.0 ? found.error / found.norm : 0.0;
    call.set<"rank">(k);
    call.set<"norm">(found.norm);
    call.set<"error">(found.error);
    call.set<"relative_error">(relative);
    call.set<"captured_energy">((1.0 - relative) * (1.0 + relative));
    call.set<"steps">(found.steps);
    call.set<"converged">(std::int64_t{found.converged});
  });
}

}  // namespace orrery::matrix

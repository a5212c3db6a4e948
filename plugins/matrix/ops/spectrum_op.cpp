// The operation matrix.spectrum.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/matrix/ops/spectrum_op.hpp"

#include <limits>
#include <vector>

#include "plugins/matrix/core/spectrum.hpp"
#include "plugins/matrix/core/truncated_svd.hpp"

namespace orrery::matrix {

void Spectrum::run(sdk::Call<Spectrum>& call) {
  const HostWorkers workers(call);
  visit_matrix(call.in<"matrix">(), [&]<class T>(View<const T> a) {
    if (a.empty()) throw std::invalid_argument("the matrix has no elements");
    const std::vector<Real<T>> found = singular_values<T>(a, workers);
    const std::vector<double> values(found.begin(), found.end());
    const double eps = std::numeric_limits<Real<T>>::epsilon();
    const double rtol = call.maybe<"rtol">().value_or(eps * static_cast<double>(std::max(a.rows, a.cols)));
    const double threshold = std::max(call.in<"atol">(), rtol * values.front());
    const SpectrumFigures figures = spectrum_figures(values, threshold);
    const std::vector<double> errors = errors_by_rank(values);
    const auto to = [](const std::vector<double>& from, auto out) { std::copy(from.begin(), from.end(), out.begin()); };
    to(values, call.out<"singular_values">(static_cast<Index>(values.size())));
    to(errors, call.out<"error_by_rank">(static_cast<Index>(errors.size())));
    call.set<"rank">(figures.rank);
    call.set<"condition">(figures.condition);
    call.set<"spectral_norm">(values.front());
    call.set<"frobenius_norm">(figures.frobenius);
    call.set<"nuclear_norm">(figures.nuclear);
    call.set<"stable_rank">(figures.stable_rank);
    call.set<"effective_rank">(figures.effective_rank);
  });
}

}  // namespace orrery::matrix

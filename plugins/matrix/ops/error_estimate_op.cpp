// The operation matrix.error_estimate.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/matrix/ops/error_estimate_op.hpp"

#include "plugins/matrix/core/error_estimate.hpp"

namespace orrery::matrix {
namespace {

// A factor in the matrix's element type, which has to hold it.
template <class T>
Matrix<T> factor(const sdk::AnyView& given, const char* name) {
  return visit_matrix(given, [&]<class U>(View<const U> from) -> Matrix<T> {
    if constexpr (is_complex<U> && !is_complex<T>)
      throw std::invalid_argument(std::string("'") + name + "' is complex and the matrix is not");
    else return converted<T>(from);
  });
}

}  // namespace

void ErrorEstimateOperation::run(sdk::Call<ErrorEstimateOperation>& call) {
  const HostWorkers workers(call);
  visit_matrix(call.in<"matrix">(), [&]<class T>(View<const T> a) {
    if (a.empty()) throw std::invalid_argument("the matrix has no elements");
    Matrix<T> left = factor<T>(call.in<"left">(), "left");
    const Matrix<T> right = factor<T>(call.in<"right">(), "right");
    if (const auto scale = call.maybe<"scale">())
      for (Index i = 0; i < left.rows(); ++i)
        for (Index j = 0; j < left.cols(); ++j) left(i, j) *= static_cast<Real<T>>((*scale)(j));
    const DenseOperator<T> whole(a);
    const Difference<T> error(whole, left, right);
    const Random random(call.random_words(0, static_cast<std::uint64_t>(call.in<"seed">()))[0]);
    const NormEstimate found =
        estimate_norms<T>(error, call.in<"probes">(), call.in<"power">(), call.in<"confidence">(), random, workers);
    call.set<"frobenius">(found.frobenius);
    call.set<"frobenius_bound">(found.frobenius_bound);
    call.set<"spectral">(found.spectral);
    call.set<"spectral_bound">(found.spectral_bound);
  });
}

}  // namespace orrery::matrix

// The operation matrix.pinv.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/matrix/ops/pinv_op.hpp"

#include "plugins/matrix/core/pinv.hpp"

namespace orrery::matrix {

void Pinv::run(sdk::Call<Pinv>& call) {
  const HostWorkers workers(call);
  const PinvMethod method = call.in<"method">();
  const auto ridge = call.maybe<"ridge">();
  if ((method == PinvMethod::ridge) != ridge.has_value())
    throw std::invalid_argument(ridge ? "'ridge' belongs to the method 'ridge'" : "the method 'ridge' needs 'ridge'");
  const RankCutoff cutoff{call.in<"atol">(), call.maybe<"rtol">()};
  visit_matrix(call.in<"a">(), [&]<class T>(View<const T> a) {
    const PseudoInverse<T> found = method == PinvMethod::svd   ? pinv_by_svd<T>(a, cutoff, workers)
                                   : method == PinvMethod::eig ? pinv_by_eigenvalues<T>(a, cutoff, workers)
                                                               : pinv_by_ridge<T>(a, *ridge, workers);
    copy<T>(found.inverse, new_matrix<"pinv", T>(call, a.cols, a.rows));
    const auto values = call.out<"singular_values">(static_cast<Index>(found.values.size()));
    std::copy(found.values.begin(), found.values.end(), values.begin());
    call.set<"rank">(found.rank);
    call.set<"cutoff">(found.cutoff);
    call.set<"condition">(found.rank > 0 ? values(0) / values(found.rank - 1) : 0.0);
  });
}

}  // namespace orrery::matrix

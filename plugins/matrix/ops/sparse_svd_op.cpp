// The operation matrix.sparse_svd.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/matrix/ops/sparse_svd_op.hpp"

#include "plugins/matrix/core/sparse_svd.hpp"
#include "plugins/matrix/ops/sparse_input.hpp"

namespace orrery::matrix {

void SparseSvdOperation::run(sdk::Call<SparseSvdOperation>& call) {
  const HostWorkers workers(call);
  SparseSvdOptions options{.rank = call.in<"rank">(),
                           .block = call.maybe<"block">().value_or(0),
                           .most_steps = call.in<"most_steps">(),
                           .excess = call.in<"excess">()};
  visit_csr(call, [&]<class T>(const Csr<T>& a) {
    const SparseSvd<T> found = sparse_svd<T>(a, options, Random(call.random_key()), workers);
    copy<T>(found.svd.u, new_matrix<"u", T>(call, found.svd.u.rows(), found.svd.u.cols()));
    copy<T>(found.svd.vh, new_matrix<"vh", T>(call, found.svd.vh.rows(), found.svd.vh.cols()));
    const auto values = call.out<"s">(static_cast<Index>(found.svd.values.size()));
    std::copy(found.svd.values.begin(), found.svd.values.end(), values.begin());
    call.set<"err_f">(found.error);
    call.set<"norm_f">(found.norm);
    call.set<"steps">(found.steps);
    call.set<"converged">(found.converged);
  });
}

}  // namespace orrery::matrix

// The operation matrix.stream_svd.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/matrix/ops/stream_svd_op.hpp"

#include "plugins/matrix/core/stream_svd.hpp"

namespace orrery::matrix {

void StreamSvdOperation::run(sdk::Call<StreamSvdOperation>& call) {
  const HostWorkers workers(call);
  visit_matrix(call.in<"a">(), [&]<class T>(View<const T> a) {
    const Index rank = call.in<"rank">();
    StreamOptions options = default_stream_options(a.rows, a.cols, rank);
    if (const auto sketch = call.maybe<"sketch">()) options.sketch = *sketch, options.core = 2 * *sketch + 1;
    if (const auto core = call.maybe<"core">()) options.core = *core;
    options.error_probes = call.in<"error_probes">();
    StreamSvd<T> stream(a.rows, a.cols, options, Random(call.random_key()), workers);
    stream.add(a);
    const StreamResult<T> found = stream.finish();
    copy<T>(found.u, new_matrix<"u", T>(call, found.u.rows(), found.u.cols()));
    copy<T>(found.vh, new_matrix<"vh", T>(call, found.vh.rows(), found.vh.cols()));
    const auto values = call.out<"s">(static_cast<Index>(found.values.size()));
    std::copy(found.values.begin(), found.values.end(), values.begin());
    call.set<"err_f">(found.error);
    call.set<"err_f_standard_error">(found.error_deviation);
    call.set<"norm_f">(found.norm);
  });
}

}  // namespace orrery::matrix

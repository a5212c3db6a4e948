// The operations matrix.pivoted_cholesky and nystrom.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/matrix/ops/pivoted_cholesky_op.hpp"

namespace orrery::matrix {
namespace {

template <class Op>
std::vector<Index> pivots_of(const sdk::Call<Op>& call, bool needed) {
  const auto given = call.template maybe<"pivots">();
  if (given.has_value() != needed)
    throw std::invalid_argument(given ? "'pivots' belong to 'given'" : "'given' needs 'pivots'");
  return given ? std::vector<Index>(given->begin(), given->end()) : std::vector<Index>();
}

template <sdk::FixedString Name, class Op, class T>
void put_numbers(const sdk::Call<Op>& call, const std::vector<T>& values) {
  std::copy(values.begin(), values.end(), call.template out<Name>(static_cast<Index>(values.size())).begin());
}

}  // namespace

void PivotedCholesky::run(sdk::Call<PivotedCholesky>& call) {
  const HostWorkers workers(call);
  const Random random(call.random_key());
  PartialCholeskyOptions options{.rank = call.in<"rank">(),
                                 .tolerance = call.in<"tolerance">(),
                                 .pivoting = call.in<"pivoting">(),
                                 .block = call.in<"block">()};
  options.pivots = pivots_of(call, options.pivoting == Pivoting::given);
  visit_matrix(call.in<"a">(), [&]<class T>(View<const T> a) {
    const PartialCholesky<T> found = partial_cholesky<T>(a, options, random, workers);
    put_numbers<"pivots">(call, found.pivots);
    put_numbers<"trace_left">(call, found.trace_left);
    copy<T>(found.factor, new_matrix<"factor", T>(call, found.factor.rows(), found.factor.cols()));
    call.set<"trace">(found.trace);
    call.set<"trace_error">(found.trace_left.empty() ? found.trace : found.trace_left.back());
  });
}

void NystromOperation::run(sdk::Call<NystromOperation>& call) {
  const HostWorkers workers(call);
  const Random random(call.random_key());
  const NystromMethod method = call.in<"method">();
  const Index rank = call.in<"rank">();
  const std::vector<Index> pivots = pivots_of(call, method == NystromMethod::given);
  visit_matrix(call.in<"a">(), [&]<class T>(View<const T> a) {
    const Index sketch = call.maybe<"sketch">().value_or(std::min(rank + 10, a.rows));
    Nystrom<T> found;
    if (method == NystromMethod::sketch) {
      found = nystrom_by_sketch<T>(a, rank, sketch, random, workers);
    } else {
      PartialCholeskyOptions options{.rank = sketch, .block = call.in<"block">(), .pivots = pivots};
      options.pivoting = static_cast<Pivoting>(static_cast<int>(method) - 1);
      found = nystrom_by_columns<T>(a, options, rank, random, workers);
    }
    put_numbers<"values">(call, found.values);
    put_numbers<"columns">(call, found.pivots);
    copy<T>(found.vectors, new_matrix<"vectors", T>(call, found.vectors.rows(), found.vectors.cols()));
    call.set<"trace">(found.trace);
    call.set<"trace_error">(found.trace_error);
  });
}

}  // namespace orrery::matrix

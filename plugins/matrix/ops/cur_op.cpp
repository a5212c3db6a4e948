// The operation matrix.cur.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/matrix/ops/cur_op.hpp"

#include "plugins/matrix/core/norms.hpp"

namespace orrery::matrix {
namespace {

using Operation = CurOperation;

template <class T>
std::vector<Index> choose(const sdk::Call<Operation>& call, View<const T> a, std::uint64_t stream,
                          const Workers& workers) {
  return interpolative<T>(a, options_of(call), Random(call.random_key(), stream), workers).columns.skeleton;
}

template <class T>
std::vector<Index> rows_of(const sdk::Call<Operation>& call, View<const T> a, const std::vector<Index>& columns,
                           const Workers& workers) {
  if (const auto given = call.maybe<"rows">()) return {given->begin(), given->end()};
  if (call.in<"rows_from">() == RowsFrom::matrix) return choose<T>(call, transposed<T>(a).view(), 1, workers);
  const Matrix<T> turned = transposed<T>(columns_of<T>(a, columns));
  const InterpolativeOptions options{.choice = ColumnChoice::pivoted_qr,
                                     .rank = std::min(turned.rows(), turned.cols())};
  return interpolative<T>(turned, options, Random(0), workers).columns.skeleton;
}

}  // namespace

void CurOperation::run(sdk::Call<CurOperation>& call) {
  const HostWorkers workers(call);
  visit_matrix(call.in<"matrix">(), [&]<class T>(View<const T> a) {
    require_finite<T>(a, "matrix", workers);
    const auto given = call.maybe<"columns">();
    const std::vector<Index> columns =
        given ? std::vector<Index>(given->begin(), given->end()) : choose<T>(call, a, 0, workers);
    for (const Index column : columns)
      if (column >= a.cols)
        throw std::out_of_range("an index of 'columns' must be between 0 and " + std::to_string(a.cols - 1) +
                                "; it is " + std::to_string(column));
    const std::vector<Index> rows = rows_of<T>(call, a, columns, workers);
    const Cur<T> made = cur<T>(a, columns, rows, call.in<"middle">(), workers);
    const double norm = frobenius_norm<T>(a, workers);
    put_indices<"columns">(call, columns);
    put_indices<"rows">(call, rows);
    put_matrix<"c">(call, reading(made.c));
    put_matrix<"u">(call, reading(made.u));
    put_matrix<"r">(call, reading(made.r));
    call.set<"error">(made.error);
    call.set<"relative_error">(norm > 0.0 ? made.error / norm : 0.0);
    call.set<"condition">(made.condition);
  });
}

}  // namespace orrery::matrix

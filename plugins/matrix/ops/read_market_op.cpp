// The operations matrix.read_market and sparse_multiply.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/matrix/ops/read_market_op.hpp"

#include <stdexcept>
#include <string>

#include "plugins/matrix/ops/sparse_input.hpp"

namespace orrery::matrix {
namespace {

template <class T>
void put_matrix(sdk::Call<ReadMarket>& call, const MarketMatrix& market) {
  std::vector<Entry<T>> entries;
  for (const auto& [row, col, value] : market.entries) {
    if constexpr (is_complex<T>) entries.push_back({row, col, value});
    else entries.push_back({row, col, value.real()});
  }
  const CsrMatrix<T> a = csr_from_entries<T>(market.rows, market.cols, entries);
  std::copy(a.starts.begin(), a.starts.end(), call.out<"row_starts">(a.rows + 1).begin());
  std::copy(a.columns.begin(), a.columns.end(), call.out<"columns">(static_cast<Index>(a.columns.size())).begin());
  std::copy(a.values.begin(), a.values.end(),
            new_vector<"values", T>(call, static_cast<Index>(a.values.size())).begin());
  constexpr Index most = Index{1} << 30;
  if (call.in<"dense">() && a.rows * a.cols > most)
    throw std::invalid_argument("a matrix of " + std::to_string(a.rows) + " x " + std::to_string(a.cols) +
                                " is too large to be wanted in full; at most 2^30 elements are");
  if (call.in<"dense">()) copy<T>(dense(a.view()), new_matrix<"matrix", T>(call, a.rows, a.cols));
}

}  // namespace

void ReadMarket::run(sdk::Call<ReadMarket>& call) {
  constexpr const char* fields[] = {"real", "integer", "complex", "pattern"};
  constexpr const char* symmetries[] = {"general", "symmetric", "skew-symmetric", "hermitian"};
  const MarketMatrix market = read_market(call.in<"market">());
  call.set<"row_count">(market.rows);
  call.set<"column_count">(market.cols);
  call.set<"stored">(market.stored);
  call.set<"field">(std::string_view(fields[static_cast<int>(market.field)]));
  call.set<"symmetry">(std::string_view(symmetries[static_cast<int>(market.symmetry)]));
  if (market.field == MarketField::complex) put_matrix<Complex>(call, market);
  else put_matrix<double>(call, market);
}

void SparseMultiply::run(sdk::Call<SparseMultiply>& call) {
  const HostWorkers workers(call);
  const auto op = call.in<"op_a">();
  visit_csr(call, [&]<class A>(const Csr<A>& a) {
    visit_matrix(call.in<"b">(), [&]<class B>(View<const B> b) {
      using T =
          std::conditional_t<is_complex<A> || is_complex<B>, Complex,
                             std::conditional_t<std::is_same_v<A, float> && std::is_same_v<B, float>, float, double>>;
      const Index inner = op == SparseFactor::none ? a.cols : a.rows, rows = op == SparseFactor::none ? a.rows : a.cols;
      if (inner != b.rows)
        throw sdk::ShapeError("op_a(a) has " + std::to_string(inner) + " columns and b " + std::to_string(b.rows) +
                              " rows; they must be as many");
      const std::vector<T> values = values_in<T>(a);
      const Csr<T> typed{a.rows, a.cols, a.starts, a.columns, values};
      const View<T> out = new_matrix<"product", T>(call, rows, b.cols);
      const auto multiply_by = [&](View<const T> factor) {
        if (op == SparseFactor::none) return multiply_sparse<T>(typed, factor, out, workers);
        multiply_sparse<T>(transposed_csr(typed, op == SparseFactor::adjoint).view(), factor, out, workers);
      };
      if constexpr (std::is_same_v<T, B>) multiply_by(b);
      else multiply_by(reading(converted<T>(b)));
    });
  });
}

}  // namespace orrery::matrix

// The operations matrix.leverage and matrix.deim.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/matrix/ops/leverage_op.hpp"

#include <algorithm>

#include "plugins/matrix/core/norms.hpp"
#include "plugins/matrix/core/small_svd.hpp"

namespace orrery::matrix {
namespace {

template <class T>
void score(const sdk::Call<Leverage>& call, View<const T> a, const Workers& workers) {
  const auto rank = call.maybe<"rank">();
  const auto tolerance = call.maybe<"tolerance">();
  if (rank.has_value() == tolerance.has_value())
    throw std::invalid_argument(rank ? "give 'rank' or 'tolerance', not both"
                                     : "one of 'rank' and 'tolerance' is needed");
  const Index most = std::min(a.rows, a.cols);
  if (rank && *rank > most)
    throw std::domain_error("the rank of a matrix of " + std::to_string(most) +
                            " singular values must be between 1 and " + std::to_string(most) + "; it is " +
                            std::to_string(*rank));
  const SingularRows<T> vectors = singular_rows<T>(a, rank.value_or(most), workers);
  const Index used = std::min(rank ? *rank : rank_at(vectors.values, *tolerance), vectors.rows.rows());
  const std::vector<double> scores = leverage_scores<T>(reading(vectors.rows).row_range(0, used));
  std::copy(scores.begin(), scores.end(), call.out<"scores">(a.cols).begin());
  const std::vector<Index> order = largest_scores(scores, a.cols);
  std::copy(order.begin(), order.end(), call.out<"order">(a.cols).begin());
  call.set<"vectors">(used);
  const double largest = scores.empty() ? 0.0 : *std::max_element(scores.begin(), scores.end());
  call.set<"coherence">(used > 0 ? largest * static_cast<double>(a.cols) / static_cast<double>(used) : 0.0);
}

}  // namespace

void Leverage::run(sdk::Call<Leverage>& call) {
  const HostWorkers workers(call);
  visit_matrix(call.in<"matrix">(), [&]<class T>(View<const T> a) {
    require_finite<T>(a, "matrix", workers);
    if (call.in<"side">() == ScoreSide::columns) return score<T>(call, a, workers);
    score<T>(call, transposed<T>(a).view(), workers);
  });
}

void Deim::run(sdk::Call<Deim>& call) {
  visit_matrix(call.in<"basis">(), [&]<class T>(View<const T> basis) {
    require_finite<T>(basis, "basis");
    if (basis.cols > basis.rows)
      throw std::domain_error("a basis has at most as many columns as rows; there are " + std::to_string(basis.cols) +
                              " columns and " + std::to_string(basis.rows) + " rows");
    const Matrix<T> vectors = transposed<T>(basis);
    const std::vector<Index> indices =
        call.in<"method">() == DeimMethod::deim ? deim_indices<T>(vectors) : q_deim_indices<T>(vectors);
    if (static_cast<Index>(indices.size()) < basis.cols)
      throw std::domain_error("column " + std::to_string(indices.size()) +
                              " of 'basis', or another, depends on those before it to round-off");
    put_indices<"indices">(call, indices);
    const std::vector<Real<T>> values = small_singular_values<T>(columns_of<T>(vectors, indices));
    call.set<"constant">(values.empty() ? 0.0 : 1.0 / static_cast<double>(values.back()));
  });
}

}  // namespace orrery::matrix

// The operation matrix.interpolative.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/matrix/ops/interpolative_op.hpp"

#include "plugins/matrix/core/norms.hpp"

namespace orrery::matrix {
namespace {

using Operation = InterpolativeOperation;

template <class T>
void report(const sdk::Call<Operation>& call, View<const T> a, const Interpolative<T>& found, double largest,
            const Workers& workers) {
  const double norm = frobenius_norm<T>(a, workers);
  call.set<"chosen">(static_cast<std::int64_t>(found.columns.skeleton.size()));
  call.set<"deficient">(found.columns.deficient);
  call.set<"error">(found.error.value);
  call.set<"error_bound">(found.error.upper);
  call.set<"relative_error">(norm > 0.0 ? found.error.value / norm : 0.0);
  call.set<"largest_coefficient">(largest);
  call.set<"swaps">(found.columns.swaps);
  if (const auto steps = static_cast<int>(call.in<"spectral_steps">()); steps > 0)
    call.set<"spectral_error">(spectral_estimate<T>(a, found.columns, steps, Random(call.random_key(), 99), workers));
  for (std::size_t k = 0; k < found.diagonal.size(); ++k)
    call.tap<"diagonal">(static_cast<std::int64_t>(k), found.diagonal[k]);
}

template <class T>
void choose_columns(const sdk::Call<Operation>& call, View<const T> a, const Workers& workers) {
  const auto found = interpolative<T>(a, options_of(call), Random(call.random_key()), workers);
  report<T>(call, a, found, largest_entry<T>(found.columns.z), workers);
  put_indices<"columns">(call, found.columns.skeleton);
  put_matrix<"z">(call, reading(found.columns.z));
  put_matrix<"skeleton">(call, reading(columns_of<T>(a, found.columns.skeleton)));
}

template <class T>
void choose_rows(const sdk::Call<Operation>& call, View<const T> a, const Workers& workers) {
  const Matrix<T> turned = transposed<T>(a);
  require_finite<T>(a, "matrix", workers);
  const auto found = interpolative<T>(turned, options_of(call), Random(call.random_key()), workers);
  report<T>(call, turned, found, largest_entry<T>(found.columns.z), workers);
  put_indices<"rows">(call, found.columns.skeleton);
  put_matrix<"x">(call, reading(transposed<T>(found.columns.z)));
  put_matrix<"skeleton">(call, reading(transposed<T>(columns_of<T>(turned, found.columns.skeleton))));
}

// Rows are chosen from the columns chosen, which they reproduce: so the error is that of the columns.
template <class T>
void choose_both(const sdk::Call<Operation>& call, View<const T> a, const Workers& workers) {
  const InterpolativeOptions options = options_of(call);
  const auto found = interpolative<T>(a, options, Random(call.random_key()), workers);
  const Matrix<T> turned = transposed<T>(columns_of<T>(a, found.columns.skeleton));
  Interpolation<T> rows;
  rows.z = Matrix<T>(0, a.rows);
  if (!found.columns.skeleton.empty())
    rows = interpolative<T>(turned,
                            {.choice = ColumnChoice::pivoted_qr,
                             .rank = static_cast<Index>(found.columns.skeleton.size()),
                             .bound = options.bound},
                            Random(call.random_key()), workers)
               .columns;
  report<T>(call, a, found, std::max(largest_entry<T>(found.columns.z), largest_entry<T>(rows.z)), workers);
  put_indices<"columns">(call, found.columns.skeleton);
  put_indices<"rows">(call, rows.skeleton);
  put_matrix<"z">(call, reading(found.columns.z));
  put_matrix<"x">(call, reading(transposed<T>(rows.z)));
  put_matrix<"skeleton">(call, reading(transposed<T>(columns_of<T>(turned, rows.skeleton))));
}

}  // namespace

void InterpolativeOperation::run(sdk::Call<InterpolativeOperation>& call) {
  const HostWorkers workers(call);
  visit_matrix(call.in<"matrix">(), [&]<class T>(View<const T> a) {
    switch (call.in<"side">()) {
      case Side::column:
        return choose_columns<T>(call, a, workers);
      case Side::row:
        return choose_rows<T>(call, a, workers);
      case Side::both:
        return choose_both<T>(call, a, workers);
    }
  });
}

}  // namespace orrery::matrix

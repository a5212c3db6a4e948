// The sparse matrix that an operation is given by compressed rows, in the element type that is computed in.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "plugins/matrix/core/sparse.hpp"
#include "plugins/matrix/ops/ports.hpp"

namespace orrery::matrix {

/// Calls f(Csr<U>) with the matrix in its own element type, checked.
template <class Op, class F>
void visit_csr(const sdk::Call<Op>& call, const F& f) {
  const auto starts = call.template in<"row_starts">();
  const auto columns = call.template in<"columns">();
  const auto values = call.template in<"values">();
  const auto with = [&]<class U>(const U* data) {
    const auto n = static_cast<std::size_t>(values.size());
    const Csr<U> a{starts.size() - 1, call.template in<"column_count">(), starts.span(), columns.span(), {data, n}};
    require_csr(a);
    f(a);
  };
  if (values.dtype() == ORRERY_C128) with(values.template as<const Complex>().data());
  else if (values.dtype() == ORRERY_F32) with(values.template as<const float>().data());
  else with(values.template as<const double>().data());
}

/// The values of a sparse matrix in another type.
template <class T, class U>
std::vector<T> values_in(const Csr<U>& a) {
  std::vector<T> values;
  values.reserve(a.values.size());
  for (const U& value : a.values) values.push_back(T(value));
  return values;
}

}  // namespace orrery::matrix

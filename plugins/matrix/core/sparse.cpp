// Sparse matrices by compressed rows.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/matrix/core/sparse.hpp"

#include <algorithm>
#include <stdexcept>
#include <string>

namespace orrery::matrix {
namespace {

std::size_t at(Index i) { return static_cast<std::size_t>(i); }

// Stable, by a count of what goes to each place.
template <class T, class Key>
std::vector<std::size_t> sorted_by(const std::vector<T>& items, Index keys, const Key& key) {
  std::vector<std::size_t> next(at(keys) + 1, 0), order(items.size());
  for (const T& item : items) ++next[at(key(item)) + 1];
  for (std::size_t k = 1; k < next.size(); ++k) next[k] += next[k - 1];
  for (std::size_t i = 0; i < items.size(); ++i) order[next[at(key(items[i]))]++] = i;
  return order;
}

}  // namespace

template <class T>
void require_csr(const Csr<T>& a) {
  const auto n = static_cast<Index>(a.columns.size());
  const auto fail = [](const std::string& message) { throw std::invalid_argument(message); };
  if (a.starts.empty() || a.starts.front() != 0) fail("the starts of rows must begin with 0");
  if (a.values.size() != a.columns.size())
    fail("there must be as many values as columns, " + std::to_string(n) + "; there are " +
         std::to_string(a.values.size()));
  for (std::size_t i = 1; i < a.starts.size(); ++i)
    if (a.starts[i] < a.starts[i - 1] || a.starts[i] > n)
      fail("start " + std::to_string(i) + " of the rows must be from " + std::to_string(a.starts[i - 1]) + " to " +
           std::to_string(n) + "; it is " + std::to_string(a.starts[i]));
  if (a.starts.back() != n)
    fail("the last start must be the number of elements, " + std::to_string(n) + "; it is " +
         std::to_string(a.starts.back()));
  for (std::size_t k = 0; k < a.columns.size(); ++k)
    if (a.columns[k] < 0 || a.columns[k] >= a.cols)
      fail("column " + std::to_string(k) + " must be from 0 to " + std::to_string(a.cols - 1) + "; it is " +
           std::to_string(a.columns[k]));
}

template <class T>
CsrMatrix<T> csr_from_entries(Index rows, Index cols, const std::vector<Entry<T>>& entries) {
  std::vector<Entry<T>> by_column(entries.size());
  const auto first = sorted_by(entries, cols, [](const Entry<T>& e) { return e.col; });
  for (std::size_t k = 0; k < first.size(); ++k) by_column[k] = entries[first[k]];
  CsrMatrix<T> made{rows, cols, std::vector<Index>(at(rows) + 1, 0), {}, {}};
  Index last_row = -1;
  for (const std::size_t k : sorted_by(by_column, rows, [](const Entry<T>& e) { return e.row; })) {
    const Entry<T>& e = by_column[k];
    if (e.row == last_row && made.columns.back() == e.col) {
      made.values.back() += e.value;
      continue;
    }
    made.columns.push_back(e.col), made.values.push_back(e.value);
    last_row = e.row;
    ++made.starts[at(e.row) + 1];
  }
  for (std::size_t i = 1; i < made.starts.size(); ++i) made.starts[i] += made.starts[i - 1];
  return made;
}

template <class T>
CsrMatrix<T> transposed_csr(const Csr<T>& a, bool conjugated) {
  std::vector<Entry<T>> entries;
  entries.reserve(a.values.size());
  for (Index i = 0; i < a.rows; ++i)
    for (Index k = a.starts[at(i)]; k < a.starts[at(i) + 1]; ++k)
      entries.push_back({a.columns[at(k)], i, conjugated ? conjugate(a.values[at(k)]) : a.values[at(k)]});
  return csr_from_entries<T>(a.cols, a.rows, entries);
}

template <class T>
Matrix<T> dense(const Csr<T>& a) {
  Matrix<T> made(a.rows, a.cols);
  for (Index i = 0; i < a.rows; ++i)
    for (Index k = a.starts[at(i)]; k < a.starts[at(i) + 1]; ++k) made(i, a.columns[at(k)]) += a.values[at(k)];
  return made;
}

template <class T>
void multiply_sparse(const Csr<T>& a, In<T> b, View<T> out, const Workers& workers) {
  if (a.cols != b.rows || out.rows != a.rows || out.cols != b.cols)
    throw std::invalid_argument("a product of " + std::to_string(a.rows) + " x " + std::to_string(a.cols) + " and " +
                                std::to_string(b.rows) + " x " + std::to_string(b.cols) + " does not fit");
  workers.for_each(a.rows, 64, [&](Index begin, Index end) {
    for (Index i = begin; i < end; ++i) {
      T* row = out.data + i * out.stride;
      std::fill_n(row, out.cols, T{});
      for (Index k = a.starts[at(i)]; k < a.starts[at(i) + 1]; ++k) {
        const T factor = a.values[at(k)];
        const T* other = b.data + a.columns[at(k)] * b.stride;
        for (Index j = 0; j < out.cols; ++j) row[j] += factor * other[j];
      }
    }
  });
}

#define ORRERY_INSTANTIATE(T)                                                            \
  template void require_csr<T>(const Csr<T>&);                                           \
  template CsrMatrix<T> csr_from_entries<T>(Index, Index, const std::vector<Entry<T>>&); \
  template CsrMatrix<T> transposed_csr<T>(const Csr<T>&, bool);                          \
  template Matrix<T> dense<T>(const Csr<T>&);                                            \
  template void multiply_sparse<T>(const Csr<T>&, In<T>, View<T>, const Workers&);
ORRERY_INSTANTIATE(float)
ORRERY_INSTANTIATE(double)
ORRERY_INSTANTIATE(Complex)
#undef ORRERY_INSTANTIATE

}  // namespace orrery::matrix

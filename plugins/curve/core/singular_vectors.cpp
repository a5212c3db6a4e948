// Singular value decomposition by one-sided Jacobi rotations: Hestenes 1958, accuracy after Demmel and Veselic 1992.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/curve/core/singular_vectors.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace orrery::curve {

namespace {

using Column = std::vector<double>;

double dot(const Column& a, const Column& b) { return std::inner_product(a.begin(), a.end(), b.begin(), 0.0); }

void rotate(Column& a, Column& b, double cosine, double sine) {
  for (std::size_t i = 0; i < a.size(); ++i) {
    const double old = a[i];
    a[i] = cosine * old - sine * b[i];
    b[i] = sine * old + cosine * b[i];
  }
}

struct Work {
  std::vector<Column> image;   // the matrix times each direction
  std::vector<Column> vector;  // the directions
  double negligible = 0.0;     // squared length of a column that is rounding only
};

bool make_orthogonal(Work& work, std::size_t i, std::size_t j) {
  const double aa = dot(work.image[i], work.image[i]);
  const double bb = dot(work.image[j], work.image[j]);
  const double ab = dot(work.image[i], work.image[j]);
  const bool done = std::min(aa, bb) <= work.negligible ||
                    std::abs(ab) <= std::numeric_limits<double>::epsilon() * std::sqrt(aa) * std::sqrt(bb);
  if (done) {
    return false;
  }
  const double zeta = (bb - aa) / (2.0 * ab);
  const double tangent = std::copysign(1.0, zeta) / (std::abs(zeta) + std::hypot(1.0, zeta));
  const double cosine = 1.0 / std::hypot(1.0, tangent);
  rotate(work.image[i], work.image[j], cosine, cosine * tangent);
  rotate(work.vector[i], work.vector[j], cosine, cosine * tangent);
  return true;
}

bool sweep(Work& work) {
  bool changed = false;
  for (std::size_t i = 0; i < work.image.size(); ++i) {
    for (std::size_t j = i + 1; j < work.image.size(); ++j) {
      changed = make_orthogonal(work, i, j) || changed;
    }
  }
  return changed;
}

Work load(std::span<const double> matrix, std::size_t rows, std::size_t columns) {
  Work work{std::vector<Column>(columns, Column(rows)), std::vector<Column>(columns, Column(columns, 0.0)), 0.0};
  double total = 0.0;
  for (std::size_t c = 0; c < columns; ++c) {
    work.vector[c][c] = 1.0;
    for (std::size_t r = 0; r < rows; ++r) {
      work.image[c][r] = matrix[r * columns + c];
    }
    total += dot(work.image[c], work.image[c]);
  }
  constexpr double tiny = std::numeric_limits<double>::epsilon() * std::numeric_limits<double>::epsilon();
  work.negligible = tiny * tiny * total;
  return work;
}

}  // namespace

SingularVectors right_singular_vectors(std::span<const double> matrix, std::size_t rows, std::size_t columns) {
  constexpr int most_sweeps = 60;
  Work work = load(matrix, rows, columns);
  for (int count = 0; count < most_sweeps && sweep(work); ++count) {
  }
  std::vector<double> lengths(columns);
  std::transform(work.image.begin(), work.image.end(), lengths.begin(),
                 [](const Column& column) { return std::sqrt(dot(column, column)); });
  std::vector<std::size_t> order(columns);
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return lengths[a] > lengths[b]; });
  SingularVectors result;
  for (const std::size_t k : order) {
    result.values.push_back(lengths[k]);
    result.vectors.insert(result.vectors.end(), work.vector[k].begin(), work.vector[k].end());
  }
  return result;
}

}  // namespace orrery::curve

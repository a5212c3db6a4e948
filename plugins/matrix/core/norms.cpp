// Norms of matrices and of their columns, and whether all elements are finite.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/matrix/core/norms.hpp"

#include <cmath>
#include <limits>
#include <stdexcept>
#include <string>

namespace orrery::matrix {
namespace {

// Rows of a part, by the size of the matrix alone, so that sums are cut alike for any number of threads.
Index rows_at_once(Index cols) { return std::max<Index>(1, 65536 / std::max<Index>(cols, 1)); }

// Eight numbers side by side. Differences of a number and itself are 0 unless it is NaN or infinite.
template <class T>
double row_largest(const T* row, Index n) {
  const auto* x = reinterpret_cast<const Real<T>*>(row);
  const Index count = n * (is_complex<T> ? 2 : 1);
  Real<T> largest[8] = {}, odd[8] = {};
  Index j = 0;
  for (; j + 8 <= count; j += 8)
    for (Index l = 0; l < 8; ++l) {
      const Real<T> size = std::abs(x[j + l]);
      odd[l] += size - size;
      largest[l] = size > largest[l] ? size : largest[l];
    }
  for (; j < count; ++j) {
    const Real<T> size = std::abs(x[j]);
    odd[j & 7] += size - size;
    largest[j & 7] = size > largest[j & 7] ? size : largest[j & 7];
  }
  Real<T> most = 0, broken = 0;
  for (Index l = 0; l < 8; ++l) most = std::max(most, largest[l]), broken += odd[l];
  if (broken != 0 || broken != broken)
    for (j = 0; j < count; ++j)
      if (x[j] != x[j]) return std::numeric_limits<double>::quiet_NaN();
  return static_cast<double>(most);
}

// 2^-e with 2^e the power of two next to `largest`; two factors, since one cannot reach from the smallest to 1.
double scale_for(double largest) { return std::ldexp(1.0, -std::clamp(std::ilogb(largest), -1000, 1000)); }

template <class T>
double scaled_square(const T& x, double scale) {
  if constexpr (is_complex<T>) {
    const double re = x.real() * scale, im = x.imag() * scale;
    return re * re + im * im;
  } else {
    const double y = static_cast<double>(x) * scale;
    return y * y;
  }
}

// Eight sums side by side, each over every eighth element.
template <class T>
double sum_of_squares(const T* row, Index n, double scale) {
  double lanes[8] = {};
  Index j = 0;
  for (; j + 8 <= n; j += 8)
    for (Index l = 0; l < 8; ++l) lanes[l] += scaled_square(row[j + l], scale);
  for (; j < n; ++j) lanes[j & 7] += scaled_square(row[j], scale);
  return ((lanes[0] + lanes[1]) + (lanes[2] + lanes[3])) + ((lanes[4] + lanes[5]) + (lanes[6] + lanes[7]));
}

}  // namespace

template <class T>
double largest_magnitude(In<T> a, const Workers& workers) {
  const Index grain = rows_at_once(a.cols);
  std::vector<double> parts(static_cast<std::size_t>((a.rows + grain - 1) / grain), 0.0);
  workers.for_each(a.rows, grain, [&](Index begin, Index end) {
    double& part = parts[static_cast<std::size_t>(begin / grain)];
    for (Index i = begin; i < end; ++i) {
      const double here = row_largest(a.data + i * a.stride, a.cols);
      if (!(here <= part)) part = here;
      if (part != part) return;
    }
  });
  double largest = 0.0;
  for (const double part : parts) {
    if (part != part) return part;
    largest = std::max(largest, part);
  }
  return largest;
}

namespace {

template <class T>
double scaled_sum(View<const T> a, double scale, const Workers& workers) {
  const Index grain = rows_at_once(a.cols);
  std::vector<double> parts(static_cast<std::size_t>((a.rows + grain - 1) / grain), 0.0);
  workers.for_each(a.rows, grain, [&](Index begin, Index end) {
    double sum = 0.0;
    for (Index i = begin; i < end; ++i) sum += sum_of_squares(a.data + i * a.stride, a.cols, scale);
    parts[static_cast<std::size_t>(begin / grain)] = sum;
  });
  double sum = 0.0, rest = 0.0;
  for (const double part : parts) {  // compensated: Higham 2002, section 4.3
    const double y = part + rest, total = sum + y;
    rest = y - (total - sum);
    sum = total;
  }
  return sum;
}

}  // namespace

template <class T>
double frobenius_norm(In<T> a, const Workers& workers) {
  // Sums far from both ends of the range needed no scaling.
  if (const double sum = scaled_sum<T>(a, 1.0, workers); sum > 1e-250 && sum < 1e250) return std::sqrt(sum);
  const double largest = largest_magnitude<T>(a, workers);
  if (!(largest > 0.0) || std::isinf(largest)) return largest;
  const double scale = scale_for(largest);
  return std::sqrt(scaled_sum<T>(a, scale, workers)) / scale;
}

template <class T>
std::vector<double> column_norms(In<T> a, const Workers& workers) {
  std::vector<double> norms(static_cast<std::size_t>(a.cols), 0.0);
  const double largest = largest_magnitude<T>(a, workers);
  if (largest == 0.0) return norms;
  const double middle = largest > 0.0 && largest < std::numeric_limits<double>::infinity() ? scale_for(largest) : 1.0;
  workers.for_each(a.cols, 256, [&](Index begin, Index end) {
    for (Index i = 0; i < a.rows; ++i)
      for (Index j = begin; j < end; ++j) norms[static_cast<std::size_t>(j)] += scaled_square(a(i, j), middle);
    for (Index j = begin; j < end; ++j) {
      double& norm = norms[static_cast<std::size_t>(j)];
      if (norm > 1e-200) {
        norm = std::sqrt(norm) / middle;
        continue;
      }
      double column_largest = 0.0;  // far below the others: its squares vanished, or nearly
      for (Index i = 0; i < a.rows; ++i) column_largest = std::max(column_largest, row_largest(&a(i, j), 1));
      if (column_largest == 0.0) continue;
      const double scale = scale_for(column_largest);
      double sum = 0.0;
      for (Index i = 0; i < a.rows; ++i) sum += scaled_square(a(i, j), scale);
      norm = std::sqrt(sum) / scale;
    }
  });
  return norms;
}

template <class T>
void require_finite(In<T> a, const char* name, const Workers& workers) {
  const double largest = largest_magnitude<T>(a, workers);
  if (largest <= std::numeric_limits<double>::max()) return;
  for (Index i = 0; i < a.rows; ++i)
    for (Index j = 0; j < a.cols; ++j)
      if (const double here = row_largest(&a(i, j), 1); !(here <= std::numeric_limits<double>::max()))
        throw std::invalid_argument("element (" + std::to_string(i) + ", " + std::to_string(j) + ") of '" + name +
                                    "' must be finite; it is " + (here != here ? "NaN" : "infinite"));
}

#define ORRERY_INSTANTIATE(T)                                          \
  template double largest_magnitude<T>(In<T>, const Workers&);         \
  template double frobenius_norm<T>(In<T>, const Workers&);            \
  template std::vector<double> column_norms<T>(In<T>, const Workers&); \
  template void require_finite<T>(In<T>, const char*, const Workers&);
ORRERY_INSTANTIATE(float)
ORRERY_INSTANTIATE(double)
ORRERY_INSTANTIATE(Complex)
#undef ORRERY_INSTANTIATE

}  // namespace orrery::matrix

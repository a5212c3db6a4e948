// What the tests of matrices share: random matrices, plain products and threads.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cmath>
#include <complex>
#include <random>
#include <thread>
#include <vector>

#include "plugins/matrix/core/view.hpp"
#include "plugins/matrix/core/workers.hpp"

namespace orrery::matrix::test {

/// So many threads at once, each with every so-manieth part.
class Threads : public Workers {
 public:
  explicit Threads(int count) : count_(count) {}
  int threads() const override { return count_; }
  void for_each(Index n, Index grain, const Body& body) const override {
    std::vector<std::thread> threads;
    for (int t = 0; t < count_; ++t)
      threads.emplace_back([&, t] {
        for (Index begin = t * grain; begin < n; begin += count_ * grain) body(begin, std::min(begin + grain, n));
      });
    for (std::thread& thread : threads) thread.join();
  }

 private:
  int count_;
};

template <class T>
T random_number(std::mt19937_64& engine) {
  std::normal_distribution<double> normal;
  if constexpr (is_complex<T>) {
    const double re = normal(engine);
    return T(re, normal(engine));
  } else {
    return static_cast<T>(normal(engine));
  }
}

template <class T>
Matrix<T> random_matrix(Index rows, Index cols, std::uint64_t seed) {
  std::mt19937_64 engine(seed);
  Matrix<T> made(rows, cols);
  for (Index i = 0; i < rows * cols; ++i) made.data()[i] = random_number<T>(engine);
  return made;
}

/// The exact type to compare a product of T in.
template <class T>
using Exact = std::conditional_t<is_complex<T>, std::complex<long double>, long double>;

template <class T>
double magnitude(const T& x) {
  return static_cast<double>(std::abs(x));
}

/// max |a - b| over all elements.
template <class T>
double distance(View<const T> a, View<const T> b) {
  double largest = 0.0;
  for (Index i = 0; i < a.rows; ++i)
    for (Index j = 0; j < a.cols; ++j) largest = std::max(largest, magnitude(a(i, j) - b(i, j)));
  return largest;
}

/// max |q^H q - 1|, by plain sums.
template <class T>
double loss_of_orthogonality(View<const T> q) {
  double largest = 0.0;
  for (Index i = 0; i < q.cols; ++i)
    for (Index j = 0; j <= i; ++j) {
      Exact<T> sum{};
      for (Index k = 0; k < q.rows; ++k) sum += Exact<T>(conjugate(q(k, i))) * Exact<T>(q(k, j));
      largest = std::max(largest, magnitude(sum - Exact<T>(i == j ? 1.0L : 0.0L)));
    }
  return largest;
}

}  // namespace orrery::matrix::test

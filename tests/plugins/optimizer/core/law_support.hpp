// Models, quadratures in quadruple precision and messages that the tests of the laws share.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <quadmath.h>

#include <array>
#include <cmath>
#include <exception>
#include <string>
#include <vector>

#include "plugins/optimizer/core/optimal_step.hpp"

namespace orrery::optimizer::test {

__extension__ typedef __float128 Quad;  // NOLINT(modernize-use-using): a using-declaration cannot carry __extension__

inline const Quad pi_quad = 4 * atanq(Quad{1});

inline double relative(double value, Quad exact) {
  return static_cast<double>(fabsq((static_cast<Quad>(value) - exact) / exact));
}

/// E f(x) or E f(x)^2 over x ~ N(r, 1) for an odd f, by the trapezoidal rule in log x, on the definition itself.
template <class F>
Quad moment(Quad r, Quad e, bool squared, const F& f) {
  const bool far = r > 30;
  const Quad low = far ? logq(r - 12) : (e < 1 ? logq(e) - 45 : Quad{-50}), high = logq(r + 12);
  const Quad step = far ? Quad{0.15} / r : Quad{0.1} / (1 + r / 2);
  Quad sum = 0;
  for (Quad v = low; v < high; v += step) {
    const Quad x = expq(v), y = f(x);
    const Quad near = expq(-(x - r) * (x - r) / 2);
    if (squared) sum += x * y * y * near * (1 + expq(-2 * x * r));
    else sum += x * y * near * -expm1q(-2 * x * r);
  }
  return sum * step / sqrtq(2 * pi_quad);
}

/// Three components, with a Hessian whose optimal rate surges.
struct Three {
  std::array<double, 3> g{0.5, -0.2, 0.1}, s{2, 1, 1.5};
  std::array<double, 9> h{2, -0.9, 0.6, -0.9, 1, -0.4, 0.6, -0.4, 0.5};
  GradientModel model() const { return {g, s, {h, {}, {}}}; }
};

/// 32 components, D = 80, written down without random numbers.
struct ThirtyTwo {
  std::vector<double> g, s, h;
  ThirtyTwo() : h(32 * 32) {
    for (int i = 0; i < 32; ++i) {
      g.push_back((i % 2 == 0 ? 1 : -1) * (0.5 + i / 32.0) / 10);
      s.push_back(1 + 0.5 * std::cos(i));
    }
    for (std::size_t i = 0; i < 32; ++i)
      for (std::size_t j = 0; j < 32; ++j)
        h[i * 32 + j] = std::sqrt(static_cast<double>((1 + i % 4) * (1 + j % 4))) *
                        (i == j ? 1.0 : 0.3 * ((i + j) % 2 == 0 ? 1 : -1));
  }
  GradientModel model() const { return {g, s, {h, {}, {}}}; }
};

template <class Action>
std::string message_of(const Action& action) {
  try {
    action();
  } catch (const std::exception& error) {
    return error.what();
  }
  return {};
}

}  // namespace orrery::optimizer::test

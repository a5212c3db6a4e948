// Isolation of roots by Chebyshev interpolation and Bernstein coefficients.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/orbital/core/step_roots.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace orrery::orbital {

namespace {

constexpr std::size_t degree = 16;
constexpr int deepest = 48;
using Values = std::array<double, degree + 1>;

struct Tables {
  Values point{};                              // Chebyshev points on [0, 1], increasing
  std::array<Values, degree + 1> transform{};  // Chebyshev coefficients from values
  std::array<Values, degree + 1> bernstein{};  // Bernstein coefficients from Chebyshev coefficients

  Tables() {
    const double pi = std::acos(-1.0), n = static_cast<double>(degree);
    for (std::size_t i = 0; i <= degree; ++i) {
      const double s = std::sin(0.5 * pi * static_cast<double>(i) / n);
      point[i] = s * s;
      for (std::size_t k = 0; k <= degree; ++k) {
        const double ends = (i == 0 || i == degree ? 0.5 : 1.0) * (k == 0 || k == degree ? 0.5 : 1.0);
        const double sign = k % 2 == 0 ? 1.0 : -1.0;  // the points run from -1 to 1
        transform[k][i] = 2.0 / n * ends * sign * std::cos(pi * static_cast<double>(k * i % (2 * degree)) / n);
      }
    }
    // T_k(2 t - 1) has the Bernstein coefficients (-1)^(k - j) C(2 k, 2 j)/C(k, j) in degree k; then raise the degree
    for (std::size_t k = 0; k <= degree; ++k) {
      std::vector<double> c(k + 1);
      double ratio = k % 2 == 0 ? 1.0 : -1.0;
      for (std::size_t j = 0; j <= k; ++j) {
        c[j] = ratio;
        ratio *= -(2.0 * static_cast<double>(k - j) - 1.0) / (2.0 * static_cast<double>(j) + 1.0);
      }
      for (std::size_t m = k; m < degree; ++m) {
        std::vector<double> raised(m + 2);
        for (std::size_t j = 0; j <= m + 1; ++j) {
          const double t = static_cast<double>(j) / static_cast<double>(m + 1);
          raised[j] = (j > 0 ? t * c[j - 1] : 0.0) + (j <= m ? (1.0 - t) * c[j] : 0.0);
        }
        c = raised;
      }
      for (std::size_t j = 0; j <= degree; ++j) bernstein[j][k] = c[j];
    }
  }
};

const Tables& tables() {
  static const Tables made;
  return made;
}

Values product(const std::array<Values, degree + 1>& matrix, const Values& v) {
  Values result{};
  for (std::size_t i = 0; i <= degree; ++i)
    for (std::size_t k = 0; k <= degree; ++k) result[i] += matrix[i][k] * v[k];
  return result;
}

/// A search along one step, part by part.
class Search {
 public:
  Search(const std::function<double(double)>& f, double noise, bool positive, std::vector<StepRoot>& roots)
      : f_(f), noise_(noise), positive_(positive), roots_(roots) {}

  void part(double a, double b, int depth) {
    Values value{};
    for (std::size_t i = 0; i <= degree; ++i) value[i] = f_(a + (b - a) * tables().point[i]);
    const Values chebyshev = product(tables().transform, value);
    double largest = 0.0, smallest = std::fabs(value[0]), half = 0.0;
    bool mixed = false;
    for (const double x : value) {
      largest = std::max(largest, std::fabs(x));
      smallest = std::min(smallest, std::fabs(x));
      mixed = mixed || (x >= 0.0) != (value[0] >= 0.0);
    }
    if (!(largest > noise_)) return;
    for (std::size_t k = degree / 2; k <= degree; ++k) half += std::fabs(chebyshev[k]);
    if (!mixed && smallest > 4.0 * half + noise_ && !may_cross(chebyshev)) return meet(a, b, value.back());
    const double tail = std::fabs(chebyshev[degree]) + std::fabs(chebyshev[degree - 1]);
    if (tail > 1e-12 * largest + noise_ && depth < deepest) {
      const double middle = a + 0.5 * (b - a);
      part(a, middle, depth + 1);
      return part(middle, b, depth + 1);
    }
    isolate(a, b, chebyshev, value.back());
  }

  [[nodiscard]] bool positive() const { return positive_; }

 private:
  static bool may_cross(const Values& chebyshev) {
    const Values c = product(tables().bernstein, chebyshev);
    return std::any_of(c.begin(), c.end(), [&](double x) { return (x >= 0.0) != (c[0] >= 0.0); });
  }

  void isolate(double a, double b, const Values& chebyshev, double last) {
    const Values c = product(tables().bernstein, chebyshev);
    isolate_bernstein({c.begin(), c.end()}, 0.0, 1.0, 0, [&](double low, double high) {
      meet(a + (b - a) * low, high == 1.0 ? b : a + (b - a) * high, high == 1.0 ? last : f_(a + (b - a) * high));
    });
    meet(b, b, last);
  }

  /// The next place that is looked at: its value at `b`; everything before `a` has the sign that is known.
  void meet(double a, double b, double value) {
    if ((value >= 0.0) == positive_) return;
    const double before = f_(a);
    const bool bracketed = (before >= 0.0) == positive_ && a != b;
    positive_ = !positive_;
    roots_.push_back({bracketed ? bracketed_root(f_, a, before, b, value) : a, positive_});
  }

  const std::function<double(double)>& f_;
  double noise_;
  bool positive_;
  std::vector<StepRoot>& roots_;
};

}  // namespace

void isolate_bernstein(std::vector<double> c, double low, double high, int depth,
                       const std::function<void(double, double)>& polish) {
  std::size_t changes = 0;
  for (std::size_t i = 1; i < c.size(); ++i) changes += (c[i] >= 0.0) != (c[i - 1] >= 0.0);
  if (changes == 0) return;
  if (changes == 1 || depth == deepest) return polish(low, high);
  std::vector<double> left(c.size());
  for (std::size_t i = 0; i < c.size(); ++i) {  // de Casteljau: c becomes the right half
    left[i] = c[0];
    for (std::size_t j = 0; j + 1 < c.size() - i; ++j) c[j] = 0.5 * (c[j] + c[j + 1]);
  }
  const double middle = 0.5 * (low + high);
  isolate_bernstein(left, low, middle, depth + 1, polish);
  isolate_bernstein(c, middle, high, depth + 1, polish);
}

double bracketed_root(const std::function<double(double)>& f, double a, double fa, double b, double fb) {
  const double floor = 0x1p-54 * std::fabs(b - a);
  double c = a, fc = fa, t = 0.5;
  for (int i = 0; i < 200; ++i) {
    const double x = a + t * (b - a), fx = f(x);
    if ((fx >= 0.0) == (fa >= 0.0)) {
      c = a, fc = fa;
    } else {
      c = b, fc = fb;
      b = a, fb = fa;
    }
    a = x, fa = fx;
    const double best = std::fabs(fa) < std::fabs(fb) ? a : b;
    const double tolerance = std::max(0x1p-52 * std::fabs(best), floor), width = std::fabs(b - a);
    if (fa == 0.0 || width <= tolerance) return fa == 0.0 ? a : best;
    const double relative = std::max(0.5 * tolerance / width, 0x1p-53);
    const double xi = (a - b) / (c - b), phi = (fa - fb) / (fc - fb);
    const bool quadratic = 1.0 - std::sqrt(1.0 - xi) < phi && phi < std::sqrt(xi);
    t = quadratic ? fa / (fb - fa) * fc / (fb - fc) + (c - a) / (b - a) * fa / (fc - fa) * fb / (fc - fb) : 0.5;
    t = std::clamp(t, relative, 1.0 - relative);
  }
  return std::fabs(fa) < std::fabs(fb) ? a : b;
}

bool find_step_roots(const std::function<double(double)>& f, double length, bool positive, double noise,
                     std::vector<StepRoot>& roots) {
  Search search(f, noise, positive, roots);
  search.part(0.0, length, 0);
  return search.positive();
}

}  // namespace orrery::orbital

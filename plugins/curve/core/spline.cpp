// Interpolating B-splines of odd degree: de Boor 2001, chapters IX (basis), X (derivatives) and XIII (interpolation).
// SPDX-License-Identifier: Apache-2.0
#include "plugins/curve/core/spline.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numbers>
#include <stdexcept>
#include <string>

#include "plugins/curve/core/banded.hpp"
#include "plugins/curve/core/differentiators.hpp"

namespace orrery::curve {

namespace {

constexpr std::size_t max_degree = 7;
using BasisValues = std::array<double, max_degree + 1>;

void require_degree(std::size_t degree) {
  if (degree != 3 && degree != 5 && degree != 7) {
    throw std::invalid_argument("degree must be 3, 5 or 7; it is " + std::to_string(degree));
  }
}

void require_samples(const SampledCurve& curve, std::size_t degree) {
  if (curve.n < degree + 1) {
    throw std::invalid_argument("a spline of degree " + std::to_string(degree) + " needs at least " +
                                std::to_string(degree + 1) + " samples; there are " + std::to_string(curve.n));
  }
}

std::vector<double> make_sites(const SampledCurve& curve, double unit) {
  const std::size_t count = curve.n + (curve.closed ? 1 : 0);
  std::vector<double> sites(count);
  for (std::size_t i = 0; i < count; ++i) {
    if (curve.parameter.empty()) {
      sites[i] = static_cast<double>(i);
    } else {
      const double turn = i == curve.n ? curve.period : 0.0;
      sites[i] = (curve.parameter[i % curve.n] - curve.parameter[0] + turn) / unit;
    }
  }
  return sites;
}

std::vector<double> open_knots(std::span<const double> sites, std::size_t degree) {
  const std::size_t left_out = (degree - 1) / 2;
  std::vector<double> knots(degree + 1, sites.front());
  knots.insert(knots.end(), sites.begin() + static_cast<std::ptrdiff_t>(left_out + 1),
               sites.end() - static_cast<std::ptrdiff_t>(left_out + 1));
  knots.insert(knots.end(), degree + 1, sites.back());
  return knots;
}

std::vector<double> closed_knots(std::span<const double> sites, std::size_t degree) {
  const std::size_t n = sites.size() - 1;
  const double period = sites[n] - sites[0];
  std::vector<double> knots(n + 2 * degree + 1);
  for (std::size_t i = 0; i < knots.size(); ++i) {
    const std::size_t index = i + n - degree;  // one period up, to stay above zero
    const std::size_t turns = index / n;
    knots[i] = sites[index % n] + (static_cast<double>(turns) - 1.0) * period;
  }
  return knots;
}

std::vector<double> relative_points(const SampledCurve& curve) {
  std::vector<double> result(curve.points.begin(), curve.points.end());
  for (std::size_t i = 0; i < result.size(); ++i) {
    result[i] -= curve.points[i % curve.d];
  }
  return result;
}

}  // namespace

Spline::Spline(const SampledCurve& curve, std::size_t degree)
    : d_(curve.d),
      degree_(degree),
      unit_(parameter_unit(curve)),
      sites_(make_sites(curve, unit_)),
      knots_(curve.closed ? closed_knots(sites_, degree) : open_knots(sites_, degree)),
      coefficients_(relative_points(curve)),
      origin_(curve.points.begin(), curve.points.begin() + static_cast<std::ptrdiff_t>(curve.d)) {}

Spline Spline::interpolate(const SampledCurve& curve, std::size_t degree) {
  require_valid(curve);
  require_degree(degree);
  require_samples(curve, degree);
  Spline spline(curve, degree);
  if (curve.closed) {
    spline.solve_closed(curve);
  } else {
    spline.solve_open(curve);
  }
  return spline;
}

void Spline::solve_open(const SampledCurve& curve) {
  BandMatrix matrix(curve.n, degree_);
  BasisValues values{};
  for (std::size_t row = 0; row < curve.n; ++row) {
    const std::size_t span = span_of(sites_[row]);
    basis(sites_[row], span, degree_, values);
    for (std::size_t q = 0; q <= degree_; ++q) {
      matrix.at(row, span - degree_ + q) = values[q];
    }
  }
  matrix.factor();
  matrix.solve(coefficients_, d_);
}

// The unknown that belongs to sample i is the coefficient of the basis function centred there;
// the coefficients are then repeated around the ends.
void Spline::solve_closed(const SampledCurve& curve) {
  const std::size_t n = curve.n;
  const std::size_t width = (degree_ - 1) / 2;
  std::vector<double> bands(n * degree_);
  BasisValues values{};
  for (std::size_t row = 0; row < n; ++row) {
    basis(sites_[row], row + degree_, degree_, values);
    std::copy_n(values.begin(), degree_, bands.begin() + static_cast<std::ptrdiff_t>(row * degree_));
  }
  solve_cyclic_band(bands, n, width, coefficients_, d_);
  std::vector<double> repeated((n + degree_) * d_);
  for (std::size_t j = 0; j < n + degree_; ++j) {
    for (std::size_t c = 0; c < d_; ++c) {
      repeated[j * d_ + c] = coefficients_[(j + n - width) % n * d_ + c];
    }
  }
  coefficients_ = std::move(repeated);
}

std::size_t Spline::span_of(double u) const {
  const auto begin = knots_.begin() + static_cast<std::ptrdiff_t>(degree_);
  const auto end = knots_.end() - static_cast<std::ptrdiff_t>(degree_ + 1);
  const auto above = std::upper_bound(begin + 1, end, u);
  return static_cast<std::size_t>(above - knots_.begin()) - 1;
}

void Spline::basis(double u, std::size_t span, std::size_t degree, std::span<double> out) const {
  out[0] = 1.0;
  for (std::size_t p = 1; p <= degree; ++p) {
    double carried = 0.0;
    for (std::size_t r = 0; r < p; ++r) {
      const double right = knots_[span + 1 + r];
      const double left = knots_[span + 1 + r - p];
      const double share = out[r] / (right - left);
      out[r] = carried + (right - u) * share;
      carried = (u - left) * share;
    }
    out[p] = carried;
  }
}

void Spline::evaluate(double u, std::size_t count, std::span<double> out) const {
  const std::size_t span = span_of(u);
  const std::size_t base = span - degree_;
  std::array<BasisValues, max_degree + 1> functions{};
  for (std::size_t k = 0; k <= std::min(count, degree_); ++k) {
    basis(u, span, degree_ - k, functions[k]);
  }
  std::fill(out.begin(), out.end(), 0.0);
  for (std::size_t c = 0; c < d_; ++c) {
    BasisValues local{};
    for (std::size_t i = 0; i <= degree_; ++i) {
      local[i] = coefficients_[(base + i) * d_ + c];
    }
    for (std::size_t k = 0; k <= std::min(count, degree_); ++k) {
      for (std::size_t i = k; i <= degree_; ++i) {
        out[k * d_ + c] += local[i] * functions[k][i - k];
      }
      for (std::size_t i = degree_; i > k; --i) {
        const double width = knots_[base + i + degree_ - k] - knots_[base + i];
        local[i] = static_cast<double>(degree_ - k) * (local[i] - local[i - 1]) / width;
      }
    }
    out[c] += origin_[c];
  }
}

// Rounded samples are noise at the highest frequency of the grid, which k derivatives amplify by (pi / spacing)^k.
void fill_by_spline(const SampledCurve& curve, std::size_t degree, DerivativeTable& table) {
  const Spline spline = Spline::interpolate(curve, degree);
  const std::size_t count = table.values.size();
  if (count > degree) {
    throw std::invalid_argument("a spline of degree " + std::to_string(degree) + " has no derivative " +
                                std::to_string(count));
  }
  double largest = 0.0;
  for (const double entry : curve.points) {
    largest = std::max(largest, std::abs(entry));
  }
  const std::span<const double> sites = spline.sites();
  std::vector<double> local((count + 1) * curve.d);
  for (std::size_t row = 0; row < curve.n; ++row) {
    spline.evaluate(sites[row], count, local);
    const double before = row > 0 ? sites[row] - sites[row - 1] : std::numeric_limits<double>::infinity();
    const double after = row + 1 < sites.size() ? sites[row + 1] - sites[row] : before;
    double noise = 4.0 * std::numeric_limits<double>::epsilon() * largest;
    for (std::size_t k = 1; k <= count; ++k) {
      noise *= std::numbers::pi / std::min(before, after);
      table.rounding[k - 1][row] = noise;
      std::copy_n(local.begin() + static_cast<std::ptrdiff_t>(k * curve.d), curve.d,
                  table.values[k - 1].begin() + static_cast<std::ptrdiff_t>(row * curve.d));
    }
  }
}

}  // namespace orrery::curve

// B-spline curves in powers, span by span.
// SPDX-License-Identifier: Apache-2.0
// Sources: de Boor 2001, chapters IX and X; do Carmo 1976, section 1-5.
#include "plugins/curve/core/power_spline.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <stdexcept>
#include <string>

#include "plugins/curve/core/checks.hpp"

namespace orrery::curve {

namespace {

constexpr std::size_t longest = 64;
constexpr double clear = 1e-8;  // of |r' x r''|^2 / (|r'| |r''|)^2: below, the careful route is taken

void check(std::span<const double> knots, std::span<const double> control, std::size_t d, std::size_t degree) {
  if (d != 2 && d != 3)
    throw std::invalid_argument("control points must have 2 or 3 coordinates; they have " + std::to_string(d));
  if (degree < 1 || degree > PowerSpline::highest_degree)
    throw std::invalid_argument("degree must be 1 to 15; it is " + std::to_string(degree));
  const std::size_t n = control.size() / d;
  if (n <= degree)
    throw std::invalid_argument("a spline of degree " + std::to_string(degree) + " needs at least " +
                                std::to_string(degree + 1) + " control points; there are " + std::to_string(n));
  require_size(control, n, d, "control");
  require_size(knots, n + degree + 1, 1, "knots");
  require_finite(control, d, "control");
  require_finite(knots, 1, "knots");
  for (std::size_t i = 1; i < knots.size(); ++i)
    if (knots[i] < knots[i - 1])
      throw std::invalid_argument("knots must not fall; knot " + std::to_string(i) + " is " + number_text(knots[i]) +
                                  " after " + number_text(knots[i - 1]));
  if (!(knots[n] > knots[degree]))
    throw std::invalid_argument("the curve has no length of its parameter: knots " + std::to_string(degree) + " and " +
                                std::to_string(n) + " are both " + number_text(knots[n]));
}

// The k-th derivative over k! of one coordinate at knots[span], for all k.
void taylor(std::span<const double> knots, std::span<const double> control, std::size_t d, std::size_t c,
            std::size_t degree, std::size_t span, double* out) {
  std::array<double, PowerSpline::highest_degree + 1> level{};
  for (std::size_t j = 0; j <= degree; ++j) level[j] = control[(span - degree + j) * d + c];
  double factorial = 1.0;
  const double u = knots[span];
  for (std::size_t k = 0; k <= degree; ++k) {
    const std::size_t p = degree - k;
    auto values = level;
    // De Boor's triangle of degree p at the start of the span.
    for (std::size_t r = 1; r <= p; ++r)
      for (std::size_t j = p; j >= r; --j) {
        const double low = knots[span - p + j], high = knots[span + 1 + j - r];
        const double part = (u - low) / (high - low);
        values[j] = (1.0 - part) * values[j - 1] + part * values[j];
      }
    out[3 * k] = values[p] / factorial;
    factorial *= static_cast<double>(k + 1);
    // Control points of the next derivative.
    for (std::size_t j = 0; j < p; ++j)
      level[j] = static_cast<double>(p) * (level[j + 1] - level[j]) / (knots[span + 1 + j] - knots[span + 1 + j - p]);
  }
}

// The first three derivatives at w past the start of a span, by Horner's rule, for a run of places.
struct Run {
  std::array<std::array<double, longest>, 9> rows;  // r'_x r'_y r'_z r''_x ...
};

void differentiate_run(const double* powers, std::size_t degree, const double* w, std::size_t count, Run& run) {
  for (std::size_t order = 1; order <= 3; ++order)
    for (std::size_t c = 0; c < 3; ++c) {
      double* out = run.rows[3 * (order - 1) + c].data();
      std::fill_n(out, count, 0.0);
      for (std::size_t k = degree; k >= order; --k) {
        double factor = 1.0;
        for (std::size_t i = 0; i < order; ++i) factor *= static_cast<double>(k - i);
        const double coefficient = factor * powers[3 * k + c];
        for (std::size_t i = 0; i < count; ++i) out[i] = out[i] * w[i] + coefficient;
      }
    }
}

struct Geometry {
  std::array<double, longest> curvature, torsion, clarity;
};

void geometry_of_run(const Run& run, std::size_t count, bool plane, Geometry& g) {
  const auto& r = run.rows;
  for (std::size_t i = 0; i < count; ++i) {
    const double vx = r[0][i], vy = r[1][i], vz = r[2][i], ax = r[3][i], ay = r[4][i], az = r[5][i];
    const double cx = vy * az - vz * ay, cy = vz * ax - vx * az, cz = vx * ay - vy * ax;
    const double area = cx * cx + cy * cy + cz * cz;
    const double v = vx * vx + vy * vy + vz * vz, a = ax * ax + ay * ay + az * az;
    const double across = plane ? cz : std::sqrt(area);
    g.curvature[i] = across / (v * std::sqrt(v));
    g.torsion[i] = (cx * r[6][i] + cy * r[7][i] + cz * r[8][i]) / area;
    g.clarity[i] = area / (v * a);
  }
}

}  // namespace

PowerSpline::PowerSpline(std::span<const double> knots, std::span<const double> control, std::size_t d,
                         std::size_t degree)
    : d_(d), degree_(degree) {
  check(knots, control, d, degree);
  const std::size_t n = control.size() / d;
  end_ = knots[n];
  for (std::size_t span = degree; span < n; ++span) {
    if (!(knots[span + 1] > knots[span])) continue;
    starts_.push_back(knots[span]);
    powers_.resize(powers_.size() + 3 * (degree + 1), 0.0);
    double* out = powers_.data() + powers_.size() - 3 * (degree + 1);
    for (std::size_t c = 0; c < d; ++c) taylor(knots, control, d, c, degree, span, out + c);
  }
}

std::size_t PowerSpline::span_of(double place, std::size_t row, std::size_t guess) const {
  const auto holds = [&](std::size_t span) {
    return place >= starts_[span] && (span + 1 == starts_.size() ? place <= end_ : place < starts_[span + 1]);
  };
  if (holds(guess)) return guess;
  if (!(place >= starts_.front() && place <= end_))
    throw std::domain_error("place " + std::to_string(row) + " must lie on the curve, from " +
                            number_text(starts_.front()) + " to " + number_text(end_) + "; it is " +
                            number_text(place));
  return static_cast<std::size_t>(std::upper_bound(starts_.begin(), starts_.end(), place) - starts_.begin()) - 1;
}

template <class Visit>
void PowerSpline::visit_runs(std::span<const double> places, const Visit& visit) const {
  std::size_t guess = 0;
  for (std::size_t first = 0; first < places.size();) {
    const std::size_t span = span_of(places[first], first, guess);
    std::size_t end = first + 1;
    while (end < places.size() && end - first < longest && places[end] >= starts_[span] &&
           (span + 1 == starts_.size() ? places[end] <= end_ : places[end] < starts_[span + 1]))
      ++end;
    visit(first, end - first, span);
    first = end;
    guess = span;
  }
}

void PowerSpline::points(std::span<const double> places, std::span<double> out) const {
  require_size(out, places.size(), d_, "out");
  visit_runs(places, [&](std::size_t first, std::size_t count, std::size_t span) {
    const double* powers = &powers_[span * 3 * (degree_ + 1)];
    for (std::size_t i = first; i < first + count; ++i)
      for (std::size_t c = 0; c < d_; ++c) {
        const double w = places[i] - starts_[span];
        double value = 0.0;
        for (std::size_t k = degree_ + 1; k-- > 0;) value = value * w + powers[3 * k + c];
        out[i * d_ + c] = value;
      }
  });
}

void PowerSpline::repair(double place, std::size_t span, std::size_t row, std::span<double> curvature,
                         std::span<double> torsion, std::span<PointStatus> status) const {
  Run run;
  const double w = place - starts_[span];
  differentiate_run(&powers_[span * 3 * (degree_ + 1)], degree_, &w, 1, run);
  std::vector<std::vector<double>> derivatives(3, std::vector<double>(d_));
  for (std::size_t k = 0; k < 3; ++k)
    for (std::size_t c = 0; c < d_; ++c) derivatives[k][c] = run.rows[3 * k + c][0];
  const std::vector<std::span<const double>> spans(derivatives.begin(), derivatives.end());
  const FrenetData g = curvature_from_derivatives(spans, 1, d_);
  curvature[row] = d_ == 2 ? g.signed_curvature[0] : g.curvature[0];
  if (d_ == 3) torsion[row] = g.torsion[0];
  status[row] = g.status[0];
}

void PowerSpline::geometry(std::span<const double> places, std::span<double> curvature, std::span<double> torsion,
                           std::span<PointStatus> status) const {
  require_size(curvature, places.size(), 1, "curvature");
  require_size(torsion, d_ == 3 ? places.size() : 0, 1, "torsion");
  visit_runs(places, [&](std::size_t first, std::size_t count, std::size_t span) {
    std::array<double, longest> w;
    Run run;
    Geometry g;
    for (std::size_t i = 0; i < count; ++i) w[i] = places[first + i] - starts_[span];
    differentiate_run(&powers_[span * 3 * (degree_ + 1)], degree_, w.data(), count, run);
    geometry_of_run(run, count, d_ == 2, g);
    for (std::size_t i = 0; i < count; ++i) {
      const std::size_t row = first + i;
      // Also false for nan, which vanishing, overflow and underflow all lead to.
      if (g.clarity[i] > clear && std::isfinite(g.curvature[i]) && std::isfinite(g.torsion[i])) {
        curvature[row] = g.curvature[i];
        if (d_ == 3) torsion[row] = g.torsion[i];
        status[row] = PointStatus::ok;
      } else {
        repair(places[row], span, row, curvature, torsion, status);
      }
    }
  });
}

}  // namespace orrery::curve

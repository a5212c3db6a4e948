// Least-squares helices: starts from several axes, then steps on the orthogonal distances.
// SPDX-License-Identifier: Apache-2.0
// Sources: Boggs, Byrd, Schnabel 1987; Levenberg 1944; Marquardt 1963.
#include "plugins/curve/core/helix_fit.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <stdexcept>
#include <string>
#include <vector>

#include "plugins/curve/core/checks.hpp"
#include "plugins/curve/core/line_fit.hpp"
#include "plugins/curve/core/singular_vectors.hpp"
#include "plugins/curve/core/vectors.hpp"

namespace orrery::curve {

namespace {

constexpr std::size_t unknowns = 7;  // radius, slope, height, two shifts, two turns
using Step = std::array<double, unknowns>;

// centre + radius (cos p u + sin p v) + (slope p + height) w.
struct Helix {
  Vector3 centre, u, v, w;
  double radius, slope, height;
};

struct State {
  Helix helix;
  std::vector<double> phase;  // of the foot of each point
  double squares;
};

Vector3 place(const Helix& h, double p) {
  const Vector3 across = plus(scaled(h.u, h.radius * std::cos(p)), scaled(h.v, h.radius * std::sin(p)));
  return plus(plus(h.centre, across), scaled(h.w, h.slope * p + h.height));
}

Vector3 tangent(const Helix& h, double p) {
  return plus(plus(scaled(h.u, -h.radius * std::sin(p)), scaled(h.v, h.radius * std::cos(p))), scaled(h.w, h.slope));
}

// The nearest place of the helix, from a near one: Newton's method on the squared distance, with its positive part.
double foot(const Helix& h, const Vector3& point, double p) {
  for (int pass = 0; pass < 30; ++pass) {
    const Vector3 gap = minus(place(h, p), point), t = tangent(h, p);
    const Vector3 bend = scaled(plus(scaled(h.u, std::cos(p)), scaled(h.v, std::sin(p))), -h.radius);
    const double slope = dot(gap, t), square = dot(t, t);
    const double step = -slope / std::max(square + dot(gap, bend), 0.1 * square);
    p += std::clamp(step, -0.5, 0.5);
    if (std::abs(step) < 1e-15 * (1.0 + std::abs(p))) break;
  }
  return p;
}

void measure(const std::vector<Vector3>& points, State& s) {
  s.squares = 0.0;
  for (std::size_t i = 0; i < points.size(); ++i) {
    s.phase[i] = foot(s.helix, points[i], s.phase[i]);
    const Vector3 gap = minus(points[i], place(s.helix, s.phase[i]));
    s.squares += dot(gap, gap);
  }
}

// How a point of the helix moves with each unknown, without the part along the helix.
std::array<Vector3, unknowns> motions(const Helix& h, double p) {
  const Vector3 across = plus(scaled(h.u, std::cos(p)), scaled(h.v, std::sin(p)));
  const Vector3 arm = minus(place(h, p), h.centre);
  std::array<Vector3, unknowns> m{across, scaled(h.w, p), h.w, h.u, h.v, cross(h.u, arm), cross(h.v, arm)};
  const Vector3 t = tangent(h, p);
  const double square = dot(t, t);
  for (Vector3& motion : m) motion = minus(motion, scaled(t, dot(motion, t) / square));
  return m;
}

bool solve(std::array<Step, unknowns> matrix, Step rhs, double damping, Step& step) {
  for (std::size_t k = 0; k < unknowns; ++k) matrix[k][k] += damping * matrix[k][k] + 1e-300;
  for (std::size_t k = 0; k < unknowns; ++k) {
    if (!(matrix[k][k] > 0.0)) return false;
    for (std::size_t r = k + 1; r < unknowns; ++r) {
      const double factor = matrix[r][k] / matrix[k][k];
      for (std::size_t c = k; c < unknowns; ++c) matrix[r][c] -= factor * matrix[k][c];
      rhs[r] -= factor * rhs[k];
    }
  }
  for (std::size_t k = unknowns; k-- > 0;) {
    step[k] = rhs[k];
    for (std::size_t c = k + 1; c < unknowns; ++c) step[k] -= matrix[k][c] * step[c];
    step[k] /= matrix[k][k];
  }
  return true;
}

Vector3 turned(const Vector3& a, const Vector3& by) { return plus(a, cross(by, a)); }

Helix moved(const Helix& h, const Step& s) {
  Helix next = h;
  next.radius += s[0];
  next.slope += s[1];
  next.height += s[2];
  next.centre = plus(h.centre, plus(scaled(h.u, s[3]), scaled(h.v, s[4])));
  const Vector3 by = plus(scaled(h.u, s[5]), scaled(h.v, s[6]));
  next.w = turned(h.w, by);
  next.w = scaled(next.w, 1.0 / norm(next.w));
  next.u = turned(h.u, by);
  next.u = minus(next.u, scaled(next.w, dot(next.u, next.w)));
  next.u = scaled(next.u, 1.0 / norm(next.u));
  next.v = cross(next.w, next.u);
  return next;
}

bool refine(const std::vector<Vector3>& points, std::size_t max_iterations, State& s) {
  double damping = 1e-4;
  std::size_t resting = 0;
  for (std::size_t pass = 0; pass < max_iterations && resting < 2; ++pass) {
    std::array<Step, unknowns> matrix{};
    Step rhs{};
    for (std::size_t i = 0; i < points.size(); ++i) {
      const auto m = motions(s.helix, s.phase[i]);
      const Vector3 gap = minus(points[i], place(s.helix, s.phase[i]));
      for (std::size_t r = 0; r < unknowns; ++r) {
        rhs[r] += dot(m[r], gap);
        for (std::size_t c = 0; c < unknowns; ++c) matrix[r][c] += dot(m[r], m[c]);
      }
    }
    bool better = false;
    double before = s.squares;
    for (int trial = 0; trial < 6 && !better; ++trial, damping *= 30.0) {
      Step step;
      if (!solve(matrix, rhs, damping, step)) continue;
      State next{moved(s.helix, step), s.phase, 0.0};
      measure(points, next);
      better = next.squares < s.squares && next.helix.radius > 0.0;
      if (better) s = std::move(next), damping /= 300.0;
    }
    if (!better) return true;
    damping = std::max(damping, 1e-15);
    resting = before - s.squares <= 1e-14 * before ? resting + 1 : 0;
  }
  return resting >= 2;
}

// The circle of the points seen along the axis (Kasa's equations), angles without jumps, and the line of heights.
bool start(const std::vector<Vector3>& points, const Vector3& axis, State& s) {
  Helix& h = s.helix;
  h.w = axis;
  const Vector3 any = std::abs(axis[0]) < 0.6 ? Vector3{1, 0, 0} : Vector3{0, 1, 0};
  h.u = cross(axis, any);
  h.u = scaled(h.u, 1.0 / norm(h.u));
  h.v = cross(h.w, h.u);
  double xx = 0, xy = 0, yy = 0, xq = 0, yq = 0, q = 0;
  const auto n = static_cast<double>(points.size());
  for (const Vector3& point : points) {
    const double x = dot(point, h.u), y = dot(point, h.v), square = x * x + y * y;
    xx += x * x, xy += x * y, yy += y * y, xq += x * square, yq += y * square, q += square / n;
  }
  const double det = xx * yy - xy * xy;
  if (!(det > 1e-14 * (xx + yy) * (xx + yy))) return false;
  const double a = (xq * yy - yq * xy) / det / 2.0, b = (yq * xx - xq * xy) / det / 2.0;
  h.centre = plus(scaled(h.u, a), scaled(h.v, b));
  h.radius = std::sqrt(q + a * a + b * b);
  double before = 0.0, sp = 0, sz = 0, spp = 0, spz = 0;
  for (std::size_t i = 0; i < points.size(); ++i) {
    double p = std::atan2(dot(points[i], h.v) - b, dot(points[i], h.u) - a);
    if (i > 0) p = before + std::remainder(p - before, 2.0 * std::numbers::pi);
    s.phase[i] = before = p;
    const double z = dot(points[i], h.w);
    sp += p, sz += z, spp += p * p, spz += p * z;
  }
  const double spread = spp - sp * sp / n;
  if (!(spread > 0.0)) return false;
  h.slope = (spz - sp * sz / n) / spread;
  h.height = (sz - h.slope * sp) / n;
  measure(points, s);
  return std::isfinite(s.squares);
}

std::vector<Vector3> candidate_axes(const std::vector<Vector3>& points) {
  std::vector<double> chords, turns;
  Vector3 mean{};
  std::vector<Vector3> tangents;
  for (std::size_t i = 1; i < points.size(); ++i) {
    const Vector3 edge = minus(points[i], points[i - 1]);
    const double length = norm(edge);
    if (length == 0.0) continue;
    tangents.push_back(scaled(edge, 1.0 / length));
    mean = plus(mean, tangents.back());
  }
  for (const Vector3& t : tangents) {
    const Vector3 rest = minus(t, scaled(mean, 1.0 / static_cast<double>(tangents.size())));
    turns.insert(turns.end(), rest.begin(), rest.end());
  }
  for (const Vector3& point : points) chords.insert(chords.end(), point.begin(), point.end());
  std::vector<Vector3> axes;
  for (const auto* rows : {&turns, &chords}) {
    const SingularVectors found = right_singular_vectors(*rows, rows->size() / 3, 3);
    for (std::size_t k = 0; k < 3; ++k) {
      const Vector3 axis = row_of(found.vectors, k);
      axes.push_back(scaled(axis, 1.0 / norm(axis)));
    }
  }
  return axes;
}

void report(const std::vector<Vector3>& points, const State& s, double scale, const Vector3& mean,
            const HelixFitOptions& options, HelixFit& fit) {
  const Helix& h = s.helix;
  double largest = 0.0;
  for (std::size_t i = 0; i < points.size(); ++i)
    largest = std::max(largest, norm(minus(points[i], place(h, s.phase[i]))));
  const double sweep = s.phase.back() - s.phase.front(), along = h.slope * sweep;
  const bool turn_around = along < 0.0 || (along == 0.0 && sweep < 0.0);
  fit.axis = scaled(h.w, turn_around ? -1.0 : 1.0);
  fit.point = plus(mean, scaled(minus(h.centre, scaled(h.w, dot(h.centre, h.w))), scale));
  fit.radius = h.radius * scale;
  fit.pitch = 2.0 * std::numbers::pi * h.slope * scale;
  fit.turns = std::abs(sweep) / (2.0 * std::numbers::pi);
  const double square = h.radius * h.radius + h.slope * h.slope;
  fit.curvature = h.radius / square / scale;
  fit.torsion = h.slope / square / scale;
  fit.max_residual = largest * scale;
  fit.rms_residual = std::sqrt(s.squares / static_cast<double>(points.size())) * scale;
  fit.relative_residual = largest / h.radius;
  fit.is_helix = fit.relative_residual <= options.tolerance;
}

}  // namespace

HelixFit fit_helix(std::span<const double> points, std::size_t n, const HelixFitOptions& options) {
  if (n < unknowns) throw std::invalid_argument("a helix needs at least 7 points; there are " + std::to_string(n));
  // A line has no helix of its own; the fit of one also checks the points.
  const LineFit line = fit_line(points, n, 3, options.tolerance);
  if (line.relative_residual <= 64.0 * std::numeric_limits<double>::epsilon())
    throw std::invalid_argument("the " + std::to_string(n) +
                                " points lie on one line to rounding; a helix needs a bend");
  const Vector3 mean{line.point[0], line.point[1], line.point[2]};
  const int exponent = std::ilogb(line.extent);
  std::vector<Vector3> rows;
  for (std::size_t i = 0; i < n; ++i) {
    const Vector3 rest = minus(row_of(points, i), mean);
    rows.push_back({std::scalbn(rest[0], -exponent), std::scalbn(rest[1], -exponent), std::scalbn(rest[2], -exponent)});
  }
  std::vector<State> starts;
  for (const Vector3& axis : candidate_axes(rows)) {
    State trial{{}, std::vector<double>(n, 0.0), 0.0};
    if (start(rows, axis, trial)) starts.push_back(std::move(trial));
  }
  std::sort(starts.begin(), starts.end(), [](const State& a, const State& b) { return a.squares < b.squares; });
  State best{{}, {}, std::numeric_limits<double>::infinity()};
  HelixFit fit;
  for (State& trial : starts) {
    const bool converged = refine(rows, options.max_iterations, trial);
    if (!(trial.squares < best.squares)) continue;
    best = std::move(trial);
    fit.converged = converged;
    // Nothing can be much nearer than this.
    if (best.squares <= 1e-24 * static_cast<double>(n) * best.helix.radius * best.helix.radius) break;
  }
  if (!std::isfinite(best.squares))
    throw std::invalid_argument("no axis was found about which the points turn; a helix needs a bend");
  report(rows, best, std::scalbn(1.0, exponent), mean, options, fit);
  return fit;
}

}  // namespace orrery::curve

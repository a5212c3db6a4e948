// Bertrand and Mannheim mates.
// SPDX-License-Identifier: Apache-2.0
// Sources: Bertrand 1850; Mannheim 1878; Liu, Wang 2008; do Carmo 1976, exercise 1-5.14.
#include "plugins/curve/core/mates.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <stdexcept>
#include <string>

#include "plugins/curve/core/checks.hpp"
#include "plugins/curve/core/vectors.hpp"

namespace orrery::curve {

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

// Curvatures at the samples that have a normal, in a unit of length that makes their sizes near 1.
struct Curvatures {
  std::vector<double> kappa, tau;
  double unit = 1.0;    // [length]
  double spread = 0.0;  // largest distance of (kappa, tau) from its mean, by the length of the mean
  double twist = 0.0;   // largest |tau| by the largest kappa

  [[nodiscard]] bool is_helix(double tolerance) const { return spread <= tolerance && twist > tolerance; }
  [[nodiscard]] bool is_plane(double tolerance) const { return twist <= tolerance; }
};

void check(std::span<const double> points, const FrenetData& geometry, const MateOptions& options) {
  require_size(points, geometry.n, 3, "points");
  require_finite(points, 3, "points");
  if (geometry.d != 3 || geometry.torsion.size() != geometry.n)
    throw std::invalid_argument("a mate needs a curve in space with its torsion");
  if (!(options.tolerance > 0.0))
    throw std::invalid_argument("tolerance must be positive; it is " + number_text(options.tolerance));
  if (options.distance && (*options.distance == 0.0 || !std::isfinite(*options.distance)))
    throw std::invalid_argument("distance must be finite and not 0; it is " + number_text(*options.distance));
}

Curvatures curvatures_of(const FrenetData& geometry) {
  Curvatures c;
  double largest = 0.0;
  for (std::size_t i = 0; i < geometry.n; ++i) {
    if (geometry.status[i] != PointStatus::ok) continue;
    c.kappa.push_back(geometry.curvature[i]);
    c.tau.push_back(geometry.torsion[i]);
    largest = std::max({largest, geometry.curvature[i], std::abs(geometry.torsion[i])});
  }
  if (c.kappa.size() < 2)
    throw std::domain_error("a mate needs at least 2 samples with a principal normal; of " +
                            std::to_string(geometry.n) + " there are " + std::to_string(c.kappa.size()));
  c.unit = std::scalbn(1.0, -std::ilogb(largest));
  const auto count = static_cast<double>(c.kappa.size());
  double kappa = 0.0, tau = 0.0, bend = 0.0, twist = 0.0;
  for (std::size_t i = 0; i < c.kappa.size(); ++i) {
    kappa += (c.kappa[i] *= c.unit) / count;
    tau += (c.tau[i] *= c.unit) / count;
    bend = std::max(bend, c.kappa[i]);
    twist = std::max(twist, std::abs(c.tau[i]));
  }
  for (std::size_t i = 0; i < c.kappa.size(); ++i)
    c.spread = std::max(c.spread, std::hypot(c.kappa[i] - kappa, c.tau[i] - tau) / std::hypot(kappa, tau));
  c.twist = twist / bend;
  return c;
}

// a and b of the least sum of squares of a kappa + b tau - 1, by orthogonal columns: kappa first, then what tau adds.
void fit_both(const Curvatures& c, Mate& mate) {
  const std::size_t n = c.kappa.size();
  const double size = std::sqrt(dot(c.kappa, c.kappa));
  std::vector<double> rest(c.tau);
  double shared = 0.0;
  for (int pass = 0; pass < 2; ++pass) {
    const double more = dot(c.kappa, rest) / (size * size);
    for (std::size_t i = 0; i < n; ++i) rest[i] -= more * c.kappa[i];
    shared += more;
  }
  double ones = 0.0, ones_rest = 0.0;
  for (std::size_t i = 0; i < n; ++i) ones += c.kappa[i], ones_rest += rest[i];
  const double square = dot(rest, rest), least = 1e-14 * size * (1.0 + std::abs(shared));
  if (square > least * least) {
    mate.cofactor = ones_rest / square;
    mate.distance = ones / (size * size) - shared * mate.cofactor;
  } else {  // tau is a multiple of kappa: of all solutions the smallest
    mate.distance = ones / (size * size) / (1.0 + shared * shared);
    mate.cofactor = shared * mate.distance;
  }
}

void fit_cofactor(const Curvatures& c, Mate& mate) {
  double across = 0.0, square = 0.0;
  for (std::size_t i = 0; i < c.kappa.size(); ++i) {
    across += c.tau[i] * (1.0 - mate.distance * c.kappa[i]);
    square += c.tau[i] * c.tau[i];
  }
  mate.cofactor = square > 0.0 ? across / square : 0.0;
}

template <class Condition>
void judge(const Curvatures& c, const FrenetData& geometry, double tolerance, const Condition& condition, Mate& mate) {
  double squares = 0.0;
  for (std::size_t i = 0; i < c.kappa.size(); ++i) {
    const double residual = std::abs(condition(c.kappa[i], c.tau[i]));
    mate.max_residual = std::max(mate.max_residual, residual);
    squares += residual * residual;
  }
  mate.rms_residual = std::sqrt(squares / static_cast<double>(c.kappa.size()));
  mate.holds = mate.max_residual <= tolerance && c.kappa.size() == geometry.n;
  if (!mate.holds) mate.kind = MateKind::none;
}

// r + a N, and its derivative by arc length (1 - a kappa) T + a tau B.
void place(std::span<const double> points, const FrenetData& geometry, Mate& mate) {
  const std::size_t n = geometry.n;
  mate.points.assign(3 * n, infinity);
  mate.tangents.assign(3 * n, 0.0);
  mate.status.assign(n, 0);
  for (std::size_t i = 0; i < n; ++i) {
    mate.status[i] = static_cast<std::int64_t>(geometry.status[i]);
    if (mate.status[i] != 0) continue;
    const double* frame = &geometry.frame[9 * i];
    const double along = 1.0 - mate.distance * geometry.curvature[i], across = mate.distance * geometry.torsion[i];
    const double speed = std::hypot(along, across);
    if (speed <= 16.0 * std::numeric_limits<double>::epsilon()) mate.status[i] = 3;
    for (std::size_t k = 0; k < 3; ++k) {
      mate.points[3 * i + k] = points[3 * i + k] + mate.distance * frame[3 + k];
      if (mate.status[i] == 0) mate.tangents[3 * i + k] = (along * frame[k] + across * frame[6 + k]) / speed;
    }
  }
}

}  // namespace

Mate bertrand_mate(std::span<const double> points, const FrenetData& geometry, const MateOptions& options) {
  check(points, geometry, options);
  const Curvatures c = curvatures_of(geometry);
  Mate mate;
  const bool plane = c.is_plane(options.tolerance), helix = c.is_helix(options.tolerance);
  if (plane && !options.distance)
    throw std::domain_error(
        "a plane curve has a Bertrand mate at every distance, its parallel curves; give 'distance'");
  mate.kind = plane ? MateKind::plane : helix ? MateKind::helix : MateKind::one;
  if (options.distance) {
    mate.distance = *options.distance / c.unit;
    if (!plane) fit_cofactor(c, mate);
  } else if (helix) {
    mate.distance = 2.0 * c.kappa[0] / (c.kappa[0] * c.kappa[0] + c.tau[0] * c.tau[0]);
    fit_cofactor(c, mate);
  } else {
    fit_both(c, mate);
  }
  // In the plane the condition is empty: normals of parallel curves are the same lines.
  judge(
      c, geometry, options.tolerance,
      [&](double kappa, double tau) { return plane ? 0.0 : mate.distance * kappa + mate.cofactor * tau - 1.0; }, mate);
  // tan(angle) = a tau/(1 - a kappa) = a/b, the same everywhere.
  mate.angle = plane ? 0.0 : std::atan2(mate.distance * c.tau[0], mate.cofactor * c.tau[0]);
  mate.distance = options.distance ? *options.distance : mate.distance * c.unit;
  mate.cofactor *= c.unit;
  place(points, geometry, mate);
  return mate;
}

Mate mannheim_mate(std::span<const double> points, const FrenetData& geometry, const MateOptions& options) {
  check(points, geometry, options);
  const Curvatures c = curvatures_of(geometry);
  Mate mate;
  mate.kind = c.is_plane(options.tolerance)   ? MateKind::plane
              : c.is_helix(options.tolerance) ? MateKind::helix
                                              : MateKind::one;
  const auto ratio = [](double kappa, double tau) { return kappa + tau * (tau / kappa); };
  double sum = 0.0, squares = 0.0;
  for (std::size_t i = 0; i < c.kappa.size(); ++i) {
    const double q = ratio(c.kappa[i], c.tau[i]);
    sum += q;
    squares += q * q;
  }
  mate.distance = options.distance ? *options.distance / c.unit : sum / squares;
  judge(
      c, geometry, options.tolerance, [&](double kappa, double tau) { return mate.distance * ratio(kappa, tau) - 1.0; },
      mate);
  mate.distance = options.distance ? *options.distance : mate.distance * c.unit;
  place(points, geometry, mate);
  return mate;
}

}  // namespace orrery::curve

// Pairwise attraction as numbers and as Taylor series.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/orbital/core/nbody.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <utility>

#include "plugins/orbital/core/checks.hpp"

namespace orrery::orbital {

namespace {

/// Neumaier's sum.
class Sum {
 public:
  void add(double x) {
    const DoubleDouble both = two_sum(sum_, x);
    sum_ = both.hi;
    rest_ += both.lo;
  }
  [[nodiscard]] double value() const { return sum_ + rest_; }

 private:
  double sum_ = 0.0, rest_ = 0.0;
};

Vec3 triple(const double* a, std::size_t body) { return {a[3 * body], a[3 * body + 1], a[3 * body + 2]}; }

}  // namespace

NBody::NBody(std::vector<double> gravity, double softening, const Units& units)
    : MotionSystem(units), gravity_(std::move(gravity)), softening_(softening) {
  if (gravity_.empty()) throw std::domain_error("there must be at least one body");
  for (const double g : gravity_)
    if (!(g >= 0.0) || !std::isfinite(g)) fail_domain("gravitational parameter", "be finite and at least 0", g);
  if (!(softening >= 0.0) || !std::isfinite(softening)) fail_domain("softening", "be finite and at least 0", softening);
}

std::string NBody::no_series_because() const {
  return bodies() > most_series_bodies
             ? "it takes at most 128 bodies, and there are " + std::to_string(bodies()) + "; use dop853"
             : "";
}

void NBody::acceleration(const StepContext& /*at*/, const double* position, const double* /*velocity*/,
                         double* acceleration) const {
  const std::size_t k = bodies();
  std::fill_n(acceleration, 3 * k, 0.0);
  for (std::size_t i = 0; i < k; ++i) {
    for (std::size_t j = i + 1; j < k; ++j) {
      if (!meet(i, j)) continue;
      const Vec3 d = triple(position, j) - triple(position, i);
      const double r2 = d[0] * d[0] + d[1] * d[1] + d[2] * d[2] + softening_ * softening_;
      const double factor = taylor::power(r2, -1.5);
      for (std::size_t axis = 0; axis < 3; ++axis) {
        acceleration[3 * i + axis] += gravity_[j] * (factor * d[axis]);
        acceleration[3 * j + axis] -= gravity_[i] * (factor * d[axis]);
      }
    }
  }
}

void NBody::series(const StepContext& /*at*/, double /*unit*/, taylor::Workspace& /*workspace*/,
                   const taylor::Jet* position, const taylor::Jet* /*velocity*/, double* acceleration) const {
  const std::size_t k = bodies();
  std::fill_n(acceleration, 3 * k, 0.0);
  for (std::size_t i = 0; i < k; ++i) {
    for (std::size_t j = i + 1; j < k; ++j) {
      if (!meet(i, j)) continue;
      const taylor::Jet *a = position + 3 * i, *b = position + 3 * j;
      const taylor::Triple<taylor::Jet> d{b[0] - a[0], b[1] - a[1], b[2] - a[2]};
      const taylor::Jet factor = taylor::power(taylor::square_norm(d) + softening_ * softening_, -1.5);
      for (std::size_t axis = 0; axis < 3; ++axis) {
        const double pull = (factor * d[axis]).current();
        acceleration[3 * i + axis] += gravity_[j] * pull;
        acceleration[3 * j + axis] -= gravity_[i] * pull;
      }
    }
  }
}

double NBody::distance(const double* position, std::size_t i, std::size_t j) const {
  const Vec3 d = triple(position, j) - triple(position, i);
  return std::hypot(norm(d), softening_);
}

double NBody::scale(const double* position, std::size_t body) const {
  double nearest = 0.0;
  bool any = false;
  for (std::size_t j = 0; j < bodies(); ++j) {
    if (j == body || !meet(body, j)) continue;
    const double d = distance(position, body, j);
    if (!any || d < nearest) nearest = d;
    any = true;
  }
  return any ? nearest : norm(triple(position, body));
}

std::string NBody::closest(const double* position) const {
  std::size_t first = 0, second = 0;
  double nearest = std::numeric_limits<double>::infinity();
  for (std::size_t i = 0; i < bodies(); ++i)
    for (std::size_t j = i + 1; j < bodies(); ++j)
      if (const double d = norm(triple(position, j) - triple(position, i)); meet(i, j) && d < nearest)
        nearest = d, first = i, second = j;
  if (second == 0) return "no bodies attract each other";
  return "body " + std::to_string(first) + " is " + length_text(nearest) + " from body " + std::to_string(second);
}

NBody::Conserved NBody::conserved(const double* position, const double* velocity) const {
  Conserved all;
  Sum kinetic, potential;
  std::array<Sum, 3> momentum, angular;
  for (std::size_t i = 0; i < bodies(); ++i) {
    const Vec3 r = triple(position, i), v = triple(velocity, i), l = cross(r, v);
    kinetic.add(0.5 * gravity_[i] * dot(v, v));
    for (std::size_t axis = 0; axis < 3; ++axis) {
      momentum[axis].add(gravity_[i] * v[axis]);
      angular[axis].add(gravity_[i] * l[axis]);
    }
    all.momentum_size += gravity_[i] * norm(v);
    all.angular_size += gravity_[i] * norm(l);
    for (std::size_t j = i + 1; j < bodies(); ++j)
      if (gravity_[i] > 0.0 && gravity_[j] > 0.0) potential.add(-gravity_[i] * gravity_[j] / distance(position, i, j));
  }
  all.kinetic = kinetic.value();
  all.potential = potential.value();
  for (std::size_t axis = 0; axis < 3; ++axis) {
    all.momentum[axis] = momentum[axis].value();
    all.angular_momentum[axis] = angular[axis].value();
  }
  return all;
}

}  // namespace orrery::orbital

// The forces on a satellite, each written once for numbers and for Taylor series.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/orbital/core/satellite.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <utility>

#include "plugins/orbital/core/checks.hpp"

namespace orrery::orbital {

namespace {

using taylor::exponential;
using taylor::Jet;
using taylor::power;
using taylor::square;
using taylor::square_norm;
using taylor::Triple;

template <class T>
void add_to(Triple<T>& sum, const Triple<T>& a) {
  for (std::size_t i = 0; i < 3; ++i) sum[i] = sum[i] + a[i];
}

/// With s = z/r, harmonic n pulls with mu J_n R^n P'_(n+1)(s) x/r^(n+3) along x and y, and with (n + 1)
/// P_(n+1)(s)/r^(n+2) along z.
template <class T>
Triple<T> zonal_pull(const SatelliteForces& f, const Triple<T>& r, const T& r2) {
  const T inverse = power(r2, -0.5), s = r[2] * inverse, ratio = f.equatorial_radius * inverse;
  T before = s, now = 1.5 * square(s) - 0.5;      // P_1, P_2
  T slope = 3.0 * s;                              // P_2'
  T scale = f.gravity * square(inverse) * ratio;  // mu R^n/r^(n+2) for n = 1
  Triple<T> sum{0.0 * r[0], 0.0 * r[0], 0.0 * r[0]};
  for (std::size_t n = 2; n < 2 + f.zonal.size(); ++n) {
    const auto order = static_cast<double>(n);
    const T next_slope = (order + 1.0) * now + s * slope;
    const T next = ((2.0 * order + 1.0) / (order + 1.0)) * (s * now) - (order / (order + 1.0)) * before;
    scale = scale * ratio;
    const T side = f.zonal[n - 2] * (scale * next_slope * inverse);
    add_to(sum, {side * r[0], side * r[1], (f.zonal[n - 2] * (order + 1.0)) * (scale * next)});
    before = now;
    now = next;
    slope = next_slope;
  }
  return sum;
}

/// The pull on the satellite less that on the centre: -mu/|d - r|^3 (r + F(q) d), q = r . (r - 2 d)/d^2.
template <class T>
Triple<T> third_pull(double gravity, const Triple<T>& r, const Triple<T>& d) {
  const T d2 = square_norm(d);
  const Triple<T> apart{d[0] - r[0], d[1] - r[1], d[2] - r[2]};
  const T inverse = power(d2, -1.0);
  const T q = (r[0] * (r[0] - 2.0 * d[0]) + r[1] * (r[1] - 2.0 * d[1]) + r[2] * (r[2] - 2.0 * d[2])) * inverse;
  const T apart2 = square_norm(apart), grown = power(apart2 * inverse, 1.5);
  const T share = q * (q * (q + 3.0) + 3.0) * power(grown + 1.0, -1.0);
  const T factor = -gravity * power(apart2, -1.5);
  return {factor * (r[0] + share * d[0]), factor * (r[1] + share * d[1]), factor * (r[2] + share * d[2])};
}

template <class T>
Triple<T> drag_pull(const Drag& drag, const Triple<T>& r, const T& r2, const Triple<T>& v) {
  const Triple<T> wind{v[0] + drag.rotation * r[1], v[1] - drag.rotation * r[0], v[2]};
  const T height = power(r2, 0.5) - drag.radius;
  const T density = drag.density * exponential((-1.0 / drag.scale_height) * height);
  const T factor = (-0.5 * drag.area_per_mass) * density * power(square_norm(wind), 0.5);
  return {factor * wind[0], factor * wind[1], factor * wind[2]};
}

template <class T>
Triple<T> light_push(double strength, const Triple<T>& r, const Triple<T>& sun) {
  const Triple<T> from{r[0] - sun[0], r[1] - sun[1], r[2] - sun[2]};
  const T factor = strength * power(square_norm(from), -1.5);
  return {factor * from[0], factor * from[1], factor * from[2]};
}

template <class T>
using Others = std::array<Triple<T>, most_third_bodies>;

/// @param lit the part of the Sun that is seen
template <class T>
Triple<T> pull(const SatelliteForces& f, const Triple<T>& r, const Triple<T>& v, const Others<T>& others, double lit) {
  const T r2 = square_norm(r), centre = -f.gravity * power(r2, -1.5);
  Triple<T> sum{centre * r[0], centre * r[1], centre * r[2]};
  if (!f.zonal.empty()) add_to(sum, zonal_pull(f, r, r2));
  for (std::size_t i = 0; i < f.third.size(); ++i)
    if (f.third[i].gravity() > 0.0) add_to(sum, third_pull(f.third[i].gravity(), r, others[i]));
  if (f.drag) add_to(sum, drag_pull(*f.drag, r, r2, v));
  if (f.sunlight && lit > 0.0) add_to(sum, light_push(lit * f.sunlight->strength, r, others[f.sunlight->source]));
  return sum;
}

void require_not_negative(std::string_view what, double value) {
  if (!(value >= 0.0) || !std::isfinite(value)) fail_domain(what, "be finite and at least 0", value);
}

void require_forces(const SatelliteForces& f) {
  require_positive("gravitational parameter", f.gravity);
  if (!f.zonal.empty()) require_positive("equatorial radius", f.equatorial_radius);
  if (f.third.size() > most_third_bodies)
    fail_domain("number of third bodies", "be at most 8", static_cast<double>(f.third.size()));
  if (f.drag) {
    require_not_negative("density", f.drag->density);
    require_positive("radius of the density", f.drag->radius);
    require_positive("scale height", f.drag->scale_height);
    require_not_negative("drag area per mass", f.drag->area_per_mass);
    require_finite("rotation of the atmosphere", f.drag->rotation);
  }
  if (!f.sunlight) return;
  require_not_negative("strength of sunlight", f.sunlight->strength);
  if (f.sunlight->source >= f.third.size())
    fail_domain("source of sunlight", "be one of the third bodies", static_cast<double>(f.sunlight->source));
  if (f.sunlight->shadow != ShadowKind::none) require_positive("radius of the shadow's body", f.sunlight->body_radius);
  if (f.sunlight->shadow == ShadowKind::cone) require_positive("radius of the Sun", f.sunlight->sun_radius);
}

/// |v| has no Taylor series at rest.
void require_wind(const Drag& drag, const Triple<Jet>& r, const Triple<Jet>& v) {
  const bool still = v[0].current() + drag.rotation * r[1].current() == 0.0 &&
                     v[1].current() - drag.rotation * r[0].current() == 0.0 && v[2].current() == 0.0;
  if (still) throw std::domain_error("method taylor cannot start at rest relative to the atmosphere; use dop853");
}

}  // namespace

Satellite::Satellite(SatelliteForces forces, const Units& units) : MotionSystem(units), forces_(std::move(forces)) {
  require_forces(forces_);
}

std::string Satellite::no_series_because() const {
  const bool cone = forces_.sunlight && forces_.sunlight->shadow == ShadowKind::cone;
  return cone ? "sunlight at the edges of a conical shadow has no Taylor series; use dop853, or a cylindrical shadow"
              : "";
}

void Satellite::acceleration(const StepContext& at, const double* position, const double* velocity,
                             double* acceleration) const {
  const Triple<double> r{position[0], position[1], position[2]}, v{velocity[0], velocity[1], velocity[2]};
  Others<double> others;
  for (std::size_t i = 0; i < forces_.third.size(); ++i) others[i] = forces_.third[i].at(at.time);
  double lit = at.dark ? 0.0 : 1.0;
  if (forces_.sunlight && forces_.sunlight->shadow == ShadowKind::cone)
    lit =
        visible_part(r, others[forces_.sunlight->source], forces_.sunlight->body_radius, forces_.sunlight->sun_radius);
  const Triple<double> a = pull(forces_, r, v, others, lit);
  std::copy(a.begin(), a.end(), acceleration);
}

void Satellite::series(const StepContext& at, double unit, taylor::Workspace& workspace, const Jet* position,
                       const Jet* velocity, double* acceleration) const {
  const Triple<Jet> r{position[0], position[1], position[2]}, v{velocity[0], velocity[1], velocity[2]};
  if (forces_.drag && workspace.order() == 0) require_wind(*forces_.drag, r, v);
  Others<Jet> others;
  for (std::size_t i = 0; i < forces_.third.size(); ++i) others[i] = forces_.third[i].series(at, unit, workspace);
  const Triple<Jet> a = pull(forces_, r, v, others, at.dark ? 0.0 : 1.0);
  for (std::size_t i = 0; i < 3; ++i) acceleration[i] = a[i].current();
}

double Satellite::scale(const double* position, std::size_t /*body*/) const {
  return std::hypot(position[0], position[1], position[2]);
}

double Satellite::next_break(double time, double direction) const {
  double next = MotionSystem::next_break(time, direction);
  for (const ThirdBody& body : forces_.third) {
    const double found = body.next_break(time, direction);
    if (direction * (next - found) > 0.0) next = found;
  }
  return next;
}

bool Satellite::has_sharp_shadow() const {
  return forces_.sunlight && forces_.sunlight->shadow == ShadowKind::cylinder;
}

double Satellite::light(double time, const double* position) const {
  if (!has_sharp_shadow()) return 1.0;
  return outside_shadow(ShadowEdge::cylinder, {position[0], position[1], position[2]},
                        forces_.third[forces_.sunlight->source].at(time), forces_.sunlight->body_radius, 0.0);
}

void Satellite::require_time(double time) const {
  for (const ThirdBody& body : forces_.third) body.require_time(time, units());
}

std::string Satellite::closest(const double* position) const {
  return "the body is " + length_text(scale(position, 0)) + " from the centre";
}

double Satellite::energy(const Vec3& position, const Vec3& velocity) const {
  const double radius = norm(position), s = position[2] / radius, ratio = forces_.equatorial_radius / radius;
  double before = s, now = 1.5 * s * s - 0.5, scale = ratio, sum = 0.0;
  for (std::size_t n = 2; n < 2 + forces_.zonal.size(); ++n) {
    const auto order = static_cast<double>(n);
    scale *= ratio;
    sum += forces_.zonal[n - 2] * scale * now;
    const double next = ((2.0 * order + 1.0) * s * now - order * before) / (order + 1.0);
    before = std::exchange(now, next);
  }
  return 0.5 * dot(velocity, velocity) - forces_.gravity / radius * (1.0 - sum);
}

}  // namespace orrery::orbital

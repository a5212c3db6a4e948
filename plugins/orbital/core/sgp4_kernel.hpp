// SGP4 from the mean elements of an instant to its state, for one instant or for a vector of them.
// SPDX-License-Identifier: Apache-2.0
// Sources: Spacetrack Report No. 3, section 6; AIAA 2006-6753. Sine and cosine: argument reduction in three parts after
// W. J. Cody, W. Waite, Software Manual for the Elementary Functions (1980), and Taylor's series.
//
// Only sums, products, quotients and square roots are used, which IEEE 754 rounds in one way; so every width gives the
// same bits. Everything has internal linkage, because files with different instruction sets include this.
#pragma once

#include <bit>
#include <cmath>
#include <cstdint>

#include "plugins/orbital/core/sgp4.hpp"

namespace orrery::orbital::detail {
namespace {  // NOLINT: on purpose, see above

/// What plain operators do not say of a lane type; one specialisation for each width.
template <class V>
struct Lane;

template <>
struct Lane<double> {
  using Int = std::int64_t;
  using Mask = bool;
  static double root(double x) { return std::sqrt(x); }
  static double select(bool m, double a, double b) { return m ? a : b; }
  static bool any(bool m) { return m; }
};

template <class V>
struct SinCos {
  V sine, cosine;
};

template <class V>
V select(typename Lane<V>::Mask m, V a, V b) {
  return Lane<V>::select(m, a, b);
}
template <class V>
V magnitude(V x) {
  return select<V>(x < 0.0, -x, x);
}
template <class V>
V with_sign_flipped(V x, typename Lane<V>::Int top_bit) {
  return std::bit_cast<V>(std::bit_cast<typename Lane<V>::Int>(x) ^ top_bit);
}

constexpr double to_integer = 0x1.8p52;  // added and taken away, it rounds to a whole number

/// Error below 2e-16 for |x| < 8e6; beyond, no phase is left and the result is some pair of numbers up to about one.
template <class V>
SinCos<V> sine_cosine(V x) {
  using Int = typename Lane<V>::Int;
  constexpr double part_1 = 0x1.921fb54p+0, part_2 = 0x1.10b4610p-30, part_3 = 0x1.a62633145c06ep-58;
  const V shifted = x * 0x1.45f306dc9c883p-1 + to_integer;
  const V k = shifted - to_integer;
  const V r = ((x - k * part_1) - k * part_2) - k * part_3;
  const V z = r * r;
  V s = z * (-1.0 / 1307674368000.0) + 1.0 / 6227020800.0;
  s = s * z - 1.0 / 39916800.0;
  s = s * z + 1.0 / 362880.0;
  s = s * z - 1.0 / 5040.0;
  s = s * z + 1.0 / 120.0;
  s = s * z - 1.0 / 6.0;
  s = s * z * r + r;
  V c = z * (1.0 / 20922789888000.0) - 1.0 / 87178291200.0;
  c = c * z + 1.0 / 479001600.0;
  c = c * z - 1.0 / 3628800.0;
  c = c * z + 1.0 / 40320.0;
  c = c * z - 1.0 / 720.0;
  c = c * z + 1.0 / 24.0;
  c = c * z * z + (1.0 - 0.5 * z);
  const Int quadrant = std::bit_cast<Int>(shifted);
  const auto odd = (quadrant & 1) != 0;
  const Int top = Int{} + std::int64_t(INT64_MIN);
  return {with_sign_flipped<V>(select<V>(odd, c, s), (quadrant << 62) & top),
          with_sign_flipped<V>(select<V>(odd, s, c), ((quadrant + 1) << 62) & top)};
}

/// The mean elements of instants, after drag and whatever moon and sun did.
template <class V>
struct Osculant {
  V e, perigee, node, anomaly, a, n;
  V sine, cosine, ay, xl;  ///< of the inclination, as Sgp4Tilt
  V status;
};

template <class V>
struct Instants {
  V position[3], velocity[3], status;
};

/// The first code that is set stays.
template <class V>
void note(V& status, typename Lane<V>::Mask bad, Sgp4Status code) {
  const V zero = V{};
  status = select<V>(bad, select<V>(status == zero, zero + static_cast<double>(code), status), status);
}

/// The secular effects of the earth and of drag at times t [min], near-earth satellites only.
template <class V>
Osculant<V> secular_effects(const Sgp4Secular& s, const Sgp4Tilt& tilt, V t) {
  const V zero = V{}, t2 = t * t;
  V anomaly = s.anomaly_rate * t + s.anomaly, perigee = s.perigee_rate * t + s.perigee;
  const V node = (s.node_rate * t + s.node) + s.node_drag * t2;
  V shrink = 1.0 - s.c1 * t, tempe = s.bstar * s.c4 * t, templ = s.t2 * t2;
  if (s.full_drag) {
    const V cosine = sine_cosine<V>(anomaly).cosine, factor = 1.0 + s.eta * cosine;
    const V change = s.perigee_drag * t + s.anomaly_drag * (factor * factor * factor - s.cube_at_epoch);
    anomaly = anomaly + change;
    perigee = perigee - change;
    const V t3 = t2 * t, t4 = t3 * t;
    shrink = shrink - s.d2 * t2 - s.d3 * t3 - s.d4 * t4;
    tempe = tempe + s.bstar * s.c5 * (sine_cosine<V>(anomaly).sine - s.sine_at_epoch);
    templ = templ + s.t3 * t3 + t4 * (s.t4 + t * s.t5);
  }
  Osculant<V> o{zero + s.eccentricity - tempe,
                perigee,
                node,
                anomaly + s.mean_motion * templ,
                s.semi_major_axis * (shrink * shrink),
                zero,
                zero + tilt.sine,
                zero + tilt.cosine,
                zero + tilt.ay,
                zero + tilt.xl,
                zero};
  o.n = s.mean_motion / (magnitude<V>(shrink) * (shrink * shrink));
  return o;
}

/// Drag's limits of the eccentricity.
template <class V>
void check_eccentricity(Osculant<V>& o) {
  note<V>(o.status, (o.e >= 1.0) | (o.e < -0.001) | (o.e != o.e), Sgp4Status::mean_eccentricity);
  o.e = select<V>(o.e < 1e-6, V{} + 1e-6, o.e);
}

template <class V>
struct KeplerRoot {
  V sine, cosine;
};

/// u = E + ay cos E - ax sin E by Newton's method, at most ten steps, each at most 0.95: where that is not enough the
/// published code goes on with what it has, and so does this.
template <class V>
KeplerRoot<V> kepler_root(V u, V ax, V ay) {
  V anomaly = u;
  KeplerRoot<V> root{};
  V step = V{} + 9999.9;
  for (int i = 0; i < 10; ++i) {
    const auto active = magnitude<V>(step) >= 1e-12;
    if (!Lane<V>::any(active)) break;
    const SinCos<V> at = sine_cosine<V>(anomaly);
    root.sine = select<V>(active, at.sine, root.sine);
    root.cosine = select<V>(active, at.cosine, root.cosine);
    V next = (u - ay * at.cosine + ax * at.sine - anomaly) / (1.0 - at.cosine * ax - at.sine * ay);
    next = select<V>(next >= 0.95, V{} + 0.95, select<V>(next <= -0.95, V{} - 0.95, next));
    step = select<V>(active, next, step);
    anomaly = select<V>(active, anomaly + next, anomaly);
  }
  return root;
}

/// The angle less whole turns, between -pi and pi.
template <class V>
V less_turns(V x) {
  constexpr double part_1 = 0x1.921fb54p+2, part_2 = 0x1.10b4610p-28, part_3 = 0x1.a62633145c06ep-56;
  const V k = (x * 0x1.45f306dc9c883p-3 + to_integer) - to_integer;
  return ((x - k * part_1) - k * part_2) - k * part_3;
}

/// Radius, argument of latitude, node, inclination and the two speeds of an instant.
template <class V>
struct Polar {
  V radius, radial_speed, transverse_speed;
  SinCos<V> latitude, node, inclination;
};

template <class V>
Instants<V> cartesian(const Polar<V>& p, const Sgp4Earth& earth, V status) {
  const V mx = -p.node.sine * p.inclination.cosine, my = p.node.cosine * p.inclination.cosine;
  const V s = p.latitude.sine, c = p.latitude.cosine;
  const V ux = mx * s + p.node.cosine * c, uy = my * s + p.node.sine * c, uz = p.inclination.sine * s;
  const V vx = mx * c - p.node.cosine * s, vy = my * c - p.node.sine * s, vz = p.inclination.sine * c;
  const double speed = earth.radius * earth.xke / 60.0;
  const V r = p.radius * earth.radius;
  Instants<V> out{
      {r * ux, r * uy, r * uz},
      {(p.radial_speed * ux + p.transverse_speed * vx) * speed, (p.radial_speed * uy + p.transverse_speed * vy) * speed,
       (p.radial_speed * uz + p.transverse_speed * vz) * speed},
      status};
  V sum = V{};
  for (int k = 0; k < 3; ++k) sum = sum + (out.position[k] + out.velocity[k]);
  note<V>(out.status, (magnitude<V>(sum) < 1e300) == 0, Sgp4Status::not_finite);
  note<V>(out.status, p.radius < 1.0, Sgp4Status::decayed);
  return out;
}

/// Long-period terms, Kepler's equation, short-period terms and the state.
template <class V>
Instants<V> state_of(Osculant<V> o, const Sgp4Earth& earth) {
  const SinCos<V> perigee = sine_cosine<V>(o.perigee);
  const V ax = o.e * perigee.cosine, inverse = 1.0 / (o.a * (1.0 - o.e * o.e));
  const V ay = o.e * perigee.sine + inverse * o.ay;
  const V longitude = o.anomaly + o.perigee + inverse * o.xl * ax;
  note<V>(o.status, (magnitude<V>(longitude) < 8e6) == 0, Sgp4Status::not_finite);
  const KeplerRoot<V> root = kepler_root<V>(less_turns<V>(longitude), ax, ay);
  const V e_cosine = ax * root.cosine + ay * root.sine, e_sine = ax * root.sine - ay * root.cosine;
  const V e2 = ax * ax + ay * ay, p = o.a * (1.0 - e2);
  note<V>(o.status, p < 0.0, Sgp4Status::semi_latus_rectum);
  const V r = o.a * (1.0 - e_cosine), beta = Lane<V>::root(1.0 - e2), share = e_sine / (1.0 + beta);
  const V sin_u = o.a / r * (root.sine - ay - ax * share), cos_u = o.a / r * (root.cosine - ax + ay * share);
  const V sin_2u = 2.0 * sin_u * cos_u, cos_2u = 1.0 - 2.0 * sin_u * sin_u;
  const V t1 = 0.5 * earth.j2 / p, t2 = t1 / p, c2 = o.cosine * o.cosine, con41 = 3.0 * c2 - 1.0, flat = 1.0 - c2;
  const SinCos<V> turn = sine_cosine<V>(0.25 * t2 * (7.0 * c2 - 1.0) * sin_2u);
  const SinCos<V> tilt = sine_cosine<V>(1.5 * t2 * o.cosine * o.sine * cos_2u);
  Polar<V> polar;
  polar.radius = r * (1.0 - 1.5 * t2 * beta * con41) + 0.5 * t1 * flat * cos_2u;
  polar.latitude = {sin_u * turn.cosine - cos_u * turn.sine, cos_u * turn.cosine + sin_u * turn.sine};
  polar.node = sine_cosine<V>(o.node + 1.5 * t2 * o.cosine * sin_2u);
  polar.inclination = {o.sine * tilt.cosine + o.cosine * tilt.sine, o.cosine * tilt.cosine - o.sine * tilt.sine};
  polar.radial_speed = Lane<V>::root(o.a) * e_sine / r - o.n * t1 * flat * sin_2u / earth.xke;
  polar.transverse_speed = Lane<V>::root(p) / r + o.n * t1 * (flat * cos_2u + 1.5 * con41) / earth.xke;
  return cartesian<V>(polar, earth, o.status);
}

}  // namespace
}  // namespace orrery::orbital::detail

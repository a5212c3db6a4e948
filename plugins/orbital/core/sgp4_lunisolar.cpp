// Moon and sun in SDP4: the coefficients of their effects, and the long-period ones.
// SPDX-License-Identifier: Apache-2.0
// Sources: Spacetrack Report No. 3, section 10; R. S. Hujsak, Project Space Track Report No. 1 (1979); R. H. Lyddane,
// "Small eccentricities or inclinations in the Brouwer theory of the artificial satellite", Astronomical Journal 68
// (1963) 555.
#include <cmath>

#include "plugins/orbital/core/sgp4_parts.hpp"

namespace orrery::orbital::detail {

namespace {

constexpr double pi = 0x1.921fb54442d18p+1;
constexpr double sun_eccentricity = 0.01675, moon_eccentricity = 0.05490;
constexpr double sun_rate = 1.19459e-5, moon_rate = 1.5835218e-4;  // of their mean anomalies, rad/min

/// The directions of a perturber's orbit, and its strength.
struct Perturber {
  double cos_g = 0, sin_g = 0, cos_i = 0, sin_i = 0, cos_h = 0, sin_h = 0, strength = 0;
};

struct Sines {
  double sin_i, cos_i, sin_perigee, cos_perigee;
};

Geometry geometry_of(const Perturber& p, const Sines& o, double e, double inverse_n) {
  const double a1 = p.cos_g * p.cos_h + p.sin_g * p.cos_i * p.sin_h,
               a3 = -p.sin_g * p.cos_h + p.cos_g * p.cos_i * p.sin_h;
  const double a7 = -p.cos_g * p.sin_h + p.sin_g * p.cos_i * p.cos_h, a8 = p.sin_g * p.sin_i;
  const double a9 = p.sin_g * p.sin_h + p.cos_g * p.cos_i * p.cos_h, a10 = p.cos_g * p.sin_i;
  const double a2 = o.cos_i * a7 + o.sin_i * a8, a4 = o.cos_i * a9 + o.sin_i * a10;
  const double a5 = -o.sin_i * a7 + o.cos_i * a8, a6 = -o.sin_i * a9 + o.cos_i * a10;
  const double c = o.cos_perigee, s = o.sin_perigee;
  const double x1 = a1 * c + a2 * s, x2 = a3 * c + a4 * s, x3 = -a1 * s + a2 * c, x4 = -a3 * s + a4 * c;
  const double x5 = a5 * s, x6 = a6 * s, x7 = a5 * c, x8 = a6 * c;
  const double e2 = e * e, rest = 1.0 - e2, root = std::sqrt(rest);
  Geometry g;
  g.z31 = 12.0 * x1 * x1 - 3.0 * x3 * x3;
  g.z32 = 24.0 * x1 * x2 - 6.0 * x3 * x4;
  g.z33 = 12.0 * x2 * x2 - 3.0 * x4 * x4;
  g.z1 = 2.0 * (3.0 * (a1 * a1 + a2 * a2) + g.z31 * e2) + rest * g.z31;
  g.z2 = 2.0 * (6.0 * (a1 * a3 + a2 * a4) + g.z32 * e2) + rest * g.z32;
  g.z3 = 2.0 * (3.0 * (a3 * a3 + a4 * a4) + g.z33 * e2) + rest * g.z33;
  g.z11 = -6.0 * a1 * a5 + e2 * (-24.0 * x1 * x7 - 6.0 * x3 * x5);
  g.z12 = -6.0 * (a1 * a6 + a3 * a5) + e2 * (-24.0 * (x2 * x7 + x1 * x8) - 6.0 * (x3 * x6 + x4 * x5));
  g.z13 = -6.0 * a3 * a6 + e2 * (-24.0 * x2 * x8 - 6.0 * x4 * x6);
  g.z21 = 6.0 * a2 * a5 + e2 * (24.0 * x1 * x5 - 6.0 * x3 * x7);
  g.z22 = 6.0 * (a4 * a5 + a2 * a6) + e2 * (24.0 * (x2 * x5 + x1 * x6) - 6.0 * (x4 * x7 + x3 * x8));
  g.z23 = 6.0 * a4 * a6 + e2 * (24.0 * x2 * x6 - 6.0 * x4 * x8);
  g.s3 = p.strength * inverse_n;
  g.s2 = -0.5 * g.s3 / root;
  g.s4 = g.s3 * root;
  g.s1 = -15.0 * e * g.s4;
  g.s5 = x1 * x3 + x2 * x4;
  g.s6 = x2 * x3 + x1 * x4;
  g.s7 = x2 * x4 - x1 * x3;
  return g;
}

Sgp4Perturber coefficients_of(const Geometry& g, double e, double e_perturber) {
  Sgp4Perturber p;
  p.e2 = 2.0 * g.s1 * g.s6;
  p.e3 = 2.0 * g.s1 * g.s7;
  p.i2 = 2.0 * g.s2 * g.z12;
  p.i3 = 2.0 * g.s2 * (g.z13 - g.z11);
  p.l2 = -2.0 * g.s3 * g.z2;
  p.l3 = -2.0 * g.s3 * (g.z3 - g.z1);
  p.l4 = -2.0 * g.s3 * (-21.0 - 9.0 * e * e) * e_perturber;
  p.gh2 = 2.0 * g.s4 * g.z32;
  p.gh3 = 2.0 * g.s4 * (g.z33 - g.z31);
  p.gh4 = -18.0 * g.s4 * e_perturber;
  p.h2 = -2.0 * g.s2 * g.z22;
  p.h3 = -2.0 * g.s2 * (g.z23 - g.z21);
  return p;
}

Perturber sun_of(double node) {
  return {.cos_g = 0.1945905,
          .sin_g = -0.98088458,
          .cos_i = 0.91744867,
          .sin_i = 0.39785416,
          .cos_h = std::cos(node),
          .sin_h = std::sin(node),
          .strength = 2.9864797e-6};
}

/// @param longitude set to the longitude of the moon's perigee that its mean anomaly counts from
Perturber moon_of(double node, double day, double& longitude) {
  const double moon_node = std::fmod(4.5236020 - 9.2422029e-4 * day, sgp4_two_pi);
  const double s = std::sin(moon_node), c = std::cos(moon_node);
  Perturber moon;
  moon.cos_i = 0.91375164 - 0.03568096 * c;
  moon.sin_i = std::sqrt(1.0 - moon.cos_i * moon.cos_i);
  const double sin_h = 0.089683511 * s / moon.sin_i, cos_h = std::sqrt(1.0 - sin_h * sin_h);
  longitude = 5.8351514 + 0.0019443680 * day;
  const double g = longitude + std::atan2(0.39785416 * s / moon.sin_i, cos_h * c + 0.91744867 * sin_h * s) - moon_node;
  moon.cos_g = std::cos(g);
  moon.sin_g = std::sin(g);
  moon.cos_h = cos_h * std::cos(node) + sin_h * std::sin(node);
  moon.sin_h = std::sin(node) * cos_h - std::cos(node) * sin_h;
  moon.strength = 4.7968065e-7;
  return moon;
}

struct Changes {
  double e = 0, i = 0, l = 0, gh = 0, h = 0;
};

void add_changes(Changes& c, const Sgp4Perturber& p, double minutes, double rate, double e_perturber) {
  const double mean = p.mean_anomaly + rate * minutes;
  const double f = mean + 2.0 * e_perturber * std::sin(mean), sine = std::sin(f);
  const double f2 = 0.5 * sine * sine - 0.25, f3 = -0.5 * sine * std::cos(f);
  c.e += p.e2 * f2 + p.e3 * f3;
  c.i += p.i2 * f2 + p.i3 * f3;
  c.l += p.l2 * f2 + p.l3 * f3 + p.l4 * sine;
  c.gh += p.gh2 * f2 + p.gh3 * f3 + p.gh4 * sine;
  c.h += p.h2 * f2 + p.h3 * f3;
}

double unwound(double angle, Sgp4Mode mode) {
  return angle < 0.0 && mode == Sgp4Mode::afspc ? angle + sgp4_two_pi : angle;
}

/// Lyddane's form, in which nothing is divided by the sine of the inclination.
void apply_lyddane(MeanElements& m, const Changes& c, Sgp4Mode mode) noexcept {
  const double sin_i = std::sin(m.inclination), cos_i = std::cos(m.inclination);
  const double sin_h = std::sin(m.node), cos_h = std::cos(m.node);
  const double alpha = sin_i * sin_h + (c.h * cos_h + c.i * cos_i * sin_h);
  const double beta = sin_i * cos_h + (-c.h * sin_h + c.i * cos_i * cos_h);
  const double before = unwound(std::fmod(m.node, sgp4_two_pi), mode);
  const double longitude = m.anomaly + m.perigee + cos_i * before + (c.l + c.gh - c.i * before * sin_i);
  m.node = unwound(std::atan2(alpha, beta), mode);
  if (std::fabs(before - m.node) > pi) m.node += m.node < before ? sgp4_two_pi : -sgp4_two_pi;
  m.anomaly += c.l;
  m.perigee = longitude - m.anomaly - cos_i * m.node;
}

}  // namespace

MoonAndSun moon_and_sun(const Sgp4Elements& elements, double mean_motion, Sgp4Deep& deep) {
  const double e = elements.eccentricity, day = elements.days_since_1950 + 18261.5;
  const Sines own{std::sin(elements.inclination), std::cos(elements.inclination),
                  std::sin(elements.argument_of_perigee), std::cos(elements.argument_of_perigee)};
  double longitude = 0.0;
  const Perturber moon = moon_of(elements.ascending_node, day, longitude);
  const MoonAndSun both{geometry_of(sun_of(elements.ascending_node), own, e, 1.0 / mean_motion),
                        geometry_of(moon, own, e, 1.0 / mean_motion)};
  deep.sun = coefficients_of(both.sun, e, sun_eccentricity);
  deep.moon = coefficients_of(both.moon, e, moon_eccentricity);
  deep.sun.mean_anomaly = std::fmod(6.2565837 + 0.017201977 * day, sgp4_two_pi);
  deep.moon.mean_anomaly = std::fmod(4.7199672 + 0.22997150 * day - longitude, sgp4_two_pi);
  return both;
}

void add_periodic(MeanElements& m, double minutes, const Sgp4Deep& deep, Sgp4Mode mode) noexcept {
  Changes c;
  add_changes(c, deep.sun, minutes, sun_rate, sun_eccentricity);
  add_changes(c, deep.moon, minutes, moon_rate, moon_eccentricity);
  m.inclination += c.i;
  m.eccentricity += c.e;
  if (m.inclination < 0.2) return apply_lyddane(m, c, mode);
  const double node = c.h / std::sin(m.inclination);
  m.perigee += c.gh - std::cos(m.inclination) * node;
  m.node += node;
  m.anomaly += c.l;
}

}  // namespace orrery::orbital::detail

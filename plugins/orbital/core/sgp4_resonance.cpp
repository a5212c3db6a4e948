// The secular effects of moon and sun in SDP4, and the resonances of half-day and one-day orbits.
// SPDX-License-Identifier: Apache-2.0
// Sources: Spacetrack Report No. 3, section 10; R. S. Hujsak, Project Space Track Report No. 1 (1979).
#include <cmath>

#include "plugins/orbital/core/sgp4_parts.hpp"

namespace orrery::orbital::detail {

namespace {

constexpr double pi = 0x1.921fb54442d18p+1;
constexpr double sun_rate = 1.19459e-5, moon_rate = 1.5835218e-4;
constexpr double earth_rate = 4.37526908801129966e-3;  // rad/min
constexpr double step = 720.0;

struct Rates {
  double e = 0, i = 0, l = 0, gh = 0, h = 0;
};

/// @param flat the orbit is so near to the equator that its node is left alone
Rates rates_of(const Geometry& g, double e, double rate, bool flat) {
  return {.e = g.s1 * rate * g.s5,
          .i = g.s2 * rate * (g.z11 + g.z13),
          .l = -rate * g.s3 * (g.z1 + g.z3 - 14.0 - 6.0 * e * e),
          .gh = g.s4 * rate * (g.z31 + g.z33 - 6.0),
          .h = flat ? 0.0 : -rate * g.s2 * (g.z21 + g.z23)};
}

void set_rates(Sgp4Deep& deep, const MoonAndSun& both, double e, double inclination) {
  const bool flat = inclination < 5.2359877e-2 || inclination > pi - 5.2359877e-2;
  const Rates sun = rates_of(both.sun, e, sun_rate, flat), moon = rates_of(both.moon, e, moon_rate, flat);
  const double sine = std::sin(inclination), cosine = std::cos(inclination);
  const double sun_node = sine != 0.0 ? sun.h / sine : sun.h;
  const double moon_node = sine != 0.0 ? moon.h / sine : 0.0;
  deep.e_rate = sun.e + moon.e;
  deep.i_rate = sun.i + moon.i;
  deep.m_rate = sun.l + moon.l;
  deep.perigee_rate = sun.gh - cosine * sun_node + moon.gh - cosine * moon_node;
  deep.node_rate = sun_node + moon_node;
}

double cubic(double e, double c0, double c1, double c2, double c3) {
  const double e2 = e * e;
  return c0 + c1 * e + c2 * e2 + c3 * (e * e2);
}

/// The eccentricity functions of the half-day resonance, fitted piece by piece.
struct Eccentric {
  double g201, g211, g310, g322, g410, g422, g520, g521, g532, g533;
};

Eccentric eccentric(double e) {
  Eccentric g{};
  g.g201 = -0.306 - (e - 0.64) * 0.440;
  if (e <= 0.65) {
    g.g211 = 3.616 - 13.2470 * e + 16.2900 * e * e;
    g.g310 = cubic(e, -19.302, 117.3900, -228.4190, 156.5910);
    g.g322 = cubic(e, -18.9068, 109.7927, -214.6334, 146.5816);
    g.g410 = cubic(e, -41.122, 242.6940, -471.0940, 313.9530);
    g.g422 = cubic(e, -146.407, 841.8800, -1629.014, 1083.4350);
    g.g520 = cubic(e, -532.114, 3017.977, -5740.032, 3708.2760);
  } else {
    g.g211 = cubic(e, -72.099, 331.819, -508.738, 266.724);
    g.g310 = cubic(e, -346.844, 1582.851, -2415.925, 1246.113);
    g.g322 = cubic(e, -342.585, 1554.908, -2366.899, 1215.972);
    g.g410 = cubic(e, -1052.797, 4758.686, -7193.992, 3651.957);
    g.g422 = cubic(e, -3581.690, 16178.110, -24462.770, 12422.520);
    g.g520 = e > 0.715 ? cubic(e, -5149.66, 29936.92, -54087.36, 31324.56) : 1464.74 - 4664.75 * e + 3763.64 * e * e;
  }
  const bool low = e < 0.7;
  g.g533 = low ? cubic(e, -919.22770, 4988.6100, -9064.7700, 5542.21)
               : cubic(e, -37995.780, 161616.52, -229838.20, 109377.94);
  g.g521 = low ? cubic(e, -822.71072, 4568.6173, -8491.4146, 5337.524)
               : cubic(e, -51752.104, 218913.95, -309468.16, 146349.42);
  g.g532 = low ? cubic(e, -853.66600, 4690.2500, -8624.7700, 5341.4)
               : cubic(e, -40023.880, 170470.89, -242699.48, 115605.82);
  return g;
}

/// @param n_2 mean motion squared   @param inverse_a 1/a
void set_half_day(Sgp4Resonance& r, double e, double s, double c, double n_2, double inverse_a) {
  constexpr double root22 = 1.7891679e-6, root32 = 3.7393792e-7, root44 = 7.3636953e-9, root52 = 1.1428639e-7,
                   root54 = 2.1765803e-9;
  const Eccentric g = eccentric(e);
  const double s2 = s * s, c2 = c * c;
  const double f220 = 0.75 * (1.0 + 2.0 * c + c2), f221 = 1.5 * s2;
  const double f321 = 1.875 * s * (1.0 - 2.0 * c - 3.0 * c2), f322 = -1.875 * s * (1.0 + 2.0 * c - 3.0 * c2);
  const double f441 = 35.0 * s2 * f220, f442 = 39.3750 * s2 * s2;
  const double f522 = 9.84375 * s * (s2 * (1.0 - 2.0 * c - 5.0 * c2) + 0.33333333 * (-2.0 + 4.0 * c + 6.0 * c2));
  const double f523 = s * (4.92187512 * s2 * (-2.0 - 4.0 * c + 10.0 * c2) + 6.56250012 * (1.0 + 2.0 * c - 3.0 * c2));
  const double f542 = 29.53125 * s * (2.0 - 8.0 * c + c2 * (-12.0 + 8.0 * c + 10.0 * c2));
  const double f543 = 29.53125 * s * (-2.0 - 8.0 * c + c2 * (12.0 + 8.0 * c - 10.0 * c2));
  const double second = 3.0 * n_2 * inverse_a * inverse_a, third = second * inverse_a;
  const double fourth = third * inverse_a, fifth = fourth * inverse_a;
  r.d2201 = second * root22 * f220 * g.g201;
  r.d2211 = second * root22 * f221 * g.g211;
  r.d3210 = third * root32 * f321 * g.g310;
  r.d3222 = third * root32 * f322 * g.g322;
  r.d4410 = 2.0 * fourth * root44 * f441 * g.g410;
  r.d4422 = 2.0 * fourth * root44 * f442 * g.g422;
  r.d5220 = fifth * root52 * f522 * g.g520;
  r.d5232 = fifth * root52 * f523 * g.g532;
  r.d5421 = 2.0 * fifth * root54 * f542 * g.g521;
  r.d5433 = 2.0 * fifth * root54 * f543 * g.g533;
}

void set_one_day(Sgp4Resonance& r, double e, double s, double c, double n_2, double inverse_a) {
  constexpr double q22 = 1.7891679e-6, q31 = 2.1460748e-6, q33 = 2.2123015e-7;
  const double e2 = e * e;
  const double g200 = 1.0 + e2 * (-2.5 + 0.8125 * e2), g310 = 1.0 + 2.0 * e2, g300 = 1.0 + e2 * (-6.0 + 6.60937 * e2);
  const double f220 = 0.75 * (1.0 + c) * (1.0 + c), f311 = 0.9375 * s * s * (1.0 + 3.0 * c) - 0.75 * (1.0 + c);
  const double f330 = 1.875 * (1.0 + c) * (1.0 + c) * (1.0 + c);
  const double second = 3.0 * n_2 * inverse_a * inverse_a;
  r.del1 = second * f311 * g310 * q31 * inverse_a;
  r.del2 = 2.0 * second * f220 * g200 * q22;
  r.del3 = 3.0 * second * f330 * g300 * q33 * inverse_a;
}

void set_resonance(Sgp4Deep& deep, const Sgp4Secular& s, double inverse_a) {
  Sgp4Resonance& r = deep.resonance;
  const double n = s.mean_motion, sine = std::sin(s.inclination), cosine = std::cos(s.inclination);
  if (n < 0.0052359877 && n > 0.0034906585) r.kind = Sgp4Resonance::Kind::one_day;
  if (n >= 8.26e-3 && n <= 9.24e-3 && s.eccentricity >= 0.5) r.kind = Sgp4Resonance::Kind::half_day;
  const double theta = deep.sidereal_time;
  if (r.kind == Sgp4Resonance::Kind::half_day) {
    set_half_day(r, s.eccentricity, sine, cosine, n * n, inverse_a);
    r.longitude = std::fmod(s.anomaly + s.node + s.node - theta - theta, sgp4_two_pi);
    r.rate = s.anomaly_rate + deep.m_rate + 2.0 * (s.node_rate + deep.node_rate - earth_rate) - n;
  } else if (r.kind == Sgp4Resonance::Kind::one_day) {
    set_one_day(r, s.eccentricity, sine, cosine, n * n, inverse_a);
    r.longitude = std::fmod(s.anomaly + s.node + s.perigee - theta, sgp4_two_pi);
    r.rate = s.anomaly_rate + (s.perigee_rate + s.node_rate) - earth_rate + deep.m_rate + deep.perigee_rate +
             deep.node_rate - n;
  }
}

/// First and second derivative of the mean motion, and the first of the longitude.
struct Derivatives {
  double n = 0, n2 = 0, longitude = 0;
};

Derivatives one_day(const Sgp4Resonance& r, const Sgp4Cursor& at) noexcept {
  constexpr double x2 = 0.13130908, x4 = 2.8843198, x6 = 0.37448087;
  const double l = at.longitude;
  Derivatives d;
  d.longitude = at.mean_motion + r.rate;
  d.n = r.del1 * std::sin(l - x2) + r.del2 * std::sin(2.0 * (l - x4)) + r.del3 * std::sin(3.0 * (l - x6));
  d.n2 = r.del1 * std::cos(l - x2) + 2.0 * r.del2 * std::cos(2.0 * (l - x4)) + 3.0 * r.del3 * std::cos(3.0 * (l - x6));
  d.n2 *= d.longitude;
  return d;
}

Derivatives half_day(const Sgp4Resonance& r, const Sgp4Cursor& at, const Sgp4Secular& s) noexcept {
  constexpr double g22 = 5.7686396, g32 = 0.95240898, g44 = 1.8014998, g52 = 1.0508330, g54 = 4.4108898;
  const double perigee = s.perigee + s.perigee_rate * at.time, l = at.longitude;
  Derivatives d;
  d.longitude = at.mean_motion + r.rate;
  const auto add = [&d](double coefficient, double angle, double factor) {
    d.n += coefficient * std::sin(angle);
    d.n2 += factor * coefficient * std::cos(angle);
  };
  add(r.d2201, 2.0 * perigee + l - g22, 1.0);
  add(r.d2211, l - g22, 1.0);
  add(r.d3210, perigee + l - g32, 1.0);
  add(r.d3222, -perigee + l - g32, 1.0);
  add(r.d4410, 2.0 * perigee + 2.0 * l - g44, 2.0);
  add(r.d4422, 2.0 * l - g44, 2.0);
  add(r.d5220, perigee + l - g52, 1.0);
  add(r.d5232, -perigee + l - g52, 1.0);
  add(r.d5421, perigee + 2.0 * l - g54, 2.0);
  add(r.d5433, -perigee + 2.0 * l - g54, 2.0);
  d.n2 *= d.longitude;
  return d;
}

/// The longitude and mean motion at an instant, by steps of half a day from the epoch and a Taylor series for the rest.
Sgp4Cursor integrated(double minutes, const Sgp4Deep& deep, const Sgp4Secular& s, Sgp4Cursor& cursor) noexcept {
  const Sgp4Resonance& r = deep.resonance;
  if (cursor.time == 0.0 || minutes * cursor.time <= 0.0 || std::fabs(minutes) < std::fabs(cursor.time))
    cursor = {0.0, r.longitude, s.mean_motion};
  const double delta = minutes > 0.0 ? step : -step;
  for (;;) {
    const Derivatives d = r.kind == Sgp4Resonance::Kind::half_day ? half_day(r, cursor, s) : one_day(r, cursor);
    const double rest = minutes - cursor.time;
    if (std::fabs(rest) < step)
      return {minutes, cursor.longitude + d.longitude * rest + d.n * rest * rest * 0.5,
              cursor.mean_motion + d.n * rest + d.n2 * rest * rest * 0.5};
    cursor.longitude += d.longitude * delta + d.n * (0.5 * step * step);
    cursor.mean_motion += d.n * delta + d.n2 * (0.5 * step * step);
    cursor.time += delta;
  }
}

}  // namespace

Sgp4Deep deep_space(const Sgp4Elements& elements, const Sgp4Earth& earth, const Sgp4Secular& secular, Sgp4Mode mode) {
  Sgp4Deep deep;
  deep.sidereal_time = sidereal_time_of(elements.days_since_1950, mode);
  const MoonAndSun both = moon_and_sun(elements, secular.mean_motion, deep);
  set_rates(deep, both, secular.eccentricity, secular.inclination);
  set_resonance(deep, secular, std::pow(secular.mean_motion / earth.xke, 2.0 / 3.0));
  return deep;
}

void add_secular(MeanElements& m, double minutes, const Sgp4Deep& deep, const Sgp4Secular& secular,
                 Sgp4Cursor& cursor) noexcept {
  m.eccentricity += deep.e_rate * minutes;
  m.inclination += deep.i_rate * minutes;
  m.perigee += deep.perigee_rate * minutes;
  m.node += deep.node_rate * minutes;
  m.anomaly += deep.m_rate * minutes;
  if (deep.resonance.kind == Sgp4Resonance::Kind::none) return;
  const double theta = std::fmod(deep.sidereal_time + minutes * earth_rate, sgp4_two_pi);
  const Sgp4Cursor now = integrated(minutes, deep, secular, cursor);
  m.mean_motion = now.mean_motion;
  m.anomaly = deep.resonance.kind == Sgp4Resonance::Kind::one_day ? now.longitude - m.node - m.perigee + theta
                                                                  : now.longitude - 2.0 * m.node + 2.0 * theta;
}

}  // namespace orrery::orbital::detail

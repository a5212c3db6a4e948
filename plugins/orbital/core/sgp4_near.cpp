// The part of SGP4 that every satellite needs: constants of the earth, drag and the secular rates.
// SPDX-License-Identifier: Apache-2.0
// Sources: Spacetrack Report No. 3, section 6; AIAA 2006-6753, appendices. The constants of the earth are those of its
// table.
#include <cmath>

#include "plugins/orbital/core/sgp4_parts.hpp"

namespace orrery::orbital::detail {

namespace {

double square(double x) { return x * x; }
double fourth(double x) { return square(square(x)); }

/// What the drag terms are formed from.
struct Drag {
  double s = 0.0;        // of the density function, radii
  double q_minus_s = 0;  // (q0 - s)^4
  double xi = 0.0, eta = 0.0;
  double coefficient = 0.0;    // (q0 - s)^4 xi^4
  double coefficient_1 = 0.0;  // and over (1 - eta^2)^3.5
};

/// The density function's s depends on the height of the perigee.
Drag drag_of(double a, double e, double perigee_radius, const Sgp4Earth& earth) {
  Drag d;
  const double height = (perigee_radius - 1.0) * earth.radius;
  double s = 78.0;
  if (height < 156.0) s = height < 98.0 ? 20.0 : height - 78.0;
  d.s = s / earth.radius + 1.0;
  d.q_minus_s = fourth((120.0 - s) / earth.radius);
  d.xi = 1.0 / (a - d.s);
  d.eta = a * e * d.xi;
  d.coefficient = d.q_minus_s * fourth(d.xi);
  d.coefficient_1 = d.coefficient / std::pow(std::fabs(1.0 - d.eta * d.eta), 3.5);
  return d;
}

/// Kozai's mean motion made Brouwer's.
double brouwer_mean_motion(double n, double e, double cosine, const Sgp4Earth& earth) {
  const double rest = 1.0 - e * e;
  const double a = std::pow(earth.xke / n, 2.0 / 3.0);
  const double d1 = 0.75 * earth.j2 * (3.0 * cosine * cosine - 1.0) / (std::sqrt(rest) * rest);
  double del = d1 / (a * a);
  const double adel = a * (1.0 - del * del - del * (1.0 / 3.0 + 134.0 * del * del / 81.0));
  del = d1 / (adel * adel);
  return n / (1.0 + del);
}

void set_rates(Sgp4Secular& s, double p, double theta, const Sgp4Earth& earth) {
  const double theta2 = theta * theta, theta4 = theta2 * theta2, rest = 1.0 - square(s.eccentricity);
  const double n = s.mean_motion, inverse = 1.0 / (p * p);
  const double t1 = 1.5 * earth.j2 * inverse * n, t2 = 0.5 * t1 * earth.j2 * inverse;
  const double t3 = -0.46875 * earth.j4 * inverse * inverse * n, root = std::sqrt(rest);
  s.anomaly_rate =
      n + 0.5 * t1 * root * (3.0 * theta2 - 1.0) + 0.0625 * t2 * root * (13.0 - 78.0 * theta2 + 137.0 * theta4);
  s.perigee_rate = -0.5 * t1 * (1.0 - 5.0 * theta2) + 0.0625 * t2 * (7.0 - 114.0 * theta2 + 395.0 * theta4) +
                   t3 * (3.0 - 36.0 * theta2 + 49.0 * theta4);
  const double first = -t1 * theta;
  s.node_rate = first + (0.5 * t2 * (4.0 - 19.0 * theta2) + 2.0 * t3 * (3.0 - 7.0 * theta2)) * theta;
  s.node_drag = 3.5 * rest * first * s.c1;
}

double c2_of(const Drag& d, double a, double n, double e, double con41, const Sgp4Earth& earth) {
  const double eta2 = d.eta * d.eta, e_eta = e * d.eta, psi = std::fabs(1.0 - eta2);
  return d.coefficient_1 * n *
         (a * (1.0 + 1.5 * eta2 + e_eta * (4.0 + eta2)) +
          0.375 * earth.j2 * d.xi / psi * con41 * (8.0 + 3.0 * eta2 * (8.0 + eta2)));
}

void set_c4_c5(Sgp4Secular& s, const Drag& d, double a, double theta2, const Sgp4Earth& earth) {
  const double e = s.eccentricity, eta = d.eta, eta2 = eta * eta, e_eta = e * eta, psi = std::fabs(1.0 - eta2);
  const double rest = 1.0 - e * e, con41 = 3.0 * theta2 - 1.0;
  const double bracket = -3.0 * con41 * (1.0 - 2.0 * e_eta + eta2 * (1.5 - 0.5 * e_eta)) +
                         0.75 * (1.0 - theta2) * (2.0 * eta2 - e_eta * (1.0 + eta2)) * std::cos(2.0 * s.perigee);
  s.c4 = 2.0 * s.mean_motion * d.coefficient_1 * a * rest *
         (eta * (2.0 + 0.5 * eta2) + e * (0.5 + 2.0 * eta2) - earth.j2 * d.xi / (a * psi) * bracket);
  s.c5 = 2.0 * d.coefficient_1 * a * rest * (1.0 + 2.75 * (eta2 + e_eta) + e_eta * eta2);
}

/// The terms beyond those linear and square in time; they are left out below 220 km and in deep space.
void set_higher_drag(Sgp4Secular& s, const Drag& d, double a) {
  const double c1 = s.c1, c1_2 = c1 * c1;
  s.d2 = 4.0 * a * d.xi * c1_2;
  const double t = s.d2 * d.xi * c1 / 3.0;
  s.d3 = (17.0 * a + d.s) * t;
  s.d4 = 0.5 * t * a * d.xi * (221.0 * a + 31.0 * d.s) * c1;
  s.t3 = s.d2 + 2.0 * c1_2;
  s.t4 = 0.25 * (3.0 * s.d3 + c1 * (12.0 * s.d2 + 10.0 * c1_2));
  s.t5 = 0.2 * (3.0 * s.d4 + 12.0 * c1 * s.d3 + 6.0 * s.d2 * s.d2 + 15.0 * c1_2 * (2.0 * s.d2 + c1_2));
}

/// The terms of perigee and anomaly; they too belong to the full drag model.
void set_periodic_drag(Sgp4Secular& s, const Drag& d, double sine, const Sgp4Earth& earth) {
  const double e = s.eccentricity;
  s.eta = d.eta;
  s.cube_at_epoch = std::pow(1.0 + d.eta * std::cos(s.anomaly), 3.0);
  s.sine_at_epoch = std::sin(s.anomaly);
  if (!(e > 1e-4)) return;
  const double c3 = -2.0 * d.coefficient * d.xi * earth.j3_over_j2 * s.mean_motion * sine / e;
  s.perigee_drag = s.bstar * c3 * std::cos(s.perigee);
  s.anomaly_drag = -2.0 / 3.0 * d.coefficient * s.bstar / (e * d.eta);
}

Sgp4Secular copied(const Sgp4Elements& elements) {
  Sgp4Secular s;
  s.eccentricity = elements.eccentricity;
  s.inclination = elements.inclination;
  s.node = elements.ascending_node;
  s.perigee = elements.argument_of_perigee;
  s.anomaly = elements.mean_anomaly;
  s.bstar = elements.bstar;
  return s;
}

Sgp4Earth earth_from(double mu, double radius, double j2, double j3, double j4) {
  return {radius, 60.0 / std::sqrt(radius * radius * radius / mu), j2, j4, j3 / j2};
}

}  // namespace

Sgp4Earth earth_of(Sgp4Gravity gravity) {
  if (gravity == Sgp4Gravity::wgs84)
    return earth_from(398600.5, 6378.137, 0.00108262998905, -0.00000253215306, -0.00000161098761);
  Sgp4Earth earth = earth_from(398600.8, 6378.135, 0.001082616, -0.00000253881, -0.00000165597);
  if (gravity == Sgp4Gravity::wgs72old) earth.xke = 0.0743669161;
  return earth;
}

Sgp4Tilt tilt_of(double inclination, const Sgp4Earth& earth) {
  Sgp4Tilt tilt;
  tilt.sine = std::sin(inclination);
  tilt.cosine = std::cos(inclination);
  tilt.ay = -0.5 * earth.j3_over_j2 * tilt.sine;
  // At 180 deg the quotient is 0/0; the limit of the divisor is the paper's.
  const double divisor = std::fabs(tilt.cosine + 1.0) > 1.5e-12 ? 1.0 + tilt.cosine : 1.5e-12;
  tilt.xl = -0.25 * earth.j3_over_j2 * tilt.sine * (3.0 + 5.0 * tilt.cosine) / divisor;
  return tilt;
}

NearEarth near_earth(const Sgp4Elements& elements, const Sgp4Earth& earth, bool& deep_space) {
  NearEarth result;
  Sgp4Secular& s = result.secular = copied(elements);
  const double theta = std::cos(s.inclination), theta2 = theta * theta, e = s.eccentricity;
  s.mean_motion = brouwer_mean_motion(elements.mean_motion, e, theta, earth);
  const double a = s.semi_major_axis = std::pow(earth.xke / s.mean_motion, 2.0 / 3.0);
  result.perigee_radius = a * (1.0 - e);
  deep_space = sgp4_two_pi / s.mean_motion >= 225.0;
  const Drag drag = drag_of(a, e, result.perigee_radius, earth);
  s.c1 = s.bstar * c2_of(drag, a, s.mean_motion, e, 3.0 * theta2 - 1.0, earth);
  s.t2 = 1.5 * s.c1;
  set_rates(s, a * (1.0 - e * e), theta, earth);
  set_c4_c5(s, drag, a, theta2, earth);
  s.full_drag = !deep_space && result.perigee_radius >= 220.0 / earth.radius + 1.0;
  if (!s.full_drag) return result;
  set_periodic_drag(s, drag, std::sin(s.inclination), earth);
  set_higher_drag(s, drag, a);
  return result;
}

double sidereal_time_of(double days_since_1950, Sgp4Mode mode) {
  double angle = 0.0;
  if (mode == Sgp4Mode::afspc) {  // the operational code counts from 1970
    const double days = days_since_1950 - 7305.0;
    const double whole = std::floor(days + 1e-8), rate = 1.72027916940703639e-2;
    angle = std::fmod(1.7321343856509374 + rate * whole + (rate + sgp4_two_pi) * (days - whole) +
                          days * days * 5.07551419432269442e-15,
                      sgp4_two_pi);
  } else {
    const double t = (days_since_1950 + 2433281.5 - 2451545.0) / 36525.0;
    const double seconds =
        -6.2e-6 * t * t * t + 0.093104 * t * t + (876600.0 * 3600.0 + 8640184.812866) * t + 67310.54841;
    angle = std::fmod(seconds * (sgp4_two_pi / 360.0) / 240.0, sgp4_two_pi);
  }
  return angle < 0.0 ? angle + sgp4_two_pi : angle;
}

}  // namespace orrery::orbital::detail

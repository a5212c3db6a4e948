// Events on a two-body orbit in closed form.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <cmath>
#include <stdexcept>

#include "plugins/orbital/core/anomaly.hpp"
#include "plugins/orbital/core/checks.hpp"
#include "plugins/orbital/core/elements.hpp"
#include "plugins/orbital/core/events.hpp"
#include "plugins/orbital/core/propagate.hpp"
#include "plugins/orbital/core/step_roots.hpp"

namespace orrery::orbital {

namespace {

using Quartic = std::array<double, 5>;
using Quadratic = std::array<double, 3>;

double value(const Quartic& p, double u) { return (((p[4] * u + p[3]) * u + p[2]) * u + p[1]) * u + p[0]; }

Quartic product(const Quadratic& a, const Quadratic& b) {
  Quartic p{};
  for (std::size_t i = 0; i < 3; ++i)
    for (std::size_t j = 0; j < 3; ++j) p[i + j] += a[i] * b[j];
  return p;
}

/// Bernstein coefficients on [-1, 1].
std::vector<double> bernstein(const Quartic& p) {
  // the coefficient of t^j with u = 2 t - 1, then sums of C(i, j)/C(4, j)
  constexpr double binomial[5][5] = {
      {1, 0, 0, 0, 0}, {1, 1, 0, 0, 0}, {1, 2, 1, 0, 0}, {1, 3, 3, 1, 0}, {1, 4, 6, 4, 1}};
  Quartic t{};
  for (std::size_t n = 0; n < 5; ++n)
    for (std::size_t j = 0; j <= n; ++j)
      t[j] += p[n] * binomial[n][j] * std::exp2(static_cast<double>(j)) * ((n - j) % 2 == 0 ? 1.0 : -1.0);
  std::vector<double> c(5, 0.0);
  for (std::size_t i = 0; i < 5; ++i)
    for (std::size_t j = 0; j <= i; ++j) c[i] += t[j] * binomial[i][j] / binomial[4][j];
  return c;
}

/// A place on the conic by u = tan(f/2), or by 1/u beyond the latus rectum.
struct Place {
  double tangent = 0.0;
  bool inverse = false;  ///< tangent is 1/u
  bool rising = false;
};

void add_roots(const Quartic& p, bool inverse, std::vector<Place>& places) {
  isolate_bernstein(bernstein(p), 0.0, 1.0, 0, [&](double low, double high) {
    const auto f = [&](double u) { return value(p, u); };
    const double a = 2.0 * low - 1.0, b = 2.0 * high - 1.0, fa = f(a), fb = f(b);
    if ((fa >= 0.0) == (fb >= 0.0)) return;
    const double root = bracketed_root(f, a, fa, b, fb);
    // 1/u runs the other way, and the factor u^4 has no sign
    places.push_back({root, inverse, (fb >= 0.0) != inverse});
  });
}

class Conic {
 public:
  Conic(const State& start, double mu) : mu_(mu), found_(state_to_elements(start, mu)), orbit_(start, mu) {
    if (found_.rectilinear) throw std::domain_error("events in closed form need an orbit that is not rectilinear");
    const Elements& e = found_.elements;
    q_ = e.periapsis_distance;
    // of a circle the elements count from the node, and the periapsis that rounding has left is of no use
    epoch_ = found_.circular ? time_since_periapsis(e, mu) : found_.time_since_periapsis;
    lambda_ = e.eccentricity.one_minus_e / (1.0 + e.eccentricity.e);
    const double cn = std::cos(e.ascending_node), sn = std::sin(e.ascending_node);
    const double cw = std::cos(e.argument_of_periapsis), sw = std::sin(e.argument_of_periapsis);
    const double ci = std::cos(e.inclination), si = std::sin(e.inclination);
    toward_ = {cn * cw - sn * sw * ci, sn * cw + cn * sw * ci, sw * si};
    along_ = {-cn * sw - sn * cw * ci, -sn * sw + cn * cw * ci, cw * si};
  }

  [[nodiscard]] std::vector<Place> places(const EventQuery& query, const Vec3& sun) const {
    switch (query.kind) {
      case EventKind::apsides:
        return apsides();
      case EventKind::nodes:
        return nodes();
      case EventKind::radius:
        return crossings(query.radius);
      case EventKind::eclipse:
        return edges(query, sun);
    }
    return {};
  }

  /// Time since the epoch of the first passage of a place, on the revolution about the periapsis nearest to the epoch.
  [[nodiscard]] double time_of(const Place& place) const {
    const Eccentricity e = found_.elements.eccentricity;
    const double base = std::sqrt(mu_ / q_) / q_, shrink = std::fabs(e.one_minus_e),
                 root = std::sqrt(std::fabs(lambda_));
    double since = 0.0;
    if (e.is_parabolic()) {
      since = mean_from_parabolic(place.inverse ? 1.0 / place.tangent : place.tangent) * std::sqrt(2.0) / base;
    } else if (e.is_elliptic()) {
      const double anomaly = place.inverse
                                 ? 2.0 * std::copysign(std::atan2(root, std::fabs(place.tangent)), place.tangent)
                                 : 2.0 * std::atan(root * place.tangent);
      since = mean_from_eccentric(anomaly, e) / (base * shrink * std::sqrt(shrink));
    } else {
      const double half = root * (place.inverse ? 1.0 / place.tangent : place.tangent);
      since = mean_from_hyperbolic(2.0 * std::atanh(half), e) / (base * shrink * std::sqrt(shrink));
    }
    return since - epoch_;
  }

  [[nodiscard]] double period() const { return found_.period; }
  [[nodiscard]] State at(double time) const { return orbit_.at(time); }

 private:
  [[nodiscard]] bool closed() const { return found_.elements.eccentricity.is_elliptic(); }
  [[nodiscard]] bool on_orbit(const Place& place) const {
    if (closed()) return true;
    const double u = place.inverse ? 1.0 / place.tangent : place.tangent;
    return std::isfinite(u) && 1.0 + lambda_ * u * u > 0.0;
  }

  [[nodiscard]] std::vector<Place> apsides() const {
    if (found_.circular) return {};
    std::vector<Place> all{{0.0, false, true}};
    if (closed()) all.push_back({0.0, true, false});
    return all;
  }

  /// z = 0 where sin(f + w) = 0.
  [[nodiscard]] std::vector<Place> nodes() const {
    std::vector<Place> all;
    all.reserve(2);
    if (found_.equatorial) return all;
    const double c = std::cos(found_.elements.argument_of_periapsis),
                 s = std::sin(found_.elements.argument_of_periapsis);
    // tan(f/2) of f = -w and of f = pi - w, each in the form that is not larger than one
    const auto add = [&](double cosine, double sine, bool rising) {
      const Place place =
          cosine >= 0.0 ? Place{sine / (1.0 + cosine), false, rising} : Place{sine / (1.0 - cosine), true, rising};
      if (on_orbit(place)) all.push_back(place);
    };
    add(c, -s, true);
    add(-c, s, false);
    return all;
  }

  /// r = q (1 + u^2)/(1 + lambda u^2)
  [[nodiscard]] std::vector<Place> crossings(double radius) const {
    const double above = radius - q_, below = q_ - radius * lambda_;
    if (!(above > 0.0 && below > 0.0)) return {};
    const bool inverse = above > below;
    const double tangent = std::sqrt(inverse ? below / above : above / below);
    return {{tangent, inverse, true}, {-tangent, inverse, false}};
  }

  [[nodiscard]] std::vector<Place> edges(const EventQuery& query, const Vec3& sun) const {
    const double distance = norm(sun);
    require_positive("distance of the Sun", distance);
    require_positive("radius of the shadow's body", query.body_radius);
    const Vec3 s = (1.0 / distance) * sun;
    const double a = dot(s, toward_), b = dot(s, along_), scale = query.body_radius / q_;
    const Quadratic path{1.0, 0.0, 1.0}, ahead{a, 2.0 * b, -a}, denominator{1.0, 0.0, lambda_};
    Quadratic edge{scale, 0.0, scale * lambda_};
    if (query.edge != ShadowEdge::cylinder) {
      const double sign = query.edge == ShadowEdge::umbra ? -1.0 : 1.0;
      const double sine = (query.sun_radius + sign * query.body_radius) / distance,
                   cosine = std::sqrt(1.0 - sine * sine);
      for (std::size_t i = 0; i < 3; ++i) edge[i] = (scale * denominator[i] - sign * sine * ahead[i]) / cosine;
    }
    const Quartic path2 = product(path, path), ahead2 = product(ahead, ahead), edge2 = product(edge, edge);
    Quartic p{}, reversed{};
    for (std::size_t i = 0; i < 5; ++i) p[i] = path2[i] - ahead2[i] - edge2[i];
    std::reverse_copy(p.begin(), p.end(), reversed.begin());
    std::vector<Place> all;
    add_roots(p, false, all);
    add_roots(reversed, true, all);
    const auto at = [](const Quadratic& c, const Place& place) {
      const double u = place.tangent;
      return place.inverse ? (c[0] * u + c[1]) * u + c[2] : (c[2] * u + c[1]) * u + c[0];
    };
    std::erase_if(
        all, [&](const Place& place) { return !on_orbit(place) || at(ahead, place) >= 0.0 || at(edge, place) <= 0.0; });
    return all;
  }

  double mu_;
  ElementsResult found_;
  Orbit orbit_;
  double q_ = 1.0, lambda_ = 1.0, epoch_ = 0.0;
  Vec3 toward_{}, along_{};  // unit vectors towards periapsis and a quarter ahead of it
};

void require_window(double begin, double end) {
  require_finite("begin", begin);
  require_finite("end", end);
  if (begin > end)
    throw std::domain_error("begin must not be later than end; they are " + shortest(begin) + " and " + shortest(end));
}

}  // namespace

std::vector<Event> find_conic_events(const State& start, double mu, double begin, double end, const EventQuery& query,
                                     const Vec3& sun, std::size_t most_events) {
  require_window(begin, end);
  if (query.kind == EventKind::radius) require_positive("radius", query.radius);
  const Conic conic(start, mu);
  const double period = conic.period();
  std::vector<Event> events;
  for (const Place& place : conic.places(query, sun)) {
    const double base = conic.time_of(place);
    const bool once = !std::isfinite(period);
    const double first = once ? 0.0 : std::ceil((begin - base) / period);
    const double last = once ? 0.0 : std::floor((end - base) / period);
    if (last - first + 1.0 + static_cast<double>(events.size()) > static_cast<double>(most_events))
      throw std::domain_error("there would be more than " + std::to_string(most_events) +
                              " events; allow more, or shorten the span");
    // the bounds are rounded: one turn more on either side, and the window decides
    for (double turn = once ? 0.0 : first - 1.0; turn <= (once ? 0.0 : last + 1.0); turn += 1.0)
      if (const double time = once ? base : base + turn * period; time >= begin && time <= end)
        events.push_back({time, place.rising, conic.at(time)});
  }
  std::stable_sort(events.begin(), events.end(), [](const Event& a, const Event& b) { return a.time < b.time; });
  return events;
}

}  // namespace orrery::orbital

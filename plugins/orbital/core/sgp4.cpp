// SGP4 with its deep-space part SDP4: positions and velocities from the mean elements of two-line element sets.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/orbital/core/sgp4.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "plugins/orbital/core/checks.hpp"
#include "plugins/orbital/core/instruction_sets.hpp"
#include "plugins/orbital/core/sgp4_kernel.hpp"
#include "plugins/orbital/core/sgp4_parts.hpp"

namespace orrery::orbital {

namespace {

void require(const Sgp4Elements& e) {
  require_finite("the epoch", e.days_since_1950);
  require_finite("the drag term", e.bstar);
  require_finite("the ascending node", e.ascending_node);
  require_finite("the argument of perigee", e.argument_of_perigee);
  require_finite("the mean anomaly", e.mean_anomaly);
  require_positive("the mean motion", e.mean_motion);
  if (!(e.inclination >= 0.0 && e.inclination <= 0x1.921fb54442d18p+1))
    fail_domain("the inclination", "lie in [0, pi] rad", e.inclination);
  if (!(e.eccentricity >= 0.0 && e.eccentricity < 1.0))
    fail_domain("the eccentricity", "lie in [0, 1)", e.eccentricity);
}

bool in_range(double minutes) { return std::fabs(minutes) <= detail::sgp4_longest; }

constexpr std::size_t block = 64;

/// The widest vectors of this processor; null for none.
detail::Sgp4Wide chosen() noexcept {
  if (detail::has_avx512() && detail::sgp4_avx512()) return detail::sgp4_avx512();
  return detail::has_avx2() ? detail::sgp4_avx2() : nullptr;
}

detail::Sgp4Wide widest() noexcept {
  static const detail::Sgp4Wide wide = chosen();
  return wide;
}

Sgp4Result result_of(const detail::Instants<double>& i) {
  Sgp4Result result;
  result.status = static_cast<Sgp4Status>(static_cast<int>(i.status));
  if (result.status != Sgp4Status::done && result.status != Sgp4Status::decayed) return result;
  std::copy_n(i.position, 3, result.state.position.begin());
  std::copy_n(i.velocity, 3, result.state.velocity.begin());
  return result;
}

}  // namespace

std::string_view name(Sgp4Status status) {
  constexpr std::string_view names[] = {
      "done",    "mean_eccentricity", "mean_motion", "perturbed_eccentricity", "semi_latus_rectum", "sub_orbital",
      "decayed", "time_out_of_range", "not_finite"};
  return names[static_cast<std::size_t>(status)];
}

std::string_view reason(Sgp4Status status) {
  constexpr std::string_view reasons[] = {"done",
                                          "drag has taken the mean eccentricity out of [-0.001, 1)",
                                          "the mean motion is not positive",
                                          "moon and sun have taken the eccentricity out of [0, 1]",
                                          "the semi-latus rectum is negative",
                                          "the perigee at the epoch lies within the earth",
                                          "the satellite has decayed",
                                          "the time is more than 1e8 minutes from the epoch, or not finite",
                                          "the result is no number"};
  return reasons[static_cast<std::size_t>(status)];
}

Sgp4Elements sgp4_elements(const Tle& tle) {
  // The published results were computed from the epoch as one double Julian date. Moon and sun move so far within its
  // rounding, 20 microseconds, that a high orbit would otherwise differ in the seventh decimal of a kilometre.
  constexpr double julian_date_1950 = 2433281.5;
  const double days = (julian_date_1950 + tle.days_since_1950()) - julian_date_1950;
  return {days,
          tle.bstar,
          tle.inclination,
          tle.ascending_node,
          tle.eccentricity,
          tle.argument_of_perigee,
          tle.mean_anomaly,
          tle.mean_motion};
}

Sgp4::Sgp4(const Sgp4Elements& elements, Sgp4Gravity gravity, Sgp4Mode mode)
    : earth_(detail::earth_of(gravity)), mode_(mode) {
  require(elements);
  bool deep = false;
  const detail::NearEarth near = detail::near_earth(elements, earth_, deep);
  secular_ = near.secular;
  tilt_ = detail::tilt_of(elements.inclination, earth_);
  if (near.perigee_radius < 1.0) epoch_status_ = Sgp4Status::sub_orbital;
  if (deep) deep_ = detail::deep_space(elements, earth_, secular_, mode);
}

Sgp4Result Sgp4::near_at(double minutes) const noexcept {
  detail::Osculant<double> o = detail::secular_effects<double>(secular_, tilt_, minutes);
  detail::check_eccentricity(o);
  return result_of(detail::state_of(o, earth_));
}

Sgp4Result Sgp4::deep_at(double minutes, Sgp4Cursor& cursor) const noexcept {
  const detail::Sgp4Secular& s = secular_;
  detail::MeanElements m{s.eccentricity,
                         s.inclination,
                         (s.node + s.node_rate * minutes) + s.node_drag * minutes * minutes,
                         s.perigee + s.perigee_rate * minutes,
                         s.anomaly + s.anomaly_rate * minutes,
                         s.mean_motion};
  detail::add_secular(m, minutes, *deep_, s, cursor);
  if (!(m.mean_motion > 0.0)) return {{}, Sgp4Status::mean_motion};
  const double shrink = 1.0 - s.c1 * minutes;
  detail::Osculant<double> o{};
  o.a = std::pow(earth_.xke / m.mean_motion, 2.0 / 3.0) * shrink * shrink;
  o.n = earth_.xke / std::pow(o.a, 1.5);
  o.e = m.eccentricity - s.bstar * s.c4 * minutes;
  detail::check_eccentricity(o);
  m.eccentricity = o.e;
  const double longitude =
      std::fmod(m.anomaly + s.mean_motion * (s.t2 * minutes * minutes) + m.perigee + m.node, detail::sgp4_two_pi);
  m.node = std::fmod(m.node, detail::sgp4_two_pi);
  m.perigee = std::fmod(m.perigee, detail::sgp4_two_pi);
  m.anomaly = std::fmod(longitude - m.perigee - m.node, detail::sgp4_two_pi);
  detail::add_periodic(m, minutes, *deep_, mode_);
  if (m.inclination < 0.0) {
    m.inclination = -m.inclination;
    m.node += 0.5 * detail::sgp4_two_pi;
    m.perigee -= 0.5 * detail::sgp4_two_pi;
  }
  detail::note<double>(o.status, !(m.eccentricity >= 0.0 && m.eccentricity <= 1.0), Sgp4Status::perturbed_eccentricity);
  const detail::Sgp4Tilt tilt = detail::tilt_of(m.inclination, earth_);
  o = {m.eccentricity, m.perigee, m.node, m.anomaly, o.a, o.n, tilt.sine, tilt.cosine, tilt.ay, tilt.xl, o.status};
  return result_of(detail::state_of(o, earth_));
}

Sgp4Result Sgp4::at(double minutes, Sgp4Cursor& cursor) const noexcept {
  if (!in_range(minutes)) return {{}, Sgp4Status::time_out_of_range};
  return deep_ ? deep_at(minutes, cursor) : near_at(minutes);
}

Sgp4Result Sgp4::at(double minutes) const noexcept {
  Sgp4Cursor cursor;
  return at(minutes, cursor);
}

void Sgp4::at(std::span<const double> minutes, std::span<double> position, std::span<double> velocity,
              std::span<Sgp4Status> status) const {
  require_size("position", position.size(), 3 * minutes.size());
  require_size("velocity", velocity.size(), 3 * minutes.size());
  require_size("status", status.size(), minutes.size());
  Sgp4Cursor cursor;
  const detail::Sgp4Wide wide = deep_ ? nullptr : widest();
  for (std::size_t i = 0; i < minutes.size(); i += block) {
    const std::size_t n = std::min(block, minutes.size() - i);
    const auto t = minutes.subspan(i, n);
    const auto r = position.subspan(3 * i, 3 * n), v = velocity.subspan(3 * i, 3 * n);
    if (wide && std::all_of(t.begin(), t.end(), in_range)) {
      wide_at(wide, t, r, v, status.subspan(i, n));
      continue;
    }
    for (std::size_t k = 0; k < n; ++k) {
      const Sgp4Result result = at(t[k], cursor);
      std::copy_n(result.state.position.begin(), 3, r.data() + 3 * k);
      std::copy_n(result.state.velocity.begin(), 3, v.data() + 3 * k);
      status[i + k] = result.status;
    }
  }
}

void Sgp4::wide_at(detail::Sgp4Wide wide, std::span<const double> minutes, std::span<double> position,
                   std::span<double> velocity, std::span<Sgp4Status> status) const {
  std::array<double, block> codes{};
  wide({secular_, tilt_, earth_}, minutes.data(), minutes.size(), position.data(), velocity.data(), codes.data());
  for (std::size_t k = 0; k < minutes.size(); ++k) {
    status[k] = static_cast<Sgp4Status>(static_cast<int>(codes[k]));
    if (status[k] == Sgp4Status::done || status[k] == Sgp4Status::decayed) continue;
    std::fill_n(position.data() + 3 * k, 3, 0.0);
    std::fill_n(velocity.data() + 3 * k, 3, 0.0);
  }
}

}  // namespace orrery::orbital

// The operation orbital.find_events.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/orbital/ops/find_events_op.hpp"

#include <algorithm>
#include <vector>

#include "plugins/orbital/core/checks.hpp"

namespace orrery::orbital {
namespace {

IntegrationMethod numeric(EventMethod method) {
  switch (method) {
    case EventMethod::dop853:
      return IntegrationMethod::dop853;
    case EventMethod::rk4:
      return IntegrationMethod::rk4;
    case EventMethod::yoshida4:
      return IntegrationMethod::yoshida4;
    case EventMethod::verlet:
      return IntegrationMethod::verlet;
    default:
      return IntegrationMethod::taylor;
  }
}

class Search {
 public:
  explicit Search(sdk::Call<FindEvents>& call)
      : call_(call),
        forces_(call),
        method_(call.in<"method">()),
        kind_(call.in<"events">()),
        step_(method_ == EventMethod::kepler ? 0.0 : step_for(call, numeric(method_))),
        gravity_(call.in<"gravity">()),
        position_(call.in<"position">()),
        velocity_(call.in<"velocity">()) {
    if (kind_ == EventKind::radius && !call.maybe<"radius">())
      throw std::invalid_argument("events = \"radius\" needs 'radius'");
    if (method_ == EventMethod::kepler && !forces_.two_bodies())
      throw std::invalid_argument("method 'kepler' knows no perturbations; choose 'taylor' or another one");
    if (kind_ == EventKind::eclipse) require_eclipse();
  }

  /// Events of one row, in SI units.
  [[nodiscard]] std::vector<Event> operator()(std::int64_t row) const {
    const Vec3 r = vector_of(position_.item(row)), v = vector_of(velocity_.item(row));
    const double mu = gravity_(row), distance = norm(r);
    require_positive("distance from the centre", distance);
    const RowScale scale(distance, mu);
    const State start{scale.length(r), scale.speed(v)};
    const double begin = scale.time(call_.in<"begin">()), end = scale.time(call_.in<"end">());
    std::vector<Event> events = method_ == EventMethod::kepler
                                    ? find_conic_events(start, scale.gravity(mu), begin, end, query(scale),
                                                        scale.length(sun_at_rest()), most_events())
                                    : integrate(start, mu, begin, end, scale);
    std::erase_if(events, [&](const Event& event) { return !wanted(event); });
    if (events.size() > most_events())
      throw std::domain_error("there are more than " + std::to_string(most_events()) + " events");
    for (Event& event : events) {
      event.time = scale.time_back(event.time);
      for (std::size_t i = 0; i < 3; ++i) {
        event.state.position[i] = scale.length_back(event.state.position[i]);
        event.state.velocity[i] = scale.speed_back(event.state.velocity[i]);
      }
    }
    return events;
  }

 private:
  void require_eclipse() const {
    const bool third = call_.maybe<"third_gravity">().has_value(), rest = call_.maybe<"sun_position">().has_value();
    if (third == rest)
      throw std::invalid_argument(
          "events = \"eclipse\" needs 'sun_position', or the Sun among the third bodies, not both");
    if (!call_.maybe<"shadow_radius">() && !call_.maybe<"equatorial_radius">())
      throw std::invalid_argument("events = \"eclipse\" needs 'shadow_radius' or 'equatorial_radius'");
    if (third && call_.in<"sun">() >= call_.maybe<"third_gravity">()->size())
      throw std::invalid_argument("'sun' must be one of the third bodies; it is " + std::to_string(call_.in<"sun">()));
  }

  [[nodiscard]] std::size_t most_events() const { return static_cast<std::size_t>(call_.in<"max_events">()); }

  [[nodiscard]] bool wanted(const Event& event) const {
    const EventDirection direction = call_.in<"direction">();
    return direction == EventDirection::both || (direction == EventDirection::rising) == event.rising;
  }

  [[nodiscard]] Vec3 sun_at_rest() const {
    const auto sun = call_.maybe<"sun_position">();
    return sun ? Vec3{(*sun)(0), (*sun)(1), (*sun)(2)} : Vec3{};
  }

  [[nodiscard]] EventQuery query(const RowScale& scale) const {
    const auto radius = call_.maybe<"shadow_radius">(), equatorial = call_.maybe<"equatorial_radius">();
    return {.kind = kind_,
            .radius = scale.length(call_.maybe<"radius">().value_or(0.0)),
            .edge = call_.in<"edge">(),
            .body_radius = scale.length(radius ? *radius : equatorial.value_or(0.0)),
            .sun_radius = scale.length(call_.in<"sun_radius">())};
  }

  [[nodiscard]] std::vector<Event> integrate(const State& start, double mu, double begin, double end,
                                             const RowScale& scale) const {
    const Satellite satellite(forces_(mu, scale), scale.units());
    const ThirdBody rest = ThirdBody::at_rest(scale.length(sun_at_rest()), 0.0);
    const bool third = kind_ == EventKind::eclipse && call_.maybe<"third_gravity">().has_value();
    const ThirdBody& sun = third ? satellite.forces().third[static_cast<std::size_t>(call_.in<"sun">())] : rest;
    return find_events(satellite, start, begin, end, query(scale), &sun,
                       integration_options(call_, numeric(method_), scale.time(step_)), [this] { call_.poll(0, 0); });
  }

  sdk::Call<FindEvents>& call_;
  ForcesInput<FindEvents> forces_;
  EventMethod method_;
  EventKind kind_;
  double step_;
  sdk::BatchView<const double, 0> gravity_;
  sdk::BatchView<const double, 1> position_, velocity_;
};

void write(const sdk::Call<FindEvents>& call, const std::vector<std::vector<Event>>& rows) {
  std::int64_t n = 0;
  for (const auto& events : rows) n += static_cast<std::int64_t>(events.size());
  const auto row = call.out<"row">(n);
  const auto time = call.out<"time">(n);
  const auto rising = call.out<"rising">(n);
  const auto position = call.out<"position">(n, 3), velocity = call.out<"velocity">(n, 3);
  std::int64_t i = 0;
  for (std::size_t k = 0; k < rows.size(); ++k) {
    for (const Event& event : rows[k]) {
      row(i) = static_cast<std::int64_t>(k);
      time(i) = event.time;
      rising(i) = event.rising;
      put(event.state.position, position.row(i));
      put(event.state.velocity, velocity.row(i));
      ++i;
    }
  }
}

}  // namespace

void FindEvents::run(sdk::Call<FindEvents>& call) {
  const Search search(call);
  const std::int64_t count = rows_of(call.batch());
  const auto counts = call.out<"count">(call.batch());
  std::vector<std::vector<Event>> rows(static_cast<std::size_t>(count));
  const auto find = [&](std::int64_t row) {
    auto& events = rows[static_cast<std::size_t>(row)];
    events = search(row);
    counts(row) = static_cast<std::int64_t>(events.size());
  };
  for_each_row(call, count, 1, call.in<"on_error">(), find, [&](std::int64_t row) { counts(row) = -1; });
  write(call, rows);
}

}  // namespace orrery::orbital

// Events along numerical steps.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/orbital/core/events.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "plugins/orbital/core/checks.hpp"
#include "plugins/orbital/core/step_roots.hpp"

namespace orrery::orbital {

namespace {

/// What changes its sign at an event, and how large its rounding errors are.
class Condition {
 public:
  Condition(const EventQuery& query, const ThirdBody* sun) : query_(query), sun_(sun) {}

  [[nodiscard]] double operator()(double time, const Vec3& r, const Vec3& v) const {
    switch (query_.kind) {
      case EventKind::apsides:
        return r[0] * v[0] + r[1] * v[1] + r[2] * v[2];
      case EventKind::nodes:
        return r[2];
      case EventKind::radius:
        return norm(r) - query_.radius;
      case EventKind::eclipse:
        return outside_shadow(query_.edge, r, sun_->at(time), query_.body_radius, query_.sun_radius);
    }
    return 1.0;
  }

  [[nodiscard]] double noise(const Vec3& r, const Vec3& v) const {
    constexpr double roundings = 0x1p-48;
    const double size = norm(r);
    if (query_.kind == EventKind::apsides) return roundings * size * norm(v);
    return roundings * (query_.kind == EventKind::eclipse ? size * size : size);
  }

 private:
  EventQuery query_;
  const ThirdBody* sun_;
};

/// Collects the events of one direction of time.
class Collector {
 public:
  Collector(const Condition& condition, double begin, double end, double direction, std::vector<Event>& events)
      : condition_(condition), begin_(begin), end_(end), direction_(direction), events_(events) {}

  void look(const StepView& step) {
    const StepPolynomial& p = step.polynomial;
    const auto state = [&](double since) {
      State s;
      p.evaluate(since, s.position.data(), s.velocity.data());
      return s;
    };
    const auto condition = [&](double since) {
      const State s = state(since);
      return condition_(p.begin + since, s.position, s.velocity);
    };
    const State first = state(0.0);
    if (step.steps == 1) positive_ = sign_at_start(condition(0.0), condition(0x1p-20 * p.length));
    roots_.clear();
    positive_ =
        find_step_roots(condition, p.length, positive_, condition_.noise(first.position, first.velocity), roots_);
    for (const StepRoot& root : roots_) {
      const double time = p.begin + (p.begin_rest + root.at);
      if (time >= begin_ && time <= end_) events_.push_back({time, root.rising == (direction_ > 0.0), state(root.at)});
    }
  }

 private:
  /// An event at the very start belongs to the way forward.
  [[nodiscard]] bool sign_at_start(double now, double soon) const {
    if (now != 0.0) return now > 0.0;
    return (soon >= 0.0) == (direction_ < 0.0);
  }

  const Condition& condition_;
  double begin_, end_, direction_;
  bool positive_ = true;
  std::vector<Event>& events_;
  std::vector<StepRoot> roots_;
};

}  // namespace

std::vector<Event> find_events(const Satellite& satellite, const State& start, double begin, double end,
                               const EventQuery& query, const ThirdBody* sun, const IntegrationOptions& options,
                               const std::function<void()>& poll) {
  require_finite("begin", begin);
  require_finite("end", end);
  if (begin > end)
    throw std::domain_error("begin must not be later than end; they are " + shortest(begin) + " and " + shortest(end));
  if (query.kind == EventKind::radius) require_positive("radius", query.radius);
  if (query.kind == EventKind::eclipse) {
    require_positive("radius of the shadow's body", query.body_radius);
    if (!sun) throw std::domain_error("eclipses need a Sun");
    sun->require_time(begin, satellite.units());
    sun->require_time(end, satellite.units());
  }
  const Condition condition(query, sun);
  std::vector<Event> events;
  for (const double direction : {-1.0, 1.0}) {
    const double to = direction < 0.0 ? begin : end;
    if (direction * to <= 0.0) continue;
    Collector collector(condition, begin, end, direction, events);
    std::uint64_t steps = 0;
    march(satellite, start.position, start.velocity, to, options, [&](const StepView& step) {
      if (poll && ++steps % 64 == 0) poll();
      collector.look(step);
      return true;
    });
  }
  std::stable_sort(events.begin(), events.end(), [](const Event& a, const Event& b) { return a.time < b.time; });
  return events;
}

}  // namespace orrery::orbital

// Integrations from step to step.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/orbital/core/march.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <stdexcept>

#include "plugins/orbital/core/checks.hpp"
#include "plugins/orbital/core/double_double.hpp"
#include "plugins/orbital/core/step_roots.hpp"

namespace orrery::orbital {

namespace {

void require_start(const MotionSystem& system, std::span<const double> position, std::span<const double> velocity) {
  require_size("position", position.size(), 3 * system.bodies());
  require_size("velocity", velocity.size(), 3 * system.bodies());
  for (const auto& numbers : {position, velocity})
    for (const double x : numbers)
      if (!std::isfinite(x)) throw std::domain_error("position and velocity must be finite; one is " + shortest(x));
}

class Walk {
 public:
  Walk(const MotionSystem& system, std::span<const double> position, std::span<const double> velocity, double to,
       const IntegrationOptions& options)
      : system_(system),
        options_(options),
        to_(to),
        direction_(to < 0.0 ? -1.0 : 1.0),
        fixed_(has_fixed_step(options.stepper.method)),
        motion_({position.begin(), position.end()}, {velocity.begin(), velocity.end()}),
        stepper_(make_stepper(system, options.stepper, direction_)) {
    const double steps = std::fabs(to) / options.stepper.step;
    if (fixed_ && steps > static_cast<double>(options.most_steps))
      throw std::domain_error("a step of " + system.time_text(options.stepper.step) + " would need " + shortest(steps) +
                              " steps to reach " + system.time_text(to) + "; at most " +
                              std::to_string(options.most_steps) + " are allowed");
    dark_ = is_dark();
  }

  IntegrationReport run(const StepVisitor& visit) {
    while (direction_ * ((to_ - motion_.time) - motion_.time_rest) > 0.0) {
      if (report_.steps == options_.most_steps) fail_steps();
      if (fixed_) dark_ = is_dark();
      const double end = find_step();
      ++report_.steps;
      note(end - motion_.time);
      if (visit && !visit({stepper_->polynomial(motion_), motion_, end, report_.steps, stepper_->rejected()})) break;
      stepper_->advance(motion_);
      require_finite_motion();
      if (!fixed_ && end == break_) motion_.time = end, motion_.time_rest = 0.0;
      if (edge_) dark_ = !dark_;
    }
    report_.rejected = stepper_->rejected();
    return report_;
  }

 private:
  [[nodiscard]] bool is_dark() const {
    return system_.has_sharp_shadow() && system_.light(motion_.time, motion_.position.data()) < 0.0;
  }

  /// Up to the next time that counts, or to the edge of a shadow. @returns when the step ends
  double find_step() {
    edge_ = false;
    if (fixed_) {
      // the very number that the time becomes, lest a sample fall between two roundings of it
      const double length = stepper_->attempt(motion_, 0.0, dark_);
      return two_prod(static_cast<double>(report_.steps + 1), length).hi;
    }
    break_ = system_.next_break(motion_.time, direction_);
    if (direction_ * (break_ - to_) > 0.0) break_ = to_;
    const double limit = (break_ - motion_.time) - motion_.time_rest;
    double length = stepper_->attempt(motion_, limit, dark_);
    if (system_.has_sharp_shadow()) {
      double edge = length_to_edge(length);
      if (std::fabs(edge) <= 0x1p-40 * std::fabs(length)) {  // the edge that the last step ended at
        dark_ = !dark_;
        length = stepper_->attempt(motion_, limit, dark_);
        edge = length_to_edge(length);
      }
      // a shortened step may still be refused by the error control, and then ends before the edge
      if (edge != length) {
        length = stepper_->attempt(motion_, edge, dark_);
        edge_ = length == edge;
      }
    }
    return length == limit ? break_ : motion_.time + (motion_.time_rest + length);
  }

  /// Where along the step the light changes; its whole length if it does not.
  double length_to_edge(double length) {
    const StepPolynomial& polynomial = stepper_->polynomial(motion_);
    std::vector<double> position(polynomial.coordinates);
    const auto light = [&](double since) {
      polynomial.evaluate(since, position.data(), nullptr);
      return system_.light(motion_.time + since, position.data());
    };
    const double size = system_.scale(motion_.position.data(), 0);
    std::vector<StepRoot> roots;
    find_step_roots(light, length, !dark_, 0x1p-46 * size * size, roots);
    return roots.empty() ? length : roots.front().at;
  }

  void note(double length) {
    const double size = std::fabs(length);
    report_.shortest = report_.steps == 1 ? size : std::min(report_.shortest, size);
    report_.longest = std::max(report_.longest, size);
  }

  void require_finite_motion() const {
    for (const auto* numbers : {&motion_.position, &motion_.velocity})
      for (const double x : *numbers)
        if (!std::isfinite(x))
          throw std::domain_error("the motion leaves the range of doubles at time " + system_.time_text(motion_.time));
  }

  [[noreturn]] void fail_steps() const {
    throw std::domain_error(std::to_string(options_.most_steps) + " steps have come to time " +
                            system_.time_text(motion_.time) + " only, of " + system_.time_text(to_) +
                            "; allow more steps, or a shorter span");
  }

  const MotionSystem& system_;
  const IntegrationOptions& options_;
  double to_, direction_;
  bool fixed_, dark_ = false, edge_ = false;
  Motion motion_;
  std::unique_ptr<Stepper> stepper_;
  IntegrationReport report_;
  double break_ = 0.0;
};

}  // namespace

void IntegrationReport::merge(const IntegrationReport& other) {
  if (other.steps == 0) return;
  shortest = steps == 0 ? other.shortest : std::min(shortest, other.shortest);
  longest = std::max(longest, other.longest);
  steps += other.steps;
  rejected += other.rejected;
}

IntegrationReport march(const MotionSystem& system, std::span<const double> position, std::span<const double> velocity,
                        double to, const IntegrationOptions& options, const StepVisitor& visit) {
  require_start(system, position, velocity);
  require_finite("time", to);
  system.require_time(0.0);
  system.require_time(to);
  return Walk(system, position, velocity, to, options).run(visit);
}

IntegrationReport sample(const MotionSystem& system, std::span<const double> position, std::span<const double> velocity,
                         std::span<const double> times, const IntegrationOptions& options, const SampleSink& sink,
                         const StepVisitor& visit) {
  for (const double time : times) require_finite("time", time);
  std::vector<std::size_t> order(times.size());
  std::iota(order.begin(), order.end(), 0);
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return std::fabs(times[a]) < std::fabs(times[b]); });
  std::vector<double> x(position.size()), v(position.size());
  IntegrationReport report;
  for (const double direction : {1.0, -1.0}) {
    double last = 0.0;
    for (const double time : times) last = direction * time > direction * last ? time : last;
    auto next = order.begin();
    const auto skip = [&] {
      while (next != order.end() && !(direction * times[*next] > 0.0 || (direction > 0.0 && times[*next] == 0.0)))
        ++next;
      return next != order.end();
    };
    for (; skip() && times[*next] == 0.0; ++next) sink(*next, position.data(), velocity.data());
    report.merge(march(system, position, velocity, last, options, [&](const StepView& step) {
      for (; skip() && direction * (times[*next] - step.end) <= 0.0; ++next) {
        step.polynomial.evaluate(step.polynomial.since_begin(times[*next]), x.data(), v.data());
        sink(*next, x.data(), v.data());
      }
      return !visit || visit(step);
    }));
  }
  return report;
}

}  // namespace orrery::orbital

// Hands orbits to the lanes of the vector kernel, and takes samples out of its steps.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/orbital/core/two_body_batch.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <memory>

#include "plugins/orbital/core/checks.hpp"
#include "plugins/orbital/core/instruction_sets.hpp"
#include "plugins/orbital/core/two_body_steps.hpp"

namespace orrery::orbital {

namespace {

using detail::TwoBodySteps;
constexpr double never = std::numeric_limits<double>::infinity();
constexpr std::size_t no_job = std::numeric_limits<std::size_t>::max();

/// A job in one direction of time, which the kernel sees run forward.
struct Leg {
  std::size_t job = no_job;
  double direction = 1.0;
  std::vector<std::size_t> order;  // indices of its times, from the nearest to the farthest
  std::size_t next = 0;
};

class Batch {
 public:
  Batch(std::span<const TwoBodyJob> jobs, const TwoBodyBatch& batch, VectorSet set)
      : jobs_(jobs), batch_(batch), set_(set), results_(jobs.size()), steps_(std::make_unique<TwoBodySteps>()) {
    *steps_ = {};
    steps_->context = this;
    steps_->sample = [](TwoBodySteps& steps) { static_cast<Batch*>(steps.context)->take_samples(); };
  }

  std::vector<TwoBodyResult> run() {
    for (std::size_t lane = 0; lane < TwoBodySteps::lanes; ++lane) refill(lane);
    while (busy()) {
      steps_->budget = 1024;
      run_kernel();
      if (batch_.poll) batch_.poll();
      for (std::size_t lane = 0; lane < TwoBodySteps::lanes; ++lane) settle(lane);
    }
    return std::move(results_);
  }

 private:
  void run_kernel() {
    if (set_ == VectorSet::avx512) return detail::run_two_body_avx512(*steps_);
    if (set_ == VectorSet::avx2) return detail::run_two_body_avx2(*steps_);
    detail::run_two_body_baseline(*steps_);
  }

  [[nodiscard]] bool busy() const {
    return std::any_of(legs_.begin(), legs_.end(), [](const Leg& leg) { return leg.job != no_job; });
  }

  [[nodiscard]] Leg make_leg(std::size_t job, double direction) const {
    Leg leg{job, direction, {}, 0};
    const auto& times = jobs_[job].times;
    for (std::size_t i = 0; i < times.size(); ++i)
      if (direction * times[i] > 0.0) leg.order.push_back(i);
    std::stable_sort(leg.order.begin(), leg.order.end(),
                     [&](std::size_t a, std::size_t b) { return std::fabs(times[a]) < std::fabs(times[b]); });
    return leg;
  }

  /// The next leg that has something to do; times of zero are served at once.
  Leg next_leg() {
    for (; next_job_ < jobs_.size(); ++next_job_, backward_ = false) {
      const TwoBodyJob& job = jobs_[next_job_];
      if (!backward_) {
        backward_ = true;
        for (std::size_t i = 0; i < job.times.size(); ++i)
          if (job.times[i] == 0.0) batch_.sample(next_job_, i, job.start);
        if (Leg leg = make_leg(next_job_, 1.0); !leg.order.empty()) return leg;
      }
      if (Leg leg = make_leg(next_job_, -1.0); !leg.order.empty()) {
        ++next_job_;
        backward_ = false;
        return leg;
      }
    }
    return {};
  }

  void refill(std::size_t lane) {
    legs_[lane] = next_leg();
    const Leg& leg = legs_[lane];
    const bool idle = leg.job == no_job;
    const State start = idle ? State{{1.0, 0.0, 0.0}, {}} : jobs_[leg.job].start;
    for (std::size_t i = 0; i < 3; ++i) {
      steps_->position[i][lane] = start.position[i];
      steps_->velocity[i][lane] = leg.direction * start.velocity[i];
      steps_->position_rest[i][lane] = steps_->velocity_rest[i][lane] = 0.0;
    }
    steps_->time[lane] = steps_->time_rest[lane] = steps_->first_step[lane] = 0.0;
    steps_->gravity[lane] = idle ? 1.0 : jobs_[leg.job].gravity;
    steps_->target[lane] = idle ? 0.0 : std::fabs(jobs_[leg.job].times[leg.order.back()]);
    steps_->taken[lane] = 0;
    steps_->failed[lane] = false;
    aim(lane);
  }

  void aim(std::size_t lane) {
    const Leg& leg = legs_[lane];
    const bool none = leg.job == no_job || leg.next == leg.order.size();
    steps_->next_sample[lane] = none ? never : std::fabs(jobs_[leg.job].times[leg.order[leg.next]]);
    if (batch_.visit && leg.job != no_job) steps_->next_sample[lane] = -never;
  }

  /// Ends a lane that is through, has failed, or has made too many steps.
  void settle(std::size_t lane) {
    const Leg& leg = legs_[lane];
    if (leg.job == no_job) return;
    const bool through = steps_->time[lane] >= steps_->target[lane];
    const bool too_many = steps_->taken[lane] > batch_.most_steps;
    if (!through && !too_many && !steps_->failed[lane]) return;
    TwoBodyResult& result = results_[leg.job];
    result.steps += steps_->taken[lane];
    if (too_many) result.error = too_many_steps(lane);
    else if (steps_->failed[lane]) result.error = encounter(lane);
    refill(lane);
  }

  [[nodiscard]] std::string time_text(std::size_t lane, double time) const {
    const Units& units = jobs_[legs_[lane].job].units;
    return shortest(legs_[lane].direction * time * units.time) + units.time_name;
  }
  [[nodiscard]] std::string encounter(std::size_t lane) const {
    const Units& units = jobs_[legs_[lane].job].units;
    const double distance = norm({steps_->position[0][lane], steps_->position[1][lane], steps_->position[2][lane]});
    return "close encounter or collision at time " + time_text(lane, steps_->time[lane]) + ": the body is " +
           shortest(distance * units.length) + units.length_name +
           " from the centre; a step there is too short for the time to advance";
  }
  [[nodiscard]] std::string too_many_steps(std::size_t lane) const {
    return std::to_string(batch_.most_steps) + " steps do not reach time " + time_text(lane, steps_->target[lane]) +
           "; allow more steps, or a shorter span";
  }

  void take_samples() {
    for (std::size_t lane = 0; lane < TwoBodySteps::lanes; ++lane) {
      Leg& leg = legs_[lane];
      if (leg.job == no_job || steps_->time[lane] >= steps_->target[lane]) continue;
      if (batch_.visit)
        batch_.visit({leg.job, steps_->taken[lane] + 1, leg.direction * steps_->time[lane],
                      leg.direction * steps_->length[lane], state_after(lane, 0.0)});
      const auto& times = jobs_[leg.job].times;
      for (; leg.next < leg.order.size(); ++leg.next) {
        const double since = (std::fabs(times[leg.order[leg.next]]) - steps_->time[lane]) - steps_->time_rest[lane];
        if (!(since <= steps_->length[lane])) break;
        batch_.sample(leg.job, leg.order[leg.next], state_after(lane, since));
      }
      aim(lane);
    }
  }

  [[nodiscard]] State state_after(std::size_t lane, double since) const {
    const double s = since / steps_->unit[lane], turn = legs_[lane].direction / steps_->unit[lane];
    State state;
    for (std::size_t i = 0; i < 3; ++i) {
      double x = 0.0, v = 0.0;
      for (std::size_t n = TwoBodySteps::order; n >= 1; --n) {
        x = (x + steps_->series[i][n][lane]) * s;
        v = (v + steps_->rates[i][n][lane]) * s;
      }
      state.position[i] = steps_->series[i][0][lane] + x;
      state.velocity[i] = turn * (steps_->rates[i][0][lane] + v);
    }
    return state;
  }

  std::span<const TwoBodyJob> jobs_;
  const TwoBodyBatch& batch_;
  VectorSet set_;
  std::vector<TwoBodyResult> results_;
  std::unique_ptr<TwoBodySteps> steps_;
  std::array<Leg, TwoBodySteps::lanes> legs_;
  std::size_t next_job_ = 0;
  bool backward_ = false;
};

}  // namespace

VectorSet widest_vector_set() {
  if (detail::has_avx512()) return VectorSet::avx512;
  return detail::has_avx2() ? VectorSet::avx2 : VectorSet::baseline;
}

std::vector<TwoBodyResult> integrate_two_bodies(std::span<const TwoBodyJob> jobs, const TwoBodyBatch& batch,
                                                VectorSet set) {
  return Batch(jobs, batch, set).run();
}

}  // namespace orrery::orbital

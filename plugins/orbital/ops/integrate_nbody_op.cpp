// The operation orbital.integrate_nbody.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/orbital/ops/integrate_nbody_op.hpp"

#include "plugins/orbital/core/checks.hpp"
#include "plugins/orbital/core/nbody.hpp"

namespace orrery::orbital {
namespace {

constexpr std::uint64_t steps_between_polls = 64;

Vec3 difference(const Vec3& a, const Vec3& b) { return a - b; }
/// A drift counts as none where nothing moves.
double over(double drift, double size) { return size > 0.0 ? drift / size : drift; }

struct Drifts {
  double energy, momentum, angular_momentum;
};
Drifts drifts(const NBody::Conserved& now, const NBody::Conserved& start) {
  return {over(now.energy() - start.energy(), start.kinetic - start.potential),
          over(norm(difference(now.momentum, start.momentum)), start.momentum_size),
          over(norm(difference(now.angular_momentum, start.angular_momentum)), start.angular_size)};
}

class Rows {
 public:
  explicit Rows(sdk::Call<IntegrateNbody>& call)
      : call_(call),
        gravity_(call.maybe<"gravity">()),
        masses_(call.maybe<"masses">()),
        method_(call.in<"method">()),
        step_(step_for(call, method_)),
        start_(call.in<"position">()),
        speed_(call.in<"velocity">()),
        times_(call.in<"times">()),
        k_(start_.extent(0)),
        position_(call.out<"position">(call.batch(), times_.size(), k_, 3)),
        velocity_(call.out<"velocity">(call.batch(), times_.size(), k_, 3)),
        energy_(call.out<"energy">(call.batch(), times_.size())),
        energy_drift_(call.out<"energy_drift">(call.batch(), times_.size())),
        momentum_drift_(call.out<"momentum_drift">(call.batch(), times_.size())),
        angular_drift_(call.out<"angular_momentum_drift">(call.batch(), times_.size())),
        steps_(call.out<"steps">(call.batch())),
        rejected_(call.out<"rejected">(call.batch())) {
    if (gravity_.has_value() == masses_.has_value())
      throw std::invalid_argument(gravity_ ? "give 'gravity' or 'masses', not both"
                                           : "one of 'gravity' and 'masses' is needed");
  }

  void compute(std::int64_t row) const {
    std::vector<double> gravity = weights(row), x, v, times;
    const RowScale scale = scale_of(row, gravity);
    for (double& g : gravity) g = scale.gravity(g);
    for (const double a : start_.item(row).span()) x.push_back(scale.length(a));
    for (const double a : speed_.item(row).span()) v.push_back(scale.speed(a));
    for (const double t : times_) times.push_back(scale.time(t));
    const NBody system(std::move(gravity), scale.length(call_.in<"softening">()), scale.units());
    const auto start = system.conserved(x.data(), v.data());
    const auto put_sample = [&](std::size_t i, const double* at, const double* rate) {
      store(row, static_cast<std::int64_t>(i), at, rate, system, start, scale);
    };
    const auto report = sample(system, x, v, times, integration_options(call_, method_, scale.time(step_)), put_sample,
                               [&](const StepView& step) { return watch(step, system, start, scale, row); });
    steps_(row) = static_cast<std::int64_t>(report.steps);
    rejected_(row) = static_cast<std::int64_t>(report.rejected);
  }

  void spoil(std::int64_t row) const {
    for (const auto& output : {position_, velocity_}) {
      const auto all = output.item(row).span();
      std::fill(all.begin(), all.end(), not_a_number);
    }
    for (const auto& output : {energy_, energy_drift_, momentum_drift_, angular_drift_}) {
      const auto all = output.item(row).span();
      std::fill(all.begin(), all.end(), not_a_number);
    }
    steps_(row) = rejected_(row) = 0;
  }

 private:
  [[nodiscard]] std::vector<double> weights(std::int64_t row) const {
    const auto given = (gravity_ ? *gravity_ : *masses_).item(row);
    const double factor = gravity_ ? 1.0 : call_.in<"gravitational_constant">();
    std::vector<double> weights;
    for (const double m : given.span()) weights.push_back(factor * m);
    return weights;
  }

  [[nodiscard]] RowScale scale_of(std::int64_t row, const std::vector<double>& gravity) const {
    double distance = 0.0, weight = 0.0;
    for (const double x : start_.item(row).span()) distance = std::max(distance, std::fabs(x));
    for (const double g : gravity) weight = std::max(weight, g);
    return {distance > 0.0 ? distance : 1.0, weight > 0.0 ? weight : 1.0};
  }

  bool watch(const StepView& step, const NBody& system, const NBody::Conserved& start, const RowScale& scale,
             std::int64_t row) const {
    if (step.steps % steps_between_polls == 0) call_.poll(0, 0);
    const auto index = row * (std::int64_t{1} << 32) + static_cast<std::int64_t>(step.steps);
    if (call_.wants<"step_size">()) call_.tap<"step_size">(index, scale.time_back(step.polynomial.length));
    if (call_.wants<"rejected_steps">()) call_.tap<"rejected_steps">(index, static_cast<std::int64_t>(step.rejected));
    if (call_.wants<"energy_drift">()) {
      const auto now = system.conserved(step.before.position.data(), step.before.velocity.data());
      call_.tap<"energy_drift">(index, drifts(now, start).energy);
    }
    return true;
  }

  void store(std::int64_t row, std::int64_t i, const double* x, const double* v, const NBody& system,
             const NBody::Conserved& start, const RowScale& scale) const {
    const auto to = position_.item(row).row(i), rate = velocity_.item(row).row(i);
    for (std::size_t c = 0; c < to.size(); ++c) to[c] = scale.length_back(x[c]), rate[c] = scale.speed_back(v[c]);
    const auto now = system.conserved(x, v);
    const auto speed = [&](double a) { return scale.speed_back(scale.speed_back(a)); };
    energy_.item(row)(i) = scale.length_back(speed(speed(now.energy())));
    const Drifts drift = drifts(now, start);
    energy_drift_.item(row)(i) = drift.energy;
    momentum_drift_.item(row)(i) = drift.momentum;
    angular_drift_.item(row)(i) = drift.angular_momentum;
  }

  sdk::Call<IntegrateNbody>& call_;
  std::optional<sdk::BatchView<const double, 1>> gravity_, masses_;
  IntegrationMethod method_;
  double step_;
  sdk::BatchView<const double, 2> start_, speed_;
  sdk::View<const double, 1> times_;
  std::int64_t k_;
  sdk::BatchView<double, 3> position_, velocity_;
  sdk::BatchView<double, 1> energy_, energy_drift_, momentum_drift_, angular_drift_;
  sdk::BatchView<std::int64_t, 0> steps_, rejected_;
};

}  // namespace

void IntegrateNbody::run(sdk::Call<IntegrateNbody>& call) {
  const Rows rows(call);
  for_each_row(
      call, rows_of(call.batch()), 1, call.in<"on_error">(), [&](std::int64_t row) { rows.compute(row); },
      [&](std::int64_t row) { rows.spoil(row); });
}

}  // namespace orrery::orbital

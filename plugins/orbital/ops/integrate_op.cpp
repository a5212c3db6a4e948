// The operation orbital.integrate.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/orbital/ops/integrate_op.hpp"

#include "plugins/orbital/core/checks.hpp"
#include "plugins/orbital/core/two_body_batch.hpp"

namespace orrery::orbital {
namespace {

constexpr std::uint64_t steps_between_polls = 64;

class Rows {
 public:
  explicit Rows(sdk::Call<Integrate>& call)
      : call_(call),
        forces_(call),
        method_(call.in<"method">()),
        step_(step_for(call, method_)),
        gravity_(call.in<"gravity">()),
        start_(call.in<"position">()),
        speed_(call.in<"velocity">()),
        times_(call.in<"times">()),
        position_(call.out<"position">(call.batch(), times_.size(), 3)),
        velocity_(call.out<"velocity">(call.batch(), times_.size(), 3)),
        energy_(call.out<"energy">(call.batch(), times_.size())),
        steps_(call.out<"steps">(call.batch())),
        rejected_(call.out<"rejected">(call.batch())) {}

  void compute(std::int64_t row) const {
    const Vec3 r = vector_of(start_.item(row)), v = vector_of(speed_.item(row));
    const double mu = gravity_(row), distance = norm(r);
    require_positive("distance from the centre", distance);
    const RowScale scale(distance, mu);
    const Satellite satellite(forces_(mu, scale), scale.units());
    std::vector<double> times;
    for (const double t : times_) times.push_back(scale.time(t));
    const Vec3 x0 = scale.length(r), v0 = scale.speed(v);
    const auto put_sample = [&](std::size_t i, const double* x, const double* w) {
      store(row, static_cast<std::int64_t>(i), {x[0], x[1], x[2]}, {w[0], w[1], w[2]}, satellite, scale);
    };
    const Watch watch{call_, satellite, scale, satellite.energy(x0, v0), row};
    const auto report = sample(satellite, x0, v0, times, integration_options(call_, method_, scale.time(step_)),
                               put_sample, [&](const StepView& step) { return watch(step); });
    steps_(row) = static_cast<std::int64_t>(report.steps);
    rejected_(row) = static_cast<std::int64_t>(report.rejected);
  }

  /// Whether the rows are two-body orbits that the vector kernel takes.
  [[nodiscard]] bool plain() const {
    return forces_.two_bodies() && method_ == IntegrationMethod::taylor && !call_.maybe<"tolerance">();
  }

  /// Rows [begin, end) by the vector kernel; what it gives for one does not depend on the others.
  void compute_plain(std::int64_t begin, std::int64_t end, ports::OnError on_error) const {
    std::vector<TwoBodyJob> jobs;
    std::vector<RowScale> scales;
    for (std::int64_t row = begin; row < end; ++row) {
      const Vec3 r = vector_of(start_.item(row));
      // a body at the centre is left to the kernel, which refuses it with the others that collide
      scales.emplace_back(norm(r) > 0.0 ? norm(r) : 1.0, gravity_(row));
      const RowScale& scale = scales.back();
      TwoBodyJob job{
          {scale.length(r), scale.speed(vector_of(speed_.item(row)))}, scale.gravity(gravity_(row)), {}, scale.units()};
      for (const double t : times_) job.times.push_back(scale.time(t));
      jobs.push_back(std::move(job));
    }
    const auto results = integrate_two_bodies(jobs, plain_batch(begin, jobs, scales));
    for (std::size_t i = 0; i < results.size(); ++i) finish(begin + static_cast<std::int64_t>(i), results[i], on_error);
  }

  void spoil(std::int64_t row) const {
    for (const auto& output : {position_, velocity_}) {
      const auto all = output.item(row).span();
      std::fill(all.begin(), all.end(), not_a_number);
    }
    const auto all = energy_.item(row).span();
    std::fill(all.begin(), all.end(), not_a_number);
    steps_(row) = rejected_(row) = 0;
  }

 private:
  [[nodiscard]] TwoBodyBatch plain_batch(std::int64_t begin, const std::vector<TwoBodyJob>& jobs,
                                         const std::vector<RowScale>& scales) const {
    TwoBodyBatch batch{.poll = [this] { call_.poll(0, 0); },
                       .most_steps = static_cast<std::uint64_t>(call_.in<"max_steps">())};
    batch.sample = [this, begin, &jobs, &scales](std::size_t job, std::size_t i, const State& s) {
      const Satellite satellite({.gravity = jobs[job].gravity});
      store(begin + static_cast<std::int64_t>(job), static_cast<std::int64_t>(i), s.position, s.velocity, satellite,
            scales[job]);
    };
    if (!call_.wants<"step_size">() && !call_.wants<"energy_drift">() && !call_.wants<"rejected_steps">()) return batch;
    batch.visit = [this, begin, &jobs, &scales](const TwoBodyStep& step) {
      const std::int64_t row = begin + static_cast<std::int64_t>(step.job);
      const auto index = row * (std::int64_t{1} << 32) + static_cast<std::int64_t>(step.number);
      const Satellite satellite({.gravity = jobs[step.job].gravity});
      const State& start = jobs[step.job].start;
      const double energy = satellite.energy(start.position, start.velocity);
      call_.tap<"step_size">(index, scales[step.job].time_back(step.length));
      call_.tap<"rejected_steps">(index, std::int64_t{0});
      call_.tap<"energy_drift">(
          index, (satellite.energy(step.before.position, step.before.velocity) - energy) / std::fabs(energy));
    };
    return batch;
  }

  void finish(std::int64_t row, const TwoBodyResult& result, ports::OnError on_error) const {
    steps_(row) = static_cast<std::int64_t>(result.steps);
    rejected_(row) = 0;
    if (result.error.empty()) return;
    if (on_error == ports::OnError::fail)
      throw std::domain_error((rows_of(call_.batch()) > 1 ? "row " + std::to_string(row) + ": " : "") + result.error);
    spoil(row);
  }

  /// Shows steps to whoever listens, and asks now and then whether to stop.
  struct Watch {
    sdk::Call<Integrate>& call;
    const Satellite& satellite;
    const RowScale& scale;
    double energy;
    std::int64_t row;

    bool operator()(const StepView& step) const {
      if (step.steps % steps_between_polls == 0) call.poll(0, 0);
      const auto index = row * (std::int64_t{1} << 32) + static_cast<std::int64_t>(step.steps);
      if (call.wants<"step_size">()) call.tap<"step_size">(index, scale.time_back(step.polynomial.length));
      if (call.wants<"rejected_steps">()) call.tap<"rejected_steps">(index, static_cast<std::int64_t>(step.rejected));
      if (call.wants<"energy_drift">()) {
        const auto &x = step.before.position, &v = step.before.velocity;
        const double now = satellite.energy({x[0], x[1], x[2]}, {v[0], v[1], v[2]});
        call.tap<"energy_drift">(index, (now - energy) / std::fabs(energy));
      }
      return true;
    }
  };

  void store(std::int64_t row, std::int64_t i, const Vec3& x, const Vec3& v, const Satellite& satellite,
             const RowScale& scale) const {
    const auto length = [&](double a) { return scale.length_back(a); };
    const auto speed = [&](double a) { return scale.speed_back(a); };
    put({length(x[0]), length(x[1]), length(x[2])}, position_.item(row).row(i));
    put({speed(v[0]), speed(v[1]), speed(v[2])}, velocity_.item(row).row(i));
    energy_.item(row)(i) = speed(speed(satellite.energy(x, v)));
  }

  sdk::Call<Integrate>& call_;
  ForcesInput<Integrate> forces_;
  IntegrationMethod method_;
  double step_;
  sdk::BatchView<const double, 0> gravity_;
  sdk::BatchView<const double, 1> start_, speed_;
  sdk::View<const double, 1> times_;
  sdk::BatchView<double, 2> position_, velocity_;
  sdk::BatchView<double, 1> energy_;
  sdk::BatchView<std::int64_t, 0> steps_, rejected_;
};

}  // namespace

void Integrate::run(sdk::Call<Integrate>& call) {
  const Rows rows(call);
  const std::int64_t count = rows_of(call.batch());
  const ports::OnError on_error = call.in<"on_error">();
  if (rows.plain()) {
    constexpr std::uint64_t rows_at_once = 64;
    call.parallel_for(static_cast<std::uint64_t>(count), rows_at_once, [&](std::uint64_t begin, std::uint64_t end) {
      rows.compute_plain(static_cast<std::int64_t>(begin), static_cast<std::int64_t>(end), on_error);
    });
    return;
  }
  for_each_row(
      call, count, 1, on_error, [&](std::int64_t row) { rows.compute(row); },
      [&](std::int64_t row) { rows.spoil(row); });
}

}  // namespace orrery::orbital

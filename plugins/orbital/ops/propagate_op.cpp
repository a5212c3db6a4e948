// The operations orbital.propagate and propagate_state.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/orbital/ops/propagate_op.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include "plugins/orbital/core/checks.hpp"
#include "plugins/orbital/core/dynamics.hpp"
#include "plugins/orbital/core/propagate.hpp"
#include "plugins/orbital/ops/rows.hpp"

namespace orrery::orbital {
namespace {

/// -mu r/|r|^3, without overflow or underflow of |r|^3.
Vec3 attraction(const Vec3& position, double mu) {
  const double r = norm(position);
  return (-(mu / r) / r) * ((1.0 / r) * position);
}

/// Rows of instants, m to each item of the batch.
template <class Op>
class Ephemerides {
 public:
  Ephemerides(sdk::Call<Op>& call, sdk::Shape batch, std::int64_t m)
      : call_(call),
        position_(call.template out<"position">(batch, m, 3)),
        velocity_(call.template out<"velocity">(batch, m, 3)),
        acceleration_(call.template out<"acceleration">(batch, m, 3)),
        m_(m) {}

  void fill(std::int64_t item, std::int64_t i, const PropagationResult& result, double mu, double time,
            ports::OnError on_error) {
    const bool done = result.status == PropagationStatus::done;
    if (!done && on_error == ports::OnError::fail)
      throw std::domain_error("orbit " + std::to_string(item) + " at time " + shortest(time) +
                              " s: " + std::string(reason(result.status)));
    const Vec3 none{not_a_number, not_a_number, not_a_number};
    put(done ? result.state.position : none, position_.item(item).row(i));
    put(done ? result.state.velocity : none, velocity_.item(item).row(i));
    put(done ? attraction(result.state.position, mu) : none, acceleration_.item(item).row(i));
    call_.template tap<"kepler_iterations">(item * m_ + i, std::int64_t{result.iterations});
  }
  void fill_none(std::int64_t item) {
    for (const auto& output : {position_, velocity_, acceleration_}) {
      const auto all = output.item(item).span();
      std::fill(all.begin(), all.end(), not_a_number);
    }
  }

 private:
  sdk::Call<Op>& call_;
  sdk::BatchView<double, 2> position_, velocity_, acceleration_;
  std::int64_t m_;
};

/// The instants of one orbit.
class Instants {
 public:
  explicit Instants(sdk::Call<Propagate>& call)
      : times_(call.maybe<"times">()),
        span_(call.maybe<"span">()),
        samples_(call.in<"samples">()),
        reach_(call.in<"reach">()) {
    if (times_ && span_) throw std::invalid_argument("give 'times' or 'span', not both");
  }
  std::int64_t count() const { return times_ ? times_->size() : samples_; }

  void fill(std::int64_t item, const Elements& elements, double mu, std::span<double> times) const {
    if (times_) return void(std::copy(times_->begin(), times_->end(), times.begin()));
    if (span_) return spread(0.0, (*span_)(item), true, times);
    if (elements.eccentricity.is_elliptic())
      return spread(0.0, orbital_period(mu, semi_major_axis(elements)), false, times);
    const double epoch = time_since_periapsis(elements, mu), reached = time_to_reach(elements, mu, reach_);
    spread(-reached - epoch, reached - epoch, true, times);
  }

 private:
  static void spread(double from, double to, bool with_end, std::span<double> times) {
    const auto n = static_cast<double>(times.size());
    const double parts = with_end ? std::max(n - 1.0, 1.0) : n;
    for (std::size_t i = 0; i < times.size(); ++i) times[i] = from + (to - from) * (static_cast<double>(i) / parts);
  }

  std::optional<sdk::View<const double, 1>> times_;
  std::optional<sdk::BatchView<const double, 0>> span_;
  std::int64_t samples_;
  double reach_;
};

/// Fills all instants of one orbit, on all threads.
template <class Op, class Ephemerides>
void follow(sdk::Call<Op>& call, Ephemerides& ephemerides, std::int64_t item, const Orbit& orbit, double mu,
            std::span<const double> times, ports::OnError on_error) {
  constexpr std::uint64_t instants_at_once = 4096;
  call.parallel_for(times.size(), instants_at_once, [&](std::uint64_t begin, std::uint64_t end) {
    call.poll(begin, times.size());
    std::array<PropagationResult, 64> there;
    for (std::uint64_t from = begin; from < end; from += there.size()) {
      const std::uint64_t some = std::min<std::uint64_t>(there.size(), end - from);
      orbit.try_at(times.subspan(from, some), std::span(there).first(some));
      for (std::uint64_t i = 0; i < some; ++i)
        ephemerides.fill(item, static_cast<std::int64_t>(from + i), there[i], mu, times[from + i], on_error);
    }
  });
}

/// Many states to few times: a part of the states at once, which costs less than an orbit of each.
void follow_crowd(sdk::Call<PropagateState>& call, Ephemerides<PropagateState>& ephemerides, std::int64_t rows) {
  constexpr std::uint64_t states_at_once = 1024;
  const auto position = call.in<"position">(), velocity = call.in<"velocity">();
  const auto gravity = call.in<"gravity">();
  const auto times = call.in<"times">();
  const auto on_error = call.in<"on_error">();
  const auto total = static_cast<std::uint64_t>(rows);
  call.parallel_for(total, states_at_once, [&](std::uint64_t begin, std::uint64_t end) {
    call.poll(begin, total);
    const std::size_t n = end - begin;
    std::vector<double> mu(n), to(3 * n), speed(3 * n);
    std::vector<int> iterations(n);
    std::vector<PropagationStatus> status(n);
    for (std::size_t i = 0; i < n; ++i) mu[i] = gravity(static_cast<std::int64_t>(begin + i));
    for (std::int64_t j = 0; j < times.size(); ++j) {
      const double time = times(j);
      propagate_each(position.span().subspan(3 * begin, 3 * n), velocity.span().subspan(3 * begin, 3 * n), mu,
                     {&time, 1}, {to, speed, iterations, status});
      for (std::size_t i = 0; i < n; ++i) {
        const auto triple = [i](const std::vector<double>& a) { return Vec3{a[3 * i], a[3 * i + 1], a[3 * i + 2]}; };
        const auto row = static_cast<std::int64_t>(begin + i);
        ephemerides.fill(row, j, {{triple(to), triple(speed)}, iterations[i], status[i]}, mu[i], time, on_error);
      }
    }
  });
}

}  // namespace

void Propagate::run(sdk::Call<Propagate>& call) {
  const ElementsInput<Propagate> elements(call);
  const auto mu = call.in<"gravity">();
  const auto on_error = call.in<"on_error">();
  const Instants instants(call);
  const std::int64_t m = instants.count();
  const sdk::Shape batch = call.batch();
  const auto times = call.out<"times">(batch, m);
  Ephemerides ephemerides(call, batch, m);
  const auto compute = [&](std::int64_t item) {
    const Elements given = elements(item);
    instants.fill(item, given, mu(item), times.item(item).span());
    follow(call, ephemerides, item, Orbit(given, mu(item)), mu(item), times.item(item).span(), on_error);
  };
  for_each_row(call, rows_of(batch), 1, on_error, compute, [&](std::int64_t item) {
    std::fill_n(times.item(item).data(), m, not_a_number);
    ephemerides.fill_none(item);
  });
}

void PropagateState::run(sdk::Call<PropagateState>& call) {
  const auto position = call.in<"position">(), velocity = call.in<"velocity">();
  const auto mu = call.in<"gravity">();
  const auto times = call.in<"times">();
  const auto on_error = call.in<"on_error">();
  const sdk::Shape batch = call.batch();
  Ephemerides ephemerides(call, batch, times.size());
  constexpr std::int64_t few_times = 64;
  if (!position.batch().empty() && !velocity.batch().empty() && times.size() <= few_times)
    return follow_crowd(call, ephemerides, rows_of(batch));
  const auto compute = [&](std::int64_t item) {
    const Orbit orbit({vector_of(position.item(item)), vector_of(velocity.item(item))}, mu(item));
    follow(call, ephemerides, item, orbit, mu(item), times.span(), on_error);
  };
  for_each_row(call, rows_of(batch), 1, on_error, compute, [&](std::int64_t item) { ephemerides.fill_none(item); });
}

}  // namespace orrery::orbital

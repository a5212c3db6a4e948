// The operations orbital.kepler_solve, kepler_hyperbolic, barker.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/orbital/ops/kepler_solve_op.hpp"

#include <array>
#include <cmath>
#include <memory>

#include "plugins/orbital/core/anomaly.hpp"
#include "plugins/orbital/core/kepler.hpp"
#include "plugins/orbital/ops/rows.hpp"

namespace orrery::orbital {
namespace {

constexpr std::uint64_t rows_at_once = 4096;

template <class Op>
KeplerOptions options_of(const sdk::Call<Op>& call) {
  return {.method = static_cast<KeplerMethod>(call.template in<"method">()),
          .start = static_cast<KeplerStart>(call.template in<"start">()),
          .relative_step = call.template in<"tolerance">(),
          .most_iterations = static_cast<int>(call.template in<"max_iterations">()),
          .on_failure =
              call.template in<"on_fail">() == FailureChoice::fallback ? OnFailure::fall_back : OnFailure::report};
}

std::string reason(KeplerStatus status) {
  if (status == KeplerStatus::not_converged) return "the method has not converged";
  if (status == KeplerStatus::not_finite) return "the mean anomaly is not finite";
  if (status == KeplerStatus::no_real_root) return "the tangent parabola does not meet the axis";
  return std::string(name(status));
}

[[noreturn]] void fail_row(std::int64_t row, std::int64_t rows, KeplerStatus status, int iterations) {
  throw std::domain_error((rows > 1 ? "row " + std::to_string(row) + ": " : "") + "no solution: " + reason(status) +
                          " after " + std::to_string(iterations) + " iterations");
}

/// Rows that one thread solves at a time, gathered so that the batch solver can take them all.
struct Part {
  std::array<double, rows_at_once> mean;
  std::array<Eccentricity, rows_at_once> eccentricity;
  std::array<int, rows_at_once> iterations;
  std::array<KeplerStatus, rows_at_once> status;
};

template <class Op>
void solve_rows(sdk::Call<Op>& call) {
  const auto mean = call.template in<"mean_anomaly">();
  const EccentricityInput<Op> eccentricity(call);
  const KeplerOptions options = options_of(call);
  const bool nan_allowed = call.template in<"on_fail">() == FailureChoice::nan;
  const sdk::Shape batch = call.batch();
  const auto anomaly = call.template out<"anomaly">(batch), residual = call.template out<"residual">(batch);
  const auto iterations = call.template out<"iterations">(batch);
  const auto converged = call.template out<"converged">(batch);
  const std::int64_t rows = rows_of(batch);
  const auto total = static_cast<std::uint64_t>(rows);
  call.parallel_for(total, rows_at_once, [&](std::uint64_t begin, std::uint64_t end) {
    call.poll(begin, total);
    const auto part = std::make_unique<Part>();
    const std::size_t n = end - begin;
    for (std::size_t i = 0; i < n; ++i) {
      const auto row = static_cast<std::int64_t>(begin + i);
      part->mean[i] = mean(row);
      part->eccentricity[i] = eccentricity(row);
    }
    const std::span<double> found = anomaly.span().subspan(begin, n);
    solve_kepler(std::span<const double>(part->mean).first(n),
                 std::span<const Eccentricity>(part->eccentricity).first(n), options,
                 {found, std::span(part->iterations).first(n), residual.span().subspan(begin, n),
                  std::span(part->status).first(n)});
    for (std::size_t i = 0; i < n; ++i) {
      const auto row = static_cast<std::int64_t>(begin + i);
      const KeplerStatus status = part->status[i];
      const bool ok = status == KeplerStatus::converged || status == KeplerStatus::fell_back;
      if (!ok && !nan_allowed) fail_row(row, rows, status, part->iterations[i]);
      if (!ok) anomaly(row) = not_a_number;
      iterations(row) = part->iterations[i];
      converged(row) = status == KeplerStatus::converged;
      call.template tap<"iterations">(row, std::int64_t{part->iterations[i]});
    }
  });
}

}  // namespace

void KeplerSolve::run(sdk::Call<KeplerSolve>& call) { solve_rows(call); }
void KeplerHyperbolic::run(sdk::Call<KeplerHyperbolic>& call) { solve_rows(call); }

void Barker::run(sdk::Call<Barker>& call) {
  const auto time = call.in<"time">();
  const auto q = call.in<"periapsis_distance">(), mu = call.in<"gravity">();
  const sdk::Shape batch = call.batch();
  const auto root = call.out<"root">(batch), radius = call.out<"radius">(batch),
             anomaly = call.out<"true_anomaly">(batch);
  const auto solve = [&](std::int64_t row) {
    const double mean = std::sqrt(mu(row) / (2.0 * q(row))) / q(row) * time(row);
    const double tangent = parabolic_anomaly(mean);
    root(row) = std::sqrt(q(row)) * tangent;
    radius(row) = q(row) * (1.0 + tangent * tangent);
    anomaly(row) = true_from_parabolic(tangent);
  };
  for_each_row(call, rows_of(batch), rows_at_once, ports::OnError::fail, solve, [](std::int64_t) {});
}

}  // namespace orrery::orbital

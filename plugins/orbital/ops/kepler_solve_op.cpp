// The operations orbital.kepler_solve, kepler_hyperbolic, barker.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/orbital/ops/kepler_solve_op.hpp"

#include <cmath>

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
  const auto solve = [&](std::int64_t row) {
    const Eccentricity e = eccentricity(row);
    const KeplerSolution solution = solve_kepler(mean(row), e, options);
    const bool found = solution.status == KeplerStatus::converged;
    if (!solution.ok() && !nan_allowed)
      throw std::domain_error("no solution: " + std::string(name(solution.status)) + " after " +
                              std::to_string(solution.iterations) + " iterations");
    anomaly(row) = solution.ok() ? solution.anomaly : not_a_number;
    residual(row) = solution.residual;
    iterations(row) = solution.iterations;
    converged(row) = found;
    call.template tap<"iterations">(row, std::int64_t{solution.iterations});
  };
  for_each_row(call, rows_of(batch), rows_at_once, ports::OnError::fail, solve, [](std::int64_t) {});
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

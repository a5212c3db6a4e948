// The operations orbital.conic_check, invariants_drift and areal_rate.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/orbital/ops/conic_check_op.hpp"

#include <algorithm>
#include <cmath>

#include "plugins/orbital/core/conic.hpp"
#include "plugins/orbital/ops/rows.hpp"

namespace orrery::orbital {
namespace {

/// An ephemeris needs an instant to compare with.
void require_instants(std::int64_t n) {
  if (n < 1) throw std::invalid_argument("'position' must have at least one instant; it has " + std::to_string(n));
}

/// Fills an orbit's outputs with NaN.
template <class... Output>
void fill_none(std::int64_t item, const Output&... output) {
  (std::fill(output.item(item).begin(), output.item(item).end(), not_a_number), ...);
}

}  // namespace

void ConicCheck::run(sdk::Call<ConicCheck>& call) {
  const auto position = call.in<"position">(), velocity = call.in<"velocity">();
  const auto mu = call.in<"gravity">();
  const std::int64_t n = position.extent(0);
  require_instants(n);
  const sdk::Shape batch = call.batch();
  const auto residual = call.out<"residual">(batch, n), across = call.out<"out_of_plane">(batch, n);
  const auto worst = call.out<"worst">(batch), p = call.out<"semi_latus_rectum">(batch);
  const auto e = call.out<"eccentricity">(batch);
  const auto compute = [&](std::int64_t item) {
    const Conic conic = conic_of(state_at(position, velocity, item, 0), mu(item));
    double most = 0.0;
    for (std::int64_t i = 0; i < n; ++i) {
      const Vec3 place = state_at(position, velocity, item, i).position;
      residual.item(item)(i) = conic_residual(conic, place);
      across.item(item)(i) = plane_residual(conic, place);
      most = std::max(most, residual.item(item)(i));
    }
    worst(item) = most;
    p(item) = conic.semi_latus_rectum;
    e(item) = norm(conic.eccentricity_vector);
  };
  for_each_row(call, rows_of(batch), 1, call.in<"on_error">(), compute, [&](std::int64_t item) {
    fill_none(item, residual, across);
    worst(item) = p(item) = e(item) = not_a_number;
  });
}

void InvariantsDrift::run(sdk::Call<InvariantsDrift>& call) {
  const auto position = call.in<"position">(), velocity = call.in<"velocity">();
  const auto mu = call.in<"gravity">();
  const std::int64_t n = position.extent(0);
  require_instants(n);
  const sdk::Shape batch = call.batch();
  const auto momentum = call.out<"momentum_drift">(batch, n), energy = call.out<"energy_drift">(batch, n);
  const auto vector = call.out<"eccentricity_drift">(batch, n);
  const auto worst = call.out<"worst">(batch);
  const auto compute = [&](std::int64_t item) {
    const State first = state_at(position, velocity, item, 0);
    double most = 0.0;
    for (std::int64_t i = 0; i < n; ++i) {
      const Drift drift = drift_between(first, state_at(position, velocity, item, i), mu(item));
      momentum.item(item)(i) = drift.momentum;
      energy.item(item)(i) = drift.energy;
      vector.item(item)(i) = drift.eccentricity;
      most = std::max({most, drift.momentum, std::fabs(drift.energy), drift.eccentricity});
    }
    worst(item) = most;
  };
  for_each_row(call, rows_of(batch), 1, call.in<"on_error">(), compute, [&](std::int64_t item) {
    fill_none(item, momentum, energy, vector);
    worst(item) = not_a_number;
  });
}

void ArealRate::run(sdk::Call<ArealRate>& call) {
  const auto position = call.in<"position">(), velocity = call.in<"velocity">();
  const std::int64_t n = position.extent(0);
  require_instants(n);
  const sdk::Shape batch = call.batch();
  const auto rate = call.out<"areal_rate">(batch, n);
  const auto spread = call.out<"spread">(batch);
  const auto compute = [&](std::int64_t item) {
    double most = 0.0;
    const auto rates = rate.item(item);
    for (std::int64_t i = 0; i < n; ++i) {
      rates(i) = areal_rate(state_at(position, velocity, item, i));
      most = std::max(most, std::fabs(rates(i) - rates(0)));
    }
    spread(item) = most > 0.0 ? most / rates(0) : 0.0;
  };
  for_each_row(call, rows_of(batch), 1, call.in<"on_error">(), compute, [&](std::int64_t item) {
    fill_none(item, rate);
    spread(item) = not_a_number;
  });
}

}  // namespace orrery::orbital

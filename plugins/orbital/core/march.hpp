// Integrations from step to step: up to a time, to many times, and with someone who looks at each step.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <span>

#include "plugins/orbital/core/stepper.hpp"

namespace orrery::orbital {

struct IntegrationOptions {
  StepperOptions stepper;
  std::uint64_t most_steps = 10'000'000;  ///< after which an integration gives up
};

struct StepView {
  const StepPolynomial& polynomial;
  const Motion& before;
  double end;                     ///< of the step, which may lie beyond what was asked for if steps are fixed
  std::uint64_t steps, rejected;  ///< up to this one, itself included
};

/// Looks at a step; false ends the integration.
using StepVisitor = std::function<bool(const StepView&)>;

struct IntegrationReport {
  std::uint64_t steps = 0, rejected = 0;
  double shortest = 0.0, longest = 0.0;  ///< of the steps, without sign
  void merge(const IntegrationReport& other);
};

/// Follows a system from time 0 to a time of either sign.
/// @param position, velocity 3 k at time 0   @param to any finite time; 0 makes no step
/// @throws std::domain_error if an argument is outside its range; at a collision or an encounter too close for the time
///         to advance, with the bodies, the time and the distance; after the most steps
IntegrationReport march(const MotionSystem& system, std::span<const double> position, std::span<const double> velocity,
                        double to, const IntegrationOptions& options, const StepVisitor& visit);

/// Receives the state at one of the times: its index, 3 k positions, 3 k velocities.
using SampleSink = std::function<void(std::size_t, const double*, const double*)>;

/// The states at many times of either sign, in any order, also repeated; the sink gets each once, in order of time away
/// from 0. Between the ends of steps the method's own dense output holds: of the order of the method, and of round-off
/// for Taylor series.
/// @throws as march
IntegrationReport sample(const MotionSystem& system, std::span<const double> position, std::span<const double> velocity,
                         std::span<const double> times, const IntegrationOptions& options, const SampleSink& sink,
                         const StepVisitor& visit = {});

}  // namespace orrery::orbital

// Analytic two-body propagation by universal variables: one path for every conic.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <string_view>

#include "plugins/orbital/core/double_double.hpp"
#include "plugins/orbital/core/eccentricity.hpp"
#include "plugins/orbital/core/elements.hpp"
#include "plugins/orbital/core/orbit_block.hpp"
#include "plugins/orbital/core/vector.hpp"

namespace orrery::orbital {

enum class PropagationStatus {
  done,
  not_finite,    ///< a component, mu or the time is infinite or NaN
  bad_gravity,   ///< mu is not positive
  zero_radius,   ///< the body starts at the centre
  phase_lost,    ///< more than 2^52 periods away: a double holds no phase
  at_collision,  ///< a rectilinear orbit is at the centre at this time: no velocity
  out_of_range   ///< the result is no double
};

/// The status as it is spelled in the source.
std::string_view name(PropagationStatus status);
/// The same in words, for people.
std::string_view reason(PropagationStatus status);

struct PropagationResult {
  State state;
  int iterations = 0;  ///< evaluations of Kepler's equation
  PropagationStatus status = PropagationStatus::done;
};

/// Row-major results of a batch; an empty span is left out.
struct PropagationBatch {
  std::span<double> position;           ///< rows x 3
  std::span<double> velocity;           ///< rows x 3
  std::span<int> iterations;            ///< rows
  std::span<PropagationStatus> status;  ///< rows
};

/// How the state at one time changes with that at another: d(r, v)/d(r0, v0), row by row.
struct TransitionResult {
  State state;                      ///< at the later time
  std::array<double, 36> matrix{};  ///< rows x y z vx vy vz of the later time, columns those of the start
  PropagationStatus status = PropagationStatus::done;
};

/// One orbit, prepared for any number of times.
///
/// 1. Construct it from a state: energy and period are formed in twice the working precision, from the inputs as exact
/// numbers.
/// 2. Ask at() or try_at() for any time; both are const and may be called from many threads.
///
/// Closed orbits with 1 - e above 2^-12 go through the vector kernel of this machine (orbit_block.hpp), other conics
/// and what the kernel leaves through universal variables; a time gets the same bits alone and in a batch, on every
/// machine. A rectilinear orbit (h = 0) passes through a collision as the limit of slender conics does: it turns back.
class Orbit {
 public:
  /// @param start position and velocity   @param mu gravitational parameter > 0, in the units of the state
  /// Never throws; status() says whether the orbit is good.
  Orbit(const State& start, double mu) noexcept;

  /// The same from elements, the start being where the true anomaly holds. Shape and period follow from q and 1 - e as
  /// exact numbers, where those of a state rounded to doubles lose them as e -> 1.
  /// @throws std::domain_error as elements_to_state
  Orbit(const Elements& elements, double mu);

  [[nodiscard]] PropagationStatus status() const noexcept { return status_; }

  /// The state a time dt after the start. Never throws; the state is zero unless the status is done.
  /// @param dt any number, either sign
  [[nodiscard]] PropagationResult try_at(double dt) const noexcept;

  /// The same for many times, with the same bits: results[i] belongs to times[i]. @param results as many as times
  void try_at(std::span<const double> times, std::span<PropagationResult> results) const noexcept;

  /// The same into a batch: times[i] belongs to row `first` + i, where a bad row gets NaN and its status.
  /// @returns the number of bad rows
  std::size_t try_at(std::span<const double> times, std::size_t first, const PropagationBatch& results) const noexcept;

  /// The state and its derivatives with respect to the start. Never throws; zeros unless the status is done.
  /// @param dt any number, either sign   @returns d(r, v)/d(r0, v0), for an orbit that was constructed from a state
  /// @accuracy 4e-16 of the largest term of a block (measured), over 100 periods either way and for every conic
  /// @source Battin (1999) section 9.7
  [[nodiscard]] TransitionResult try_transition(double dt) const noexcept;

  /// As try_at.  @throws std::domain_error unless the status is done
  [[nodiscard]] State at(double dt) const;

 private:
  struct Universal;

  [[nodiscard]] DoubleDouble reduced(double dt, bool& lost) const noexcept;
  [[nodiscard]] double guess(double dt) const noexcept;
  [[nodiscard]] Universal evaluate(DoubleDouble s) const noexcept;
  void advance(Universal& u, double step) const noexcept;
  [[nodiscard]] Universal solve(DoubleDouble dt, int& iterations) const noexcept;
  [[nodiscard]] PropagationResult follow(DoubleDouble dt) const noexcept;
  [[nodiscard]] PropagationResult follow_asymptote(double dt) const noexcept;
  [[nodiscard]] PropagationResult follow_any_conic(double dt) const noexcept;
  [[nodiscard]] PropagationResult in_given_units(PropagationResult result) const noexcept;
  void prepare_columns(bool from_elements) noexcept;
  [[nodiscard]] bool begin(detail::OrbitBlock& orbits) const noexcept;
  void move(std::span<const double> times, const detail::OrbitBlock& orbits,
            detail::ArrivalBlock& arrivals) const noexcept;
  [[nodiscard]] PropagationResult try_slowly(double dt) const noexcept;
  [[nodiscard]] DoubleDouble secular(const Universal& u, double dt) const noexcept;
  void prepare_units(const State& start, double mu) noexcept;
  void prepare(const State& start, double mu) noexcept;
  void prepare_at_periapsis(const Elements& elements) noexcept;
  void prepare_guess() noexcept;

  // All in units of length 2^length_ and time 2^time_, in which r0 and mu are near one, so that nothing overflows.
  State start_;
  double mu_ = 1.0;
  int length_ = 0;
  int time_ = 0;
  DoubleDouble radius_;       // |r0|
  DoubleDouble sigma_;        // r0 . v0
  DoubleDouble beta_;         // 2 mu/r0 - v0^2 = mu/a
  DoubleDouble gamma_;        // mu - beta r0
  DoubleDouble period_;       // of an ellipse
  double since_start_ = 0.0;  // from start_ to the time that callers count from
  Eccentricity eccentricity_;
  double root_beta_ = 0.0;  // sqrt |beta|
  double anomaly_ = 0.0;    // E0, F0 or D0
  double mean_ = 0.0;       // M0, N0 or W0
  double mean_motion_ = 0.0;
  double periapsis_ = 0.0;
  std::array<double, detail::OrbitBlock::columns> columns_{};  // what the kernel of closed orbits needs
  PropagationStatus status_ = PropagationStatus::done;
};

/// The state a time dt after a given one.
/// @param start position [length] 3 and velocity [length/time] 3, not both singular: r > 0
/// @param mu [length^3/time^2] > 0   @param dt [time] any finite number, either sign
/// @returns position and velocity
/// @throws std::domain_error if an argument is outside its range, or as Orbit::at
/// @accuracy inputs taken as exact numbers, over 100 periods either way: 1e-15 of |r| and of |v| for a closed orbit
/// with
///           1 - e >= 2^-12, 2e-16 for every other conic, e -> 1 included (measured); a start at r0 on an orbit of
///           periapsis q adds 2^-97 (r0/q)^2 for a hyperbola
/// @source universal variables: Battin (1999) section 4.5; G functions: Stumpff (1959); Mikkola, Gravitational Few-Body
///         Dynamics (2020) chapter 2
State propagate(const State& start, double mu, double dt);

/// One state to many times.
/// @param times m, each from the start   @param results rows = m; a bad row gets NaN and its status, the others are not
/// lost
/// @returns the number of bad rows   @throws std::invalid_argument if lengths do not match
std::size_t propagate(const State& start, double mu, std::span<const double> times, const PropagationBatch& results);

/// Many states, each to its own time, or all to one.
/// @param position n x 3   @param velocity n x 3   @param mu n or 1   @param times n or 1   @param results rows = n
/// @returns and @throws as above
std::size_t propagate_each(std::span<const double> position, std::span<const double> velocity,
                           std::span<const double> mu, std::span<const double> times, const PropagationBatch& results);

/// Many states, each to every time.
/// @param position n x 3   @param velocity n x 3   @param mu n or 1   @param times m
/// @param results rows = n m; row i m + j is state i at time j
/// @returns and @throws as above
std::size_t propagate_grid(std::span<const double> position, std::span<const double> velocity,
                           std::span<const double> mu, std::span<const double> times, const PropagationBatch& results);

}  // namespace orrery::orbital

// Rows of a batch: computing them on all threads, and telling the user which one is at fault.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <limits>
#include <stdexcept>
#include <string>

#include <orrery/sdk/plugin.hpp>

#include "plugins/orbital/core/elements.hpp"
#include "plugins/orbital/ops/ports.hpp"

namespace orrery::orbital {

inline constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();

/// Calls body(row) for each row; what it throws gets the row's number, or leaves the row to `bad` under on_error =
/// "nan".
template <class Op, class Body, class Bad>
void for_each_row(sdk::Call<Op>& call, std::int64_t rows, std::uint64_t grain, ports::OnError on_error,
                  const Body& body, const Bad& bad) {
  const auto total = static_cast<std::uint64_t>(rows);
  call.parallel_for(total, grain, [&](std::uint64_t begin, std::uint64_t end) {
    call.poll(begin, total);
    for (std::uint64_t i = begin; i < end; ++i) {
      const auto row = static_cast<std::int64_t>(i);
      try {
        body(row);
      } catch (const std::domain_error& e) {
        if (on_error == ports::OnError::fail)
          throw std::domain_error((rows > 1 ? "row " + std::to_string(row) + ": " : "") + e.what());
        bad(row);
      }
    }
  });
}

/// Rows in a batch; a single item counts as one.
inline std::int64_t rows_of(sdk::Shape batch) { return sdk::count_of(batch); }

template <class Op>
class EccentricityInput {
 public:
  explicit EccentricityInput(const sdk::Call<Op>& call)
      : e_(call.template maybe<"eccentricity">()), one_minus_e_(call.template maybe<"one_minus_e">()) {
    if (e_.has_value() == one_minus_e_.has_value())
      throw std::invalid_argument(e_ ? "give 'eccentricity' or 'one_minus_e', not both"
                                     : "one of 'eccentricity' and 'one_minus_e' is needed");
  }
  Eccentricity operator()(std::int64_t row) const {
    return e_ ? Eccentricity::from_e((*e_)(row)) : Eccentricity::from_one_minus_e((*one_minus_e_)(row));
  }

 private:
  std::optional<sdk::BatchView<const double, 0>> e_, one_minus_e_;
};

/// The elements that an operation is given, by whichever size they come with.
template <class Op>
class ElementsInput {
 public:
  explicit ElementsInput(const sdk::Call<Op>& call)
      : eccentricity_(call),
        q_(call.template maybe<"periapsis_distance">()),
        a_(call.template maybe<"semi_major_axis">()),
        p_(call.template maybe<"semi_latus_rectum">()),
        inclination_(call.template in<"inclination">()),
        node_(call.template in<"ascending_node">()),
        periapsis_(call.template in<"argument_of_periapsis">()),
        anomaly_(call.template in<"true_anomaly">()) {
    if (q_.has_value() + a_.has_value() + p_.has_value() != 1)
      throw std::invalid_argument(
          "exactly one of 'periapsis_distance', 'semi_major_axis' and 'semi_latus_rectum' is needed");
  }
  Elements operator()(std::int64_t row) const {
    const Angles angles{inclination_(row), node_(row), periapsis_(row), anomaly_(row)};
    if (q_) return elements_from_periapsis((*q_)(row), eccentricity_(row), angles);
    if (a_) return elements_from_semi_major_axis((*a_)(row), eccentricity_(row), angles);
    return elements_from_semi_latus_rectum((*p_)(row), eccentricity_(row), angles);
  }

 private:
  EccentricityInput<Op> eccentricity_;
  std::optional<sdk::BatchView<const double, 0>> q_, a_, p_;
  sdk::BatchView<const double, 0> inclination_, node_, periapsis_, anomaly_;
};

inline Vec3 vector_of(sdk::View<const double, 1> view) { return {view(0), view(1), view(2)}; }

/// One state of an ephemeris.
inline State state_at(const sdk::BatchView<const double, 2>& position, const sdk::BatchView<const double, 2>& velocity,
                      std::int64_t item, std::int64_t i) {
  const auto r = position.item(item), v = velocity.item(item);
  return {{r(i, 0), r(i, 1), r(i, 2)}, {v(i, 0), v(i, 1), v(i, 2)}};
}

template <class Target>
void put(const Vec3& from, Target to) {
  std::copy(from.begin(), from.end(), to.begin());
}

}  // namespace orrery::orbital

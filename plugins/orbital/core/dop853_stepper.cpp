// Steps of the Runge-Kutta method of order 8 of Dormand and Prince, with its dense output of order 7.
// SPDX-License-Identifier: Apache-2.0
//
// Hairer, Norsett and Wanner, Solving Ordinary Differential Equations I (1993): method and dense output II.5 and II.6,
// step control II.4.
#include <algorithm>
#include <cmath>
#include <limits>

#include "plugins/orbital/core/dop853_table.hpp"
#include "plugins/orbital/core/stepper.hpp"

namespace orrery::orbital {

namespace {

using dop853::Weight;
using Numbers = std::vector<double>;

class Dop853Stepper : public Stepper {
 public:
  Dop853Stepper(const MotionSystem& system, double tolerance, double direction)
      : system_(system), tolerance_(tolerance), direction_(direction), n_(3 * system.bodies()) {
    for (auto& k : k_) k.resize(2 * n_);  // the derivatives of positions and then of velocities
    for (Numbers* buffer : {&y_, &stage_, &scale_, &increment_}) buffer->resize(2 * n_);
    dx_.resize(n_);
    dv_.resize(n_);
    terms_.resize(2 * n_ * 8);
  }

  double attempt(const Motion& from, double limit, bool dark) override {
    begin(from, dark);
    for (bool after_rejection = false;; after_rejection = true) {
      const double wished = direction_ * next_;
      if (!(next_ >= detail::shortest_step(from, first_step_))) detail::fail_encounter(system_, from, wished);
      length_ = std::fabs(wished) < std::fabs(limit) ? wished : limit;
      for (std::size_t i = 1; i < 12; ++i) derive(i);
      set_increment();
      const double error = error_norm();
      const double factor = std::clamp(0.9 * std::pow(error, -0.125), 1.0 / 3.0, after_rejection ? 1.0 : 6.0);
      if (error <= 1.0) {
        // a step that the limit cut short says little about the next one
        if (std::fabs(length_) >= 0.1 * next_ || factor <= 1.0) after_ = std::fabs(length_) * factor;
        else after_ = next_;
        return length_;
      }
      ++rejected_;
      next_ = std::fabs(length_) * (std::isfinite(error) ? factor : 0.1);
    }
  }

  const StepPolynomial& polynomial(const Motion& from) override {
    derive(12);
    for (std::size_t i = 13; i < dop853::stages; ++i) derive(i);
    for (std::size_t i = 0; i < 2 * n_; ++i) expand(i);
    polynomial_ = {from.time, from.time_rest, length_, length_, n_, 8, 8, terms_.data(), terms_.data() + 8 * n_};
    return polynomial_;
  }

  void advance(Motion& motion) override {
    std::copy_n(increment_.begin(), n_, dx_.begin());
    std::copy_n(increment_.begin() + static_cast<std::ptrdiff_t>(n_), n_, dv_.begin());
    motion.add(dx_, dv_);
    motion.add_time(length_);
    next_ = after_;
    begun_ = false;
  }

 private:
  void begin(const Motion& from, bool dark) {
    if (begun_ && dark == dark_) return;
    begun_ = true;
    dark_ = dark;
    time_ = from.time;
    std::copy(from.position.begin(), from.position.end(), y_.begin());
    std::copy(from.velocity.begin(), from.velocity.end(), y_.begin() + static_cast<std::ptrdiff_t>(n_));
    derive_at(y_, time_, k_[0]);
    double shortest = std::numeric_limits<double>::infinity();
    for (std::size_t body = 0; body < system_.bodies(); ++body) {
      const auto scale = detail::body_scale(system_, from, k_[0].data() + n_, body);
      for (std::size_t i = 3 * body; i < 3 * body + 3; ++i) scale_[i] = scale.distance, scale_[n_ + i] = scale.speed;
      if (scale.speed > 0.0) shortest = std::min(shortest, scale.distance / scale.speed);
    }
    if (next_ == 0.0) next_ = std::isfinite(shortest) ? 0.01 * shortest : std::numeric_limits<double>::max();
    if (first_step_ == 0.0) first_step_ = std::isfinite(shortest) ? next_ : 0.0;
  }

  void derive_at(const Numbers& y, double time, Numbers& k) const {
    std::copy_n(y.begin() + static_cast<std::ptrdiff_t>(n_), n_, k.begin());
    system_.acceleration({time, direction_, dark_}, y.data(), y.data() + n_, k.data() + n_);
  }

  void derive(std::size_t i) {
    for (std::size_t j = 0; j < 2 * n_; ++j) stage_[j] = y_[j] + length_ * weighted(dop853::rows[i], j);
    derive_at(stage_, time_ + dop853::nodes[i] * length_, k_[i]);
  }

  [[nodiscard]] double weighted(std::span<const Weight> row, std::size_t j) const {
    double sum = 0.0;
    for (const Weight& w : row) sum += w.value * k_[w.stage][j];
    return sum;
  }

  void set_increment() {
    for (std::size_t j = 0; j < 2 * n_; ++j) increment_[j] = length_ * weighted(dop853::rows[12], j);
  }

  /// The estimate of order 5, corrected by that of order 3, over the tolerance; NaN counts as infinite.
  [[nodiscard]] double error_norm() const {
    double fifth = 0.0, third = 0.0;
    for (std::size_t j = 0; j < 2 * n_; ++j) {
      if (!std::isfinite(increment_[j])) return std::numeric_limits<double>::infinity();
      const double allowed = tolerance_ * scale_[j];
      if (allowed == 0.0) continue;
      const double five = length_ * weighted(dop853::error_5, j) / allowed;
      const double three = (increment_[j] - length_ * weighted(dop853::error_3, j)) / allowed;
      fifth = std::max(fifth, five * five);
      third = std::max(third, three * three);
    }
    const double both = fifth + 0.01 * third;
    return both > 0.0 ? fifth / std::sqrt(both) : 0.0;
  }

  /// Powers of s from the nested form in s and 1 - s.
  void expand(std::size_t j) {
    const double first = length_ * k_[0][j], last = length_ * k_[12][j], rise = increment_[j];
    double nested[8] = {y_[j], rise, first - rise, 2.0 * rise - first - last};
    for (std::size_t i = 0; i < 4; ++i) nested[4 + i] = length_ * weighted(dop853::dense[i], j);
    double* p = terms_.data() + 8 * j;
    std::fill_n(p, 8, 0.0);
    for (std::size_t i = 8; i-- > 1;) {  // p = (p + nested_i) times s, or times 1 - s
      p[0] += nested[i];
      for (std::size_t n = 8; n-- > 1;) p[n] = i % 2 == 1 ? p[n - 1] : p[n] - p[n - 1];
      if (i % 2 == 1) p[0] = 0.0;
    }
    p[0] += nested[0];
  }

  const MotionSystem& system_;
  double tolerance_, direction_;
  std::size_t n_;
  std::array<Numbers, dop853::stages> k_;
  Numbers y_, stage_, scale_, increment_, dx_, dv_, terms_;
  StepPolynomial polynomial_;
  bool begun_ = false, dark_ = false;
  double time_ = 0.0, length_ = 0.0, next_ = 0.0, after_ = 0.0, first_step_ = 0.0;
};

}  // namespace

std::unique_ptr<Stepper> detail::make_dop853_stepper(const MotionSystem& system, double tolerance, double direction) {
  return std::make_unique<Dop853Stepper>(system, tolerance, direction);
}

}  // namespace orrery::orbital

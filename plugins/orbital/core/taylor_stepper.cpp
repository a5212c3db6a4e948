// Steps by Taylor series of high order with a step and an order that follow from the tolerance.
// SPDX-License-Identifier: Apache-2.0
//
// Jorba and Zou, "A software package for the numerical integration of ODEs by means of high-order Taylor methods",
// Experimental Mathematics 14 (2005) 99: order and step, section 3.
#include <algorithm>
#include <cmath>
#include <limits>

#include "plugins/orbital/core/stepper.hpp"

namespace orrery::orbital {

namespace {

using taylor::Jet;
using taylor::terms_at_most;

/// Two powers of ten for each order: the optimum for long double work on few operations, and near it for the others.
std::size_t order_for(double tolerance) {
  const double order = std::ceil(1.0 - 0.5 * std::log(tolerance));
  return std::clamp<std::size_t>(static_cast<std::size_t>(order), 4, terms_at_most - 4);
}

class TaylorStepper : public Stepper {
 public:
  TaylorStepper(const MotionSystem& system, double tolerance, double direction)
      : system_(system), order_(order_for(tolerance)), direction_(direction), n_(3 * system.bodies()) {
    workspace_.reserve(2 * n_);
    for (std::size_t i = 0; i < n_; ++i) {
      x_.emplace_back(workspace_, i);
      v_.emplace_back(workspace_, n_ + i);
    }
    acceleration_.resize(n_);
    first_.resize(n_);
    dx_.resize(n_);
    dv_.resize(n_);
  }

  double attempt(const Motion& from, double limit, bool dark) override {
    if (!expanded_ || dark != dark_) expand(from, dark);
    const double wished = direction_ * unit_ * radius_ * std::exp(-2.0 - 0.7 / static_cast<double>(order_ - 1));
    if (first_step_ == 0.0) first_step_ = std::isfinite(wished) ? wished : limit;
    length_ = std::fabs(wished) < std::fabs(limit) ? wished : limit;
    if (!(std::fabs(wished) >= detail::shortest_step(from, first_step_))) detail::fail_encounter(system_, from, wished);
    return length_;
  }

  const StepPolynomial& polynomial(const Motion& from) override {
    polynomial_ = {from.time,          from.time_rest,     length_, direction_ * unit_, n_, order_ + 1, terms_at_most,
                   workspace_.slot(0), workspace_.slot(n_)};
    return polynomial_;
  }

  void advance(Motion& motion) override {
    const double s = direction_ * length_ / unit_;
    for (std::size_t i = 0; i < n_; ++i) {
      dx_[i] = increment(x_[i].coefficients(), s);
      dv_[i] = increment(v_[i].coefficients(), s);
    }
    motion.add(dx_, dv_);
    motion.add_time(length_);
    expanded_ = false;
  }

 private:
  /// The polynomial without its constant term.
  [[nodiscard]] double increment(const double* c, double s) const {
    double sum = 0.0;
    for (std::size_t n = order_; n >= 1; --n) sum = (sum + c[n]) * s;
    return sum;
  }

  /// A power of two near the time in which the motion changes, so that coefficients neither grow nor vanish.
  void choose_unit(const Motion& from, const StepContext& context) {
    system_.acceleration(context, from.position.data(), from.velocity.data(), first_.data());
    double shortest = std::numeric_limits<double>::infinity();
    for (std::size_t body = 0; body < system_.bodies(); ++body) {
      const auto scale = detail::body_scale(system_, from, first_.data(), body);
      if (scale.speed > 0.0) shortest = std::min(shortest, scale.distance / scale.speed);
    }
    unit_ = std::isfinite(shortest) && shortest > 0.0 ? std::exp2(std::round(std::log2(shortest))) : 1.0;
  }

  void expand(const Motion& from, bool dark) {
    const StepContext context{from.time, direction_, dark};
    dark_ = dark;
    expanded_ = true;
    choose_unit(from, context);
    const double step = direction_ * unit_;
    for (std::size_t i = 0; i < n_; ++i) {
      x_[i].coefficients()[0] = from.position[i];
      v_[i].coefficients()[0] = from.velocity[i];
    }
    for (std::size_t order = 0; order < order_; ++order) {
      workspace_.begin(order);
      for (std::size_t i = 0; i < n_; ++i)  // the position's next coefficient is known before the velocity's
        x_[i].coefficients()[order + 1] = step * v_[i].coefficients()[order] / static_cast<double>(order + 1);
      system_.series(context, step, workspace_, x_.data(), v_.data(), acceleration_.data());
      for (std::size_t i = 0; i < n_; ++i)
        v_[i].coefficients()[order + 1] = step * acceleration_[i] / static_cast<double>(order + 1);
    }
    radius_ = radius(from);
  }

  /// The radius of convergence in units of unit_, from the last two coefficients of each body against its scales.
  [[nodiscard]] double radius(const Motion& from) const {
    double smallest = std::numeric_limits<double>::infinity();
    const auto meet = [&](const std::vector<Jet>& jets, std::size_t body, std::size_t order, double scale) {
      double size = 0.0;
      for (std::size_t k = 3 * body; k < 3 * body + 3; ++k) {
        const double c = std::fabs(jets[k].coefficients()[order]);
        size = c <= size ? size : c;  // NaN is kept
      }
      if (size == 0.0) return;
      const double found = std::pow(scale / size, 1.0 / static_cast<double>(order));
      smallest = found >= smallest ? smallest : found;
    };
    for (std::size_t body = 0; body < system_.bodies(); ++body) {
      const auto scale = detail::body_scale(system_, from, first_.data(), body);
      for (const std::size_t order : {order_ - 1, order_}) {
        meet(x_, body, order, scale.distance);
        meet(v_, body, order, scale.speed);
      }
    }
    return smallest;
  }

  const MotionSystem& system_;
  std::size_t order_;
  double direction_;
  std::size_t n_;
  taylor::Workspace workspace_;
  std::vector<Jet> x_, v_;
  std::vector<double> acceleration_, first_, dx_, dv_;
  StepPolynomial polynomial_;
  bool expanded_ = false, dark_ = false;
  double unit_ = 1.0, radius_ = 0.0, length_ = 0.0, first_step_ = 0.0;
};

}  // namespace

std::unique_ptr<Stepper> detail::make_taylor_stepper(const MotionSystem& system, double tolerance, double direction) {
  return std::make_unique<TaylorStepper>(system, tolerance, direction);
}

}  // namespace orrery::orbital

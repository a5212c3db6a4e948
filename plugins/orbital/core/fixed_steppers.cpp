// Methods of fixed step: velocity Verlet, Yoshida's composition of order 4, and the classical Runge-Kutta method.
// SPDX-License-Identifier: Apache-2.0
//
// Verlet, Physical Review 159 (1967) 98, in the velocity form of Swope et al., J. Chem. Phys. 76 (1982) 637; Yoshida,
// Physics Letters A 150 (1990) 262; Kutta, Zeitschrift fuer Mathematik und Physik 46 (1901) 435. Between the ends of a
// step the quintic polynomial that takes up positions, velocities and accelerations there.
#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "plugins/orbital/core/checks.hpp"
#include "plugins/orbital/core/double_double.hpp"
#include "plugins/orbital/core/stepper.hpp"

namespace orrery::orbital {

namespace {

using Numbers = std::vector<double>;

class FixedStepper : public Stepper {
 public:
  FixedStepper(const MotionSystem& system, const StepperOptions& options, double direction)
      : system_(system), method_(options.method), step_(direction * options.step), n_(3 * system.bodies()) {
    for (Numbers* buffer : {&dx_, &dv_, &a_, &a_end_, &x_, &v_, &k_}) buffer->resize(n_);
    terms_.resize(6 * n_);
    rates_.resize(6 * n_);
  }

  double attempt(const Motion& from, double /*limit*/, bool dark) override {
    dark_ = dark;
    accelerate(from.time, from.position, from.velocity, a_);
    require_resolved(from);
    if (method_ == IntegrationMethod::rk4) runge_kutta(from);
    else compose(from);
    for (std::size_t i = 0; i < n_; ++i) x_[i] = from.position[i] + dx_[i], v_[i] = from.velocity[i] + dv_[i];
    if (method_ == IntegrationMethod::rk4) accelerate(from.time + step_, x_, v_, a_end_);
    return step_;
  }

  const StepPolynomial& polynomial(const Motion& from) override {
    for (std::size_t i = 0; i < n_; ++i) join(from, i);
    polynomial_ = {from.time, from.time_rest, step_, step_, n_, 6, 6, terms_.data(), rates_.data()};
    return polynomial_;
  }

  void advance(Motion& motion) override {
    motion.add(dx_, dv_);
    ++steps_;
    const DoubleDouble time = two_prod(static_cast<double>(steps_), step_);  // a sum would drift
    motion.time = time.hi;
    motion.time_rest = time.lo;
  }

 private:
  void accelerate(double time, const Numbers& x, const Numbers& v, Numbers& a) const {
    system_.acceleration({time, step_ < 0.0 ? -1.0 : 1.0, dark_}, x.data(), v.data(), a.data());
  }

  void require_resolved(const Motion& from) const {
    for (std::size_t body = 0; body < system_.bodies(); ++body) {
      const double* a = a_.data() + 3 * body;
      const double size = std::hypot(a[0], a[1], a[2]);
      const double scale = system_.scale(from.position.data(), body);
      if (!(step_ * step_ * size <= 4.0 * scale))
        throw std::domain_error("a step of " + system_.time_text(std::fabs(step_)) + " is too long at time " +
                                system_.time_text(from.time) + ": " + system_.closest(from.position.data()) +
                                "; it should be at most " + system_.time_text(std::sqrt(scale / size) / 16.0));
    }
  }

  void compose(const Motion& from) {
    static const double outer = 1.0 / (2.0 - std::cbrt(2.0));
    std::fill(dx_.begin(), dx_.end(), 0.0);
    std::fill(dv_.begin(), dv_.end(), 0.0);
    a_end_ = a_;
    if (method_ == IntegrationMethod::verlet) return verlet(from, 1.0, 1.0);
    verlet(from, outer, outer);
    verlet(from, 1.0 - 2.0 * outer, 1.0 - outer);
    verlet(from, outer, 1.0);
  }

  /// Adds a step of `part` of the whole to dx_ and dv_; a_end_ is the acceleration before and then after it, which is
  /// when `done` of the whole is done.
  void verlet(const Motion& from, double part, double done) {
    const double h = part * step_;
    for (std::size_t i = 0; i < n_; ++i) {
      dv_[i] += 0.5 * h * a_end_[i];
      dx_[i] += h * (from.velocity[i] + dv_[i]);
      x_[i] = from.position[i] + dx_[i];
    }
    accelerate(from.time + done * step_, x_, from.velocity, a_end_);  // which does not depend on velocities
    for (std::size_t i = 0; i < n_; ++i) dv_[i] += 0.5 * h * a_end_[i];
  }

  void runge_kutta(const Motion& from) {
    constexpr double nodes[] = {0.0, 0.5, 0.5, 1.0}, weights[] = {1.0 / 6, 1.0 / 3, 1.0 / 3, 1.0 / 6};
    std::fill(dx_.begin(), dx_.end(), 0.0);
    std::fill(dv_.begin(), dv_.end(), 0.0);
    x_ = from.position;
    v_ = from.velocity;
    k_ = a_;
    for (std::size_t stage = 0; stage < 4; ++stage) {
      if (stage > 0) accelerate(from.time + nodes[stage] * step_, x_, v_, k_);
      const double next = stage < 3 ? nodes[stage + 1] * step_ : 0.0;
      for (std::size_t i = 0; i < n_; ++i) {
        dx_[i] += weights[stage] * step_ * v_[i];
        dv_[i] += weights[stage] * step_ * k_[i];
        x_[i] = from.position[i] + next * v_[i];
        v_[i] = from.velocity[i] + next * k_[i];
      }
    }
  }

  void join(const Motion& from, std::size_t i) {
    const double h = step_, first = h * from.velocity[i], second = 0.5 * h * h * a_[i];
    const double rest = dx_[i] - first - second, slope = h * dv_[i] - h * h * a_[i];
    const double bend = h * h * (a_end_[i] - a_[i]);
    double* p = terms_.data() + 6 * i;
    double* r = rates_.data() + 6 * i;
    p[0] = from.position[i];
    p[1] = first;
    p[2] = second;
    p[3] = 10.0 * rest - 4.0 * slope + 0.5 * bend;
    p[4] = -15.0 * rest + 7.0 * slope - bend;
    p[5] = 6.0 * rest - 3.0 * slope + 0.5 * bend;
    r[0] = from.velocity[i];
    for (std::size_t n = 1; n < 5; ++n) r[n] = static_cast<double>(n + 1) * p[n + 1] / h;
    r[5] = 0.0;
  }

  const MotionSystem& system_;
  IntegrationMethod method_;
  double step_;
  std::size_t n_;
  Numbers dx_, dv_, a_, a_end_, x_, v_, k_, terms_, rates_;
  StepPolynomial polynomial_;
  std::uint64_t steps_ = 0;
  bool dark_ = false;
};

}  // namespace

std::unique_ptr<Stepper> detail::make_fixed_stepper(const MotionSystem& system, const StepperOptions& options,
                                                    double direction) {
  return std::make_unique<FixedStepper>(system, options, direction);
}

}  // namespace orrery::orbital

// What every update rule does around its own arithmetic: memory in and out, gradients that are no numbers, threads.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <type_traits>
#include <vector>

#include <orrery/sdk/plugin.hpp>

#include "plugins/optimizer/core/checks.hpp"
#include "plugins/optimizer/ops/rule_ports.hpp"

namespace orrery::optimizer {

/// Copies numbers of any real type; a single one fills the target. Nothing is done where both are the same memory.
template <class Real>
void copy_numbers(const sdk::AnyView& from, std::span<Real> to) {
  from.visit([&](auto view) {
    using From = std::remove_cvref_t<decltype(*view.data())>;
    if constexpr (std::is_floating_point_v<From>) {
      const auto same = [](From value) { return static_cast<Real>(value); };
      if (static_cast<const void*>(view.data()) == to.data()) return;
      if (view.size() == std::ssize(to)) std::transform(view.data(), view.data() + view.size(), to.begin(), same);
      else std::fill(to.begin(), to.end(), same(*view.data()));
    }
  });
}

/// Where an element stands, such as "[2, 0]"; empty for a single number.
inline std::string position_text(sdk::Shape shape, std::size_t at) {
  std::string text;
  for (std::size_t axis = shape.size(); axis-- > 0;) {
    const auto extent = static_cast<std::size_t>(shape[axis]);
    text = std::to_string(at % extent) + (text.empty() ? "" : ", ") + text;
    at /= extent;
  }
  return text.empty() ? "" : "[" + text + "]";
}

/// One step of a rule. 1. It is constructed: the gradient is read. 2. memory() for each thing that the rule
/// remembers. 3. each_part() or whole(): the arithmetic, left out if the gradient is rejected.
template <class Op, class Real>
class Update {
 public:
  Update(const sdk::Call<Op>& call, GradientRange range) : call_(call) {
    const auto given = call.template in<"parameters">();
    const sdk::Shape batch = call.batch();
    shape_.assign(batch.begin(), batch.end());
    parameters_ = output<"parameters">();
    read_gradient(range);
    copy_numbers(given, parameters_);
    if (const std::size_t bad = first_outside<Real>(parameters_, GradientRange::finite); bad < parameters_.size())
      throw std::domain_error("parameters" + position_text(shape_, bad) + " must be finite; it is " +
                              shortest(parameters_[bad]));
    call.template set<"accepted">(accepted_);
  }

  /// The output of a name, filled with the input of that name; zero if that is not given.
  template <sdk::FixedString Name>
  std::span<Real> memory() {
    const auto given = call_.template maybe<Name>();
    remembers_ = remembers_ || given;
    const std::span<Real> values = output<Name>();
    if (given) copy_numbers(*given, values);
    else std::fill(values.begin(), values.end(), Real{0});
    return values;
  }
  template <sdk::FixedString Name>
  std::span<Real> output() {
    constexpr std::uint32_t dtype = sdk::ElementBits<Real>::value;
    return call_.template out_any<Name>(dtype, shape_).template as<Real>().span();
  }

  /// How many steps were made before; to be asked for after the memory. Sets the output 'step'.
  std::int64_t step() {
    const auto given = call_.template maybe<"step">();
    if (remembers_ && !given)
      throw std::invalid_argument("'step' is needed where a memory is given; wire it to the 'step' of the step before");
    if (!remembers_ && given.value_or(0) > 0)
      throw std::invalid_argument("'step' is " + std::to_string(*given) + " and no memory is given; it must be 0");
    call_.template set<"step">(given.value_or(0) + (accepted_ ? 1 : 0));
    return given.value_or(0);
  }

  bool accepted() const { return accepted_; }
  bool remembers() const { return remembers_; }
  std::span<Real> parameters() const { return parameters_; }
  std::span<const Real> gradient() const { return gradient_; }
  const std::vector<std::int64_t>& shape() const { return shape_; }

  /// Calls body(begin, n) on all threads, for rules whose elements do not need each other.
  template <class Body>
  void each_part(const Body& body) {
    if (!accepted_) return;
    call_.parallel_for(parameters_.size(), grain, [&](std::uint64_t begin, std::uint64_t end) {
      body(begin, end - begin);
      check(begin, end - begin);
    });
  }
  template <class Body>
  void whole(const Body& body) {
    if (!accepted_) return;
    body();
    check(0, parameters_.size());
  }

 private:
  static constexpr std::uint64_t grain = 1 << 16;  // of an elementwise rule, about 0.1 ms

  void read_gradient(GradientRange range) {
    const auto given = call_.template in<"gradient">();
    if (given.dtype() == sdk::ElementBits<Real>::value && given.size() == std::ssize(parameters_)) {
      gradient_ = given.template as<const Real>().span();
    } else {
      const std::span<Real> converted = call_.template scratch<Real>(parameters_.size());
      copy_numbers(given, converted);
      gradient_ = converted;
    }
    const std::size_t bad = first_outside<Real>(gradient_, range);
    accepted_ = bad == gradient_.size();
    if (!accepted_ && call_.template in<"on_nan">() == rule_ports::OnNan::fail)
      throw std::domain_error("gradient" + position_text(shape_, bad) + " must be finite" +
                              (range == GradientRange::finite ? "" : ", and its square too") + "; it is " +
                              shortest(gradient_[bad]));
  }
  void check(std::size_t begin, std::size_t n) const {
    const std::span<const Real> part = parameters_.subspan(begin, n);
    const std::size_t bad = first_outside(part, GradientRange::finite);
    if (bad < n)
      throw sdk::NumericError("the step leaves the range of numbers: parameters" + position_text(shape_, begin + bad) +
                              " becomes " + shortest(part[bad]));
  }

  const sdk::Call<Op>& call_;
  std::vector<std::int64_t> shape_;
  std::span<Real> parameters_;
  std::span<const Real> gradient_;
  bool accepted_ = true, remembers_ = false;
};

/// Calls body(Update) of the type that the parameters have.
template <class Op, class Body>
void update_with(const sdk::Call<Op>& call, GradientRange range, const Body& body) {
  const auto run = [&]<class Real>(Real) {
    Update<Op, Real> update(call, range);
    body(update);
  };
  call.template in<"parameters">().dtype() == ORRERY_F32 ? run(sdk::f32{}) : run(sdk::f64{});
}

}  // namespace orrery::optimizer

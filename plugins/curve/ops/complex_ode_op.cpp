// The operation curve.complex_ode.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/curve/ops/complex_ode_op.hpp"

#include "plugins/curve/core/complex_ode.hpp"

namespace orrery::curve {

namespace {

using Complex = std::complex<double>;

std::string_view equation(const sdk::Call<ComplexOde>& call, bool second) {
  const auto rate = call.maybe<"rate">(), acceleration = call.maybe<"acceleration">();
  if (rate.has_value() == acceleration.has_value())
    throw std::invalid_argument("give either 'rate' or 'acceleration'; there are " +
                                std::string(rate ? "both" : "neither"));
  if (second != acceleration.has_value())
    throw std::invalid_argument(second ? "'velocity' is for 'acceleration'; 'rate' needs the place alone"
                                       : "'acceleration' needs the first 'velocity'");
  return second ? *acceleration : *rate;
}

template <class Batch>
Complex number_at(const Batch& pairs, std::int64_t item) {
  const auto row = pairs.item(item).span();
  return {row[0], row[1]};
}

}  // namespace

void ComplexOde::run(sdk::Call<ComplexOde>& call) {
  const auto place = call.in<"place">();
  const auto velocity = call.maybe<"velocity">();
  const auto given = call.maybe<"constants">();
  const auto constants = given ? given->span() : std::span<const Complex>();
  const ComplexExpression f =
      ComplexExpression::parse(equation(call, velocity.has_value()), constants.size(), velocity.has_value());
  const auto parameter = call.in<"parameter">();
  const std::int64_t n = parameter.size();
  const sdk::Shape batch = call.batch();
  const auto points = call.out<"points">(batch, n, 2), rates = call.out<"velocity">(batch, n, 2);
  const auto z = call.out<"z">(batch, n);
  const auto steps = call.out<"steps">(batch);
  ComplexOdeOptions options{.tolerance = call.in<"tolerance">(),
                            .max_steps = static_cast<std::size_t>(call.in<"max_steps">()),
                            .progress = {}};
  if (batch.empty()) options.progress = [&](std::size_t done) { call.poll(done, static_cast<std::uint64_t>(n)); };
  const auto compute = [&](std::int64_t i) {
    const Complex start = velocity ? number_at(*velocity, i) : Complex();
    const ComplexMotion motion =
        complex_motion(f, parameter.span(), number_at(place, i), velocity ? &start : nullptr, constants, options);
    for (std::int64_t k = 0; k < n; ++k) {
      const Complex at = motion.place[static_cast<std::size_t>(k)], rate = motion.velocity[static_cast<std::size_t>(k)];
      z.item(i)(k) = at;
      points.item(i)(k, 0) = at.real();
      points.item(i)(k, 1) = at.imag();
      rates.item(i)(k, 0) = rate.real();
      rates.item(i)(k, 1) = rate.imag();
    }
    steps(i) = static_cast<std::int64_t>(motion.steps);
  };
  for_each_item(call, sdk::count_of(batch), call.in<"on_error">(), compute, [&](std::int64_t i) {
    fill_nan(points.item(i));
    fill_nan(rates.item(i));
    const auto all = z.item(i).span();
    std::fill(all.begin(), all.end(), Complex(not_a_number, not_a_number));
    steps(i) = 0;
  });
}

}  // namespace orrery::curve

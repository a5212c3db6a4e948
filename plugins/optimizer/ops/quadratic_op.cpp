// The operations optimizer.quadratic, rosenbrock and dirac_gan.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/optimizer/ops/quadratic_op.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <vector>

#include "plugins/optimizer/core/checks.hpp"
#include "plugins/optimizer/core/problems.hpp"
#include "plugins/optimizer/core/random.hpp"

namespace orrery::optimizer {
namespace {

void require_finite(double loss) {
  if (!std::isfinite(loss)) throw sdk::NumericError("the loss leaves the range of numbers: it is " + shortest(loss));
}

void require_symmetric(const sdk::View<const double, 2>& hessian) {
  for (std::int64_t i = 0; i < hessian.extent(0); ++i)
    for (std::int64_t j = 0; j < i; ++j)
      if (hessian(i, j) != hessian(j, i))
        throw std::invalid_argument("'hessian' must be symmetric; [" + std::to_string(i) + ", " + std::to_string(j) +
                                    "] is " + shortest(hessian(i, j)) + " and its mirror " + shortest(hessian(j, i)));
}

}  // namespace

void Quadratic::run(sdk::Call<Quadratic>& call) {
  const auto parameters = call.in<"parameters">();
  const auto hessian = call.maybe<"hessian">();
  const auto spectrum = call.maybe<"spectrum">(), centre = call.maybe<"centre">(),
             deviation = call.maybe<"deviation">();
  if (hessian.has_value() == spectrum.has_value())
    throw std::invalid_argument("exactly one of 'hessian' and 'spectrum' is needed");
  // Of one parameter a matrix and a diagonal are the same.
  if (hessian) require_symmetric(*hessian);
  const auto gradient = call.out<"gradient">(parameters.size());
  const double loss =
      quadratic(hessian ? hessian->span() : spectrum->span(), centre ? centre->span() : std::span<const double>(),
                parameters.span(), gradient.span());
  require_finite(loss);
  if (deviation) {
    const double root = std::sqrt(static_cast<double>(call.in<"batch">()));
    for (std::int64_t i = 0; i < parameters.size(); ++i) {
      if ((*deviation)(i) < 0.0)
        throw std::domain_error("deviation[" + std::to_string(i) + "] must be at least 0; it is " +
                                shortest((*deviation)(i)));
      const auto pair = normal_pair(call.random_words(0, static_cast<std::uint64_t>(i / 2)));
      gradient(i) += (*deviation)(i) / root * pair[static_cast<std::size_t>(i % 2)];
    }
  }
  call.set<"loss">(loss);
}

void Rosenbrock::run(sdk::Call<Rosenbrock>& call) {
  const auto parameters = call.in<"parameters">();
  if (parameters.size() < 2)
    throw std::invalid_argument("'parameters' must be 2 or more; they are " + std::to_string(parameters.size()));
  const auto gradient = call.out<"gradient">(parameters.size());
  const double loss = rosenbrock(parameters.span(), call.in<"steepness">(), gradient.span());
  require_finite(loss);
  call.set<"loss">(loss);
}

void DiracGanOperation::run(sdk::Call<DiracGanOperation>& call) {
  const auto theta = call.in<"generator">(), phi = call.in<"discriminator">();
  const std::int64_t n = theta.size();
  const DiracGan state{call.out<"generator">(n).span(), call.out<"discriminator">(n).span()};
  std::copy(theta.begin(), theta.end(), state.generator.begin());
  std::copy(phi.begin(), phi.end(), state.discriminator.begin());
  dirac_gan_rate(state, {call.out<"generator_rate">(n).span(), call.out<"discriminator_rate">(n).span()});
  dirac_gan_step(state, call.in<"time_step">());
}

}  // namespace orrery::optimizer

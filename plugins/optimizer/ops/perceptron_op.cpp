// The operation optimizer.perceptron.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/optimizer/ops/perceptron_op.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "plugins/optimizer/core/checks.hpp"
#include "plugins/optimizer/core/perceptron.hpp"

namespace orrery::optimizer {
namespace {

Perceptron net_of(const sdk::Call<PerceptronOperation>& call) {
  const auto labels = call.in<"labels">();
  if (labels.size() == 0) throw std::invalid_argument("'labels' must have at least one element; it has none");
  const std::int64_t largest = *std::max_element(labels.begin(), labels.end());
  const std::int64_t classes = call.maybe<"classes">().value_or(std::max<std::int64_t>(2, largest + 1));
  if (largest >= classes)
    throw std::domain_error("labels must be less than 'classes', " + std::to_string(classes) + "; one is " +
                            std::to_string(largest));
  Perceptron net{.widths = {static_cast<std::size_t>(call.in<"features">().extent(1))},
                 .penalty = call.in<"penalty">()};
  if (const auto hidden = call.maybe<"hidden">())
    for (const std::int64_t width : *hidden) net.widths.push_back(static_cast<std::size_t>(width));
  net.widths.push_back(static_cast<std::size_t>(classes));
  return net;
}

}  // namespace

void PerceptronOperation::run(sdk::Call<PerceptronOperation>& call) {
  const auto parameters = call.in<"parameters">();
  const Perceptron net = net_of(call);
  if (static_cast<std::size_t>(parameters.size()) != net.parameter_count())
    throw sdk::ShapeError("'parameters' must be " + std::to_string(net.parameter_count()) +
                          " numbers for these layers; they are " + std::to_string(parameters.size()));
  const LabelledRows rows{call.in<"features">().span(), call.in<"labels">().span()};
  const double loss =
      perceptron_loss<double>(net, rows, parameters.span(), call.out<"gradient">(parameters.size()).span());
  if (!std::isfinite(loss)) throw sdk::NumericError("the loss leaves the range of numbers: it is " + shortest(loss));
  call.set<"loss">(loss);
  const auto correct = static_cast<double>(correct_rows(net, rows, parameters.span()));
  call.set<"accuracy">(correct / static_cast<double>(rows.labels.size()));
  if (const std::int64_t iterations = call.in<"lanczos">(); iterations > 0)
    call.set<"sharpness">(sharpness(net, rows, parameters.span(), static_cast<std::size_t>(iterations)));
}

}  // namespace orrery::optimizer

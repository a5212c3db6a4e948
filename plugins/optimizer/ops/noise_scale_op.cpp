// The operations optimizer.noise_scale, noise_from_norms, fit_steps_examples and lr_scale.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/optimizer/ops/noise_scale_op.hpp"

namespace orrery::optimizer {
namespace {

template <class Op>
void put(sdk::Call<Op>& call, const NoiseEstimate& estimate) {
  call.template set<"squared_gradient">(estimate.squared_gradient);
  call.template set<"trace">(estimate.trace);
  call.template set<"noise_simple">(estimate.simple);
}

}  // namespace

void NoiseScale::run(sdk::Call<NoiseScale>& call) {
  const auto gradients = call.in<"gradients">();
  const std::int64_t n = gradients.extent(1);
  const auto mean = call.out<"mean">(n), deviation = call.out<"deviation">(n);
  put(call, noise_from_samples(gradients.span(), static_cast<std::size_t>(n), mean.span(), deviation.span()));
}

void NoiseFromNorms::run(sdk::Call<NoiseFromNorms>& call) {
  put(call, noise_from_two_batches(call.in<"small_batch">(), call.in<"small_norm2">(), call.in<"large_batch">(),
                                   call.in<"large_norm2">()));
}

void FitStepsExamples::run(sdk::Call<FitStepsExamples>& call) {
  const auto errors = call.maybe<"errors">();
  const StepsExamplesFit fit = fit_steps_examples(call.in<"batch_size">().span(), call.in<"steps">().span(),
                                                  errors ? errors->span() : std::span<const double>());
  call.set<"steps_min">(fit.steps_min);
  call.set<"examples_min">(fit.examples_min);
  call.set<"critical_batch">(fit.critical_batch);
  call.set<"critical_error">(fit.critical_error);
  const auto covariance = call.out<"covariance">(2, 2);
  for (std::size_t i = 0; i < 4; ++i) covariance.data()[i] = fit.covariance[i];
  call.set<"residual">(fit.residual);
}

void LrScale::run(sdk::Call<LrScale>& call) {
  const auto to = call.in<"to">();
  const auto rates = call.out<"learning_rate">(call.batch());
  for (std::int64_t i = 0; i < sdk::count_of(call.batch()); ++i)
    *rates.item(i).data() = rescaled_rate(call.in<"rule">(), call.in<"learning_rate">(), call.in<"from">(), to(i),
                                          call.in<"noise">(), call.in<"power">());
}

}  // namespace orrery::optimizer

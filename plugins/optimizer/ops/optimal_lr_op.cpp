// The operations optimizer.optimal_lr, lr_surge, lr_surface, step_moments and sample_lr.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/optimizer/ops/optimal_lr_op.hpp"

#include "plugins/optimizer/core/one_step_sample.hpp"

namespace orrery::optimizer {
namespace {

/// Model and rule of a call, looked at.
template <class Op>
struct Law {
  explicit Law(const sdk::Call<Op>& call) : model(law_ports::model_of(call)), rule(law_ports::rule_of(call)) {
    check_model(model, rule);
  }
  GradientModel model;
  StepRule rule;
};

}  // namespace

void OptimalLr::run(sdk::Call<OptimalLr>& call) {
  const Law law(call);
  const auto batches = call.in<"batch_size">();
  const auto rate = call.out<"learning_rate">(batches.size()), gain = call.out<"gain">(batches.size());
  const auto slope = call.out<"slope">(batches.size()), curvature = call.out<"curvature">(batches.size());
  for (std::int64_t i = 0; i < batches.size(); ++i) {
    const OptimalStep step = optimal_step(law.model, law.rule, batches(i));
    rate(i) = step.rate, gain(i) = step.gain, slope(i) = step.slope, curvature(i) = step.curvature;
  }
  const NoiseScales s = noise_scales(law.model, law.rule);
  call.set<"noise_simple">(s.simple);
  call.set<"noise_scale">(s.noise);
  call.set<"rate_max">(s.rate_max);
  call.set<"gain_max">(s.gain_max);
  call.set<"diagonal_sum">(s.diagonal);
  call.set<"off_diagonal_sum">(s.off_diagonal);
  call.set<"kappa2">(s.kappa2);
  call.set<"beta_noise">(s.beta_noise);
  call.set<"surge_batch">(s.surge_batch);
  call.set<"surge_rate">(s.surge_rate);
  call.set<"surge_epsilon">(s.surge_epsilon);
}

void LrSurge::run(sdk::Call<LrSurge>& call) {
  const Law law(call);
  const Surge surge = find_surge(law.model, law.rule, call.in<"smallest_batch">(), call.in<"largest_batch">());
  const NoiseScales closed = noise_scales(law.model, law.rule);
  call.set<"found">(surge.found);
  call.set<"batch_size">(surge.batch);
  call.set<"learning_rate">(surge.rate);
  call.set<"closed_batch_size">(closed.surge_batch);
  call.set<"closed_learning_rate">(closed.surge_rate);
}

void LrSurface::run(sdk::Call<LrSurface>& call) {
  const Law law(call);
  const auto batches = call.in<"batch_size">(), epsilons = call.in<"epsilons">();
  const auto rates = call.out<"learning_rate">(batches.size(), epsilons.size());
  const auto rows = static_cast<std::uint64_t>(batches.size());
  call.parallel_for(rows, 1, [&](std::uint64_t begin, std::uint64_t end) {
    call.poll(begin, rows);
    optimal_surface(law.model, law.rule, batches.span(), epsilons.span(), begin, end, rates.span());
  });
}

void StepMomentsOperation::run(sdk::Call<StepMomentsOperation>& call) {
  const auto gradient = call.in<"gradient">(), noise = call.in<"noise">(), epsilon = call.in<"epsilon">();
  StepRule rule{call.in<"direction">(), call.in<"level">(), 0.0, call.in<"beta1">(), {}, 0.0};
  if (rule.level == Level::homogeneous_pi || rule.level == Level::homogeneous_1)
    throw std::invalid_argument("the homogeneous levels have no moments of one component");
  const sdk::Shape batch = call.batch();
  const auto mean = call.out<"mean">(batch), second = call.out<"second">(batch);
  for (std::int64_t i = 0; i < sdk::count_of(batch); ++i) {
    rule.epsilon = epsilon(i);
    const StepMoments m = direction_moments(gradient(i), noise(i), rule);
    *mean.item(i).data() = m.mean;
    *second.item(i).data() = m.second;
  }
}

void SampleLr::run(sdk::Call<SampleLr>& call) {
  const Law law(call);
  const double batch = call.in<"batch_size">();
  const std::uint64_t key = call.random_key();
  std::int64_t shown = 0;
  const StepEstimate e = sample_step(law.model, law.rule, batch, key, call.in<"relative_error">(),
                                     call.in<"max_draws">(), [&](std::uint64_t parts, const auto& make) {
                                       call.parallel_for(parts, 4, [&](std::uint64_t begin, std::uint64_t end) {
                                         call.poll(begin, parts);
                                         for (std::uint64_t i = begin; i < end; ++i) {
                                           const StepSums sums = make(i);
                                           call.tap<"part_rate">(shown + static_cast<std::int64_t>(i), sums.a / sums.w);
                                         }
                                       });
                                       shown += static_cast<std::int64_t>(parts);
                                     });
  call.set<"learning_rate">(e.rate);
  call.set<"learning_rate_error">(e.rate_error);
  call.set<"gain">(e.gain);
  call.set<"slope">(e.slope);
  call.set<"slope_error">(e.slope_error);
  call.set<"curvature">(e.curvature);
  call.set<"curvature_error">(e.curvature_error);
  call.set<"draws">(e.draws);
}

}  // namespace orrery::optimizer

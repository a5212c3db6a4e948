// Ports of the laws of the learning rate, declared once, and what they are read as.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <orrery/sdk/plugin.hpp>

#include "plugins/optimizer/core/optimal_step.hpp"

namespace orrery::optimizer::law_ports {

using sdk::f64;
using sdk::i64;

inline constexpr sdk::in<"gradient", f64, "n"> gradient{.doc = "mean gradient g"};
inline constexpr sdk::in<"deviation", f64, "n"> deviation{
    .min = 0, .doc = "standard deviation of one sample's gradient, each component; they are taken as independent"};
inline constexpr sdk::in<"hessian", f64, "n x n"> hessian{.optional = true, .doc = "second derivatives, symmetric"};
inline constexpr sdk::in<"hessian_diagonal", f64, "n"> hessian_diagonal{
    .optional = true, .doc = "in the place of hessian: H = diagonal + factor factor'"};
inline constexpr sdk::in<"hessian_factor", f64, "n x k"> hessian_factor{.optional = true,
                                                                        .doc = "see hessian_diagonal"};
inline constexpr sdk::in<"direction", sdk::Choice<Direction>> direction{
    .fallback = "softsign",
    .choices = {"sgd", "signsgd", "softsign", "adam_first_step", "adam_limit"},
    .doc =
        "of a batch's gradient x: x, sign x, x/sqrt(x^2 + epsilon^2), x/(|x| + epsilon), or Adam at a fixed point "
        "with beta2 near 1"};
inline constexpr sdk::in<"level", sdk::Choice<Level>> level{
    .fallback = "exact",
    .choices = {"exact", "clip", "rational", "mean_field", "corrected", "homogeneous_pi", "homogeneous_1"},
    .doc =
        "exact, or which closed form stands in for the moments: clip in error functions; rational with pi/2 or "
        "(mean_field) 1; corrected with the exact slope; homogeneous: one factor for all components"};
inline constexpr sdk::in<"epsilon", f64> epsilon{.fallback = "0", .min = 0, .doc = "of softsign and Adam"};
inline constexpr sdk::in<"beta1", f64> beta1{
    .fallback = "0", .min = 0, .max = 1, .below_max = true, .doc = "of adam_limit"};
inline constexpr sdk::in<"kappa_rule", sdk::Choice<KappaRule>> kappa_rule{
    .fallback = "mean_ratio",
    .choices = {"mean_ratio", "simple", "given"},
    .doc =
        "kappa^2 of the homogeneous levels: the mean of sigma^2/(g^2 + epsilon^2), the quotient of the sums, or "
        "kappa2"};
inline constexpr sdk::in<"kappa2", f64> kappa2{.fallback = "1", .min = 0, .above_min = true, .doc = "for given"};

/// The model as the ports give it.
template <class Op>
GradientModel model_of(const sdk::Call<Op>& call) {
  GradientModel model{call.template in<"gradient">().span(), call.template in<"deviation">().span(), {}};
  if (const auto h = call.template maybe<"hessian">()) model.hessian.dense = h->span();
  if (const auto h = call.template maybe<"hessian_diagonal">()) model.hessian.diagonal = h->span();
  if (const auto h = call.template maybe<"hessian_factor">()) model.hessian.factor = h->span();
  return model;
}

template <class Op>
StepRule rule_of(const sdk::Call<Op>& call) {
  return {call.template in<"direction">(), call.template in<"level">(),      call.template in<"epsilon">(),
          call.template in<"beta1">(),     call.template in<"kappa_rule">(), call.template in<"kappa2">()};
}

}  // namespace orrery::optimizer::law_ports

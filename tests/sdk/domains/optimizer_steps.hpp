// Declarations of the optimizer domain: update rules, each a state in and a state out, and problems with gradients.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/sdk/domains/declared.hpp"

namespace orrery::domains::optimizer {

// The parameters of any shape; the state has the same. Outputs are meant to reuse the inputs' memory.
inline constexpr std::tuple parameters{
    in<"x", Real, "...">{.doc = "parameters"},
    in<"gradient", Real, "...">{.doc = "of the loss at x"},
    in<"learning_rate", f64>{.min = 0, .doc = "eta"},
    out<"x", Real, "...">{.dtype_like = "x", .in_place = "x", .doc = "parameters after the step"},
    tap<"update_norm", f64>{.doc = "of the step"},
    tap<"update_ratio", f64>{.doc = "step over parameters, norms"}};

inline constexpr in<"m", Real, "..."> m_in{.fallback = "0", .doc = "first moment"};
inline constexpr out<"m", Real, "..."> m_out{.dtype_like = "x", .in_place = "m", .doc = "first moment"};
inline constexpr in<"v", Real, "..."> v_in{.fallback = "0", .doc = "second moment"};
inline constexpr out<"v", Real, "..."> v_out{.dtype_like = "x", .in_place = "v", .doc = "second moment"};
inline constexpr in<"step", i64> step_in{.fallback = "0", .min = 0, .doc = "steps taken so far"};
inline constexpr out<"step", i64> step_out{.doc = "steps taken so far"};
inline constexpr in<"momentum", f64> momentum_in{.fallback = "0.9", .min = 0, .max = 1, .below_max = true, .doc = "mu"};
inline constexpr in<"beta1", f64> beta1{.fallback = "0.9", .min = 0, .max = 1, .below_max = true, .doc = "decay of m"};
inline constexpr in<"beta2", f64> beta2{
    .fallback = "0.999", .min = 0, .max = 1, .below_max = true, .doc = "decay of v"};
inline constexpr in<"epsilon", f64> epsilon{.fallback = "1e-8", .min = 0, .doc = "epsilon"};
inline constexpr in<"weight_decay", f64> weight_decay{.fallback = "0", .min = 0, .doc = "lambda"};
enum class Place { outside, hat, inside, softsign };
inline constexpr in<"epsilon_place", Choice<Place>> epsilon_place{
    .fallback = "outside", .choices = {"outside", "hat", "inside", "softsign"}, .doc = "where epsilon stands"};

template <class... Port>
consteval auto step_ports(const Port&... port) {
  return std::tuple_cat(parameters, std::tuple{port...});
}

struct SgdStep : Declared<SgdStep> {
  static constexpr Info info = about("sgd_step", "x - eta g");
  static constexpr auto ports = step_ports(weight_decay);
};

struct MomentumStep : Declared<MomentumStep> {
  static constexpr Info info = about("momentum_step", "Heavy ball");
  static constexpr auto ports =
      step_ports(momentum_in, in<"dampening", f64>{.fallback = "0", .min = 0, .max = 1, .doc = "of the gradient"},
                 weight_decay, m_in, m_out);
};

enum class NesterovForm { torch, sutskever };
struct NesterovStep : Declared<NesterovStep> {
  static constexpr Info info = about("nesterov_step", "Nesterov's momentum, in either form");
  static constexpr auto ports =
      step_ports(momentum_in,
                 in<"form", Choice<NesterovForm>>{
                     .fallback = "torch", .choices = {"torch", "sutskever"}, .doc = "where it looks ahead"},
                 weight_decay, m_in, m_out);
};

struct RmspropStep : Declared<RmspropStep> {
  static constexpr Info info = about("rmsprop_step", "RMSprop, centred or not");
  static constexpr auto ports = step_ports(
      in<"alpha", f64>{.fallback = "0.99", .min = 0, .max = 1, .below_max = true, .doc = "decay of v"}, epsilon,
      in<"centered", bool>{.fallback = "false", .doc = "less the squared mean"}, v_in, v_out,
      in<"mean", Real, "...">{.optional = true, .doc = "of gradients, centred only"},
      out<"mean", Real, "...">{.dtype_like = "x", .in_place = "mean", .optional = true, .doc = "of gradients"});
};

inline constexpr std::tuple adam_state{beta1, beta2,   epsilon, epsilon_place, m_in,
                                       v_in,  step_in, m_out,   v_out,         step_out};

struct AdamStep : Declared<AdamStep> {
  static constexpr Info info = about("adam_step", "Adam");
  static constexpr auto ports = std::tuple_cat(parameters, adam_state, std::tuple{weight_decay});
};

enum class Decay { decoupled, fixed, cautious };
inline constexpr in<"decay", Choice<Decay>> decay{
    .fallback = "decoupled", .choices = {"decoupled", "fixed", "cautious"}, .doc = "how weights decay"};
struct AdamwStep : Declared<AdamwStep> {
  static constexpr Info info = about("adamw_step", "Adam with decoupled weight decay");
  static constexpr auto ports = std::tuple_cat(parameters, adam_state, std::tuple{weight_decay, decay});
};

struct AmsgradStep : Declared<AmsgradStep> {
  static constexpr Info info = about("amsgrad_step", "Adam with the largest second moment so far");
  static constexpr auto ports = std::tuple_cat(
      parameters, adam_state,
      std::tuple{in<"v_max", Real, "...">{.fallback = "0", .doc = "largest v"},
                 out<"v_max", Real, "...">{.dtype_like = "x", .in_place = "v_max", .doc = "largest v"}, weight_decay});
};

struct LionStep : Declared<LionStep> {
  static constexpr Info info = about("lion_step", "Lion: the sign of an interpolated momentum");
  static constexpr auto ports = step_ports(beta1, beta2, weight_decay, m_in, m_out);
};

struct SignSgdStep : Declared<SignSgdStep> {
  static constexpr Info info = about("sign_sgd_step", "x - eta sign(g)");
  static constexpr auto ports = step_ports(weight_decay);
};

struct SoftsignStep : Declared<SoftsignStep> {
  static constexpr Info info = about("softsign_step", "x - eta g/sqrt(g^2 + epsilon^2)");
  static constexpr auto ports = step_ports(epsilon, weight_decay);
};

struct LambStep : Declared<LambStep> {
  static constexpr Info info = about("lamb_step", "Adam with a trust ratio for each group");
  static constexpr auto ports = std::tuple_cat(
      parameters, adam_state,
      std::tuple{weight_decay, in<"groups", i64, "k">{.min = 1, .optional = true, .doc = "sizes; left out: one group"},
                 tap<"trust_ratio", f64, "k">{.doc = "of each group"}});
};

// The letters tie a matrix parameter to its preconditioners.
inline constexpr std::tuple matrix_parameters{
    in<"x", Real, "... x n x k">{.doc = "parameters"},
    in<"gradient", Real, "... x n x k">{.doc = "at x"},
    in<"learning_rate", f64>{.min = 0, .doc = "eta"},
    out<"x", Real, "... x n x k">{.dtype_like = "x", .in_place = "x", .doc = "after the step"},
    in<"m", Real, "... x n x k">{.optional = true, .doc = "momentum; left out: 0"},
    out<"m", Real, "... x n x k">{.dtype_like = "x", .in_place = "m", .doc = "momentum"}};

struct MuonStep : Declared<MuonStep> {
  static constexpr Info info = about("muon_step", "Momentum made orthogonal by Newton-Schulz steps");
  static constexpr auto ports = std::tuple_cat(
      matrix_parameters,
      std::tuple{momentum_in, in<"nesterov", bool>{.fallback = "true", .doc = "looks ahead"},
                 in<"iterations", i64>{.fallback = "5", .min = 0, .max = 100, .doc = "of Newton and Schulz"},
                 in<"coefficients", f64, "3">{.fallback = "[3.4445, -4.7750, 2.0315]", .doc = "of the quintic"},
                 weight_decay, tap<"singular_values", f64, "s">{.doc = "of the update"}});
};

inline constexpr std::tuple preconditioners{
    in<"left", Real, "... x n x n">{.optional = true, .doc = "sum of G G^T; left out: 0"},
    in<"right", Real, "... x k x k">{.optional = true, .doc = "sum of G^T G; left out: 0"},
    out<"left", Real, "... x n x n">{.dtype_like = "x", .in_place = "left", .doc = "sum of G G^T"},
    out<"right", Real, "... x k x k">{.dtype_like = "x", .in_place = "right", .doc = "sum of G^T G"}};

struct ShampooStep : Declared<ShampooStep> {
  static constexpr Info info = about("shampoo_step", "Kronecker-factored preconditioning");
  static constexpr auto ports = std::tuple_cat(
      matrix_parameters, preconditioners,
      std::tuple{momentum_in, epsilon, in<"power", f64>{.fallback = "-0.25", .max = 0, .doc = "of the factors"},
                 weight_decay});
};

struct SoapStep : Declared<SoapStep> {
  static constexpr Info info = about("soap_step", "Adam in the eigenbasis of Shampoo's factors");
  static constexpr auto ports = std::tuple_cat(
      matrix_parameters, preconditioners,
      std::tuple{in<"v", Real, "... x n x k">{.optional = true, .doc = "second moment, rotated"},
                 out<"v", Real, "... x n x k">{.dtype_like = "x", .in_place = "v", .doc = "second moment, rotated"},
                 beta1, beta2, epsilon, step_in, step_out,
                 in<"period", i64>{.fallback = "10", .min = 1, .doc = "steps between eigenbases"}, weight_decay});
};

// x is the averaged sequence, y where the gradient is taken, z the base sequence.
inline constexpr std::tuple schedule_free{
    in<"x", Real, "...">{.doc = "averaged"},
    in<"z", Real, "...">{.doc = "base"},
    in<"gradient", Real, "...">{.doc = "of the loss at y"},
    in<"learning_rate", f64>{.min = 0, .doc = "eta"},
    in<"interpolation", f64>{.fallback = "0.9", .min = 0, .max = 1, .doc = "beta: y = (1 - beta) z + beta x"},
    in<"warmup", i64>{.fallback = "0", .min = 0, .doc = "steps"},
    step_in,
    step_out,
    in<"weight_sum", f64>{.fallback = "0", .min = 0, .doc = "of the average"},
    out<"weight_sum", f64>{.doc = "of the average"},
    out<"x", Real, "...">{.dtype_like = "x", .in_place = "x", .doc = "averaged"},
    out<"y", Real, "...">{.dtype_like = "x", .doc = "where the next gradient is taken"},
    out<"z", Real, "...">{.dtype_like = "x", .in_place = "z", .doc = "base"},
    weight_decay};

struct ScheduleFreeSgdStep : Declared<ScheduleFreeSgdStep> {
  static constexpr Info info = about("schedule_free_sgd_step", "SGD that averages instead of a schedule");
  static constexpr auto ports = schedule_free;
};

struct ScheduleFreeAdamwStep : Declared<ScheduleFreeAdamwStep> {
  static constexpr Info info = about("schedule_free_adamw_step", "AdamW that averages instead of a schedule");
  static constexpr auto ports = std::tuple_cat(schedule_free, std::tuple{beta2, epsilon, v_in, v_out});
};

enum class Schedule {
  constant,
  step,
  exponential,
  cosine,
  one_cycle,
  warmup_stable_decay,
  inverse_sqrt,
  polynomial,
  rex
};
struct LearningRate : Declared<LearningRate> {
  static constexpr Info info = about("learning_rate", "Learning rate of a schedule at any steps");
  static constexpr std::tuple ports{
      in<"schedule", Choice<Schedule>>{.choices = {"constant", "step", "exponential", "cosine", "one_cycle",
                                                   "warmup_stable_decay", "inverse_sqrt", "polynomial", "rex"},
                                       .doc = "its usual name"},
      in<"steps", i64, "...">{.min = 0, .doc = "counted from 0"},
      in<"peak", f64>{.min = 0, .doc = "largest"},
      in<"final", f64>{.fallback = "0", .min = 0, .doc = "last"},
      in<"total", i64>{.min = 1, .doc = "steps"},
      in<"warmup", i64>{.fallback = "0", .min = 0, .doc = "steps of linear increase"},
      in<"restart", i64>{.min = 1, .optional = true, .doc = "period of cosine restarts"},
      in<"factor", f64>{.fallback = "0.1", .min = 0, .doc = "of a step, an exponential, or a polynomial's power"},
      out<"learning_rate", f64, "...">{.doc = "at each step"}};
};

enum class Clip { norm, value, adaptive };
struct ClipGradient : Declared<ClipGradient> {
  static constexpr Info info = about("clip_gradient", "Gradient cut to a norm or to values");
  static constexpr std::tuple ports{
      in<"gradient", Real, "...">{.doc = "g"},
      in<"limit", f64>{.min = 0, .above_min = true, .doc = "of norm or elements"},
      in<"by", Choice<Clip>>{.fallback = "norm", .choices = {"norm", "value", "adaptive"}, .doc = "what is limited"},
      in<"x", Real, "...">{.optional = true, .doc = "parameters, for adaptive"},
      out<"gradient", Real, "...">{.dtype_like = "gradient", .in_place = "gradient", .doc = "cut"},
      out<"norm", f64>{.doc = "before"}};
};

inline constexpr in<"x", f64, "n"> at{.doc = "parameters"};
inline constexpr in<"batch_size", i64> batch_size{.fallback = "1", .min = 1, .doc = "samples in a step"};
inline constexpr in<"step", i64> at_step{.fallback = "0", .min = 0, .doc = "numbers the random draw"};
inline constexpr out<"loss", f64> loss{.doc = "mean over the batch"};
inline constexpr out<"gradient", f64, "n"> gradient{.doc = "of the loss"};

struct NoisyQuadratic : Declared<NoisyQuadratic> {
  static constexpr Info info = drawing("noisy_quadratic", "x^T H x/2 with gradient noise");
  static constexpr std::tuple ports{at,
                                    in<"hessian", f64, "n x n">{.optional = true, .doc = "H"},
                                    in<"spectrum", f64, "n">{.optional = true, .doc = "H, diagonal"},
                                    in<"noise", f64, "n">{.min = 0, .optional = true, .doc = "per sample"},
                                    batch_size,
                                    at_step,
                                    loss,
                                    gradient};
};

struct Rosenbrock : Declared<Rosenbrock> {
  static constexpr Info info = about("rosenbrock", "Rosenbrock's function, its gradient and Hessian");
  static constexpr std::tuple ports{in<"x", f64, "... x n">{.doc = "parameters"},
                                    in<"a", f64>{.fallback = "1", .doc = "place of the minimum"},
                                    in<"b", f64>{.fallback = "100", .min = 0, .doc = "steepness"},
                                    out<"loss", f64, "...">{.doc = "value"},
                                    out<"gradient", f64, "... x n">{.doc = "exact"},
                                    out<"hessian", f64, "... x n x n">{.optional = true, .doc = "exact"}};
};

inline constexpr in<"features", f64, "s x p"> features{.doc = "one row for each sample"};
struct LogisticRegression : Declared<LogisticRegression> {
  static constexpr Info info = drawing("logistic_regression", "Mean log-loss, exact gradient, per-sample gradients");
  static constexpr std::tuple ports{in<"x", f64, "p">{.doc = "weights"},
                                    features,
                                    in<"labels", i64, "s">{.min = -1, .max = 1, .doc = "-1 or 1"},
                                    in<"ridge", f64>{.fallback = "0", .min = 0, .doc = "lambda"},
                                    batch_size,
                                    at_step,
                                    loss,
                                    out<"gradient", f64, "p">{.doc = "of the loss"},
                                    out<"sample_gradients", f64, "s x p">{.optional = true, .doc = "one for each"},
                                    out<"hessian", f64, "p x p">{.optional = true, .doc = "exact"}};
};

enum class Activation { tanh, relu, gelu, linear };
inline constexpr in<"activation", Choice<Activation>> activation{
    .fallback = "tanh", .choices = {"tanh", "relu", "gelu", "linear"}, .doc = "of the hidden layers"};
inline constexpr in<"widths", i64, "l"> widths{.min = 1, .doc = "of the layers, input and output too"};
struct Perceptron : Declared<Perceptron> {
  static constexpr Info info = drawing("perceptron", "Multilayer perceptron: loss and exact gradient");
  static constexpr std::tuple ports{
      at,
      features,
      in<"labels", i64, "s">{.min = 0, .doc = "classes"},
      widths,
      activation,
      in<"dropout", f64>{.fallback = "0", .min = 0, .max = 1, .below_max = true, .doc = "p"},
      batch_size,
      at_step,
      loss,
      gradient,
      out<"accuracy", f64>{.doc = "over the batch"},
      tap<"activations", f64, "s x w">{.doc = "of each layer"},
      tap<"layer_gradient", f64, "g">{.doc = "of each layer"}};
};

struct DiracGan : Declared<DiracGan> {
  static constexpr Info info = about("dirac_gan", "Gradients of both players of a Dirac-GAN");
  static constexpr std::tuple ports{in<"generator", f64, "n">{.doc = "theta"},
                                    in<"discriminator", f64, "n">{.doc = "phi"},
                                    out<"generator_gradient", f64, "n">{.doc = "non-saturating"},
                                    out<"discriminator_gradient", f64, "n">{.doc = "of its own loss"}};
};

struct EdgeOfStability : Declared<EdgeOfStability> {
  static constexpr Info info = about("edge_of_stability", "A loss whose sharpness grows along gradient flow");
  static constexpr std::tuple ports{at, loss, gradient, out<"sharpness", f64>{.doc = "largest eigenvalue, exact"}};
};

enum class DataSet { breast_cancer, iris, digits };
struct LoadDataSet : Declared<LoadDataSet> {
  static constexpr Info info = about("load_data_set", "A data set that comes with the plugin");
  static constexpr std::tuple ports{
      in<"name", Choice<DataSet>>{.choices = {"breast_cancer", "iris", "digits"}, .doc = "which"},
      in<"standardize", bool>{.fallback = "true", .doc = "mean 0, deviation 1"},
      out<"features", f64, "s x p">{.doc = "rows"}, out<"labels", i64, "s">{.doc = "classes"},
      out<"names", Table>{.columns = {{{.name = "feature", .dtype = ORRERY_TEXT, .doc = "name"}}},
                          .doc = "of the columns"}};
};

}  // namespace orrery::domains::optimizer

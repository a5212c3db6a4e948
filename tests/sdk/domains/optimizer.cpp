// Every operation of the optimizer domain, declared: laws, diagnostics, whole runs and contrastive losses here.
// SPDX-License-Identifier: Apache-2.0
#include "tests/sdk/domains/optimizer_steps.hpp"

namespace orrery::domains::optimizer {

enum class Rule { sgd, sign_sgd, softsign, adam };
enum class Level { exact, erf, rational, mean_field_pi, mean_field_1 };
inline constexpr in<"rule", Choice<Rule>> rule{.choices = {"sgd", "sign_sgd", "softsign", "adam"},
                                               .doc = "adam: its first step, g/(|g| + epsilon)"};
inline constexpr in<"level", Choice<Level>> level{
    .fallback = "exact",
    .choices = {"exact", "erf", "rational", "mean_field_pi", "mean_field_1"},
    .doc = "of approximation"};
enum class Kappa { mean_ratio, b_simple, given };
inline constexpr std::tuple problem{
    in<"gradient", f64, "n">{.doc = "g"},
    in<"noise", f64, "n">{.min = 0, .optional = true, .doc = "sigma, per sample"},
    in<"covariance", f64, "n x n">{.optional = true, .doc = "Sigma, per sample"},
    in<"hessian", f64, "n x n">{.optional = true, .doc = "H"},
    in<"hessian_diagonal", f64, "n">{.optional = true, .doc = "of H"},
    in<"hessian_factor", f64, "n x r">{.optional = true, .doc = "H = diagonal + F F^T"},
    rule,
    level,
    in<"epsilon", f64, "e">{.fallback = "[0]", .min = 0, .doc = "of softsign and Adam"},
    in<"kappa", Choice<Kappa>>{
        .fallback = "mean_ratio", .choices = {"mean_ratio", "b_simple", "given"}, .doc = "kappa^2"},
    in<"kappa_squared", f64>{.min = 0, .optional = true, .doc = "where it is given"}};

struct OptimalLearningRate : Declared<OptimalLearningRate> {
  static constexpr Info info = long_running("optimal_learning_rate", "Best learning rate and gain by batch size");
  static constexpr auto ports = std::tuple_cat(
      problem,
      std::tuple{
          in<"batch_sizes", f64, "b">{.min = 0, .above_min = true, .finite = false, .doc = "B; infinite is the limit"},
          out<"learning_rate", f64, "b x e">{.doc = "eta*"}, out<"gain", f64, "b x e">{.doc = "decrease of the loss"},
          out<"exact_learning_rate", f64, "b x e">{.doc = "beside an approximation"},
          out<"noise_scale", f64>{.doc = "B_noise"}, out<"simple_noise_scale", f64>{.doc = "B_simple"},
          tap<"nodes", i64>{.doc = "of the quadrature"}});
};

struct Surge : Declared<Surge> {
  static constexpr Info info = long_running("surge", "Whether the best learning rate falls again, and its true peak");
  static constexpr auto ports = std::tuple_cat(
      problem, std::tuple{out<"has_surge", bool, "e">{.doc = "for each epsilon"},
                          out<"peak_batch_size", f64, "e">{.optional = true, .doc = "where there is one"},
                          out<"peak_learning_rate", f64, "e">{.optional = true, .doc = "there"},
                          out<"beta_noise", f64>{.optional = true, .doc = "sqrt(D/O), if O > 0"},
                          out<"critical_epsilon", f64>{.optional = true, .doc = "above it there is no surge"}});
};

struct Moments : Declared<Moments> {
  static constexpr Info info = long_running("moments", "Mean and mean square of an update under Gaussian noise");
  static constexpr std::tuple ports{in<"gradient", f64, "...">{.doc = "g"},
                                    in<"noise", f64, "...">{.min = 0, .doc = "s of the batch gradient"},
                                    in<"epsilon", f64, "...">{.fallback = "0", .min = 0, .doc = "of softsign"},
                                    rule,
                                    level,
                                    out<"mean", f64, "...">{.doc = "first moment"},
                                    out<"mean_square", f64, "...">{.doc = "second moment"}};
};

struct LawMonteCarlo : Declared<LawMonteCarlo> {
  static constexpr Info info = drawing("law_monte_carlo", "Best learning rate by sampling, to a requested error");
  static constexpr auto ports = std::tuple_cat(
      problem,
      std::tuple{in<"batch_size", f64>{.min = 0, .above_min = true, .doc = "B"},
                 in<"relative_error", f64>{.fallback = "1e-4", .min = 0, .above_min = true, .doc = "where to stop"},
                 in<"max_samples", i64>{.fallback = "100000000", .min = 2, .doc = "at most"},
                 out<"learning_rate", f64>{.doc = "eta*"}, out<"standard_error", f64>{.doc = "of it"},
                 out<"samples", i64>{.doc = "drawn"}, tap<"running_mean", f64>{.doc = "as it goes"}});
};

enum class ScaleRule { linear, square_root, saturating, power, sde_adam };
struct ScaleLearningRate : Declared<ScaleLearningRate> {
  static constexpr Info info = about("scale_learning_rate", "From one batch size to others by a rule");
  static constexpr std::tuple ports{
      in<"batch_size", f64>{.min = 0, .above_min = true, .doc = "B"},
      in<"learning_rate", f64>{.min = 0, .doc = "at B"},
      in<"batch_sizes", f64, "b">{.min = 0, .above_min = true, .doc = "B'"},
      in<"rule", Choice<ScaleRule>>{.choices = {"linear", "square_root", "saturating", "power", "sde_adam"},
                                    .doc = "how"},
      in<"noise_scale", f64>{.min = 0, .optional = true, .doc = "B_noise, for saturating"},
      in<"power", f64>{.optional = true, .doc = "alpha"},
      out<"learning_rates", f64, "b">{.doc = "at each B'"},
      out<"one_minus_beta", f64, "b">{.optional = true, .doc = "factor, for Adam"},
      out<"epsilon", f64, "b">{.optional = true, .doc = "factor, for Adam"}};
};

struct NoiseScaleFromGradients : Declared<NoiseScaleFromGradients> {
  static constexpr Info info = about("noise_scale_from_gradients", "Noise scales from per-sample gradients");
  static constexpr std::tuple ports{in<"sample_gradients", f64, "s x n">{.doc = "one row for each sample"},
                                    in<"hessian", f64, "n x n">{.optional = true, .doc = "for B_noise"},
                                    out<"simple_noise_scale", f64>{.doc = "unbiased B_simple"},
                                    out<"noise_scale", f64>{.optional = true, .doc = "B_noise"},
                                    out<"standard_error", f64>{.doc = "of B_simple"},
                                    out<"gradient", f64, "n">{.doc = "mean"},
                                    out<"noise", f64, "n">{.doc = "sigma"}};
};

struct NoiseScaleFromNorms : Declared<NoiseScaleFromNorms> {
  static constexpr Info info = about("noise_scale_from_norms", "B_simple from gradient norms at two batch sizes");
  static constexpr std::tuple ports{in<"small_batch", f64>{.min = 1, .doc = "B_s"},
                                    in<"big_batch", f64>{.min = 1, .doc = "B_b"},
                                    in<"small_norms", f64, "k">{.min = 0, .doc = "squared, of small batches"},
                                    in<"big_norms", f64, "j">{.min = 0, .doc = "squared, of big batches"},
                                    out<"simple_noise_scale", f64>{.doc = "unbiased parts"},
                                    out<"gradient_norm", f64>{.doc = "squared"},
                                    out<"noise_trace", f64>{.doc = "tr Sigma"}};
};

struct FitStepsExamples : Declared<FitStepsExamples> {
  static constexpr Info info = about("fit_steps_examples", "(S/S_min - 1)(E/E_min - 1) = 1 through measured pairs");
  static constexpr std::tuple ports{in<"batch_sizes", f64, "k">{.min = 0, .above_min = true, .doc = "B"},
                                    in<"steps", f64, "k">{.min = 0, .above_min = true, .doc = "S to the target"},
                                    out<"min_steps", f64>{.doc = "S_min"},
                                    out<"min_examples", f64>{.doc = "E_min"},
                                    out<"critical_batch_size", f64>{.doc = "E_min/S_min"},
                                    out<"covariance", f64, "2 x 2">{.doc = "of S_min and E_min"}};
};

struct Gaussianity : Declared<Gaussianity> {
  static constexpr Info info = drawing("gaussianity", "Whether the Gaussian law holds on real gradients");
  static constexpr std::tuple ports{in<"sample_gradients", f64, "s x n">{.doc = "one row for each sample"},
                                    in<"batch_sizes", i64, "b">{.min = 1, .doc = "B"},
                                    in<"draws", i64>{.fallback = "10000", .min = 2, .doc = "batches"},
                                    out<"sign_mean", f64, "b x n">{.doc = "E sign, measured"},
                                    out<"sign_law", f64, "b x n">{.doc = "erf"},
                                    out<"skewness", f64, "n">{.doc = "of samples"},
                                    out<"kurtosis", f64, "n">{.doc = "excess, of samples"},
                                    out<"holds", bool, "b">{.doc = "within the noise of the draws"}};
};

struct MomentPropagation : Declared<MomentPropagation> {
  static constexpr Info info = long_running("moment_propagation", "Exact mean and covariance on a noisy quadratic");
  static constexpr std::tuple ports{
      in<"spectrum", f64, "n">{.doc = "h"},
      in<"noise", f64, "n">{.min = 0, .doc = "sigma"},
      in<"start", f64, "n">{.doc = "x0"},
      in<"learning_rates", f64, "t">{.min = 0, .doc = "of each step"},
      momentum_in,
      in<"average", f64>{.min = 0, .max = 1, .optional = true, .doc = "decay of a moving average"},
      batch_size,
      out<"mean", f64, "t+1 x n">{.doc = "after each step"},
      out<"variance", f64, "t+1 x n">{.doc = "after each step"},
      out<"average_variance", f64, "t+1 x n">{.optional = true, .doc = "of the average"},
      out<"loss", f64, "t+1">{.doc = "mean"}};
};

enum class Dynamics { gradient_descent, heavy_ball, nesterov, adam };
struct StabilityThreshold : Declared<StabilityThreshold> {
  static constexpr Info info = about("stability_threshold", "Largest stable sharpness of an update rule");
  static constexpr std::tuple ports{
      in<"method", Choice<Dynamics>>{.choices = {"gradient_descent", "heavy_ball", "nesterov", "adam"}, .doc = "rule"},
      in<"learning_rate", f64, "...">{.min = 0, .above_min = true, .doc = "eta"},
      in<"momentum", f64, "...">{.fallback = "0", .min = 0, .max = 1, .below_max = true, .doc = "beta"},
      out<"sharpness", f64, "...">{.doc = "threshold"}};
};

struct Sharpness : Declared<Sharpness> {
  static constexpr Info info = drawing("sharpness", "Largest curvatures by Lanczos steps on a Hessian");
  static constexpr std::tuple ports{in<"hessian", f64, "n x n">{.doc = "H"},
                                    in<"preconditioner", f64, "n">{.min = 0, .optional = true, .doc = "diagonal"},
                                    in<"count", i64>{.fallback = "1", .min = 1, .doc = "eigenvalues"},
                                    out<"eigenvalues", f64, "count">{.doc = "falling"},
                                    out<"eigenvectors", f64, "count x n">{.doc = "in rows"},
                                    tap<"ritz_values", f64, "k">{.doc = "of each step"}};
};

struct PostHocAverage : Declared<PostHocAverage> {
  static constexpr Info info = about("post_hoc_average", "A moving average of any length from snapshots of two others");
  static constexpr std::tuple ports{in<"snapshots", Real, "k x n">{.doc = "one row each"},
                                    in<"snapshot_steps", i64, "k">{.min = 0, .doc = "when"},
                                    in<"snapshot_widths", f64, "k">{.min = 0, .doc = "sigma_rel of each"},
                                    in<"widths", f64, "w">{.min = 0, .doc = "sigma_rel wanted"},
                                    in<"at", i64>{.min = 1, .doc = "step"},
                                    out<"averages", Real, "w x n">{.dtype_like = "snapshots", .doc = "one row each"},
                                    out<"error", f64, "w">{.doc = "of the profile"}};
};

enum class Whole { quadratic, noisy_quadratic, logistic, rosenbrock, dirac_gan, perceptron };
enum class WholeRule {
  sgd,
  momentum,
  nesterov,
  rmsprop,
  adam,
  adamw,
  amsgrad,
  lion,
  sign_sgd,
  softsign,
  lamb,
  muon,
  shampoo,
  soap,
  schedule_free_sgd,
  schedule_free_adamw
};
inline constexpr std::tuple whole_run{
    in<"problem", Choice<Whole>>{
        .choices = {"quadratic", "noisy_quadratic", "logistic", "rosenbrock", "dirac_gan", "perceptron"},
        .doc = "which"},
    in<"optimizer", Choice<WholeRule>>{
        .choices = {"sgd", "momentum", "nesterov", "rmsprop", "adam", "adamw", "amsgrad", "lion", "sign_sgd",
                    "softsign", "lamb", "muon", "shampoo", "soap", "schedule_free_sgd", "schedule_free_adamw"},
        .doc = "which"},
    in<"start", f64, "n">{.doc = "x0"},
    in<"hessian", f64, "n x n">{.optional = true, .doc = "of a quadratic"},
    in<"noise", f64, "n">{.min = 0, .optional = true, .doc = "sigma"},
    beta1,
    beta2,
    epsilon,
    epsilon_place,
    weight_decay,
    in<"steps", i64>{.min = 1, .doc = "how many"}};

struct Simulate : Declared<Simulate> {
  static constexpr Info info = drawing("simulate", "A whole optimisation, with its trajectory");
  static constexpr auto ports = std::tuple_cat(
      whole_run,
      std::tuple{in<"learning_rate", f64, "...">{.min = 0, .doc = "one, or one for each step"}, batch_size,
                 out<"trajectory", f64, "steps+1 x n">{.doc = "x"}, out<"loss", f64, "steps+1">{.doc = "exact"},
                 tap<"x", f64, "n">{.doc = "after each step"}, tap<"gradient", f64, "n">{.doc = "of each step"},
                 tap<"update", f64, "n">{.doc = "of each step"}, tap<"m", f64, "n">{.doc = "first moment"},
                 tap<"v", f64, "n">{.doc = "second moment"}});
};

struct LearningRateSweep : Declared<LearningRateSweep> {
  static constexpr Info info = drawing("learning_rate_sweep", "Measured best learning rate by batch size, with a band");
  static constexpr auto ports = std::tuple_cat(
      whole_run, std::tuple{in<"learning_rates", f64, "l">{.min = 0, .doc = "tried"},
                            in<"batch_sizes", i64, "b">{.min = 1, .doc = "B"},
                            in<"repeats", i64>{.fallback = "20", .min = 2, .doc = "common random numbers"},
                            out<"losses", f64, "b x l x repeats">{.doc = "at the end"},
                            out<"best", f64, "b">{.doc = "eta*"}, out<"band", f64, "b x 2">{.doc = "95 %"}});
};

inline constexpr in<"temperature", f64> temperature{.fallback = "0.05", .min = 0, .above_min = true, .doc = "tau"};
inline constexpr in<"normalize", bool> normalize{.fallback = "true", .doc = "embeddings to unit length"};
enum class Reduction { mean, sum };
inline constexpr in<"reduction", Choice<Reduction>> reduction{
    .fallback = "mean", .choices = {"mean", "sum"}, .doc = "over the batch"};

struct Infonce : Declared<Infonce> {
  static constexpr Info info = long_running("infonce", "Contrastive loss of one tower, exact, in O(b d) memory");
  static constexpr std::tuple ports{in<"embeddings", Real, "b x d">{.doc = "h"},
                                    in<"labels", i64, "b">{.doc = "equal labels are positives"},
                                    temperature,
                                    normalize,
                                    reduction,
                                    in<"mask_self", bool>{.fallback = "true", .doc = "leaves j = i out"},
                                    out<"loss", f64>{.doc = "value"},
                                    out<"gradient", Real, "b x d">{.dtype_like = "embeddings", .doc = "dL/dh"},
                                    out<"temperature_gradient", f64>{.doc = "dL/d(1/tau)"},
                                    tap<"probabilities", f64, "b x b">{.doc = "P; only made if it is listened to"},
                                    tap<"targets", f64, "b x d">{.doc = "h tilde"}};
};

struct InfonceTwoTower : Declared<InfonceTwoTower> {
  static constexpr Info info = long_running("infonce_two_tower", "Contrastive loss of two towers");
  static constexpr std::tuple ports{in<"left", Real, "b x d">{.doc = "u"},
                                    in<"right", Real, "c x d">{.doc = "v; the first b belong to u"},
                                    temperature,
                                    normalize,
                                    reduction,
                                    in<"symmetric", bool>{.fallback = "true", .doc = "mean of both directions"},
                                    out<"loss", f64>{.doc = "value"},
                                    out<"left_gradient", Real, "b x d">{.dtype_like = "left", .doc = "dL/du"},
                                    out<"right_gradient", Real, "c x d">{.dtype_like = "right", .doc = "dL/dv"},
                                    tap<"probabilities", f64, "b x c">{.doc = "P"}};
};

inline constexpr std::tuple encoder{
    in<"x", f64, "n">{.doc = "parameters of the encoder, all layers"},
    widths,
    activation,
    in<"samples", f64, "b x p">{.doc = "one row each"},
    in<"labels", i64, "b">{.doc = "equal labels are positives"},
    temperature,
    normalize,
    reduction,
    in<"chunk", i64>{.fallback = "32", .min = 1, .doc = "samples with a graph at a time"},
    in<"step", i64>{.fallback = "0", .min = 0, .doc = "numbers the dropout masks"},
    in<"dropout", f64>{.fallback = "0", .min = 0, .max = 1, .below_max = true, .doc = "p"},
    out<"gradient", f64, "n">{.doc = "dL/dx"},
    out<"loss", f64>{.doc = "value"},
    out<"forwards", i64>{.doc = "passes of a sample"},
    out<"backwards", i64>{.doc = "passes of a sample"},
    out<"peak_bytes", i64>{.doc = "of working memory"}};

enum class Masks { replayed, fresh };
struct TwoPassGradient : Declared<TwoPassGradient> {
  static constexpr Info info = drawing("two_pass_gradient", "Exact contrastive gradient, accumulated in chunks");
  static constexpr auto ports = std::tuple_cat(
      encoder,
      std::tuple{
          in<"forward_chunk", i64>{.min = 1, .optional = true, .doc = "without a graph; left out: chunk"},
          in<"masks", Choice<Masks>>{.fallback = "replayed", .choices = {"replayed", "fresh"}, .doc = "of pass 2"},
          out<"surrogate", f64>{.doc = "its value is not the loss"},
          tap<"embeddings", f64, "b x d">{.doc = "of the first pass"}, tap<"targets", f64, "b x d">{.doc = "h tilde"}});
};

struct NaiveAccumulation : Declared<NaiveAccumulation> {
  static constexpr Info info = drawing("naive_accumulation", "Sum of the chunks' own losses, for contrast");
  static constexpr auto ports =
      std::tuple_cat(encoder, std::tuple{out<"cosine", f64>{.doc = "of the angle to the exact gradient"},
                                         out<"norm_ratio", f64>{.doc = "to it"}});
};

struct Accumulate : Declared<Accumulate> {
  static constexpr Info info = about("accumulate", "Gradients of chunks of a separable loss, added up");
  static constexpr std::tuple ports{in<"gradients", Real, "n">{.list = true, .doc = "one for each chunk"},
                                    in<"sizes", i64, "c">{.min = 1, .doc = "samples of each chunk"},
                                    out<"gradient", Real, "n">{.dtype_like = "gradients", .doc = "of the whole"}};
};

enum class Check { complex_step, central_difference };
struct GradientCheck : Declared<GradientCheck> {
  static constexpr Info info = drawing("gradient_check", "Gradient of a built-in problem against differences");
  static constexpr std::tuple ports{
      in<"problem", Choice<Whole>>{
          .choices = {"quadratic", "noisy_quadratic", "logistic", "rosenbrock", "dirac_gan", "perceptron"},
          .doc = "which"},
      at,
      in<"method", Choice<Check>>{
          .fallback = "complex_step", .choices = {"complex_step", "central_difference"}, .doc = "how"},
      out<"gradient", f64, "n">{.doc = "as given"},
      out<"difference", f64, "n">{.doc = "as measured"},
      out<"relative_error", f64>{.doc = "of the whole"}};
};

}  // namespace orrery::domains::optimizer

namespace o = orrery::domains::optimizer;

ORRERY_PLUGIN((.name = "domain_optimizer", .version = "0.0.0", .title = "Optimizer dynamics, declared only",
               .license = "Apache-2.0"),
              o::SgdStep, o::MomentumStep, o::NesterovStep, o::RmspropStep, o::AdamStep, o::AdamwStep, o::AmsgradStep,
              o::LionStep, o::SignSgdStep, o::SoftsignStep, o::LambStep, o::MuonStep, o::ShampooStep, o::SoapStep,
              o::ScheduleFreeSgdStep, o::ScheduleFreeAdamwStep, o::LearningRate, o::ClipGradient, o::NoisyQuadratic,
              o::Rosenbrock, o::LogisticRegression, o::Perceptron, o::DiracGan, o::EdgeOfStability, o::LoadDataSet,
              o::OptimalLearningRate, o::Surge, o::Moments, o::LawMonteCarlo, o::ScaleLearningRate,
              o::NoiseScaleFromGradients, o::NoiseScaleFromNorms, o::FitStepsExamples, o::Gaussianity,
              o::MomentPropagation, o::StabilityThreshold, o::Sharpness, o::PostHocAverage, o::Simulate,
              o::LearningRateSweep, o::Infonce, o::InfonceTwoTower, o::TwoPassGradient, o::NaiveAccumulation,
              o::Accumulate, o::GradientCheck)

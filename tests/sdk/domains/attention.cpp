// Every operation of the attention domain, declared: attention, position encodings, analyses, and real weights.
// SPDX-License-Identifier: Apache-2.0
#include "tests/sdk/domains/declared.hpp"

namespace orrery::domains::attention {

// h heads of queries, g of keys and values; g divides h.
inline constexpr in<"query", Real, "... x h x n x d"> query{.doc = "Q"};
inline constexpr in<"key", Real, "... x g x k x d"> key{.finite = false, .doc = "K; what is masked may be anything"};
inline constexpr in<"value", Real, "... x g x k x e"> value{.finite = false,
                                                            .doc = "V; what is masked may be anything"};

enum class Mask { none, causal, window, custom };
inline constexpr std::tuple masking{
    in<"mask", Choice<Mask>>{
        .fallback = "causal", .choices = {"none", "causal", "window", "custom"}, .doc = "who sees whom"},
    in<"window", i64>{.min = 1, .optional = true, .doc = "of a window mask, tokens"},
    in<"allowed", bool, "n x k">{.optional = true, .doc = "of a custom mask"},
    in<"scale", f64>{.min = 0, .above_min = true, .optional = true, .doc = "left out: 1/sqrt(d)"},
    in<"bias", Real, "h x n x k">{.optional = true, .finite = false, .doc = "added to the scores; -inf masks"},
    in<"slopes", f64, "h">{.min = 0, .optional = true, .doc = "of ALiBi"},
    in<"softcap", f64>{.min = 0, .above_min = true, .optional = true, .doc = "scores through c tanh(s/c)"}};

enum class Path { streaming, exact };
struct Attend : Declared<Attend> {
  static constexpr Info info = long_running("attend", "Softmax attention of any heads and grouped keys");
  static constexpr auto ports = std::tuple_cat(
      std::tuple{query, key, value,
                 in<"path", Choice<Path>>{
                     .fallback = "streaming", .choices = {"streaming", "exact"}, .doc = "memory by length"},
                 in<"first_position", i64>{.fallback = "0", .min = 0, .doc = "of the first query among the keys"}},
      masking,
      std::tuple{out<"output", Real, "... x h x n x e">{.dtype_like = "query", .doc = "Y"},
                 out<"log_sum", f64, "... x h x n">{.optional = true, .doc = "of the exponentials, each row"},
                 tap<"weights", f64, "h x n x k">{.doc = "of each batch item; only made if it is listened to"},
                 tap<"scores", f64, "h x n x k">{.doc = "before the softmax"}});
};

struct AttentionGradient : Declared<AttentionGradient> {
  static constexpr Info info = long_running("attention_gradient", "Gradients of attention, weights computed again");
  static constexpr auto ports = std::tuple_cat(
      std::tuple{query, key, value, in<"output_gradient", Real, "... x h x n x e">{.doc = "dL/dY"}}, masking,
      std::tuple{out<"query_gradient", Real, "... x h x n x d">{.dtype_like = "query", .doc = "dL/dQ"},
                 out<"key_gradient", Real, "... x g x k x d">{.dtype_like = "key", .doc = "dL/dK"},
                 out<"value_gradient", Real, "... x g x k x e">{.dtype_like = "value", .doc = "dL/dV"}});
};

struct AttentionStatistics : Declared<AttentionStatistics> {
  static constexpr Info info = long_running("attention_statistics", "Entropy, sinks and distances without the matrix");
  static constexpr auto ports = std::tuple_cat(
      std::tuple{query, key, in<"bins", i64>{.fallback = "32", .min = 1, .doc = "of the distances, by octaves"},
                 in<"sink_tokens", i64>{.fallback = "1", .min = 1, .doc = "first tokens that count as sink"}},
      masking,
      std::tuple{out<"entropy", f64, "... x h x n">{.doc = "nats"},
                 out<"sum_of_squares", f64, "... x h x n">{.doc = "P2"},
                 out<"effective_length", f64, "... x h x n">{.doc = "1/P2"},
                 out<"sink_mass", f64, "... x h x n">{.doc = "weight"},
                 out<"mean_distance", f64, "... x h x n">{.doc = "tokens"},
                 out<"distance_histogram", f64, "... x h x bins">{.doc = "weight by distance"}});
};

inline constexpr in<"positions", f64, "n"> positions{.doc = "whole or not"};
inline constexpr in<"base", f64> base{.fallback = "10000", .min = 1, .above_min = true, .doc = "of the frequencies"};

struct SinusoidalEncoding : Declared<SinusoidalEncoding> {
  static constexpr Info info = about("sinusoidal_encoding", "sin and cos of positions");
  static constexpr std::tuple ports{positions, in<"dimension", i64>{.min = 2, .doc = "d, even"}, base,
                                    in<"interleaved", bool>{.fallback = "true", .doc = "or halves"},
                                    out<"encoding", f64, "n x dimension">{.doc = "one row each"}};
};

struct LearnedEncoding : Declared<LearnedEncoding> {
  static constexpr Info info = about("learned_encoding", "Rows of a table; beyond its end is an error");
  static constexpr std::tuple ports{in<"indices", i64, "n">{.min = 0, .doc = "positions"},
                                    in<"table", Real, "l x d">{.doc = "learned"},
                                    out<"encoding", Real, "n x d">{.dtype_like = "table", .doc = "one row each"}};
};

enum class Extension { none, linear, ntk, dynamic_ntk, yarn, longrope, llama3 };
inline constexpr in<"extension", Choice<Extension>> extension{
    .fallback = "none",
    .choices = {"none", "linear", "ntk", "dynamic_ntk", "yarn", "longrope", "llama3"},
    .doc = "of the context"};
inline constexpr std::tuple extending{
    extension,
    base,
    in<"factor", f64>{.fallback = "1", .min = 0, .above_min = true, .doc = "of the extension"},
    in<"original_length", i64>{.min = 1, .optional = true, .doc = "L0"},
    in<"length", i64>{.min = 1, .optional = true, .doc = "L, for dynamic"},
    in<"beta_fast", f64>{.fallback = "32", .doc = "of YaRN"},
    in<"beta_slow", f64>{.fallback = "1", .doc = "of YaRN"},
    in<"truncate", bool>{.fallback = "true", .doc = "YaRN's range to whole numbers"},
    in<"mscale", f64>{.optional = true, .doc = "of YaRN"},
    in<"mscale_all_dim", f64>{.optional = true, .doc = "of YaRN"},
    in<"attention_factor", f64>{.optional = true, .doc = "in place of the computed one"},
    in<"low_frequency_factor", f64>{.fallback = "1", .doc = "of Llama 3"},
    in<"high_frequency_factor", f64>{.fallback = "4", .doc = "of Llama 3"},
    in<"short_factors", f64, "p">{.optional = true, .doc = "of LongRoPE"},
    in<"long_factors", f64, "p">{.optional = true, .doc = "of LongRoPE"}};

struct RotaryFrequencies : Declared<RotaryFrequencies> {
  static constexpr Info info = about("rotary_frequencies", "Inverse frequencies of RoPE under a context extension");
  static constexpr auto ports = std::tuple_cat(
      std::tuple{in<"dimension", i64>{.min = 2, .doc = "d, even"}}, extending,
      std::tuple{out<"frequencies", f64, "p">{.unit = "rad", .doc = "per token; d/2 of them"},
                 out<"attention_factor", f64>{.doc = "of the scores"}, out<"base", f64>{.doc = "that is really used"}});
};

enum class Layout { interleaved, halves };
struct RotaryEncode : Declared<RotaryEncode> {
  static constexpr Info info = about("rotary_encode", "Vectors turned by their positions, phases in double");
  static constexpr std::tuple ports{
      in<"vectors", Real, "... x n x d">{.doc = "queries or keys"},
      positions,
      in<"frequencies", f64, "p">{.unit = "rad", .doc = "per token"},
      in<"layout", Choice<Layout>>{
          .fallback = "interleaved", .choices = {"interleaved", "halves"}, .doc = "of the pairs"},
      in<"decay", f64, "p">{.min = 0, .optional = true, .doc = "of xPos"},
      in<"reverse", bool>{.fallback = "false", .doc = "keys of xPos"},
      out<"result", Real, "... x n x d">{.dtype_like = "vectors", .in_place = "vectors", .doc = "2p of d are turned"}};
};

struct AlibiSlopes : Declared<AlibiSlopes> {
  static constexpr Info info = about("alibi_slopes", "Slopes of ALiBi for any number of heads");
  static constexpr std::tuple ports{in<"heads", i64>{.min = 1, .doc = "h"},
                                    out<"slopes", f64, "heads">{.doc = "of the paper"}};
};

enum class Bias { alibi, t5, clipped, kerple_log, kerple_power, sandwich, fire };
struct RelativeBias : Declared<RelativeBias> {
  static constexpr Info info = about("relative_bias", "Bias of scores by distance");
  static constexpr std::tuple ports{
      in<"kind", Choice<Bias>>{.choices = {"alibi", "t5", "clipped", "kerple_log", "kerple_power", "sandwich", "fire"},
                               .doc = "which"},
      in<"queries", i64>{.min = 1, .doc = "n"},
      in<"keys", i64>{.min = 1, .doc = "k"},
      in<"slopes", f64, "h">{.min = 0, .optional = true, .doc = "of ALiBi, Sandwich or KERPLE"},
      in<"powers", f64, "h">{.min = 0, .max = 2, .above_min = true, .optional = true, .doc = "of KERPLE"},
      in<"table", f64, "b x h">{.optional = true, .doc = "of buckets or clipped distances"},
      in<"max_distance", i64>{.fallback = "128", .min = 1, .doc = "of T5 or clipped"},
      in<"bidirectional", bool>{.fallback = "false", .doc = "buckets of T5"},
      in<"hidden_weights", f64, "w x h">{.optional = true, .doc = "of FIRE"},
      in<"dimension", i64>{.fallback = "64", .min = 2, .doc = "of Sandwich"},
      out<"bias", f64, "h x queries x keys">{.doc = "to add to the scores"},
      out<"buckets", i64, "queries x keys">{.optional = true, .doc = "of T5"}};
};

struct LogitScale : Declared<LogitScale> {
  static constexpr Info info = about("logit_scale", "log-n scale of the logits by length");
  static constexpr std::tuple ports{in<"lengths", i64, "n">{.min = 1, .doc = "tokens"},
                                    in<"training_length", i64>{.min = 2, .doc = "where the scale is 1"},
                                    out<"scale", f64, "n">{.doc = "factor"}};
};

struct ContextExtension : Declared<ContextExtension> {
  static constexpr Info info = about("context_extension", "All extensions of RoPE side by side");
  static constexpr std::tuple ports{
      in<"dimension", i64>{.min = 2, .doc = "d"},
      base,
      in<"original_length", i64>{.min = 1, .doc = "L0"},
      in<"length", i64>{.min = 1, .doc = "L"},
      in<"distances", i64, "r">{.min = 0, .doc = "of the decay curves"},
      out<"critical_dimension", i64>{.doc = "of the base"},
      out<"table", Table>{.columns = {{{.name = "extension", .dtype = ORRERY_TEXT, .doc = "which"},
                                       {.name = "convention", .dtype = ORRERY_TEXT, .doc = "whose"},
                                       {.name = "base", .doc = "that is really used"},
                                       {.name = "attention_factor", .doc = "of the scores"},
                                       {.name = "unseen_angles", .doc = "part of the angles beyond training"},
                                       {.name = "first_zero", .doc = "distance where the decay curve crosses 0"}}},
                          .doc = "one row each"},
      out<"decay", f64, "t x r">{.doc = "one row for each row of the table"}};
};

struct DecayProfile : Declared<DecayProfile> {
  static constexpr Info info = about("decay_profile", "How an encoding falls off with distance");
  static constexpr std::tuple ports{in<"frequencies", f64, "p">{.unit = "rad", .optional = true, .doc = "of RoPE"},
                                    in<"slopes", f64, "h">{.optional = true, .doc = "of ALiBi"},
                                    in<"distances", i64, "r">{.min = 0, .doc = "tokens"},
                                    out<"decay", f64, "r">{.doc = "mean of cos, or exp(-slope r)"},
                                    out<"bound", f64, "r">{.optional = true, .doc = "of the RoFormer paper"},
                                    out<"zero_crossings", i64, "z">{.doc = "distances"}};
};

inline constexpr std::tuple model{
    in<"layers", i64>{.fallback = "1", .min = 1, .doc = "l"}, in<"heads", i64>{.fallback = "1", .min = 1, .doc = "h"},
    in<"dimension", i64>{.fallback = "64", .min = 1, .doc = "d, of all heads together"},
    in<"causal", bool>{.fallback = "true", .doc = "mask"}, in<"residual", bool>{.fallback = "true", .doc = "x + f(x)"}};
enum class Norm { none, rms, layer };
enum class NormPlace { before, after };
inline constexpr in<"norm", Choice<Norm>> norm{.fallback = "rms", .choices = {"none", "rms", "layer"}, .doc = "kind"};
inline constexpr in<"norm_place", Choice<NormPlace>> norm_place{
    .fallback = "before", .choices = {"before", "after"}, .doc = "of the attention"};

struct Stack : Declared<Stack> {
  static constexpr Info info = drawing("stack", "Layers of attention with residual and norm, weights given or drawn");
  static constexpr auto ports = std::tuple_cat(
      model, std::tuple{in<"tokens", Real, "... x n x c">{.doc = "embeddings"}, norm, norm_place,
                        in<"query_weights", Real, "l x c x q">{.optional = true, .doc = "left out: drawn"},
                        in<"key_weights", Real, "l x c x q">{.optional = true, .doc = "left out: drawn"},
                        in<"value_weights", Real, "l x c x q">{.optional = true, .doc = "left out: drawn"},
                        in<"output_weights", Real, "l x q x c">{.optional = true, .doc = "left out: drawn"},
                        out<"output", Real, "... x n x c">{.dtype_like = "tokens", .doc = "of the last layer"},
                        out<"layer_outputs", Real, "... x layers x n x c">{
                            .dtype_like = "tokens", .optional = true, .doc = "all"},
                        tap<"weights", f64, "h x n x n">{.doc = "of each layer"},
                        tap<"residual", f64, "n x c">{.doc = "after each layer"}});
};

enum class Test { invariance, equivariance, prefix, shift };
struct PermutationTest : Declared<PermutationTest> {
  static constexpr Info info = drawing("permutation_test", "What the order of tokens changes");
  static constexpr auto ports = std::tuple_cat(
      model, std::tuple{in<"test", Choice<Test>>{.choices = {"invariance", "equivariance", "prefix", "shift"},
                                                 .doc = "of what"},
                        in<"tokens", i64>{.fallback = "64", .min = 2, .doc = "n"},
                        in<"trials", i64>{.fallback = "100", .min = 1, .doc = "permutations"},
                        in<"tolerance", f64>{.fallback = "1e-12", .min = 0, .doc = "of the verdict"},
                        out<"max_deviation", f64>{.doc = "relative"}, out<"deviation", f64, "tokens">{.doc = "by row"},
                        out<"holds", bool>{.doc = "verdict"}});
};

struct VarianceProfile : Declared<VarianceProfile> {
  static constexpr Info info =
      drawing("variance_profile", "Mean square of outputs by position, beside sigma^2 sum a^2");
  static constexpr std::tuple ports{in<"weights", f64, "n x n">{.min = 0, .doc = "of attention, rows sum up to 1"},
                                    in<"sigma", f64>{.fallback = "1", .min = 0, .doc = "of the values"},
                                    in<"dimension", i64>{.fallback = "4096", .min = 1, .doc = "of the values"},
                                    in<"trials", i64>{.fallback = "1", .min = 1, .doc = "draws"},
                                    out<"mean_square", f64, "n">{.doc = "measured"},
                                    out<"predicted", f64, "n">{.doc = "law"},
                                    out<"slope", f64>{.doc = "of the log-log fit"},
                                    out<"slope_error", f64>{.doc = "standard error"}};
};

struct SlopeFit : Declared<SlopeFit> {
  static constexpr Info info = about("slope_fit", "Straight line through logarithms");
  static constexpr std::tuple ports{
      in<"abscissa", f64, "n">{.unit = "*", .min = 0, .above_min = true, .doc = "abscissae"},
      in<"ordinate", f64, "n">{.unit = "*", .min = 0, .above_min = true, .doc = "ordinates"},
      out<"slope", f64>{.doc = "of the logarithms"}, out<"slope_error", f64>{.doc = "standard error"},
      out<"prefactor", f64>{.doc = "of the power law, in the units that arrive"}};
};

struct SimilarityProfile : Declared<SimilarityProfile> {
  static constexpr Info info = about("similarity_profile", "Cosines of outputs beside sqrt(min/max)");
  static constexpr std::tuple ports{
      in<"outputs", Real, "n x d">{.doc = "one row each"}, out<"cosine", f64, "n x n">{.doc = "measured"},
      out<"law", f64, "n x n">{.doc = "predicted"}, out<"max_deviation", f64>{.doc = "largest difference"}};
};

struct EntropyProfile : Declared<EntropyProfile> {
  static constexpr Info info = about("entropy_profile", "Entropy, effective length and sinks of given weights");
  static constexpr std::tuple ports{in<"weights", Real, "... x n x k">{.min = 0, .doc = "rows sum up to 1"},
                                    out<"entropy", f64, "... x n">{.doc = "nats"},
                                    out<"effective_length", f64, "... x n">{.doc = "1/sum a^2"},
                                    out<"dispersion", f64, "... x n">{.doc = "entropy over ln of the tokens seen"},
                                    out<"sink_mass", f64, "... x k">{.doc = "mean weight of each key"}};
};

enum class Decoder { variance, bos, cesaro_inverse };
struct PositionDecode : Declared<PositionDecode> {
  static constexpr Info info = about("position_decode", "Positions from the outputs of attention");
  static constexpr std::tuple ports{
      in<"outputs", f64, "... x n x d">{.doc = "Y"},
      in<"sigma", f64>{.fallback = "1", .min = 0, .above_min = true, .doc = "of V"},
      in<"method", Choice<Decoder>>{.choices = {"variance", "bos", "cesaro_inverse"}, .doc = "how"},
      in<"logit_deviation", f64>{.fallback = "0", .min = 0, .doc = "s, of the exact law"},
      out<"positions", f64, "... x n">{.doc = "decoded"},
      out<"error", f64, "... x n">{.doc = "in tokens"},
      out<"values", f64, "... x n x d">{.optional = true, .doc = "recovered by cesaro_inverse"}};
};

enum class Features { raw, log_norm, squares, all };
struct LinearProbe : Declared<LinearProbe> {
  static constexpr Info info = drawing("linear_probe", "Ridge regression of positions, held-out R^2 and resolution");
  static constexpr std::tuple ports{
      in<"outputs", Real, "s x n x d">{.doc = "sequences"},
      in<"test_part", f64>{.fallback = "0.5", .min = 0, .max = 1, .doc = "held out"},
      in<"ridge", f64>{.fallback = "1e-3", .min = 0, .doc = "lambda"},
      in<"features", Choice<Features>>{
          .fallback = "raw", .choices = {"raw", "log_norm", "squares", "all"}, .doc = "of outputs"},
      out<"r_squared", f64>{.doc = "held out"},
      out<"theory", f64>{.doc = "1/(1 + (2/d)/Var ln n)"},
      out<"median_error", f64>{.doc = "tokens"},
      out<"resolution", f64, "n">{.doc = "sigma_n, tokens"}};
};

struct Resolution : Declared<Resolution> {
  static constexpr Info info = about("resolution", "Positions that the variance can tell apart");
  static constexpr std::tuple ports{
      in<"dimension", i64, "...">{.min = 1, .doc = "d"},
      in<"z", f64>{.fallback = "1", .min = 0, .above_min = true, .doc = "standard deviations"},
      out<"separable", i64, "...">{.doc = "largest n"}};
};

enum class Format { bfloat16, float16, float32, float64 };
struct FloatCollisions : Declared<FloatCollisions> {
  static constexpr Info info = about("float_collisions", "First n whose 1/sqrt(n) rounds like its neighbour's");
  static constexpr std::tuple ports{
      in<"formats", Choice<Format>>{
          .list = true, .choices = {"bfloat16", "float16", "float32", "float64"}, .doc = "each"},
      out<"first", i64, "f">{.doc = "for each format"}};
};

struct LengthExtrapolation : Declared<LengthExtrapolation> {
  static constexpr Info info = drawing("length_extrapolation", "Measures of an encoding beyond its training length");
  static constexpr auto ports = std::tuple_cat(
      model,
      std::tuple{in<"lengths", i64, "n">{.min = 1, .doc = "tokens"}, in<"training_length", i64>{.min = 1, .doc = "L0"},
                 out<"table", Table>{.columns = {{{.name = "length", .dtype = ORRERY_I64, .doc = "tokens"},
                                                  {.name = "entropy", .doc = "mean"},
                                                  {.name = "logit_drift", .doc = "to L0"},
                                                  {.name = "effective_length", .doc = "mean"},
                                                  {.name = "r_squared", .doc = "of the position probe"}}},
                                     .doc = "one row for each length"}});
};

struct ScoreSpectrum : Declared<ScoreSpectrum> {
  static constexpr Info info = long_running("score_spectrum", "Low-rank structure of a score matrix");
  static constexpr std::tuple ports{query, key,
                                    in<"tolerance", f64>{.fallback = "1e-3", .min = 0, .doc = "of the rank"},
                                    out<"singular_values", f64, "... x h x r">{.doc = "falling"},
                                    out<"rank", i64, "... x h">{.doc = "at the tolerance"}};
};

struct CesaroMatrix : Declared<CesaroMatrix> {
  static constexpr Info info = about("cesaro_matrix", "Uniform causal attention, or its bidiagonal inverse");
  static constexpr std::tuple ports{in<"n", i64>{.min = 1, .doc = "size"},
                                    in<"inverse", bool>{.fallback = "false", .doc = "which"},
                                    in<"power", i64>{.fallback = "1", .min = 1, .doc = "layers"},
                                    out<"matrix", f64, "n x n">{.doc = "lower triangular"}};
};

struct NopeLaw : Declared<NopeLaw> {
  static constexpr Info info = about("nope_law", "Exact variance factor and entropy under Gaussian logits");
  static constexpr std::tuple ports{
      in<"lengths", i64, "...">{.min = 1, .doc = "n"}, in<"logit_deviation", f64, "...">{.min = 0, .doc = "s"},
      out<"variance_factor", f64, "...">{.doc = "E sum a^2"}, out<"entropy", f64, "...">{.doc = "nats"},
      out<"asymptotic", f64, "...">{.doc = "exp(s^2)/n"}};
};

struct NopeLogitScale : Declared<NopeLogitScale> {
  static constexpr Info info = about("nope_logit_scale", "Logit deviation that keeps the effective length");
  static constexpr std::tuple ports{in<"lengths", i64, "...">{.min = 2, .doc = "n"},
                                    in<"effective_length", f64, "...">{.min = 1, .doc = "1/E sum a^2"},
                                    out<"logit_deviation", f64, "...">{.doc = "s"}};
};

struct ListSafetensors : Declared<ListSafetensors> {
  static constexpr Info info = reading("list_safetensors", "What a safetensors file holds");
  static constexpr std::tuple ports{
      in<"file", Text>{.doc = "path"},
      out<"tensors", Table>{.columns = {{{.name = "name", .dtype = ORRERY_TEXT, .doc = "of it"},
                                         {.name = "dtype", .dtype = ORRERY_TEXT, .doc = "in the file"},
                                         {.name = "shape", .dtype = ORRERY_TEXT, .doc = "2 x 3"},
                                         {.name = "bytes", .dtype = ORRERY_I64, .doc = "size"}}},
                            .doc = "one row each"}};
};

struct ReadSafetensors : Declared<ReadSafetensors> {
  static constexpr Info info = reading("read_safetensors", "One tensor of a safetensors file");
  static constexpr std::tuple ports{in<"file", Text>{.doc = "path"}, in<"tensor", Text>{.doc = "name"},
                                    out<"value", AnyElement, "*">{.doc = "16-bit floats come as f32, integers as i64"}};
};

struct MakeWeights : Declared<MakeWeights> {
  static constexpr Info info = drawing("make_weights", "Weights of a small random model");
  static constexpr auto ports =
      std::tuple_cat(model, std::tuple{in<"gain", f64>{.fallback = "1", .min = 0, .doc = "of the deviation"},
                                       out<"query_weights", f64, "layers x dimension x dimension">{.doc = "W_Q"},
                                       out<"key_weights", f64, "layers x dimension x dimension">{.doc = "W_K"},
                                       out<"value_weights", f64, "layers x dimension x dimension">{.doc = "W_V"},
                                       out<"output_weights", f64, "layers x dimension x dimension">{.doc = "W_O"}});
};

}  // namespace orrery::domains::attention

namespace a = orrery::domains::attention;

ORRERY_PLUGIN((.name = "domain_attention", .version = "0.0.0", .title = "Attention and positions, declared only",
               .license = "Apache-2.0"),
              a::Attend, a::AttentionGradient, a::AttentionStatistics, a::SinusoidalEncoding, a::LearnedEncoding,
              a::RotaryFrequencies, a::RotaryEncode, a::AlibiSlopes, a::RelativeBias, a::LogitScale,
              a::ContextExtension, a::DecayProfile, a::Stack, a::PermutationTest, a::VarianceProfile, a::SlopeFit,
              a::SimilarityProfile, a::EntropyProfile, a::PositionDecode, a::LinearProbe, a::Resolution,
              a::FloatCollisions, a::LengthExtrapolation, a::ScoreSpectrum, a::CesaroMatrix, a::NopeLaw,
              a::NopeLogitScale, a::ListSafetensors, a::ReadSafetensors, a::MakeWeights)

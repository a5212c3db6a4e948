// attention.rotary_frequencies, rotate and sinusoidal: positions as phases.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <orrery/sdk/plugin.hpp>

#include "plugins/attention/core/rotary.hpp"

namespace orrery::attention {

struct RotaryFrequencies {
  static constexpr sdk::Info info{
      .name = "rotary_frequencies",
      .version = "1.0.0",
      .title = "Frequencies of rotary position embedding, also for longer contexts",
      .doc =
          "theta_j = base^(-2j/depth), and for a context longer than that of training: 'linear' divides all by the "
          "factor; 'ntk' raises the base by factor^(depth/(depth-2)); 'dynamic_ntk' by (factor length/original_length "
          "- "
          "(factor - 1))^(depth/(depth-2)); 'yarn' divides what turns less than beta_slow times over the original "
          "length, keeps what turns more than beta_fast times, and has an attention factor; 'longrope' divides each by "
          "its own, by the long factors where length > original_length; 'llama3' ramps between low_factor and "
          "high_factor turns. Source: Su et al. 2021; Chen et al. 2023; Peng et al. 2023; Ding et al. 2024; "
          "Grattafiori et al. 2024.",
      .example = "depth           = 64\nextension       = \"yarn\"\nfactor          = 40\noriginal_length = 4096"};
  static constexpr std::tuple ports{
      sdk::in<"depth", sdk::i64>{.min = 2, .max = 1e6, .doc = "how many components turn; even"},
      sdk::in<"base", sdk::f64>{.fallback = "10000", .min = 1, .above_min = true, .doc = "of the geometric series"},
      sdk::in<"extension", sdk::Choice<Extension>>{
          .fallback = "none",
          .choices = {"none", "linear", "ntk", "dynamic_ntk", "yarn", "longrope", "llama3"},
          .doc = "how frequencies change for a longer context"},
      sdk::in<"factor", sdk::f64>{.fallback = "1", .min = 1, .doc = "how much longer the context becomes"},
      sdk::in<"original_length", sdk::f64>{.min = 1,
                                           .above_min = true,
                                           .optional = true,
                                           .doc = "of training; dynamic_ntk, yarn, longrope and llama3 need it"},
      sdk::in<"length", sdk::f64>{.min = 1, .optional = true, .doc = "of now; dynamic_ntk and longrope need it"},
      sdk::in<"beta_fast", sdk::f64>{.fallback = "32", .min = 0, .above_min = true, .doc = "of yarn, in turns"},
      sdk::in<"beta_slow", sdk::f64>{.fallback = "1", .min = 0, .above_min = true, .doc = "of yarn, in turns"},
      sdk::in<"truncate", bool>{.fallback = "true", .doc = "of yarn: its ramp begins and ends at whole pairs"},
      sdk::in<"mscale", sdk::f64>{.min = 0, .above_min = true, .optional = true, .doc = "of yarn, with mscale_all_dim"},
      sdk::in<"mscale_all_dim", sdk::f64>{.min = 0, .above_min = true, .optional = true, .doc = "of yarn, with mscale"},
      sdk::in<"low_factor", sdk::f64>{.fallback = "1", .min = 0, .doc = "of llama3, in turns"},
      sdk::in<"high_factor", sdk::f64>{.fallback = "4", .min = 0, .doc = "of llama3, in turns; above low_factor"},
      sdk::in<"short_factors", sdk::f64, "p">{.min = 0, .above_min = true, .optional = true, .doc = "of longrope"},
      sdk::in<"long_factors", sdk::f64, "p">{.min = 0, .above_min = true, .optional = true, .doc = "of longrope"},
      sdk::out<"frequencies", sdk::f64, "j">{.unit = "rad", .doc = "by position, one for each pair of components"},
      sdk::out<"base_used", sdk::f64>{.doc = "after ntk or dynamic_ntk"},
      sdk::out<"attention_factor", sdk::f64>{.doc = "cosines and sines are multiplied by it"},
      sdk::out<"critical_dimension", sdk::i64>{
          .optional = true,
          .doc = "components whose period fits into original_length: 2 ceil(depth/2 log_base(length/(2 pi)))"}};
  static void run(sdk::Call<RotaryFrequencies>& call);
};

struct Rotate {
  static constexpr sdk::Info info{
      .name = "rotate",
      .version = "1.0.0",
      .title = "Rotary position embedding of vectors",
      .doc =
          "Pairs of components turn by position times their frequency, so that products of two vectors depend on the "
          "difference of their positions. Fewer frequencies than pairs turn the first components only. Phases are "
          "double: at position 2^24 they are right to 4e-9. Source: Su et al. 2021.",
      .example =
          "vectors     = [[1, 2, -1, 0.5], [0.3, -1, 2, 1]]\npositions   = [5, 2]\n"
          "frequencies = [\"1 rad\", \"0.01 rad\"]"};
  static constexpr std::tuple ports{
      sdk::in<"vectors", sdk::f64, "... x n x d">{.unit = "*", .doc = "queries or keys"},
      sdk::in<"positions", sdk::f64, "n">{
          .min = -9007199254740992.0, .max = 9007199254740992.0, .doc = "of each vector"},
      sdk::in<"frequencies", sdk::f64, "j">{.unit = "rad", .doc = "by position, at most d/2 of them"},
      sdk::in<"pairing", sdk::Choice<Pairing>>{
          .fallback = "interleaved",
          .choices = {"interleaved", "halves"},
          .doc = "components 2j and 2j + 1 are a pair, or j and j + the number of frequencies"},
      sdk::in<"factor", sdk::f64>{.fallback = "1", .min = 0, .above_min = true, .doc = "of cosines and sines"},
      sdk::out<"result", sdk::f64, "... x n x d">{.unit = "vectors", .doc = "the vectors turned"}};
  static void run(sdk::Call<Rotate>& call);
};

struct Sinusoidal {
  static constexpr sdk::Info info{
      .name = "sinusoidal",
      .version = "1.0.0",
      .title = "Sinusoidal position encoding",
      .doc =
          "sin(p base^(-2j/depth)) and cos of the same, alternating: a curve in depth dimensions whose generalised "
          "curvatures are constant. Source: Vaswani et al. 2017.",
      .example = "positions = [0, 1, 2, 3]\ndepth     = 4"};
  static constexpr std::tuple ports{
      sdk::in<"positions", sdk::f64, "n">{.min = -9007199254740992.0, .max = 9007199254740992.0, .doc = "any numbers"},
      sdk::in<"depth", sdk::i64>{.min = 2, .max = 1e6, .doc = "how many components; even"},
      sdk::in<"base", sdk::f64>{.fallback = "10000", .min = 1, .above_min = true, .doc = "of the geometric series"},
      sdk::out<"code", sdk::f64, "n x depth">{.doc = "a row for each position"}};
  static void run(sdk::Call<Sinusoidal>& call);
};

}  // namespace orrery::attention

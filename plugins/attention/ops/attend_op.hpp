// attention.attend and attention.weights: softmax attention, exact and by blocks, and its weights.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <orrery/sdk/plugin.hpp>

#include "plugins/attention/core/problem.hpp"

namespace orrery::attention {

enum class AttendPath { streaming, exact };
enum class OnError { fail, nan };

namespace ports {

using Floats = sdk::AnyOf<sdk::f64, sdk::f32>;

inline constexpr sdk::in<"query", Floats, "... x h x n x d"> query{
    .finite = false, .doc = "heads x queries x components; f32 is computed in single precision"};
inline constexpr sdk::in<"key", Floats, "... x g x m x d"> key{
    .finite = false, .doc = "of query's element type; the number h of query heads is a multiple of g (grouped keys)"};
inline constexpr sdk::in<"mask", sdk::Choice<MaskKind>> mask{
    .fallback = "none",
    .choices = {"none", "causal", "window", "custom"},
    .doc = "all keys; those up to the query's position; of these the last 'window'; or as 'allowed' says"};
inline constexpr sdk::in<"window", sdk::i64> window{
    .min = 1, .optional = true, .doc = "of mask = \"window\": how many keys, the query's own position included"};
inline constexpr sdk::in<"allowed", bool, "n x m"> allowed{
    .optional = true, .doc = "of mask = \"custom\": true where a query sees a key; no row may be false throughout"};
inline constexpr sdk::in<"offset", sdk::i64> offset{
    .min = -1e15,
    .max = 1e15,
    .optional = true,
    .doc = "position of the first query, counted in keys; left out: m - n, so that the last query and key meet"};
inline constexpr sdk::in<"scale", sdk::f64> scale{.optional = true, .doc = "of query . key; left out: 1/sqrt(d)"};
inline constexpr sdk::in<"bias", Floats, "... x h x n x m"> bias{
    .optional = true, .finite = false, .doc = "added to scores; of query's element type"};
inline constexpr sdk::in<"relative_bias", sdk::f64, "h x r"> relative_bias{
    .optional = true,
    .doc = "added to scores by key position - query position; the middle of the odd number of columns is distance 0"};

}  // namespace ports

struct Attend {
  static constexpr sdk::Info info{
      .name = "attend",
      .version = "1.0.0",
      .title = "Softmax attention of any number of heads",
      .doc =
          "output = sum of softmax(scale query . key + bias) value over the keys that a query sees. 'streaming' goes "
          "through blocks of keys, needs memory linear in their number, and computes in the element type of the "
          "query; 'exact' holds each row of scores and computes in double precision. They agree to rounding: 1e-6 in "
          "f32 and 3e-15 in f64 for numbers of order 1. What stands at hidden keys is never read into a result, NaN "
          "included. Source: Vaswani et al. 2017; Milakov and Gimelshein 2018; Ainslie et al. 2023.",
      .example =
          "query = [[[1, 0], [0, 1], [1, 1], [2, -1]]]\nkey   = [[[1, 2], [0, 1], [-1, 1], [1, 0]]]\n"
          "value = [[[1, 0], [0, 2], [3, 1], [-1, 4]]]\nscale = 1\nmask  = \"causal\"",
      .cancellable = true};
  static constexpr std::tuple ports{
      ports::query,
      ports::key,
      sdk::in<"value", ports::Floats, "... x g x m x e">{.finite = false, .doc = "of query's element type"},
      ports::mask,
      ports::window,
      ports::allowed,
      ports::offset,
      ports::scale,
      ports::bias,
      ports::relative_bias,
      sdk::in<"path", sdk::Choice<AttendPath>>{
          .fallback = "streaming", .choices = {"streaming", "exact"}, .doc = "how it is computed"},
      sdk::in<"on_error", sdk::Choice<OnError>>{
          .fallback = "fail",
          .choices = {"fail", "nan"},
          .doc = "what a row does that becomes infinite or nan, as from inputs that are: stop the step, or become nan"},
      sdk::out<"output", ports::Floats, "... x h x n x e">{.dtype_like = "query", .doc = "a row for each query"},
      sdk::out<"logsumexp", sdk::f64, "... x h x n">{.doc = "logarithm of the sum of exp(score) of a row"},
      sdk::tap<"weights", sdk::f64, "n x m">{.doc = "weights of each head, computed in double precision"}};
  static void run(sdk::Call<Attend>& call);
};

struct Weights {
  static constexpr sdk::Info info{
      .name = "weights",
      .version = "1.0.0",
      .title = "Weights of softmax attention",
      .doc =
          "Row by row exp(scale query . key + bias), divided by their sum, in double precision; 0 where a key is "
          "hidden. "
          "Source: Vaswani et al. 2017.",
      .example = "query = [[[1, 0], [0, 1]]]\nkey   = [[[1, 2], [0, 1]]]\nmask  = \"causal\"",
      .cancellable = true};
  static constexpr std::tuple ports{
      ports::query,         ports::key,
      ports::mask,          ports::window,
      ports::allowed,       ports::offset,
      ports::scale,         ports::bias,
      ports::relative_bias, sdk::out<"weights", sdk::f64, "... x h x n x m">{.doc = "a row for each query, of sum 1"}};
  static void run(sdk::Call<Weights>& call);
};

}  // namespace orrery::attention

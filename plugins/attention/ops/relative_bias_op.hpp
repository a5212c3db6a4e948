// attention.relative_bias: biases of scores by distance, for attend.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <orrery/sdk/plugin.hpp>

namespace orrery::attention {

enum class BiasKind { alibi, t5, clipped, kerple_log, kerple_power };

struct RelativeBias {
  static constexpr sdk::Info info{
      .name = "relative_bias",
      .version = "1.0.0",
      .title = "Biases of scores that depend on the distance of query and key",
      .doc =
          "'alibi' is -slope |distance| with slopes 2^(-8h/H); 't5' looks up a table by T5's buckets, 'clipped' by the "
          "distance clipped to the table; 'kerple_log' is -scale ln(1 + rate |distance|), 'kerple_power' -scale "
          "|distance|^rate. Distance is key position - query position, in columns from -reach to reach. Source: Press, "
          "Smith, Lewis 2022; Raffel et al. 2020; Shaw, Uszkoreit, Vaswani 2018; Chi et al. 2022.",
      .example = "kind  = \"alibi\"\nheads = 8\nreach = 63"};
  static constexpr std::tuple ports{
      sdk::in<"kind", sdk::Choice<BiasKind>>{.choices = {"alibi", "t5", "clipped", "kerple_log", "kerple_power"},
                                             .doc = "which"},
      sdk::in<"heads", sdk::i64>{.min = 1, .max = 1e6, .doc = "how many rows"},
      sdk::in<"reach", sdk::i64>{.min = 0, .max = 1e9, .doc = "the largest distance"},
      sdk::in<"table", sdk::f64, "heads x b">{
          .optional = true,
          .doc = "of t5: a column for each bucket; of clipped: an odd number, the middle for distance 0"},
      sdk::in<"most_distance", sdk::i64>{
          .fallback = "128", .min = 2, .max = 1e15, .doc = "of t5: from here on one bucket"},
      sdk::in<"bidirectional", bool>{.fallback = "false", .doc = "of t5: later keys have half of the buckets"},
      sdk::in<"scale", sdk::f64, "heads">{.min = 0, .above_min = true, .optional = true, .doc = "of kerple"},
      sdk::in<"rate", sdk::f64, "heads">{
          .min = 0, .above_min = true, .optional = true, .doc = "of kerple; of kerple_power at most 2"},
      sdk::out<"bias", sdk::f64, "heads x r">{.doc = "2 reach + 1 columns"}};
  static void run(sdk::Call<RelativeBias>& call);
};

}  // namespace orrery::attention

// matrix.error_estimate: how far a factorisation is from a matrix, exactly or from a few products.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "plugins/matrix/ops/ports.hpp"

namespace orrery::matrix {

struct ErrorEstimateOperation {
  static constexpr sdk::Info info{
      .name = "error_estimate",
      .version = "1.0.0",
      .title = "Frobenius and spectral norm of A - L diag(d) R from a few random products, with confident bounds",
      .doc =
          "The bounds hold for every matrix with at least the stated confidence, whatever made the factors, so long as "
          "they "
          "do not depend on this step's random numbers. Each takes 'probes' products with A, 'power' times more and as "
          "many "
          "with A^H. Sources: Gratton, Titley-Peloquin 2018; Dixon 1983.",
      .example =
          "matrix = [[1, 2], [3, 4]]\nleft   = [[0.4046], [0.9145]]\nscale  = [5.465]\nright  = [[0.576, 0.8174]]",
      .cancellable = true,
      .uses_random = true};
  static constexpr std::tuple ports{
      sdk::in<"matrix", AnyNumber, "m x n">{.unit = "*", .doc = "A"},
      sdk::in<"left", AnyNumber, "m x k">{.doc = "L"},
      sdk::in<"right", AnyNumber, "k x n">{.doc = "R"},
      sdk::in<"scale", sdk::f64, "k">{
          .unit = "matrix", .optional = true, .doc = "d; left out: ones, in the matrix's unit"},
      sdk::in<"probes", sdk::i64>{.fallback = "10", .min = 1, .max = 10000, .doc = "random vectors"},
      sdk::in<"power", sdk::i64>{.fallback = "3", .min = 0, .max = 1000, .doc = "power steps for the spectral norm"},
      sdk::in<"confidence", sdk::f64>{
          .fallback = "0.999", .min = 0, .max = 1, .above_min = true, .below_max = true, .doc = "of each bound"},
      sdk::in<"seed", sdk::i64>{
          .fallback = "0", .min = 0, .doc = "another number, other random vectors; the scenario's seed counts too"},
      sdk::out<"frobenius", sdk::f64>{.unit = "matrix", .doc = "estimate of |A - L diag(d) R|_F"},
      sdk::out<"frobenius_bound", sdk::f64>{.unit = "matrix", .doc = "it is at most this"},
      sdk::out<"spectral", sdk::f64>{.unit = "matrix", .doc = "|A - L diag(d) R|_2 is at least this"},
      sdk::out<"spectral_bound", sdk::f64>{.unit = "matrix", .doc = "and at most this"}};
  static void run(sdk::Call<ErrorEstimateOperation>& call);
};

}  // namespace orrery::matrix

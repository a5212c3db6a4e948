// matrix.multiply: the product of two matrices.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "plugins/matrix/ops/ports.hpp"

namespace orrery::matrix {

enum class Factor { none, transpose, adjoint };

struct Multiply {
  static constexpr sdk::Info info{
      .name = "multiply",
      .version = "1.0.0",
      .title = "The product of two matrices",
      .doc =
          "Either factor may be transposed first. The bits of the result depend neither on the number of threads nor "
          "on "
          "the processor. Of two element types the wider is computed in. Source: Goto, van de Geijn 2008.",
      .example = "a = [[1, 2], [3, 4]]\nb = [[5, 6], [7, 8]]",
      .cancellable = true};
  static constexpr std::tuple ports{
      sdk::in<"a", AnyNumber, "p x q">{.unit = "*", .doc = "left factor"},
      sdk::in<"b", AnyNumber, "r x s">{.unit = "*", .doc = "right factor"},
      sdk::in<"op_a", sdk::Choice<Factor>>{.fallback = "none",
                                           .choices = {"none", "transpose", "adjoint"},
                                           .doc = "what is done to a; the adjoint is the conjugate transpose"},
      sdk::in<"op_b", sdk::Choice<Factor>>{
          .fallback = "none", .choices = {"none", "transpose", "adjoint"}, .doc = "what is done to b"},
      sdk::out<"product", AnyNumber, "m x n">{.unit = "a*b", .doc = "op_a(a) op_b(b)"}};
  static void run(sdk::Call<Multiply>& call);
};

}  // namespace orrery::matrix

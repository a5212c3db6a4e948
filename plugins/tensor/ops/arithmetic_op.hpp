// tensor.add, subtract, multiply, divide: arithmetic on two tensors, element by element.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <orrery/sdk/plugin.hpp>

namespace orrery::tensor {

inline constexpr const char* broadcasting =
    "Shapes broadcast as in NumPy: axes are matched from the last, and an axis of length 1 serves any length.";

struct Add {
  static constexpr sdk::Info info{.name = "add",
                                  .version = "1.0.0",
                                  .title = "a + b, element by element",
                                  .doc = broadcasting,
                                  .example = "a = [1, 2, 3]\nb = 10"};
  static constexpr std::tuple ports{
      sdk::in<"a", sdk::f64, "*">{.unit = "*", .finite = false, .doc = "numbers"},
      sdk::in<"b", sdk::f64, "*">{.unit = "a", .finite = false, .doc = "numbers of the same dimension"},
      sdk::out<"result", sdk::f64, "*">{.unit = "a", .doc = "a + b"}};
  static void run(sdk::Call<Add>& call);
};

struct Subtract {
  static constexpr sdk::Info info{.name = "subtract",
                                  .version = "1.0.0",
                                  .title = "a - b, element by element",
                                  .doc = broadcasting,
                                  .example = "a = [1, 2, 3]\nb = 10"};
  static constexpr std::tuple ports{
      sdk::in<"a", sdk::f64, "*">{.unit = "*", .finite = false, .doc = "numbers"},
      sdk::in<"b", sdk::f64, "*">{.unit = "a", .finite = false, .doc = "numbers of the same dimension"},
      sdk::out<"result", sdk::f64, "*">{.unit = "a", .doc = "a - b"}};
  static void run(sdk::Call<Subtract>& call);
};

struct Multiply {
  static constexpr sdk::Info info{.name = "multiply",
                                  .version = "1.0.0",
                                  .title = "a b, element by element",
                                  .doc = broadcasting,
                                  .example = "a = [1, 2, 3]\nb = \"10 km\""};
  static constexpr std::tuple ports{sdk::in<"a", sdk::f64, "*">{.unit = "*", .finite = false, .doc = "numbers"},
                                    sdk::in<"b", sdk::f64, "*">{.unit = "*", .finite = false, .doc = "numbers"},
                                    sdk::out<"result", sdk::f64, "*">{.unit = "a*b", .doc = "a b"}};
  static void run(sdk::Call<Multiply>& call);
};

struct Divide {
  static constexpr sdk::Info info{.name = "divide",
                                  .version = "1.0.0",
                                  .title = "a / b, element by element",
                                  .doc = broadcasting,
                                  .example = "a = [1, 2, 3]\nb = \"10 km\""};
  static constexpr std::tuple ports{
      sdk::in<"a", sdk::f64, "*">{.unit = "*", .finite = false, .doc = "numbers"},
      sdk::in<"b", sdk::f64, "*">{.unit = "*", .finite = false, .doc = "numbers; a division by 0 follows IEEE 754"},
      sdk::out<"result", sdk::f64, "*">{.unit = "a/b", .doc = "a / b"}};
  static void run(sdk::Call<Divide>& call);
};

}  // namespace orrery::tensor

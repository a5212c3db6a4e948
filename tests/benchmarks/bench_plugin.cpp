// Operations that do next to nothing, so that what remains is the engine's own time.
// SPDX-License-Identifier: Apache-2.0
#include <orrery/sdk/plugin.hpp>

#include <algorithm>

namespace sdk = orrery::sdk;

namespace {

/// One step of a recurrence: a multiplication and an addition.
struct Step {
  static constexpr sdk::Info info{.name = "step", .version = "1.0.0", .title = "0.5 x + 1"};
  static constexpr std::tuple ports{sdk::in<"x", sdk::f64, "n">{.finite = false, .doc = "numbers"},
                                    sdk::out<"y", sdk::f64, "n">{.doc = "0.5 x + 1"}};
  static void run(sdk::Call<Step>& call) {
    const auto x = call.in<"x">();
    const auto y = call.out<"y">(x.size());
    call.poll(0, 0);
    for (std::int64_t i = 0; i < x.size(); ++i) y(i) = 0.5 * x(i) + 1.0;
  }
};

struct Fill {
  static constexpr sdk::Info info{.name = "fill", .version = "1.0.0", .title = "Many ones"};
  static constexpr std::tuple ports{sdk::in<"n", sdk::i64>{.min = 0, .doc = "how many"},
                                    sdk::out<"ones", sdk::f64, "n">{.doc = "ones"}};
  static void run(sdk::Call<Fill>& call) {
    const auto ones = call.out<"ones">(call.in<"n">());
    std::fill(ones.begin(), ones.end(), 1.0);
  }
};

struct Sum {
  static constexpr sdk::Info info{.name = "sum", .version = "1.0.0", .title = "Their sum"};
  static constexpr std::tuple ports{sdk::in<"x", sdk::f64, "n">{.finite = false, .doc = "numbers"},
                                    sdk::out<"sum", sdk::f64>{.doc = "their sum"}};
  static void run(sdk::Call<Sum>& call) {
    double sum = 0.0;
    for (const double x : call.in<"x">()) sum += x;
    call.set<"sum">(sum);
  }
};

}  // namespace

ORRERY_PLUGIN((.name = "bench", .version = "0.1.0", .title = "Operations for benchmarks", .license = "Apache-2.0"),
              Fill, Step, Sum)

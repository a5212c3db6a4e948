// Compiles as it is; with -DINPUT="..." and its like it names a port that is not declared, and must not compile.
// SPDX-License-Identifier: Apache-2.0
#include <orrery/sdk/plugin.hpp>

#ifndef INPUT
#define INPUT "start"
#endif
#ifndef LIST
#define LIST "terms"
#endif
#ifndef OUTPUT
#define OUTPUT "total"
#endif
#ifndef TAP
#define TAP "partial"
#endif

namespace {

using namespace orrery::sdk;

struct Sum {
  static constexpr Info info{.name = "sum", .version = "1.0.0", .title = "The sum of a list"};
  static constexpr std::tuple ports{in<"terms", f64>{.list = true}, in<"start", f64>{}, out<"total", f64>{},
                                    tap<"partial", f64>{}};
  static void run(Call<Sum>& call) {
    double total = call.in<INPUT>();
    for (const double term : call.list<LIST>()) total += term;
    call.tap<TAP>(0, total);
    call.set<OUTPUT>(total);
  }
};

}  // namespace

ORRERY_PLUGIN((.name = "sum", .version = "1.0.0", .title = "Sums", .license = "Apache-2.0"), Sum)

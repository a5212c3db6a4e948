// The plugin 'wheels': the turns of a train of gear wheels.
// SPDX-License-Identifier: Apache-2.0
#include <orrery/sdk/plugin.hpp>

namespace {

using namespace orrery::sdk;

struct Train {
  static constexpr Info info{.name = "train", .version = "1.0.0", .title = "How fast each wheel of a gear train turns"};
  static constexpr std::tuple ports{
      in<"teeth", i64, "n">{.min = 1, .doc = "teeth of each wheel, in the order in which they mesh"},
      in<"speed", f64>{.unit = "rad/s", .fallback = "1 rad/s", .doc = "of the first wheel"},
      out<"speeds", f64, "n">{.unit = "rad/s", .doc = "of each wheel; neighbours turn against each other"}};

  static void run(Call<Train>& call) {
    const auto teeth = call.in<"teeth">();
    if (teeth.size() == 0) throw std::invalid_argument("a train needs a wheel");
    const auto speeds = call.out<"speeds">(teeth.size());
    double rim = call.in<"speed">() * static_cast<double>(teeth(0));
    for (std::int64_t i = 0; i < teeth.size(); ++i, rim = -rim) speeds(i) = rim / static_cast<double>(teeth(i));
  }
};

}  // namespace

ORRERY_PLUGIN((.name = "wheels", .version = "1.0.0", .title = "Gear trains", .license = "Apache-2.0"), Train)

#include <cmath>
#include <orrery/sdk/plugin.hpp>

using namespace orrery::sdk;

struct Drag {  // the operation sky.drag
  static constexpr Info info{.name = "drag", .version = "1.0.0", .title = "Deceleration of a body in air"};
  static constexpr std::tuple ports{
      in<"speed", f64, "n">{.unit = "m/s", .doc = "relative to the air"},
      in<"density", f64>{.unit = "kg/m^3", .fallback = "1.225 kg/m^3", .min = 0, .doc = "of the air"},
      in<"ballistic", f64>{.unit = "kg/m^2", .min = 0, .above_min = true, .doc = "mass / (drag coefficient x area)"},
      out<"deceleration", f64, "n">{.unit = "m/s^2", .doc = "against the motion"}};
  static void run(Call<Drag>& call) {
    const auto speed = call.in<"speed">();
    const double factor = 0.5 * call.in<"density">() / call.in<"ballistic">();
    const auto deceleration = call.out<"deceleration">(speed.size());
    for (std::int64_t i = 0; i < speed.size(); ++i) deceleration(i) = factor * speed(i) * std::abs(speed(i));
  }
};

ORRERY_PLUGIN((.name = "sky", .version = "1.0.0", .title = "Motion in air", .license = "Apache-2.0"), Drag)

// The operations curve.clothoid_fit and fresnel.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/curve/ops/clothoid_fit_op.hpp"

#include <cmath>

#include "plugins/curve/core/clothoid.hpp"
#include "plugins/curve/core/fresnel.hpp"

namespace orrery::curve {

void ClothoidFit::run(sdk::Call<ClothoidFit>& call) {
  const auto start = call.in<"start">(), end = call.in<"end">();
  const auto start_angle = call.in<"start_angle">(), end_angle = call.in<"end_angle">();
  const std::int64_t samples = call.in<"samples">();
  const sdk::Shape batch = call.batch();
  const auto curvature = call.out<"curvature">(batch), rate = call.out<"rate">(batch);
  const auto length = call.out<"length">(batch), miss = call.out<"miss">(batch);
  const auto points = call.out<"points">(batch, samples, 2);
  const auto heading = [](auto place, double angle) { return Heading{place(0), place(1), angle}; };
  const auto fit = [&](std::int64_t i) {
    const Heading from = heading(start.item(i), start_angle(i)), to = heading(end.item(i), end_angle(i));
    const Clothoid found = fit_clothoid(from, to);
    curvature(i) = found.curvature;
    rate(i) = found.rate;
    length(i) = found.length;
    const auto rows = points.item(i);
    for (std::int64_t k = 0; k < samples; ++k) {
      const double s = found.length * (static_cast<double>(k) / static_cast<double>(samples - 1));
      const Heading place = clothoid_at(from, found, s);
      rows(k, 0) = place.x;
      rows(k, 1) = place.y;
    }
    miss(i) =
        std::hypot(rows(samples - 1, 0) - to.x, rows(samples - 1, 1) - to.y) / std::hypot(to.x - from.x, to.y - from.y);
  };
  const auto none = [&](std::int64_t i) {
    curvature(i) = rate(i) = length(i) = miss(i) = not_a_number;
    const auto all = points.item(i).span();
    std::fill(all.begin(), all.end(), not_a_number);
  };
  for_all_items(call, batch, call.in<"on_error">(), fit, none, 256);
}

void FresnelIntegrals::run(sdk::Call<FresnelIntegrals>& call) {
  const auto x = call.in<"x">();
  const sdk::Shape batch = call.batch();
  const auto cosine = call.out<"cosine">(batch), sine = call.out<"sine">(batch);
  for_all_items(
      call, batch,
      [&](std::int64_t i) {
        const Fresnel value = fresnel(x(i));
        cosine(i) = value.cosine;
        sine(i) = value.sine;
      },
      1024);
}

}  // namespace orrery::curve

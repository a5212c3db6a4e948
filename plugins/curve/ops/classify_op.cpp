// The operation curve.classify.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/curve/ops/classify_op.hpp"

namespace orrery::curve {

void Classify::run(sdk::Call<Classify>& call) {
  const auto points = call.in<"points">(), first = call.in<"first">(), second = call.in<"second">(),
             third = call.in<"third">();
  const auto parameter = call.in<"parameter">().span();
  const double tolerance = call.in<"tolerance">();
  const auto n = static_cast<std::size_t>(points.extent(0));
  const sdk::Shape batch = call.batch();
  const std::array residual{call.out<"line">(batch),
                            call.out<"circle">(batch),
                            call.out<"helix">(batch),
                            call.out<"clothoid">(batch),
                            call.out<"logarithmic_spiral">(batch),
                            call.out<"plane">(batch),
                            call.out<"salkowski">(batch),
                            call.out<"anti_salkowski">(batch),
                            call.out<"constant_curvature">(batch),
                            call.out<"constant_torsion">(batch),
                            call.out<"general_helix">(batch),
                            call.out<"spherical">(batch),
                            call.out<"slant_helix">(batch),
                            call.out<"mannheim">(batch),
                            call.out<"bertrand">(batch)};
  static_assert(residual.size() == family_count);
  const auto family = call.out<"family">(batch), skipped = call.out<"skipped">(batch);
  const auto put = [&](std::int64_t i, const Classification& c) {
    for (std::size_t f = 0; f < family_count; ++f) residual[f](i) = c.residual[f];
    family(i) = static_cast<std::int64_t>(c.family);
    skipped(i) = static_cast<std::int64_t>(c.skipped);
  };
  const std::int64_t items = sdk::count_of(batch);
  for_each_item(
      call, items, call.in<"on_error">(),
      [&](std::int64_t i) {
        const std::array<std::span<const double>, 3> derivatives{first.item(i).span(), second.item(i).span(),
                                                                 third.item(i).span()};
        put(i, classify(points.item(i).span(), parameter, curvature_from_derivatives(derivatives, n, 3), tolerance));
      },
      [&](std::int64_t i) {
        Classification none;
        none.residual.fill(not_a_number);
        put(i, none);
      });
  std::string name;
  for (std::int64_t i = 0; i < items; ++i)
    name += (i > 0 ? "\n" : "") + std::string(family_name(static_cast<std::size_t>(family(i))));
  call.set<"name">(name);
}

}  // namespace orrery::curve

// The operation curve.constant_curvature.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/curve/ops/constant_curvature_op.hpp"

#include "plugins/curve/core/constant_curvature.hpp"

namespace orrery::curve {

namespace {

using Scalars = sdk::BatchView<const double, 0>;

/// What each family takes; what it does not take must not be given.
struct FamilyInput {
  explicit FamilyInput(const sdk::Call<ConstantCurvature>& call)
      : family(call.in<"family">()),
        curvature(call.in<"curvature">()),
        angle(call.in<"angle">()),
        slope(call.in<"slope">()),
        origin(call.maybe<"origin">()),
        torsion(call.maybe<"torsion">()),
        radius(call.maybe<"radius">()) {
    const bool surface = family == Family::sphere || family == Family::hyperbolic_plane;
    if (origin && family != Family::plane) throw std::invalid_argument("'origin' is for family = \"plane\" only");
    if (torsion && family != Family::space) throw std::invalid_argument("'torsion' is for family = \"space\" only");
    if (radius.has_value() != surface)
      throw std::invalid_argument(surface ? "a sphere or hyperbolic plane needs its 'radius'"
                                          : "'radius' is for the sphere and the hyperbolic plane only");
  }

  CurvePoints operator()(std::int64_t item, std::span<const double> arc) const {
    const double k = curvature(item);
    switch (family) {
      case Family::plane: {
        std::array<double, 2> start{};
        if (origin) std::copy_n(origin->item(item).data(), 2, start.begin());
        return constant_curvature_plane(k, angle(item), start, arc);
      }
      case Family::space:
        return constant_curvature_space(k, value_or(torsion, item, 0.0), arc);
      case Family::salkowski:
        return constant_curvature_salkowski(k, slope(item), arc);
      case Family::sphere:
        return constant_curvature_sphere(k, (*radius)(item), arc);
      default:
        return constant_curvature_hyperbolic(k, (*radius)(item), arc);
    }
  }

  Family family;
  Scalars curvature, angle, slope;
  std::optional<sdk::BatchView<const double, 1>> origin;
  std::optional<Scalars> torsion, radius;
};

}  // namespace

void ConstantCurvature::run(sdk::Call<ConstantCurvature>& call) {
  const FamilyInput family(call);
  const auto parameter = call.in<"parameter">();
  const bool by_speed = call.in<"by">() == ByParameter::speed;
  const auto arc = call.out<"arc">(parameter.size());
  copy_to(
      by_speed ? arc_of_speed(parameter.span()) : std::vector<double>(parameter.span().begin(), parameter.span().end()),
      arc);
  const sdk::Shape batch = call.batch();
  const std::int64_t d = family.family == Family::plane ? 2 : 3;
  const auto points = call.out<"points">(batch, parameter.size(), d);
  const auto tangent = call.out<"tangent">(batch, parameter.size(), d);
  const auto compute = [&](std::int64_t item) {
    const CurvePoints curve = family(item, arc.span());
    copy_to(curve.points, points.item(item));
    copy_to(curve.tangents, tangent.item(item));
  };
  for_each_item(call, sdk::count_of(batch), call.in<"on_error">(), compute, [&](std::int64_t item) {
    fill_nan(points.item(item));
    fill_nan(tangent.item(item));
  });
}

}  // namespace orrery::curve

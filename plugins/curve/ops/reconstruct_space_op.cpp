// The operations curve.reconstruct_space, reconstruct and reconstruct_surface.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/curve/ops/reconstruct_space_op.hpp"

#include "plugins/curve/core/reconstruct.hpp"

namespace orrery::curve {

namespace {

/// The outputs of curves that come with frames.
template <class Op>
class FramedCurves {
 public:
  FramedCurves(sdk::Call<Op>& call, std::int64_t n, std::int64_t d)
      : position_(call.template out<"position">(call.batch(), n, d)),
        frame_(call.template out<"frame">(call.batch(), n, d, d)),
        defect_(call.template out<"defect">(call.batch())) {}

  template <class Curve>
  void put(std::int64_t item, const Curve& curve) {
    copy_to(curve.position, position_.item(item));
    copy_to(curve.frame, frame_.item(item));
    defect_(item) = curve.defect;
  }
  void put_none(std::int64_t item) {
    fill_nan(position_.item(item));
    fill_nan(frame_.item(item));
    defect_(item) = not_a_number;
  }

 private:
  sdk::BatchView<double, 2> position_;
  sdk::BatchView<double, 3> frame_;
  sdk::BatchView<double, 0> defect_;
};

// A position opposite to the centre of the projection goes to infinity, which is where it belongs.
template <class View>
void fill_disk(const SurfaceCurve& curve, double radius, const View& disk) {
  for (std::int64_t i = 0; i < disk.extent(0); ++i) {
    const double* x = curve.position.data() + 3 * i;
    disk(i, 0) = x[1] / (radius + x[0]);
    disk(i, 1) = x[2] / (radius + x[0]);
  }
}

}  // namespace

void ReconstructSpace::run(sdk::Call<ReconstructSpace>& call) {
  const NaturalInput<ReconstructSpace> input(call);
  const auto curvature = call.in<"curvature">();
  const auto torsion = call.maybe<"torsion">(), speed = call.maybe<"speed">();
  const auto start = call.maybe<"start_position">();
  const auto start_frame = call.maybe<"start_frame">();
  FramedCurves<ReconstructSpace> curves(call, input.n(), 3);
  const auto compute = [&](std::int64_t item) {
    const std::vector<double> k = input.at_nodes(curvature.item(item).span(), 1, "curvature");
    const std::vector<double> t = input.at_nodes(torsion, item, "torsion"), v = input.at_nodes(speed, item, "speed");
    SpaceStart from;
    if (start) std::copy_n(start->item(item).data(), 3, from.position.begin());
    if (start_frame) std::copy_n(start_frame->item(item).data(), 9, from.frame.begin());
    const SpaceCurve curve = reconstruct_space({input.parameter(), k, t, v}, from, input.integrator(), true,
                                               [&](std::size_t) { call.poll(0, 0); });
    curves.put(item, curve);
  };
  for_each_item(call, sdk::count_of(call.batch()), call.in<"on_error">(), compute,
                [&](std::int64_t item) { curves.put_none(item); });
}

void Reconstruct::run(sdk::Call<Reconstruct>& call) {
  const NaturalInput<Reconstruct> input(call);
  const auto curvature = call.in<"curvature">();
  const auto speed = call.maybe<"speed">();
  const auto start = call.maybe<"start_position">();
  const auto start_frame = call.maybe<"start_frame">();
  const std::int64_t d = curvature.extent(1) + 1;
  FramedCurves<Reconstruct> curves(call, input.n(), d);
  const auto compute = [&](std::int64_t item) {
    const auto width = static_cast<std::size_t>(d);
    const std::vector<double> k = input.at_nodes(curvature.item(item).span(), width - 1, "curvature");
    const std::vector<double> v = input.at_nodes(speed, item, "speed");
    const std::span<const double> p = start ? start->item(item).span() : std::span<const double>();
    const std::span<const double> f = start_frame ? start_frame->item(item).span() : std::span<const double>();
    const GeneralCurve curve = reconstruct_general(width, input.parameter(), k, v, p, f, input.integrator(),
                                                   [&](std::size_t) { call.poll(0, 0); });
    curves.put(item, curve);
  };
  for_each_item(call, sdk::count_of(call.batch()), call.in<"on_error">(), compute,
                [&](std::int64_t item) { curves.put_none(item); });
}

void ReconstructSurface::run(sdk::Call<ReconstructSurface>& call) {
  const NaturalInput<ReconstructSurface> input(call);
  const auto curvature = call.in<"curvature">();
  const auto speed = call.maybe<"speed">();
  const auto radius = call.in<"radius">();
  const bool sphere = call.in<"surface">() == Surface::sphere;
  const sdk::Shape batch = call.batch();
  const auto position = call.out<"position">(batch, input.n(), 3);
  const auto frame = call.out<"frame">(batch, input.n(), 3, 3);
  const auto disk = call.out<"disk">(batch, input.n(), 2);
  const auto compute = [&](std::int64_t item) {
    const std::vector<double> k = input.at_nodes(curvature.item(item).span(), 1, "curvature");
    const std::vector<double> v = input.at_nodes(speed, item, "speed");
    const NaturalEquations equations{input.parameter(), k, {}, v};
    const auto progress = [&](std::size_t) { call.poll(0, 0); };
    const SurfaceCurve curve =
        sphere ? reconstruct_on_sphere(equations, radius(item), input.integrator(), progress)
               : reconstruct_on_hyperbolic_plane(equations, radius(item), input.integrator(), progress);
    copy_to(curve.position, position.item(item));
    copy_to(curve.frame, frame.item(item));
    fill_disk(curve, radius(item), disk.item(item));
  };
  for_each_item(call, sdk::count_of(batch), call.in<"on_error">(), compute, [&](std::int64_t item) {
    fill_nan(position.item(item));
    fill_nan(frame.item(item));
    fill_nan(disk.item(item));
  });
}

}  // namespace orrery::curve

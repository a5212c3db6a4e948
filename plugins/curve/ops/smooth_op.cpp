// The operation curve.smooth.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/curve/ops/smooth_op.hpp"

#include <cmath>

#include "plugins/curve/core/smooth.hpp"
#include "plugins/curve/ops/items.hpp"

namespace orrery::curve {
namespace {

/// The outputs of the operation, filled curve by curve.
class SmoothOutputs {
 public:
  SmoothOutputs(sdk::Call<Smooth>& call, sdk::Shape batch, std::int64_t n, std::int64_t d)
      : values_{call.out<"points">(batch, n, d), call.out<"first">(batch, n, d), call.out<"second">(batch, n, d),
                call.out<"third">(batch, n, d)},
        errors_{call.out<"point_error">(batch, n), call.out<"first_error">(batch, n),
                call.out<"second_error">(batch, n), call.out<"third_error">(batch, n)},
        curvature_{call.out<"curvature">(batch, n), call.out<"curvature_error">(batch, n),
                   call.out<"curvature_lower">(batch, n), call.out<"curvature_upper">(batch, n)},
        straight_(call.out<"straight">(batch, n)),
        d_(static_cast<std::size_t>(d)) {
    if (d == 3) torsion_ = {call.out<"torsion">(batch, n), call.out<"torsion_error">(batch, n)};
  }

  void fill(std::int64_t item, std::int64_t i, const SmoothCurve::Local& local) {
    for (std::size_t k = 0; k < SmoothCurve::derivatives; ++k) {
      const auto row = values_[k].item(item).row(i);
      std::copy_n(local.values.begin() + static_cast<std::ptrdiff_t>(k * d_), d_, row.begin());
      errors_[k].item(item)(i) = std::sqrt(std::max(local.covariance[k][k], 0.0));
    }
    const UncertainGeometry g = uncertain_geometry(local, d_);
    const double reach = 1.959963984540054 * g.curvature_error;
    curvature_[0].item(item)(i) = g.curvature;
    curvature_[1].item(item)(i) = g.curvature_error;
    curvature_[2].item(item)(i) = g.straight ? 0.0 : g.curvature - reach;
    curvature_[3].item(item)(i) = g.curvature + reach;
    straight_.item(item)(i) = g.straight;
    if (torsion_.empty()) return;
    torsion_[0].item(item)(i) = g.torsion;
    torsion_[1].item(item)(i) = g.torsion_error;
  }

 private:
  std::vector<sdk::BatchView<double, 2>> values_;
  std::vector<sdk::BatchView<double, 1>> errors_, curvature_, torsion_;
  sdk::BatchView<bool, 1> straight_;
  std::size_t d_;
};

SmoothOptions options_of(sdk::Call<Smooth>& call) {
  SmoothOptions options{.criterion = static_cast<SmoothingCriterion>(call.in<"criterion">()),
                        .order = static_cast<std::size_t>(call.in<"order">())};
  if (const auto smoothing = call.maybe<"smoothing">()) options.smoothing = *smoothing;
  return options;
}

}  // namespace

void Smooth::run(sdk::Call<Smooth>& call) {
  const auto points = call.in<"points">();
  const auto parameter = call.maybe<"parameter">();
  const std::int64_t n = points.extent(0), d = points.extent(1);
  if (d < 2)
    throw std::invalid_argument("points must have 2 coordinates or more, since one has no curvature; they have " +
                                std::to_string(d));
  const SmoothOptions options = options_of(call);
  const sdk::Shape batch = points.batch();
  SmoothOutputs outputs(call, batch, n, d);
  const auto noise = call.out<"noise">(batch), weight = call.out<"weight">(batch);
  const auto effective = call.out<"effective_parameters">(batch);
  for_all_items(call, batch, [&](std::int64_t item) {
    const SampledCurve samples{.points = points.item(item).span(),
                               .n = static_cast<std::size_t>(n),
                               .d = static_cast<std::size_t>(d),
                               .parameter = parameter ? parameter->span() : std::span<const double>(),
                               .closed = call.in<"closed">(),
                               .period = call.maybe<"period">().value_or(0.0)};
    const SmoothCurve curve = SmoothCurve::fit(samples, options);
    for (std::int64_t i = 0; i < n; ++i)
      outputs.fill(item, i, curve.at(parameter ? (*parameter)(i) : static_cast<double>(i)));
    noise(item) = curve.noise();
    weight(item) = curve.smoothing();
    effective(item) = curve.effective_parameters();
  });
}

}  // namespace orrery::curve

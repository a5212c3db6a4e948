// The operations curve.frame and bishop_frame.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/curve/ops/frame_op.hpp"

#include "plugins/curve/core/bishop.hpp"
#include "plugins/curve/core/osculating.hpp"
#include "plugins/curve/core/samples.hpp"

namespace orrery::curve {

namespace {

using Rows = sdk::BatchView<const double, 2>;

/// Derivatives that are given, or those of a spline.
class FrameInput {
 public:
  explicit FrameInput(const sdk::Call<Frame>& call)
      : points_(call.in<"points">()),
        given_{call.maybe<"first">(), call.maybe<"second">(), call.maybe<"third">(), call.maybe<"fourth">(),
               call.maybe<"fifth">()} {
    const auto parameter = call.maybe<"parameter">();
    if (parameter) parameter_ = parameter->span();
    closed_ = call.in<"closed">();
    period_ = call.maybe<"period">().value_or(0.0);
    degree_ = static_cast<std::size_t>(call.in<"degree">());
    options_ = {
        .side = call.in<"side">(), .degeneracy = {}, .parameter_scale = call.maybe<"parameter_scale">().value_or(0.0)};
    while (count_ < given_.size() && given_[count_]) ++count_;
    for (std::size_t k = count_; k < given_.size(); ++k)
      if (given_[k]) throw std::invalid_argument("derivatives must be given without gaps from the first one on");
  }
  std::int64_t n() const { return points_.extent(0); }
  std::int64_t d() const { return points_.extent(1); }
  bool has_third() const { return count_ == 0 || count_ >= 3; }

  FrameTable operator()(std::int64_t item, Osculating& touching) const {
    const auto rows = static_cast<std::size_t>(n()), width = static_cast<std::size_t>(d());
    const std::span<const double> points = points_.item(item).span();
    if (count_ > 0) {
      std::vector<std::span<const double>> derivatives;
      for (std::size_t k = 0; k < count_; ++k) derivatives.push_back(given_[k]->item(item).span());
      FrameTable table = frames_with_limits(derivatives, rows, width, options_);
      touching = osculating(points, derivatives[1], has_third() ? derivatives[2] : std::span<const double>(), table);
      return table;
    }
    const SampledCurve curve{
        .points = points, .n = rows, .d = width, .parameter = parameter_, .closed = closed_, .period = period_};
    const std::size_t wanted = std::min<std::size_t>(std::max<std::size_t>(width + 1, 3), degree_ - 1);
    const DerivativeTable derivatives = differentiate(
        curve, {.source = DerivativeSource::spline, .degree = degree_, .count = std::max<std::size_t>(wanted, 3)});
    FrameTable table = frames_with_limits(derivatives, options_);
    touching = osculating(points, derivatives.by_parameter(2), derivatives.by_parameter(3), table);
    return table;
  }

 private:
  Rows points_;
  std::array<std::optional<Rows>, 5> given_;
  std::size_t count_ = 0, degree_ = 7;
  std::span<const double> parameter_;
  bool closed_ = false;
  double period_ = 0.0;
  FrameOptions options_;
};

/// The outputs over a batch; those that do not exist in this dimension are not made.
class FrameOutputs {
 public:
  FrameOutputs(sdk::Call<Frame>& call, sdk::Shape batch, std::int64_t n, std::int64_t d, bool third)
      : frame_(call.out<"frame">(batch, n, d, d)),
        matrices_{call.out<"curvatures">(batch, n, d - 1), call.out<"centre">(batch, n, d)},
        vectors_{call.out<"speed">(batch, n), call.out<"radius">(batch, n)},
        status_(call.out<"status">(batch, n)),
        order_(call.out<"order">(batch, n, d)) {
    if (third) vectors_.push_back(call.out<"curvature_rate">(batch, n));
    if (d != 3) return;
    matrices_.push_back(call.out<"helix_point">(batch, n, d));
    matrices_.push_back(call.out<"helix_axis">(batch, n, d));
    vectors_.push_back(call.out<"helix_radius">(batch, n));
    vectors_.push_back(call.out<"helix_pitch">(batch, n));
    if (!third) return;
    matrices_.push_back(call.out<"sphere_centre">(batch, n, d));
    vectors_.push_back(call.out<"sphere_radius">(batch, n));
  }
  void fill(std::int64_t item, const FrameTable& table, const Osculating& o) const {
    copy_to(table.frame, frame_.item(item));
    copy_to(table.order, order_.item(item));
    std::transform(table.status.begin(), table.status.end(), status_.item(item).begin(),
                   [](FrameStatus status) { return static_cast<std::int64_t>(status); });
    fill_all(item, matrices_, {&table.curvatures, &o.centre, &o.helix_point, &o.helix_axis, &o.sphere_centre});
    fill_all(item, vectors_,
             o.curvature_rate.empty() ? Sources{&table.speed, &o.radius, &o.helix_radius, &o.helix_pitch}
                                      : Sources{&table.speed, &o.radius, &o.curvature_rate, &o.helix_radius,
                                                &o.helix_pitch, &o.sphere_radius});
  }
  void fill_none(std::int64_t item) const {
    fill_nan(frame_.item(item));
    for (const auto& m : matrices_) fill_nan(m.item(item));
    for (const auto& v : vectors_) fill_nan(v.item(item));
    std::fill(status_.item(item).begin(), status_.item(item).end(), std::int64_t{3});
    std::fill(order_.item(item).begin(), order_.item(item).end(), std::int64_t{0});
  }

 private:
  using Sources = std::vector<const std::vector<double>*>;
  template <class Views>
  static void fill_all(std::int64_t item, const Views& views, const Sources& from) {
    for (std::size_t i = 0; i < views.size(); ++i) copy_to(*from[i], views[i].item(item));
  }
  sdk::BatchView<double, 3> frame_;
  std::vector<sdk::BatchView<double, 2>> matrices_;
  std::vector<sdk::BatchView<double, 1>> vectors_;
  sdk::BatchView<std::int64_t, 1> status_;
  sdk::BatchView<std::int64_t, 2> order_;
};

}  // namespace

void Frame::run(sdk::Call<Frame>& call) {
  const FrameInput input(call);
  if (input.d() < 2)
    throw std::invalid_argument("a frame needs points of at least 2 coordinates; they have " +
                                std::to_string(input.d()));
  const sdk::Shape batch = call.batch();
  const FrameOutputs outputs(call, batch, input.n(), input.d(), input.has_third());
  const auto compute = [&](std::int64_t item) {
    Osculating touching;
    const FrameTable table = input(item, touching);
    outputs.fill(item, table, touching);
  };
  for_each_item(call, sdk::count_of(batch), call.in<"on_error">(), compute,
                [&](std::int64_t item) { outputs.fill_none(item); });
}

void BishopFrame::run(sdk::Call<BishopFrame>& call) {
  const auto points = call.in<"points">(), first = call.in<"first">();
  const auto second = call.maybe<"second">(), normals = call.maybe<"normals">();
  const bool closed = call.in<"closed">();
  const std::int64_t n = points.extent(0), d = points.extent(1);
  const sdk::Shape batch = call.batch();
  const auto frame = call.out<"frame">(batch, n, d, d);
  const auto holonomy = call.out<"holonomy">(batch);
  const auto turned_back = call.out<"turned_back">(batch);
  std::optional<sdk::BatchView<double, 2>> curvatures;
  if (second) curvatures = call.out<"curvatures">(batch, n, d - 1);
  const auto compute = [&](std::int64_t item) {
    const auto span = [item](const auto& view) { return view ? view->item(item).span() : std::span<const double>(); };
    const BishopFrames frames = bishop_frames({.points = points.item(item).span(),
                                               .tangents = first.item(item).span(),
                                               .second = span(second),
                                               .normals = span(normals),
                                               .n = static_cast<std::size_t>(n),
                                               .d = static_cast<std::size_t>(d),
                                               .closed = closed});
    copy_to(frames.frame, frame.item(item));
    if (curvatures) copy_to(frames.curvature, curvatures->item(item));
    holonomy(item) = frames.holonomy;
    turned_back(item) = static_cast<std::int64_t>(frames.turned_back);
  };
  for_each_item(call, sdk::count_of(batch), call.in<"on_error">(), compute, [&](std::int64_t item) {
    fill_nan(frame.item(item));
    if (curvatures) fill_nan(curvatures->item(item));
    holonomy(item) = std::numeric_limits<double>::quiet_NaN();
    turned_back(item) = 0;
  });
}

}  // namespace orrery::curve

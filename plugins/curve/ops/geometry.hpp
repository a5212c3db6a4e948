// What curve.curvature and curve.curvature_from_derivatives have in common: their outputs, filled item by item.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <string>

#include <orrery/sdk/plugin.hpp>

#include "plugins/curve/core/curvature.hpp"

namespace orrery::curve {

/// Throws again what was thrown for one item of a batch, with the item's number, so that the user finds it.
template <class F>
void for_item(std::uint64_t item, bool batch, const F& f) {
  const auto named = [&](const std::exception& e) {
    return (batch ? "item " + std::to_string(item) + ": " : "") + e.what();
  };
  try {
    f();
  } catch (const std::invalid_argument& e) {
    throw std::invalid_argument(named(e));
  } catch (const std::domain_error& e) {
    throw std::domain_error(named(e));
  } catch (const std::overflow_error& e) {
    throw std::overflow_error(named(e));
  } catch (const std::range_error& e) {
    throw std::range_error(named(e));
  }
}

/// The outputs of a curvature operation over a batch of curves.
template <class Op>
class GeometryOutputs {
 public:
  GeometryOutputs(sdk::Call<Op>& call, sdk::Shape batch, std::int64_t n, std::int64_t d, std::int64_t derivatives)
      : speed_(call.template out<"speed">(batch, n)),
        curvature_(call.template out<"curvature">(batch, n)),
        curvatures_(call.template out<"curvatures">(batch, n, std::min(derivatives, d) - 1)),
        frame_(call.template out<"frame">(batch, n, derivatives >= d - 1 ? d : derivatives, d)),
        status_(call.template out<"status">(batch, n)) {
    if (d == 2) signed_ = call.template out<"signed_curvature">(batch, n);
    if (d == 3 && derivatives >= 3) torsion_ = call.template out<"torsion">(batch, n);
  }

  void fill(std::int64_t item, const FrenetData& data) {
    copy(data.speed, speed_.item(item));
    copy(data.curvature, curvature_.item(item));
    copy(data.curvatures, curvatures_.item(item));
    copy(data.frame, frame_.item(item));
    if (!data.signed_curvature.empty() && signed_) copy(data.signed_curvature, signed_->item(item));
    if (!data.torsion.empty() && torsion_) copy(data.torsion, torsion_->item(item));
    std::transform(data.status.begin(), data.status.end(), status_.item(item).begin(),
                   [](PointStatus status) { return static_cast<std::int64_t>(status); });
  }

 private:
  template <class T, std::size_t Rank>
  static void copy(const std::vector<T>& from, sdk::View<T, Rank> to) {
    std::copy(from.begin(), from.end(), to.begin());
  }

  sdk::BatchView<double, 1> speed_, curvature_;
  sdk::BatchView<double, 2> curvatures_;
  sdk::BatchView<double, 3> frame_;
  sdk::BatchView<std::int64_t, 1> status_;
  std::optional<sdk::BatchView<double, 1>> signed_, torsion_;
};

}  // namespace orrery::curve

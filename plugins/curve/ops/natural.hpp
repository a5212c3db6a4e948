// What the operations that rebuild curves from curvatures have in common.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <vector>

#include <orrery/sdk/plugin.hpp>

#include "plugins/curve/core/checks.hpp"
#include "plugins/curve/core/gauss_nodes.hpp"
#include "plugins/curve/core/natural_equations.hpp"
#include "plugins/curve/ops/items.hpp"

namespace orrery::curve {

enum class GivenAt { samples, nodes };

namespace ports {

inline constexpr sdk::in<"parameter", sdk::f64, "n"> parameter{
    .unit = "*", .doc = "where the curve is wanted, increasing; arc length, if no speed is given"};
inline constexpr sdk::in<"curvature", sdk::f64, "... x k"> natural_curvature{
    .unit = "*", .doc = "at each parameter, or at the Gauss nodes of each step; may change its sign"};
inline constexpr sdk::in<"speed", sdk::f64, "... x k"> natural_speed{
    .unit = "1/curvature/parameter", .optional = true, .doc = "length by parameter; left out: 1"};
inline constexpr sdk::in<"given_at", sdk::Choice<GivenAt>> given_at{
    .fallback = "samples",
    .choices = {"samples", "nodes"},
    .doc =
        "where curvature, torsion and speed are given: at the parameters, between which they are interpolated to "
        "order 8, or at the nodes of curve.gauss_nodes, step by step"};
inline constexpr sdk::in<"method", sdk::Choice<Integrator>> integrator{
    .fallback = "magnus6",
    .choices = {"magnus4", "magnus6", "runge_kutta"},
    .doc =
        "order 4 or 6 on the group of motions, where frames stay orthonormal; or, to compare, plain Runge-Kutta of "
        "order 4 on the entries"};

}  // namespace ports

/// The functions of the natural equations at the Gauss nodes, for one item at a time.
template <class Op>
class NaturalInput {
 public:
  explicit NaturalInput(const sdk::Call<Op>& call)
      : parameter_(call.template in<"parameter">()),
        given_at_(call.template in<"given_at">()),
        integrator_(call.template in<"method">()),
        nodes_(node_count(integrator_)) {}

  Integrator integrator() const { return integrator_; }
  std::size_t nodes() const { return nodes_; }
  std::span<const double> parameter() const { return parameter_.span(); }
  std::int64_t n() const { return parameter_.size(); }

  /// `width` numbers a sample, read at the nodes.
  std::vector<double> at_nodes(std::span<const double> values, std::size_t width, std::string_view name) const {
    const std::size_t n = parameter().size();
    if (given_at_ == GivenAt::nodes) {
      require_size(values, n == 0 ? 0 : (n - 1) * nodes_, width, name);
      return {values.begin(), values.end()};
    }
    require_size(values, n, width, name);
    require_finite(values, width, name);
    std::vector<double> result(n == 0 ? 0 : (n - 1) * nodes_ * width), column(n);
    for (std::size_t c = 0; c < width; ++c) {
      for (std::size_t i = 0; i < n; ++i) column[i] = values[i * width + c];
      const std::vector<double> there = at_gauss_nodes(parameter(), column, nodes_);
      for (std::size_t i = 0; i < there.size(); ++i) result[i * width + c] = there[i];
    }
    return result;
  }
  template <class Batch>
  std::vector<double> at_nodes(const std::optional<Batch>& values, std::int64_t item, std::string_view name) const {
    return values ? at_nodes(values->item(item).span(), 1, name) : std::vector<double>();
  }

 private:
  sdk::View<const double, 1> parameter_;
  GivenAt given_at_;
  Integrator integrator_;
  std::size_t nodes_;
};

}  // namespace orrery::curve

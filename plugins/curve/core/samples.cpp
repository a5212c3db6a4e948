// Curvature from samples: checks and the choice of the method; the methods name their sources.
// SPDX-License-Identifier: Apache-2.0
// Source of the chain "interpolate, differentiate, then the formulas of the frame": do Carmo 1976, section 1-5.
#include "plugins/curve/core/samples.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <string>

#include "plugins/curve/core/checks.hpp"
#include "plugins/curve/core/differentiators.hpp"

namespace orrery::curve {

namespace {

void require_valid_parameter(const SampledCurve& curve) {
  require_size(curve.parameter, curve.n, 1, "parameter");
  require_finite(curve.parameter, 1, "parameter");
  require_increasing(curve.parameter, "parameter");
  const double span = curve.parameter.back() - curve.parameter.front();
  if (curve.closed && !(curve.period > span && std::isfinite(curve.period))) {
    throw std::invalid_argument("period must be finite and above the span of the parameter, " + number_text(span) +
                                "; it is " + number_text(curve.period));
  }
}

std::size_t derivative_count(const SampledCurve& curve, std::size_t wanted) {
  const std::size_t least = std::min<std::size_t>(2, curve.d);
  if (wanted != 0 && (wanted < least || wanted > 12)) {
    throw std::invalid_argument("count of derivatives must lie in [" + std::to_string(least) + ", 12]; it is " +
                                std::to_string(wanted));
  }
  return wanted != 0 ? wanted : std::clamp<std::size_t>(curve.d, 2, 3);
}

}  // namespace

bool repeats_first_point(std::span<const double> points, std::size_t n, std::size_t d) {
  require_size(points, n, d, "points");
  return n > 1 && std::equal(points.begin(), points.begin() + static_cast<std::ptrdiff_t>(d),
                             points.end() - static_cast<std::ptrdiff_t>(d));
}

void require_valid(const SampledCurve& curve) {
  if (curve.d == 0) {
    throw std::invalid_argument("dimension must be at least 1; it is 0");
  }
  if (curve.n < 2) {
    throw std::invalid_argument("a curve needs at least 2 samples; there are " + std::to_string(curve.n));
  }
  require_size(curve.points, curve.n, curve.d, "points");
  require_finite(curve.points, curve.d, "points");
  if (!curve.parameter.empty()) {
    require_valid_parameter(curve);
  } else if (!(curve.step > 0.0 && std::isfinite(curve.step))) {
    throw std::invalid_argument("step must be positive and finite; it is " + number_text(curve.step));
  }
  if (curve.closed && repeats_first_point(curve.points, curve.n, curve.d)) {
    throw std::invalid_argument("points of a closed curve must leave the closing sample out; row " +
                                std::to_string(curve.n - 1) + " repeats row 0");
  }
}

double parameter_unit(const SampledCurve& curve) {
  if (curve.parameter.empty()) {
    return curve.step;
  }
  const double mean = (curve.parameter.back() - curve.parameter.front()) / static_cast<double>(curve.n - 1);
  return std::scalbn(1.0, std::clamp(std::ilogb(mean), -1000, 1000));
}

DerivativeTable empty_table(const SampledCurve& curve, std::size_t count) {
  DerivativeTable table{curve.n, curve.d, parameter_unit(curve), {}, {}};
  table.values.assign(count, std::vector<double>(curve.n * curve.d, 0.0));
  table.rounding.assign(count, std::vector<double>(curve.n, 0.0));
  return table;
}

DerivativeTable differentiate(const SampledCurve& curve, const DifferentiationOptions& options) {
  require_valid(curve);
  DerivativeTable table = empty_table(curve, derivative_count(curve, options.count));
  switch (options.source) {
    case DerivativeSource::finite_difference:
      fill_by_finite_differences(curve, options.order, table);
      break;
    case DerivativeSource::spline:
      fill_by_spline(curve, options.degree, table);
      break;
    case DerivativeSource::spectral:
      fill_by_trigonometric_interpolation(curve, table);
      break;
  }
  return table;
}

FrenetData curvature_from_samples(const SampledCurve& curve, const DifferentiationOptions& options,
                                  const DegeneracyOptions& degeneracy) {
  return curvature_from_table(differentiate(curve, options), degeneracy);
}

}  // namespace orrery::curve

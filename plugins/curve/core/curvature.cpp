// Curvatures of a curve from its derivatives: scaling, dispatch by dimension and collection of the results.
// SPDX-License-Identifier: Apache-2.0
// Source: do Carmo 1976, section 1-5; Kuehnel 2015, chapter 2; the kernels name theirs.
#include "plugins/curve/core/curvature.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <string>

#include "plugins/curve/core/checks.hpp"
#include "plugins/curve/core/frenet_kernels.hpp"

namespace orrery::curve {

namespace {

struct Input {
  std::span<const std::span<const double>> derivatives;
  std::span<const std::vector<double>> rounding;
  std::size_t n;
  std::size_t d;
  double unit;
  DegeneracyOptions options;
};

void check(const Input& in) {
  if (in.d == 0) {
    throw std::invalid_argument("dimension must be at least 1; it is 0");
  }
  const std::size_t least = std::min<std::size_t>(2, in.d);
  if (in.derivatives.size() < least) {
    throw std::invalid_argument("derivatives must hold at least " + std::to_string(least) + " arrays in dimension " +
                                std::to_string(in.d) + "; there are " + std::to_string(in.derivatives.size()));
  }
  for (std::size_t k = 0; k < in.derivatives.size(); ++k) {
    const std::string name = "derivative " + std::to_string(k + 1);
    require_size(in.derivatives[k], in.n, in.d, name);
    require_finite(in.derivatives[k], in.d, name);
  }
}

FrenetData allocate(const Input& in) {
  const std::size_t used = std::min(in.derivatives.size(), in.d);
  FrenetData out;
  out.n = in.n;
  out.d = in.d;
  out.curvature_count = used - 1;
  out.frame_size = used + 1 >= in.d ? in.d : used;
  out.speed.assign(in.n, 0.0);
  out.curvature.assign(in.n, 0.0);
  out.signed_curvature.assign(in.d == 2 ? in.n : 0, 0.0);
  out.torsion.assign(in.d == 3 && used >= 3 ? in.n : 0, 0.0);
  out.curvatures.assign(in.n * out.curvature_count, 0.0);
  out.frame.assign(in.n * out.frame_size * in.d, 0.0);
  out.status.assign(in.n, PointStatus::ok);
  out.rank.assign(in.n, 0);
  return out;
}

// 2^-exponent must itself be a normal double, hence the clamp.
int scale_exponent(std::span<const double> row) {
  double largest = 0.0;
  for (const double entry : row) {
    largest = std::max(largest, std::abs(entry));
  }
  return largest == 0.0 ? 0 : std::clamp(std::ilogb(largest), -1000, 1000);
}

void load(const Input& in, std::size_t row, ScaledSample& sample) {
  for (std::size_t k = 0; k < sample.derivative.size(); ++k) {
    const auto source = in.derivatives[k].subspan(row * in.d, in.d);
    sample.exponent[k] = scale_exponent(source);
    const double factor = std::scalbn(1.0, -sample.exponent[k]);
    std::transform(source.begin(), source.end(), sample.derivative[k].begin(),
                   [factor](double x) { return x * factor; });
    sample.noise[k] = in.rounding.empty() ? 0.0 : in.rounding[k][row] * factor;
  }
}

void dispatch(const ScaledSample& sample, double tolerance, LocalGeometry& local) {
  switch (sample.d) {
    case 1:
      return line_geometry(sample, local);
    case 2:
      return plane_geometry(sample, tolerance, local);
    case 3:
      return space_geometry(sample, tolerance, local);
    default:
      return general_geometry(sample, tolerance, local);
  }
}

void analyse(const Input& in, const ScaledSample& sample, double& speed, LocalGeometry& local) {
  local.speed = scaled_norm(sample.derivative[0]);
  speed = std::scalbn(local.speed / in.unit, sample.exponent[0]);
  // With an eighth of its length in doubt a velocity has no direction worth reporting.
  if (local.speed <= 8.0 * sample.noise[0] || speed <= in.options.speed_floor) {
    local.status = PointStatus::stationary;
    return;
  }
  dispatch(sample, in.options.relative_tolerance, local);
}

void store(const LocalGeometry& local, std::size_t row, FrenetData& out) {
  std::copy(local.curvatures.begin(), local.curvatures.end(),
            out.curvatures.begin() + static_cast<std::ptrdiff_t>(row * out.curvature_count));
  if (!local.curvatures.empty()) {
    out.curvature[row] = std::abs(local.curvatures[0]);
  }
  if (!out.signed_curvature.empty()) {
    out.signed_curvature[row] = local.curvatures[0];
  }
  if (!out.torsion.empty()) {
    out.torsion[row] = local.curvatures[1];
  }
  out.rank[row] = local.rank;
  out.status[row] = local.status;
  out.stationary_count += local.status == PointStatus::stationary ? 1U : 0U;
  out.straight_count += local.status == PointStatus::straight ? 1U : 0U;
}

FrenetData compute(const Input& in) {
  check(in);
  FrenetData out = allocate(in);
  const std::size_t used = std::min(in.derivatives.size(), in.d);
  ScaledSample sample{in.d, std::vector<std::vector<double>>(used, std::vector<double>(in.d)), std::vector<int>(used),
                      std::vector<double>(used)};
  LocalGeometry local;
  const std::size_t frame_stride = out.frame_size * in.d;
  for (std::size_t row = 0; row < in.n; ++row) {
    load(in, row, sample);
    local.curvatures.assign(out.curvature_count, 0.0);
    local.frame = std::span(out.frame).subspan(row * frame_stride, frame_stride);
    local.rank = 0;
    local.status = PointStatus::ok;
    analyse(in, sample, out.speed[row], local);
    store(local, row, out);
  }
  return out;
}

}  // namespace

std::vector<double> DerivativeTable::by_parameter(std::size_t k) const {
  if (k < 1 || k > values.size()) {
    throw std::out_of_range("derivative must lie in [1, " + std::to_string(values.size()) + "]; it is " +
                            std::to_string(k));
  }
  std::vector<double> result = values[k - 1];
  for (std::size_t power = 0; power < k; ++power) {
    std::transform(result.begin(), result.end(), result.begin(), [this](double x) { return x / unit; });
  }
  return result;
}

FrenetData curvature_from_derivatives(std::span<const std::span<const double>> derivatives, std::size_t n,
                                      std::size_t d, const DegeneracyOptions& options) {
  return compute({derivatives, {}, n, d, 1.0, options});
}

FrenetData curvature_from_table(const DerivativeTable& table, const DegeneracyOptions& options) {
  const std::vector<std::span<const double>> derivatives(table.values.begin(), table.values.end());
  return compute({derivatives, table.rounding, table.n, table.d, table.unit, options});
}

std::vector<double> centres_of_curvature(std::span<const double> points, const FrenetData& geometry) {
  const std::size_t d = geometry.d;
  if (geometry.frame_size < 2) {
    throw std::invalid_argument("a centre of curvature needs a dimension of at least 2; it is " + std::to_string(d));
  }
  require_size(points, geometry.n, d, "points");
  require_finite(points, d, "points");
  std::vector<double> centres(points.size(), std::numeric_limits<double>::infinity());
  for (std::size_t row = 0; row < geometry.n; ++row) {
    // In the plane the frame holds the left normal, which needs the signed curvature.
    const double curvature = d == 2 ? geometry.signed_curvature[row] : geometry.curvature[row];
    const double* normal = geometry.frame.data() + (row * geometry.frame_size + 1) * d;
    for (std::size_t c = 0; geometry.status[row] == PointStatus::ok && c < d; ++c) {
      centres[row * d + c] = points[row * d + c] + normal[c] / curvature;
    }
  }
  return centres;
}

}  // namespace orrery::curve

// Curvature, torsion and frame of plane and space curves in closed form.
// SPDX-License-Identifier: Apache-2.0
// Sources: do Carmo 1976, section 1-5; where it forms a difference of products, Kahan's determinant (Jeannerod, Louvet,
// Muller 2013); for the triple product, double-double arithmetic (Dekker 1971).
#include "plugins/curve/core/frenet_kernels.hpp"

#include <array>
#include <cmath>

namespace orrery::curve {

namespace {

using Cross = std::array<double, 3>;

Cross cross(std::span<const double> a, std::span<const double> b) {
  return {determinant2(a[1], a[2], b[1], b[2]), determinant2(a[2], a[0], b[2], b[0]),
          determinant2(a[0], a[1], b[0], b[1])};
}

DoubleDouble minor(std::span<const double> a, std::span<const double> b, std::size_t i, std::size_t j) {
  return two_product(a[i], b[j]) - two_product(a[j], b[i]);
}

// Three vectors that nearly lie in a plane cancel a second time, hence two doubles all the way.
double triple_product(std::span<const double> a, std::span<const double> b, std::span<const double> c) {
  const DoubleDouble x = minor(a, b, 1, 2) * DoubleDouble{c[0], 0.0};
  const DoubleDouble y = minor(a, b, 2, 0) * DoubleDouble{c[1], 0.0};
  const DoubleDouble z = minor(a, b, 0, 1) * DoubleDouble{c[2], 0.0};
  return to_double(x + y + z);
}

void set_tangent(const ScaledSample& sample, LocalGeometry& out) {
  for (std::size_t c = 0; c < sample.d; ++c) {
    out.frame[c] = sample.derivative[0][c] / out.speed;
  }
  out.rank = 1;
}

void set_space_frame(const Cross& normal_direction, double length, LocalGeometry& out) {
  const std::span<double> tangent = out.frame.subspan(0, 3);
  const std::span<double> normal = out.frame.subspan(3, 3);
  const std::span<double> binormal = out.frame.subspan(6, 3);
  for (std::size_t c = 0; c < 3; ++c) {
    binormal[c] = normal_direction[c] / length;
  }
  const Cross across = cross(binormal, tangent);
  for (std::size_t c = 0; c < 3; ++c) {
    normal[c] = across[c];
  }
  out.rank = 3;
}

}  // namespace

double scaled_norm(std::span<const double> vector) {
  DoubleDouble sum;
  for (const double entry : vector) {
    sum = sum + two_product(entry, entry);
  }
  return sqrt_to_double(sum);
}

bool is_straight(const ScaledSample& sample, double speed, double normal_part, double relative_tolerance) {
  const double length = scaled_norm(sample.derivative[1]);
  const double noise = sample.noise[1] + length * (sample.noise[0] / speed);
  return normal_part <= relative_tolerance * length + noise;
}

void line_geometry(const ScaledSample& sample, LocalGeometry& out) {
  set_tangent(sample, out);
  out.status = PointStatus::straight;
}

void plane_geometry(const ScaledSample& sample, double relative_tolerance, LocalGeometry& out) {
  set_tangent(sample, out);
  out.frame[2] = -out.frame[1];
  out.frame[3] = out.frame[0];
  out.rank = 2;
  const auto& first = sample.derivative[0];
  const auto& second = sample.derivative[1];
  const double area = determinant2(first[0], first[1], second[0], second[1]);
  if (is_straight(sample, out.speed, std::abs(area) / out.speed, relative_tolerance)) {
    out.status = PointStatus::straight;
    return;
  }
  const double scaled = area / (out.speed * out.speed * out.speed);
  out.curvatures[0] = std::scalbn(scaled, sample.exponent[1] - 2 * sample.exponent[0]);
}

void space_geometry(const ScaledSample& sample, double relative_tolerance, LocalGeometry& out) {
  set_tangent(sample, out);
  const auto& first = sample.derivative[0];
  const auto& second = sample.derivative[1];
  const Cross area = cross(first, second);
  const double length = scaled_norm(area);
  if (is_straight(sample, out.speed, length / out.speed, relative_tolerance)) {
    out.status = PointStatus::straight;
    return;
  }
  set_space_frame(area, length, out);
  const double curvature = length / (out.speed * out.speed * out.speed);
  out.curvatures[0] = std::scalbn(curvature, sample.exponent[1] - 2 * sample.exponent[0]);
  if (out.curvatures.size() > 1) {
    const double torsion = triple_product(first, second, sample.derivative[2]) / (length * length);
    out.curvatures[1] = std::scalbn(torsion, sample.exponent[2] - sample.exponent[1] - sample.exponent[0]);
  }
}

}  // namespace orrery::curve

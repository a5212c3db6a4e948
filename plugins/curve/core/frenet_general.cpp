// Curvatures and frame in R^d, d >= 4: modified Gram-Schmidt on the derivatives in double-double arithmetic.
// SPDX-License-Identifier: Apache-2.0
// Sources: Kuehnel 2015, chapter 2 (the frame of a curve in R^n); Bjoerck 1967 (modified Gram-Schmidt);
// Gluck 1966 (curvatures as ratios of the orthogonal parts of successive derivatives).
#include <algorithm>
#include <cmath>
#include <utility>

#include "plugins/curve/core/frenet_kernels.hpp"
#include "plugins/curve/core/orthonormal.hpp"

namespace orrery::curve {

namespace {

using Vector = std::vector<DoubleDouble>;

Vector widen(std::span<const double> values) {
  Vector wide(values.size());
  for (std::size_t i = 0; i < values.size(); ++i) {
    wide[i] = {values[i], 0.0};
  }
  return wide;
}

DoubleDouble dot(const Vector& a, const Vector& b) {
  DoubleDouble sum;
  for (std::size_t i = 0; i < a.size(); ++i) {
    sum = sum + a[i] * b[i];
  }
  return sum;
}

void remove_projection(Vector& vector, const Vector& direction, DoubleDouble direction_squared) {
  const DoubleDouble factor = dot(vector, direction) / direction_squared;
  for (std::size_t i = 0; i < vector.size(); ++i) {
    vector[i] = vector[i] - factor * direction[i];
  }
}

struct Orthogonal {
  std::vector<Vector> part;           // the new direction in each derivative
  std::vector<DoubleDouble> squared;  // its length, squared
};

bool append(Orthogonal& basis, std::span<const double> derivative, double zero_below) {
  Vector rest = widen(derivative);
  for (std::size_t j = 0; j < basis.part.size(); ++j) {
    remove_projection(rest, basis.part[j], basis.squared[j]);
  }
  const DoubleDouble squared = dot(rest, rest);
  if (sqrt_to_double(squared) <= zero_below) {
    return false;
  }
  basis.part.push_back(std::move(rest));
  basis.squared.push_back(squared);
  return true;
}

// Noise of a derivative, with the noise of the tangent direction that it is measured against.
double zero_threshold(const ScaledSample& sample, std::size_t k, double speed, double relative_tolerance) {
  const double length = scaled_norm(sample.derivative[k]);
  return relative_tolerance * length + sample.noise[k] + length * (sample.noise[0] / speed);
}

void write_unit(const Vector& vector, double length, std::span<double> out) {
  for (std::size_t i = 0; i < vector.size(); ++i) {
    out[i] = to_double(vector[i]) / length;
  }
}

// The coordinate axis that the given directions cover least has the largest part outside of them.
std::size_t least_covered_axis(const Orthogonal& basis, std::size_t d) {
  std::size_t best = 0;
  double least = 2.0;
  for (std::size_t axis = 0; axis < d; ++axis) {
    double covered = 0.0;
    for (std::size_t j = 0; j + 1 < d; ++j) {
      covered += basis.part[j][axis].hi * basis.part[j][axis].hi / basis.squared[j].hi;
    }
    if (covered < least) {
      least = covered;
      best = axis;
    }
  }
  return best;
}

void complete_frame(Orthogonal basis, std::size_t d, std::span<double> frame) {
  std::vector<double> axis(d, 0.0);
  axis[least_covered_axis(basis, d)] = 1.0;
  basis.part.resize(d - 1);
  basis.squared.resize(d - 1);
  append(basis, axis, 0.0);
  const std::span<double> last = frame.subspan((d - 1) * d, d);
  write_unit(basis.part[d - 1], sqrt_to_double(basis.squared[d - 1]), last);
  if (!is_positively_oriented({frame.begin(), frame.end()}, d)) {
    for (double& entry : last) {
      entry = -entry;
    }
  }
}

bool points_against(const Vector& part, std::span<const double> direction) {
  double product = 0.0;
  for (std::size_t i = 0; i < part.size(); ++i) {
    product += part[i].hi * direction[i];
  }
  return product < 0.0;
}

void set_curvatures(const ScaledSample& sample, const Orthogonal& basis, LocalGeometry& out) {
  for (std::size_t i = 0; i + 1 < basis.part.size(); ++i) {
    const DoubleDouble below = basis.squared[i] * basis.squared[0];
    const double scaled = sqrt_to_double(basis.squared[i + 1] / below);
    out.curvatures[i] = std::scalbn(scaled, sample.exponent[i + 1] - sample.exponent[i] - sample.exponent[0]);
  }
}

void set_frame(const Orthogonal& basis, std::size_t d, LocalGeometry& out) {
  const std::size_t given = std::min(basis.part.size(), d - 1);
  for (std::size_t j = 0; j < given; ++j) {
    write_unit(basis.part[j], sqrt_to_double(basis.squared[j]), out.frame.subspan(j * d, d));
  }
  out.rank = given;
  if (given == d - 1) {
    complete_frame(basis, d, out.frame);
    out.rank = d;
  }
}

}  // namespace

void general_geometry(const ScaledSample& sample, double relative_tolerance, LocalGeometry& out) {
  Orthogonal basis;
  append(basis, sample.derivative[0], 0.0);
  for (std::size_t k = 1; k <= out.curvatures.size(); ++k) {
    if (!append(basis, sample.derivative[k], zero_threshold(sample, k, out.speed, relative_tolerance))) {
      break;
    }
  }
  const std::size_t d = sample.d;
  set_curvatures(sample, basis, out);
  set_frame(basis, d, out);
  if (basis.part.size() == 1) {
    out.status = PointStatus::straight;
  }
  if (basis.part.size() == d && points_against(basis.part[d - 1], out.frame.subspan((d - 1) * d, d))) {
    out.curvatures[d - 2] = -out.curvatures[d - 2];
  }
}

}  // namespace orrery::curve

// Quaternions of frames (Shepperd 1978) and checks of the reconstructions.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/curve/core/reconstruct_support.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <string>

#include "plugins/curve/core/checks.hpp"

namespace orrery::curve {

std::array<double, 4> rotation_of(std::span<const double> f) {
  // Four times the squares of w, x, y, z; the largest of them is at least 1 and is the one to divide by.
  const std::array<double, 4> squares{1.0 + f[0] + f[4] + f[8], 1.0 + f[0] - f[4] - f[8], 1.0 - f[0] + f[4] - f[8],
                                      1.0 - f[0] - f[4] + f[8]};
  const double wx = f[5] - f[7], wy = f[6] - f[2], wz = f[1] - f[3];
  const double xy = f[1] + f[3], xz = f[2] + f[6], yz = f[5] + f[7];
  const auto best = std::max_element(squares.begin(), squares.end()) - squares.begin();
  std::array<double, 4> q{};
  switch (best) {
    case 0:
      q = {squares[0], wx, wy, wz};
      break;
    case 1:
      q = {wx, squares[1], xy, xz};
      break;
    case 2:
      q = {wy, xy, squares[2], yz};
      break;
    default:
      q = {wz, xz, yz, squares[3]};
  }
  const double length = std::sqrt(q[0] * q[0] + q[1] * q[1] + q[2] * q[2] + q[3] * q[3]);
  std::for_each(q.begin(), q.end(), [length](double& entry) { entry /= length; });
  return q;
}

std::array<double, 9> frame_of(const std::array<double, 4>& q) {
  const double w = q[0], x = q[1], y = q[2], z = q[3];
  const double s = 2.0 / (w * w + x * x + y * y + z * z);
  return {1.0 - s * (y * y + z * z), s * (x * y + w * z),       s * (x * z - w * y),
          s * (x * y - w * z),       1.0 - s * (x * x + z * z), s * (y * z + w * x),
          s * (x * z + w * y),       s * (y * z - w * x),       1.0 - s * (x * x + y * y)};
}

double orthonormality_defect(std::span<const double> frames, std::size_t d) {
  double worst = 0.0;
  for (std::size_t at = 0; at + d * d <= frames.size(); at += d * d) {
    for (std::size_t i = 0; i < d; ++i) {
      for (std::size_t j = 0; j <= i; ++j) {
        double product = i == j ? -1.0 : 0.0;
        for (std::size_t c = 0; c < d; ++c) {
          product += frames[at + i * d + c] * frames[at + j * d + c];
        }
        worst = std::max(worst, std::abs(product));
      }
    }
  }
  return worst;
}

void require_frame(std::span<const double> frame, std::size_t d) {
  require_size(frame, d, d, "frame");
  require_finite(frame, d, "frame");
  const double defect = orthonormality_defect(frame, d);
  if (!(defect <= 1e-8)) {
    throw std::invalid_argument("frame must have orthonormal rows to 1e-8; the largest defect is " +
                                number_text(defect));
  }
  if (d == 3) {
    const double volume = frame[0] * (frame[4] * frame[8] - frame[5] * frame[7]) +
                          frame[1] * (frame[5] * frame[6] - frame[3] * frame[8]) +
                          frame[2] * (frame[3] * frame[7] - frame[4] * frame[6]);
    if (!(volume > 0.0)) {
      throw std::invalid_argument("frame must be right-handed; its determinant is " + number_text(volume));
    }
  }
}

void require_no_torsion(const NaturalEquations& equations) {
  if (!equations.torsion.empty()) {
    throw std::invalid_argument("a curve in a surface has no torsion to choose; " +
                                std::to_string(equations.torsion.size()) + " numbers are given");
  }
}

void require_reached(std::span<const double> positions, std::size_t d) {
  for (std::size_t i = 0; i < positions.size(); ++i) {
    if (!std::isfinite(positions[i])) {
      throw std::overflow_error("the curve leaves the range of doubles at row " + std::to_string(i / d));
    }
  }
}

}  // namespace orrery::curve

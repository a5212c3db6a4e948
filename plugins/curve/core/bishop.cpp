// Rotation-minimising frames by double reflection: Bishop 1975; Wang, Juettler, Zheng, Liu 2008.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/curve/core/bishop.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <string>

#include "plugins/curve/core/checks.hpp"
#include "plugins/curve/core/orthonormal.hpp"
#include "plugins/curve/core/reconstruct_support.hpp"
#include "plugins/curve/core/vectors.hpp"

namespace orrery::curve {

namespace {

using Row = std::vector<double>;

Row unit_tangent(const BishopInput& in, std::size_t row) {
  Row t(in.tangents.begin() + static_cast<std::ptrdiff_t>(row * in.d),
        in.tangents.begin() + static_cast<std::ptrdiff_t>((row + 1) * in.d));
  const double size = length(t);
  if (size == 0.0) {
    throw std::invalid_argument("tangents must not be 0; row " + std::to_string(row) + " is");
  }
  std::for_each(t.begin(), t.end(), [size](double& x) { x /= size; });
  return t;
}

// Mirrors x in the plane orthogonal to the unit vector v.
void reflect(std::span<double> x, std::span<const double> v) {
  const double twice = 2.0 * dot(x, v);
  for (std::size_t c = 0; c < x.size(); ++c) {
    x[c] -= twice * v[c];
  }
}

bool make_unit(Row& v) {
  const double size = length(v);
  if (size == 0.0) {
    return false;
  }
  std::for_each(v.begin(), v.end(), [size](double& x) { x /= size; });
  return true;
}

// One step from the frame `from` at point a to tangent t at point b; false if the tangent turns straight back.
bool double_reflection(std::span<const double> from, std::span<const double> a, std::span<const double> b, const Row& t,
                       std::span<double> out, std::size_t d) {
  Row first(d), second(t);
  std::transform(b.begin(), b.end(), a.begin(), first.begin(), std::minus<>());
  std::vector<double> mirrored(from.begin(), from.end());
  const bool moves = make_unit(first);
  for (std::size_t row = 0; row < d && moves; ++row) {
    reflect(std::span(mirrored).subspan(row * d, d), first);
  }
  for (std::size_t c = 0; c < d; ++c) {
    second[c] -= mirrored[c];
  }
  // At a repeated point, and where both mirrors would be one, the smallest rotation of the tangent is what is left.
  if (!moves || length(second) < 1e-8) {
    carry_frame(from, t, out, d);
    return dot(from.first(d), t) > -1.0 + 1e-12;
  }
  make_unit(second);
  for (std::size_t row = 1; row < d; ++row) {
    reflect(std::span(mirrored).subspan(row * d, d), second);
  }
  std::copy(t.begin(), t.end(), mirrored.begin());
  carry_frame(mirrored, t, out, d);  // takes out what rounding has left
  return true;
}

void check(const BishopInput& in) {
  if (in.d < 2 || in.n < 1) {
    throw std::invalid_argument("a frame needs at least 1 sample in 2 dimensions; there are " + std::to_string(in.n) +
                                " in " + std::to_string(in.d));
  }
  require_size(in.points, in.n, in.d, "points");
  require_finite(in.points, in.d, "points");
  require_size(in.tangents, in.n, in.d, "tangents");
  require_finite(in.tangents, in.d, "tangents");
  if (!in.second.empty()) {
    require_size(in.second, in.n, in.d, "second");
    require_finite(in.second, in.d, "second");
  }
  if (!in.normals.empty()) {
    require_size(in.normals, in.d - 1, in.d, "normals");
    require_finite(in.normals, in.d, "normals");
  }
}

void set_first(const BishopInput& in, std::span<double> frame) {
  const Row t = unit_tangent(in, 0);
  std::copy(t.begin(), t.end(), frame.begin());
  if (in.normals.empty()) {
    return any_frame(false, frame, in.d);
  }
  std::copy(in.normals.begin(), in.normals.end(), frame.begin() + static_cast<std::ptrdiff_t>(in.d));
  const double defect = orthonormality_defect(frame, in.d);
  if (!(defect <= 1e-8)) {
    throw std::invalid_argument(
        "normals must be orthonormal and orthogonal to the first tangent to 1e-8; the largest "
        "defect is " +
        number_text(defect));
  }
  const std::vector<double> given(frame.begin(), frame.end());
  carry_frame(given, t, frame, in.d);
}

void set_curvatures(const BishopInput& in, BishopFrames& out) {
  for (std::size_t row = 0; row < in.n && !in.second.empty(); ++row) {
    const double speed = length(in.tangents.subspan(row * in.d, in.d));
    for (std::size_t j = 1; j < in.d; ++j) {
      const auto normal = std::span(out.frame).subspan((row * in.d + j) * in.d, in.d);
      out.curvature.push_back(dot(in.second.subspan(row * in.d, in.d), normal) / speed / speed);
    }
  }
}

}  // namespace

BishopFrames bishop_frames(const BishopInput& in) {
  check(in);
  const std::size_t d = in.d, size = d * d;
  BishopFrames out;
  out.frame.resize(in.n * size);
  const std::span<double> frames(out.frame);
  set_first(in, frames.first(size));
  const auto step = [&](std::size_t from, std::size_t to, std::span<double> target) {
    const bool certain = double_reflection(frames.subspan(from * size, size), in.points.subspan(from * d, d),
                                           in.points.subspan(to * d, d), unit_tangent(in, to), target, d);
    out.turned_back += certain ? 0U : 1U;
  };
  for (std::size_t row = 1; row < in.n; ++row) {
    step(row - 1, row, frames.subspan(row * size, size));
  }
  if (in.closed && d == 3) {
    std::vector<double> back(size);
    step(in.n - 1, 0, back);
    const std::span<const double> u = frames.subspan(3, 3), v = frames.subspan(6, 3), returned(back.data() + 3, 3);
    out.holonomy = std::atan2(dot(returned, v), dot(returned, u));
  }
  set_curvatures(in, out);
  return out;
}

}  // namespace orrery::curve

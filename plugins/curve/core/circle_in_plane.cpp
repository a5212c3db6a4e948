// Circle fits in the plane: an algebraic start, and a geometric refinement by Gauss-Newton steps on (a, b, c).
// SPDX-License-Identifier: Apache-2.0
// Sources: Taubin 1991; Chernov 2010, chapter 5 (its form by singular vectors) and chapter 4 (geometric fit).
#include "plugins/curve/core/circle_in_plane.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <numeric>
#include <vector>

#include "plugins/curve/core/singular_vectors.hpp"

namespace orrery::curve {

namespace {

using Step = std::array<double, 3>;

double sum_of_squares(std::span<const double> flat, const PlaneCircle& circle) {
  double sum = 0.0;
  for (std::size_t i = 0; i < flat.size(); i += 2) {
    const double residual = circle.residual(flat[i], flat[i + 1]);
    sum += residual * residual;
  }
  return sum;
}

// Four columns: the derivatives of the residual by a, b and c, and the residual.
std::vector<std::vector<double>> linearise(std::span<const double> flat, const PlaneCircle& circle) {
  const std::size_t n = flat.size() / 2;
  const double radius = circle.radius();
  std::vector<std::vector<double>> columns(4, std::vector<double>(n));
  for (std::size_t i = 0; i < n; ++i) {
    const double x = flat[2 * i];
    const double y = flat[2 * i + 1];
    const double residual = circle.residual(x, y);
    const double distance = std::max(std::hypot(x - circle.a, y - circle.b), std::numeric_limits<double>::min());
    columns[0][i] = -x / distance - circle.a / distance * (residual / radius);
    columns[1][i] = -y / distance - circle.b / distance * (residual / radius);
    columns[2][i] = 0.5 / radius;
    columns[3][i] = residual;
  }
  return columns;
}

double dot(const std::vector<double>& a, const std::vector<double>& b) {
  return std::inner_product(a.begin(), a.end(), b.begin(), 0.0);
}

// Modified Gram-Schmidt on the constant, then the two coordinates: the order in which they are best conditioned.
Step least_squares(std::vector<std::vector<double>> columns) {
  constexpr std::array<std::size_t, 4> order{2, 0, 1, 3};
  std::array<std::array<double, 4>, 3> triangle{};
  for (std::size_t k = 0; k < 3; ++k) {
    std::vector<double>& pivot = columns[order[k]];
    const double length = std::sqrt(dot(pivot, pivot));
    triangle[k][k] = length;
    for (double& entry : pivot) {
      entry = length > 0.0 ? entry / length : 0.0;
    }
    for (std::size_t j = k + 1; j < 4; ++j) {
      std::vector<double>& other = columns[order[j]];
      const double part = dot(pivot, other);
      triangle[k][j] = part;
      for (std::size_t i = 0; i < other.size(); ++i) {
        other[i] -= part * pivot[i];
      }
    }
  }
  Step step{};
  for (std::size_t k = 3; k-- > 0;) {
    double rest = -triangle[k][3];
    for (std::size_t j = k + 1; j < 3; ++j) {
      rest -= triangle[k][j] * step[order[j]];
    }
    step[order[k]] = triangle[k][k] > 0.0 ? rest / triangle[k][k] : 0.0;
  }
  return step;
}

PlaneCircle moved(const PlaneCircle& circle, const Step& step, double fraction) {
  return {circle.a + fraction * step[0], circle.b + fraction * step[1], circle.c + fraction * step[2]};
}

// True if a step, whole or halved, lowers the sum.
bool advance(std::span<const double> flat, const Step& step, double& sum, PlaneCircle& circle) {
  double fraction = 1.0;
  for (int halvings = 0; halvings < 12; ++halvings, fraction /= 2.0) {
    const PlaneCircle trial = moved(circle, step, fraction);
    const double trial_sum = sum_of_squares(flat, trial);
    if (trial_sum < sum) {
      sum = trial_sum;
      circle = trial;
      return true;
    }
  }
  return false;
}

bool is_below(const Step& step, const PlaneCircle& circle, double fraction) {
  return std::hypot(step[0], step[1]) <= fraction * circle.radius();
}

}  // namespace

PlaneCircle algebraic_circle(std::span<const double> flat) {
  const std::size_t n = flat.size() / 2;
  std::vector<double> matrix(3 * n);
  double mean_square = 0.0;
  for (std::size_t i = 0; i < n; ++i) {
    matrix[3 * i] = flat[2 * i] * flat[2 * i] + flat[2 * i + 1] * flat[2 * i + 1];
    mean_square += matrix[3 * i] / static_cast<double>(n);
  }
  const double scale = 2.0 * std::sqrt(mean_square);
  for (std::size_t i = 0; i < n; ++i) {
    matrix[3 * i] = (matrix[3 * i] - mean_square) / scale;
    matrix[3 * i + 1] = flat[2 * i];
    matrix[3 * i + 2] = flat[2 * i + 1];
  }
  const SingularVectors found = right_singular_vectors(matrix, n, 3);
  const double* least = found.vectors.data() + 6;
  // A line is a circle without bound; the bound keeps later arithmetic finite.
  const double leading = std::copysign(std::max(std::abs(least[0]), 1e-18), least[0]) / scale;
  return {-least[1] / (2.0 * leading), -least[2] / (2.0 * leading), -mean_square};
}

// A step that no longer lowers the sum is the end: either it is rounding, or the surface has no way down.
Refinement refine_circle(std::span<const double> flat, std::size_t max_iterations, PlaneCircle& circle) {
  Refinement result;
  double sum = sum_of_squares(flat, circle);
  while (result.iterations < max_iterations) {
    const Step step = least_squares(linearise(flat, circle));
    ++result.iterations;
    result.converged = is_below(step, circle, 1e-8);
    if (!advance(flat, step, sum, circle) || is_below(step, circle, 4.0 * std::numeric_limits<double>::epsilon())) {
      return result;
    }
  }
  return result;
}

}  // namespace orrery::curve

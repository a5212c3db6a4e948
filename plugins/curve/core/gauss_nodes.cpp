// Gauss-Legendre nodes of a grid and interpolation there: Davis, Rabinowitz 1984; Fornberg 1988.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/curve/core/gauss_nodes.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <stdexcept>
#include <string>

#include "plugins/curve/core/checks.hpp"
#include "plugins/curve/core/fornberg.hpp"

namespace orrery::curve {

namespace {

constexpr std::array<double, 1> one_node{0.5};
constexpr std::array<double, 2> two_nodes{0.21132486540518711775, 0.78867513459481288225};
constexpr std::array<double, 3> three_nodes{0.11270166537925831148, 0.5, 0.88729833462074168852};

void require_grid(std::span<const double> parameter) {
  if (parameter.empty()) {
    throw std::invalid_argument("parameter must hold at least 1 number; it holds 0");
  }
  require_finite(parameter, 1, "parameter");
  require_increasing(parameter, "parameter");
}

// First of the `width` samples around step i of n - 1; at the ends the window stays inside.
std::size_t window_start(std::size_t step, std::size_t n, std::size_t width) {
  const std::size_t before = (width - 1) / 2;
  const std::size_t wanted = step >= before ? step - before : 0;
  return std::min(wanted, n - width);
}

// Weights for all nodes of one step; offsets are measured in steps, so that they are of order 1.
void step_weights(std::span<const double> parameter, std::size_t step, std::size_t start, std::size_t width,
                  std::span<const double> nodes, std::vector<std::vector<double>>& weights) {
  const double h = parameter[step + 1] - parameter[step];
  std::vector<double> offsets(width);
  for (std::size_t k = 0; k < nodes.size(); ++k) {
    for (std::size_t j = 0; j < width; ++j) {
      offsets[j] = (parameter[start + j] - parameter[step]) / h - nodes[k];
    }
    weights[k] = fornberg_weights(offsets, 0);
  }
}

// Whether two windows differ by no more than the rounding of the grid, so that steps of an even grid share their
// weights.
bool same_pattern(std::span<const double> parameter, std::size_t a, std::size_t b, std::size_t start_a,
                  std::size_t start_b, std::size_t width) {
  if (a - start_a != b - start_b) {
    return false;
  }
  const double h_a = parameter[a + 1] - parameter[a];
  const double h_b = parameter[b + 1] - parameter[b];
  const double largest = std::max({std::abs(parameter[start_a]), std::abs(parameter[start_a + width - 1]),
                                   std::abs(parameter[start_b]), std::abs(parameter[start_b + width - 1])});
  const double rounding = 4.0 * std::numeric_limits<double>::epsilon() * (1.0 + largest / std::min(h_a, h_b));
  for (std::size_t j = 0; j < width; ++j) {
    const double offset_a = (parameter[start_a + j] - parameter[a]) / h_a;
    const double offset_b = (parameter[start_b + j] - parameter[b]) / h_b;
    if (!(std::abs(offset_a - offset_b) <= rounding)) {
      return false;
    }
  }
  return true;
}

}  // namespace

std::span<const double> unit_gauss_nodes(std::size_t count) {
  switch (count) {
    case 1:
      return one_node;
    case 2:
      return two_nodes;
    case 3:
      return three_nodes;
    default:
      throw std::invalid_argument("nodes in a step must be 1, 2 or 3; they are " + std::to_string(count));
  }
}

std::vector<double> gauss_nodes(std::span<const double> parameter, std::size_t count) {
  const std::span<const double> nodes = unit_gauss_nodes(count);
  require_grid(parameter);
  std::vector<double> result((parameter.size() - 1) * count);
  for (std::size_t i = 0; i + 1 < parameter.size(); ++i) {
    for (std::size_t k = 0; k < count; ++k) {
      result[i * count + k] = parameter[i] + nodes[k] * (parameter[i + 1] - parameter[i]);
    }
  }
  return result;
}

std::vector<double> at_gauss_nodes(std::span<const double> parameter, std::span<const double> samples,
                                   std::size_t count, std::size_t width) {
  const std::span<const double> nodes = unit_gauss_nodes(count);
  require_grid(parameter);
  require_size(samples, parameter.size(), 1, "samples");
  require_finite(samples, 1, "samples");
  if (width < 2 || width > 12) {
    throw std::invalid_argument("samples a polynomial must lie in [2, 12]; they are " + std::to_string(width));
  }
  const std::size_t n = parameter.size();
  width = std::min(width, n);
  std::vector<double> result((n - 1) * count);
  std::vector<std::vector<double>> weights(count);
  std::size_t last = n;  // the step that the weights were made for
  for (std::size_t i = 0; i + 1 < n; ++i) {
    const std::size_t start = window_start(i, n, width);
    if (last == n || !same_pattern(parameter, i, last, start, window_start(last, n, width), width)) {
      step_weights(parameter, i, start, width, nodes, weights);
      last = i;
    }
    for (std::size_t k = 0; k < count; ++k) {
      double sum = 0.0;
      for (std::size_t j = 0; j < width; ++j) {
        sum += weights[k][j] * samples[start + j];
      }
      result[i * count + k] = sum;
    }
  }
  return result;
}

}  // namespace orrery::curve

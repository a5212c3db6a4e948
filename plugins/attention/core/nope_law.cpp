// Concentration and entropy of softmax attention over Gaussian scores.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/attention/core/nope_law.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <numbers>
#include <stdexcept>
#include <string>
#include <vector>

namespace orrery::attention {
namespace {

void require_range(const char* name, double value, double low, double high) {
  if (value >= low && value <= high) return;
  throw std::domain_error(std::string(name) + " must be from " + std::to_string(low) + " to " + std::to_string(high) +
                          "; it is " + std::to_string(value));
}

struct Node {
  double mass, weight, logarithm;  // probability, w = exp(s x), ln w
};

// exp(-x^2/2) and, in phi'', exp(2 s x - x^2/2), whose centre is 2 s, are below 1e-38 at the ends.
std::vector<Node> lognormal_nodes(double s) {
  constexpr double reach = 13.2;
  const double step = std::min(0.1, 0.2 / s);
  std::vector<Node> nodes;
  for (double k = std::floor(-reach / step); k * step <= reach + 2.0 * s; ++k) {
    const double x = k * step;
    const double density = std::exp(-0.5 * x * x) / std::sqrt(2.0 * std::numbers::pi);
    nodes.push_back({step * density, std::exp(s * x), s * x});
  }
  return nodes;
}

struct Transform {
  double below_one = 0.0;  // 1 - phi(t), without cancellation
  double second = 0.0;     // t^2 phi''(t)
  double mixed = 0.0;      // t E[w ln w exp(-t w)]
};

Transform transform(const std::vector<Node>& nodes, double t) {
  Transform sum;
  for (const Node& node : nodes) {
    const double z = t * node.weight;
    const double less = std::expm1(-z);
    sum.below_one -= node.mass * less;
    if (z > 745.0) continue;
    const double mass = node.mass * (z < 1.0 ? 1.0 + less : std::exp(-z));
    sum.second += mass * z * z;
    sum.mixed += mass * z * node.logarithm;
  }
  return sum;
}

}  // namespace

NopeLaw nope_law(double n, double s) {
  require_range("keys", n, 1.0, most_keys);
  require_range("deviation", s, 0.0, most_deviation);
  if (n == 1.0) return {1.0, 0.0};
  if (s == 0.0) return {1.0 / n, std::log(n)};
  const std::vector<Node> nodes = lognormal_nodes(s);
  constexpr double step = 0.2;
  // Below, 1 - phi^n and phi'' are in proportion to t and t^2, above, phi itself is gone.
  const double first = -45.0 - std::log(n) - 2.0 * s * s, last = 13.0 * s + 5.0;
  double participation = 0.0, entropy = 0.0;
  for (double k = std::floor(first / step); k * step <= last; ++k) {
    const double t = std::exp(k * step);
    const Transform phi = transform(nodes, t);
    const double logarithm =
        phi.below_one < 1.0 ? std::log1p(-phi.below_one) : -std::numeric_limits<double>::infinity();
    const double others = std::exp((n - 1.0) * logarithm);
    participation += phi.second * others;
    entropy += (std::expm1(-t) - std::expm1(n * logarithm)) - n * phi.mixed * others;
    if (t > 40.0 && others == 0.0) break;
  }
  return {n * participation * step, entropy * step};
}

NopeLaw nope_law_leading(double n, double s) {
  require_range("keys", n, 1.0, most_keys);
  require_range("deviation", s, 0.0, most_deviation);
  return {std::exp(s * s) / n, std::log(n) - 0.5 * s * s};
}

double nope_deviation(double n, double effective) {
  require_range("keys", n, 2.0, most_keys);
  require_range("effective", effective, 1.0 / nope_law(n, most_deviation).participation, n);
  if (effective == n) return 0.0;
  const auto excess = [&](double s) { return std::log(effective * nope_law(n, s).participation); };
  double low = 0.0, high = most_deviation, at_low = std::log(effective / n), at_high = excess(high);
  for (int i = 0; i < 100 && high - low > 1e-14 * high; ++i) {
    // The method Pegasus of Dowell and Jarratt, with a halving where it crawls.
    const double guess = low + (high - low) * at_low / (at_low - at_high);
    const double middle = i % 4 == 3 || !(guess > low && guess < high) ? 0.5 * (low + high) : guess;
    const double at_middle = excess(middle);
    if (at_middle == 0.0) return middle;
    double& other = at_middle < 0.0 ? at_high : at_low;
    const double before = at_middle < 0.0 ? at_low : at_high;
    other *= before / (before + at_middle);
    (at_middle < 0.0 ? low : high) = middle;
    (at_middle < 0.0 ? at_low : at_high) = at_middle;
  }
  return 0.5 * (low + high);
}

}  // namespace orrery::attention

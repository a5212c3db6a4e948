// Biases of scores that depend on distance.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/attention/core/relative_bias.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <string>

namespace orrery::attention {
namespace {

void require(bool condition, const std::string& what, double value) {
  if (!condition) throw std::invalid_argument(what + "; it is " + std::to_string(value));
}

double distance_of(std::int64_t distance) { return std::abs(static_cast<double>(distance)); }

}  // namespace

std::vector<double> alibi_slopes(std::int64_t heads) {
  require(heads >= 1, "heads must be at least 1", static_cast<double>(heads));
  std::int64_t power = 1;
  while (2 * power <= heads) power *= 2;
  std::vector<double> slopes;
  const auto slope = [](std::int64_t h, std::int64_t of) {
    return std::exp2(-8.0 * static_cast<double>(h) / static_cast<double>(of));
  };
  for (std::int64_t h = 1; h <= power; ++h) slopes.push_back(slope(h, power));
  for (std::int64_t h = 1; h <= heads - power; ++h) slopes.push_back(slope(2 * h - 1, 2 * power));
  return slopes;
}

std::int64_t t5_bucket(std::int64_t distance, const Buckets& b) {
  const std::int64_t count = b.bidirectional ? b.count / 2 : b.count, exact = count / 2;
  require(exact >= 1 && (!b.bidirectional || b.count % 2 == 0),
          "buckets must be at least 2, or even and at least 4 in both directions", static_cast<double>(b.count));
  require(b.most_distance > exact, "most_distance must be above " + std::to_string(exact),
          static_cast<double>(b.most_distance));
  const std::int64_t first = b.bidirectional && distance > 0 ? count : 0;
  const std::int64_t away = b.bidirectional ? std::abs(distance) : std::max<std::int64_t>(-distance, 0);
  if (away < exact) return first + away;
  const double along = std::log(static_cast<double>(away) / static_cast<double>(exact)) /
                       std::log(static_cast<double>(b.most_distance) / static_cast<double>(exact));
  const auto step = static_cast<std::int64_t>(along * static_cast<double>(count - exact));
  return first + std::min(exact + step, count - 1);
}

double kerple_logarithmic(std::int64_t distance, double scale, double rate) {
  require(scale > 0.0, "scale must be above 0", scale);
  require(rate > 0.0, "rate must be above 0", rate);
  return -scale * std::log1p(rate * distance_of(distance));
}

double kerple_power(std::int64_t distance, double scale, double power) {
  require(scale > 0.0, "scale must be above 0", scale);
  require(power > 0.0 && power <= 2.0, "power must be above 0 and at most 2", power);
  return -scale * std::pow(distance_of(distance), power);
}

}  // namespace orrery::attention

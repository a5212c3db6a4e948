// Rotary position embedding and its extensions.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/attention/core/rotary.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numbers>
#include <stdexcept>
#include <string>

namespace orrery::attention {
namespace {

constexpr double two_pi = 2.0 * std::numbers::pi;

void require(bool condition, const std::string& what, double value) {
  if (!condition) throw std::invalid_argument(what + "; it is " + std::to_string(value));
}

// In extended precision where there is one: the phase at position 2^24 is 2^24 times as wrong as this.
std::vector<double> powers(std::int64_t depth, double base) {
  std::vector<double> theta(static_cast<std::size_t>(depth / 2));
  for (std::size_t j = 0; j < theta.size(); ++j)
    theta[j] = static_cast<double>(std::pow(static_cast<long double>(base),
                                            -2.0L * static_cast<long double>(j) / static_cast<long double>(depth)));
  return theta;
}

// The pair that turns `rotations` times over a length.
double pair_of_rotations(double rotations, std::int64_t depth, double base, double length) {
  return static_cast<double>(depth) * std::log(length / (rotations * two_pi)) / (2.0 * std::log(base));
}

double yarn_scale(double factor, double mscale) { return factor <= 1.0 ? 1.0 : 0.1 * mscale * std::log(factor) + 1.0; }

void yarn(Frequencies& f, std::int64_t depth, const ExtensionOptions& o) {
  double low = pair_of_rotations(o.beta_fast, depth, f.base, o.original_length);
  double high = pair_of_rotations(o.beta_slow, depth, f.base, o.original_length);
  if (o.truncate) low = std::floor(low), high = std::ceil(high);
  low = std::max(low, 0.0), high = std::min(high, static_cast<double>(depth - 1));
  if (low == high) high += 0.001;
  for (std::size_t j = 0; j < f.angular.size(); ++j) {
    const double ramp = std::clamp((static_cast<double>(j) - low) / (high - low), 0.0, 1.0);
    f.angular[j] = f.angular[j] / o.factor * ramp + f.angular[j] * (1.0 - ramp);
  }
  f.attention_factor = o.mscale != 0.0 && o.mscale_all_dim != 0.0
                           ? yarn_scale(o.factor, o.mscale) / yarn_scale(o.factor, o.mscale_all_dim)
                           : yarn_scale(o.factor, 1.0);
}

void llama3(Frequencies& f, const ExtensionOptions& o) {
  for (double& theta : f.angular) {
    const double turns = o.original_length * theta / two_pi;
    const double smooth = std::clamp((turns - o.low_factor) / (o.high_factor - o.low_factor), 0.0, 1.0);
    theta = (1.0 - smooth) * theta / o.factor + smooth * theta;
  }
}

void longrope(Frequencies& f, const ExtensionOptions& o) {
  const auto factors = o.length > o.original_length ? o.long_factors : o.short_factors;
  for (std::size_t j = 0; j < f.angular.size(); ++j) f.angular[j] /= factors[j];
  if (o.factor > 1.0) f.attention_factor = std::sqrt(1.0 + std::log(o.factor) / std::log(o.original_length));
}

double extended_base(std::int64_t depth, double base, const ExtensionOptions& o) {
  const double power = static_cast<double>(depth) / static_cast<double>(depth - 2);
  if (o.kind == Extension::ntk) return base * std::pow(o.factor, power);
  if (o.kind != Extension::dynamic_ntk) return base;
  const double length = std::max(o.length, o.original_length);
  return base * std::pow(o.factor * length / o.original_length - (o.factor - 1.0), power);
}

void check_lengths(const ExtensionOptions& o) {
  const bool uses_original = o.kind == Extension::dynamic_ntk || o.kind == Extension::yarn ||
                             o.kind == Extension::longrope || o.kind == Extension::llama3;
  const bool uses_length = o.kind == Extension::dynamic_ntk || o.kind == Extension::longrope;
  require(!uses_original || (o.original_length > 1.0 && std::isfinite(o.original_length)),
          "original_length must be above 1 for this extension", o.original_length);
  require(!uses_length || (o.length >= 1.0 && std::isfinite(o.length)), "length must be at least 1 for this extension",
          o.length);
}

void check_extension(std::size_t pairs, const ExtensionOptions& o) {
  require(o.factor >= 1.0 && std::isfinite(o.factor), "factor must be at least 1", o.factor);
  check_lengths(o);
  if (o.kind == Extension::yarn) {
    require(o.beta_slow > 0.0, "beta_slow must be above 0", o.beta_slow);
    require(o.beta_fast >= o.beta_slow, "beta_fast must be at least beta_slow", o.beta_fast);
  }
  if (o.kind == Extension::llama3)
    require(o.high_factor > o.low_factor, "high_factor must be above low_factor", o.high_factor);
  if (o.kind != Extension::longrope) return;
  for (const auto factors : {o.short_factors, o.long_factors}) {
    require(factors.size() == pairs,
            "short_factors and long_factors must have one number for each of the " + std::to_string(pairs) + " pairs",
            static_cast<double>(factors.size()));
    for (const double x : factors) require(x > 0.0, "short_factors and long_factors must be above 0", x);
  }
}

}  // namespace

Frequencies rotary_frequencies(std::int64_t depth, double base, const ExtensionOptions& o) {
  require(depth >= 2 && depth % 2 == 0, "depth must be even and at least 2", static_cast<double>(depth));
  require(base > 1.0 && std::isfinite(base), "base must be above 1", base);
  check_extension(static_cast<std::size_t>(depth / 2), o);
  if (o.kind == Extension::ntk || o.kind == Extension::dynamic_ntk)
    require(depth > 2, "depth must be above 2 for ntk and dynamic_ntk", static_cast<double>(depth));
  Frequencies f;
  f.base = extended_base(depth, base, o);
  f.angular = powers(depth, f.base);
  if (o.kind == Extension::linear)
    for (double& theta : f.angular) theta /= o.factor;
  if (o.kind == Extension::yarn) yarn(f, depth, o);
  if (o.kind == Extension::llama3) llama3(f, o);
  if (o.kind == Extension::longrope) longrope(f, o);
  return f;
}

void rotate(std::span<double> vector, double position, std::span<const double> angular, Pairing pairing,
            double factor) {
  const std::size_t pairs = angular.size();
  for (std::size_t j = 0; j < pairs; ++j) {
    const double phase = position * angular[j], c = factor * std::cos(phase), s = factor * std::sin(phase);
    double& x = vector[pairing == Pairing::halves ? j : 2 * j];
    double& y = vector[pairing == Pairing::halves ? j + pairs : 2 * j + 1];
    const double turned = c * x - s * y;
    y = s * x + c * y;
    x = turned;
  }
}

void sinusoidal(double position, double base, std::span<double> code) {
  const std::vector<double> theta = powers(static_cast<std::int64_t>(code.size()), base);
  for (std::size_t j = 0; j < theta.size(); ++j) {
    code[2 * j] = std::sin(position * theta[j]);
    code[2 * j + 1] = std::cos(position * theta[j]);
  }
}

std::int64_t critical_dimension(std::int64_t depth, double base, double length) {
  const double pairs = std::ceil(0.5 * static_cast<double>(depth) * std::log(length / two_pi) / std::log(base));
  return 2 * static_cast<std::int64_t>(std::clamp(pairs, 0.0, static_cast<double>(depth / 2)));
}

}  // namespace orrery::attention

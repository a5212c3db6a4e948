// Evenly spaced numbers as the NumPy manual defines them (Harris et al. 2020), each computed from its index.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/tensor/core/sequence.hpp"

#include <array>
#include <charconv>
#include <cmath>
#include <cstddef>
#include <stdexcept>
#include <string>
#include <string_view>

namespace orrery::tensor {

namespace {

constexpr std::int64_t most = std::int64_t{1} << 40;

std::string text(double value) {
  std::array<char, 32> buffer{};
  const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value);
  return {buffer.data(), end.ptr};
}

void require_finite(double value, std::string_view name) {
  if (!std::isfinite(value)) {
    throw std::invalid_argument(std::string(name) + " must be finite; it is " + text(value));
  }
}

void require_count(std::int64_t count) {
  if (count < 0 || count > most) {
    throw std::invalid_argument("count must lie in [0, 2^40]; it is " + std::to_string(count));
  }
}

[[noreturn]] void refuse_count() {
  throw std::invalid_argument("a sequence holds at most 2^40 numbers; first, last and step ask for more");
}

// Multiplying before dividing keeps thirds of thirds exact; the other order serves where that would overflow.
double fraction_of(double range, double index, double steps) {
  const double product = range * index;
  return std::isfinite(product) ? product / steps : range / steps * index;
}

double between(double first, double last, std::int64_t index, std::int64_t steps) {
  const auto i = static_cast<double>(index);
  const auto n = static_cast<double>(steps);
  const double range = last - first;
  if (!std::isfinite(range)) {
    return first * (1.0 - i / n) + last * (i / n);
  }
  return first + fraction_of(range, i, n);
}

}  // namespace

std::vector<double> linspace(double first, double last, std::int64_t count, bool endpoint) {
  require_count(count);
  std::vector<double> result(static_cast<std::size_t>(count));
  linspace_part({first, last, count, endpoint}, 0, result);
  return result;
}

void linspace_part(const Linspaced& all, std::int64_t begin, std::span<double> out) {
  require_finite(all.first, "first");
  require_finite(all.last, "last");
  require_count(all.count);
  const auto size = static_cast<std::int64_t>(out.size());
  if (begin < 0 || begin > all.count || size > all.count - begin) {
    throw std::invalid_argument("the part must lie in the " + std::to_string(all.count) + " numbers; it is " +
                                std::to_string(size) + " from " + std::to_string(begin));
  }
  const std::int64_t steps = all.endpoint ? all.count - 1 : all.count;
  for (std::int64_t i = 0; i < size; ++i) {
    out[static_cast<std::size_t>(i)] = steps > 0 ? between(all.first, all.last, begin + i, steps) : all.first;
  }
  if (all.endpoint && all.count > 1 && size > 0 && begin + size == all.count) {
    out.back() = all.last;
  }
}

std::vector<double> logspace(double first, double last, std::int64_t count, double base, bool endpoint) {
  if (!(base > 0.0 && std::isfinite(base))) {
    throw std::invalid_argument("base must be positive and finite; it is " + text(base));
  }
  std::vector<double> result = linspace(first, last, count, endpoint);
  for (double& x : result) {
    x = std::pow(base, x);
  }
  return result;
}

std::vector<double> geomspace(double first, double last, std::int64_t count, bool endpoint) {
  require_finite(first, "first");
  require_finite(last, "last");
  if (first == 0.0 || last == 0.0 || (first < 0.0) != (last < 0.0)) {
    throw std::invalid_argument("first and last must have one sign and not be 0; they are " + text(first) + " and " +
                                text(last));
  }
  const double span = std::log2(std::abs(last)) - std::log2(std::abs(first));
  std::vector<double> result = linspace(0.0, span, count, endpoint);
  // In two halves, as the whole ratio of two doubles need not be a double.
  for (double& x : result) {
    const double half = std::exp2(x / 2.0);
    x = first * half * half;
  }
  if (endpoint && count > 1) {
    result.back() = last;
  }
  return result;
}

std::vector<double> arange(double first, double last, double step) {
  require_finite(first, "first");
  require_finite(last, "last");
  require_finite(step, "step");
  if (step == 0.0) {
    throw std::invalid_argument("step must not be 0");
  }
  const double count = std::ceil((last - first) / step);
  if (!(count <= static_cast<double>(most))) {
    refuse_count();
  }
  std::vector<double> result(count > 0.0 ? static_cast<std::size_t>(count) : 0);
  for (std::size_t i = 0; i < result.size(); ++i) {
    result[i] = std::fma(static_cast<double>(i), step, first);
  }
  // The count was rounded, so one number too many may have come in.
  if (!result.empty() && (step > 0.0 ? result.back() >= last : result.back() <= last)) {
    result.pop_back();
  }
  return result;
}

std::vector<std::int64_t> arange(std::int64_t first, std::int64_t last, std::int64_t step) {
  if (step == 0) {
    throw std::invalid_argument("step must not be 0");
  }
  std::vector<std::int64_t> result;
  if ((step > 0) != (first < last) || first == last) {
    return result;
  }
  const auto from = static_cast<std::uint64_t>(first);
  const auto to = static_cast<std::uint64_t>(last);
  const std::uint64_t way = step > 0 ? to - from : from - to;
  const std::uint64_t stride =
      step > 0 ? static_cast<std::uint64_t>(step) : std::uint64_t{0} - static_cast<std::uint64_t>(step);
  const std::uint64_t count = (way - 1) / stride + 1;
  if (count > static_cast<std::uint64_t>(most)) {
    refuse_count();
  }
  for (std::uint64_t i = 0; i < count; ++i) {
    result.push_back(static_cast<std::int64_t>(from + i * static_cast<std::uint64_t>(step)));
  }
  return result;
}

}  // namespace orrery::tensor

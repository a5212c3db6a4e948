// Ranges and ticks. Ticks are whole multiples of a step, so that their labels are exact.
// SPDX-License-Identifier: Apache-2.0
#include "engine/report/plot_axis.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>

namespace orrery::report {
namespace {

constexpr const char* minus = "\u2212";
constexpr long double room = 0.04L;
constexpr long double slack = 1e-9L;  // of a step: an end that is a tick but for its rounding has it

int digits_of(std::int64_t whole) { return static_cast<int>(std::to_string(std::llabs(whole)).size()); }

std::int64_t power_of_ten(int exponent) { return exponent <= 0 ? 1 : 10 * power_of_ten(exponent - 1); }

std::string ten_to(int exponent) { return "10^{" + decimal_text(exponent, 0) + "}"; }

/// A step of 1, 2 or 5 times a power of ten.
struct Step {
  int leading = 1, exponent = 0;
  long double size() const { return static_cast<long double>(leading) * std::pow(10.0L, exponent); }
};

Step step_for(long double width, int about) {
  const long double raw = width / std::max(1, about);
  Step step{1, static_cast<int>(std::floor(std::log10(raw)))};
  for (const int leading : {1, 2, 5}) {
    step.leading = leading;
    if (step.size() >= raw * 0.7L) return step;
  }
  return {1, step.exponent + 1};
}

/// Short labels for whole multiples of a power of ten: what they share goes into a note.
class Labels {
 public:
  Labels(const std::vector<std::int64_t>& wholes, int exponent) : exponent_(exponent) {
    const std::int64_t first = wholes.front(), last = wholes.back();
    std::int64_t largest = std::max(std::llabs(first), std::llabs(last));
    const int spread = digits_of(last - first);
    if (digits_of(largest) > std::max(6, spread + 2)) {
      const std::int64_t grain = power_of_ten(spread);
      base_ = (first / grain - (first % grain < 0)) * grain;
      largest = std::max(std::llabs(first - base_), std::llabs(last - base_));
    }
    const int top = digits_of(largest) - 1 + exponent;
    if (largest != 0 && (top >= 5 || top < -3)) power_ = top;
  }

  std::string text(std::int64_t whole) const { return decimal_text(whole - base_, exponent_ - power_); }

  std::string note() const {
    std::string note = power_ == 0 ? "" : "\u00d7" + ten_to(power_);
    if (base_ == 0) return note;
    if (!note.empty()) note += " ";
    return note + (base_ < 0 ? minus : "+") + (power_ == 0 ? "" : " ") + base_text();
  }

 private:
  std::string base_text() const {
    std::int64_t whole = std::llabs(base_);
    int exponent = exponent_;
    for (; whole % 10 == 0; whole /= 10) ++exponent;
    const int top = digits_of(whole) - 1 + exponent;
    if (top < 7 && top > -4) return decimal_text(whole, exponent);
    return decimal_text(whole, 1 - digits_of(whole)) + "\u00d7" + ten_to(top);
  }

  int exponent_, power_ = 0;
  std::int64_t base_ = 0;
};

}  // namespace

std::string decimal_text(std::int64_t whole, int exponent) {
  std::string text = std::to_string(std::llabs(whole));
  if (exponent > 0 && whole != 0) text.append(static_cast<std::size_t>(exponent), '0');
  if (exponent < 0) {
    const auto decimals = static_cast<std::size_t>(-exponent);
    if (text.size() <= decimals) text.insert(0, decimals + 1 - text.size(), '0');
    text.insert(text.size() - decimals, ".");
  }
  return whole < 0 ? minus + text : text;
}

bool is_drawable(double value, bool log) { return std::isfinite(value) && (!log || value > 0); }

void extend(AxisRange& range, double value, bool log) {
  if (!is_drawable(value, log)) return;
  const long double at = log ? std::log10(static_cast<long double>(value)) : static_cast<long double>(value);
  range.low = range.empty ? at : std::min(range.low, at);
  range.high = range.empty ? at : std::max(range.high, at);
  range.empty = false;
}

AxisRange padded(AxisRange range, bool log) {
  if (range.empty) return {0, 1, true};
  const long double size = std::max(std::fabs(range.low), std::fabs(range.high));
  const long double least = log ? 0.1L : size * 0x1p-46L;
  long double add = (range.high - range.low) * room;
  if (range.high - range.low <= least) add = log ? 0.5L : range.high > range.low ? least : size == 0 ? 1 : size * 0.1L;
  return {range.low - add, range.high + add, false};
}

AxisRange stretched(AxisRange range, long double factor) {
  const long double middle = (range.low + range.high) / 2, half = (range.high - range.low) / 2 * factor;
  return {middle - half, middle + half, range.empty};
}

Axis::Axis(AxisRange range, bool log, int about) : range_(range), log_(log) {
  if (range.empty) return;
  if (!log) {
    add_linear(range.low, range.high, about);
  } else if (std::floor(range.high + slack) - std::ceil(range.low - slack) >= 1) {
    add_decades(about);
  } else {
    add_linear(std::pow(10.0L, range.low), std::pow(10.0L, range.high), about);
  }
}

double Axis::fraction(long double at) const {
  return static_cast<double>((at - range_.low) / (range_.high - range_.low));
}

double Axis::place(double value) const {
  const auto number = static_cast<long double>(value);
  return fraction(log_ ? std::log10(number) : number);
}

void Axis::add_linear(long double low, long double high, int about) {
  const Step step = step_for(high - low, about);
  std::vector<std::int64_t> wholes;
  const auto first = static_cast<std::int64_t>(std::ceil(low / step.size() - slack));
  const auto last = static_cast<std::int64_t>(std::floor(high / step.size() + slack));
  for (std::int64_t k = first; k <= last; ++k) wholes.push_back(k * step.leading);
  if (wholes.empty()) return;
  const Labels labels(wholes, step.exponent);
  for (const std::int64_t whole : wholes) {
    const long double at = static_cast<long double>(whole) * std::pow(10.0L, step.exponent);
    ticks_.push_back({fraction(log_ ? std::log10(at) : at), labels.text(whole)});
  }
  note_ = labels.note();
}

void Axis::add_decades(int about) {
  const int first = static_cast<int>(std::floor(range_.low)), last = static_cast<int>(std::floor(range_.high + slack));
  const bool plain = range_.low > -4 && range_.high < 5;
  const int every = 1 + (last - first) / std::max(1, about + 2);
  for (int decade = first; decade <= last; ++decade) {
    const bool labelled = ((decade % every) + every) % every == 0;
    if (decade >= range_.low - slack)
      ticks_.push_back({fraction(decade), !labelled ? "" : plain ? decimal_text(1, decade) : ten_to(decade)});
    for (int digit = 2; every == 1 && digit < 10; ++digit) {
      const long double at = decade + std::log10(static_cast<long double>(digit));
      if (at >= range_.low && at <= range_.high) ticks_.push_back({fraction(at), ""});
    }
  }
}

}  // namespace orrery::report

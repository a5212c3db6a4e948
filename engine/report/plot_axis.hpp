// An axis of a plot: its range, where a value stands on it, and its ticks with their labels.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace orrery::report {

/// On a logarithmic axis the ends are those of the decimal logarithm. Of long doubles, so that no range of doubles
/// overflows.
struct AxisRange {
  long double low = 0, high = 0;
  bool empty = true;
};

/// Whether a value can stand on an axis: finite, and positive where the axis is logarithmic.
bool is_drawable(double value, bool log);

/// Takes in values; those that cannot be drawn do not count.
void extend(AxisRange& range, double value, bool log);

/// Some room on either side; a single value, or one that differs in its last bits only, gets a range around it.
AxisRange padded(AxisRange range, bool log);

/// The range stretched about its middle.
AxisRange stretched(AxisRange range, long double factor);

struct Tick {
  double place = 0;   ///< 0 at the low end, 1 at the high end
  std::string label;  ///< "10^{-3}" has an exponent; empty: a minor tick
};

class Axis {
 public:
  /// @param about  how many ticks are wanted
  Axis(AxisRange range, bool log, int about);

  double place(double value) const;
  const std::vector<Tick>& ticks() const { return ticks_; }
  /// What all labels have to be multiplied by, and what then is to be added: "\u00d710^{-5} + 29.6"; often empty.
  const std::string& note() const { return note_; }

 private:
  void add_linear(long double low, long double high, int about);
  void add_decades(int about);
  double fraction(long double at) const;

  AxisRange range_;
  bool log_;
  std::vector<Tick> ticks_;
  std::string note_;
};

/// whole * 10^exponent without any rounding: decimal_text(-25, -1) is "-2.5", with a true minus sign.
std::string decimal_text(std::int64_t whole, int exponent);

}  // namespace orrery::report

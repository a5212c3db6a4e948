// Evenly spaced numbers: linspace, logspace, geomspace, arange.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace orrery::tensor {

/// `count` numbers from first to last at equal distances; without the endpoint, `last` would be the next one.
/// @param first any finite   @param last any finite   @param count 0 <= count <= 2^40
/// @returns count numbers; the ends are exact   @throws std::invalid_argument if a number is out of its range
/// @accuracy 1.5 ulp of the larger end
std::vector<double> linspace(double first, double last, std::int64_t count, bool endpoint = true);

/// What linspace() is asked for.
struct Linspaced {
  double first = 0.0, last = 0.0;
  std::int64_t count = 0;
  bool endpoint = true;
};

/// A part of linspace(): out[i] is its number begin + i, to the bit, so that a long one can be made piece by piece.
/// @param begin 0 <= begin <= count - out.size()   @throws std::invalid_argument if a number is out of its range
void linspace_part(const Linspaced& all, std::int64_t begin, std::span<double> out);

/// base to the powers linspace(first, last, count).   @param base > 0, finite   @accuracy that of pow and linspace
std::vector<double> logspace(double first, double last, std::int64_t count, double base = 10.0, bool endpoint = true);

/// `count` numbers in geometric progression; the ends are exact.
/// @param first not 0   @param last not 0, of the same sign   @accuracy 4 ulp, 1e-13 relative over 600 decades
std::vector<double> geomspace(double first, double last, std::int64_t count, bool endpoint = true);

/// first, first + step, ... as long as it stays before `last`; each is computed from its index, so nothing adds up.
/// @param step not 0   @throws std::invalid_argument for a step of 0, or more than 2^40 numbers
/// @accuracy 1 ulp
std::vector<double> arange(double first, double last, double step);
std::vector<std::int64_t> arange(std::int64_t first, std::int64_t last, std::int64_t step);

}  // namespace orrery::tensor

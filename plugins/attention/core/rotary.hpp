// Rotary position embedding: its frequencies, their extension to longer contexts, and the rotation itself.
// SPDX-License-Identifier: Apache-2.0
//
// Su et al. 2021, section 3.2.2. Extensions: Chen et al. 2023 (linear), Peng et al. 2023 (NTK, dynamic NTK, YaRN), Ding
// et al. 2024 (LongRoPE), Grattafiori et al. 2024 (Llama 3). Phases are formed in double precision and reduced there.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace orrery::attention {

enum class Extension { none, linear, ntk, dynamic_ntk, yarn, longrope, llama3 };
enum class Pairing { interleaved, halves };

/// What an extension needs; each reads only its own.
struct ExtensionOptions {
  Extension kind = Extension::none;
  double factor = 1.0;                                  ///< >= 1, how much longer the context becomes
  double original_length = 0.0;                         ///< of training: dynamic_ntk, yarn, longrope, llama3
  double length = 0.0;                                  ///< of now: dynamic_ntk, longrope
  double beta_fast = 32.0, beta_slow = 1.0;             ///< yarn: rotations over the original length
  bool truncate = true;                                 ///< yarn: the ramp begins and ends at whole pairs
  double low_factor = 1.0, high_factor = 4.0;           ///< llama3
  std::span<const double> short_factors, long_factors;  ///< longrope, one for each pair
  double mscale = 0.0, mscale_all_dim = 0.0;            ///< yarn; 0: not given
};

struct Frequencies {
  std::vector<double> angular;    ///< [rad] by position, one for each pair of components
  double base = 0.0;              ///< that was used, after ntk or dynamic_ntk
  double attention_factor = 1.0;  ///< cosines and sines are multiplied by it
};

/// theta_j = base^(-2j/depth), extended.
/// @param depth [-] how many components turn, even, >= 2   @param base [-] > 1
/// @returns frequencies, the base used, and the factor of attention   @throws std::invalid_argument out of range
/// @accuracy relative 2.3e-16 of theta_j without extension
/// @source Su et al. 2021; Peng et al. 2023; Ding et al. 2024; Grattafiori et al. 2024
Frequencies rotary_frequencies(std::int64_t depth, double base, const ExtensionOptions& options);

/// Turns pairs of components of a vector by position times their frequencies. What is beyond the pairs stays.
/// @param vector [-] at least 2 angular.size() components, changed   @param position [-] any   @param factor [-] of cos
/// and sin
/// @accuracy absolute 4e-9 of a unit vector at position 2^24, 2e-13 at 1000
/// @source Su et al. 2021, equation 34
void rotate(std::span<double> vector, double position, std::span<const double> angular, Pairing pairing, double factor);

/// sin and cos of position times frequency, alternating, as of Vaswani et al. 2017, section 3.5.
/// @param position [-] any   @param base [-] > 1   @param code [-] depth components, even, receives them
/// @accuracy absolute 4e-9 at position 2^24
void sinusoidal(double position, double base, std::span<double> code);

/// Pairs whose period fits into a length: 2 ceil(depth/2 log_base(length/(2 pi))), at least 0 and at most depth.
/// @source Liu et al. 2023
std::int64_t critical_dimension(std::int64_t depth, double base, double length);

}  // namespace orrery::attention

// The header of an NPY file; private to engine/value.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string_view>

#include "engine/base/result.hpp"
#include "engine/value/tensor.hpp"

namespace orrery::value {

inline constexpr std::size_t highest_npy_rank = 32;  ///< of NumPy before 2.0

/// Element types as files have them.
enum class Stored : std::uint8_t { f8, f4, c16, i8, i4, i2, i1, u8, u4, u2, u1, b1 };

struct NpyHeader {
  Stored stored = Stored::f8;
  std::size_t item_bytes = 8;
  DType dtype = DType::f64;  ///< that the tensor has
  bool fortran_order = false;
  Shape shape;
  std::int64_t count = 0;
};

/// The fixed part of every file: magic, version, and the length of the text that follows.
struct NpyPreamble {
  std::size_t bytes = 0;       ///< of the preamble itself
  std::size_t text_bytes = 0;  ///< of the header's text
};
inline constexpr std::size_t longest_preamble = 12;

/// @param bytes  the first longest_preamble bytes of the file, or all if it is shorter.   Error: bad_data_file.
base::Result<NpyPreamble> parse_npy_preamble(std::string_view bytes);

/// Error: bad_data_file.
base::Result<NpyHeader> parse_npy_header(std::string_view text);

base::Error bad_npy(std::string_view reason);

}  // namespace orrery::value

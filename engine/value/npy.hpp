// Reading and writing NPY files, the format that NumPy opens.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "engine/base/result.hpp"
#include "engine/value/tensor.hpp"

namespace orrery::value {

/// The tensor of an NPY 1.0, 2.0 or 3.0 file: little-endian f8, f4, c16, i8, i4, i2, i1, u1, u2, u4, b1; C or Fortran
/// order. Its unit is 1. Errors without span: file_not_found, file_unreadable, bad_data_file, too_large.
/// @source NumPy Enhancement Proposal 1
base::Result<Tensor> read_npy(const std::filesystem::path& path);
base::Result<Tensor> parse_npy(std::string_view bytes);

/// The bytes of an NPY 1.0 header; its length is a multiple of 64.
std::string npy_header(DType dtype, const Shape& shape);

/// Writes a temporary file beside it, syncs it, and renames: the name never holds half a file. Error: cannot_write.
base::Result<base::Done> write_npy(const std::filesystem::path& path, const Tensor& tensor);

}  // namespace orrery::value

// Hashes: SHA-256 where a hash identifies, XXH3 where it only has to notice accidents.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace orrery::base {

std::string sha256_hex(std::string_view bytes);
/// The first 64 bits of SHA-256, little-endian; for keys of random streams.
std::uint64_t sha256_prefix(std::string_view bytes);
std::string xxh3_128_hex(std::string_view bytes);

}  // namespace orrery::base

// SHA-256 of libcrypto and XXH3 of libxxhash, as hexadecimal text.
// SPDX-License-Identifier: Apache-2.0
#include "engine/base/hash.hpp"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <xxhash.h>

#include <span>

#include "engine/base/assert.hpp"

namespace orrery::base {
namespace {

using Sha256 = std::array<unsigned char, 32>;

/// Fetched once: a fetch costs twice what hashing a short text does.
const EVP_MD* sha256_method() {
  static const EVP_MD* const method = [] {
    // The system's configuration costs 0.3 ms to read, and could only replace the algorithm by an equal one.
    OPENSSL_init_crypto(OPENSSL_INIT_NO_LOAD_CONFIG, nullptr);
    return EVP_MD_fetch(nullptr, "SHA256", nullptr);
  }();
  return method;
}

Sha256 sha256(std::string_view bytes) {
  Sha256 digest{};
  ORRERY_ASSERT(EVP_Digest(bytes.data(), bytes.size(), digest.data(), nullptr, sha256_method(), nullptr) == 1);
  return digest;
}

std::string to_hex(std::span<const unsigned char> bytes) {
  static constexpr char digits[] = "0123456789abcdef";
  std::string text;
  text.reserve(2 * bytes.size());
  for (const unsigned char byte : bytes) {
    text += digits[byte >> 4];
    text += digits[byte & 15];
  }
  return text;
}

}  // namespace

std::string sha256_hex(std::string_view bytes) { return to_hex(sha256(bytes)); }

std::uint64_t sha256_prefix(std::string_view bytes) {
  const Sha256 digest = sha256(bytes);
  std::uint64_t prefix = 0;
  for (std::size_t i = 8; i-- > 0;) prefix = (prefix << 8) | digest[i];
  return prefix;
}

std::string xxh3_128_hex(std::string_view bytes) {
  XXH128_canonical_t canonical;
  XXH128_canonicalFromHash(&canonical, XXH3_128bits(bytes.data(), bytes.size()));
  return to_hex(canonical.digest);
}

}  // namespace orrery::base

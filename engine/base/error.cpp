// Names and sentences of error codes, and the end of the process for our own mistakes.
// SPDX-License-Identifier: Apache-2.0
#include "engine/base/error.hpp"

#include <array>
#include <cstdio>
#include <cstdlib>

#include "engine/base/assert.hpp"

namespace orrery::base {
namespace {

struct Entry {
  std::string_view name;
  std::string_view sentence;
};

constexpr std::array entries{
#define ORRERY_ERROR_CODE(name, sentence) Entry{#name, sentence},
#include "engine/base/error_codes.def"
#undef ORRERY_ERROR_CODE
};

}  // namespace

std::string_view name_of(ErrorCode code) { return entries[static_cast<std::size_t>(code)].name; }

std::string_view sentence_of(ErrorCode code) { return entries[static_cast<std::size_t>(code)].sentence; }

const std::vector<ErrorCode>& all_error_codes() {
  static const std::vector<ErrorCode> codes = [] {
    std::vector<ErrorCode> all(entries.size());
    for (std::size_t i = 0; i < all.size(); ++i) all[i] = static_cast<ErrorCode>(i);
    return all;
  }();
  return codes;
}

void assertion_failed(const char* condition, const char* file, int line) {
  std::fprintf(stderr, "orrery: internal error at %s:%d: %s\n", file, line, condition);
  std::abort();
}

}  // namespace orrery::base

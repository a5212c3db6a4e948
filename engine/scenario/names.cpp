// What may be a name in a scenario.
// SPDX-License-Identifier: Apache-2.0
#include "engine/scenario/names.hpp"

namespace orrery::scenario {

bool is_name_start(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }
bool is_name_part(char c) { return is_name_start(c) || (c >= '0' && c <= '9'); }

std::size_t name_length(std::string_view text, bool dashes) {
  if (text.empty() || !is_name_start(text[0])) return 0;
  std::size_t length = 1;
  while (length < text.size() && (is_name_part(text[length]) || (dashes && text[length] == '-'))) ++length;
  return length;
}

bool is_name(std::string_view text, bool dashes) {
  return !text.empty() && text.size() <= 200 && name_length(text, dashes) == text.size();
}

}  // namespace orrery::scenario

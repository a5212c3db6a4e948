// Words of messages.
// SPDX-License-Identifier: Apache-2.0
#include "engine/plan/wording.hpp"

#include <span>

#include "engine/base/text.hpp"

namespace orrery::plan {

std::string with_article(std::string_view noun) {
  const bool vowel = !noun.empty() && std::string_view("aeiou").find(noun.front()) != std::string_view::npos;
  return (vowel ? "an " : "a ") + std::string(noun);
}

std::string a_value_of(const value::Dimension& dimension) {
  const std::string name = value::dimension_name(dimension);
  return name == value::si_unit(dimension).symbol() ? "a value in " + name : with_article(name);
}

std::string listed(const std::vector<std::string>& names) {
  constexpr std::size_t most = 24;
  if (names.size() <= most) return base::join(names);
  return base::join(std::span(names).first(most)) + ", ... and " + std::to_string(names.size() - most) + " more";
}

}  // namespace orrery::plan

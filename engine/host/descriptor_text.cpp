// Reading the strings and names of a descriptor, and collecting what is wrong with them.
// SPDX-License-Identifier: Apache-2.0
#include "engine/host/descriptor_text.hpp"

#include <algorithm>
#include <cstring>
#include <vector>

#include "engine/base/text.hpp"

namespace orrery::host {
namespace {

constexpr std::size_t max_text = 1 << 20;
constexpr std::size_t max_name = 64;
constexpr std::size_t max_problems = 20;

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_lower(char c) { return c >= 'a' && c <= 'z'; }

bool is_name(std::string_view text) {
  const auto fits = [](char c) { return is_lower(c) || is_digit(c) || c == '_'; };
  return !text.empty() && text.size() <= max_name && is_lower(text.front()) &&
         std::all_of(text.begin(), text.end(), fits);
}

/// True if the text from position at on is clean; at moves to what follows a number.
bool take_number(std::string_view text, std::size_t& at) {
  const std::size_t begin = at;
  while (at < text.size() && is_digit(text[at])) ++at;
  const std::size_t length = at - begin;
  return length > 0 && length < 10 && (length == 1 || text[begin] != '0');
}

bool is_version_suffix(std::string_view text) {
  const auto fits = [](char c) {
    return is_lower(c) || is_digit(c) || (c >= 'A' && c <= 'Z') || c == '.' || c == '-' || c == '+';
  };
  return text.empty() || ((text.front() == '-' || text.front() == '+') && text.size() > 1 &&
                          std::all_of(text.begin(), text.end(), fits));
}

bool is_version(std::string_view text) {
  std::size_t at = 0;
  for (int part = 0; part < 3; ++part) {
    if (part > 0 && (at >= text.size() || text[at++] != '.')) return false;
    if (!take_number(text, at)) return false;
  }
  return text.size() <= max_name && is_version_suffix(text.substr(at));
}

bool has_control(std::string_view text, bool paragraphs) {
  return std::any_of(text.begin(), text.end(), [&](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte == 0x7F || (byte < 0x20 && !(paragraphs && (c == '\n' || c == '\t')));
  });
}

std::string_view bounded(const char* text) { return {text, strnlen(text, max_text + 1)}; }

}  // namespace

std::string Place::text() const {
  std::string text = parent ? parent->text() + ", " : "";
  text += kind;
  if (!name.empty()) return text + " '" + std::string(name) + "'";
  return parent ? text + " number " + std::to_string(index) : text;
}

void Problems::add(const Place& place, const std::string& reason) {
  if (errors_.size() == max_problems) return;
  errors_.emplace_back(base::ErrorCode::plugin_bad_descriptor, place.text() + ": " + reason);
}

std::string read_text(const char* text, const Place& place, std::string_view what, bool paragraphs,
                      Problems& problems) {
  if (!text) return "";
  const std::string_view read = bounded(text);
  const auto refuse = [&](std::string_view why) { problems.add(place, "its " + std::string(what) + std::string(why)); };
  if (read.size() > max_text) refuse(" is longer than a mebibyte, or not terminated");
  else if (base::first_invalid_utf8(read)) refuse(" is not valid UTF-8");
  else if (has_control(read, paragraphs)) refuse(" contains control characters");
  else return std::string(read);
  return "";
}

std::string read_name(const char* name, const Place& place, Problems& problems) {
  if (!name) {
    problems.add(place, "it has no name (NULL)");
    return "";
  }
  const std::string_view read = bounded(name);
  if (is_name(read)) return std::string(read);
  problems.add(place, "the name '" + base::printable(read.substr(0, max_name)) +
                          "' is not allowed; a name is [a-z][a-z0-9_]*, at most 64 characters");
  return "";
}

std::string read_version(const char* version, const Place& place, Problems& problems) {
  if (!version) {
    problems.add(place, "it has no version (NULL)");
    return "";
  }
  const std::string_view read = bounded(version);
  if (is_version(read)) return std::string(read);
  problems.add(
      place, "the version '" + base::printable(read.substr(0, max_name)) + "' is not a semantic version such as 1.2.0");
  return "";
}

}  // namespace orrery::host

// Reading the strings and names of a descriptor, and collecting what is wrong with them.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "engine/base/error.hpp"

namespace orrery::host {

/// A place in a plugin's description. It becomes text only when something is wrong there.
struct Place {
  const Place* parent = nullptr;
  std::string_view kind;    ///< "operation"
  std::string_view name;    ///< empty as long as it is not known
  std::uint32_t index = 0;  ///< stands for the name then

  /// "plugin 'demo', operation 'square', input number 0"
  std::string text() const;
};

/// What is wrong, each with its place.
class Problems {
 public:
  void add(const Place& place, const std::string& reason);
  std::size_t count() const { return errors_.size(); }
  base::Errors take() { return std::move(errors_); }

 private:
  base::Errors errors_;
};

/// A string of the descriptor; empty, with a problem, if it is not clean UTF-8. NULL reads as "".
/// @param what  "title", for the problem
/// @param paragraphs  whether line breaks and tabs are allowed
std::string read_text(const char* text, const Place& place, std::string_view what, bool paragraphs, Problems& problems);

/// A name [a-z][a-z0-9_]* of at most 64 characters; empty, with a problem, if it is none.
std::string read_name(const char* name, const Place& place, Problems& problems);

/// A semantic version; empty, with a problem, if it is none.
std::string read_version(const char* version, const Place& place, Problems& problems);

}  // namespace orrery::host

// The names of [let], computed once before everything else.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>

#include "engine/base/result.hpp"
#include "engine/plan/evaluate.hpp"
#include "engine/scenario/scenario.hpp"

namespace orrery::plan {

/// Values of names; one that could not be computed stays empty, so that its users stay silent.
class Lets {
 public:
  /// Computes all of them, in whatever order they need. Adds to errors: unknown_name, cycle, bad_operands, ...
  Lets(const scenario::Scenario& scenario, base::Errors& errors);

  /// The value of a name; empty if it is known but could not be computed. Error: unknown_name.
  base::Result<std::optional<value::Value>> find(const scenario::Expression& name) const;
  std::vector<std::pair<std::string, value::Value>> in_order() const;
  /// Shows, beside errors of a term, the names of it that the command line has set, or the one that it consists of.
  void show_origins(const scenario::Term& term, std::span<base::Error> errors) const;

 private:
  enum class State { untouched, busy, done };
  struct Entry {
    const scenario::Let* let;
    State state = State::untouched;
    std::optional<value::Value> value;
  };
  void compute(Entry& entry, base::Errors& errors);
  /// Computes one, and before it all that it needs.
  void compute_all(Entry& first, base::Errors& errors);
  base::Result<Operand> resolve(const scenario::Expression& name) const;
  base::Error unknown(const scenario::Expression& name) const;
  base::Error cycle(const scenario::Expression& name) const;
  base::Span use_of(const std::string& name, const Entry& entry) const;

  std::map<std::string, Entry, std::less<>> entries_;
  std::vector<std::string> order_;
  std::vector<std::string> busy_;
  mutable std::size_t unknown_ = 0;
};

/// Of so many errors each comes with the nearest name; to look for that among very many names takes its time.
inline constexpr std::size_t most_advised = 200;

/// The error for a name that is not defined, with the nearest one that is.
base::Error unknown_name(const scenario::Expression& name, const std::vector<std::string>& known);

/// Marks an error whose cause has been reported already. Such errors are never shown.
base::Error reported();
bool is_reported(const base::Error& error);
/// Adds those errors that have not been reported.
void add(base::Errors& to, base::Errors errors);

}  // namespace orrery::plan

// First values "zeros": what is known of the state that they begin.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>

#include "engine/plan/plan.hpp"

namespace orrery::plan {

/// True for "zeros", which is no text unless it is written { text = "zeros" }.
bool is_zeros(const scenario::Term& first);

/// What is known of the states of a loop that begin with zeros, from one binding of its body to the next.
class Zeros {
 public:
  /// As far as it is known; at first any tensor at all.
  const Signature& of(const std::string& state) { return states_.try_emplace(state).first->second.known; }
  /// Takes over what a next value tells. False if that is nothing new.
  bool learn(const std::string& state, const Signature& next);
  /// Where next values tell no more: f64 of several element types, and, if that is allowed, a guess that a state whose
  /// shape hangs on itself is a scalar; "0.9*@state.m + @step.y" then has the shape of @step.y. False if nothing is
  /// left to choose.
  bool choose(bool may_guess);
  /// True if what came of a guess does not agree with it.
  bool has_open_guess() const;
  /// What is not known; empty if all is.
  std::optional<base::Error> problem(const scenario::Input& state, const base::Span& next) const;

 private:
  struct State {
    State();
    Signature known, next;  // next: without guesses
    bool guessed = false;   // the shape began as a guess
    bool confirmed = true;  // the next value has the shape that was assumed
    int changes = 0;        // of a guess; without a limit a state that grows in each pass would go on for ever
    bool is_open() const { return guessed && !confirmed; }
  };
  static bool learn_shape(State& state, const Signature& next);
  std::map<std::string, State> states_;
};

bool is_complete(const Signature& zeros);
base::Result<value::Value> zeros(const Signature& complete);

}  // namespace orrery::plan

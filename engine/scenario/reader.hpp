// Turns the merged tree into the typed scenario: one function a table.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "engine/scenario/keys.hpp"
#include "engine/scenario/scenario.hpp"

namespace orrery::scenario {

/// What is read and what is wrong with it. A part with errors is left out, so that it causes no others.
struct Reading {
  Scenario scenario;
  base::Errors errors;
};

void read_tables(const Node& merged, Reading& reading);
/// @param owner  the table that holds the step: "step", "loop.fit.step"
void read_step(const Member& member, const std::string& owner, std::vector<Step>& into, base::Errors& errors);
void read_loop(const Member& member, Reading& reading);
void read_clock(const Member& member, Loop& loop, base::Errors& errors);
void read_solve(const Member& member, Loop& loop, base::Errors& errors);
void read_recording(const Member& member, Loop& loop, base::Errors& errors);
/// Whether `over` of a loop's `solve` names its states, each once.
void check_solve(const Loop& loop, base::Errors& errors);
void read_plot(const Member& member, Reading& reading);
void read_probe(const Member& member, Reading& reading);
void read_observer(const Member& member, Reading& reading);
void read_source(const Member& member, Reading& reading);
void read_expectation(const Member& member, Reading& reading);
/// A quantity that takes in a name of [let] as a unit, "3 km/a", may be meant either way.
void refuse_units_named_as_lets(Reading& reading);

// Pieces that several tables need. `owner` is what messages call the table: "[scenario]", "[step.orbit]".

/// Error unless the node is a table.
bool want_table(const Member& member, const std::string& owner, base::Errors& errors);
/// The text of a node; else an error, and empty.
std::optional<std::string> want_text(const Member& member, base::Errors& errors);
/// A list of texts, or one text.
std::vector<const Node*> want_texts(const Member& member, base::Errors& errors);
bool want_term(const Node& node, Term& into, base::Errors& errors);
/// A whole number of at least `least`.
std::optional<std::int64_t> want_whole(const Member& member, std::int64_t least, base::Errors& errors);
/// Which of the words a text is; an error with the nearest one, and empty.
std::optional<std::size_t> want_choice(const Node& text, const std::string& what, const Keys& words,
                                       base::Errors& errors);
void report_wrong_type(const Member& member, const std::string& wanted, base::Errors& errors);
void report_unknown_key(const Member& member, const std::string& owner, const Keys& known, base::Errors& errors);
void report_later(const base::Span& span, const std::string& what, base::Errors& errors);
/// True, with an error, for the words that wires begin with in a meaning of their own: "state", "clock", "points".
bool is_kept_name(const Member& member, const std::string& what, base::Errors& errors);
/// Error unless the member's key is a name.
bool want_name(const Member& member, const std::string& what, bool dashes, base::Errors& errors);
void append(base::Errors& errors, base::Errors more);

}  // namespace orrery::scenario

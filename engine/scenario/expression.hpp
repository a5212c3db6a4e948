// Expressions ("= 2*pi*sqrt(a^3/mu)") and wires ("@orbit.velocity[:,0]") as trees with positions.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/result.hpp"
#include "engine/scenario/node.hpp"
#include "engine/value/unit.hpp"

namespace orrery::scenario {

/// One step of a selection: .column, [i], [a:b:s] along one axis. "[:,0]" makes two of them.
struct Selector {
  enum class Kind { column, index, range };
  Kind kind = Kind::range;
  std::string column;
  std::optional<std::int64_t> begin, end, step;  ///< index: only begin. Negative numbers count from the end.
  base::Span span;
};

/// A wire to a value of another step: "@step.output" and what is selected of it. Selections in one pair of brackets
/// apply to successive axes; a second pair applies to the result of the first.
struct Reference {
  std::string step;
  std::string output;
  std::vector<std::vector<Selector>> selections;
  base::Span span;         ///< the whole wire
  base::Span step_span;    ///< the step's name
  base::Span output_span;  ///< the output's name
};

/// A node of an expression.
/// Grammar, loosest first: or | and | not | < <= > >= == != | + - | * / | unary - + | ^ (right) | primary, where a
/// primary is a number with an optional unit, a text in single quotes, a name, a wire, a call, or an expression in
/// parentheses. Comparisons do not chain. Names are [A-Za-z_][A-Za-z0-9_]*; the step of a wire may also contain '-'.
///
/// Where a unit ends: the word after a number is its unit ("3 km"). The unit goes on over '^' with a number and over
/// '*' and '/' with a further known unit, as long as no space stands between: "9.81 m/s^2" is one quantity, "3 km / s"
/// is 3 km divided by the name s, and so is "3 km/t" if no unit is called t. "3 m^2" is an area, never the square of
/// 3 m: a power of a quantity needs parentheses, "(3 m)^2".
struct Expression {
  enum class Kind { number, text, name, reference, call, unary, binary };
  Kind kind = Kind::number;
  double number = 0.0;
  std::optional<std::int64_t> whole;  ///< of a number that is written with digits only, all of them
  value::Unit unit;
  /// text; name; function of a call; operator of unary and binary ("-", "not", "<=", "and"); of a number with unit the
  /// user's own spelling ("0.1 km")
  std::string text;
  Reference reference;
  std::vector<Expression> operands;
  base::Span span;
};

/// Functions that a call may name, with the number of arguments they take (max -1: any number above).
struct Function {
  std::string_view name;
  int min_arguments;
  int max_arguments;
};
const std::vector<Function>& functions();
/// pi, e, inf, nan, true, false
bool is_constant(std::string_view name);

/// Parses the text of an expression without its "=". Length at most 4,000 bytes; at most 100 parentheses, calls, signs
/// and powers deep. A chain of operators ("1+1+1...") leans to the left and may be as deep as the length allows.
/// @param offset  where the text begins inside `holder`'s content, for the spans
/// Errors, all with position: bad_expression (the first one), unknown_unit and unknown_function (all of them).
base::Result<Expression> parse_expression(std::string_view text, const Node& holder, std::size_t offset);

/// Parses a wire without its "@". Error: bad_reference.
base::Result<Reference> parse_reference(std::string_view text, const Node& holder, std::size_t offset);

/// A wire in one spelling, without its "@": "orbit.velocity[1:3,0]"; and one group of its selections: "[1:3,0]".
std::string to_text(const Reference& reference);
std::string to_text(const std::vector<Selector>& group);

/// What a value of a scenario says: a literal, a wire, an expression, a file, or a list of these.
struct Term {
  enum class Kind { literal, text, reference, expression, file, list };
  Kind kind = Kind::literal;
  Node node;  ///< literal: number or boolean; text: without doubled marker; file: as written
  Reference reference;
  Expression expression;
  std::string file;  ///< "data/bodies.csv", from "file:data/bodies.csv#column [unit]"
  std::string file_column, file_unit;
  std::vector<Term> list;
  base::Span span;
  /// True for a text that was written with its marker doubled ("@@x" or "==x"): it is text and nothing else.
  bool escaped = false;
};

/// Reads markers: "@..." a wire, "=..." an expression, "file:..." a file, "@@" and "==" escaped texts; arrays element
/// by element. All errors at once.
base::Result<Term> parse_term(const Node& node);

/// All wires in a term.
void collect_references(const Term& term, std::vector<const Reference*>& into);
void collect_references(const Expression& expression, std::vector<const Reference*>& into);
/// All names (of [let] and axes) in a term; constants are none.
void collect_names(const Term& term, std::vector<const Expression*>& into);

}  // namespace orrery::scenario

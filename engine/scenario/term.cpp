// Terms: what a value of a scenario says by its marker.
// SPDX-License-Identifier: Apache-2.0
#include "engine/base/text.hpp"
#include "engine/scenario/expression.hpp"
#include "engine/scenario/unit_error.hpp"

namespace orrery::scenario {
namespace {

using base::ErrorCode;

constexpr std::size_t max_list = 1000;

std::size_t count_leaves(const Node& node) {
  if (!node.is_array()) return 1;
  std::size_t count = 0;
  for (const Node& item : node.array()) count += count_leaves(item);
  return count;
}

std::string with_commas(std::size_t number) {
  std::string digits = std::to_string(number);
  for (std::size_t at = digits.size(); at > 3;) digits.insert(at -= 3, ",");
  return digits;
}

/// Terms are large: they are filled where they lie, not handed along.
base::Errors fill(const Node& node, Term& term);

base::Errors fill_list(const Node& node, Term& term) {
  term.kind = Term::Kind::list;
  term.list.resize(node.array().size());
  base::Errors errors;
  for (std::size_t i = 0; i < term.list.size(); ++i) {
    for (base::Error& error : fill(node.array()[i], term.list[i])) errors.push_back(std::move(error));
  }
  return errors;
}

/// { text = "5 m" }: a text that is not to be read as a quantity.
base::Errors fill_table(const Node& node, Term& term) {
  const Node::Table& members = node.table();
  if (members.size() != 1 || members.front().key != "text") {
    return {
        base::Error(ErrorCode::wrong_type, "a table is not a value")
            .at(node.span, "expected a number, a text, a wire or a list")
            .note("the one table that is a value is { text = \"...\" }, for a text that would be read as a quantity")};
  }
  const Node& text = members.front().node;
  if (!text.is_text()) {
    return {base::Error(ErrorCode::wrong_type, "'text' is " + std::string(text.kind_name()) + ", but a text is wanted")
                .at(text.span, "expected a text")};
  }
  term.kind = Term::Kind::text;
  term.node = text;
  term.escaped = true;
  return {};
}

base::Errors fill_reference(const Node& node, Term& term) {
  auto read = parse_reference(std::string_view(node.text()).substr(1), node, 1);
  if (!read) return std::move(read).errors();
  term.kind = Term::Kind::reference;
  term.reference = *std::move(read);
  // Carets mark the whole literal with its quotes: that is what has to be replaced.
  term.reference.span = node.span;
  return {};
}

base::Errors fill_expression(const Node& node, Term& term) {
  auto read = parse_expression(std::string_view(node.text()).substr(1), node, 1);
  if (!read) return std::move(read).errors();
  term.kind = Term::Kind::expression;
  term.expression = *std::move(read);
  return {};
}

constexpr std::string_view file_marker = "file:";

/// The "[unit]" after a column's name.
base::Errors fill_column_unit(std::string_view text, std::size_t open, const Node& node, Term& term) {
  if (!text.ends_with(']')) {
    return {base::Error(ErrorCode::bad_reference, "the unit of a column is written in brackets")
                .at(inside(node, open, text.size()), "expected [UNIT]")};
  }
  term.file_unit = text.substr(open + 1, text.size() - open - 2);
  const auto unit = value::parse_unit(term.file_unit);
  if (unit) return {};
  return {place_unit_error(unit.error(), inside(node, open + 1, text.size() - 1))};
}

base::Errors fill_file(const Node& node, Term& term) {
  const std::string_view text = node.text();
  const std::size_t hash = std::min(text.find('#'), text.size());
  term.kind = Term::Kind::file;
  // An input that takes text takes these words as they are.
  term.node = node;
  term.file = text.substr(file_marker.size(), hash - file_marker.size());
  if (term.file.empty() || term.file.find('\0') != std::string::npos) {
    return {base::Error(ErrorCode::bad_reference, "the name of a file belongs after 'file:'").at(node.span)};
  }
  if (hash == text.size()) return {};
  const std::size_t space = std::min(text.find(" [", hash), text.size());
  term.file_column = text.substr(hash + 1, space - hash - 1);
  if (term.file_column.empty()) {
    return {base::Error(ErrorCode::bad_reference, "the name of a column belongs after '#'").at(node.span)};
  }
  return space < text.size() ? fill_column_unit(text, space + 1, node, term) : base::Errors{};
}

bool names_other_run(std::string_view text) { return text.starts_with("run:") && text.find('@') != text.npos; }

base::Errors fill_text(const Node& node, Term& term) {
  const std::string_view text = node.text();
  const bool escaped = text.starts_with("@@") || text.starts_with("==");
  if (!escaped && text.starts_with('@')) return fill_reference(node, term);
  if (!escaped && text.starts_with('=')) return fill_expression(node, term);
  if (text.starts_with(file_marker)) return fill_file(node, term);
  if (names_other_run(text)) {
    return {base::Error(ErrorCode::not_supported_yet, "values of other runs are part of the format, but not read yet")
                .at(node.span, "a value of another run")};
  }
  term.kind = Term::Kind::text;
  term.node = node;
  if (!escaped) return {};
  term.escaped = true;
  term.node.value = std::string(text.substr(1));
  if (term.node.content) ++*term.node.content;
  return {};
}

base::Errors fill(const Node& node, Term& term) {
  term.span = node.span;
  if (node.is_array()) return fill_list(node, term);
  if (node.is_table()) return fill_table(node, term);
  if (node.is_text()) return fill_text(node, term);
  term.node = node;
  return {};
}

}  // namespace

base::Result<Term> parse_term(const Node& node) {
  if (const std::size_t count = count_leaves(node); count > max_list) {
    return base::Error(ErrorCode::too_large, "a list in a scenario holds at most 1,000 values")
        .at(node.span, "has " + with_commas(count))
        .help("keep the values in a data file and name it: \"file:data.csv#column\"");
  }
  Term term;
  base::Errors errors = fill(node, term);
  if (!errors.empty()) return errors;
  return term;
}

void collect_references(const Expression& expression, std::vector<const Reference*>& into) {
  if (expression.kind == Expression::Kind::reference) into.push_back(&expression.reference);
  for (const Expression& operand : expression.operands) collect_references(operand, into);
}

void collect_references(const Term& term, std::vector<const Reference*>& into) {
  if (term.kind == Term::Kind::reference) into.push_back(&term.reference);
  if (term.kind == Term::Kind::expression) collect_references(term.expression, into);
  for (const Term& item : term.list) collect_references(item, into);
}

namespace {

void collect_names(const Expression& expression, std::vector<const Expression*>& into) {
  if (expression.kind == Expression::Kind::name && !is_constant(expression.text)) into.push_back(&expression);
  for (const Expression& operand : expression.operands) collect_names(operand, into);
}

}  // namespace

void collect_names(const Term& term, std::vector<const Expression*>& into) {
  if (term.kind == Term::Kind::expression) collect_names(term.expression, into);
  for (const Term& item : term.list) collect_names(item, into);
}

}  // namespace orrery::scenario

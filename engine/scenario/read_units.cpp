// Refuses quantities in expressions whose unit could also be a name of [let].
// SPDX-License-Identifier: Apache-2.0
#include <functional>
#include <set>
#include <string_view>

#include "engine/scenario/names.hpp"
#include "engine/scenario/reader.hpp"

namespace orrery::scenario {
namespace {

using Names = std::set<std::string, std::less<>>;

class Check {
 public:
  Check(const Names& names, base::Errors& errors) : names_(names), errors_(errors) {}

  void visit(const Term& term) {
    if (term.kind == Term::Kind::expression) visit(term.expression);
    for (const Term& item : term.list) visit(item);
  }

 private:
  void visit(const Expression& expression) {
    if (expression.kind == Expression::Kind::number && !expression.text.empty()) check(expression);
    for (const Expression& operand : expression.operands) visit(operand);
  }

  /// The first word after a number can only be a unit; those after '*' and '/' could be either.
  void check(const Expression& quantity) {
    const std::string_view text = quantity.text;
    for (std::size_t at = text.find_first_of("*/"); at != text.npos; at = text.find_first_of("*/", at + 1)) {
      const std::string_view name = text.substr(at + 1, name_length(text.substr(at + 1), false));
      if (names_.find(name) != names_.end()) return report(quantity, at, std::string(name));
    }
  }

  void report(const Expression& quantity, std::size_t at, const std::string& name) {
    const std::string before = quantity.text.substr(0, at);
    const std::string spaced = before + " " + quantity.text[at] + " " + name;
    errors_.push_back(base::Error(base::ErrorCode::bad_expression, "'" + name + "' is both a unit and a name of [let]")
                          .at(quantity.span, "it is not clear which is meant")
                          .help("write '" + spaced + "' for the name, or give the name another spelling"));
  }

  const Names& names_;
  base::Errors& errors_;
};

}  // namespace

void refuse_units_named_as_lets(Reading& reading) {
  const Scenario& scenario = reading.scenario;
  Names names;
  for (const Let& let : scenario.lets) names.insert(let.name);
  Check check(names, reading.errors);
  for (const Let& let : scenario.lets) check.visit(let.value);
  for (const Record& record : scenario.records) check.visit(record.value);
  for (const Step& step : scenario.steps) {
    for (const Input& input : step.inputs) check.visit(input.value);
  }
  for (const Expectation& expectation : scenario.expectations) {
    for (const Term* term : {&expectation.that, &expectation.bound, &expectation.upper}) check.visit(*term);
    if (expectation.rtol) check.visit(*expectation.rtol);
    if (expectation.atol) check.visit(*expectation.atol);
  }
}

}  // namespace orrery::scenario

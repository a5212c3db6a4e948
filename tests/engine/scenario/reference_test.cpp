// Wires and terms: selections, markers, files, lists.
// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include "engine/scenario/expression.hpp"
#include "engine/scenario/scenario.hpp"

using namespace orrery;
using scenario::Selector;
using scenario::Term;

namespace {

/// The value of the first key of a TOML text.
scenario::Node value_of(const std::string& toml) {
  auto tree = scenario::parse_toml(std::make_shared<const base::Source>(base::Source{"test", toml}));
  REQUIRE(tree);
  return tree->table().front().node;
}

Term term_of(const std::string& toml) {
  auto term = scenario::parse_term(value_of(toml));
  REQUIRE(term);
  return *std::move(term);
}

base::ErrorCode error_of(const std::string& toml) {
  const auto term = scenario::parse_term(value_of(toml));
  REQUIRE_FALSE(term);
  return term.error().code;
}

std::string covered(const base::Span& span) {
  return span.source->text.substr(span.column - 1, span.end_column - span.column);
}

}  // namespace

TEST_SUITE("engine/scenario/reference") {
  TEST_CASE("a wire has a step and an output with their places") {
    const Term term = term_of("x = \"@orbit.velocity\"");
    CHECK(term.kind == Term::Kind::reference);
    CHECK(term.reference.step == "orbit");
    CHECK(term.reference.output == "velocity");
    CHECK(covered(term.reference.step_span) == "orbit");
    CHECK(covered(term.reference.output_span) == "velocity");
    CHECK(covered(term.reference.span) == "\"@orbit.velocity\"");
  }

  TEST_CASE("selections are columns and indices and ranges") {
    const auto reference = term_of("x = \"@a.b.mass[0:5, -1][::2][1:]\"").reference;
    REQUIRE(reference.selections.size() == 4);
    CHECK(reference.selections[0][0].kind == Selector::Kind::column);
    CHECK(reference.selections[0][0].column == "mass");
    REQUIRE(reference.selections[1].size() == 2);
    CHECK(reference.selections[1][0].kind == Selector::Kind::range);
    CHECK(reference.selections[1][0].begin == 0);
    CHECK(reference.selections[1][0].end == 5);
    CHECK_FALSE(reference.selections[1][0].step);
    CHECK(reference.selections[1][1].kind == Selector::Kind::index);
    CHECK(reference.selections[1][1].begin == -1);
    CHECK(covered(reference.selections[1][1].span) == "-1");
    CHECK(reference.selections[2][0].step == 2);
    CHECK_FALSE(reference.selections[2][0].begin);
    CHECK(reference.selections[3][0].begin == 1);
    CHECK_FALSE(reference.selections[3][0].end);
  }

  TEST_CASE("markers decide what a text is") {
    CHECK(term_of("x = \"7000 km\"").kind == Term::Kind::text);
    CHECK(term_of("x = \"= 1 + 2\"").kind == Term::Kind::expression);
    CHECK(term_of("x = 3").kind == Term::Kind::literal);
    CHECK(term_of("x = true").kind == Term::Kind::literal);
    CHECK(term_of("x = 2000-01-01").kind == Term::Kind::literal);
    const Term at = term_of("x = \"@@home\"");
    CHECK(at.kind == Term::Kind::text);
    CHECK(at.escaped);
    CHECK(at.node.text() == "@home");
    CHECK(covered(scenario::inside(at.node, 0, 5)) == "@home");
    CHECK(term_of("x = \"==\"").node.text() == "=");
    const Term forced = term_of("x = { text = \"5 m\" }");
    CHECK(forced.escaped);
    CHECK(forced.node.text() == "5 m");
    CHECK_FALSE(term_of("x = \"5 m\"").escaped);
  }

  TEST_CASE("a file may name a column and a unit") {
    const Term plain = term_of("x = \"file:data/bodies.csv\"");
    CHECK(plain.node.text() == "file:data/bodies.csv");
    CHECK(plain.kind == Term::Kind::file);
    CHECK(plain.file == "data/bodies.csv");
    const Term column = term_of("x = \"file:data/bodies.csv#semi major [km/s]\"");
    CHECK(column.file == "data/bodies.csv");
    CHECK(column.file_column == "semi major");
    CHECK(column.file_unit == "km/s");
    CHECK(error_of("x = \"file:a#b [kmm]\"") == base::ErrorCode::unknown_unit);
    CHECK(error_of("x = \"file:#b\"") == base::ErrorCode::bad_reference);
  }

  TEST_CASE("lists are read element by element with all their errors") {
    const Term list = term_of("x = [1, \"@a.b\", [\"= 1\", \"text\"]]");
    REQUIRE(list.list.size() == 3);
    CHECK(list.list[1].kind == Term::Kind::reference);
    CHECK(list.list[2].list[0].kind == Term::Kind::expression);
    const auto wrong = scenario::parse_term(value_of("x = [\"@\", \"= (\", [\"@x\"]]"));
    REQUIRE_FALSE(wrong);
    CHECK(wrong.errors().size() == 3);
    CHECK(error_of("x = [{ a = 1 }]") == base::ErrorCode::wrong_type);
  }

  TEST_CASE("all wires and names of a term can be collected") {
    const Term term = term_of("x = [\"@a.b\", \"= c * @d.e[0] + sin(f + pi)\"]");
    std::vector<const scenario::Reference*> references;
    scenario::collect_references(term, references);
    REQUIRE(references.size() == 2);
    CHECK(references[0]->step == "a");
    CHECK(references[1]->step == "d");
    std::vector<const scenario::Expression*> names;
    scenario::collect_names(term, names);
    REQUIRE(names.size() == 2);
    CHECK(names[0]->text == "c");
    CHECK(covered(names[1]->span) == "f");
  }
}

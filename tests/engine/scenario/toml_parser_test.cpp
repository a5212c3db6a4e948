// Trees from TOML: order, places, limits.
// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include "engine/scenario/scenario.hpp"

using namespace orrery;
using scenario::Node;

namespace {

base::Result<Node> parse(const std::string& text) {
  return scenario::parse_toml(std::make_shared<const base::Source>(base::Source{"test.toml", text}));
}

std::string line_of(const std::string& text, std::uint32_t number) {
  std::size_t begin = 0;
  for (std::uint32_t line = 1; line < number; ++line) begin = text.find('\n', begin) + 1;
  return text.substr(begin, text.find('\n', begin) - begin);
}

std::string covered(const base::Span& span) {
  return line_of(span.source->text, span.line).substr(span.column - 1, span.end_column - span.column);
}

std::string keys_of(const Node& node) {
  std::string keys;
  for (const auto& member : node.table()) keys += member.key + " ";
  return keys;
}

}  // namespace

TEST_SUITE("engine/scenario/toml_parser") {
  TEST_CASE("members keep the order of the file") {
    const auto tree = parse("z = 1\n[m]\ny.b = 1\nc = 2\ny.a = 3\n[a]\n[m.x]\n[b.c]\n");
    REQUIRE(tree);
    CHECK(keys_of(*tree) == "z m a b ");
    CHECK(keys_of(*tree->find("m")) == "y c x ");
    CHECK(keys_of(*tree->find("m")->find("y")) == "b a ");
  }

  TEST_CASE("keys and values know their exact place") {
    const auto tree = parse("a = 1\n[step . \"orbit\"]\nuse = \"x.y\"  # c\nlist = [1, [2, 3.5],\n  \"z\"]\n");
    REQUIRE(tree);
    const auto& orbit = tree->find("step")->table().front();
    CHECK(covered(orbit.key_span) == "\"orbit\"");
    CHECK(covered(orbit.node.span) == "[step . \"orbit\"]");
    CHECK(covered(orbit.node.table()[0].key_span) == "use");
    CHECK(covered(orbit.node.table()[0].node.span) == "\"x.y\"");
    const Node& list = *orbit.node.find("list");
    CHECK(covered(list.span) == "[1, [2, 3.5],");
    CHECK(covered(list.array()[1].array()[1].span) == "3.5");
    CHECK(covered(list.array()[2].span) == "\"z\"");
    CHECK(list.array()[2].span.line == 5);
    CHECK(list.array()[1].array()[1].spelling() == "3.5");
  }

  TEST_CASE("columns count bytes also after characters of several bytes") {
    const auto tree = parse("\"\xC3\xA9\" = [\"\xE2\x82\xAC\", \"@a.b\"]\nx = 1\n");
    REQUIRE(tree);
    const Node& list = tree->table()[0].node;
    CHECK(covered(tree->table()[0].key_span) == "\"\xC3\xA9\"");
    CHECK(covered(list.array()[0].span) == "\"\xE2\x82\xAC\"");
    CHECK(covered(list.array()[1].span) == "\"@a.b\"");
    CHECK(covered(scenario::inside(list.array()[1], 1, 2)) == "a");
  }

  TEST_CASE("the inside of a text is known unless escapes make it unclear") {
    const auto tree = parse("a = \"abc\"\nb = 'abc'\nc = \"\"\"abc\"\"\"\nd = \"a\\u0062c\"\ne = \"\"\"\nabc\"\"\"\n");
    REQUIRE(tree);
    for (const char* key : {"a", "b", "c"}) CHECK(covered(scenario::inside(*tree->find(key), 1, 2)) == "b");
    CHECK(covered(scenario::inside(*tree->find("d"), 1, 2)) == "\"a\\u0062c\"");
    CHECK(covered(scenario::inside(*tree->find("e"), 1, 2)) == "\"\"\"");
  }

  TEST_CASE("every kind of value is read") {
    const auto tree =
        parse("a = true\nb = -3\nc = 1e3\nd = \"t\"\ne = 2000-01-01T12:00:00Z\nf = inf\ng = {}\nh = []\n");
    REQUIRE(tree);
    CHECK(std::get<bool>(tree->find("a")->value));
    CHECK(std::get<std::int64_t>(tree->find("b")->value) == -3);
    CHECK(std::get<double>(tree->find("c")->value) == 1000.0);
    CHECK(std::get<Node::Date>(tree->find("e")->value).text == "2000-01-01T12:00:00Z");
    CHECK(tree->find("f")->is_number());
    CHECK(tree->find("g")->is_table());
    CHECK(tree->find("h")->kind_name() == "a list");
    CHECK(tree->find("zz") == nullptr);
    CHECK(tree->find("a")->find("x") == nullptr);
  }

  TEST_CASE("a byte order mark and foreign line ends do not move places") {
    const auto tree = parse(
        "\xEF\xBB\xBF"
        "a = 1\r\nb = \"x\"\r\n");
    REQUIRE(tree);
    CHECK(tree->find("a")->spelling() == "1");
    CHECK(tree->find("b")->spelling() == "\"x\"");
  }

  TEST_CASE("nesting of 64 is read and more is refused") {
    const auto nest = [](std::size_t n) { return "x = " + std::string(n, '[') + std::string(n, ']'); };
    CHECK(parse(nest(64)));
    for (const std::size_t depth : {65u, 300u, 10'000u, 1'000'000u}) {
      const auto tree = parse(nest(depth));
      REQUIRE_FALSE(tree);
      CHECK(tree.error().code == base::ErrorCode::too_deep);
    }
    CHECK(parse("x = \"" + std::string(1000, '[') + "\" # " + std::string(1000, '[')));
    std::string dotted = "a";
    for (int i = 0; i < 100'000; ++i) dotted += ".a";
    CHECK(parse(dotted + " = 1").error().code == base::ErrorCode::too_deep);
    CHECK(parse("[" + dotted + "]").error().code == base::ErrorCode::too_deep);
  }

  TEST_CASE("more than 250 000 values are refused") {
    std::string text = "x = [";
    for (int i = 0; i <= 250'000; ++i) text += "1,";
    CHECK(parse(text + "]").error().code == base::ErrorCode::too_large);
  }
}

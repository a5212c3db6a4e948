// The merged tree as text: it reads back as the same tree, and each line says where it came from.
// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <random>

#include "engine/scenario/scenario.hpp"

using namespace orrery;
using scenario::Member;
using scenario::Node;

namespace {

Node parse(const std::string& text) {
  auto tree = scenario::parse_toml(std::make_shared<const base::Source>(base::Source{"a.toml", text}));
  REQUIRE(tree);
  return *std::move(tree);
}

bool same(const Node& a, const Node& b);

bool same_tables(const Node::Table& a, const Node& b) {
  return b.table().size() == a.size() && std::all_of(a.begin(), a.end(), [&](const Member& member) {
           const Node* other = b.find(member.key);
           return other && same(member.node, *other);
         });
}

/// Equal but for the order of keys.
bool same(const Node& a, const Node& b) {
  if (a.value.index() != b.value.index()) return false;
  if (a.is_table()) return same_tables(a.table(), b);
  if (a.is_array()) return std::equal(a.array().begin(), a.array().end(), b.array().begin(), b.array().end(), same);
  if (const auto* real = std::get_if<double>(&a.value)) {
    const double other = std::get<double>(b.value);
    return *real == other ? std::signbit(*real) == std::signbit(other) : std::isnan(*real) && std::isnan(other);
  }
  if (const auto* date = std::get_if<Node::Date>(&a.value)) return date->text == std::get<Node::Date>(b.value).text;
  if (const auto* text = std::get_if<std::string>(&a.value)) return *text == b.text();
  if (const auto* truth = std::get_if<bool>(&a.value)) return *truth == std::get<bool>(b.value);
  return std::get<std::int64_t>(a.value) == std::get<std::int64_t>(b.value);
}

class Generator {
 public:
  explicit Generator(unsigned seed) : random_(seed) {}

  Node table(int depth) {
    Node node{Node::Table{}, {}, {}};
    for (std::size_t i = pick(5); i > 0; --i) {
      const std::string key = text();
      if (!node.find(key)) node.table().push_back({key, {}, value(depth)});
    }
    return node;
  }

 private:
  std::size_t pick(std::size_t n) { return random_() % n; }

  std::string text() {
    static const std::vector<std::string> parts{"a",    "B-_", "0", " ", "\"", "\\",       "\n",           "\t", "\x01",
                                                "\x7f", "\r",  ".", "#", "'",  "\xC3\xA9", "\xE2\x82\xAC", "=",  "]"};
    std::string text;
    for (std::size_t i = pick(4); i > 0; --i) text += parts[pick(parts.size())];
    return text;
  }

  double real() {
    static const double values[] = {0.0, -0.0,     1.0,       1e5, 1e22,   1e-300,
                                    0.1, INFINITY, -INFINITY, NAN, 5e-324, 123456789.125};
    return values[pick(std::size(values))];
  }

  Node array(int depth) {
    Node node{Node::Array{}, {}, {}};
    const bool tables = pick(2) == 0;
    for (std::size_t i = pick(4); i > 0; --i) node.array().push_back(tables ? table(depth + 1) : value(depth + 1));
    return node;
  }

  Node value(int depth) {
    switch (pick(depth > 4 ? 5 : 8)) {
      case 0:
        return {static_cast<std::int64_t>(random_()) - (1ll << 31), {}, {}};
      case 1:
        return {real(), {}, {}};
      case 2:
        return {text(), {}, {}};
      case 3:
        return {pick(2) == 0, {}, {}};
      case 4:
        return {Node::Date{"1979-05-27T07:32:00.25+01:00"}, {}, {}};
      case 5:
        return array(depth);
      default:
        return table(depth + 1);
    }
  }

  std::mt19937 random_;
};

}  // namespace

TEST_SUITE("engine/scenario/to_toml") {
  TEST_CASE("any tree reads back as the same tree") {
    for (unsigned seed = 0; seed < 500; ++seed) {
      const Node tree = Generator(seed).table(0);
      const std::string text = scenario::to_toml(tree);
      CAPTURE(text);
      CHECK(same(tree, parse(text)));
    }
  }

  TEST_CASE("every value says where it came from") {
    const Node tree = parse("b = 1\n\n[t]\nc = [1,\n 2]\n[t.u]\nd = \"x # y\"\n");
    CHECK(scenario::to_toml(tree) ==
          "b = 1  # from a.toml:1\n\n[t]\nc = [1, 2]  # from a.toml:4\n\n[t.u]\nd = \"x # y\"  # from a.toml:7\n");
  }

  TEST_CASE("a merged scenario runs again as the same scenario") {
    const std::string text =
        "orrery = 1\n[let]\na = \"7 km\"\n[step.s]\nuse = \"x.y\"\nz = \"=a\"\n[override]\nlet.a = \"8 km\"\n";
    const auto first = scenario::parse(text, "a.toml", ".", {{{"step.s.z", "= a*2"}}, {}});
    REQUIRE(first);
    const auto second = scenario::parse(scenario::to_toml(first->merged), "b.toml", ".");
    REQUIRE(second);
    CHECK(same(first->merged, second->merged));
    CHECK(second->steps[0].inputs[0].value.kind == scenario::Term::Kind::expression);
  }

  TEST_CASE("the name of a source cannot break out of its comment") {
    auto tree = scenario::parse_toml(std::make_shared<const base::Source>(base::Source{"a\nb = 2", "x = 1\n"}));
    REQUIRE(tree);
    CHECK(scenario::to_toml(*tree) == "x = 1  # from a\\x0ab = 2:1\n");
  }
}

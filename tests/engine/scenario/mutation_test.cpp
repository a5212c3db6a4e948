// Damaged and random texts: reading them never crashes, and every error points into the text.
// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <algorithm>
#include <random>

#include "engine/report/diagnostic.hpp"
#include "engine/scenario/scenario.hpp"

using namespace orrery;

namespace {

const std::string sound = R"toml(orrery = 1
[scenario]
name = "hodograph"
seed = 42
[let]
ecc = 0.5
a = "10000 km"
mu = "398600.4418 km^3/s^2"
list = [1, 2.5, "3 km", "@orbit.x[0]"]
[step.orbit]
use = "orbital.propagate"
span = "= 2*pi*sqrt(a^3/mu) + if(ecc < 0.5, 3 km/s, -2^2)"
points = { text = "5 m" }
file = "file:a.csv#b [km]"
[step.curve]
use = "curve.curvature"
points = "@orbit.velocity[0:5,:][:,0].x"
after = ["orbit"]
[expect.radius]
that = "@curve.radius_mean"
equals = "= mu / sqrt(mu*a*(1-ecc^2))"
rtol = 1e-10
[save]
values = ["@orbit.state"]
[override]
let.ecc = 0.7
[profile.q.override]
step.orbit.samples = 3
)toml";

std::uint32_t line_length(const std::string& text, std::uint32_t number) {
  std::size_t begin = 0;
  for (std::uint32_t line = 1; line < number; ++line) {
    const std::size_t end = text.find('\n', begin);
    if (end == text.npos) return UINT32_MAX;
    begin = end + 1;
  }
  return static_cast<std::uint32_t>(std::min(text.find('\n', begin), text.size()) - begin);
}

bool lies_inside(const base::Span& span) {
  if (!span) return false;
  const std::uint32_t length = line_length(span.source->text, span.line);
  if (length == UINT32_MAX || span.line < 1) return false;
  return span.column >= 1 && span.column <= span.end_column && span.end_column <= length + 2;
}

void check(const std::string& text) {
  const auto result = scenario::parse(text, "x.toml", ".", {{{"let.ecc", "1"}, {"q", text.substr(0, 9)}}, "q"});
  if (result) {
    (void)scenario::to_toml(result->merged);
    return;
  }
  for (const base::Error& error : result.errors()) {
    CHECK(!error.message.empty());
    for (const base::Label& label : error.labels) CHECK(lies_inside(label.span));
    for (const base::Suggestion& suggestion : error.suggestions) CHECK(lies_inside(suggestion.span));
  }
  CHECK(!report::render(result.errors(), true).empty());
}

class Mutator {
 public:
  std::string damaged() {
    std::string text = sound;
    for (std::size_t edits = 1 + pick(4); edits > 0; --edits) edit(text);
    return text;
  }

  std::string noise() {
    std::string text(pick(200), '\0');
    for (char& c : text) c = static_cast<char>(pick(256));
    return text;
  }

 private:
  std::size_t pick(std::size_t n) { return random_() % n; }

  void edit(std::string& text) {
    static const std::string signs = "[]{}()=@.,:'\"\\#\n\r\t +-*/^<>!0e9_a\x01\x80\xC3\xA9\xFF";
    const std::size_t at = pick(text.size());
    switch (pick(4)) {
      case 0:
        text[at] = signs[pick(signs.size())];
        break;
      case 1:
        text.insert(at, pick(4) + 1, signs[pick(signs.size())]);
        break;
      case 2:
        text.erase(at, pick(12) + 1);
        break;
      default:
        text.insert(at, sound.substr(pick(sound.size()), pick(40)));
    }
    if (text.empty()) text = "x";
  }

  std::mt19937 random_{20261124};
};

}  // namespace

TEST_SUITE("engine/scenario/mutation") {
  TEST_CASE("the text that is damaged is sound") { CHECK(scenario::parse(sound, "x.toml", ".")); }

  TEST_CASE("damaged scenarios are read or refused inside their text") {
    Mutator mutator;
    for (int i = 0; i < 1700; ++i) {
      const std::string text = mutator.damaged();
      CAPTURE(text);
      check(text);
    }
  }

  TEST_CASE("noise is refused inside its text") {
    Mutator mutator;
    for (int i = 0; i < 300; ++i) {
      const std::string text = mutator.noise();
      CAPTURE(text);
      check(text);
    }
  }
}

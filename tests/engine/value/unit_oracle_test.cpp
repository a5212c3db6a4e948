// Compares the table of units with UDUNITS-2, for all symbols that both know.
// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>
#include <udunits2.h>

#include <cmath>
#include <map>
#include <memory>

#include "engine/value/unit_table.hpp"

using namespace orrery::value;

namespace {

struct Free {
  void operator()(ut_system* system) const { ut_free_system(system); }
  void operator()(ut_unit* unit) const { ut_free(unit); }
  void operator()(cv_converter* converter) const { cv_free(converter); }
};
template <class T>
using Owned = std::unique_ptr<T, Free>;

/// Symbols that UDUNITS lacks or reads in another sense, with its own name for the same unit. Its "yr" is the tropical
/// year and its "nmi" a billionth of a mile.
const std::map<std::string_view, std::string> other_names = {
    {"deg", "degree"},     {"mas", "milliarcsecond"}, {"uas", "microarcsecond"},
    {"rev", "revolution"}, {"yr", "Julian_year"},     {"pc", "parsec"},
    {"ly", "light_year"},  {"nmi", "nautical_mile"},  {"kn", "knot"},
};

/// Where UDUNITS has older or shorter constants than the definitions of today.
double tolerance(std::string_view symbol) {
  if (symbol == "u" || symbol == "eV") return 1e-6;
  if (symbol == "pc" || symbol == "ly") return 1e-6;
  if (symbol == "degF") return 1e-13;  // taken as a difference of temperatures
  return 5e-16;
}

/// The SI unit in the language of UDUNITS, to which an angle is a number.
std::string udunits_text(const Dimension& dimension) {
  constexpr const char* symbols[] = {"m", "kg", "s", "A", "K", "mol", "cd"};
  std::string text = "1";
  for (std::size_t i = 0; i < std::size(symbols); ++i) {
    if (dimension[i] != 0) text += std::string(".") + symbols[i] + std::to_string(dimension[i] / sixths);
  }
  return text;
}

}  // namespace

TEST_SUITE("engine/value/unit_oracle") {
  TEST_CASE("factors and offsets agree with those of UDUNITS") {
    ut_set_error_message_handler(ut_ignore);
    const Owned<ut_system> system(ut_read_xml(nullptr));
    REQUIRE(system);
    int compared = 0;
    std::string unknown;
    for (const std::string& symbol : unit_symbols()) {
      CAPTURE(symbol);
      const auto found = find_unit(symbol);
      REQUIRE(found);
      const std::string_view base = found->unit->symbol;
      const auto other = other_names.find(base);
      const std::string prefix = symbol.substr(0, symbol.size() - base.size());
      const std::string name = other == other_names.end() ? symbol : (prefix + other->second);
      const Owned<ut_unit> theirs(ut_parse(system.get(), name.c_str(), UT_UTF8));
      if (!theirs) {
        if (prefix.empty()) unknown += " " + symbol;
        continue;
      }
      const Unit ours = *parse_unit(symbol);
      const Owned<ut_unit> si(ut_parse(system.get(), udunits_text(ours.dimension()).c_str(), UT_UTF8));
      REQUIRE(si);
      REQUIRE(ut_are_convertible(theirs.get(), si.get()) != 0);
      const Owned<cv_converter> to_si(ut_get_converter(theirs.get(), si.get()));
      const double offset = cv_convert_double(to_si.get(), 0.0);
      const double factor = cv_convert_double(to_si.get(), 1.0) - offset;
      CHECK(std::abs(factor - ours.factor()) <= tolerance(base) * ours.factor());
      CHECK(std::abs(offset - ours.offset()) <= 1e-12);
      ++compared;
    }
    CHECK(unknown == " Da Jy");
    CHECK(compared > 250);
  }
}

// Tests of reading units and of the table behind them.
// SPDX-License-Identifier: Apache-2.0
#include "engine/value/unit.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <numbers>
#include <random>
#include <set>

#include "engine/value/unit_table.hpp"

using namespace orrery;
using namespace orrery::value;

namespace {

Unit unit(std::string_view text) {
  auto parsed = parse_unit(text);
  REQUIRE_MESSAGE(parsed, text);
  return *parsed;
}

Dimension dimension(std::initializer_list<int> whole) {
  Dimension d{};
  std::size_t i = 0;
  for (const int exponent : whole) d[i++] = static_cast<std::int16_t>(exponent * sixths);
  return d;
}

std::string error_of(std::string_view text) {
  const auto parsed = parse_unit(text);
  REQUIRE_FALSE(parsed);
  const base::Error& error = parsed.error();
  return std::string(base::name_of(error.code)) + ": " + error.message +
         (error.helps.empty() ? "" : " | " + error.helps[0]);
}

}  // namespace

TEST_SUITE("engine/value/unit") {
  TEST_CASE("products and powers are read in every spelling that the format allows") {
    const Dimension mu = dimension({3, 0, -2});
    for (const char* text : {"km^3/s^2", "km^3 s^-2", "km^3*s^-2", "km^3 / s^2", "km³/s²", "km^3·s^-2", " km^3/s^2 ",
                             "km^(3)/s^(2)", "km^+3/s^2", "km km^2/s/s", "1/s^2 km^3", "km^3.0/s^2"}) {
      CAPTURE(text);
      CHECK(unit(text).dimension() == mu);
      CHECK(unit(text).factor() == 1e9);
    }
  }

  TEST_CASE("a slash divides by the next symbol only") {
    CHECK(unit("kg/m/s").dimension() == dimension({-1, 1, -1}));
    CHECK(unit("kg/m s").dimension() == dimension({-1, 1, 1}));
  }

  TEST_CASE("roots are exact in sixths") {
    CHECK(unit("m^(1/2)").dimension()[0] == 3);
    CHECK(unit("m^0.5").dimension()[0] == 3);
    CHECK(unit("km^1.5").dimension()[0] == 9);
    CHECK(unit("m^(-2/3)").dimension()[0] == -4);
    CHECK(unit("m^(2/12)").dimension()[0] == 1);
    CHECK(unit("km^(2/3)").factor() == 100.0);
    CHECK_FALSE(parse_unit("m^(1/4)"));
    CHECK_FALSE(parse_unit("m^0.25"));
  }

  TEST_CASE("a unit keeps the text that was written") {
    CHECK(unit(" kg*m/s^2 ").symbol() == "kg*m/s^2");
    CHECK(unit("1").symbol() == "1");
    CHECK(Unit().symbol() == "1");
  }

  TEST_CASE("factors are what the definitions say") {
    CHECK(unit("km").factor() == 1000.0);
    CHECK(unit("mm").factor() == 1e-3);
    CHECK(unit("um").factor() == 1e-6);
    CHECK(unit("µm").factor() == 1e-6);  // micro sign
    CHECK(unit("μm").factor() == 1e-6);  // Greek letter
    CHECK(unit("dam").factor() == 10.0);
    CHECK(unit("g").factor() == 1e-3);
    CHECK(unit("kg").factor() == 1.0);
    CHECK(unit("Mg").same_scale(unit("t")));
    CHECK(unit("d").factor() == 86400.0);
    CHECK(unit("yr").factor() == 365.25 * 86400.0);
    CHECK(unit("au").factor() == 149597870700.0);
    CHECK(unit("ly").factor() == 299792458.0 * 365.25 * 86400.0);
    CHECK(unit("pc").factor() == 3.0856775814913673e16);
    CHECK(unit("nmi/h").factor() == unit("kn").factor());
    CHECK(unit("eV").factor() == 1.602176634e-19);
    CHECK(unit("u").factor() == 1.66053906892e-27);
    CHECK(unit("atm").factor() == 101325.0);
    CHECK(unit("km/h").factor() == 1000.0 / 3600.0);
    CHECK(unit("deg/arcsec").factor() == 3600.0);
    CHECK(unit("min/h").factor() == 1.0 / 60.0);
    CHECK(unit("qm").factor() == 1e-30);
    CHECK(unit("Qm").factor() == 1e30);
  }

  TEST_CASE("angles are correctly rounded") {
    CHECK(unit("deg").factor() == 0.01745329251994329576923690768489);
    CHECK(unit("arcmin").factor() == 2.908882086657215961539484614147e-4);
    CHECK(unit("turn").factor() == 2 * std::numbers::pi);
    // These carry one rounding of pi and one of the quotient.
    const auto near = [](double x, double y) { return std::abs(x - y) <= y * 0x1p-52; };
    CHECK(near(unit("arcsec").factor(), 4.848136811095359935899141023579e-6));
    CHECK(near(unit("mas").factor(), 4.848136811095359935899141023579e-9));
    CHECK(near(unit("uas").factor(), 4.848136811095359935899141023579e-12));
    CHECK(near(unit("rpm").factor(), 0.10471975511965977461542144610932));
  }

  TEST_CASE("an angle is not a number and a solid angle is its square") {
    CHECK_FALSE(unit("rad").is_number());
    CHECK_FALSE(unit("rad/s").same_dimension(unit("Hz")));
    CHECK(unit("sr").dimension() == unit("rad^2").dimension());
    CHECK(unit("lm").dimension() == unit("cd sr").dimension());
    CHECK(unit("%").is_number());
  }

  TEST_CASE("derived units agree with their definitions in base units") {
    const std::pair<const char*, const char*> definitions[] = {
        {"N", "kg m/s^2"},     {"J", "N m"},          {"W", "J/s"},        {"Pa", "N/m^2"},  {"C", "A s"},
        {"V", "W/A"},          {"ohm", "V/A"},        {"Ω", "V/A"},        {"S", "1/ohm"},   {"F", "C/V"},
        {"Wb", "V s"},         {"T", "Wb/m^2"},       {"H", "Wb/A"},       {"Hz", "1/s"},    {"Bq", "1/s"},
        {"Gy", "J/kg"},        {"Sv", "J/kg"},        {"kat", "mol/s"},    {"lx", "lm/m^2"}, {"L", "dm^3"},
        {"bar", "hPa kPa/Pa"}, {"erg", "g cm^2/s^2"}, {"psi", "lbf/in^2"},
    };
    for (const auto& [symbol, definition] : definitions) {
      CAPTURE(symbol);
      CHECK(unit(symbol).same_scale(unit(definition)));
    }
  }

  TEST_CASE("an offset counts only where a temperature stands alone") {
    CHECK(unit("degC").offset() == 273.15);
    CHECK(unit("degF").factor() == 5.0 / 9.0);
    CHECK(unit("J/degC").offset() == 0.0);
    CHECK(unit("degC^2").offset() == 0.0);
    CHECK(unit("1/degC").offset() == 0.0);
  }

  TEST_CASE("every symbol with every prefix has one reading") {
    // A symbol of the table wins over a prefix with a symbol; these are all the places where that decides.
    std::set<std::string> decided;
    std::set<std::string> exact;
    for (const KnownUnit& known : known_units())
      CHECK_MESSAGE(exact.insert(std::string(known.symbol)).second, known.symbol);
    std::set<std::string> composed;
    for (const KnownUnit& known : known_units()) {
      for (const Prefix& prefix : known_prefixes()) {
        if (!takes(known.prefixes, prefix)) continue;
        const std::string symbol = std::string(prefix.symbol) + std::string(known.symbol);
        CAPTURE(symbol);
        if (exact.contains(symbol)) {
          decided.insert(symbol);
        } else {
          CHECK(composed.insert(symbol).second);
          const auto found = find_unit(symbol);
          REQUIRE(found);
          CHECK(found->unit == &known);
          CHECK(found->prefix_ten == prefix.ten);
        }
      }
    }
    CHECK(decided == std::set<std::string>{"kg"});
  }

  TEST_CASE("symbols that a careless reader would take apart are whole") {
    CHECK(unit("min").factor() == 60.0);
    CHECK(unit("cd").dimension() == dimension({0, 0, 0, 0, 0, 0, 1}));
    CHECK(unit("Pa").dimension() == unit("N/m^2").dimension());
    CHECK(unit("ft").factor() == 0.3048);
    CHECK(unit("mi").factor() == 1609.344);
    CHECK(unit("nmi").factor() == 1852.0);
    CHECK(unit("as").dimension() == unit("s").dimension());
    CHECK(unit("mas").dimension() == unit("rad").dimension());
    CHECK(unit("mol").dimension() == dimension({0, 0, 0, 0, 0, 1}));
    CHECK_FALSE(parse_unit("a"));
    CHECK_FALSE(parse_unit("kt"));
    CHECK_FALSE(parse_unit("kmin"));
    CHECK_FALSE(parse_unit("kkm"));
    CHECK_FALSE(parse_unit("k"));
  }

  TEST_CASE("an unknown symbol is named together with what was meant") {
    CHECK(error_of("kmm/s") == "unknown_unit: unknown unit 'kmm' in 'kmm/s' | did you mean 'km'?");
    CHECK(error_of("Km") == "unknown_unit: unknown unit 'Km' | did you mean 'km'?");
    CHECK(error_of("hours") == "unknown_unit: unknown unit 'hours' | did you mean 'h'?");
    CHECK(error_of("a") == "unknown_unit: unknown unit 'a' | did you mean 'yr'?");
    CHECK(error_of("m2") == "unknown_unit: unknown unit 'm2' | did you mean 'm^2'?");
    CHECK(error_of("s-1") == "unknown_unit: unknown unit 's-1' | did you mean 's^-1'?");
    CHECK(error_of("kt") == "unknown_unit: unknown unit 'kt' | did you mean 'kn'?");
    CHECK(error_of("furlong") == "unknown_unit: unknown unit 'furlong'");
  }

  TEST_CASE("faulty texts say what is wrong") {
    CHECK(error_of("") == "bad_quantity: a unit cannot be empty");
    CHECK(error_of("m**2") ==
          "bad_quantity: 'm**2' is not a unit: two signs follow each other | a power is written with ^: \"m^2\"");
    CHECK(error_of("/s") == "bad_quantity: '/s' is not a unit: it must begin with a symbol | a reciprocal is \"1/s\"");
    CHECK(error_of("m/") == "bad_quantity: 'm/' is not a unit: it ends where a symbol should follow");
    CHECK(error_of("km//s") == "bad_quantity: 'km//s' is not a unit: a symbol is missing");
    CHECK(error_of("kg/(m s)") ==
          "bad_quantity: 'kg/(m s)' is not a unit: brackets are only for powers | '/' divides by the next symbol only: "
          "\"kg/m/s\" is kg/(m s)");
    CHECK(error_of("m^x") ==
          "bad_quantity: 'm^x' is not a unit: a power is a whole number or a fraction such as ^2, ^-1 or ^(1/3)");
    CHECK(error_of("m^2^3") ==
          "bad_quantity: 'm^2^3' is not a unit: '^3' cannot stand there | symbols are separated by a space, * or /");
  }

  TEST_CASE("limits hold for powers and lengths and factors") {
    CHECK(parse_unit("m^60"));
    CHECK(parse_unit("m^-60"));
    CHECK_FALSE(parse_unit("m^61"));
    CHECK_FALSE(parse_unit("m^99999999999999999999"));
    CHECK_FALSE(parse_unit("m^(1/0)"));
    CHECK_FALSE(parse_unit("m^40 m^40"));
    CHECK_FALSE(parse_unit("Qm^20"));
    CHECK_FALSE(parse_unit("qm^20"));
    CHECK_FALSE(parse_unit("F^60"));
    CHECK_FALSE(parse_unit(std::string(201, 'm')));
    CHECK_FALSE(parse_unit(std::string(1 << 20, ' ')));
    std::string many = "m";
    for (int i = 0; i < 49; ++i) many += i % 2 == 0 ? "/m" : " m";
    CHECK(unit(many).is_number());
  }

  TEST_CASE("terminal escapes in a unit do not come out of its error") {
    CHECK(error_of("\x1b[31mm").find('\x1b') == std::string::npos);
  }

  TEST_CASE("hostile texts are refused or read but nothing else") {
    std::mt19937 random(1);
    const std::string alphabet = "mkgs^*/()-+.12 5\xC2\xB2\xB7%dra\n\x01";
    for (int round = 0; round < 20000; ++round) {
      std::string text(random() % 24, ' ');
      for (char& c : text) c = alphabet[random() % alphabet.size()];
      if (const auto parsed = parse_unit(text)) {
        CHECK(std::isnormal(parsed->factor()));
        // What was read once is read again to the same unit.
        CHECK(unit(parsed->symbol()).same_scale(*parsed));
      } else {
        CHECK_FALSE(parsed.error().message.empty());
      }
    }
  }

  TEST_CASE("dimensions have the names of the fields") {
    const std::pair<const char*, const char*> names[] = {
        {"1", "number"},
        {"km", "length"},
        {"ft^2", "area"},
        {"L", "volume"},
        {"kg", "mass"},
        {"h", "time"},
        {"km/s", "velocity"},
        {"m/s^2", "acceleration"},
        {"deg", "angle"},
        {"rpm", "angular velocity"},
        {"km^3/s^2", "gravitational parameter"},
        {"N", "force"},
        {"eV", "energy"},
        {"W", "power"},
        {"bar", "pressure"},
        {"Hz", "frequency"},
        {"1/m", "inverse length"},
        {"m^2/s", "specific angular momentum"},
        {"m^2/s^2", "specific energy"},
        {"K", "temperature"},
        {"mol", "amount of substance"},
        {"kg m^3/s", "kg m^3/s"},
        {"rad s", "s rad"},
        {"m^(3/2)", "m^(3/2)"},
        {"1/K", "1/K"},
    };
    for (const auto& [symbol, name] : names) CHECK(dimension_name(unit(symbol).dimension()) == name);
  }

  TEST_CASE("the SI unit of a dimension reads back as itself") {
    for (const KnownUnit& known : known_units()) {
      const Unit si = si_unit(known.dimension);
      CAPTURE(si.symbol());
      CHECK(si.factor() == 1.0);
      CHECK(unit(si.symbol()).same_scale(si));
    }
    CHECK(si_unit(unit("km/s").dimension()).symbol() == "m/s");
    CHECK(si_unit(unit("J").dimension()).symbol() == "kg m^2/s^2");
    CHECK(si_unit({}).symbol() == "1");
  }

  TEST_CASE("all listed symbols can be parsed and none is listed twice") {
    std::set<std::string> seen;
    for (const std::string& symbol : unit_symbols()) {
      CHECK_MESSAGE(parse_unit(symbol), symbol);
      CHECK_MESSAGE(seen.insert(symbol).second, symbol);
    }
    for (const char* common : {"km", "mm", "us", "kpc", "keV", "mrad", "kPa"}) CHECK(seen.contains(common));
  }
}

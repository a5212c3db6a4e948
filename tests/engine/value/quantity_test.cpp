// Tests of quantities: numbers with units in one text.
// SPDX-License-Identifier: Apache-2.0
#include "engine/value/quantity.hpp"

#include <doctest/doctest.h>

#include <charconv>
#include <cmath>
#include <random>
#include <string>

using namespace orrery;
using namespace orrery::value;

namespace {

double as(std::string_view text, std::string_view unit) {
  const auto value = parse_quantity_as(text, *parse_unit(unit));
  REQUIRE_MESSAGE(value, text);
  return *value;
}

base::Error error_of(std::string_view text, std::string_view unit) {
  const auto value = parse_quantity_as(text, *parse_unit(unit));
  REQUIRE_FALSE_MESSAGE(value, text);
  return value.error();
}

double number_of(std::string_view text) {
  const auto quantity = parse_quantity(text);
  REQUIRE_MESSAGE(quantity, text);
  return quantity->number;
}

/// The double nearest to digits * 10^exponent, by the standard library.
double nearest(const std::string& digits, int exponent) {
  const std::string text = digits + "e" + std::to_string(exponent);
  double value = 0.0;
  REQUIRE(std::from_chars(text.data(), text.data() + text.size(), value).ec == std::errc{});
  return value;
}

}  // namespace

TEST_SUITE("engine/value/quantity") {
  TEST_CASE("numbers are read as TOML writes them") {
    CHECK(number_of("7000 km") == 7000.0);
    CHECK(number_of("-1.5e3 km/s") == -1500.0);
    CHECK(number_of("+0.25") == 0.25);
    CHECK(number_of("1_000.000_1 m") == 1000.0001);
    CHECK(number_of("1E-3 m") == 1e-3);
    CHECK(number_of("6.02e+23") == 6.02e23);
    CHECK(number_of("1e1_0 m") == 1e10);
    CHECK(number_of("inf s") == INFINITY);
    CHECK(number_of("-inf") == -INFINITY);
    CHECK(std::isnan(number_of("nan m")));
    CHECK(std::signbit(number_of("-0 m")));
    CHECK(number_of("5e-324 m") == 5e-324);
    CHECK(number_of("  3 \t m  ") == 3.0);
    CHECK(number_of("50%") == 50.0);
    CHECK(number_of("90°") == 90.0);
  }

  TEST_CASE("a number without a unit is a pure number") {
    CHECK(parse_quantity("0.25")->unit.is_number());
    CHECK(parse_quantity("0.25 1")->unit.is_number());
    CHECK(parse_quantity("7 km/s")->unit.symbol() == "km/s");
  }

  TEST_CASE("the decimal point moves before the one rounding") {
    CHECK(as("0.1 km", "m") == 100.0);
    CHECK(as("0.3 km", "m") == 300.0);  // 0.3 * 1000 is 300 too, but
    CHECK(as("1.1 mm", "m") == 0.0011);
    CHECK(as("398600.4418 km^3/s^2", "m^3/s^2") == 398600441800000.0);
    CHECK(as("1.1 MeV", "eV") == 1.1e6);
    CHECK(as("2.3 Gpc", "pc") == 2.3e9);
    CHECK(as("123 mas", "arcsec") == 0.123);
    CHECK(as("4e-320 km", "m") == 4e-317);
  }

  TEST_CASE("a shifted number is the double nearest to the decimal value") {
    std::mt19937_64 random(4);
    const std::pair<const char*, int> prefixes[] = {{"nm", -9}, {"um", -6}, {"mm", -3}, {"cm", -2},
                                                    {"km", 3},  {"Mm", 6},  {"Gm", 9}};
    int multiplication_differs = 0;
    for (int i = 0; i < 20000; ++i) {
      const std::string digits = std::to_string(random() % 1000000) + "." + std::to_string(random() % 100000000);
      const auto& [symbol, exponent] = prefixes[random() % std::size(prefixes)];
      const double value = as(digits + " " + symbol, "m");
      CHECK(value == nearest(digits, exponent));
      multiplication_differs += value != nearest(digits, 0) * nearest("1", exponent);
    }
    // Otherwise this test would show nothing.
    CHECK(multiplication_differs > 1000);
  }

  TEST_CASE("other factors take one multiplication or one division") {
    CHECK(as("1.5 h", "s") == 5400.0);
    CHECK(as("7 s", "h") == 7.0 / 3600.0);
    CHECK(as("1 au", "m") == 149597870700.0);
    CHECK(as("90 deg", "rad") == 1.5707963267948966);
    CHECK(as("180 deg", "rad") == 3.141592653589793);
    CHECK(as("1 turn", "deg") == 360.0);
    CHECK(as("20 degC", "K") == 293.15);
    CHECK(as("50%", "1") == 0.5);
    CHECK(as("0.25", "%") == 25.0);
    CHECK(as("0.1", "1") == 0.1);
  }

  TEST_CASE("a bare number for a dimensioned value shows the digits that were written") {
    const base::Error error = error_of("398600.4418", "m^3/s^2");
    CHECK(error.code == base::ErrorCode::missing_unit);
    CHECK(error.message == "a bare number is accepted only for values without dimension");
    REQUIRE(error.helps.size() == 1);
    CHECK(error.helps[0] == "write \"398600.4418 m^3/s^2\"");
    CHECK(error_of("0", "m").code == base::ErrorCode::missing_unit);
    CHECK(error_of("0.50000000000000000000001", "rad").helps[0] == "write \"0.50000000000000000000001 rad\"");
  }

  TEST_CASE("another dimension is refused by name") {
    CHECK(error_of("10000 kg", "km").code == base::ErrorCode::wrong_dimension);
    CHECK(error_of("10000 kg", "km").message == "expected a length, but '10000 kg' is a mass");
    CHECK(error_of("5 m", "rad").message == "expected an angle, but '5 m' is a length");
    CHECK(error_of("5 N", "kg m^3/s").message == "expected a value in kg m^3/s, but '5 N' is a force");
    CHECK(error_of("5 km", "1").message == "expected a number, but '5 km' is a length");
    CHECK(error_of("5 1", "km").message == "expected a length, but '5 1' is a number");
    CHECK(error_of("1 rad/s", "Hz").message == "expected a frequency, but '1 rad/s' is an angular velocity");
  }

  TEST_CASE("faulty texts say what is wrong and how to write it") {
    const std::pair<const char*, const char*> faults[] = {
        {"", "a quantity cannot be empty"},
        {"km", "'km' does not begin with a number"},
        {"7000km", "'7000km' has no space between number and unit"},
        {".5 m", "'.5 m' begins with a point"},
        {"5. m", "'5. m' has a point without a digit after it"},
        {"5_ m", "'5_ m' has an underscore that is not between two digits"},
        {"1__0 m", "'1__0 m' has an underscore that is not between two digits"},
        {"0x10 m", "'0x10 m' is not a decimal number"},
        {"1e400 m", "'1e400 m' is beyond the range of a 64-bit number"},
        {"1e-400 m", "'1e-400 m' is beyond the range of a 64-bit number"},
        {"1e99999999999999999999 m", "'1e99999999999999999999 m' is beyond the range of a 64-bit number"},
    };
    for (const auto& [text, message] : faults) {
      const base::Error error = error_of(text, "m");
      CHECK(error.code == base::ErrorCode::bad_quantity);
      CHECK(error.message == message);
    }
    CHECK(error_of("7000km", "m").helps[0] == "write \"7000 km\"");
    CHECK(error_of("-.5 m", "m").helps[0] == "write \"-0.5 m\"");
    CHECK(error_of("1e308 km", "m").code == base::ErrorCode::bad_quantity);
    CHECK(error_of("1e-300 qm", "Qm").code == base::ErrorCode::bad_quantity);
    CHECK(error_of("1 kmm", "m").code == base::ErrorCode::unknown_unit);
    CHECK(error_of("1 m//s", "m").code == base::ErrorCode::bad_quantity);
    CHECK(error_of(std::string(1 << 20, '1'), "1").code == base::ErrorCode::bad_quantity);
  }

  TEST_CASE("a thousand digits are read to the nearest double") {
    std::string digits = "0.";
    while (digits.size() < 990) digits += "3";
    CHECK(number_of(digits + " m") == 1.0 / 3.0);
  }

  TEST_CASE("texts that begin like a number are worth an error") {
    for (const char* text : {"7000 km", "-1", "+5 m", ".5 m", "1e3", "inf s", "nan", " 3 m", "7000km", "-.5"}) {
      CHECK_MESSAGE(looks_like_quantity(text), text);
    }
    for (const char* text : {"", " ", "km", "information", "nano", "-", "+-5", "@orbit.x", "=5", ".", "e3", "_1"}) {
      CHECK_FALSE_MESSAGE(looks_like_quantity(text), text);
    }
  }

  TEST_CASE("hostile texts are refused or read but nothing else") {
    std::mt19937 random(5);
    const std::string alphabet = "0123456789.eE+-_ kms^/infa%\xC2\xB0\n";
    for (int round = 0; round < 30000; ++round) {
      std::string text(random() % 20, ' ');
      for (char& c : text) c = alphabet[random() % alphabet.size()];
      const auto quantity = parse_quantity(text);
      if (quantity) {
        CHECK(looks_like_quantity(text));
        const auto again = parse_quantity_as(text, quantity->unit);
        // A bare number has no unit to be converted from, and needs none.
        REQUIRE(again);
        CHECK((*again == quantity->number || std::isnan(*again)));
      } else {
        CHECK_FALSE(quantity.error().message.empty());
      }
    }
  }
}

// Tests of products and powers of units, and of conversions between them.
// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <cmath>
#include <limits>
#include <random>

#include "engine/value/unit.hpp"

using namespace orrery;
using namespace orrery::value;

namespace {

Unit unit(std::string_view text) {
  auto parsed = parse_unit(text);
  REQUIRE_MESSAGE(parsed, text);
  return *parsed;
}

double convert(double x, std::string_view from, std::string_view to) { return Conversion(unit(from), unit(to))(x); }

}  // namespace

TEST_SUITE("engine/value/unit_algebra") {
  TEST_CASE("products merge equal symbols") {
    CHECK((unit("km") * unit("1/s")).symbol() == "km/s");
    CHECK((unit("km^3/s^2") * unit("s")).symbol() == "km^3/s");
    CHECK((unit("km^3/s^2") / unit("km")).symbol() == "km^2/s^2");
    CHECK((unit("km/s") / unit("km/s")).symbol() == "1");
    CHECK((unit("s") / unit("km^3/s^2")).symbol() == "s^3/km^3");
    CHECK((Unit() / unit("s")).symbol() == "1/s");
    CHECK((unit("km") * unit("m")).symbol() == "km m");
    CHECK((unit("N") * unit("m")).symbol() == "N m");
    CHECK((unit("m²") * unit("kg·m")).symbol() == "m^3 kg");
  }

  TEST_CASE("powers and roots have readable symbols") {
    CHECK(pow(unit("km^3/s^2"), 3).symbol() == "km^(3/2)/s");
    CHECK(pow(unit("km/s"), 12).symbol() == "km^2/s^2");
    CHECK(pow(unit("km/s"), -6).symbol() == "s/km");
    CHECK(pow(unit("m^2"), 3).symbol() == "m");
    CHECK(pow(unit("m"), 2).symbol() == "m^(1/3)");
    CHECK(pow(unit("km"), 0).symbol() == "1");
    CHECK(pow(unit("km^3/s^2"), 3).factor() == std::sqrt(1e9));
  }

  TEST_CASE("factors stay exact where products of rounded factors would not") {
    CHECK((unit("mm") * unit("mm") * unit("mm")).factor() == 1e-9);
    CHECK((unit("km^3/s^2") / unit("km")).factor() == 1e6);
    CHECK((unit("m") / unit("h") * unit("h")).factor() == 1.0);
    CHECK(pow(unit("cm"), 18).factor() == 1e-6);
  }

  TEST_CASE("composed symbols read back as the same unit") {
    std::mt19937 random(2);
    const char* parts[] = {"km", "s", "1/h", "deg", "kg m/s^2", "mas/yr", "au^(1/2)", "%", "eV", "1"};
    for (int round = 0; round < 2000; ++round) {
      Unit u;
      for (int i = 0; i < 4; ++i) {
        const Unit v = unit(parts[random() % std::size(parts)]);
        // In either order, since a factor must not depend on it.
        u = random() % 3 == 0 ? u / v : random() % 2 == 0 ? u * v : v * u;
      }
      CAPTURE(u.symbol());
      const Unit again = unit(u.symbol());
      CHECK(again.dimension() == u.dimension());
      CHECK(again.factor() == u.factor());
    }
  }

  TEST_CASE("temperatures lose their offset in products") {
    const Unit product = unit("degC") * unit("m");
    CHECK(product.symbol() == "K m");
    CHECK(product.offset() == 0.0);
    CHECK((unit("J") / unit("degF")).symbol() == "J/degR");
    CHECK(pow(unit("degC"), 6).symbol() == "K");
    CHECK((unit("W/degC") * unit("degC")).symbol() == "W");
    CHECK((unit("degC/m") * unit("m")).offset() == 0.0);
  }

  TEST_CASE("a unit whose text is not of the table still multiplies truly") {
    const Unit smoot(unit("m").dimension(), 1.7018, "smoot");
    const Unit area = smoot * smoot;
    CHECK(area.dimension() == unit("m^2").dimension());
    CHECK(area.factor() == doctest::Approx(1.7018 * 1.7018));
    // A text that claims to be a known unit but has another factor is not believed.
    const Unit lie(unit("m").dimension(), 3.0, "m");
    CHECK((lie * unit("s")).factor() == 3.0);
    CHECK((lie * unit("s")).symbol() != "m s");
  }

  TEST_CASE("powers that a unit cannot hold are known beforehand") {
    CHECK(can_pow(unit("m"), 3));
    CHECK(can_pow(unit("km^3/s^2"), 3));
    CHECK_FALSE(can_pow(pow(unit("m"), 3), 3));
    CHECK(can_pow(pow(unit("m"), 3), 2));
    CHECK_FALSE(can_pow(unit("m^60"), 12));
    CHECK(can_pow(Unit(), std::numeric_limits<int>::max()));
    CHECK_FALSE(can_pow(unit("m"), std::numeric_limits<int>::min()));
  }

  TEST_CASE("endless products do not wrap round") {
    Unit u = unit("m^60");
    for (int i = 0; i < 12; ++i) u = u * u;
    CHECK(u.dimension()[0] == std::numeric_limits<std::int16_t>::max());
    CHECK(pow(u, std::numeric_limits<int>::max()).dimension()[0] > 0);
    CHECK(pow(u, std::numeric_limits<int>::min()).dimension()[0] < 0);
  }

  TEST_CASE("conversion is by one rounding where the factor allows") {
    CHECK(convert(0.1, "km", "m") == 100.0);
    CHECK(convert(7, "m", "km") == 0.007);
    CHECK(convert(1, "s", "h") == 1.0 / 3600.0);
    CHECK(convert(7, "s", "h") == 7.0 / 3600.0);
    CHECK(convert(1, "mi", "ft") == 5280.0);
    CHECK(convert(5280, "ft", "mi") == 1.0);
    CHECK(convert(1, "deg", "arcsec") == 3600.0);
    CHECK(convert(3, "MeV", "eV") == 3e6);
    CHECK(convert(3, "eV", "MeV") == 3e-6);
    CHECK(convert(9.26, "km/h", "kn") == doctest::Approx(5.0).epsilon(1e-15));
    CHECK(convert(3, "Qm", "qm") == 3e60);
  }

  TEST_CASE("identical scales convert nothing") {
    CHECK(Conversion(unit("1/s"), unit("Hz")).is_identity());
    CHECK(Conversion(unit("kg m/s^2"), unit("N")).is_identity());
    CHECK(Conversion(unit("degC"), unit("degC")).is_identity());
    CHECK_FALSE(Conversion(unit("degC"), unit("K")).is_identity());
    CHECK_FALSE(Conversion(unit("km"), unit("m")).is_identity());
    CHECK(Conversion(unit("km"), unit("km"))(0.1) == 0.1);
  }

  TEST_CASE("temperatures are converted with their offsets") {
    CHECK(convert(20, "degC", "K") == 293.15);
    CHECK(convert(0, "K", "degC") == -273.15);
    CHECK(convert(212, "degF", "degC") == doctest::Approx(100).epsilon(1e-14));
    CHECK(std::abs(convert(-40, "degF", "degC") + 40) < 1e-12);
    CHECK(convert(100, "degC", "degF") == doctest::Approx(212).epsilon(1e-14));
  }

  TEST_CASE("there and back gives the number again to two units in the last place") {
    std::mt19937 random(3);
    std::uniform_real_distribution<double> numbers(-1e6, 1e6);
    const std::pair<const char*, const char*> pairs[] = {
        {"km", "m"}, {"au", "km"},   {"deg", "rad"}, {"yr", "s"},    {"ft", "m"},
        {"eV", "J"}, {"kn", "km/h"}, {"pc", "ly"},   {"psi", "bar"}, {"arcsec/yr", "rad/s"}};
    for (const auto& [a, b] : pairs) {
      const Conversion there(unit(a), unit(b)), back(unit(b), unit(a));
      for (int i = 0; i < 1000; ++i) {
        const double x = numbers(random);
        CHECK(std::abs(back(there(x)) - x) <= 2 * 0x1p-52 * std::abs(x));
      }
    }
  }
}

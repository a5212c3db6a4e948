// Two-line element sets: every field, every refusal, and numbers of the catalogue beyond five digits.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/orbital/core/tle.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <fstream>
#include <sstream>
#include <string>

#include "plugins/orbital/core/text_lines.hpp"
#include "plugins/orbital/core/time_scales.hpp"
#include "tests/plugins/orbital/core/support.hpp"

using namespace orrery::orbital;
using namespace orrery::orbital::test;

namespace {

constexpr double pi = 0x1.921fb54442d18p+1;
const std::string first = "1 25544U 98067A   08264.51782528 -.00002182  00000-0 -11606-4 0  2927";
const std::string second = "2 25544  51.6416 247.4627 0006703 130.5360 325.0288 15.72125391563537";

std::string with(std::string line, std::size_t column, const std::string& text) {
  line.replace(column - 1, text.size(), text);
  line[68] = static_cast<char>('0' + tle_checksum(line));
  return line;
}

std::string refusal_of(const std::string& text) {
  return message_of([&] { parse_tles(text); });
}
std::string refusal_of_first(std::size_t column, const std::string& text) {
  return refusal_of(with(first, column, text) + "\n" + second);
}
std::string refusal_of_second(std::size_t column, const std::string& text) {
  return refusal_of(first + "\n" + with(second, column, text));
}

}  // namespace

TEST_SUITE("plugins/orbital/core/tle") {
  TEST_CASE("each field is read from its columns") {
    const auto sets = parse_tles("ISS (ZARYA)\n" + first + "\n" + second + "\n");
    REQUIRE(sets.size() == 1);
    const Tle& t = sets[0];
    CHECK(t.name == "ISS (ZARYA)");
    CHECK(t.catalogue_number == 25544);
    CHECK(t.classification == 'U');
    CHECK(t.designator == "98067A");
    CHECK(t.epoch_year == 2008);
    CHECK(t.epoch_day == 264.51782528);
    CHECK(std::fabs(t.mean_motion_half_dot * (1440.0 * 1440.0 / (2 * pi)) + 0.00002182) <= ulps(4, 2.182e-5));
    CHECK(t.mean_motion_sixth_ddot == 0.0);
    CHECK(t.bstar == -0.11606e-4);
    CHECK(t.ephemeris_type == 0);
    CHECK(t.element_number == 292);
    CHECK(std::fabs(t.inclination - 51.6416 * pi / 180) <= ulps(2, 1));
    CHECK(std::fabs(t.ascending_node - 247.4627 * pi / 180) <= ulps(2, 4));
    CHECK(t.eccentricity == 0.0006703);
    CHECK(std::fabs(t.argument_of_perigee - 130.5360 * pi / 180) <= ulps(2, 2));
    CHECK(std::fabs(t.mean_anomaly - 325.0288 * pi / 180) <= ulps(2, 5));
    CHECK(std::fabs(t.mean_motion - 15.72125391 * 2 * pi / 1440) <= ulps(2, 0.06));
    CHECK(t.revolution_number == 56353);
    CHECK(t.line == 2);
  }

  TEST_CASE("the epoch is the instant that its day of the year names") {
    const Tle t = parse_tles(first + "\n" + second)[0];
    const double expected = seconds_past_j2000({{2008, 9, 20}, 12, 25, 40.104192}, TimeScale::utc);
    CHECK(std::fabs(epoch_of(t) - expected) <= 1e-6);
    CHECK(t.days_since_1950() == doctest::Approx(21448.51782528).epsilon(1e-15));
    const Tle old = parse_tles(with(first, 19, "58") + "\n" + second)[0];
    CHECK(old.epoch_year == 1958);
    CHECK(message_of([&] { epoch_of(old); }) ==
          "line 1: UTC is defined from 1960-01-01 on; the date is 1958-09-21T00:00:00");
    CHECK(parse_tles(with(first, 19, "57") + "\n" + second)[0].epoch_year == 1957);
    CHECK(parse_tles(with(first, 19, "56") + "\n" + second)[0].epoch_year == 2056);
  }

  TEST_CASE("letters stand for the catalogue numbers from 100000 on") {
    const auto number = [](const std::string& field) {
      return parse_tles(with(first, 3, field) + "\n" + with(second, 3, field))[0].catalogue_number;
    };
    CHECK(number("A0000") == 100000);
    CHECK(number("H1234") == 171234);
    CHECK(number("J0000") == 180000);
    CHECK(number("N9999") == 229999);
    CHECK(number("P0000") == 230000);
    CHECK(number("Z9999") == 339999);
    CHECK(number("    5") == 5);
    CHECK(number("00005") == 5);
    for (const std::string wrong : {"I0000", "O0000", "a0000", "AB000", "     ", "-1234", "1 234"})
      CHECK(message_of([&] { number(wrong); }) ==
            "line 1: columns 3-7: the catalogue number must be digits, or a letter other than I and O and four digits; "
            "there stands '" +
                wrong + "'");
  }

  TEST_CASE("the odd exponent fields are read in all their forms") {
    const auto drag = [](const std::string& field) {
      return parse_tles(with(first, 54, field) + "\n" + second)[0].bstar;
    };
    CHECK(drag(" 28098-4") == 0.28098e-4);
    CHECK(drag("-28098-4") == -0.28098e-4);
    CHECK(drag("+28098-4") == 0.28098e-4);
    CHECK(drag(" 13519-0") == 0.13519);
    CHECK(drag(" 00000+0") == 0.0);
    CHECK(drag(" 12345+1") == 1.2345);
    CHECK(drag(" 12345 1") == 1.2345);
    CHECK(drag("        ") == 0.0);
    for (const std::string wrong : {" 2809 -4", "x28098-4", " 28098*4", " 28098-x", " 2.098-4"})
      CHECK(message_of([&] { drag(wrong); }) ==
            "line 1: columns 54-61: the drag term must be a sign or a space, five digits, and a signed power: ' "
            "28098-4'; "
            "there stands '" +
                wrong + "'");
  }

  TEST_CASE("several sets with and without names and comments are read in order") {
    const auto sets = parse_tles("# a comment\r\n\r\n0 ONE\r\n" + first + "\r\n" + second + "\r\n" + first + "  \n" +
                                 second + "\nTHREE\n" + first + "\n" + second);
    REQUIRE(sets.size() == 3);
    CHECK(sets[0].name == "ONE");
    CHECK(sets[1].name.empty());
    CHECK(sets[2].name == "THREE");
    CHECK(sets[1].line == 6);
    CHECK(parse_tles("").empty());
    CHECK(parse_tles("\n\n# nothing\n").empty());
  }

  TEST_CASE("what the published file holds has its checksums but for the changed sets") {
    std::ifstream file(std::string(ORRERY_TEST_DATA) + "/sgp4/verification.tle");
    std::string line;
    int right = 0, wrong = 0;
    while (std::getline(file, line))
      if (line[0] != '#') ++(line[68] - '0' == tle_checksum(line) ? right : wrong);
    CHECK(right == 61);
    CHECK(wrong == 5);
  }

  TEST_CASE("lines that are not as they should be are refused with their place") {
    CHECK(refusal_of("just a name") == "line 1: line 1 of an element set must follow the name 'just a name'");
    CHECK(refusal_of(first) == "line 1: line 2 of the element set is missing");
    CHECK(refusal_of(first + "\n" + first) ==
          "line 2: line 2 of an element set must begin with '2 '; it is '1 25544U 98067A   08264.51782528 -.00002182  "
          "00000-0 "
          "-11606-...'");
    CHECK(refusal_of(first.substr(0, 68) + "\n" + second) ==
          "line 1: line 1 of an element set has 69 columns; this one has 68");
    CHECK(refusal_of(first.substr(0, 68) + "8\n" + second) ==
          "line 1: column 69: the checksum of this line is 7; there stands '8'");
    CHECK(refusal_of("name\n\n" + first + "\n" + second.substr(0, 68) + "0") ==
          "line 4: column 69: the checksum of this line is 7; there stands '0'");
  }

  TEST_CASE("fields that are not as they should be are refused with line and column") {
    CHECK(refusal_of_first(8, "X") == "line 1: column 8: the classification must be U, C or S; there stands 'X'");
    CHECK(refusal_of_first(9, "1") == "line 1: column 9: a space separates the fields; there stands '1'");
    CHECK(refusal_of_first(19, "x8") ==
          "line 1: columns 19-20: the epoch's year must be a whole number; there stands 'x8'");
    CHECK(refusal_of_first(19, "  ") ==
          "line 1: columns 19-20: the epoch's year must be two digits; there stands '  '");
    CHECK(refusal_of_first(21, "000.51782528") ==
          "line 1: columns 21-32: the epoch's day of the year must be a number from 1 to 367; there stands "
          "'000.51782528'");
    CHECK(refusal_of(with(with(first, 19, "07"), 21, "366.51782528") + "\n" + second) ==
          "line 1: columns 21-32: the epoch's day of the year must be a number from 1 to 366; there stands "
          "'366.51782528'");
    CHECK(refusal_of_first(21, "1e2.51782528").find("columns 21-32") != std::string::npos);
    CHECK(refusal_of_second(3, "25545") ==
          "line 2: columns 3-7: the catalogue number must be that of line 1, 25544; there stands '25545'");
    CHECK(refusal_of_second(9, "180.0001") ==
          "line 2: columns 9-16: the inclination must be a number from 0 to 180; there stands '180.0001'");
    CHECK(refusal_of_second(27, "00 6703").find("columns 27-33: the eccentricity must be seven digits") !=
          std::string::npos);
    CHECK(refusal_of_second(53, " 0.00000000") ==
          "line 2: columns 53-63: the mean motion must be positive; there stands ' 0.00000000'");
    CHECK(refusal_of_second(53, "        nan").find("columns 53-63") != std::string::npos);
    CHECK(refusal_of_second(64, "5x353") ==
          "line 2: columns 64-68: the revolution number must be a whole number; there stands '5x353'");
  }

  TEST_CASE("no damage to a set gets further than a refusal or a set in range") {
    Draw draw(11);
    for (int i = 0; i < 20000; ++i) {
      std::string text = "NAME\n" + first + "\n" + second + "\n";
      for (int n = 0; n < 1 + i % 4; ++n)
        text[static_cast<std::size_t>(draw.uniform(0, static_cast<double>(text.size())))] =
            static_cast<char>(draw.uniform(0, 256));
      try {
        for (const Tle& t : parse_tles(text, TleChecksum::ignore)) {
          CHECK(t.eccentricity < 1.0);
          CHECK(t.mean_motion > 0.0);
          CHECK(std::isfinite(t.bstar));
          CHECK((t.inclination >= 0.0 && t.inclination <= pi));
          CHECK((t.epoch_day >= 1.0 && t.epoch_day < 367.0));
        }
      } catch (const std::invalid_argument& e) {
        CHECK(std::string(e.what()).starts_with("line "));
      }
    }
  }
}

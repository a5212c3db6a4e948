// Rows of comets as the Minor Planet Center publishes them: fields, open orbits, refusals.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/orbital/core/mpc_comets.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <stdexcept>
#include <string>

#include "plugins/orbital/core/time_scales.hpp"
#include "tests/plugins/orbital/core/support.hpp"

using namespace orrery::orbital;
using namespace orrery::orbital::test;

namespace {

constexpr double degree = 3.14159265358979323846 / 180;
// Columns:          1         2         3         4         5         6         7         8         9         10
//          123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012
const std::string hale_bopp =
    "    CJ95O010  1997 03 29.6333  0.916615  0.994955  130.5303  282.4705   89.4266  20240101  -2.0  4.0  C/1995 O1 "
    "(Hale-Bopp)                                    MPC 106342";
const std::string halley =
    "0001P         1986 02  5.8950  0.587104  0.967277  111.8657   58.8601  162.2422  19860219   5.5  8.0  1P/Halley";
const std::string parabola =
    "    CK21A010  2022 01  3.2990  0.615182  1.000000  328.4487  255.8878  132.6892                        C/2021 A1";
const std::string borisov =
    "0002I         2019 12  8.5540  2.006521  3.356480  209.1249  308.1482   44.0535  20191220  11.0  4.0  2I/Borisov";

std::string with(std::string line, std::size_t column, const std::string& text) {
  return line.replace(column - 1, text.size(), text);
}
std::string refusal(std::size_t column, const std::string& text) {
  return message_of([&] { parse_mpc_comets("\n" + with(hale_bopp, column, text)); });
}

}  // namespace

TEST_SUITE("plugins/orbital/core/mpc_comets") {
  TEST_CASE("each field is read from its columns") {
    const auto all = parse_mpc_comets(hale_bopp + "\r\n\n" + halley + "\n");
    REQUIRE(all.size() == 2);
    const MpcComet& c = all[0];
    CHECK(c.number == 0);
    CHECK(c.orbit_type == 'C');
    CHECK(c.provisional == "J95O010");
    const double day = seconds_past_j2000({{1997, 3, 29}, 0, 0, 0.0}, TimeScale::tt);
    CHECK(std::fabs(c.perihelion_time - day - 0.6333 * 86400) <= 1e-6);
    CHECK(std::fabs(c.perihelion_distance - 0.916615 * 149597870700.0) <= ulps(1, 1.4e11));
    CHECK(c.eccentricity == 0.994955);
    CHECK(std::fabs(c.argument_of_perihelion - 130.5303 * degree) <= ulps(2, 2));
    CHECK(std::fabs(c.ascending_node - 282.4705 * degree) <= ulps(2, 4));
    CHECK(std::fabs(c.inclination - 89.4266 * degree) <= ulps(2, 1));
    CHECK(c.epoch == seconds_past_j2000({{2024, 1, 1}, 0, 0, 0.0}, TimeScale::tt));
    CHECK(c.absolute_magnitude == -2.0);
    CHECK(c.slope == 4.0);
    CHECK(c.name == "C/1995 O1 (Hale-Bopp)");
    CHECK(c.reference == "MPC 106342");
    CHECK(all[1].number == 1);
    CHECK(all[1].name == "1P/Halley");
    CHECK(all[1].reference.empty());
  }

  TEST_CASE("parabolas are exact and hyperbolas are kept") {
    const auto all = parse_mpc_comets(parabola + "\n" + borisov);
    CHECK(all[0].eccentricity == 1.0);
    CHECK(std::isnan(all[0].epoch));
    CHECK(std::isnan(all[0].absolute_magnitude));
    CHECK(all[0].name == "C/2021 A1");
    CHECK(all[1].eccentricity == 3.35648);
    CHECK(all[1].orbit_type == 'I');
  }

  TEST_CASE("rows that are not as they should be are refused with line and columns") {
    CHECK(refusal(5, "Q") == "line 2: columns 5-5: the type of orbit must be C, P, D, X, A or I; there stands 'Q'");
    CHECK(refusal(20, "13") ==
          "line 2: columns 20-21: the month of perihelion must be a whole number from 1 to 12; there stands '13'");
    CHECK(refusal(23, "32.6333").find("line 2: columns 23-29") == 0);
    CHECK(refusal(20, "02 29").find("line 2: columns 23-29: the month has 28 days") == 0);
    CHECK(refusal(31, " 0.000000") ==
          "line 2: columns 31-39: the perihelion distance must be positive; there stands '0.000000'");
    CHECK(refusal(42, "-0.99495").find("line 2: columns 42-49: the eccentricity") == 0);
    CHECK(refusal(72, "180.4266").find("line 2: columns 72-79: the inclination must be a number from 0 to 180") == 0);
    CHECK(refusal(86, "00").find("line 2: columns 86-87: the epoch's month") == 0);
    CHECK(message_of([] { parse_mpc_comets("short"); }).find("line 1: columns 1-79: a comet's line goes") == 0);
    CHECK(parse_mpc_comets("").empty());
  }

  TEST_CASE("no damage to a row gets further than a refusal or an orbit in range") {
    Draw draw(41);
    for (int i = 0; i < 10000; ++i) {
      std::string text = hale_bopp + "\n" + halley;
      for (int n = 0; n < 1 + i % 3; ++n)
        text[static_cast<std::size_t>(draw.uniform(0, static_cast<double>(text.size())))] =
            static_cast<char>(draw.uniform(0, 256));
      try {
        for (const MpcComet& c : parse_mpc_comets(text)) {
          CHECK(c.perihelion_distance > 0.0);
          CHECK(c.eccentricity >= 0.0);
          CHECK(std::isfinite(c.perihelion_time));
        }
      } catch (const std::invalid_argument& e) {
        CHECK(std::string(e.what()).starts_with("line "));
      }
    }
  }
}

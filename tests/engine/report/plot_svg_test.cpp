// Drawing plots: ticks, gaps, logarithms, escaping, thinning and equal axes, read back from the picture's own numbers.
// SPDX-License-Identifier: Apache-2.0
#include "engine/report/plot_svg.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <regex>

#include <doctest/doctest.h>

#include "engine/report/plot_axis.hpp"
#include "engine/report/plot_points.hpp"

using namespace orrery;
using report::Axis;
using report::AxisRange;

namespace {

constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();
constexpr double inf = std::numeric_limits<double>::infinity();
constexpr double rounding = 0.011;  // pixels have two decimals

struct Pixel {
  double x, y;
  bool begins;
};

run::Plot plot_of(std::vector<double> x, std::vector<double> y) {
  run::Plot plot;
  plot.name = "p";
  plot.lines.push_back({"line", std::make_shared<const std::vector<double>>(std::move(x)), std::move(y)});
  return plot;
}

/// The drawn points of the first line: its path is the first one in the group that is clipped.
std::vector<Pixel> drawn(const std::string& svg) {
  const std::size_t group = svg.find("<g clip-path"), begin = svg.find(" d=\"", group) + 4;
  REQUIRE(begin < svg.size());
  const std::string d = svg.substr(begin, svg.find('"', begin) - begin);
  static const std::regex point("([ML])(-?[0-9.]+) (-?[0-9.]+)");
  std::vector<Pixel> pixels;
  for (std::sregex_iterator at(d.begin(), d.end(), point), end; at != end; ++at)
    pixels.push_back({std::stod((*at)[2]), std::stod((*at)[3]), (*at)[1] == "M"});
  return pixels;
}

std::size_t count(const std::string& text, const std::string& what) {
  std::size_t found = 0;
  for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + 1)) ++found;
  return found;
}

bool has(const std::string& text, const std::string& what) { return text.find(what) != std::string::npos; }

std::vector<std::string> labels(double low, double high, bool log = false) {
  AxisRange range;
  report::extend(range, low, log);
  report::extend(range, high, log);
  std::vector<std::string> texts;
  const Axis axis(range, log, 6);
  for (const report::Tick& tick : axis.ticks())
    if (!tick.label.empty()) texts.push_back(tick.label);
  return texts;
}

std::string note(double low, double high) { return Axis({low, high, false}, false, 6).note(); }

using Texts = std::vector<std::string>;

}  // namespace

TEST_SUITE("engine/report/plot_svg") {
  TEST_CASE("ticks are multiples of one two or five and say so shortly") {
    CHECK(labels(0, 1) == Texts{"0.0", "0.2", "0.4", "0.6", "0.8", "1.0"});
    CHECK(labels(-0.3, 0.3) == Texts{"\u22120.3", "\u22120.2", "\u22120.1", "0.0", "0.1", "0.2", "0.3"});
    CHECK(labels(0, 7) == Texts{"0", "1", "2", "3", "4", "5", "6", "7"});
    CHECK(labels(0, 30000) == Texts{"0", "5000", "10000", "15000", "20000", "25000", "30000"});
  }

  TEST_CASE("large and small numbers have a common power and near ones a common part") {
    CHECK(labels(0, 5e-5) == Texts{"0", "1", "2", "3", "4", "5"});
    CHECK(note(0, 5e-5) == "\u00d710^{\u22125}");
    CHECK(note(0, 5e8) == "\u00d710^{8}");
    CHECK(note(0, 1) == "");
    CHECK(note(7000000, 7000000.5) == "+7000000");
    CHECK(labels(7000000, 7000000.5) == Texts{"0.0", "0.1", "0.2", "0.3", "0.4", "0.5"});
    CHECK(note(-7000000.5, -7000000) == "\u22127000001");
  }

  TEST_CASE("ticks stand where their labels say over the whole range of doubles") {
    const double ends[][2] = {{-1e308, 1e308}, {0, 5e-324}, {1, 1.0000000000001}, {-3e-7, 8e-7}, {123456, 123457}};
    for (const auto& end : ends) {
      AxisRange range;
      report::extend(range, end[0], false);
      report::extend(range, end[1], false);
      const Axis axis(report::padded(range, false), false, 6);
      CHECK(axis.ticks().size() >= 3);
      CHECK(axis.ticks().size() <= 12);
      CHECK(axis.place(end[0]) > 0);
      CHECK(axis.place(end[0]) < axis.place(end[1]));
      CHECK(axis.place(end[1]) < 1);
      for (std::size_t i = 1; i < axis.ticks().size(); ++i) {
        CHECK(axis.ticks()[i].place > axis.ticks()[i - 1].place);
        CHECK(axis.ticks()[i].label != axis.ticks()[i - 1].label);
      }
    }
    for (const double tick : {-0.2, 0.0, 0.4}) {
      const Axis axis({-0.25, 0.5, false}, false, 6);
      const std::string label = tick < 0 ? "\u22120.2" : tick > 0 ? "0.4" : "0.0";
      const auto found =
          std::find_if(axis.ticks().begin(), axis.ticks().end(), [&](const auto& t) { return t.label == label; });
      REQUIRE(found != axis.ticks().end());
      CHECK(found->place == doctest::Approx(axis.place(tick)).epsilon(1e-14));
    }
  }

  TEST_CASE("logarithmic axes have decades and minor ticks between them") {
    CHECK(labels(1e-9, 1e-6, true) == Texts{"10^{\u22129}", "10^{\u22128}", "10^{\u22127}", "10^{\u22126}"});
    CHECK(labels(0.1, 100, true) == Texts{"0.1", "1", "10", "100"});
    CHECK(labels(2, 5, true).size() >= 3);
    CHECK(labels(5e-324, 1e308, true).size() < 12);
    const Axis axis({0, 2, false}, true, 6);
    CHECK(axis.ticks().size() == 19);
    CHECK(axis.place(10) == doctest::Approx(0.5));
  }

  TEST_CASE("decimal text is exact") {
    CHECK(report::decimal_text(3, -1) == "0.3");
    CHECK(report::decimal_text(-25, -1) == "\u22122.5");
    CHECK(report::decimal_text(7, -4) == "0.0007");
    CHECK(report::decimal_text(12, 3) == "12000");
    CHECK(report::decimal_text(0, 3) == "0");
    CHECK(report::decimal_text(0, -2) == "0.00");
  }

  TEST_CASE("a line goes through its points") {
    const std::vector<double> x{0, 1, 2, 4}, y{1, 3, -1, 0};
    const auto pixels = drawn(report::plot_svg(plot_of(x, y)));
    REQUIRE(pixels.size() == 4);
    const double across = (pixels[3].x - pixels[0].x) / 4, down = (pixels[1].y - pixels[2].y) / 4;
    CHECK(down < 0);
    for (std::size_t i = 0; i < 4; ++i) {
      CHECK(std::fabs(pixels[i].x - (pixels[0].x + across * x[i])) < rounding);
      CHECK(std::fabs(pixels[i].y - (pixels[3].y + down * y[i])) < rounding);
      CHECK(pixels[i].begins == (i == 0));
    }
  }

  TEST_CASE("what is not finite leaves a gap and a point between gaps is a dot") {
    const std::string svg =
        report::plot_svg(plot_of({0, 1, 2, 3, 4, 5, 6, 7}, {1, 2, not_a_number, 2, 3, inf, 9, -inf}));
    const auto pixels = drawn(svg);
    REQUIRE(pixels.size() == 4);
    CHECK(pixels[0].begins);
    CHECK_FALSE(pixels[1].begins);
    CHECK(pixels[2].begins);
    CHECK(count(svg, "<circle") == 1);
    CHECK_FALSE(has(svg, "nan"));
    CHECK_FALSE(has(svg, "inf"));
  }

  TEST_CASE("on a logarithmic axis what is not positive leaves a gap") {
    run::Plot plot = plot_of({1, 2, 3, 4, 5, 6}, {10, 100, 0, 1, 1000, -5});
    plot.log_y = true;
    const auto pixels = drawn(report::plot_svg(plot));
    REQUIRE(pixels.size() == 4);
    CHECK(pixels[2].begins);
    CHECK(std::fabs((pixels[0].y - pixels[1].y) * 3 - (pixels[2].y - pixels[3].y)) < 4 * rounding);
  }

  TEST_CASE("nothing to draw is said and no failure") {
    run::Plot plot = plot_of({1, 2}, {-1, 0});
    plot.log_y = true;
    CHECK(has(report::plot_svg(plot), ">no data<"));
    CHECK(has(report::plot_svg(plot_of({}, {})), ">no data<"));
    CHECK(has(report::plot_svg(plot_of({1, 2}, {not_a_number, inf})), ">no data<"));
    CHECK_FALSE(has(report::plot_svg(plot_of({1, 2}, {3, 3})), ">no data<"));
  }

  TEST_CASE("texts are escaped and powers raised") {
    run::Plot plot = plot_of({1, 2}, {1, 2});
    plot.title = "a<b & \"c\"";
    plot.x_label = "v [m/s^2]";
    plot.y_label = "10^-10.7 ^";
    const std::string svg = report::plot_svg(plot);
    CHECK(has(svg, ">a&lt;b &amp; &quot;c&quot;</text>"));
    CHECK(has(svg, "v [m/s<tspan dy=\"-0.4em\" font-size=\"75%\">2</tspan><tspan dy=\"0.3em\">]</tspan>"));
    CHECK(has(svg, ">\u221210.7</tspan><tspan dy=\"0.3em\"> </tspan>^</text>"));
    plot.title = std::string("x\x01") + "</svg>";
    CHECK(count(report::plot_svg(plot), "</svg>") == 1);
  }

  TEST_CASE("long lines are thinned and keep the extremes of each column and all gaps between columns") {
    std::vector<double> x, y;
    for (int i = 0; i < 200000; ++i) {
      x.push_back(i);
      y.push_back(std::sin(i * 0.001) + (i == 77777 ? 9 : i == 123456 ? -7 : 0));
      if (i >= 150000 && i < 152000) y.back() = not_a_number;
    }
    const std::string svg = report::plot_svg(plot_of(x, y));
    const auto pixels = drawn(svg);
    CHECK(pixels.size() <= report::most_plot_points);
    CHECK(pixels.size() > 1000);
    const auto by_y = [](const Pixel& a, const Pixel& b) { return a.y < b.y; };
    const auto [top, bottom] = std::minmax_element(pixels.begin(), pixels.end(), by_y);
    const double left = pixels.front().x, right = pixels.back().x;
    CHECK(std::fabs((top->x - left) / (right - left) - 77777.0 / 199999) < 1e-4);
    CHECK(std::fabs((bottom->x - left) / (right - left) - 123456.0 / 199999) < 1e-4);
    CHECK(std::count_if(pixels.begin(), pixels.end(), [](const Pixel& p) { return p.begins; }) == 2);
  }

  TEST_CASE("a long closed curve keeps its four sides") {
    std::vector<double> x, y;
    for (int i = 0; i < 50000; ++i) {
      x.push_back(3 * std::cos(i * 1e-3));
      y.push_back(std::sin(i * 1e-3));
    }
    run::Plot plot = plot_of(x, y);
    plot.equal = true;
    const auto pixels = drawn(report::plot_svg(plot));
    CHECK(pixels.size() <= report::most_plot_points);
    const auto [left, right] =
        std::minmax_element(pixels.begin(), pixels.end(), [](auto& a, auto& b) { return a.x < b.x; });
    const auto [top, bottom] =
        std::minmax_element(pixels.begin(), pixels.end(), [](auto& a, auto& b) { return a.y < b.y; });
    // One unit is as long on either axis: the ellipse is three times as wide as it is high.
    CHECK((right->x - left->x) / (bottom->y - top->y) == doctest::Approx(3).epsilon(1e-4));
  }

  TEST_CASE("several lines have a legend with their colours and one line has none") {
    run::Plot plot = plot_of({1, 2}, {1, 2});
    CHECK_FALSE(has(report::plot_svg(plot), ">line<"));
    for (int i = 1; i < 30; ++i) plot.lines.push_back({"line " + std::to_string(i), plot.lines[0].x, {1.0, 2.0 + i}});
    const std::string svg = report::plot_svg(plot);
    CHECK(has(svg, ">line 1<"));
    CHECK(has(svg, ">and 10 more<"));
    CHECK(has(svg, "#0072B2"));
    CHECK(has(svg, "stroke-dasharray"));
    plot.lines[1].label = std::string(500, 'x');
    CHECK(has(report::plot_svg(plot), std::string(33, 'x') + "\u2026<"));
  }

  TEST_CASE("styles draw lines or points or both and the same plot gives the same bytes") {
    run::Plot plot = plot_of({1, 2, 3}, {1, 4, 9});
    CHECK(count(report::plot_svg(plot), "<circle") == 0);
    plot.style = scenario::Plot::Style::both;
    CHECK(count(report::plot_svg(plot), "<circle") == 3);
    CHECK(drawn(report::plot_svg(plot)).size() == 3);
    plot.style = scenario::Plot::Style::points;
    CHECK(count(report::plot_svg(plot), "<circle") == 3);
    CHECK(report::plot_svg(plot) == report::plot_svg(plot));
  }
}

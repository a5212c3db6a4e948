// Drawing a plot: frame, grid, lines, words.
// SPDX-License-Identifier: Apache-2.0
#include "engine/report/plot_svg.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "engine/base/text.hpp"
#include "engine/report/plot_axis.hpp"
#include "engine/report/plot_points.hpp"

namespace orrery::report {
namespace {

using Style = scenario::Plot::Style;

constexpr double width = 760, height = 480, letter = 6.4;
constexpr std::size_t longest_label = 34, longest_text = 90, most_entries = 20;

/// Okabe and Ito's palette without its yellow, which is hard to see on white.
constexpr std::array<const char*, 7> colours{"#0072B2", "#D55E00", "#009E73", "#CC79A7",
                                             "#E69F00", "#56B4E9", "#000000"};
constexpr std::array<const char*, 4> dashes{"", "7 3", "2 3", "8 3 2 3"};

std::string number(double value) {
  char text[64];
  const auto end = std::to_chars(text, text + sizeof text, value, std::chars_format::fixed, 2).ptr;
  std::string_view shown(text, static_cast<std::size_t>(end - text));
  shown = shown.substr(0, shown.find_last_not_of('0') + 1);
  if (shown.ends_with('.')) shown.remove_suffix(1);
  return shown == "-0" ? "0" : std::string(shown);
}

std::string escaped(std::string_view text) {
  std::string safe;
  for (const char c : text) {
    if (c == '&') safe += "&amp;";
    else if (c == '<') safe += "&lt;";
    else if (c == '>') safe += "&gt;";
    else if (c == '"') safe += "&quot;";
    else if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) safe += ' ';
    else safe += c;
  }
  return safe;
}

/// Cuts a text without halving a character.
std::string shortened(const std::string& text, std::size_t most) {
  if (base::display_width(text) <= most) return text;
  std::string cut;
  std::size_t count = 0;
  for (const char c : text) {
    if ((static_cast<unsigned char>(c) & 0xC0) != 0x80 && ++count == most) break;
    cut += c;
  }
  return cut + "\u2026";
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// Where an exponent that follows a '^' ends; its begin if there is none. "{...}" or a number.
std::size_t exponent_end(std::string_view text, std::size_t begin) {
  if (begin < text.size() && text[begin] == '{') return std::min(text.find('}', begin), text.size() - 1) + 1;
  std::size_t end = begin + (begin < text.size() && text[begin] == '-' ? 1 : 0);
  const std::size_t digits = end;
  while (end < text.size() && is_digit(text[end])) ++end;
  if (end == digits) return begin;
  if (end + 1 < text.size() && text[end] == '.' && is_digit(text[end + 1]))
    for (++end; end < text.size() && is_digit(text[end]);) ++end;
  return end;
}

/// Powers are raised: "m/s^2".
std::string rich(std::string_view text) {
  std::string made;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = text[at] == '^' ? exponent_end(text, at + 1) : at + 1;
    if (text[at] != '^' || end == at + 1) {
      const std::size_t next = std::min(text.find('^', at + 1), text.size());
      made += escaped(text.substr(at, next - at));
      at = next;
      continue;
    }
    std::string_view power = text.substr(at + 1, end - at - 1);
    if (power.front() == '{') power = power.substr(1, power.size() - (power.ends_with('}') ? 2 : 1));
    const std::string sign = power.starts_with('-') ? "\u2212" : "";
    made += "<tspan dy=\"-0.4em\" font-size=\"75%\">" + sign + escaped(power.substr(sign.empty() ? 0 : 1)) + "</tspan>";
    // What follows goes back to the line; 0.3 of the full size is 0.4 of the small one.
    at = end;
    const std::size_t next = std::min(text.find('^', at), text.size());
    if (next > at) made += "<tspan dy=\"0.3em\">" + escaped(text.substr(at, next - at)) + "</tspan>";
    at = next;
  }
  return made;
}

double width_of(const std::string& label) {
  const auto letters = static_cast<double>(base::display_width(label));
  return (label.find('{') == std::string::npos ? letters : letters - 3.5) * letter;
}

struct Box {
  double left = 0, top = 0, right = 0, bottom = 0;
  double x(double place) const { return left + place * (right - left); }
  double y(double place) const { return bottom - place * (bottom - top); }
};

struct Ranges {
  AxisRange x, y;
};

Ranges ranges_of(const run::Plot& plot) {
  Ranges ranges;
  for (const run::PlotLine& line : plot.lines)
    for (std::size_t i = 0; i < line.y.size(); ++i) {
      const double x = (*line.x)[i], y = line.y[i];
      if (!is_drawable(x, plot.log_x) || !is_drawable(y, plot.log_y)) continue;
      extend(ranges.x, x, plot.log_x);
      extend(ranges.y, y, plot.log_y);
    }
  return {padded(ranges.x, plot.log_x), padded(ranges.y, plot.log_y)};
}

std::string line_to(double x1, double y1, double x2, double y2) {
  return "M" + number(x1) + " " + number(y1) + "L" + number(x2) + " " + number(y2);
}

class Drawing {
 public:
  explicit Drawing(const run::Plot& plot) : plot_(plot) {}

  std::string draw() {
    Ranges ranges = ranges_of(plot_);
    box_ = outer_box();
    Axis y(ranges.y, plot_.log_y, 6);
    box_.left += widest(y) + 8;
    if (plot_.equal && !ranges.x.empty) {
      make_equal(ranges);
      y = Axis(ranges.y, plot_.log_y, 6);
    }
    const Axis x(ranges.x, plot_.log_x, static_cast<int>((box_.right - box_.left) / 90));
    begin();
    draw_grid(x, y);
    if (ranges.x.empty) text((box_.left + box_.right) / 2, (box_.top + box_.bottom) / 2, "no data", "fill=\"#888\"");
    svg_ +=
        "<g clip-path=\"url(#frame)\" fill=\"none\" stroke-width=\"1.6\" stroke-linejoin=\"round\" "
        "stroke-linecap=\"round\">\n";
    for (std::size_t i = 0; i < plot_.lines.size(); ++i) draw_line(i, points_of(plot_.lines[i], x, y));
    svg_ += "</g>\n";
    draw_frame(x, y);
    draw_words(x, y);
    if (has_legend()) draw_legend();
    return std::move(svg_) + "</svg>\n";
  }

 private:
  bool has_legend() const { return plot_.lines.size() > 1; }

  Box outer_box() const {
    Box box{plot_.y_label.empty() ? 22.0 : 42.0, plot_.title.empty() ? 30.0 : 52.0, width - 26, height - 58};
    if (plot_.x_label.empty()) box.bottom += 14;
    if (has_legend()) {
      double longest = 0;
      for (const run::PlotLine& line : plot_.lines)
        longest = std::max(longest, width_of(shortened(line.label, longest_label)));
      box.right -= longest + 36;
    }
    return box;
  }

  static double widest(const Axis& axis) {
    double most = 0;
    for (const Tick& tick : axis.ticks()) most = std::max(most, width_of(tick.label));
    return most;
  }

  /// One unit is as long on either axis: the tighter range is stretched.
  void make_equal(Ranges& ranges) const {
    const long double per_x = (ranges.x.high - ranges.x.low) / (box_.right - box_.left);
    const long double per_y = (ranges.y.high - ranges.y.low) / (box_.bottom - box_.top);
    if (per_x < per_y) ranges.x = stretched(ranges.x, per_y / per_x);
    else ranges.y = stretched(ranges.y, per_x / per_y);
  }

  void begin() {
    svg_ =
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"760\" height=\"480\" viewBox=\"0 0 760 480\" "
        "xml:space=\"preserve\" font-family=\"Helvetica, Arial, 'Liberation Sans', 'DejaVu Sans', sans-serif\" "
        "font-size=\"12\" "
        "fill=\"#222\">\n<title>" +
        escaped(plot_.title.empty() ? plot_.name : plot_.title) + "</title>\n";
    if (!plot_.doc.empty()) svg_ += "<desc>" + escaped(plot_.doc) + "</desc>\n";
    svg_ += "<rect width=\"760\" height=\"480\" fill=\"#fff\"/>\n<clipPath id=\"frame\">" + frame() + "/></clipPath>\n";
  }

  std::string frame() const {
    return "<rect x=\"" + number(box_.left) + "\" y=\"" + number(box_.top) + "\" width=\"" +
           number(box_.right - box_.left) + "\" height=\"" + number(box_.bottom - box_.top) + "\"";
  }

  /// @param attributes  beside the place; middle of the text if they do not say otherwise
  void text(double x, double y, const std::string& words, std::string attributes = "") {
    if (attributes.find("text-anchor") == std::string::npos) attributes = "text-anchor=\"middle\" " + attributes;
    while (attributes.ends_with(' ')) attributes.pop_back();
    svg_ += "<text x=\"" + number(x) + "\" y=\"" + number(y) + "\" " + attributes + ">" + rich(words) + "</text>\n";
  }

  void path(const std::string& d, const std::string& attributes) {
    if (!d.empty()) svg_ += "<path d=\"" + d + "\" " + attributes + "/>\n";
  }

  void draw_grid(const Axis& x, const Axis& y) {
    std::string major, minor;
    for (const Tick& tick : x.ticks())
      (tick.label.empty() ? minor : major) += line_to(box_.x(tick.place), box_.top, box_.x(tick.place), box_.bottom);
    for (const Tick& tick : y.ticks())
      (tick.label.empty() ? minor : major) += line_to(box_.left, box_.y(tick.place), box_.right, box_.y(tick.place));
    path(minor, "stroke=\"#f2f2f2\"");
    path(major, "stroke=\"#dedede\"");
  }

  void draw_frame(const Axis& x, const Axis& y) {
    std::string ticks;
    for (const Tick& tick : x.ticks())
      ticks += line_to(box_.x(tick.place), box_.bottom, box_.x(tick.place), box_.bottom + (tick.label.empty() ? 3 : 5));
    for (const Tick& tick : y.ticks())
      ticks += line_to(box_.left - (tick.label.empty() ? 3 : 5), box_.y(tick.place), box_.left, box_.y(tick.place));
    path(ticks, "stroke=\"#666\"");
    svg_ += frame() + " fill=\"none\" stroke=\"#666\"/>\n";
  }

  void draw_words(const Axis& x, const Axis& y) {
    for (const Tick& tick : x.ticks())
      if (!tick.label.empty()) text(box_.x(tick.place), box_.bottom + 19, tick.label);
    for (const Tick& tick : y.ticks())
      if (!tick.label.empty()) text(box_.left - 8, box_.y(tick.place) + 4.2, tick.label, "text-anchor=\"end\"");
    if (!x.note().empty()) text(box_.right, box_.bottom + 36, x.note(), "text-anchor=\"end\"");
    if (!y.note().empty()) text(box_.left, box_.top - 8, y.note(), "text-anchor=\"start\"");
    const double across = (box_.left + box_.right) / 2, down = (box_.top + box_.bottom) / 2;
    if (!plot_.title.empty())
      text(width / 2, 26, shortened(plot_.title, longest_text), "font-size=\"15\" font-weight=\"bold\"");
    text(across, box_.bottom + 42, shortened(plot_.x_label, longest_text), "font-size=\"13\"");
    text(0, 0, shortened(plot_.y_label, 60),
         "font-size=\"13\" transform=\"translate(22 " + number(down) + ") rotate(-90)\"");
  }

  std::vector<PlotPoint> points_of(const run::PlotLine& line, const Axis& x, const Axis& y) const {
    std::vector<PlotPoint> points;
    bool gap = true;
    for (std::size_t i = 0; i < line.y.size(); ++i) {
      const bool shown = is_drawable((*line.x)[i], plot_.log_x) && is_drawable(line.y[i], plot_.log_y);
      if (shown) points.push_back({box_.x(x.place((*line.x)[i])), box_.y(y.place(line.y[i])), gap});
      gap = !shown;
    }
    return thinned(points);
  }

  static std::string stroke_of(std::size_t index) {
    const std::string dash = dashes[index / colours.size() % dashes.size()];
    return std::string("stroke=\"") + colours[index % colours.size()] + "\"" +
           (dash.empty() ? "" : " stroke-dasharray=\"" + dash + "\"");
  }

  void draw_line(std::size_t index, const std::vector<PlotPoint>& points) {
    std::string d, dots;
    for (std::size_t i = 0; i < points.size(); ++i) {
      const bool alone = points[i].gap && (i + 1 == points.size() || points[i + 1].gap);
      const std::string at = number(points[i].x) + " " + number(points[i].y);
      if (plot_.style != Style::points && !alone) d += (points[i].gap ? "M" : "L") + at;
      if (plot_.style != Style::line || alone) dots += dot(points[i].x, points[i].y);
    }
    path(d, stroke_of(index));
    draw_dots(index, dots);
  }

  static std::string dot(double x, double y) {
    return "<circle cx=\"" + number(x) + "\" cy=\"" + number(y) + "\" r=\"2.4\"/>";
  }

  void draw_dots(std::size_t index, const std::string& dots) {
    if (dots.empty()) return;
    svg_ += std::string("<g fill=\"") + colours[index % colours.size()] + "\">" + dots + "</g>\n";
  }

  void draw_legend() {
    const double left = box_.right + 14;
    const std::size_t count = std::min(plot_.lines.size(), most_entries);
    for (std::size_t i = 0; i < count; ++i) {
      const double y = box_.top + 10 + 19 * static_cast<double>(i);
      if (plot_.style != Style::points) path(line_to(left, y, left + 20, y), "stroke-width=\"1.8\" " + stroke_of(i));
      if (plot_.style != Style::line) draw_dots(i, dot(left + 10, y));
      text(left + 27, y + 4.2, shortened(plot_.lines[i].label, longest_label), "text-anchor=\"start\"");
    }
    if (count < plot_.lines.size())
      text(left + 27, box_.top + 14 + 19 * static_cast<double>(count),
           "and " + std::to_string(plot_.lines.size() - count) + " more", "text-anchor=\"start\"");
  }

  const run::Plot& plot_;
  Box box_;
  std::string svg_;
};

}  // namespace

std::string plot_svg(const run::Plot& plot) { return Drawing(plot).draw(); }

}  // namespace orrery::report

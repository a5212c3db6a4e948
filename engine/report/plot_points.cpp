// Thinning the points of a line.
// SPDX-License-Identifier: Apache-2.0
#include "engine/report/plot_points.hpp"

#include <algorithm>
#include <cmath>

namespace orrery::report {
namespace {

using Points = std::vector<PlotPoint>;

bool is_monotone(const Points& points) {
  const auto less = [](const PlotPoint& a, const PlotPoint& b) { return a.x < b.x; };
  const auto greater = [](const PlotPoint& a, const PlotPoint& b) { return a.x > b.x; };
  return std::is_sorted(points.begin(), points.end(), less) || std::is_sorted(points.begin(), points.end(), greater);
}

class Thinner {
 public:
  explicit Thinner(const Points& points) : points_(points), gaps_(points.size() + 1, 0) {
    for (std::size_t i = 0; i < points.size(); ++i) gaps_[i + 1] = gaps_[i] + (points[i].gap ? 1 : 0);
  }

  Points by_column() {
    std::size_t begin = 0;
    while (begin < points_.size()) {
      const double column = std::floor(points_[begin].x);
      std::size_t end = begin + 1;
      while (end < points_.size() && std::floor(points_[end].x) == column) ++end;
      keep(begin, end, false);
      begin = end;
    }
    return std::move(kept_);
  }

  Points by_piece() {
    const std::size_t pieces = most_plot_points / 4, count = points_.size();
    for (std::size_t piece = 0; piece < pieces; ++piece)
      keep(piece * count / pieces, (piece + 1) * count / pieces, true);
    return std::move(kept_);
  }

 private:
  void keep(std::size_t begin, std::size_t end, bool all_sides) {
    const auto from = points_.begin() + static_cast<std::ptrdiff_t>(begin);
    const auto to = points_.begin() + static_cast<std::ptrdiff_t>(end);
    const auto index = [&](auto at) { return static_cast<std::size_t>(at - points_.begin()); };
    const auto by_y = [](const PlotPoint& a, const PlotPoint& b) { return a.y < b.y; };
    const auto by_x = [](const PlotPoint& a, const PlotPoint& b) { return a.x < b.x; };
    std::vector<std::size_t> chosen{index(std::min_element(from, to, by_y)), index(std::max_element(from, to, by_y))};
    if (all_sides) {
      chosen.push_back(index(std::min_element(from, to, by_x)));
      chosen.push_back(index(std::max_element(from, to, by_x)));
    }
    if (begin == 0) chosen.push_back(0);
    if (end == points_.size()) chosen.push_back(end - 1);
    std::sort(chosen.begin(), chosen.end());
    chosen.erase(std::unique(chosen.begin(), chosen.end()), chosen.end());
    for (std::size_t i = 0; i < chosen.size(); ++i) take(chosen[i], i == 0);
  }

  /// A gap anywhere since the last point that was kept counts; one inside of a column is too small to be seen.
  void take(std::size_t at, bool first) {
    kept_.push_back(points_[at]);
    kept_.back().gap = first && gaps_[at + 1] > gaps_[next_];
    next_ = at + 1;
  }

  const Points& points_;
  std::vector<std::size_t> gaps_;  // before each index
  std::size_t next_ = 0;
  Points kept_;
};

}  // namespace

std::vector<PlotPoint> thinned(const std::vector<PlotPoint>& points) {
  if (points.size() <= most_plot_points) return points;
  return is_monotone(points) ? Thinner(points).by_column() : Thinner(points).by_piece();
}

}  // namespace orrery::report

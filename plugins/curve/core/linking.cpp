// Linking and winding numbers from exact signs.
// SPDX-License-Identifier: Apache-2.0
// Sources: Rolfsen 1976, chapter 5D; Edelsbrunner, Muecke 1990; Sunday 2021, chapter 3.
#include "plugins/curve/core/linking.hpp"

#include <algorithm>
#include <stdexcept>
#include <string>

#include "plugins/curve/core/checks.hpp"
#include "plugins/curve/core/exact_sign.hpp"

namespace orrery::curve {

namespace {

struct Edge {
  Point3 from;
  Point3 to;
  double low[2];
  double high[2];
  std::size_t row;
};

void check(std::span<const double> points, std::size_t d, std::size_t least, const std::string& name) {
  if (points.size() % d != 0)
    throw std::invalid_argument(name + " must hold rows of " + std::to_string(d) + " numbers; it holds " +
                                std::to_string(points.size()));
  if (points.size() / d < least)
    throw std::invalid_argument("a curve needs at least " + std::to_string(least) + " points here; '" + name +
                                "' has " + std::to_string(points.size() / d));
  require_finite(points, d, name);
}

std::vector<Edge> edges_of(std::span<const double> points) {
  const std::size_t n = points.size() / 3;
  std::vector<Edge> edges;
  for (std::size_t i = 0; i < n; ++i) {
    const std::size_t j = (i + 1) % n;
    Edge edge{{points[3 * i], points[3 * i + 1], points[3 * i + 2]},
              {points[3 * j], points[3 * j + 1], points[3 * j + 2]},
              {},
              {},
              i};
    if (edge.from == edge.to) continue;
    for (std::size_t k = 0; k < 2; ++k) {
      edge.low[k] = std::min(edge.from[k], edge.to[k]);
      edge.high[k] = std::max(edge.from[k], edge.to[k]);
    }
    edges.push_back(edge);
  }
  return edges;
}

bool within(const Point3& p, const Edge& edge) {
  for (std::size_t k = 0; k < 3; ++k)
    if (p[k] < std::min(edge.from[k], edge.to[k]) || p[k] > std::max(edge.from[k], edge.to[k])) return false;
  return true;
}

[[noreturn]] void refuse_touch(const Edge& a, const Edge& b) {
  throw std::invalid_argument("the curves touch, so that they have no linking number: edge " + std::to_string(a.row) +
                              " of the first meets edge " + std::to_string(b.row) + " of the second");
}

// On which side of an edge a point is, seen along (e, e^2, 1) for an infinitely small e > 0. That view shows three
// points on a line only if they are on one in space; then the point is beyond the edge's ends, and either side will do.
int side(const Edge& edge, const Point3& p, const Edge& other) {
  static constexpr std::size_t planes[3][2] = {{0, 1}, {1, 2}, {2, 0}};
  for (const auto& [u, v] : planes) {
    const int turn =
        orientation(Point2{edge.from[u], edge.from[v]}, Point2{edge.to[u], edge.to[v]}, Point2{p[u], p[v]});
    if (turn != 0) return turn;
  }
  if (within(p, edge)) refuse_touch(edge, other);
  return 1;
}

// 0 where the two do not cross; the sign of a crossing does not depend on the direction of view.
int crossing(const Edge& a, const Edge& b) {
  if (a.high[1] < b.low[1] || b.high[1] < a.low[1]) return 0;
  // All four first, so that an end that lies on the other edge is found whatever the others say.
  const int from = side(a, b.from, b), to = side(a, b.to, b), starts = side(b, a.from, a), ends = side(b, a.to, a);
  if (from == to || starts == ends) return 0;
  const int handedness = orientation(a.from, a.to, b.from, b.to);
  if (handedness == 0) refuse_touch(a, b);
  return handedness;
}

}  // namespace

Linking linking_number(std::span<const double> first, std::span<const double> second) {
  check(first, 3, 3, "first");
  check(second, 3, 3, "second");
  const auto scaled = scaled_for_exactness({first, second}, "coordinates");
  const std::vector<Edge> a = edges_of(scaled[0]);
  std::vector<Edge> b = edges_of(scaled[1]);
  std::sort(b.begin(), b.end(), [](const Edge& x, const Edge& y) { return x.low[0] < y.low[0]; });
  Linking result;
  std::int64_t sum = 0;
  for (const Edge& edge : a)
    for (const Edge& other : b) {
      if (other.low[0] > edge.high[0]) break;
      if (other.high[0] < edge.low[0]) continue;
      const int sign = crossing(edge, other);
      sum += sign;
      result.crossings += sign != 0;
    }
  result.number = sum / 2;
  return result;
}

std::vector<std::int64_t> winding_number(std::span<const double> polygon, std::span<const double> places) {
  check(polygon, 2, 3, "points");
  check(places, 2, 0, "places");
  const auto scaled = scaled_for_exactness({polygon, places}, "coordinates");
  const std::size_t n = polygon.size() / 2;
  const auto at = [](const std::vector<double>& rows, std::size_t i) { return Point2{rows[2 * i], rows[2 * i + 1]}; };
  std::vector<std::int64_t> numbers;
  for (std::size_t row = 0; row < places.size() / 2; ++row) {
    const Point2 place = at(scaled[1], row);
    std::int64_t number = 0;
    for (std::size_t i = 0; i < n; ++i) {
      const Point2 from = at(scaled[0], i), to = at(scaled[0], (i + 1) % n);
      if (std::max(from[1], to[1]) < place[1] || std::min(from[1], to[1]) > place[1]) continue;
      const int turn = orientation(from, to, place);
      if (turn == 0 && std::min(from[0], to[0]) <= place[0] && std::max(from[0], to[0]) >= place[0])
        throw std::invalid_argument("place " + std::to_string(row) + " lies on the curve, on the edge from point " +
                                    std::to_string(i) + ", where there is no winding number");
      const bool upward = from[1] <= place[1] && to[1] > place[1];
      const bool downward = from[1] > place[1] && to[1] <= place[1];
      number += (upward && turn > 0) - (downward && turn < 0);
    }
    numbers.push_back(number);
  }
  return numbers;
}

}  // namespace orrery::curve

// Pairs of edges that meet.
// SPDX-License-Identifier: Apache-2.0
// Sources: Shewchuk 1997; Sedgewick 1983, chapter 24; Cohen et al. 1995.
#include "plugins/curve/core/self_intersections.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <stdexcept>
#include <string>

#include "plugins/curve/core/checks.hpp"
#include "plugins/curve/core/exact_sign.hpp"
#include "plugins/curve/core/vectors.hpp"

namespace orrery::curve {

namespace {

struct Edge {
  Vector3 from, to;
  std::size_t row = 0;   // of the point that it starts from
  std::size_t rank = 0;  // among the edges

  [[nodiscard]] double low(std::size_t k) const { return std::min(from[k], to[k]); }
  [[nodiscard]] double high(std::size_t k) const { return std::max(from[k], to[k]); }
};

Point2 shadow(const Vector3& p, std::size_t axis) { return {p[(axis + 1) % 3], p[(axis + 2) % 3]}; }

bool boxes_meet(const Edge& a, const Edge& b) {
  for (std::size_t k = 0; k < 3; ++k)
    if (a.high(k) < b.low(k) || b.high(k) < a.low(k)) return false;
  return true;
}

bool in_box(const Vector3& p, const Edge& e) {
  for (std::size_t k = 0; k < 3; ++k)
    if (p[k] < e.low(k) || p[k] > e.high(k)) return false;
  return true;
}

// Signs of the ends of each edge about the line of the other, in the shadow along an axis.
struct Signs {
  int c = 0, d = 0, a = 0, b = 0;
  [[nodiscard]] bool flat() const { return c == 0 && d == 0 && a == 0 && b == 0; }
};

Signs signs_of(const Edge& e, const Edge& f, std::size_t axis) {
  const Point2 a = shadow(e.from, axis), b = shadow(e.to, axis), c = shadow(f.from, axis), d = shadow(f.to, axis);
  return {orientation(a, b, c), orientation(a, b, d), orientation(c, d, a), orientation(c, d, b)};
}

bool is_end(const Edge& e, const Vector3& p) { return e.from == p || e.to == p; }

// All four ends on one line, whose boxes meet: one point, or a piece.
Meeting meeting_on_line(const Edge& e, const Edge& f) {
  std::size_t k = 0;
  for (std::size_t axis = 1; axis < 3; ++axis)
    if (e.high(axis) - e.low(axis) > e.high(k) - e.low(k)) k = axis;
  return e.high(k) == f.low(k) || f.high(k) == e.low(k) ? Meeting::touching : Meeting::overlap;
}

std::optional<Meeting> meeting_of(const Edge& e, const Edge& f) {
  if (!boxes_meet(e, f)) return std::nullopt;
  // In the plane z = 0 this is 0 without any arithmetic in doubt.
  const bool plane = e.from[2] == 0.0 && e.to[2] == 0.0 && f.from[2] == 0.0 && f.to[2] == 0.0;
  if (!plane && orientation(e.from, e.to, f.from, f.to) != 0) return std::nullopt;
  for (std::size_t axis = plane ? 2 : 0; axis < 3; ++axis) {
    const Signs s = signs_of(e, f, axis);
    if (s.flat()) continue;  // on one line, or their plane stands upright in this view
    if (s.c * s.d < 0 && s.a * s.b < 0) return Meeting::crossing;
    const bool touch = (s.c == 0 && in_box(f.from, e)) || (s.d == 0 && in_box(f.to, e)) ||
                       (s.a == 0 && in_box(e.from, f)) || (s.b == 0 && in_box(e.to, f));
    return touch ? std::optional(Meeting::touching) : std::nullopt;
  }
  return meeting_on_line(e, f);
}

// Neighbours a-b, b-c: whether c lies back on the ray from b through a.
bool turns_back(const Vector3& a, const Vector3& b, const Vector3& c) {
  for (std::size_t axis = 0; axis < 3; ++axis)
    if (orientation(shadow(a, axis), shadow(b, axis), shadow(c, axis)) != 0) return false;
  for (std::size_t k = 0; k < 3; ++k)
    if (a[k] != b[k]) return (a[k] > b[k]) == (c[k] > b[k]) && c[k] != b[k];
  return false;
}

Vector3 place_of(const Edge& e, const Edge& f, Meeting meeting) {
  if (meeting != Meeting::crossing) {
    for (const Vector3& p : {f.from, f.to})
      if (in_box(p, e) && (meeting == Meeting::overlap || is_end(e, p))) return p;
    for (const Vector3& p : {e.from, e.to})
      if (in_box(p, f) && meeting == Meeting::overlap) return p;
  }
  // The scaled numbers are near 2^300, and their fourth powers would overflow.
  const double order_one = 0x1p-300;
  const Vector3 u = scaled(minus(e.to, e.from), order_one), v = scaled(minus(f.to, f.from), order_one),
                w = scaled(minus(f.from, e.from), order_one);
  const Vector3 normal = cross(u, v);
  const double square = dot(normal, normal);
  if (!(square > 0.0)) return f.from;
  return plus(e.from, scaled(minus(e.to, e.from), std::clamp(dot(cross(w, v), normal) / square, 0.0, 1.0)));
}

// The different successive points, as edges; coordinates of order 1 for the boxes' and the signs' sake.
std::vector<Edge> edges_of(const std::vector<double>& rows, std::size_t n, std::size_t d, bool closed) {
  std::vector<Vector3> points;
  std::vector<std::size_t> row;
  for (std::size_t i = 0; i < n; ++i) {
    Vector3 p{};
    std::copy_n(&rows[i * d], d, p.begin());
    if (!points.empty() && points.back() == p) continue;
    points.push_back(p);
    row.push_back(i);
  }
  if (closed && points.size() > 1 && points.front() == points.back()) points.pop_back();
  const std::size_t fewest = closed ? 3 : 2;
  if (points.size() < fewest)
    throw std::invalid_argument("a" + std::string(closed ? " closed" : "") + " polyline needs at least " +
                                std::to_string(fewest) + " points that differ from the one before; there are " +
                                std::to_string(points.size()));
  std::vector<Edge> edges;
  for (std::size_t i = 0; i + (closed ? 0 : 1) < points.size(); ++i)
    edges.push_back({points[i], points[(i + 1) % points.size()], row[i], i});
  return edges;
}

class Search {
 public:
  Search(const std::vector<Edge>& edges, bool closed, std::size_t most, int shift)
      : edges_(edges), closed_(closed), most_(most), shift_(shift) {}

  // Edges in order of their lowest first coordinate; each is compared with those that have not ended before.
  SelfIntersections operator()(const std::function<void(std::size_t)>& progress) {
    std::vector<const Edge*> sorted;
    for (const Edge& e : edges_) sorted.push_back(&e);
    std::sort(sorted.begin(), sorted.end(), [](const Edge* a, const Edge* b) {
      return a->low(0) != b->low(0) ? a->low(0) < b->low(0) : a->rank < b->rank;
    });
    std::vector<const Edge*> open;
    for (std::size_t i = 0; i < sorted.size() && found_.complete; ++i) {
      const Edge& e = *sorted[i];
      if (progress && i % 256 == 0) progress(i);
      std::erase_if(open, [&](const Edge* other) { return other->high(0) < e.low(0); });
      for (const Edge* other : open) compare(e.rank < other->rank ? e : *other, e.rank < other->rank ? *other : e);
      open.push_back(&e);
    }
    std::sort(found_.pairs.begin(), found_.pairs.end(), [](const EdgePair& a, const EdgePair& b) {
      return a.first != b.first ? a.first < b.first : a.second < b.second;
    });
    found_.count = found_.pairs.size();
    return std::move(found_);
  }

 private:
  void compare(const Edge& e, const Edge& f) {
    if (!found_.complete) return;
    const bool next = f.rank == e.rank + 1, around = closed_ && e.rank == 0 && f.rank + 1 == edges_.size();
    std::optional<Meeting> meeting;
    if (next || around) {
      const bool back = (next && turns_back(e.from, e.to, f.to)) || (around && turns_back(f.from, f.to, e.to));
      if (back) meeting = Meeting::overlap;
    } else {
      meeting = meeting_of(e, f);
    }
    if (!meeting) return;
    if (found_.pairs.size() == most_) {
      found_.complete = false;
      return;
    }
    Vector3 place = next ? e.to : around ? e.from : place_of(e, f, *meeting);
    for (double& x : place) x = std::scalbn(x, shift_);
    found_.pairs.push_back({e.row, f.row, *meeting, place});
  }

  const std::vector<Edge>& edges_;
  bool closed_;
  std::size_t most_;
  int shift_;
  SelfIntersections found_;
};

}  // namespace

SelfIntersections self_intersections(std::span<const double> points, std::size_t n, std::size_t d, bool closed,
                                     std::size_t most, const std::function<void(std::size_t)>& progress) {
  if (d != 2 && d != 3)
    throw std::invalid_argument("points must have 2 or 3 coordinates; they have " + std::to_string(d));
  if (most == 0) throw std::invalid_argument("the search needs room for at least 1 pair; it has 0");
  require_size(points, n, d, "points");
  require_finite(points, d, "points");
  const std::vector<std::vector<double>> rows = scaled_for_exactness({points}, "coordinates");
  // The power of two between the scaled numbers and those given.
  int shift = 0;
  for (std::size_t i = 0; i < points.size(); ++i)
    if (points[i] != 0.0) {
      shift = std::ilogb(points[i]) - std::ilogb(rows[0][i]);
      break;
    }
  const std::vector<Edge> edges = edges_of(rows[0], n, d, closed);
  return Search(edges, closed, most, shift)(progress);
}

}  // namespace orrery::curve

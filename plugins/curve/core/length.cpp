// Lengths, total curvature and turning number of polylines and splines.
// SPDX-License-Identifier: Apache-2.0
// Sources: Davis, Rabinowitz 1984 (Gauss-Legendre quadrature); Milnor 1950 (total curvature of polygons);
// Hopf 1935 (turning number).
#include "plugins/curve/core/length.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <stdexcept>
#include <string>

#include "plugins/curve/core/checks.hpp"
#include "plugins/curve/core/curvature.hpp"
#include "plugins/curve/core/double_double.hpp"

namespace orrery::curve {

namespace {

void check(std::span<const double> points, std::size_t n, std::size_t d) {
  if (n == 0 || d == 0) {
    throw std::invalid_argument("points must hold at least 1 x 1 numbers; they are " + std::to_string(n) + " x " +
                                std::to_string(d));
  }
  require_size(points, n, d, "points");
  require_finite(points, d, "points");
}

// A vector as direction times 2^exponent, so that no square can over- or underflow.
struct Edge {
  std::vector<double> direction;
  int exponent = 0;
  double length = 0.0;  // on the scale of `direction`
};

void set_edge(std::span<const double> points, std::size_t from, std::size_t to, Edge& edge) {
  const std::size_t d = edge.direction.size();
  double largest = 0.0;
  edge.length = 0.0;
  for (std::size_t c = 0; c < d; ++c) {
    edge.direction[c] = points[to * d + c] - points[from * d + c];
    largest = std::max(largest, std::abs(edge.direction[c]));
  }
  if (largest == 0.0) {
    return;
  }
  edge.exponent = std::clamp(std::ilogb(largest), -1000, 1000);
  const double factor = std::scalbn(1.0, -edge.exponent);
  DoubleDouble squares;
  for (double& entry : edge.direction) {
    entry *= factor;
    squares = squares + two_product(entry, entry);
  }
  edge.length = sqrt_to_double(squares);
}

std::size_t edge_count(std::size_t n, bool closed) { return closed && n > 1 ? n : n - 1; }

std::vector<Edge> edges_of(std::span<const double> points, std::size_t n, std::size_t d, bool closed) {
  std::vector<Edge> edges(edge_count(n, closed), Edge{std::vector<double>(d), 0, 0.0});
  for (std::size_t i = 0; i < edges.size(); ++i) {
    set_edge(points, i, (i + 1) % n, edges[i]);
  }
  return edges;
}

// Calls visit(length so far) at the end of each edge.
template <typename Visit>
void walk(std::span<const double> points, std::size_t n, std::size_t d, bool closed, Visit visit) {
  Edge edge{std::vector<double>(d), 0, 0.0};
  DoubleDouble sum;
  for (std::size_t i = 0; i < edge_count(n, closed); ++i) {
    set_edge(points, i, (i + 1) % n, edge);
    sum = sum + DoubleDouble{std::scalbn(edge.length, edge.exponent), 0.0};
    visit(to_double(sum));
  }
}

// The edge after `i` that has a length; edges.size() if there is none left.
std::size_t next_edge(const std::vector<Edge>& edges, std::size_t i, bool closed) {
  for (std::size_t step = 1; step <= edges.size(); ++step) {
    const std::size_t j = i + step;
    if (j >= edges.size() && !closed) {
      break;
    }
    if (edges[j % edges.size()].length > 0.0) {
      return j % edges.size();
    }
  }
  return edges.size();
}

// Half-angle form: accurate near 0 and near pi.   Source: Kahan 2006, "How futile are mindless assessments", section 12
double angle_between(const Edge& a, const Edge& b) {
  double difference = 0.0;
  double sum = 0.0;
  for (std::size_t c = 0; c < a.direction.size(); ++c) {
    const double x = a.direction[c] * b.length;
    const double y = b.direction[c] * a.length;
    difference += (x - y) * (x - y);
    sum += (x + y) * (x + y);
  }
  return 2.0 * std::atan2(std::sqrt(difference), std::sqrt(sum));
}

double signed_angle(const Edge& a, const Edge& b) {
  const double across = determinant2(a.direction[0], a.direction[1], b.direction[0], b.direction[1]);
  const double along = determinant2(a.direction[0], -a.direction[1], b.direction[1], b.direction[0]);
  return std::atan2(across, along);
}

struct Rule {
  std::array<double, 10> node;
  std::array<double, 10> weight;
};

// Newton's method on the Legendre polynomial, from the cosine estimate of its zeros.
Rule gauss_legendre() {
  constexpr std::size_t size = 10;
  Rule rule{};
  for (std::size_t i = 0; i < size; ++i) {
    double x = std::cos(std::numbers::pi * (static_cast<double>(i) + 0.75) / (static_cast<double>(size) + 0.5));
    double slope = 0.0;
    for (int pass = 0; pass < 8; ++pass) {
      double below = 1.0;
      double value = x;
      for (std::size_t k = 2; k <= size; ++k) {
        const auto m = static_cast<double>(k);
        const double above = ((2.0 * m - 1.0) * x * value - (m - 1.0) * below) / m;
        below = value;
        value = above;
      }
      slope = static_cast<double>(size) * (x * value - below) / (x * x - 1.0);
      x -= value / slope;
    }
    rule.node[i] = x;
    rule.weight[i] = 2.0 / ((1.0 - x * x) * slope * slope);
  }
  return rule;
}

// Integral of integrand(u) over each piece of the spline, summed from the start.
template <typename Integrand>
std::vector<double> cumulative_integral(const Spline& spline, Integrand integrand) {
  const Rule rule = gauss_legendre();
  const std::span<const double> sites = spline.sites();
  std::vector<double> result{0.0};
  DoubleDouble sum;
  for (std::size_t i = 1; i < sites.size(); ++i) {
    const double half = (sites[i] - sites[i - 1]) / 2.0;
    const double middle = sites[i - 1] + half;
    double piece = 0.0;
    for (std::size_t q = 0; q < rule.node.size(); ++q) {
      piece += rule.weight[q] * integrand(middle + half * rule.node[q]);
    }
    sum = sum + DoubleDouble{half * piece, 0.0};
    result.push_back(to_double(sum));
  }
  return result;
}

}  // namespace

std::vector<double> cumulative_length(std::span<const double> points, std::size_t n, std::size_t d, bool closed) {
  check(points, n, d);
  std::vector<double> result{0.0};
  const auto keep = [&result](double length) { result.push_back(length); };
  walk(points, n, d, closed, keep);
  return result;
}

double polyline_length(std::span<const double> points, std::size_t n, std::size_t d, bool closed) {
  check(points, n, d);
  double total = 0.0;
  walk(points, n, d, closed, [&total](double length) { total = length; });
  return total;
}

std::vector<double> spline_length(const Spline& spline) {
  const std::size_t d = spline.dimension();
  std::vector<double> local(2 * d);
  return cumulative_integral(spline, [&](double u) {
    spline.evaluate(u, 1, local);
    const auto velocity = std::span(local).subspan(d);
    double largest = 0.0;
    for (const double x : velocity) {
      largest = std::max(largest, std::abs(x));
    }
    double squares = 0.0;
    for (const double x : velocity) {
      squares += largest > 0.0 ? (x / largest) * (x / largest) : 0.0;
    }
    return largest * std::sqrt(squares);
  });
}

double total_curvature(const Spline& spline) {
  const std::size_t d = spline.dimension();
  if (d < 2) {
    throw std::invalid_argument("total curvature needs a dimension of at least 2; it is " + std::to_string(d));
  }
  std::vector<double> local(3 * d);
  const std::array<std::span<const double>, 2> derivatives{std::span(local).subspan(d, d),
                                                           std::span(local).subspan(2 * d, d)};
  const auto turning_rate = [&](double u) {
    spline.evaluate(u, 2, local);
    const FrenetData geometry = curvature_from_derivatives(derivatives, 1, d);
    return geometry.curvature[0] * geometry.speed[0];
  };
  return cumulative_integral(spline, turning_rate).back();
}

double polygon_total_curvature(std::span<const double> points, std::size_t n, std::size_t d, bool closed) {
  check(points, n, d);
  if (d < 2) {
    throw std::invalid_argument("total curvature needs a dimension of at least 2; it is " + std::to_string(d));
  }
  const std::vector<Edge> edges = edges_of(points, n, d, closed);
  DoubleDouble sum;
  for (std::size_t i = 0; i < edges.size(); ++i) {
    const std::size_t next = edges[i].length > 0.0 ? next_edge(edges, i, closed) : edges.size();
    if (next != edges.size()) {
      sum = sum + DoubleDouble{angle_between(edges[i], edges[next]), 0.0};
    }
  }
  return to_double(sum);
}

Turning turning_number(std::span<const double> points, std::size_t n) {
  check(points, n, 2);
  const std::vector<Edge> edges = edges_of(points, n, 2, true);
  const auto moving = std::count_if(edges.begin(), edges.end(), [](const Edge& edge) { return edge.length > 0.0; });
  if (moving < 3) {
    throw std::invalid_argument("a turning number needs at least 3 different successive points; there are " +
                                std::to_string(moving));
  }
  Turning result;
  DoubleDouble sum;
  for (std::size_t i = 0; i < edges.size(); ++i) {
    if (edges[i].length == 0.0) {
      continue;
    }
    const std::size_t next = next_edge(edges, i, true);
    const double angle = signed_angle(edges[i], edges[next]);
    if (std::abs(angle) >= std::numbers::pi) {
      throw std::invalid_argument("the curve turns straight back at row " + std::to_string(next) +
                                  "; its turning number is not defined");
    }
    result.largest_angle = std::max(result.largest_angle, std::abs(angle));
    sum = sum + DoubleDouble{angle, 0.0};
  }
  result.turns = to_double(sum) / (2.0 * std::numbers::pi);
  result.number = std::llround(result.turns);
  return result;
}

}  // namespace orrery::curve

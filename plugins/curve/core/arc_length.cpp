// Adaptive Gauss-Kronrod quadrature (Piessens et al. 1983) and inversion of arc length along splines.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/curve/core/arc_length.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <stdexcept>
#include <string>

#include "plugins/curve/core/checks.hpp"
#include "plugins/curve/core/double_double.hpp"
#include "plugins/curve/core/length.hpp"
#include "plugins/curve/core/spline.hpp"

namespace orrery::curve {

namespace {

// Positive nodes from the outside in; every second one is a Gauss node.
constexpr std::array<double, 8> kronrod_nodes{
    0.99145537112081263921, 0.94910791234275852453, 0.86486442335976907279, 0.74153118559939443986,
    0.58608723546769113029, 0.40584515137739716691, 0.20778495500789846760, 0.0};
constexpr std::array<double, 8> kronrod_weights{0.02293532201052922496, 0.06309209262997855329, 0.10479001032225018384,
                                                0.14065325971552591875, 0.16900472663926790282, 0.19035057806478540991,
                                                0.20443294007529889241, 0.20948214108472782801};
constexpr std::array<double, 4> gauss_weights{0.12948496616886969327, 0.27970539148927666790, 0.38183005050511894495,
                                              0.41795918367346938776};

struct Interval {
  double from = 0.0, to = 0.0, value = 0.0, size = 0.0, error = 0.0;
  bool operator<(const Interval& other) const { return error < other.error; }
};

double checked(const std::function<double(double)>& f, double x) {
  const double y = f(x);
  if (!std::isfinite(y)) {
    throw std::domain_error("the integrand must be finite; at " + number_text(x) + " it is " + number_text(y));
  }
  return y;
}

Interval rule(const std::function<double(double)>& f, double from, double to) {
  const double middle = 0.5 * from + 0.5 * to, half = 0.5 * to - 0.5 * from;
  double kronrod = 0.0, gauss = 0.0, size = 0.0;
  for (std::size_t i = 0; i < 8; ++i) {
    const double left = checked(f, middle - half * kronrod_nodes[i]);
    const double right = i == 7 ? 0.0 : checked(f, middle + half * kronrod_nodes[i]);
    kronrod += kronrod_weights[i] * (left + right);
    size += kronrod_weights[i] * (std::abs(left) + std::abs(right));
    gauss += i % 2 == 1 ? gauss_weights[i / 2] * (left + right) : 0.0;
  }
  // The difference is the error of the Gauss rule; that of the Kronrod rule is about its power 3/2.
  const double difference = std::abs(kronrod - gauss);
  const double scale = size > 0.0 ? 200.0 * difference / size : 0.0;
  const double error = scale < 1.0 ? size * scale * std::sqrt(scale) : difference;
  return {from, to, kronrod * half, std::abs(size * half), std::abs(error * half)};
}

struct Sums {
  double value = 0.0, size = 0.0, error = 0.0;
};

Sums sums_of(std::vector<Interval> all) {
  std::sort(all.begin(), all.end(), [](const Interval& a, const Interval& b) { return a.from < b.from; });
  DoubleDouble value;
  Sums sums;
  for (const Interval& i : all) {
    value = value + DoubleDouble{i.value, 0.0};
    sums.size += i.size;
    sums.error += i.error;
  }
  sums.value = to_double(value);
  return sums;
}

}  // namespace

Quadrature integrate(const std::function<double(double)>& f, double from, double to, double tolerance,
                     std::size_t most_intervals) {
  require_finite(std::array{from, to}, 1, "ends of the integral");
  if (!(tolerance >= 1e-15 && tolerance <= 0.1) || most_intervals < 1) {
    throw std::invalid_argument("tolerance must lie in [1e-15, 0.1]; it is " + number_text(tolerance));
  }
  if (from == to) {
    return {};
  }
  std::vector<Interval> heap{rule(f, from, to)};
  double error = heap[0].error, size = heap[0].size;
  while (error > tolerance * size && heap.size() < most_intervals) {
    std::pop_heap(heap.begin(), heap.end());
    const Interval worst = heap.back();
    const double middle = 0.5 * worst.from + 0.5 * worst.to;
    if (middle == worst.from || middle == worst.to) {
      std::push_heap(heap.begin(), heap.end());
      break;
    }
    heap.back() = rule(f, worst.from, middle);
    std::push_heap(heap.begin(), heap.end());
    heap.push_back(rule(f, middle, worst.to));
    std::push_heap(heap.begin(), heap.end());
    error = 0.0, size = 0.0;
    for (const Interval& i : heap) {
      error += i.error, size += i.size;
    }
  }
  const Sums sums = sums_of(heap);
  return {sums.value, sums.error + 1e-16 * sums.size, 15 * (2 * heap.size() - 1), sums.error <= tolerance * sums.size};
}

ArcLengths arc_lengths(const NamedCurve& curve, double from, std::span<const double> t, double tolerance,
                       const std::function<void()>& progress) {
  require_valid(curve);
  require_finite(t, 1, "parameter");
  require_finite(std::span(&from, 1), 1, "from");
  const auto speed = [&](double at) {
    const CurveTable table = evaluate(curve, std::span(&at, 1), 1);
    const std::vector<double>& v = table.derivatives[0];
    return table.d == 2 ? std::hypot(v[0], v[1]) : std::hypot(v[0], v[1], v[2]);
  };
  // In the order of t, so that each part is integrated once.
  std::vector<std::size_t> rows(t.size());
  for (std::size_t i = 0; i < rows.size(); ++i) {
    rows[i] = i;
  }
  std::sort(rows.begin(), rows.end(), [&](std::size_t a, std::size_t b) { return t[a] < t[b]; });
  const auto split = std::partition_point(rows.begin(), rows.end(), [&](std::size_t i) { return t[i] < from; });
  ArcLengths out{std::vector<double>(t.size()), std::vector<double>(t.size())};
  const auto walk = [&](auto begin, auto end) {
    double here = from, error = 0.0;
    DoubleDouble sum;
    for (auto row = begin; row != end; ++row) {
      const double pieces = std::max(std::ceil(std::abs(t[*row] - here) / std::numbers::pi), 1.0);
      if (!(pieces <= 1e7)) {
        throw std::domain_error("parameter must be within 1e7 pi of its neighbour; row " + std::to_string(*row) +
                                " is " + number_text(t[*row]) + " next to " + number_text(here));
      }
      for (double piece = 0.0; piece < pieces; ++piece) {
        const double left = here + (t[*row] - here) * (piece / pieces);
        const double right = piece + 1.0 == pieces ? t[*row] : here + (t[*row] - here) * ((piece + 1.0) / pieces);
        const Quadrature part = integrate(speed, left, right, tolerance);
        if (progress) {
          progress();
        }
        if (!part.reached) {
          throw std::range_error("the arc length to row " + std::to_string(*row) + " does not reach the tolerance " +
                                 number_text(tolerance) + "; its error is " + number_text(part.error));
        }
        sum = sum + DoubleDouble{part.value, 0.0};
        error += part.error;
      }
      here = t[*row];
      out.length[*row] = to_double(sum);
      out.error[*row] = error;
    }
  };
  walk(split, rows.end());
  walk(std::make_reverse_iterator(split), rows.rend());
  return out;
}

namespace {

double spline_speed(const Spline& spline, double u, std::vector<double>& scratch) {
  scratch.resize(2 * spline.dimension());
  spline.evaluate(u, 1, scratch);
  double largest = 0.0, sum = 0.0;
  const std::span<const double> v = std::span<const double>(scratch).subspan(spline.dimension());
  for (const double x : v) {
    largest = std::max(largest, std::abs(x));
  }
  for (const double x : v) {
    sum += largest > 0.0 ? (x / largest) * (x / largest) : 0.0;
  }
  return largest * std::sqrt(sum);
}

// Kronrod's rule on a part of one piece of the spline.
double part_length(const Spline& spline, double from, double to, std::vector<double>& scratch) {
  const double middle = 0.5 * (from + to), half = 0.5 * (to - from);
  double sum = kronrod_weights[7] * spline_speed(spline, middle, scratch);
  for (std::size_t i = 0; i < 7; ++i) {
    sum += kronrod_weights[i] * (spline_speed(spline, middle - half * kronrod_nodes[i], scratch) +
                                 spline_speed(spline, middle + half * kronrod_nodes[i], scratch));
  }
  return sum * half;
}

// The place within a piece at which the length from its start is `wanted`: Newton's method inside of a bracket.
double place_in_piece(const Spline& spline, double start, double end, double wanted, double whole,
                      std::vector<double>& scratch) {
  double low = start, high = end, u = start + (end - start) * (whole > 0.0 ? wanted / whole : 0.0);
  for (int pass = 0; pass < 100 && low < high; ++pass) {
    const double excess = part_length(spline, start, u, scratch) - wanted;
    (excess > 0.0 ? high : low) = u;
    if (std::abs(excess) <= 1e-16 * whole) {
      break;
    }
    const double speed = spline_speed(spline, u, scratch);
    const double newton = speed > 0.0 ? u - excess / speed : low;
    const double next = newton > low && newton < high ? newton : 0.5 * (low + high);
    if (next == u || std::abs(next - u) <= 1e-16 * (end - start)) {
      break;
    }
    u = next;
  }
  return u;
}

}  // namespace

Resampled resample_by_arc(const SampledCurve& curve, std::size_t degree, std::span<const double> arc,
                          std::size_t count) {
  const Spline spline = Spline::interpolate(curve, degree);
  const std::span<const double> sites = spline.sites();
  std::vector<double> scratch, total{0.0};
  DoubleDouble sum;
  for (std::size_t i = 0; i + 1 < sites.size(); ++i) {
    sum = sum + DoubleDouble{part_length(spline, sites[i], sites[i + 1], scratch), 0.0};
    total.push_back(sum.hi);
  }
  if (!(total.back() > 0.0) || (arc.empty() && count < 2)) {
    throw std::invalid_argument(arc.empty() && count < 2 ? "count must be at least 2; it is " + std::to_string(count)
                                                         : "a curve of length 0 cannot be sampled by its length");
  }
  Resampled out;
  out.total = total.back();
  out.arc.assign(arc.begin(), arc.end());
  for (std::size_t i = 0; arc.empty() && i < count; ++i) {
    out.arc.push_back(out.total * (static_cast<double>(i) / static_cast<double>(curve.closed ? count : count - 1)));
  }
  std::vector<double> point(curve.d);
  const double origin = curve.parameter.empty() ? 0.0 : curve.parameter[0];
  for (std::size_t row = 0; row < out.arc.size(); ++row) {
    const double s = out.arc[row];
    if (!(s >= 0.0 && s <= out.total)) {
      throw std::domain_error("arc must lie in [0, " + number_text(out.total) + "]; row " + std::to_string(row) +
                              " is " + number_text(s));
    }
    const auto above = std::upper_bound(total.begin() + 1, total.end() - 1, s);
    const auto piece = static_cast<std::size_t>(above - total.begin()) - 1;
    const double u = place_in_piece(spline, sites[piece], sites[piece + 1], s - total[piece],
                                    total[piece + 1] - total[piece], scratch);
    spline.evaluate(u, 0, point);
    out.points.insert(out.points.end(), point.begin(), point.end());
    out.parameter.push_back(origin + u * spline.unit());
  }
  return out;
}

}  // namespace orrery::curve

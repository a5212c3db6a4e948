// The roots of Lambert's flight time, found without fail: one without revolutions, two with each number of them.
// SPDX-License-Identifier: Apache-2.0
// Izzo, Celest. Mech. Dyn. Astron. 121 (2015) 1, with every step kept inside a bracket of the root.
#define ORRERY_LANES lambert_roots
#include "plugins/orbital/core/lambert_roots.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "plugins/orbital/core/lambert_kernel.hpp"

namespace orrery::orbital::detail {

namespace {

using namespace ORRERY_LANES;
using Point = Place<double>;
using Numbers = Transfer<double>;

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double accurate = 0x1p-51;
constexpr double tolerance = 0x1p-50;  // within which a time counts as the shortest one

// As many halvings as it takes: each takes the square root of x/2.
struct AnyFlight {
  double operator()(double one_plus_x) const {
    double halves[16];
    int n = 0;
    double x = halves[n++] = std::sqrt(0.5 * one_plus_x);
    do x = halves[n++] = std::sqrt(0.5 * (1.0 + x));
    while (x > 1.4143 && n < 16);
    const double t = (1.0 - x) / (1.0 + x);
    double value = flight_polynomial(t);
    while (n > 0) {
      --n;
      value = doubled(halves[n], value);
    }
    return value;
  }
};

Flight<double> flight_with(const Numbers& transfer, int revolutions, const Point& place) {
  Flight<double> flight = flight_at(transfer, place, AnyFlight{});
  if (revolutions == 0) return flight;
  const double gap = place.above() * place.below();
  const double turns = revolutions * half_turn / (gap * std::sqrt(gap));
  flight.time += turns;
  flight.slope += 3.0 * place.x() * turns / gap;
  return flight;
}

Bend<double> bend_with(const Numbers& transfer, int revolutions, const Point& place, const Flight<double>& flight) {
  return revolutions > 0 ? bend_at<false>(transfer, place, flight) : bend_at<true>(transfer, place, flight);
}

Point moved(const Point& p, double anchor) { return {anchor, (p.anchor - anchor) + p.offset}; }

// The anchor that keeps the digits of x, 1 + x or 1 - x, whichever is small.
Point anchored(const Point& p) {
  const double x = p.x();
  return moved(p, x < -0.5 ? -1.0 : x < 0.5 ? 0.0 : 1.0);
}

bool inside(const Point& p, const Point& low, const Point& high) {
  return p.offset > moved(low, p.anchor).offset && p.offset < moved(high, p.anchor).offset;
}

// Between two places: in the ratio of their distances from -1 or 1 where they are far apart in that sense.
Point between(const Point& low, const Point& high) {
  const double a = low.above(), b = high.above();
  if (b == infinity) return anchored({-1.0, std::max(4.0 * a, 4.0)});
  if (a < 0.25 * b && a < 0.5) return anchored({-1.0, a > 0.0 ? std::sqrt(a) * std::sqrt(b) : 0.0625 * b});
  if (b > 4.0 * a && b > 8.0) return anchored({-1.0, std::sqrt(a) * std::sqrt(b)});
  const double c = low.below(), d = high.below();
  if (d >= 0.0 && d < 0.25 * c && d < 0.5)
    return anchored({1.0, -(d > 0.0 ? std::sqrt(c) * std::sqrt(d) : 0.0625 * c)});
  const Point from = moved(low, anchored(high).anchor), to = anchored(high);
  return anchored({to.anchor, 0.5 * from.offset + 0.5 * to.offset});
}

// The root of T(x) = time between two places, where T rises with x if `rising` is 1 and falls if it is -1.
TransferRoot bracketed_root(const Numbers& transfer, int revolutions, Point low, Point high, Point at, double rising) {
  TransferRoot best{.error = infinity};
  constexpr int limit = 400;
  for (int steps = 0; steps < limit; ++steps) {
    if (!inside(at, low, high)) {
      at = between(low, high);
      if (!inside(at, low, high)) break;
    }
    const Flight<double> flight = flight_with(transfer, revolutions, at);
    const double error = flight.time - transfer.time, relative = error / transfer.time;
    if (std::fabs(relative) < std::fabs(best.error)) best = {at.anchor, at.offset, relative, steps, true};
    if (std::fabs(relative) <= accurate) break;
    (rising * error > 0.0 ? high : low) = at;
    const double step = householder(error, flight.slope, bend_with(transfer, revolutions, at, flight));
    const double next = at.offset - step;
    if (next == at.offset) break;
    at = anchored({at.anchor, std::isfinite(next) ? next : infinity});
  }
  return best;
}

// Where the time with revolutions is shortest: T' = 0 between x = 0, where it is -2, and 2 (1 + |lambda|^3)/(3 pi M).
struct Shortest {
  Point place;
  double time = 0.0;
  Bend<double> bend{};
};

double shortest_within(double lambda, int revolutions) {
  const double size = std::fabs(lambda);
  return std::min(2.0 * (1.0 + size * size * size) / (3.0 * half_turn * revolutions), 0.45);
}

Shortest shortest_time(const Numbers& transfer, int revolutions) {
  const double cube = transfer.lambda * transfer.lambda * transfer.lambda;
  double low = 0.0, high = shortest_within(transfer.lambda, revolutions);
  double x = std::min(2.0 * (1.0 - cube) / (3.0 * half_turn * (revolutions + 0.5)), 0.5 * high);
  Shortest least;
  for (int k = 0; k < 100; ++k) {
    least.place = {0.0, x};
    const Flight<double> flight = flight_with(transfer, revolutions, least.place);
    least.time = flight.time;
    least.bend = bend_with(transfer, revolutions, least.place, flight);
    (flight.slope > 0.0 ? high : low) = x;
    const double second = least.bend.second, third = least.bend.third;
    const double step = 2.0 * flight.slope * second / (2.0 * second * second - flight.slope * third);
    double next = x - step;
    if (!(next > low && next < high)) next = 0.5 * (low + high);
    if (std::fabs(next - x) <= 1e-9 * x || flight.slope == 0.0) break;
    x = next;
  }
  return least;
}

Numbers numbers_of(const TransferNumbers& transfer) { return {transfer.lambda, transfer.gap, transfer.time}; }

// From the parabola T = T_min + T'' d^2/2 near the shortest time, else from the limits of T as x -> -1 and x -> 1.
Point branch_start(const Numbers& transfer, int revolutions, const Shortest& least, bool left) {
  const double square = 2.0 * std::max(transfer.time - least.time, 0.0) / least.bend.second;
  const double d = std::sqrt(square), side = left ? -1.0 : 1.0;
  if (d < 0.4) return {0.0, least.place.offset + side * d - least.bend.third * square / (6.0 * least.bend.second)};
  const double cube = std::cbrt((revolutions + (left ? 1.0 : 0.0)) * half_turn / (transfer.time + (left ? 0.7 : 0.0)));
  const double gap = std::min(cube * cube, 1.0);
  return anchored({side, -side * gap / (1.0 + std::sqrt(1.0 - gap))});
}

bool reaches(const Numbers& transfer, const Shortest& least) {
  return transfer.time - least.time >= -tolerance * transfer.time;
}

TransferRoot root_with_revolutions(const Numbers& transfer, int revolutions, TransferBranch branch) {
  const Shortest least = shortest_time(transfer, revolutions);
  const double excess = transfer.time - least.time;
  if (!reaches(transfer, least)) return {};
  TransferRoot lowest{least.place.anchor, least.place.offset, -excess / transfer.time, 0, true};
  if (excess <= tolerance * transfer.time) return lowest;
  const bool left = branch == TransferBranch::high;
  const Point end{left ? -1.0 : 1.0, 0.0}, start = branch_start(transfer, revolutions, least, left);
  const TransferRoot found = left ? bracketed_root(transfer, revolutions, end, least.place, start, -1.0)
                                  : bracketed_root(transfer, revolutions, least.place, end, start, 1.0);
  return std::fabs(found.error) <= std::fabs(lowest.error) ? found : lowest;
}

}  // namespace

double flight_time(const TransferNumbers& transfer, int revolutions, double anchor, double offset) {
  return flight_with(numbers_of(transfer), revolutions, {anchor, offset}).time;
}

TransferRoot transfer_root(const TransferNumbers& transfer, int revolutions, TransferBranch branch) {
  const Numbers numbers = numbers_of(transfer);
  if (revolutions > 0) return root_with_revolutions(numbers, revolutions, branch);
  return bracketed_root(numbers, 0, {-1.0, 0.0}, {1.0, infinity}, anchored(start_at(numbers)), -1.0);
}

int most_revolutions(const TransferNumbers& transfer) {
  const double turns = std::floor(transfer.time / half_turn);
  if (turns >= std::numeric_limits<int>::max()) return std::numeric_limits<int>::max();
  const int most = static_cast<int>(turns);
  if (most == 0) return 0;
  // Only the last of them is in doubt: T at x = 0 is not below the least, and the least is not below what the
  // revolutions take at x = 0 and the rest at the largest x that it can have.
  const Numbers numbers = numbers_of(transfer);
  if (transfer.time >= flight_time(transfer, most, 0.0, 0.0)) return most;
  const double rest = flight_time(transfer, 0, 0.0, shortest_within(transfer.lambda, most));
  if (transfer.time < (most * half_turn + rest) * (1.0 - tolerance)) return most - 1;
  return reaches(numbers, shortest_time(numbers, most)) ? most : most - 1;
}

}  // namespace orrery::orbital::detail

// Bodies on closed orbits after given times, for a block of rows, as a template of the instruction set.
// SPDX-License-Identifier: Apache-2.0
//
// Lagrange's coefficients in the change x of the eccentric anomaly: Battin, An Introduction to the Mathematics and
// Methods of Astrodynamics (1999), section 4.3. With w = r0/a the equation of the orbit is
//   w x + (1 - w) (x - sin x) + e sin E0 (1 - cos x) = n t,
// every term of it in twice the working precision, since passing from one apsis of a slender orbit to the other cancels
// digits, and so does the phase after many periods. Start: Markley, Celest. Mech. Dyn. Astron. 63 (1995) 101. Sine and
// cosine about tabulated nodes: Gal and Bachelis, ACM TOMS 17 (1991) 26.
//
// Products and sums are rounded as they stand, so the bits do not depend on the machine.
// Included by one file for each instruction set, after ORRERY_SIMD is defined.
#pragma once

#include "plugins/orbital/core/markley_kernel.hpp"
#include "plugins/orbital/core/orbit_block.hpp"
#include "plugins/orbital/core/simd.hpp"
#include "plugins/orbital/core/sine_kernel.hpp"

namespace orrery::orbital::ORRERY_SIMD {

using detail::ArrivalBlock;
using detail::OrbitBlock;
using detail::OrbitColumn;
using detail::StateBlock;

constexpr double pi = 0x1.921fb54442d18p+1;
constexpr std::size_t orbit_stride = detail::orbit_block_size;  // from a number's column to its rest's

ORRERY_INLINE Pair two_pi() { return {all(0x1.921fb54442d18p+2), all(0x1.1a62633145c07p-52)}; }

// ---- Pairs ----

// Here all is of the order of one, and 2^-78 of that is enough: pairs are not brought to their normal form, in which
// the second is less than a rounding of the first.
ORRERY_INLINE Pair times(Pair a, Pair b) {
  const Pair high = two_prod(a.hi, b.hi);
  return {high.hi, high.lo + (a.hi * b.lo + a.lo * b.hi)};
}
ORRERY_INLINE Pair times(Pair a, Real b) {
  const Pair high = two_prod(a.hi, b);
  return {high.hi, high.lo + a.lo * b};
}
ORRERY_INLINE Pair sum_of(Pair a, Pair b) {
  const Pair high = two_sum(a.hi, b.hi);
  return {high.hi, high.lo + (a.lo + b.lo)};
}
/// 1 - a
ORRERY_INLINE Pair complement(Pair a) {
  const Pair high = two_sum(all(1.0), -a.hi);
  return {high.hi, high.lo - a.lo};
}
ORRERY_INLINE Pair sided(Pair a, Real side) { return {a.hi * side, a.lo * side}; }

// ---- Preparing ----

/// atan(y/x) in the right quadrant, to 2^-36; only a start is made of it.
ORRERY_INLINE Real rough_angle(Real y, Real x) {
  const Real size_y = absolute(y), size_x = absolute(x);
  const Real least = smaller(size_x, size_y), most = larger(size_x, size_y);
  const Real ratio = least / (most > Real{} ? most : all(1.0));
  const auto beyond = ratio > all(0.41421356);
  const Real t = beyond ? (ratio - 1.0) / (ratio + 1.0) : ratio;
  const Real series = polynomial<Same>(t * t, 1.0, -1.0 / 3, 1.0 / 5, -1.0 / 7, 1.0 / 9, -1.0 / 11, 1.0 / 13, -1.0 / 15,
                                       1.0 / 17, -1.0 / 19, 1.0 / 21, -1.0 / 23, 1.0 / 25);
  const Real eighth = beyond ? all(pi / 4) + t * series : t * series;
  const Real quarter = size_y > size_x ? pi / 2 - eighth : eighth;
  return with_sign(x < Real{} ? pi - quarter : quarter, y);
}

ORRERY_INLINE Pair dot(const Real* a, const Real* b) {
  return sum_of(sum_of(two_prod(a[0], b[0]), two_prod(a[1], b[1])), two_prod(a[2], b[2]));
}

// Within these no product of the kernel overflows and no error of one underflows.
constexpr double least_size = 0x1p-150, most_size = 0x1p150;
constexpr double slenderest = 0x1p-12;

ORRERY_INLINE Bits sound(Real component) {
  const Real size = absolute(component);
  return (size <= all(most_size)) & ((size == Real{}) | (size >= all(least_size)));
}

ORRERY_INLINE void put(OrbitBlock& orbits, OrbitColumn column, std::size_t i, Real value) {
  store(orbits[column] + i, value);
}
ORRERY_INLINE void put(OrbitBlock& orbits, OrbitColumn column, std::size_t i, Pair value) {
  store(orbits[column] + i, value.hi);
  store(orbits[column] + orbit_stride + i, value.lo);
}

struct Integrals {
  Pair radius, sigma, beta;
};

ORRERY_INLINE Integrals integrals_of(const StateBlock& states, std::size_t i, const Real* r, const Real* v, Real mu) {
  const auto given = [&](std::size_t k) {
    return Pair{load(states.integral[k] + i), load(states.integral[k + 1] + i)};
  };
  if (states.known) return {given(0), given(2), given(4)};
  const Pair radius = square_root(dot(r, r));
  const Pair beta = sum_of(times(inverse(radius), 2.0 * mu), -dot(v, v));
  return {radius, dot(r, v), quick_two_sum(beta.hi, beta.lo)};
}

void prepare_orbits(const StateBlock& states, OrbitBlock& orbits) {
  for (std::size_t i = 0; i < states.size; i += lanes) {
    Real r[3], v[3];
    const Real mu = load(states.mu + i), since = load(states.since_start + i);
    Bits good = (mu >= all(least_size)) & (mu <= all(most_size)) & sound(since);
    for (std::size_t k = 0; k < 3; ++k) {
      r[k] = load(states.component[k] + i);
      v[k] = load(states.component[3 + k] + i);
      good &= sound(r[k]) & sound(v[k]);
    }
    const Integrals given = integrals_of(states, i, r, v, mu);
    const Pair per_mu = inverse({mu, Real{}});
    const Pair root = square_root(given.beta);
    const Pair n = times(times(given.beta, root), per_mu);
    const Pair w = times(times(given.beta, given.radius), per_mu);
    const Pair per_w = inverse(w);
    const Pair e_sine = times(times(given.sigma, root), per_mu);
    const Real e_cosine = (1.0 - w.hi) - w.lo;
    const Real e = square_root(e_cosine * e_cosine + e_sine.hi * e_sine.hi);
    const Real anomaly = rough_angle(e_sine.hi, e_cosine);
    good &= (given.beta.hi > Real{}) & (1.0 - e >= all(slenderest));
    for (std::size_t k = 0; k < 3; ++k) {
      store(orbits.value[k] + i, r[k]);
      store(orbits.value[3 + k] + i, v[k]);
    }
    put(orbits, OrbitColumn::n, i, n);
    put(orbits, OrbitColumn::inverse_n, i, inverse(n));
    put(orbits, OrbitColumn::phase, i, times(n, since));
    put(orbits, OrbitColumn::w, i, w);
    put(orbits, OrbitColumn::inverse_w, i, per_w);
    put(orbits, OrbitColumn::n_over_w, i, times(n, per_w));
    put(orbits, OrbitColumn::e_sine, i, e_sine);
    put(orbits, OrbitColumn::e, i, e);
    put(orbits, OrbitColumn::one_minus_e, i, 1.0 - e);
    put(orbits, OrbitColumn::start_anomaly, i, anomaly);
    put(orbits, OrbitColumn::start_mean, i, anomaly - e_sine.hi);
    put(orbits, OrbitColumn::good, i, good ? all(1.0) : Real{});
  }
}

// ---- Moving ----

/// x - sin x, 1 - cos x and sin x to 2^-78.
struct Turned {
  Pair defect, versed, sine;
};

/// The same for a |t| <= 13/128 of at most 17 bits, where sin t is t less the first.
struct SmallTurn {
  Pair defect, versed;
};

ORRERY_INLINE SmallTurn small_turn(Real t) {
  const Real t2 = t * t;
  const Pair fourth = two_prod(t2, all(0x1.5555555555555p-5));
  const Real late =
      polynomial<Same>(t2, 0x1.5555555555555p-59, -1.0 / 720, 1.0 / 40320, -1.0 / 3628800, 1.0 / 479001600);
  const Pair factor = quick_two_sum(all(0.5), -fourth.hi);
  const Pair square = two_prod(t2, factor.hi);
  const Real rest = square.lo + t2 * (factor.lo - (fourth.lo + t2 * late));
  const Pair defect = small_angle<Same>(t).defect;
  return {quick_two_sum(defect.hi, defect.lo), quick_two_sum(square.hi, rest)};
}

/// @param x of at most 17 bits, 0 <= x <= 3.148
ORRERY_INLINE Turned turn_short(Real x) {
  const Nearest node = nearest(x * (1.0 / detail::node_step));
  const Real t = x - node.value * detail::node_step;
  const SmallTurn small = small_turn(t);
  const auto at_node = [&](detail::NodeColumn high) {
    return Pair{pick(detail::sine_nodes_by_column, high, node.shifted),
                pick(detail::sine_nodes_by_column, high + 1, node.shifted)};
  };
  const Pair s = at_node(detail::sine_hi), c = at_node(detail::cosine_hi), v = at_node(detail::versed_hi);
  const Pair d = at_node(detail::defect_hi);
  const Pair sine_defect = times(s, small.defect);
  const Pair defect = sum_of(sum_of(d, times(v, t)), sum_of(times(s, small.versed), times(c, small.defect)));
  const Pair versed = sum_of(sum_of(v, times(s, t)), sum_of(times(c, small.versed), -sine_defect));
  const Pair sine = two_sum(x, -defect.hi);
  return {defect, versed, {sine.hi, sine.lo - defect.lo}};
}

/// The same at x + d, for |d| < 2^-7.
ORRERY_INLINE Turned turn_further(Real x, const Turned& at_x, Real d) {
  const Pair square = two_prod(d, d);
  const Real d2 = square.hi;
  const Real defect_d = d * d2 * polynomial<Same>(d2, 1.0 / 6, -1.0 / 120, 1.0 / 5040);
  const Pair versed_d{0.5 * d2, 0.5 * square.lo - d2 * d2 * polynomial<Same>(d2, 1.0 / 24, -1.0 / 720, 1.0 / 40320)};
  const Pair cosine = complement(at_x.versed);
  Turned r;
  r.defect = sum_of(at_x.defect, sum_of(times(at_x.versed, d), times(at_x.sine, versed_d)));
  r.defect.lo += cosine.hi * defect_d;
  r.versed = sum_of(at_x.versed, sum_of(times(at_x.sine, d), times(cosine, versed_d)));
  r.versed.lo -= at_x.sine.hi * defect_d;
  const Pair place = two_sum(x, d), sine = two_sum(place.hi, -r.defect.hi);
  r.sine = {sine.hi, sine.lo + (place.lo - r.defect.lo)};
  return r;
}

/// The part of an orbit's columns that the equation of motion is made of.
struct Equation {
  Pair w, e_cosine, e_sine;
};

ORRERY_INLINE Pair slope_of(const Equation& q, const Turned& at) {
  return sum_of(q.w, sum_of(times(q.e_cosine, at.versed), times(q.e_sine, at.sine)));
}

/// w x + e cos E0 (x - sin x) + e sin E0 (1 - cos x) - y
ORRERY_INLINE Real miss_of(const Equation& q, Pair x, const Turned& at, Pair y) {
  const Pair curved = sum_of(times(q.e_cosine, at.defect), times(q.e_sine, at.versed));
  const Pair sum = sum_of(sum_of(times(q.w, x), -y), curved);
  return sum.hi + sum.lo;
}

/// The step from x to the root, in plain precision.
ORRERY_INLINE Real rough_step(const Equation& q, Real x, const Turned& at, Pair y) {
  const Real c = q.e_cosine.hi, s = q.e_sine.hi;
  const Real miss = ((q.w.hi * x - y.hi) - y.lo) + (c * at.defect.hi + s * at.versed.hi);
  const Real cosine = 1.0 - at.versed.hi;
  const Real first = q.w.hi + c * at.versed.hi + s * at.sine.hi;
  const Real second = 0.5 * (c * at.sine.hi + s * cosine), third = (1.0 / 6.0) * (c * cosine - s * at.sine.hi);
  const Real fourth = (-1.0 / 12.0) * second;
  const Real inverse = 1.0 / first;
  const Real newton = -miss * inverse;
  const Real c2 = second * inverse, c3 = third * inverse;
  const Real d = newton + newton * newton * (newton * (2.0 * c2 * c2 - c3) - c2);
  // once more, on the Taylor polynomial
  const Real left = miss + d * (first + d * (second + d * (third + d * (fourth + d * (-1.0 / 20.0) * third))));
  const Real slope = first + d * (2.0 * second + d * (3.0 * third));
  return d - left / slope;
}

template <bool One>
struct Columns {
  const OrbitBlock& orbits;
  std::size_t i;

  ORRERY_INLINE Real operator[](OrbitColumn column) const {
    return One ? all(orbits[column][0]) : load(orbits[column] + i);
  }
  ORRERY_INLINE Pair pair(OrbitColumn column) const {
    const double* from = orbits[column];
    return One ? Pair{all(from[0]), all(from[orbit_stride])} : Pair{load(from + i), load(from + orbit_stride + i)};
  }
};

struct Phase {
  Pair angle;  // n t less whole turns
  Bits good;
};

template <bool One>
ORRERY_INLINE Phase phase_after(const Columns<One>& orbit, Real time) {
  constexpr double most_angle = 0x1p30, least_angle = 0x1p-200;
  const Pair angle = orbit.pair(OrbitColumn::n) * time + orbit.pair(OrbitColumn::phase);
  const Real size = absolute(angle.hi);
  const Bits good = (size <= all(most_angle)) & (size >= all(least_angle));
  const Real turns = nearest(angle.hi * (1.0 / (2.0 * pi))).value;
  const Pair whole = two_pi() * turns + turns * -0x1.f1976b7ed8fbcp-108;
  return {angle - whole, good};
}

/// A start for x in [-pi, pi], and the phase in the same turn.
struct Start {
  Real x;  // 17 bits
  Pair phase;
};

template <bool One>
ORRERY_INLINE Start start_at(const Columns<One>& orbit, Pair phase) {
  const Real mean = orbit[OrbitColumn::start_mean] + phase.hi;
  const Real reduced = mean - nearest(mean * (1.0 / (2.0 * pi))).value * (2.0 * pi);
  const Single size = narrow(absolute(reduced), Real{});
  const Single start = markley_start<Same>(size, narrow(orbit[OrbitColumn::e], Real{}),
                                           narrow(orbit[OrbitColumn::one_minus_e], all(1.0)), 1.0f);
  const Real anomaly = with_sign(widen_low(start), reduced);
  const Real raw = anomaly - orbit[OrbitColumn::start_anomaly];
  const Real turns = nearest(raw * (1.0 / (2.0 * pi))).value;
  const Real x = raw - turns * (2.0 * pi);
  // phase and x + e sin E0 are less than e apart if they belong to the same turn
  const Real lean = orbit[OrbitColumn::e_sine];
  const Real apart = nearest((x - phase.hi + lean) * (1.0 / (2.0 * pi))).value;
  return {x, phase + two_pi() * apart};
}

/// What the passes hand to each other; several rounds of a pass are under way in a processor at once only if it is
/// short.
struct Work {
  using Column = double[detail::orbit_block_size];
  alignas(64) Column x, side, y, y_lo, d, good;
  alignas(64) Column at[6];
  alignas(64) Column slope, slope_lo;

  ORRERY_INLINE void keep(std::size_t i, const Turned& turned) {
    const Real parts[6] = {turned.defect.hi, turned.defect.lo, turned.versed.hi,
                           turned.versed.lo, turned.sine.hi,   turned.sine.lo};
    for (std::size_t k = 0; k < 6; ++k) store(at[k] + i, parts[k]);
  }
  [[nodiscard]] ORRERY_INLINE Turned kept(std::size_t i) const {
    const auto pair = [&](std::size_t k) { return Pair{load(at[k] + i), load(at[k + 1] + i)}; };
    return {pair(0), pair(2), pair(4)};
  }
  [[nodiscard]] ORRERY_INLINE Pair phase(std::size_t i) const { return {load(y + i), load(y_lo + i)}; }
};

ORRERY_INLINE Real as_number(Bits mask) { return mask ? all(1.0) : Real{}; }

// The equation is odd under a change of sign of x, y and e sin E0 together.
template <bool One>
ORRERY_INLINE void begin(const Columns<One>& orbit, Real time, std::size_t i, Work& work) {
  const Phase given = phase_after(orbit, time);
  const Start start = start_at(orbit, given.angle);
  const Real side = with_sign(all(1.0), start.x);
  const Pair y = sided(start.phase, side);
  store(work.x + i, smaller(short_of(absolute(start.x)), all(3.1475)));
  store(work.side + i, side);
  store(work.y + i, y.hi);
  store(work.y_lo + i, y.lo);
  store(work.good + i, as_number(given.good & (orbit[OrbitColumn::good] > Real{})));
}

template <bool One>
ORRERY_INLINE Equation equation_of(const Columns<One>& orbit, std::size_t i, const Work& work) {
  const Pair w = orbit.pair(OrbitColumn::w);
  return {w, complement(w), sided(orbit.pair(OrbitColumn::e_sine), load(work.side + i))};
}

template <bool One>
ORRERY_INLINE void approach(const Columns<One>& orbit, std::size_t i, Work& work) {
  const Real x = load(work.x + i);
  const Turned at = turn_short(x);
  work.keep(i, at);
  store(work.d + i, rough_step(equation_of(orbit, i, work), x, at, work.phase(i)));
}

ORRERY_INLINE void go_on(std::size_t i, Work& work) {
  work.keep(i, turn_further(load(work.x + i), work.kept(i), load(work.d + i)));
}

// What the last step leaves, and what cancels in the equation, must move the body by less than a fraction of a
// rounding.
template <bool One>
ORRERY_INLINE void settle(const Columns<One>& orbit, std::size_t i, Work& work) {
  const Equation q = equation_of(orbit, i, work);
  const Real d = load(work.d + i);
  Turned at = work.kept(i);
  const Pair slope = slope_of(q, at);
  const Real cosine = 1.0 - at.versed.hi;
  const Real bend = q.e_cosine.hi * at.sine.hi + q.e_sine.hi * cosine;
  const Real last = -miss_of(q, two_sum(load(work.x + i), d), at, work.phase(i)) / slope.hi;
  at.defect.lo += at.versed.hi * last;
  at.versed.lo += at.sine.hi * last;
  at.sine.lo += cosine * last;
  work.keep(i, at);
  const Pair moved = quick_two_sum(slope.hi, slope.lo + bend * last);
  store(work.slope + i, moved.hi);
  store(work.slope_lo + i, moved.lo);
  const Real square = slope.hi * slope.hi, terms = 4.0 + absolute(q.e_sine.hi);
  const Bits near = (absolute(d) < all(0x1p-7)) & (absolute(bend) * last * last <= square * 0x1p-58) &
                    (square * slope.hi >= terms * terms * 0x1p-36);
  store(work.good + i, near ? load(work.good + i) : Real{});
}

ORRERY_INLINE Real combined(Pair a, Real r, Pair b, Real v) {
  const Pair by_r = two_prod(a.hi, r), by_v = two_prod(b.hi, v);
  const Pair sum = two_sum(by_r.hi, by_v.hi);
  return sum.hi + (sum.lo + ((by_r.lo + a.lo * r) + (by_v.lo + b.lo * v)));
}

template <bool One>
ORRERY_INLINE void arrive(const Columns<One>& orbit, std::size_t i, const Work& work, ArrivalBlock& arrivals) {
  const Turned at = work.kept(i);
  const Real side = load(work.side + i);
  const Pair per_slope = inverse({load(work.slope + i), load(work.slope_lo + i)});
  const Pair f = complement(times(at.versed, orbit.pair(OrbitColumn::inverse_w)));
  const Pair g = times(sided(sum_of(work.phase(i), -at.defect), side), orbit.pair(OrbitColumn::inverse_n));
  const Pair f_dot = -times(times(sided(at.sine, side), per_slope), orbit.pair(OrbitColumn::n_over_w));
  const Pair g_dot = complement(times(at.versed, per_slope));
  for (std::size_t k = 0; k < 3; ++k) {
    const Real r = orbit[static_cast<OrbitColumn>(k)], v = orbit[static_cast<OrbitColumn>(3 + k)];
    store(arrivals.component[k] + i, combined(f, r, g, v));
    store(arrivals.component[3 + k] + i, combined(f_dot, r, g_dot, v));
  }
}

template <bool One>
ORRERY_INLINE void move_all(const OrbitBlock& orbits, ArrivalBlock& arrivals) {
  Work work;
  const std::size_t n = arrivals.size;
  for (std::size_t i = 0; i < n; i += lanes) begin(Columns<One>{orbits, i}, load(arrivals.time + i), i, work);
  for (std::size_t i = 0; i < n; i += lanes) approach(Columns<One>{orbits, i}, i, work);
  for (std::size_t i = 0; i < n; i += lanes) go_on(i, work);
  for (std::size_t i = 0; i < n; i += lanes) settle(Columns<One>{orbits, i}, i, work);
  for (std::size_t i = 0; i < n; i += lanes) arrive(Columns<One>{orbits, i}, i, work, arrivals);
  for (std::size_t i = 0; i < n; ++i) arrivals.good[i] = work.good[i] > 0.0;
}

void move_bodies(const OrbitBlock& orbits, ArrivalBlock& arrivals) {
  if (arrivals.one_orbit) move_all<true>(orbits, arrivals);
  else move_all<false>(orbits, arrivals);
}

}  // namespace orrery::orbital::ORRERY_SIMD

// Bodies on closed orbits after given times, for a block of rows, as a template of the instruction set.
// SPDX-License-Identifier: Apache-2.0
//
// Position and velocity from the eccentric anomaly: Battin, An Introduction to the Mathematics and Methods of
// Astrodynamics (1999), section 4.3. Counted from periapsis, with x - sin x and 1 - cos x for x and cos x, nothing in
// them cancels, so that plain doubles keep their digits however slender the orbit. What does lose digits is in twice
// the working precision: the integrals of the state, the anomaly at its start, the phase after many periods and the
// residual of Kepler's equation. Start: Markley, Celest. Mech. Dyn. Astron. 63 (1995) 101. Step: the reverted series of
// sixth order. Sine and cosine about tabulated nodes: Gal and Bachelis, ACM TOMS 17 (1991) 26.
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

// ---- Pairs ----

// Pairs are not brought to their normal form, in which the second is less than a rounding of the first: 2^-90 of the
// largest term is enough.
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
ORRERY_INLINE Pair sided(Pair a, Real side) { return {a.hi * side, a.lo * side}; }

/// 1/a of a pair, from a plain one.
ORRERY_INLINE Pair inverse_of(Pair a, Real inverse) {
  const Pair product = two_prod(a.hi, inverse);
  return {inverse, inverse * (((1.0 - product.hi) - product.lo) - a.lo * inverse)};
}

struct Root {
  Pair value, inverse;
};

ORRERY_INLINE Root root_of(Pair a) {
  const Real root = square_root(a.hi), inverse = 1.0 / root;
  const Pair square = two_prod(root, root);
  const Pair value{root, ((a.hi - square.hi) - square.lo + a.lo) * (0.5 * inverse)};
  return {value, inverse_of(value, inverse)};
}

// ---- Preparing ----

// Within these no product of the kernel overflows and no error of one underflows.
constexpr double least_size = 0x1p-150, most_size = 0x1p150;
constexpr double slenderest = 0x1p-12;
constexpr double roundest = 0x1p-200;  // e^2, below which an orbit is a circle

ORRERY_INLINE Pair dot(const Real* a, const Real* b) {
  return sum_of(sum_of(two_prod(a[0], b[0]), two_prod(a[1], b[1])), two_prod(a[2], b[2]));
}

/// a b - c d
ORRERY_INLINE Real minor_of(Real a, Real b, Real c, Real d) {
  const Pair first = two_prod(a, b), second = two_prod(c, d);
  return (first.hi - second.hi) + (first.lo - second.lo);
}

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

/// The angle of the unit vector (x, y) with y >= 0, to 2^-9: the nearest node of the table is sought.
ORRERY_INLINE Real rough_angle(Real y, Real x) {
  const Real width = absolute(x), least = smaller(width, y), square = least * least;
  const Real eighth = least * (1.0 + square * (0.156 + square * 0.131));
  const Real quarter = y > width ? pi / 2 - eighth : eighth;
  return x < Real{} ? pi - quarter : quarter;
}

/// arcsin q of a pair |q| <= 0.12, to 2^-70
ORRERY_INLINE Pair small_arc(Pair q) {
  const Pair square = two_prod(q.hi, q.hi);
  const Real late =
      square.hi * polynomial<Same>(square.hi, 3.0 / 40, 5.0 / 112, 35.0 / 1152, 63.0 / 2816, 231.0 / 13312,
                                   143.0 / 10240, 6435.0 / 557056, 12155.0 / 1245184, 46189.0 / 5505024);
  const Pair factor = quick_two_sum(all(0x1.5555555555555p-3), late);
  const Pair cubic = times(times(square, q.hi), Pair{factor.hi, factor.lo + 0x1.5555555555555p-57});
  const Pair arc = quick_two_sum(q.hi, cubic.hi);
  return {arc.hi, arc.lo + ((1.0 + 0.5 * square.hi) * q.lo + cubic.lo)};
}

/// The angle of a vector (x, y) of length 1/c, to 2^-70.
ORRERY_INLINE Pair angle_of(Pair y, Pair x, Pair c) {
  const Real side = with_sign(all(1.0), y.hi);
  const Nearest node = nearest(rough_angle(absolute(y.hi) * c.hi, x.hi * c.hi) * (1.0 / detail::node_step));
  const auto at_node = [&](detail::NodeColumn high) {
    return Pair{pick(detail::sine_nodes_by_column, high, node.shifted),
                pick(detail::sine_nodes_by_column, high + 1, node.shifted)};
  };
  const Pair over = sum_of(times(sided(y, side), at_node(detail::cosine_hi)), -times(x, at_node(detail::sine_hi)));
  const Pair arc = small_arc(times(over, c));
  const Pair sum = two_sum(node.value * detail::node_step, arc.hi);
  return {side * sum.hi, side * (sum.lo + arc.lo)};
}

/// What the passes over the states hand to each other.
struct Draft {
  using Column = double[detail::orbit_block_size];
  alignas(64) Column good, per_radius[2], sigma[2], radius[2], beta[2], per_cube, per_speed[2];
  alignas(64) Column x[2], y[2], per_e[2];
};

using Halves = double[2][detail::orbit_block_size];

ORRERY_INLINE Pair load(const Halves& from, std::size_t i) { return {load(from[0] + i), load(from[1] + i)}; }
ORRERY_INLINE void store(Halves& to, std::size_t i, Pair value) {
  store(to[0] + i, value.hi);
  store(to[1] + i, value.lo);
}
ORRERY_INLINE Real as_number(Bits mask) { return mask ? all(1.0) : Real{}; }
ORRERY_INLINE Real rounded(Pair a) { return a.hi + a.lo; }

ORRERY_INLINE void find_integrals(const StateBlock& states, std::size_t i, Draft& draft) {
  Real r[3], v[3];
  const Real mu = load(states.mu + i);
  Bits good = (mu >= all(least_size)) & (mu <= all(most_size)) & sound(load(states.since_start + i));
  for (std::size_t k = 0; k < 3; ++k) {
    r[k] = load(states.component[k] + i);
    v[k] = load(states.component[3 + k] + i);
    good &= sound(r[k]) & sound(v[k]);
  }
  const auto given = [&](std::size_t k) {
    return Pair{load(states.integral[k] + i), load(states.integral[k + 1] + i)};
  };
  const Pair square = dot(r, r);
  const Root radius = root_of(states.known ? times(given(0), given(0)) : square);
  const Pair sigma = states.known ? given(2) : dot(r, v);
  const Pair beta = states.known ? given(4) : sum_of(times(radius.inverse, 2.0 * mu), -dot(v, v));
  const Pair normal = two_sum(beta.hi, beta.lo);
  store(draft.good + i, as_number(good & (normal.hi > Real{})));
  store(draft.per_radius, i, radius.inverse);
  store(draft.radius, i, radius.value);
  store(draft.sigma, i, sigma);
  store(draft.beta, i, normal);
}

// Mean motion, size, e cos E and e sin E.
ORRERY_INLINE void find_shape(const StateBlock& states, std::size_t i, Draft& draft, OrbitBlock& orbits) {
  const Real mu = load(states.mu + i);
  const Pair beta = load(draft.beta, i), per_mu = inverse_of({mu, Real{}}, 1.0 / mu);
  const Root speed = root_of(beta);
  const Pair per_cube = times(speed.value, per_mu);
  const Real per_speed = rounded(speed.inverse);
  const Pair w = times(times(beta, load(draft.radius, i)), per_mu), unity = two_sum(all(1.0), -w.hi);
  const Pair lean = times(load(draft.sigma, i), per_cube);
  store(draft.x, i, two_sum(unity.hi, unity.lo - w.lo));
  store(draft.y, i, two_sum(lean.hi, lean.lo));
  store(draft.per_cube + i, per_cube.hi);
  store(draft.per_speed, i, speed.inverse);
  put(orbits, OrbitColumn::n, i, times(beta, per_cube));
  put(orbits, OrbitColumn::semi_major_axis, i, mu * per_speed * per_speed);
  put(orbits, OrbitColumn::speed, i, speed.value.hi);
}

ORRERY_INLINE void find_eccentricity(std::size_t i, Draft& draft, OrbitBlock& orbits) {
  const Pair x = load(draft.x, i), y = load(draft.y, i);
  const Pair square = sum_of(times(x, x), times(y, y));
  const auto round = square.hi < all(roundest);
  const Root e = root_of({round ? all(1.0) : square.hi, round ? Real{} : square.lo});
  const Pair known{round ? Real{} : e.value.hi, round ? Real{} : e.value.lo};
  const Pair left = quick_two_sum(all(1.0), -known.hi);
  const Real u = left.hi + (left.lo - known.lo);
  put(orbits, OrbitColumn::e, i, known);
  put(orbits, OrbitColumn::one_minus_e, i, Pair{u, (left.hi - u) + (left.lo - known.lo)});
  put(orbits, OrbitColumn::good, i, u >= all(slenderest) ? load(draft.good + i) : Real{});
  const Pair east{round ? all(1.0) : x.hi, round ? Real{} : x.lo}, north{round ? Real{} : y.hi, round ? Real{} : y.lo};
  store(draft.x, i, east);
  store(draft.y, i, north);
  store(draft.per_e, i, e.inverse);
}

ORRERY_INLINE void find_phase(const StateBlock& states, std::size_t i, const Draft& draft, OrbitBlock& orbits) {
  const Pair y = load(draft.y, i);
  const Pair angle = angle_of(y, load(draft.x, i), load(draft.per_e, i));
  const Pair n{load(orbits[OrbitColumn::n] + i), load(orbits[OrbitColumn::n_lo] + i)};
  put(orbits, OrbitColumn::phase, i, sum_of(times(n, load(states.since_start + i)), sum_of(angle, -y)));
}

// The directions of periapsis and of motion there, the second times sqrt(1 - e^2).
ORRERY_INLINE void find_axes(const StateBlock& states, std::size_t i, const Draft& draft, OrbitBlock& orbits) {
  Real r[3], v[3], a[3];
  const Pair per_e = load(draft.per_e, i);
  const Real by_r = rounded(times(times(load(draft.x, i), per_e), load(draft.per_radius, i)));
  const Real by_v = rounded(times(times(load(draft.y, i), per_e), load(draft.per_speed, i)));
  for (std::size_t k = 0; k < 3; ++k) {
    r[k] = load(states.component[k] + i);
    v[k] = load(states.component[3 + k] + i);
    a[k] = by_r * r[k] - by_v * v[k];
  }
  const Real h[3] = {minor_of(r[1], v[2], r[2], v[1]), minor_of(r[2], v[0], r[0], v[2]),
                     minor_of(r[0], v[1], r[1], v[0])};
  const Real b[3] = {h[1] * a[2] - h[2] * a[1], h[2] * a[0] - h[0] * a[2], h[0] * a[1] - h[1] * a[0]};
  const Real by_momentum = load(draft.per_cube + i);
  for (std::size_t k = 0; k < 3; ++k) {
    store(orbits.value[k] + i, a[k]);
    store(orbits.value[3 + k] + i, by_momentum * b[k]);
  }
}

void prepare_orbits(const StateBlock& states, OrbitBlock& orbits) {
  Draft draft;
  for (std::size_t i = 0; i < states.size; i += lanes) find_integrals(states, i, draft);
  for (std::size_t i = 0; i < states.size; i += lanes) find_shape(states, i, draft, orbits);
  for (std::size_t i = 0; i < states.size; i += lanes) find_eccentricity(i, draft, orbits);
  for (std::size_t i = 0; i < states.size; i += lanes) find_phase(states, i, draft, orbits);
  for (std::size_t i = 0; i < states.size; i += lanes) find_axes(states, i, draft, orbits);
}

// ---- Moving ----

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

/// What the passes hand to each other; several rounds of a pass are under way in a processor at once only if it is
/// short.
struct Work {
  using Column = double[detail::orbit_block_size];
  alignas(64) Column mean, mean_lo, side, x, residual, slope, versed, sine, good;
};

// The mean anomaly in half a turn. Times that move nothing are left to those who return the start itself.
template <bool One>
ORRERY_INLINE void begin(const Columns<One>& orbit, Real time, std::size_t i, Work& work) {
  constexpr double most_angle = 0x1p30, least_angle = 0x1p-200;
  const Pair moved = times(orbit.pair(OrbitColumn::n), time);
  const Real size = absolute(moved.hi);
  const Pair mean = moved + orbit.pair(OrbitColumn::phase);
  const Real turns = nearest(mean.hi * (1.0 / (2.0 * pi))).value;
  const Pair whole = two_prod(turns, all(0x1.921fb54442d18p+2));
  const Real rest = turns * 0x1.1a62633145c07p-52;
  const Real near = mean.hi - whole.hi;  // exact
  const Pair reduced = two_sum(near, (mean.lo - whole.lo) - rest);
  const Real side = with_sign(all(1.0), reduced.hi);
  store(work.mean + i, absolute(reduced.hi));
  store(work.mean_lo + i, side * reduced.lo);
  store(work.side + i, side);
  store(work.good + i,
        as_number((size <= all(most_angle)) & (size >= all(least_angle)) & (orbit[OrbitColumn::good] > Real{})));
}

template <bool One>
ORRERY_INLINE void start(const Columns<One>& orbit, const Columns<One>& next, std::size_t i, Work& work) {
  const Single mean = narrow(load(work.mean + i), load(work.mean + i + lanes));
  const Single e = narrow(orbit[OrbitColumn::e], next[OrbitColumn::e]);
  const Single u = narrow(orbit[OrbitColumn::one_minus_e], next[OrbitColumn::one_minus_e]);
  const Single x = markley_start<Same>(mean, e, u, 1.0f);
  const Single short_x = (Single)(((SingleBits)x + 64) & ~127);
  store(work.x + i, widen_low(short_x));
  store(work.x + i + lanes, widen_high(short_x));
}

// (1 - e) x + e (x - sin x) - M
template <bool One>
ORRERY_INLINE void evaluate(const Columns<One>& orbit, std::size_t i, Work& work) {
  const Real x = smaller(load(work.x + i), all(3.1450));
  const SineDefect at_x = sine_defect<Same>(x);
  const Pair e = orbit.pair(OrbitColumn::e), u = orbit.pair(OrbitColumn::one_minus_e);
  const Pair straight = two_prod(u.hi, x), curved = two_prod(e.hi, at_x.value.hi);
  const Real low = (e.hi * at_x.value.lo + e.lo * at_x.value.hi) + (u.lo * x + (straight.lo + curved.lo));
  const Pair sum = two_sum(straight.hi, curved.hi);
  store(work.x + i, x);
  store(work.residual + i, (sum.hi - load(work.mean + i)) + (sum.lo + (low - load(work.mean_lo + i))));
  store(work.slope + i, u.hi + e.hi * at_x.versed);
  store(work.versed + i, at_x.versed);
  store(work.sine + i, at_x.sine);
}

/// The step from x to the root, to sixth order.
ORRERY_INLINE Real series_step(Real residual, Real slope, Real e, Real sine, Real cosine) {
  const Real inverse = 1.0 / slope;
  const Real n = -residual * inverse;
  const Real c2 = (0.5 * e) * sine * inverse;
  const Real c3 = (e * (1.0 / 6.0)) * cosine * inverse;
  const Real square = c2 * c2;
  const Real third = 2.0 * square - c3;
  const Real fourth = c2 * (-5.0 * square + (5.0 * c3 + 1.0 / 12.0));
  const Real fifth = square * (14.0 * square + (-21.0 * c3 - 0.5)) + c3 * (3.0 * c3 + 0.05);
  return n + n * n * (n * (n * (n * fifth + fourth) + third) - c2);
}

template <bool One>
ORRERY_INLINE void arrive(const Columns<One>& orbit, std::size_t i, Work& work, ArrivalBlock& arrivals) {
  const Real x = load(work.x + i), s = load(work.sine + i), v = load(work.versed + i);
  const Real c = 1.0 - v, e = orbit[OrbitColumn::e], u = orbit[OrbitColumn::one_minus_e];
  const Real d = series_step(load(work.residual + i), load(work.slope + i), e, s, c);
  const Real square = d * d;
  const Real sine_d = d - d * square * (1.0 / 6 - square * (1.0 / 120));
  const Real versed_d = square * (0.5 - square * (1.0 / 24));
  const Real sine = s + (c * sine_d - s * versed_d);
  const Real versed = v + (s * sine_d + c * versed_d);
  const Real side = load(work.side + i), a = orbit[OrbitColumn::semi_major_axis];
  const Real rate = orbit[OrbitColumn::speed] / (u + e * versed);
  const Real along = a * (u - versed), across = a * (side * sine);
  const Real along_rate = rate * (side * -sine), across_rate = rate * (1.0 - versed);
  for (std::size_t k = 0; k < 3; ++k) {
    const Real p = orbit[static_cast<OrbitColumn>(k)], q = orbit[static_cast<OrbitColumn>(3 + k)];
    store(arrivals.component[k] + i, along * p + across * q);
    store(arrivals.component[3 + k] + i, along_rate * p + across_rate * q);
  }
  const Bits near = absolute(d) <= x * 0x1p-9;
  store(work.good + i, near ? load(work.good + i) : Real{});
}

template <bool One>
ORRERY_INLINE void move_all(const OrbitBlock& orbits, ArrivalBlock& arrivals) {
  Work work;
  const std::size_t n = arrivals.size;
  for (std::size_t i = 0; i < n; i += lanes) begin(Columns<One>{orbits, i}, load(arrivals.time + i), i, work);
  for (std::size_t i = 0; i < n; i += 2 * lanes)
    start(Columns<One>{orbits, i}, Columns<One>{orbits, i + lanes}, i, work);
  for (std::size_t i = 0; i < n; i += lanes) evaluate(Columns<One>{orbits, i}, i, work);
  for (std::size_t i = 0; i < n; i += lanes) arrive(Columns<One>{orbits, i}, i, work, arrivals);
  for (std::size_t i = 0; i < n; ++i) arrivals.good[i] = work.good[i] > 0.0;
}

void move_bodies(const OrbitBlock& orbits, ArrivalBlock& arrivals) {
  if (arrivals.one_orbit) move_all<true>(orbits, arrivals);
  else move_all<false>(orbits, arrivals);
}

}  // namespace orrery::orbital::ORRERY_SIMD

// Lambert's problem in arithmetic and square roots alone, for one double or many: geometry, flight time, velocities.
// SPDX-License-Identifier: Apache-2.0
//
// Izzo, Celest. Mech. Dyn. Astron. 121 (2015) 1: the unknown x, Householder's iteration on the flight time, velocities.
// Lancaster and Blanchard, NASA TN D-5368 (1969): T, lambda, x, y. Battin (1999) sections 7.1 to 7.4: eta, and the
// half-angle transformation by which his hypergeometric function is evaluated here.
//
// Include it with ORRERY_LANES set, as lambert_lanes.hpp says. V is double or Lanes.
//
// All flight times come from one function, G(x) = (acos x - x sqrt(1 - x^2))/(1 - x^2)^(3/2), regular for every x > -1:
//   T = G(x) - lambda^3 G(y) = eta (eta^2 G(lambda + x eta) + 2 lambda),  eta = y - lambda x;
// the first form has no cancellation for lambda < 0, the second none for lambda >= 0. Their derivatives likewise.
#pragma once

#include "plugins/orbital/core/lambert_lanes.hpp"

namespace orrery::orbital::ORRERY_LANES {

inline constexpr double half_turn = 0x1.921fb54442d18p+1;
inline constexpr double near_parabola = 1e-4;  // |1 - x^2| below which a quotient by it is replaced by its limit

// x = anchor + offset with the anchor -1, 0 or 1, so that x, 1 + x and 1 - x keep their digits near zero.
template <class V>
struct Place {
  V anchor, offset;
  V x() const { return anchor + offset; }
  V above() const { return (1.0 + anchor) + offset; }  // 1 + x
  V below() const { return (1.0 - anchor) - offset; }  // 1 - x
};

template <class V>
struct Transfer {
  V lambda, gap;  // gap = 1 - lambda^2 = chord over semi-perimeter
  V time;         // T = sqrt(2 mu/s^3) t
};

template <class V>
struct Flight {
  V time, slope;       // T and dT/dx
  V over_y, over_gap;  // 1/y and 1/(1 - x^2)
};

// 2 sum (-1)^(k+1) t^k/((2k - 1)(2k + 1)(2k + 3)) economised for |t| <= tan^2(pi/8)
template <class V>
inline V flight_polynomial(V t) {
  constexpr double c[] = {0x1.5555555555555p-1,   0x1.1111111111109p-3,  -0x1.38138138137dfp-6,  0x1.a01a01a056333p-8,
                          -0x1.7a4630064a59ep-9,  0x1.975f4669b0f99p-10, -0x1.e8d8ba7b30cbp-11,  0x1.3c50e89e22184p-11,
                          -0x1.b0dabad9fb569p-12, 0x1.34c7c0ec7ccaep-12, -0x1.c86745039fb4fp-13, 0x1.70adb5f3ba257p-13,
                          -0x1.1f614ff45a89dp-13};
  const V square = t * t;
  V even = c[12] * square + c[10], odd = c[11] * square + c[9];
  for (int k = 8; k >= 2; k -= 2) {
    even = even * square + c[k];
    odd = odd * square + c[k - 1];
  }
  const V sum = even * square + (odd * t + c[0]);
  return (1.0 + t) * sum;
}

// G of the double angle: every term is positive.
template <class V>
inline V doubled(V half, V value) {
  return (value + 2.0 * half) / (4.0 * half * (half * half));
}

// G by two halvings for x <= 17, by four to x = 6e5, as the fastest flights need; no number beyond.
struct ShortFlight {
  template <class V>
  V operator()(V one_plus_x) const {
    const V half = root(0.5 * one_plus_x);
    const V quarter = root(0.5 * (1.0 + half));
    const V value = flight_polynomial(V((1.0 - quarter) / (1.0 + quarter)));
    const V cube = 4.0 * quarter * (quarter * quarter);
    const V whole = (value + 2.0 * (quarter + half * cube)) / (4.0 * cube * half * (half * half));
    const auto fast = one_plus_x > 18.0;
    return any(fast) ? select(fast, of_fast(one_plus_x, half, quarter), whole) : whole;
  }

 private:
  template <class V>
  static V of_fast(V one_plus_x, V half, V quarter) {
    const V eighth = root(0.5 * (1.0 + quarter));
    const V last = root(0.5 * (1.0 + eighth));
    const V value = flight_polynomial(V((1.0 - last) / (1.0 + last)));
    const V whole = doubled(half, doubled(quarter, doubled(eighth, doubled(last, value))));
    return select(one_plus_x <= 6e5, whole, whole * __builtin_nan(""));
  }
};

// dG/dx = (3 x G - 2)/(1 - x^2); below = 1 - x
template <class V, class M>
inline V flight_slope(const M& parabolic, V x, V below, V over_gap, V value) {
  const V near = -0.4 - below * (24.0 / 35.0 + below * (32.0 / 35.0));
  return select(parabolic, near, (3.0 * x * value - 2.0) * over_gap);
}

template <class V>
inline auto near_the_parabola(V x, V gap) {
  return both(magnitude(gap) < near_parabola, x > 0.0);
}

// Without WithSlope only the time is formed, with the same bits.
template <bool WithSlope = true, class V, class G>
inline Flight<V> flight_at(const Transfer<V>& transfer, const Place<V>& place, const G& flight) {
  const V x = place.x(), lambda = transfer.lambda, square = lambda * lambda, lifted = lambda * x;
  const V gap = place.above() * place.below(), y = root(transfer.gap + lifted * lifted);
  const auto direct = lambda >= 0.0;
  const V stretch = y + magnitude(lifted);
  const V eta = select(lifted >= 0.0, transfer.gap / stretch, stretch), eta2 = eta * eta;
  const V cosine = select(direct, lambda + x * eta, x);
  const V cosine_gap = select(direct, eta2 * gap, gap);
  const V below = select(direct, 1.0 - cosine, place.below());
  const V above = select(direct, select(cosine < 0.0, cosine_gap / below, 1.0 + cosine), place.above());
  const V value = flight(above), zero = 0.0 * value;
  Flight<V> result{eta * (eta2 * value + 2.0 * lambda), zero, zero, zero};
  const bool some_around = any(neither(direct));
  const V cube = -square * lambda, near = some_around ? flight(V(1.0 + y)) : zero;
  if (some_around) result.time = select(direct, result.time, value + cube * near);
  if constexpr (!WithSlope) return result;
  result.over_y = 1.0 / y;
  result.over_gap = 1.0 / gap;
  const V slope = flight_slope(near_the_parabola(cosine, cosine_gap), cosine, below, V(1.0 / cosine_gap), value);
  result.slope = (eta2 * eta2 * eta * slope - lambda * eta * (3.0 * eta2 * value + 2.0 * lambda)) * result.over_y;
  if (!some_around) return result;
  // 1 - y = lambda^2 (1 - x^2)/(1 + y)
  const V y_gap = square * gap;
  const V y_slope = flight_slope(near_the_parabola(y, y_gap), y, V(y_gap / (1.0 + y)), V(1.0 / y_gap), near);
  result.slope = select(direct, result.slope, slope + cube * square * (x * result.over_y) * y_slope);
  return result;
}

// The second and third derivatives, from the differential equation that T satisfies.
template <class V>
struct Bend {
  V second, third;
};

// With revolutions T has no limit at the parabola, and its quotients lose nothing there.
template <bool Regular = true, class V>
inline Bend<V> bend_at(const Transfer<V>& transfer, const Place<V>& place, const Flight<V>& flight) {
  const V x = place.x(), square = transfer.lambda * transfer.lambda, over_y2 = flight.over_y * flight.over_y;
  const V cube = 2.0 * transfer.gap * square * transfer.lambda, fifth = 3.0 * cube * square;
  const V cube_y = cube * over_y2 * flight.over_y, fifth_y = fifth * over_y2 * over_y2 * flight.over_y;
  const V second = (3.0 * flight.time + 5.0 * x * flight.slope + cube_y) * flight.over_gap;
  const V third = (7.0 * x * second + 8.0 * flight.slope - fifth_y * x) * flight.over_gap;
  if constexpr (!Regular) return {second, third};
  const auto parabolic = near_the_parabola(x, V(place.above() * place.below()));
  const V limit = (fifth - 8.0 * flight.slope) * (1.0 / 7.0);
  return {select(parabolic, limit, second),
          select(parabolic, (fifth * (1.0 - 5.0 * square) - 15.0 * limit) * (1.0 / 9.0), third)};
}

// Householder's step of the third order, to be taken off x.
template <class V>
inline V householder(V error, V slope, const Bend<V>& bend) {
  const V square = slope * slope;
  return error * (square - 0.5 * error * bend.second) /
         (slope * (square - error * bend.second) + error * error * bend.third / 6.0);
}

// acos of a number in [0, 1] to 7e-5 (Abramowitz and Stegun 4.4.45).
template <class V>
inline V rough_acos(V x, V root_of_complement) {
  return root_of_complement * (1.5707288 + x * (-0.2121144 + x * (0.0742610 - 0.0187293 * x)));
}

// What the starting guesses know of T(x): its values at x = 0 and at the parabola x = 1.
template <class V>
struct Landmarks {
  V root_gap, cube, at_zero, parabolic, fifth_complement;
};

template <class V>
inline Landmarks<V> landmarks(const Transfer<V>& transfer) {
  const V lambda = transfer.lambda, size = magnitude(lambda), complement = transfer.gap / (1.0 + size);
  const V acos_size = rough_acos(size, root(complement)), root_gap = root(transfer.gap);
  const V angle = select(lambda < 0.0, half_turn - acos_size, acos_size);
  const V one_minus = select(lambda < 0.0, 1.0 + size, complement);
  const V square = lambda * lambda, three = 1.0 + lambda + square;
  return {root_gap, square * lambda, angle + lambda * root_gap, one_minus * three * (2.0 / 3.0),
          one_minus * (three + square * lambda * (1.0 + lambda))};
}

template <class V>
struct Start {
  V x, above;
};

// Small angles and short times: T = 2 lambda eta + eta^3 G, solved for eta, with G known roughly.
template <class V>
inline Start<V> start_from_eta(const Transfer<V>& transfer) {
  const V lambda = transfer.lambda, time = transfer.time;
  V eta = time / (2.0 * lambda);
  for (int k = 0; k < 2; ++k) {
    const V cosine = (1.0 + lambda * lambda - eta * eta) / (2.0 * lambda);
    const V half = root(larger(0.5 * (1.0 + cosine), V(0.05 + 0.0 * time)));
    eta = time / (2.0 * lambda + eta * eta * doubled(half, V(1.0 / (0.6366 + 0.8634 * half))));
  }
  const V scale = 2.0 * lambda * eta;
  return {(transfer.gap - eta * eta) / scale, (1.0 - lambda + eta) * (1.0 + lambda - eta) / scale};
}

// Long times: pi/(1 - x^2)^(3/2) = T + kappa, where kappa changes little over x < 0.
template <class V>
inline Start<V> start_from_period(const Transfer<V>& transfer, const Landmarks<V>& mark) {
  const V least = (1.0 + mark.cube) * (2.0 / 3.0);
  const V spread = larger(half_turn - mark.at_zero - least, V(0.0 * least));
  const V excess = larger(transfer.time - mark.at_zero, V(0.0 * least));
  const V kappa = least + spread * spread / (spread + excess + 1e-30);
  const V c = cube_root(V(half_turn / (transfer.time + kappa)));
  const V gap = c * c;
  const V above = gap / (1.0 + root(larger(1.0 - gap, V(0.0 * gap))));
  return {above - 1.0, above};
}

// Between x = 0 and the parabola: the cubic in 1/T with the right values and slopes at both ends.
template <class V>
inline V start_between(const Transfer<V>& transfer, const Landmarks<V>& mark) {
  const V first = 1.0 / mark.at_zero, width = 1.0 / mark.parabolic - first;
  const V s = (1.0 / transfer.time - first) / width;
  const V a = 0.5 * mark.at_zero * mark.at_zero * width;
  const V b = mark.parabolic * mark.parabolic * width / (0.4 * mark.fifth_complement);
  return s * (a + s * ((3.0 - 2.0 * a - b) + s * (a + b - 2.0)));
}

// A place within a few per cent of the root, save in corners.
template <class V>
inline Place<V> start_at(const Transfer<V>& transfer) {
  const V time = transfer.time;
  const Landmarks<V> mark = landmarks(transfer);
  const V excess = mark.at_zero - time;
  const V bend = 3.0 * mark.at_zero + 2.0 * mark.cube / mark.root_gap;
  V x = 1.0 + 2.5 * mark.parabolic * (mark.parabolic - time) / (time * mark.fifth_complement);
  const auto between = both(time > mark.parabolic, time < mark.at_zero);
  if (any(between)) x = select(between, start_between(transfer, mark), x);
  x = select(time >= mark.at_zero, 4.0 * excess / (8.0 - excess * bend), x);
  V above = 1.0 + x;
  const auto by_period = time >= mark.at_zero + 0.6;
  if (any(by_period)) {
    const Start<V> period = start_from_period(transfer, mark);
    x = select(by_period, period.x, x);
    above = select(by_period, period.above, above);
  }
  const auto by_eta = both(transfer.lambda > 0.7, time < 2.0);
  if (any(by_eta)) {
    const Start<V> eta = start_from_eta(transfer);
    x = select(by_eta, eta.x, x);
    above = select(by_eta, eta.above, above);
  }
  const V zero = 0.0 * time, one = zero + 1.0;
  const V anchor = select(x < -0.5, -one, select(x < 0.5, zero, one));
  return {anchor, select(x < -0.5, above, select(x < 0.5, x, x - 1.0))};
}

template <class V>
struct Triangle {
  V r1, r2, chord, semi_perimeter;
  V falling, rising;                   // 1 + rho and 1 - rho for rho = (r1 - r2)/c
  V sigma;                             // sqrt(1 - rho^2)
  V out1[3], out2[3], on1[3], on2[3];  // unit vectors outward and onward
  V lambda, gap;
  V cross;  // |r1 x r2|
};

template <class V>
inline V dot3(const V* a, const V* b) {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

// The onward directions of a motion about the unit vector `pole`.
template <class V>
inline void set_onward(Triangle<V>& t, const V* pole) {
  for (int i = 0; i < 3; ++i) {
    const int j = (i + 1) % 3, k = (i + 2) % 3;
    t.on1[i] = pole[j] * t.out1[k] - pole[k] * t.out1[j];
    t.on2[i] = pole[j] * t.out2[k] - pole[k] * t.out2[j];
  }
}

/// @param turn 1 with the normal, -1 against it; 1 and -1 are the short and the long way where the normal does not
/// decide
template <class V>
inline Triangle<V> triangle_of(const V* p1, const V* p2, const V* normal, V turn) {
  Triangle<V> t;
  V along[3], sum[3], pole[3];
  for (int i = 0; i < 3; ++i) {
    const int j = (i + 1) % 3, k = (i + 2) % 3;
    along[i] = p2[i] - p1[i];
    sum[i] = p1[i] + p2[i];
    pole[i] = minor(p1[j], p2[k], p1[k], p2[j]);
  }
  t.r1 = root(dot3(p1, p1));
  t.r2 = root(dot3(p2, p2));
  t.chord = root(dot3(along, along));
  t.semi_perimeter = 0.5 * (t.r1 + t.r2 + t.chord);
  t.cross = root(dot3(pole, pole));
  const V product = t.r1 * t.r2, inner = dot3(p1, p2);
  // sqrt(r1 r2) times the cosine and sine of half the angle; their product is |r1 x r2|/2
  const V wide = root(0.5 * (product + magnitude(inner))), narrow = t.cross / (2.0 * wide);
  const V half_cosine = select(inner >= 0.0, wide, narrow), half_sine = select(inner >= 0.0, narrow, wide);
  const V sense = select(dot3(pole, normal) < 0.0, -turn, turn);
  t.lambda = sense * half_cosine / t.semi_perimeter;
  t.gap = t.chord / t.semi_perimeter;
  t.sigma = 2.0 * half_sine / t.chord;
  const V rho = -(dot3(along, sum) / t.chord) / (t.r1 + t.r2);
  const V more = 1.0 + magnitude(rho), less = t.sigma * t.sigma / more;
  t.falling = select(rho < 0.0, less, more);
  t.rising = select(rho < 0.0, more, less);
  for (int i = 0; i < 3; ++i) {
    t.out1[i] = p1[i] / t.r1;
    t.out2[i] = p2[i] / t.r2;
    pole[i] = sense * select(t.cross > 0.0, pole[i] / t.cross, 0.0 * product);
  }
  set_onward(t, pole);
  return t;
}

template <class V>
struct Ends {
  V v1[3], v2[3], axis;
};

/// The velocities at both ends, for mu and the root x.
template <class V>
inline Ends<V> ends_of(const Triangle<V>& t, const Place<V>& place, V mu) {
  const V x = place.x(), lifted = t.lambda * x;
  const V y = root(t.gap + lifted * lifted);
  const V speed = root(0.5 * (mu * t.semi_perimeter));
  const V onward = speed * t.sigma * select(lifted >= 0.0, y + magnitude(lifted), t.gap / (y + magnitude(lifted)));
  const V turned = t.lambda * y;
  const V out1 = speed * (turned * t.rising - x * t.falling) / t.r1;
  const V out2 = speed * (x * t.rising - turned * t.falling) / t.r2;
  const V on1 = onward / t.r1, on2 = onward / t.r2;
  Ends<V> ends;
  for (int i = 0; i < 3; ++i) {
    ends.v1[i] = out1 * t.out1[i] + on1 * t.on1[i];
    ends.v2[i] = out2 * t.out2[i] + on2 * t.on2[i];
  }
  ends.axis = 0.5 * t.semi_perimeter / (place.above() * place.below());
  return ends;
}

template <class V>
inline Transfer<V> transfer_of(const Triangle<V>& t, V mu, V time) {
  return {t.lambda, t.gap, root(2.0 * mu / t.semi_perimeter) / t.semi_perimeter * time};
}

inline constexpr double settled = 0x1p-49;  // relative error of the flight time at which a root is taken as found
inline constexpr int most_steps = 4;

template <class V>
struct Root {
  Place<V> place;
  V error;  // T(x)/T - 1
  V steps;
};

/// The root without revolutions; a lane whose error is not below `settled` (or is no number) is for others to solve.
template <class V>
inline Root<V> find_root(const Transfer<V>& transfer) {
  Place<V> place = start_at(transfer);
  V error = 0.0 * transfer.time, steps = error;
  for (int k = 0; k <= most_steps; ++k) {
    // Two steps are the rule, after which the time alone is wanted.
    if (k >= 2) {
      error = flight_at<false>(transfer, place, ShortFlight{}).time - transfer.time;
      if (k == most_steps || !any(magnitude(error) > settled * transfer.time)) break;
    }
    const Flight<V> flight = flight_at(transfer, place, ShortFlight{});
    error = flight.time - transfer.time;
    const auto open = magnitude(error) > settled * transfer.time;
    if (!any(open)) break;
    const V step = householder(error, flight.slope, bend_at(transfer, place, flight));
    place.offset = select(open, place.offset - step, place.offset);
    steps = steps + select(open, 1.0 + 0.0 * steps, 0.0 * steps);
  }
  return {place, error / transfer.time, steps};
}

}  // namespace orrery::orbital::ORRERY_LANES

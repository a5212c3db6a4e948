// The elliptic Kepler equation for a block of rows, as a template of the instruction set.
// SPDX-License-Identifier: Apache-2.0
//
// Start: Markley, Celest. Mech. Dyn. Astron. 63 (1995) 101, in single precision. Step: the reverted series, Abramowitz
// and Stegun (1964) 3.6.25. Rounding test: Ziv, ACM TOMS 17 (1991) 410. Between them stands the residual (1 - e) x +
// e (x - sin x) - M in twice the working precision, at an x of 17 bits, whose powers are exact.
//
// Start and step may differ in their last bits from one instruction set to another. The answer does not: it is taken
// only if every number within the error bound rounds to it.
//
// Included by one file for each instruction set, after ORRERY_SIMD is defined.
#pragma once

#include "plugins/orbital/core/kepler_block.hpp"
#include "plugins/orbital/core/markley_kernel.hpp"
#include "plugins/orbital/core/simd.hpp"
#include "plugins/orbital/core/sine_kernel.hpp"

namespace orrery::orbital::ORRERY_SIMD {

using detail::kepler_block_size;
using detail::KeplerBlock;

/// What the passes hand to each other. It stays in the first cache, and the passes are short enough for a processor to
/// have several rounds of each under way.
struct Work {
  using Column = double[kepler_block_size];
  alignas(64) Column mean;     // |M|, reduced
  alignas(64) Column mean_lo;  // its rest
  alignas(64) Column given;    // M
  alignas(64) Column flip;     // the sign of reduced M
  alignas(64) Column e;
  alignas(64) Column u;
  alignas(64) Column x;
  alignas(64) Column residual;
  alignas(64) Column slope;
  alignas(64) Column versed;
  alignas(64) Column sine;
  alignas(64) std::int64_t taken[kepler_block_size];
};

/// What kinds of rows a block has.
struct Kinds {
  bool plain;  // only rows that the fast path takes, and none beyond pi: they can be read where they stand
  bool turned;
  bool small;
};

constexpr double pi = 0x1.921fb54442d18p+1;
constexpr double small_mean = 0x1p-58;

/// a >= 0 less whole turns, to 2^-140 of a for a <= 2^31.
ORRERY_INLINE Pair less_turns(Real a, Real turns) {
  const Pair most = two_prod(turns, all(2.0 * pi)), more = two_prod(turns, all(0x1.1a62633145c07p-52));
  const Pair first = two_sum(a - most.hi, -most.lo);
  const Pair second = two_sum(first.hi, -more.hi);
  return quick_two_sum(second.hi, (first.lo + second.lo) - (more.lo + turns * -0x1.f1976b7ed8fbcp-108));
}

ORRERY_INLINE Real turns_in(Real a) { return nearest(a * (1.0 / (2.0 * pi))).value; }

ORRERY_INLINE void reduce(Real mean, std::size_t i, Work& work) {
  const Real size = absolute(mean);
  const Pair rest = less_turns(size, turns_in(size));
  const auto beyond = size > all(pi);
  const Real reduced = beyond ? rest.hi : size;
  store(work.mean + i, absolute(reduced));
  store(work.mean_lo + i, beyond ? with_sign(all(1.0), reduced) * rest.lo : Real{});
  store(work.flip + i, with_sign(all(1.0), (Real)((Bits)reduced ^ (Bits)mean)));
}

ORRERY_INLINE Real one_minus_e_of(const KeplerBlock& block, std::size_t i, Real e) {
  return block.one_minus_e ? load(block.one_minus_e + i) : 1.0 - e;
}

ORRERY_INLINE Bits taken_of(Real size, Real e, Real u) {
  return (size <= all(detail::kernel_most_mean)) & (size >= all(detail::kernel_least_mean)) & (e >= Real{}) &
         (e <= all(1.0)) & (u >= all(detail::kernel_least_one_minus_e));
}

ORRERY_INLINE Kinds look(const KeplerBlock& block) {
  Bits taken = Bits{} - 1, turned{}, small{};
  for (std::size_t i = 0; i < block.size; i += lanes) {
    const Real size = absolute(load(block.mean + i)), e = load(block.e + i);
    taken &= taken_of(size, e, one_minus_e_of(block, i, e));
    turned |= size > all(pi);
    small |= size < all(small_mean);
  }
  const bool has_turns = any(turned);
  return {!has_turns && !any(~taken), has_turns, any(small) || has_turns};
}

/// Copies the block; rows that the fast path does not take get an easy equation instead.
ORRERY_INLINE void enter(const KeplerBlock& block, Work& work) {
  for (std::size_t i = 0; i < block.size; i += lanes) {
    const Real mean = load(block.mean + i), e = load(block.e + i), u = one_minus_e_of(block, i, e);
    const Bits taken = taken_of(absolute(mean), e, u);
    const Real safe = taken ? mean : all(1.0);
    store(work.given + i, safe);
    store(work.e + i, taken ? e : all(0.5));
    store(work.u + i, taken ? u : all(0.5));
    __builtin_memcpy(work.taken + i, &taken, sizeof taken);
    reduce(safe, i, work);
  }
}

template <bool Plain>
ORRERY_INLINE Real mean_at(const KeplerBlock& block, const Work& work, std::size_t i) {
  return Plain ? absolute(load(block.mean + i)) : load(work.mean + i);
}
template <bool Plain>
ORRERY_INLINE Real e_at(const KeplerBlock& block, const Work& work, std::size_t i) {
  return load(Plain ? block.e + i : work.e + i);
}
template <bool Plain>
ORRERY_INLINE Real u_at(const KeplerBlock& block, const Work& work, std::size_t i) {
  return Plain ? one_minus_e_of(block, i, load(block.e + i)) : load(work.u + i);
}

template <bool Plain>
ORRERY_INLINE void start(const KeplerBlock& block, bool has_small, Work& work) {
  for (std::size_t i = 0; i < block.size; i += 2 * lanes) {
    const std::size_t next = i + lanes;
    const Single mean = narrow(mean_at<Plain>(block, work, i), mean_at<Plain>(block, work, next));
    const Single e = narrow(e_at<Plain>(block, work, i), e_at<Plain>(block, work, next));
    const Single u = narrow(u_at<Plain>(block, work, i), u_at<Plain>(block, work, next));
    const Single x = markley_start<Quick>(mean, e, u, 1.0f);
    const Single short_x = (Single)(((SingleBits)x + 64) & ~127);
    store(work.x + i, widen_low(short_x));
    store(work.x + i + lanes, widen_high(short_x));
  }
  if (!has_small) return;
  for (std::size_t i = 0; i < block.size; i += lanes) {  // where the squares of single precision underflow
    const Real mean = mean_at<Plain>(block, work, i);
    const Bits small = mean < all(small_mean);
    if (!any(small)) continue;
    const Real x = markley_start<Quick>(mean, e_at<Plain>(block, work, i), u_at<Plain>(block, work, i), 1.0);
    store(work.x + i, small ? short_of(x) : load(work.x + i));
  }
}

/// e and 1 - e, one of them with the rest that the other has not.
struct Shape {
  Real e;
  Real u;
  Real left;
  decltype(Real{} < Real{}) left_of_e;
};

ORRERY_INLINE Shape shape_of(Real given_e, Real given_u) {
  const auto near_one = given_u <= all(0.5);
  const Real e = near_one ? 1.0 - given_u : given_e, u = near_one ? given_u : 1.0 - given_e;
  return {e, u, near_one ? (1.0 - e) - u : (1.0 - u) - e, near_one};
}

/// (1 - e) x + e (x - sin x) - M
template <class Arithmetic>
ORRERY_INLINE Real residual_of(const Shape& shape, Real x, const Pair& defect, const Pair& mean) {
  const Pair straight = two_prod(shape.u, x), curved = two_prod(shape.e, defect.hi);
  const Real left = shape.left * (shape.left_of_e ? defect.hi : x);
  const Real low = Arithmetic::fused(shape.e, defect.lo, curved.lo) + (left + straight.lo);
  const Pair sum = two_sum(straight.hi, curved.hi);
  return (sum.hi - mean.hi) + (sum.lo + (low - mean.lo));
}

template <bool Plain>
ORRERY_INLINE void evaluate(const KeplerBlock& block, Work& work) {
  for (std::size_t i = 0; i < block.size; i += lanes) {
    const Shape shape = shape_of(e_at<Plain>(block, work, i), u_at<Plain>(block, work, i));
    const Real x = smaller(load(work.x + i), all(3.1450));
    const SineDefect at_x = sine_defect<Quick>(x);
    const Pair mean{mean_at<Plain>(block, work, i), Plain ? Real{} : load(work.mean_lo + i)};
    store(work.e + i, shape.e);
    store(work.x + i, x);
    store(work.residual + i, residual_of<Quick>(shape, x, at_x.value, mean));
    store(work.slope + i, fused(shape.e, at_x.versed, shape.u));
    store(work.versed + i, at_x.versed);
    store(work.sine + i, at_x.sine);
  }
}

/// The step from x to the root, to sixth order.
ORRERY_INLINE Real series_step(Real residual, Real slope, Real e, Real sine, Real versed) {
  const Real inverse = 1.0 / slope;
  const Real n = -residual * inverse;
  const Real c2 = (0.5 * e) * sine * inverse;
  const Real c3 = (e * (1.0 / 6.0)) * (1.0 - versed) * inverse;
  const Real square = c2 * c2;
  const Real third = fused(square, all(2.0), -c3);
  const Real fourth = c2 * fused(square, all(-5.0), fused(c3, all(5.0), all(1.0 / 12.0)));
  const Real fifth =
      fused(square, fused(square, all(14.0), fused(c3, all(-21.0), all(-0.5))), c3 * fused(c3, all(3.0), all(0.05)));
  const Real tail = fused(n, fused(n, fused(n, fifth, fourth), third), -c2);
  return fused(n * n, tail, n);
}

ORRERY_INLINE std::size_t list(Bits undecided, std::size_t i, std::uint16_t* rows, std::size_t count) {
  for (std::size_t lane = 0; lane < lanes; ++lane) {
    rows[count] = static_cast<std::uint16_t>(i + lane);
    count += undecided[lane] != 0;
  }
  return count;
}

// What is not known of the step: twelve roundings of it, and what the series and the table leave away; twice what was
// measured.
constexpr double step_bound = 0x1.8p-50;
constexpr double table_bound = 0x1p-64;

/// The two ends of what x + d may be, with sign and turns: E = M + (x + d - |M|).
struct Ends {
  Real low, high;
};

template <bool Plain>
ORRERY_INLINE Ends ends(const KeplerBlock& block, const Work& work, std::size_t i, Real x, Real d, Real bound) {
  if (Plain) {
    const Real sign = load(block.mean + i);
    return {with_sign(x + (d - bound), sign), with_sign(x + (d + bound), sign)};
  }
  const Pair apart = two_sum(x, -load(work.mean + i));
  const Pair change = two_sum(apart.hi, d);
  const Real flip = load(work.flip + i);
  const Pair sum = two_sum(load(work.given + i), flip * change.hi);
  const Real rest = sum.lo + flip * (change.lo + (apart.lo - load(work.mean_lo + i)));
  return {sum.hi + (rest - bound), sum.hi + (rest + bound)};
}

template <bool Plain>
ORRERY_INLINE std::size_t finish(const KeplerBlock& block, const Work& work) {
  std::size_t count = 0;
  for (std::size_t i = 0; i < block.size; i += lanes) {
    const Real x = load(work.x + i);
    const Real d = series_step(load(work.residual + i), load(work.slope + i), load(work.e + i), load(work.sine + i),
                               load(work.versed + i));
    const Real bound = fused(absolute(d), all(step_bound), x * table_bound);
    const Ends e = ends<Plain>(block, work, i, x, d, bound);
    const Bits near = absolute(d) <= x * 0x1p-9;
    store(block.anomaly + i, near ? e.low : all(__builtin_nan("")));
    Bits decided = near & (e.low == e.high);
    if (!Plain) {
      Bits taken;
      __builtin_memcpy(&taken, work.taken + i, sizeof taken);
      decided &= taken;
    }
    if (any(~decided)) count = list(~decided, i, block.undecided, count);
  }
  return count;
}

std::size_t solve_ellipses(const KeplerBlock& block) {
  Work work;
  const Kinds kinds = look(block);
  if (kinds.plain) {
    start<true>(block, kinds.small, work);
    evaluate<true>(block, work);
    return finish<true>(block, work);
  }
  enter(block, work);
  start<false>(block, kinds.small, work);
  evaluate<false>(block, work);
  return finish<false>(block, work);
}

// By Taylor's series from the nearest number of 17 bits, with the same bits on every machine.
void find_residuals(const KeplerBlock& block) {
  for (std::size_t i = 0; i < block.size; i += lanes) {
    const Real mean = load(block.mean + i), anomaly = load(block.anomaly + i), given_e = load(block.e + i);
    const Shape shape = shape_of(given_e, block.one_minus_e ? load(block.one_minus_e + i) : 1.0 - given_e);
    const Real size = absolute(anomaly);
    const Real turns = size > all(pi) ? turns_in(size) : Real{};
    const Pair place = less_turns(size, turns), target = less_turns(absolute(mean), turns);
    const Real side = with_sign(all(1.0), place.hi);
    const Real x = smaller(short_of(absolute(place.hi)), all(3.1450));
    const Real step = (side * place.hi - x) + side * place.lo;
    const SineDefect at_x = sine_defect<Same>(x);
    const Real at_root = residual_of<Same>(shape, x, at_x.value, {side * target.hi, side * target.lo});
    const Real slope = shape.u + shape.e * at_x.versed;
    const Real curve = 0.5 * at_x.sine + step * (1.0 - at_x.versed) * (1.0 / 6.0);
    const Real residual = at_root + step * (slope + step * (shape.e * curve));
    store(block.residual + i, with_sign(all(1.0), anomaly) * side * residual);
  }
}

}  // namespace orrery::orbital::ORRERY_SIMD

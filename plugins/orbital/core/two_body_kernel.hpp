// The Taylor steps of eight two-body orbits side by side, compiled once for each set of vector instructions.
// SPDX-License-Identifier: Apache-2.0
//
// Included by files that differ in ORRERY_VECTOR_BYTES and in their compiler flags alone; everything here has internal
// linkage, so that no linker can hand the code of one instruction set to another. No fused operations are used, so all
// sets give the same bits.
#include <cstdint>
#include <cstring>

#include "plugins/orbital/core/two_body_steps.hpp"

namespace orrery::orbital::detail {
namespace {

constexpr int lanes = static_cast<int>(TwoBodySteps::lanes), order = static_cast<int>(TwoBodySteps::order);

// A vector of the processor's own width; a pack is as many of them as make eight numbers.
typedef double Vector __attribute__((vector_size(ORRERY_VECTOR_BYTES)));
typedef std::int64_t Integers __attribute__((vector_size(ORRERY_VECTOR_BYTES)));
constexpr int parts = 64 / ORRERY_VECTOR_BYTES;

struct Pack {
  Vector part[parts];
};
struct Words {
  Integers part[parts];
};

template <class R, class F>
inline __attribute__((always_inline)) R each(const F& f) {
  R result;
#pragma GCC unroll 8
  for (int i = 0; i < parts; ++i) result.part[i] = f(i);
  return result;
}

inline Pack all(double x) {
  return each<Pack>([=](int) { return x - Vector{}; });
}
inline Words all_words(std::int64_t x) {
  return each<Words>([=](int) { return x - Integers{}; });
}
inline Pack operator+(const Pack& a, const Pack& b) {
  return each<Pack>([&](int i) { return a.part[i] + b.part[i]; });
}
inline Pack operator-(const Pack& a, const Pack& b) {
  return each<Pack>([&](int i) { return a.part[i] - b.part[i]; });
}
inline Pack operator*(const Pack& a, const Pack& b) {
  return each<Pack>([&](int i) { return a.part[i] * b.part[i]; });
}
inline Pack operator/(const Pack& a, const Pack& b) {
  return each<Pack>([&](int i) { return a.part[i] / b.part[i]; });
}
inline Pack operator-(const Pack& a) {
  return each<Pack>([&](int i) { return -a.part[i]; });
}
inline void operator+=(Pack& a, const Pack& b) { a = a + b; }
inline Words operator&(const Words& a, const Words& b) {
  return each<Words>([&](int i) { return a.part[i] & b.part[i]; });
}
inline Words operator|(const Words& a, const Words& b) {
  return each<Words>([&](int i) { return a.part[i] | b.part[i]; });
}
inline Words operator+(const Words& a, const Words& b) {
  return each<Words>([&](int i) { return a.part[i] + b.part[i]; });
}
inline Words operator~(const Words& a) {
  return each<Words>([&](int i) { return ~a.part[i]; });
}
inline Words operator<=(const Pack& a, const Pack& b) {
  return each<Words>([&](int i) { return a.part[i] <= b.part[i]; });
}
inline Words up(const Words& a, int bits) {
  return each<Words>([&](int i) { return a.part[i] << bits; });
}
inline Words down(const Words& a, int bits) {
  return each<Words>([&](int i) { return a.part[i] >> bits; });
}
inline Words bits_of(const Pack& a) {
  return each<Words>([&](int i) { return reinterpret_cast<Integers>(a.part[i]); });
}
inline Pack pack_of(const Words& a) {
  return each<Pack>([&](int i) { return reinterpret_cast<Vector>(a.part[i]); });
}
inline Pack magnitude(const Pack& x) { return pack_of(bits_of(x) & all_words(0x7fffffffffffffffLL)); }
inline Pack larger(const Pack& a, const Pack& b) {
  return each<Pack>([&](int i) { return a.part[i] > b.part[i] ? a.part[i] : b.part[i]; });
}
/// b where the mask says so, else a
inline Pack chosen(const Pack& a, const Words& mask, const Pack& b) {
  return each<Pack>([&](int i) { return mask.part[i] ? b.part[i] : a.part[i]; });
}
inline Pack smaller(const Pack& a, const Pack& b) {
  return each<Pack>([&](int i) { return a.part[i] < b.part[i] ? a.part[i] : b.part[i]; });
}

inline Pack square_root(Pack x) {
  double number[lanes];
  std::memcpy(number, &x, sizeof x);
  for (double& a : number) a = __builtin_sqrt(a);
  std::memcpy(&x, number, sizeof x);
  return x;
}

/// x/n. The rounding of 1/n would shift the energy at every step by the same amount, in low orders visibly.
inline Pack over(Pack x, int n) {
  constexpr int highest_divided = 90;
  return n <= highest_divided ? x / all(static_cast<double>(n)) : x * all(1.0 / static_cast<double>(n));
}

/// 2^x for |x| < 1000 to 4 digits, and the base 2 logarithm of a positive number to 4 digits: enough for a step.
inline Pack rough_exp2(Pack x) {
  const Pack shift = all(0x1.8p52);
  const Pack whole = (x + shift) - shift, f = x - whole;
  const Pack p = all(1.0) + f * (all(0.69314718) + f * (all(0.24022651) + f * (all(0.05550411) + f * all(0.00961813))));
  return p * pack_of(up(bits_of(whole + shift), 52) + all_words(0x3ff0000000000000LL));
}
inline Pack rough_log2(Pack x) {
  const Words bits = bits_of(x);
  const Pack m = pack_of((bits & all_words(0x000fffffffffffffLL)) | all_words(0x3ff0000000000000LL));
  // the exponent as a double: its bits put into those of 2^52
  const Pack exponent =
      pack_of((down(bits, 52) & all_words(0x7ffLL)) | all_words(0x4330000000000000LL)) - all(0x1p52 + 1023.0);
  const Pack s = (m - all(1.4142135623730951)) / (m + all(1.4142135623730951)), s2 = s * s;
  return exponent + all(0.5) + s * (all(2.885390082) + s2 * (all(0.961796694) + s2 * all(0.57707802)));
}

struct Series {
  Pack x[3][order + 1], v[3][order + 1];  // of positions, and of velocities times the unit of time
  Pack r2[order], u[order], ku[order];
};

/// Coefficient n of r^2; three sums side by side, since each addition waits for the one before.
inline Pack square_term(const Series& s, int n) {
  Pack x = all(0.0), y = all(0.0), z = all(0.0);
  for (int k = 0; 2 * k < n; ++k) {
    x += s.x[0][k] * s.x[0][n - k];
    y += s.x[1][k] * s.x[1][n - k];
    z += s.x[2][k] * s.x[2][n - k];
  }
  const Pack half = x + y + z, twice = half + half;
  if (n % 2 != 0) return twice;
  const int m = n / 2;
  return twice + (s.x[0][m] * s.x[0][m] + s.x[1][m] * s.x[1][m] + s.x[2][m] * s.x[2][m]);
}

/// All coefficients of the positions to the order, and of the velocities likewise, for mu times the square of the unit
/// of time.
inline void expand(Series& s, Pack mu) {
  for (int n = 0; n < order; ++n) {
    s.r2[n] = square_term(s, n);
    if (n == 0) {
      s.u[0] = mu / (s.r2[0] * square_root(s.r2[0]));
      s.ku[0] = all(0.0);
    } else {
      // u = mu r2^(-3/2): n r2_0 u_n = sum over k of (k/2 - 3 n/2) r2_(n-k) u_k
      Pack plain = all(0.0), weighted = all(0.0), plain_odd = all(0.0), weighted_odd = all(0.0);
      for (int k = 0; k + 1 < n; k += 2) {
        plain += s.r2[n - k] * s.u[k];
        weighted += s.r2[n - k] * s.ku[k];
        plain_odd += s.r2[n - k - 1] * s.u[k + 1];
        weighted_odd += s.r2[n - k - 1] * s.ku[k + 1];
      }
      if (n % 2 != 0) {
        plain += s.r2[1] * s.u[n - 1];
        weighted += s.r2[1] * s.ku[n - 1];
      }
      plain += plain_odd;
      weighted += weighted_odd;
      const double m = static_cast<double>(n);
      s.u[n] = (all(0.5) * weighted - all(1.5 * m) * plain) / (all(m) * s.r2[0]);
      s.ku[n] = all(m) * s.u[n];
    }
    Pack a0 = all(0.0), a1 = all(0.0), a2 = all(0.0);
    for (int k = 0; k <= n; ++k) {
      const Pack u = s.u[n - k];
      a0 += u * s.x[0][k];
      a1 += u * s.x[1][k];
      a2 += u * s.x[2][k];
    }
    const Pack a[3] = {a0, a1, a2};
    for (int i = 0; i < 3; ++i) {
      s.v[i][n + 1] = over(-a[i], n + 1);
      if (n + 2 <= order) s.x[i][n + 2] = over(-a[i], (n + 1) * (n + 2));
    }
  }
}

inline Pack largest(const Pack (*c)[order + 1], int n) {
  return larger(magnitude(c[0][n]), larger(magnitude(c[1][n]), magnitude(c[2][n])));
}

/// e^-2 exp(-0.7/(order - 1)) times the radius of convergence, from the last two coefficients against the size.
inline Pack step_of(const Series& s, Pack distance, Pack speed) {
  Pack exponent = all(1e3);
  for (int n = order - 1; n <= order; ++n) {
    const Pack small = all(1e-290);
    const Pack ratio_x = larger(distance, small) / larger(largest(s.x, n), small);
    const Pack ratio_v = larger(speed, small) / larger(largest(s.v, n), small);
    exponent = smaller(exponent, rough_log2(smaller(ratio_x, ratio_v)) * all(1.0 / n));
  }
  return rough_exp2(exponent - all(2.8853900817779268 + 0.7 / (order - 1) * 1.4426950408889634));
}

inline void add_compensated(Pack& value, Pack& rest, Pack increment) {
  const Pack corrected = increment + rest;
  const Pack sum = value + corrected, part = sum - value;  // either may be the larger one
  rest = (value - (sum - part)) + (corrected - part);
  value = sum;
}

inline Pack load(const double* from) {
  Pack x;
  std::memcpy(&x, from, sizeof x);
  return x;
}
inline void store(double* to, Pack x) { std::memcpy(to, &x, sizeof x); }
inline void store(std::int64_t* to, const Words& x) { std::memcpy(to, &x, sizeof x); }
inline bool any(const Words& mask) {
  std::int64_t word[lanes], sum = 0;
  store(word, mask);
  for (const std::int64_t w : word) sum |= w;
  return sum != 0;
}

/// The increments of one coordinate after s units of time.
inline Pack increment(const Pack* c, Pack s) {
  Pack sum = all(0.0);
  for (int n = order; n >= 1; --n) sum = (sum + c[n]) * s;
  return sum;
}

struct Size {
  Pack distance, speed;
};
inline Size size_of(const TwoBodySteps& steps) {
  Pack r2 = all(0.0), v2 = all(0.0);
  for (std::size_t i = 0; i < 3; ++i) {
    const Pack x = load(steps.position[i]), v = load(steps.velocity[i]);
    r2 += x * x;
    v2 += v * v;
  }
  const Pack distance = square_root(r2);
  return {distance, square_root(v2) + square_root(load(steps.gravity) / distance)};
}

inline void take(TwoBodySteps& steps, const Series& s, Pack unit, Pack length) {
  const Pack at = length / unit;
  for (std::size_t i = 0; i < 3; ++i) {
    Pack x = load(steps.position[i]), v = load(steps.velocity[i]);
    Pack x_rest = load(steps.position_rest[i]), v_rest = load(steps.velocity_rest[i]);
    add_compensated(x, x_rest, increment(s.x[i], at));
    add_compensated(v, v_rest, increment(s.v[i], at) / unit);
    store(steps.position[i], x);
    store(steps.velocity[i], v);
    store(steps.position_rest[i], x_rest);
    store(steps.velocity_rest[i], v_rest);
  }
  Pack time = load(steps.time), rest = load(steps.time_rest);
  add_compensated(time, rest, length);
  store(steps.time, time);
  store(steps.time_rest, rest);
}

/// Whether the caller has to look: lanes whose step is too short, and lanes with samples to be taken from this step.
struct Notice {
  Words failed, sampled;
};

/// Finite where all coefficients of the highest order are.
inline Pack soundness(const Series& s) {
  Pack sum = all(0.0);
  for (int i = 0; i < 3; ++i) sum += magnitude(s.x[i][order]) + magnitude(s.v[i][order]);
  return sum;
}

inline Notice notice_of(TwoBodySteps& steps, const Pack& sound, const Pack& wished, const Pack& left,
                        const Pack& length) {
  const Pack time = load(steps.time), rest = load(steps.time_rest), none = all(0.0);
  // what has no first step yet takes this one
  const Pack first = load(steps.first_step), now = chosen(first, first <= none, wished);
  store(steps.first_step, now);
  const Pack shortest = all(0x1p-50) * larger(magnitude(time), now);
  const Words good = (shortest <= wished) & (sound <= all(0x1.fffffffffffffp1023));
  return {~good & ~(left <= none), (load(steps.next_sample) - time) - rest <= length};
}

inline void show(TwoBodySteps& steps, const Series& s, const Pack& unit, const Pack& length) {
  for (std::size_t i = 0; i < 3; ++i)
    for (int n = 0; n <= order; ++n) store(steps.series[i][n], s.x[i][n]), store(steps.rates[i][n], s.v[i][n]);
  store(steps.unit, unit);
  store(steps.length, length);
  steps.sample(steps);
}

/// Lanes that came to their targets get exactly that time. @returns whether there are any
inline bool close(TwoBodySteps& steps, const Pack& wished, const Pack& left) {
  std::int64_t idle[lanes], ended[lanes];
  store(idle, left <= all(0.0));
  store(ended, left <= wished);
  bool any_ended = false;
  for (int i = 0; i < lanes; ++i) {
    if (idle[i]) continue;
    ++steps.taken[i];
    if (!ended[i]) continue;
    steps.time[i] = steps.target[i];
    steps.time_rest[i] = 0.0;
    any_ended = true;
  }
  return any_ended;
}

/// Steps until a lane is through or fails, or the budget is spent; see TwoBodySteps.
void run_lanes(TwoBodySteps& steps) {
  alignas(64) Series s;
  for (; steps.budget > 0; --steps.budget) {
    const Size size = size_of(steps);
    // a power of two near the time in which things change
    const Pack unit = pack_of(bits_of(size.distance / size.speed) & all_words(0x7ff0000000000000LL));
    for (std::size_t i = 0; i < 3; ++i) {
      s.x[i][0] = load(steps.position[i]);
      s.v[i][0] = load(steps.velocity[i]) * unit;
      s.x[i][1] = s.v[i][0];
    }
    expand(s, load(steps.gravity) * unit * unit);
    const Pack wished = step_of(s, size.distance, size.speed * unit) * unit;
    const Pack left = (load(steps.target) - load(steps.time)) - load(steps.time_rest), length = smaller(wished, left);
    const Notice notice = notice_of(steps, soundness(s), wished, left, length);
    if (any(notice.failed)) {
      std::int64_t failed[lanes];
      store(failed, notice.failed);
      for (int i = 0; i < lanes; ++i) steps.failed[i] = failed[i] != 0;
      return;
    }
    if (any(notice.sampled)) show(steps, s, unit, length);
    take(steps, s, unit, length);
    if (close(steps, wished, left)) return;
  }
}

}  // namespace
}  // namespace orrery::orbital::detail

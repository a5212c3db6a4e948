// The inner loop of curve reconstruction, compiled once for each instruction set by the file that includes this one.
// SPDX-License-Identifier: Apache-2.0

// No "pragma once" and no inline functions with external linkage: everything is in an unnamed namespace, so that code
// for a newer instruction set cannot be picked by the linker for everybody. Only +, -, * and libm are used, element by
// element and without contraction, so every build gives the same bits.
// Sources: Blanes, Casas, Oteo, Ros 2009 (Magnus integrators with Gauss nodes); Murray, Li, Sastry 1994, chapter 2
// (exponential of a twist); Higham 2002, section 4.3 (compensated sums).

#include <cmath>

#include "plugins/curve/core/pose_kernel.hpp"

namespace orrery::curve {

namespace {

#if defined(__GNUC__)
using Lanes = double __attribute__((vector_size(64)));
#define ORRERY_INLINE inline __attribute__((always_inline))
#else
#error "the lanes need the vector extension of GCC and Clang"
#endif

struct Vector3 {
  Lanes x, y, z;
};

// An element of se(3): turning and moving, in the axes of the frame.
struct Twist {
  Vector3 turn, move;
};

// A motion as its difference from rest: the quaternion is (1 + w, x, y, z).
struct Motion {
  Lanes w;
  Vector3 v;
  Vector3 shift;
};

struct Compensated {
  Lanes high, low;
};

ORRERY_INLINE Lanes all(double value) { return Lanes{value, value, value, value, value, value, value, value}; }

ORRERY_INLINE Vector3 operator+(const Vector3& a, const Vector3& b) { return {a.x + b.x, a.y + b.y, a.z + b.z}; }
ORRERY_INLINE Vector3 operator-(const Vector3& a, const Vector3& b) { return {a.x - b.x, a.y - b.y, a.z - b.z}; }
ORRERY_INLINE Vector3 operator*(const Lanes& s, const Vector3& a) { return {s * a.x, s * a.y, s * a.z}; }
ORRERY_INLINE Vector3 cross(const Vector3& a, const Vector3& b) {
  return {a.y * b.z - a.z * b.y, a.z * b.x - a.x * b.z, a.x * b.y - a.y * b.x};
}

ORRERY_INLINE Twist operator+(const Twist& a, const Twist& b) { return {a.turn + b.turn, a.move + b.move}; }
ORRERY_INLINE Twist operator-(const Twist& a, const Twist& b) { return {a.turn - b.turn, a.move - b.move}; }
ORRERY_INLINE Twist operator*(double s, const Twist& a) { return {all(s) * a.turn, all(s) * a.move}; }

// The frame is multiplied from the right, which turns the bracket of the books around: [b, a].
ORRERY_INLINE Twist bracket(const Twist& a, const Twist& b) {
  return {cross(b.turn, a.turn), cross(b.turn, a.move) - cross(a.turn, b.move)};
}

ORRERY_INLINE void add(Compensated& sum, const Lanes& term) {
  const Lanes y = term + sum.low;
  const Lanes total = sum.high + y;
  const Lanes seen = total - sum.high;
  sum.low = (sum.high - (total - seen)) + (y - seen);
  sum.high = total;
}

// sin(x/2)/x, cos(x/2) - 1 and (x - sin x)/x^3 by their series in x^2 <= 1, next term below 2^-56 of the sum.
ORRERY_INLINE void half_angle(const Lanes& square, Lanes& sine, Lanes& versine, Lanes& third) {
  const Lanes q = all(-0.25) * square;
  sine = all(0.5) + q * (all(0.5 / 6) +
                         q * (all(0.5 / 120) +
                              q * (all(0.5 / 5040) +
                                   q * (all(0.5 / 362880) + q * (all(0.5 / 39916800) + q * all(0.5 / 6227020800.0))))));
  versine = q * (all(0.5) +
                 q * (all(1.0 / 24) +
                      q * (all(1.0 / 720) +
                           q * (all(1.0 / 40320) + q * (all(1.0 / 3628800) +
                                                        q * (all(1.0 / 479001600) + q * all(1.0 / 87178291200.0)))))));
  const Lanes n = -square;
  third = all(1.0 / 6) +
          n * (all(1.0 / 120) +
               n * (all(1.0 / 5040) + n * (all(1.0 / 362880) +
                                           n * (all(1.0 / 39916800) + n * (all(1.0 / 6227020800.0) +
                                                                           n * (all(1.0 / 1307674368000.0) +
                                                                                n * all(1.0 / 355687428096000.0)))))));
}

// The same for lanes that turn by more than a radian.
__attribute__((noinline)) void wide_angle(const double* square, double* sine, double* versine, double* third) {
  for (int lane = 0; lane < 8; ++lane) {
    if (square[lane] > 1.0) {
      const double angle = std::sqrt(square[lane]);
      const double quarter = std::sin(0.25 * angle);
      sine[lane] = std::sin(0.5 * angle) / angle;
      versine[lane] = -2.0 * quarter * quarter;
      third[lane] = (angle - std::sin(angle)) / square[lane] / angle;
    }
  }
}

ORRERY_INLINE bool any_above_one(const Lanes& x) {
  bool found = false;
  for (int lane = 0; lane < 8; ++lane) {
    found |= x[lane] > 1.0;
  }
  return found;
}

ORRERY_INLINE Motion exponential(const Twist& twist) {
  const Vector3& w = twist.turn;
  const Lanes square = w.x * w.x + w.y * w.y + w.z * w.z;
  Lanes sine, versine, third;
  half_angle(square, sine, versine, third);
  if (__builtin_expect(any_above_one(square), 0)) {
    wide_angle(reinterpret_cast<const double*>(&square), reinterpret_cast<double*>(&sine),
               reinterpret_cast<double*>(&versine), reinterpret_cast<double*>(&third));
  }
  const Vector3 across = cross(w, twist.move);
  const Lanes second = all(2.0) * sine * sine;
  return {versine, sine * w, twist.move + (second * across + third * cross(w, across))};
}

// The velocity of the frame at node k of step j of each lane, times the step.
template <std::size_t nodes>
ORRERY_INLINE Lanes load(const double* data, std::size_t j, std::size_t k) {
  constexpr std::size_t stride = lane_steps * nodes;
  const double* p = data + j * nodes + k;
  return Lanes{p[0],          p[stride],     p[2 * stride], p[3 * stride],
               p[4 * stride], p[5 * stride], p[6 * stride], p[7 * stride]};
}

template <std::size_t nodes>
ORRERY_INLINE Twist velocity(const PoseBlock& block, const Lanes& h, std::size_t j, std::size_t k) {
  const Lanes move = block.speed ? h * load<nodes>(block.speed, j, k) : h;
  const Lanes curvature = move * load<nodes>(block.curvature, j, k);
  const Lanes torsion = block.torsion ? move * load<nodes>(block.torsion, j, k) : all(0.0);
  return {{torsion, all(0.0), curvature}, {move, all(0.0), all(0.0)}};
}

// One step, order 4: half the sum and sqrt(3)/12 of the bracket of the velocities at the two Gauss nodes.
ORRERY_INLINE Twist magnus(const Twist& a, const Twist& b) {
  constexpr double factor = 0.14433756729740644113;
  const Lanes turn = all(factor) * (a.turn.z * b.turn.x - a.turn.x * b.turn.z);
  const Lanes move = all(factor) * (a.turn.z * b.move.x - b.turn.z * a.move.x);
  const Lanes half = all(0.5);
  return {{half * (a.turn.x + b.turn.x), turn, half * (a.turn.z + b.turn.z)},
          {half * (a.move.x + b.move.x), move, all(0.0)}};
}

// One step, order 6, with three Gauss nodes: equations (253) to (256) of the review.
ORRERY_INLINE Twist magnus(const Twist& a, const Twist& b, const Twist& c) {
  constexpr double root = 1.2909944487358056284;  // sqrt(15)/3
  const Twist first = b;
  const Twist second = root * (c - a);
  const Twist third = (10.0 / 3.0) * ((c + a) - 2.0 * b);
  const Twist c1 = bracket(first, second);
  const Twist c2 = (-1.0 / 60.0) * bracket(first, 2.0 * third + c1);
  const Twist left = c1 - 20.0 * first - third;
  return first + (1.0 / 12.0) * third + (1.0 / 240.0) * bracket(left, second + c2);
}

template <std::size_t nodes>
ORRERY_INLINE Motion step(const PoseBlock& block, const Lanes& h, std::size_t j) {
  const Twist a = velocity<nodes>(block, h, j, 0);
  const Twist b = velocity<nodes>(block, h, j, 1);
  if constexpr (nodes == 2) {
    return exponential(magnus(a, b));
  } else {
    return exponential(magnus(a, b, velocity<nodes>(block, h, j, 2)));
  }
}

// What the lanes have made of their steps, each from rest, after every step and at the end.
struct Tracks {
  Motion at[lane_steps];
  Motion low;
};

template <std::size_t nodes>
void follow_lanes(const PoseBlock& block, Tracks& tracks) {
  Compensated w{all(0.0), all(0.0)}, x = w, y = w, z = w, px = w, py = w, pz = w;
  Lanes here = load<1>(block.parameter, 0, 0);
  for (std::size_t j = 0; j < lane_steps; ++j) {
    const Lanes next = load<1>(block.parameter, j + 1, 0);
    const Motion m = step<nodes>(block, next - here, j);
    here = next;
    const Lanes scalar = w.high;
    const Vector3 vector{x.high, y.high, z.high};
    // The shift, turned by 1 + w + vector.
    const Vector3 t = all(2.0) * cross(vector, m.shift);
    const Vector3 turned = (t + scalar * t) + cross(vector, t);
    add(px, m.shift.x), add(py, m.shift.y), add(pz, m.shift.z);
    add(px, turned.x), add(py, turned.y), add(pz, turned.z);
    // (1 + w + vector)(1 + m) - (1 + w + vector) = m + (w + vector) m
    const Vector3 across = cross(vector, m.v);
    const Vector3 change = (scalar * m.v + m.w * vector) + across;
    const Lanes change_w = scalar * m.w - (vector.x * m.v.x + vector.y * m.v.y + vector.z * m.v.z);
    add(w, m.w), add(x, m.v.x), add(y, m.v.y), add(z, m.v.z);
    add(w, change_w), add(x, change.x), add(y, change.y), add(z, change.z);
    tracks.at[j] = {w.high, {x.high, y.high, z.high}, {px.high, py.high, pz.high}};
  }
  tracks.low = {w.low, {x.low, y.low, z.low}, {px.low, py.low, pz.low}};
}

struct Bases {
  Lanes w, x, y, z;
  Lanes low_w, low_x, low_y, low_z;
  Vector3 place, place_low;
};

void add_scalar(double& high, double& low, double term) {
  const double y = term + low;
  const double total = high + y;
  const double seen = total - high;
  low = (high - (total - seen)) + (y - seen);
  high = total;
}

double square_error(double a) {  // a^2 without what the product keeps (Dekker 1971)
  const double scaled = 134217729.0 * a;
  const double high = scaled - (scaled - a);
  const double low = a - high;
  return ((high * high - a * a) + 2.0 * high * low) + low * low;
}

// Back to length 1: |q|^2 - 1 in twice the working precision, then one step of Newton's method.
void renormalise(Pose& pose) {
  double sum = -1.0;
  double rest = 0.0;
  for (std::size_t c = 0; c < 4; ++c) {
    const double q = pose.rotation[c];
    add_scalar(sum, rest, q * q);
    rest += square_error(q) + 2.0 * q * pose.rotation_low[c];
  }
  const double correction = -0.5 * (sum + rest);
  for (std::size_t c = 0; c < 4; ++c) {
    add_scalar(pose.rotation[c], pose.rotation_low[c], correction * pose.rotation[c]);
  }
}

// pose := pose * (motion of one lane).
void advance(Pose& pose, const Motion& m, const Motion& low, int lane) {
  const double w = pose.rotation[0], x = pose.rotation[1], y = pose.rotation[2], z = pose.rotation[3];
  const double sx = m.shift.x[lane], sy = m.shift.y[lane], sz = m.shift.z[lane];
  const double tx = 2.0 * (y * sz - z * sy), ty = 2.0 * (z * sx - x * sz), tz = 2.0 * (x * sy - y * sx);
  const double moved[3] = {w * tx + (y * tz - z * ty), w * ty + (z * tx - x * tz), w * tz + (x * ty - y * tx)};
  const double shift[3] = {sx, sy, sz};
  const double shift_low[3] = {low.shift.x[lane], low.shift.y[lane], low.shift.z[lane]};
  for (std::size_t c = 0; c < 3; ++c) {
    add_scalar(pose.position[c], pose.position_low[c], shift[c]);
    add_scalar(pose.position[c], pose.position_low[c], moved[c] + shift_low[c]);
  }
  const double dw = m.w[lane], dx = m.v.x[lane], dy = m.v.y[lane], dz = m.v.z[lane];
  const double ew = low.w[lane], ex = low.v.x[lane], ey = low.v.y[lane], ez = low.v.z[lane];
  const double change[4] = {w * dw - (x * dx + y * dy + z * dz), w * dx + x * dw + (y * dz - z * dy),
                            w * dy + y * dw + (z * dx - x * dz), w * dz + z * dw + (x * dy - y * dx)};
  const double finer[4] = {w * ew - (x * ex + y * ey + z * ez), w * ex + x * ew + (y * ez - z * ey),
                           w * ey + y * ew + (z * ex - x * ez), w * ez + z * ew + (x * ey - y * ex)};
  for (std::size_t c = 0; c < 4; ++c) {
    add_scalar(pose.rotation[c], pose.rotation_low[c], change[c] + finer[c]);
  }
  renormalise(pose);
}

ORRERY_INLINE void set_lane(Bases& bases, const Pose& pose, int lane) {
  bases.w[lane] = pose.rotation[0], bases.x[lane] = pose.rotation[1];
  bases.y[lane] = pose.rotation[2], bases.z[lane] = pose.rotation[3];
  bases.low_w[lane] = pose.rotation_low[0], bases.low_x[lane] = pose.rotation_low[1];
  bases.low_y[lane] = pose.rotation_low[2], bases.low_z[lane] = pose.rotation_low[3];
  bases.place.x[lane] = pose.position[0], bases.place.y[lane] = pose.position[1];
  bases.place.z[lane] = pose.position[2];
  bases.place_low.x[lane] = pose.position_low[0], bases.place_low.y[lane] = pose.position_low[1];
  bases.place_low.z[lane] = pose.position_low[2];
}

template <std::size_t count>
ORRERY_INLINE void scatter(const Lanes (&values)[count], double* data, std::size_t j) {
  for (std::size_t lane = 0; lane < 8; ++lane) {
    double* row = data + (lane * lane_steps + j) * count;
    for (std::size_t c = 0; c < count; ++c) {
      row[c] = values[c][lane];
    }
  }
}

ORRERY_INLINE void write_frame(const Lanes& w, const Lanes& x, const Lanes& y, const Lanes& z, double* data,
                               std::size_t j) {
  const Lanes s = all(2.0) / (w * w + x * x + y * y + z * z);
  const Lanes one = all(1.0);
  const Lanes values[9] = {one - s * (y * y + z * z), s * (x * y + w * z),       s * (x * z - w * y),
                           s * (x * y - w * z),       one - s * (x * x + z * z), s * (y * z + w * x),
                           s * (x * z + w * y),       s * (y * z - w * x),       one - s * (x * x + y * y)};
  scatter(values, data, j);
}

void write_block(const PoseBlock& block, const Bases& b, const Tracks& tracks) {
  const Vector3 axis{b.x, b.y, b.z};
  for (std::size_t j = 0; j < lane_steps; ++j) {
    const Motion& m = tracks.at[j];
    if (block.position) {
      const Vector3 t = all(2.0) * cross(axis, m.shift);
      const Vector3 p = b.place + (b.place_low + (m.shift + (b.w * t + cross(axis, t))));
      scatter({p.x, p.y, p.z}, block.position, j);
    }
    if (block.rotation || block.frame) {
      const Vector3 across = cross(axis, m.v);
      const Lanes w = b.w + (b.low_w + (b.w * m.w - (b.x * m.v.x + b.y * m.v.y + b.z * m.v.z)));
      const Lanes x = b.x + (b.low_x + (b.w * m.v.x + b.x * m.w + across.x));
      const Lanes y = b.y + (b.low_y + (b.w * m.v.y + b.y * m.w + across.y));
      const Lanes z = b.z + (b.low_z + (b.w * m.v.z + b.z * m.w + across.z));
      if (block.rotation) {
        scatter({w, x, y, z}, block.rotation, j);
      }
      if (block.frame) {
        write_frame(w, x, y, z, block.frame, j);
      }
    }
  }
}

template <std::size_t nodes>
void follow_blocks(const PoseBlock& given, std::size_t blocks, Pose& pose) {
  PoseBlock block = given;
  const auto skip = [](auto& pointer, std::size_t count) { pointer = pointer ? pointer + count : pointer; };
  for (std::size_t i = 0; i < blocks; ++i) {
    Tracks tracks;
    follow_lanes<nodes>(block, tracks);
    Bases bases{};
    for (int lane = 0; lane < 8; ++lane) {
      set_lane(bases, pose, lane);
      advance(pose, tracks.at[lane_steps - 1], tracks.low, lane);
    }
    write_block(block, bases, tracks);
    skip(block.parameter, block_steps), skip(block.curvature, block_steps * nodes);
    skip(block.torsion, block_steps * nodes), skip(block.speed, block_steps * nodes);
    skip(block.position, block_steps * 3), skip(block.rotation, block_steps * 4), skip(block.frame, block_steps * 9);
  }
}

#undef ORRERY_INLINE

}  // namespace

}  // namespace orrery::curve

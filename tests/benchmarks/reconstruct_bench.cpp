// Time and error of rebuilding a torus knot from curvature and torsion, against DOP853 on the Frenet equations.
// SPDX-License-Identifier: Apache-2.0
#include <cstdio>
#include <ctime>
#include <numbers>
#include <vector>

#include "plugins/curve/core/reconstruct.hpp"
#include "plugins/curve/core/reconstruct_support.hpp"
#include "tests/benchmarks/dop853.hpp"
#include "tests/plugins/curve/core/natural_curves.hpp"

namespace {

namespace c = orrery::curve;
using State = std::array<double, 12>;  // position, tangent, normal, binormal

/// Seconds of this process's own time, best of several tries: other load on the machine does not count.
template <class F>
double best_of(int tries, const F& f) {
  double best = 1e300;
  for (int i = 0; i < tries; ++i) {
    const std::clock_t start = std::clock();
    f();
    best = std::min(best, static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC);
  }
  return best;
}

/// Speed, curvature and torsion of the knot, as a user would write them in double.
std::array<double, 3> knot_equations(double t) {
  const double c1 = std::cos(t), s1 = std::sin(t), c2 = std::cos(2 * t), s2 = std::sin(2 * t), c3 = std::cos(3 * t),
               s3 = std::sin(3 * t), c5 = c2 * c3 - s2 * s3, s5 = s2 * c3 + c2 * s3;
  const double a[3] = {-4 * s2 - 2.5 * s5 - 0.5 * s1, 4 * c2 + 2.5 * c5 - 0.5 * c1, 3 * c3};
  const double b[3] = {-8 * c2 - 12.5 * c5 - 0.5 * c1, -8 * s2 - 12.5 * s5 + 0.5 * s1, -9 * s3};
  const double d[3] = {16 * s2 + 62.5 * s5 + 0.5 * s1, -16 * c2 - 62.5 * c5 + 0.5 * c1, -27 * c3};
  const double x = a[1] * b[2] - a[2] * b[1], y = a[2] * b[0] - a[0] * b[2], z = a[0] * b[1] - a[1] * b[0];
  const double area = x * x + y * y + z * z, v = std::sqrt(a[0] * a[0] + a[1] * a[1] + a[2] * a[2]);
  return {v, std::sqrt(area) / (v * v * v), (x * d[0] + y * d[1] + z * d[2]) / area};
}

State frenet(double t, const State& y) {
  const auto [v, k, w] = knot_equations(t);
  State f;
  for (std::size_t i = 0; i < 3; ++i) {
    f[i] = v * y[3 + i];
    f[3 + i] = v * k * y[6 + i];
    f[6 + i] = v * (w * y[9 + i] - k * y[3 + i]);
    f[9 + i] = -v * w * y[6 + i];
  }
  return f;
}

State start_state() {
  const c::SpaceStart start = c::test::KnotEquations::start();
  State y;
  std::copy(start.position.begin(), start.position.end(), y.begin());
  std::copy(start.frame.begin(), start.frame.end(), y.begin() + 3);
  return y;
}

void dop853(std::span<const double> t, double tolerance, bool dense, std::vector<double>& position) {
  bench::Dop853<12, decltype(&frenet)> solver(&frenet, t[0], start_state(), tolerance);
  State y = start_state();
  for (std::size_t i = 0; i < t.size(); ++i) {
    while (solver.end() < t[i]) solver.step(dense ? t.back() : t[i], dense);
    if (i > 0 && dense) solver.at(t[i], y);
    std::copy_n(dense ? y.begin() : solver.value().begin(), 3, position.begin() + static_cast<std::ptrdiff_t>(3 * i));
  }
}

struct Result {
  double seconds, error;
};

void print(const char* name, std::size_t n, const Result& r, const Result& peer) {
  std::printf("%-46s %8.2f ns/sample  error %8.2e   %6.2f x faster, %9.1f x closer\n", name,
              1e9 * r.seconds / static_cast<double>(n), r.error, peer.seconds / r.seconds, peer.error / r.error);
}

Result rebuilt(const c::test::KnotEquations& knot, std::size_t nodes, c::PoseTarget target, std::vector<double>& at) {
  const c::SpaceStart start = c::test::KnotEquations::start();
  const c::Pose pose{.rotation = c::rotation_of(start.frame), .position = start.position};
  const double seconds = best_of(7, [&] { c::follow_poses(knot.equations(), pose, nodes, target, at, {}, {}); });
  return {seconds, c::test::knot_error(knot, at)};
}

void compare(std::size_t n) {
  const c::test::KnotEquations knot(n, 2), knot6(n, 3);
  std::vector<double> at(3 * (n + 1));
  std::printf("%zu samples of the torus knot (2, 3), errors against 64-bit arithmetic\n", n);
  Result peer{};
  for (const double tolerance : {1e-10, 1e-13}) {
    const double seconds = best_of(2, [&] { dop853(knot.parameter(), tolerance, false, at); });
    peer = {seconds, c::test::knot_error(knot, at)};
    std::printf("DOP853, a step to each sample, tolerance %.0e   ", tolerance);
    print("", n, peer, peer);
  }
  const double dense_seconds = best_of(3, [&] { dop853(knot.parameter(), 1e-13, true, at); });
  const Result dense{dense_seconds, c::test::knot_error(knot, at)};
  print("DOP853, dense output, tolerance 1e-13", n, dense, peer);
  const double nodes_seconds = best_of(2, [&] {
    double sum = 0.0;
    for (const double t : knot.parameter()) sum += knot_equations(t)[0] + knot_equations(t + 1e-6)[1];
    at[0] = sum;
  });
  std::printf("(the equations themselves at two nodes a step: %.2f ns/sample)\n",
              1e9 * nodes_seconds / static_cast<double>(n));
  const char* names[] = {"baseline", "AVX2", "AVX-512"};
  for (const c::PoseTarget target : {c::PoseTarget::baseline, c::PoseTarget::avx2, c::PoseTarget::avx512}) {
    if (!c::has_pose_target(target)) continue;
    for (const std::size_t nodes : {2, 3}) {
      char name[80];
      std::snprintf(name, sizeof name, "Magnus-%d, %s, against the step to each sample", nodes == 2 ? 4 : 6,
                    names[static_cast<int>(target)]);
      const Result r = rebuilt(nodes == 2 ? knot : knot6, nodes, target, at);
      print(name, n, r, peer);
      print("                      against dense output", n, r, dense);
    }
  }
}

}  // namespace

int main() {
  compare(8000);
  compare(1000000);
}

// SGP4: many instants of near-earth satellites in vectors against one call after the other, and deep space.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <vector>

#include "plugins/orbital/core/sgp4.hpp"

namespace {

using orrery::orbital::Sgp4;
using orrery::orbital::Sgp4Cursor;
using orrery::orbital::Sgp4Status;

constexpr std::size_t instants = 4096;

/// Nanoseconds for each instant: the best of several tries, since noise only ever adds.
template <class F>
double nanoseconds(F&& f) {
  using Clock = std::chrono::steady_clock;
  double best = 1e300;
  for (int i = 0; i < 200; ++i) {
    const auto start = Clock::now();
    f();
    best = std::min(best, std::chrono::duration<double>(Clock::now() - start).count());
  }
  return best * 1e9 / instants;
}

struct Buffers {
  std::vector<double> minutes = std::vector<double>(instants), position = std::vector<double>(3 * instants),
                      velocity = std::vector<double>(3 * instants);
  std::vector<Sgp4Status> status = std::vector<Sgp4Status>(instants);
};

double one_by_one(const Sgp4& satellite, Buffers& b) {
  return nanoseconds([&] {
    Sgp4Cursor cursor;
    for (std::size_t i = 0; i < instants; ++i) {
      const auto result = satellite.at(b.minutes[i], cursor);
      std::copy_n(result.state.position.begin(), 3, b.position.data() + 3 * i);
      std::copy_n(result.state.velocity.begin(), 3, b.velocity.data() + 3 * i);
      b.status[i] = result.status;
    }
  });
}

void report(const char* name, const char* text) {
  const auto set = orrery::orbital::parse_tles(text).at(0);
  const Sgp4 satellite(orrery::orbital::sgp4_elements(set));
  Buffers b;
  for (std::size_t i = 0; i < instants; ++i) b.minutes[i] = static_cast<double>(i) * 0.7;
  const double single = one_by_one(satellite, b);
  const double batch = nanoseconds([&] { satellite.at(b.minutes, b.position, b.velocity, b.status); });
  std::printf("%-28s %7.1f ns alone  %7.1f ns in a batch  ratio %.2f\n", name, single, batch, single / batch);
}

}  // namespace

int main() {
  report("near earth (ISS)",
         "1 25544U 98067A   08264.51782528 -.00002182  00000-0 -11606-4 0  2927\n"
         "2 25544  51.6416 247.4627 0006703 130.5360 325.0288 15.72125391563537\n");
  report("near earth (00005, e 0.19)",
         "1 00005U 58002B   00179.78495062  .00000023  00000-0  28098-4 0  4753\n"
         "2 00005  34.2682 348.7242 1859667 331.7664  19.3264 10.82419157413667\n");
  report("deep space (24208, 1 day)",
         "1 24208U 96044A   06177.04061740 -.00000094  00000-0  10000-3 0  1600\n"
         "2 24208   3.8536  80.0121 0026640 311.0977  48.3000  1.00778054 36119\n");
}

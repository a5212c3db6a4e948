// Handing a tensor of 1 GiB from one step to the next: bytes copied and the most memory that lived at once.
// SPDX-License-Identifier: Apache-2.0
#include "tests/benchmarks/support.hpp"

int main() {
  constexpr std::int64_t count = std::int64_t{1} << 27;
  constexpr double gibibyte = 1 << 30;
  const auto catalog = bench::catalog();
  const auto plan =
      bench::plan_of("orrery = 1\n[step.fill]\nuse = \"bench.fill\"\nn = " + std::to_string(count) +
                         "\n[step.sum]\nuse = \"bench.sum\"\nx = \"@fill.ones\"\n[record]\nsum = \"@sum.sum\"\n",
                     catalog);
  const auto before = orrery::value::memory_use();
  const auto result = orrery::run::execute(plan);
  const auto after = orrery::value::memory_use();
  const bool right =
      std::get<orrery::value::Tensor>(result.records.front().value).number(0) == static_cast<double>(count);
  const double peak = static_cast<double>(after.peak - before.live) / gibibyte;
  std::printf(
      "1 GiB from step to step: sum %s, peak %.3f GiB, so %.0f bytes copied (goal: peak of one buffer, 0 copied)\n",
      right ? "right" : "WRONG", peak, std::max(0.0, peak - 1.0) > 0.5 ? gibibyte : 0.0);
  std::printf("left alive afterwards: %.3f GiB\n", static_cast<double>(after.live - before.live) / gibibyte);
  return right ? 0 : 1;
}

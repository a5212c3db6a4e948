// A call through the C table against a direct call, and an operation on one number through a compiled plan.
// SPDX-License-Identifier: Apache-2.0
#include <orrery/abi/call.h>

#include "tests/benchmarks/support.hpp"

namespace {

constexpr int calls = 20'000'000;

double recurrence(double x) { return 0.5 * x + 1.0; }
orrery_status direct(void*, std::uint64_t, std::uint64_t, double* x) {
  *x = recurrence(*x);
  return ORRERY_OK;
}
using Body = orrery_status (*)(void*, std::uint64_t, std::uint64_t, double*);
struct Table {
  std::uint32_t struct_size;
  std::uint32_t reserved;
  Body body;
};
// Opaque to the compiler, as a table that comes out of a library is.
Table table{sizeof(Table), 0, direct};
volatile double sink;

__attribute__((noinline)) double run_direct(Body body) {
  double x = 1.0;
  for (int i = 0; i < calls; ++i)
    if (body(nullptr, 0, 0, &x) != ORRERY_OK) break;
  return x;
}
__attribute__((noinline)) double run_table(const Table* t) {
  double x = 1.0;
  for (int i = 0; i < calls; ++i)
    if (t->body(nullptr, 0, 0, &x) != ORRERY_OK) break;
  return x;
}

}  // namespace

int main() {
  Body volatile hidden = direct;
  const Table* volatile hidden_table = &table;
  const double plain = bench::best_of(7, [&] { sink = run_direct(hidden); });
  const double through_table = bench::best_of(7, [&] { sink = run_table(hidden_table); });
  std::printf("call through a function pointer  %6.2f ns\n", plain / calls * 1e9);
  std::printf("call through the C table         %6.2f ns   ratio %.3f (goal 1.05)\n", through_table / calls * 1e9,
              through_table / plain);

  const auto catalog = bench::catalog();
  const auto plan = bench::plan_of(bench::chain_text(1), catalog);
  orrery::run::Executor executor(plan, {.jobs = 1, .timing = false, .keep_buffers = true});
  constexpr int steps = 1000;
  const auto chain_plan = bench::plan_of(bench::chain_text(steps), catalog);
  orrery::run::Executor chain(chain_plan, {.jobs = 1, .timing = false, .keep_buffers = true});
  chain.run_steps();
  const double per_step = bench::best_of(200, [&] { chain.run_steps(); }) / steps;
  std::printf("one number through a compiled plan, operation included: %.1f ns a step (goal 60)\n", per_step * 1e9);
}

// A call through the C table against a direct call, and an operation on one number through a compiled plan.
// SPDX-License-Identifier: Apache-2.0
#include <dlfcn.h>

#include <cstring>

#include <orrery/abi/plugin.h>

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

/// The least that a host can do for bench.step: one number in, one number out, and nothing checked.
struct BareCall : orrery_call {
  double x = 1.0, y = 0.0;
  std::int64_t extent = 1;

  void fill(orrery_tensor* out, double* number) const {
    *out = {sizeof(orrery_tensor), ORRERY_F64, 1, 0, number, &extent, 1};
  }
  static orrery_status in(orrery_call* call, std::uint32_t, std::uint64_t, orrery_tensor* out) noexcept {
    auto* self = static_cast<BareCall*>(call);
    self->fill(out, &self->x);
    return ORRERY_OK;
  }
  static orrery_status out(orrery_call* call, std::uint32_t, std::uint32_t, std::uint32_t, const std::int64_t*,
                           orrery_tensor* out) noexcept {
    auto* self = static_cast<BareCall*>(call);
    self->fill(out, &self->y);
    return ORRERY_OK;
  }
  static orrery_status poll(orrery_call*, std::uint64_t, std::uint64_t) noexcept { return ORRERY_OK; }
};

const orrery_operation* bench_step() {
  void* library = dlopen(ORRERY_BENCH_PLUGIN, RTLD_NOW | RTLD_LOCAL);
  const auto* plugin = library ? static_cast<const orrery_plugin*>(dlsym(library, "orrery_plugin_0")) : nullptr;
  for (std::uint32_t i = 0; plugin && i < plugin->n_operations; ++i)
    if (std::strcmp(plugin->operations[i]->name, "step") == 0) return plugin->operations[i];
  std::fprintf(stderr, "there is no operation 'step' in %s\n", ORRERY_BENCH_PLUGIN);
  std::exit(1);
}

/// Seconds of the operation itself, with the SDK's share, when it is called without an engine.
double bare_seconds() {
  constexpr int runs = 100'000;
  const orrery_operation* step = bench_step();
  orrery_call_api api{};
  api.struct_size = sizeof(api);
  api.in_tensor = &BareCall::in;
  api.out_tensor = &BareCall::out;
  api.poll = &BareCall::poll;
  BareCall call;
  static_cast<orrery_call&>(call) = {sizeof(orrery_call), 1, &api, 0, 0};
  return bench::best_of(50,
                        [&] {
                          for (int i = 0; i < runs; ++i) {
                            if (step->run(step, nullptr, &call) != ORRERY_OK) std::exit(1);
                            call.x = call.y;
                          }
                          sink = call.x;
                        }) /
         runs;
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
  constexpr int steps = 1000;
  const auto plan = bench::plan_of(bench::chain_text(steps), catalog);
  orrery::run::Executor chain(plan, {.jobs = 1, .timing = false, .keep_buffers = true});
  chain.run_steps();
  const double per_step = bench::best_of(200, [&] { chain.run_steps(); }) / steps;
  const double bare = bare_seconds();
  std::printf(
      "one number through a compiled plan %.1f ns a step, the operation by itself %.1f ns: overhead %.1f ns (goal "
      "60)\n",
      per_step * 1e9, bare * 1e9, (per_step - bare) * 1e9);
}

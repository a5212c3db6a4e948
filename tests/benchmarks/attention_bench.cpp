// Streaming attention as a fraction of the peak of multiply-adds of one core, measured in the same run.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <ctime>
#include <random>
#include <vector>

#include "plugins/attention/core/stream.hpp"

using namespace orrery::attention;

namespace {

constexpr const char* names[] = {"baseline", "avx2", "avx512"};

// Processor time, since other programs share the machine.
double now() {
  timespec t{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
  return static_cast<double>(t.tv_sec) + 1e-9 * static_cast<double>(t.tv_nsec);
}

template <class F>
double best_of(int tries, const F& f) {
  double best = 1e300;
  for (int i = 0; i < tries; ++i) {
    const double start = now();
    f();
    best = std::min(best, now() - start);
  }
  return best;
}

#if defined(__x86_64__)
// Twelve chains of multiply-adds that never leave the registers; zmm12 and zmm13 are their factors.
__attribute__((target("avx512f"), noinline)) void chains(std::int64_t steps) {
  asm volatile(
      "vpxorq %%zmm12, %%zmm12, %%zmm12\n vpxorq %%zmm13, %%zmm13, %%zmm13\n"
      "1:\n"
      "vfmadd231ps %%zmm12, %%zmm13, %%zmm0\n vfmadd231ps %%zmm12, %%zmm13, %%zmm1\n"
      "vfmadd231ps %%zmm12, %%zmm13, %%zmm2\n vfmadd231ps %%zmm12, %%zmm13, %%zmm3\n"
      "vfmadd231ps %%zmm12, %%zmm13, %%zmm4\n vfmadd231ps %%zmm12, %%zmm13, %%zmm5\n"
      "vfmadd231ps %%zmm12, %%zmm13, %%zmm6\n vfmadd231ps %%zmm12, %%zmm13, %%zmm7\n"
      "vfmadd231ps %%zmm12, %%zmm13, %%zmm8\n vfmadd231ps %%zmm12, %%zmm13, %%zmm9\n"
      "vfmadd231ps %%zmm12, %%zmm13, %%zmm10\n vfmadd231ps %%zmm12, %%zmm13, %%zmm11\n"
      "dec %0\n jnz 1b\n vzeroupper"
      : "+r"(steps)
      :
      : "xmm0", "xmm1", "xmm2", "xmm3", "xmm4", "xmm5", "xmm6", "xmm7", "xmm8", "xmm9", "xmm10", "xmm11", "xmm12",
        "xmm13", "cc");
}
#else
void chains(std::int64_t) {}
#endif

double peak() {
  constexpr std::int64_t steps = 4000000;
  if (!has(InstructionSet::avx512)) return 0.0;
  return 12.0 * 32.0 * steps / best_of(7, [] { chains(steps); });
}

double rate(InstructionSet set, std::int64_t n, MaskKind kind) {
  constexpr std::int64_t heads = 2, depth = 64;
  std::mt19937_64 generator(1);
  std::normal_distribution<float> normal;
  std::vector<float> numbers[3], output(static_cast<std::size_t>(heads * n * depth));
  for (auto& x : numbers) {
    x.resize(output.size());
    for (float& value : x) value = normal(generator);
  }
  Problem<float> p;
  p.heads = p.groups = heads, p.queries = p.keys = n, p.depth = p.value_depth = depth;
  p.query = numbers[0], p.key = numbers[1], p.value = numbers[2], p.scale = 0.125;
  p.mask.kind = kind;
  std::vector<double> sums(static_cast<std::size_t>(heads * n));
  const double seconds = best_of(5, [&] {
    StreamingAttention<float> attention(p, stream_kernels<float>(set));
    for (std::int64_t g = 0; g < heads; ++g) attention.pack_keys(g);
    StreamWorkspace<float> workspace;
    for (std::int64_t task = 0; task < attention.tasks(); ++task) attention.run(task, workspace, output, sums);
  });
  const double pairs = static_cast<double>(n) * static_cast<double>(kind == MaskKind::causal ? n + 1 : 2 * n) / 2;
  return 4.0 * heads * depth * pairs / seconds;
}

}  // namespace

int main() {
  const double most = peak();
  std::printf("peak of multiply-adds, 512 bits: %.1f GF/s\n", most * 1e-9);
  for (const InstructionSet set : {InstructionSet::avx512, InstructionSet::avx2}) {
    if (!has(set)) continue;
    for (const std::int64_t n : {512, 2048, 4096})
      for (const MaskKind kind : {MaskKind::none, MaskKind::causal}) {
        const double r = rate(set, n, kind);
        std::printf("f32 d = 64 n = %5lld %-6s %-6s %6.1f GF/s", static_cast<long long>(n),
                    kind == MaskKind::causal ? "causal" : "full", names[static_cast<int>(set)], r * 1e-9);
        if (most > 0.0) std::printf("  %.2f of the peak", r / most);
        std::printf("\n");
      }
  }
}

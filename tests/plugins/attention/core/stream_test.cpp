// Tests of attention by blocks of keys: against the definition, masks, poison, bits of each build.
// hidden. SPDX-License-Identifier: Apache-2.0
#include "plugins/attention/core/stream.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <limits>
#include <memory>

#include "plugins/attention/core/attend.hpp"
#include "tests/plugins/attention/core/support.hpp"

using namespace orrery::attention;
using namespace orrery::attention::test;

namespace {

constexpr std::array kinds{MaskKind::none, MaskKind::causal, MaskKind::window, MaskKind::custom};
constexpr std::array sets{InstructionSet::baseline, InstructionSet::avx2, InstructionSet::avx512};

template <class T>
std::vector<T> streamed(const Problem<T>& p, const StreamKernels<T>& kernels = stream_kernels<T>(),
                        std::vector<double>* logsumexp = nullptr) {
  std::vector<T> output(static_cast<std::size_t>(p.heads * p.queries * p.value_depth));
  std::vector<double> sums(static_cast<std::size_t>(p.heads * p.queries));
  check(p);
  StreamingAttention<T> attention(p, kernels);
  for (std::int64_t g = 0; g < p.groups; ++g) attention.pack_keys(g);
  StreamWorkspace<T> workspace;
  for (std::int64_t task = attention.tasks(); task-- > 0;) attention.run(task, workspace, output, sums);
  if (logsumexp) *logsumexp = sums;
  return output;
}

template <class T>
std::vector<T> exact(const Problem<T>& p, std::vector<double>* logsumexp = nullptr) {
  std::vector<T> output(static_cast<std::size_t>(p.heads * p.queries * p.value_depth));
  std::vector<double> weights(static_cast<std::size_t>(p.keys));
  const auto width = static_cast<std::size_t>(p.value_depth);
  for (std::int64_t row = 0; row < p.heads * p.queries; ++row) {
    const double sum = attention_weights<T>(p, row / p.queries, row % p.queries, weights);
    if (logsumexp) logsumexp->push_back(sum);
    weighted_values<T>(p, row / p.queries, row % p.queries, weights,
                       std::span(output).subspan(static_cast<std::size_t>(row) * width, width));
  }
  return output;
}

template <class T>
double difference(const std::vector<T>& a, const std::vector<T>& b) {
  double most = 0.0;
  for (std::size_t i = 0; i < a.size(); ++i)
    most = std::max(most, std::abs(static_cast<double>(a[i]) - static_cast<double>(b[i])));
  return most;
}

template <class T>
double error(const Problem<T>& p, const std::vector<T>& output) {
  double most = 0.0;
  for (std::int64_t row = 0; row < p.heads * p.queries; ++row)
    for (std::int64_t c = 0; c < p.value_depth; ++c)
      most = std::max(most, std::abs(static_cast<double>(output[static_cast<std::size_t>(row * p.value_depth + c)] -
                                                         by_definition(p, row / p.queries, row % p.queries, c))));
  return most;
}

// Sines without random numbers, of which others have published sums.
std::vector<double> waves(double phase) {
  std::vector<double> x;
  for (int a = 0; a < 8; ++a)
    for (int i = 0; i < 64; ++i)
      for (int j = 0; j < 16; ++j)
        x.push_back(std::sin(phase + .9 * a + .37 * i + 1.3 * j + .011 * i * j + .05 * a * i));
  return x;
}

double norm(const std::vector<double>& x) {
  double sum = 0.0;
  for (const double v : x) sum += v * v;
  return std::sqrt(sum);
}

}  // namespace

TEST_SUITE("plugins/attention/core/stream") {
  TEST_CASE("both paths meet the definition for every mask and for sizes around a block") {
    for (const MaskKind kind : kinds)
      for (const Sizes& sizes :
           {Sizes{}, Sizes{1, 1, 1, 1, 1, 1}, Sizes{4, 2, 17, 70, 3, 5}, Sizes{1, 1, 88, 88, 4, 3}}) {
        const auto single = random_sample<float>(sizes, kind, 5);
        const auto twice = random_sample<double>(sizes, kind, 6);
        CHECK(error(single.problem, streamed(single.problem)) < 1.2e-6);
        CHECK(error(single.problem, exact(single.problem)) < 2.5e-7);
        CHECK(error(twice.problem, streamed(twice.problem)) < 3e-15);
        CHECK(error(twice.problem, exact(twice.problem)) < 3e-15);
      }
  }

  TEST_CASE("bias and relative bias are added to scores") {
    for (const MaskKind kind : kinds) {
      const Sizes sizes{2, 1, 20, 40, 4, 3};
      auto sample = random_sample<double>(sizes, kind, 7);
      std::mt19937_64 generator(8);
      sample.bias = normals<double>(generator, 2 * 20 * 40);
      sample.relative = normals<double>(generator, 2 * 81);
      sample.problem.bias = sample.bias, sample.problem.relative_bias = sample.relative;
      CHECK(error(sample.problem, streamed(sample.problem)) < 4e-15);
      CHECK(error(sample.problem, exact(sample.problem)) < 4e-15);
    }
  }

  TEST_CASE("many keys stream to what the rows give, with the logarithm of the sum") {
    for (const MaskKind kind : kinds) {
      const auto sample = random_sample<float>({2, 2, 100, 1700, 64, 64}, kind, 9);
      std::vector<double> a, b;
      CHECK(difference(streamed(sample.problem, stream_kernels<float>(), &a), exact(sample.problem, &b)) < 1.2e-6);
      CHECK(difference(a, b) < 1.5e-6);
    }
  }

  TEST_CASE("every build of the kernels gives the same bits") {
    for (const MaskKind kind : kinds) {
      const auto single = random_sample<float>({2, 1, 50, 600, 24, 40}, kind, 10);
      const auto twice = random_sample<double>({2, 1, 50, 600, 24, 40}, kind, 11);
      const auto first = streamed(single.problem, stream_kernels<float>(InstructionSet::baseline));
      const auto second = streamed(twice.problem, stream_kernels<double>(InstructionSet::baseline));
      for (const InstructionSet set : sets) {
        if (!has(set)) continue;
        CHECK(first == streamed(single.problem, stream_kernels<float>(set)));
        CHECK(second == streamed(twice.problem, stream_kernels<double>(set)));
      }
    }
  }

  TEST_CASE("every build rounds a multiply-add in single precision once") {
    std::mt19937_64 generator(12);
    const auto any = [&] {
      const auto bits = static_cast<std::uint32_t>(generator());
      float x;
      std::memcpy(&x, &bits, sizeof x);
      return x;
    };
    std::int64_t wrong = 0;
    for (int i = 0; i < 100000; ++i) {
      const float a = i % 2 ? any() : std::ldexp(static_cast<float>(generator() % 16777216), -12);
      const float b = i % 2 ? any() : std::ldexp(static_cast<float>(generator() % 16777216), -12);
      float c = i % 2 ? any() : std::ldexp(-a * b, static_cast<int>(generator() % 50) - 40);
      if (i % 5 == 0) c = -a * b;
      const float expected = std::fma(a, b, c);
      for (const InstructionSet set : sets) {
        if (!has(set)) continue;
        const float got = stream_kernels<float>(set).multiply_add(a, b, c);
        wrong += !(got == expected || (std::isnan(got) && std::isnan(expected)));
      }
    }
    CHECK(wrong == 0);
  }

  TEST_CASE("published rows come out") {
    std::vector<double> q{1, 0, 0, 1, 1, 1, 2, -1}, k{1, 2, 0, 1, -1, 1, 1, 0}, v{1, 0, 0, 2, 3, 1, -1, 4};
    Problem<double> p;
    p.queries = p.keys = 4, p.depth = p.value_depth = 2;
    p.query = q, p.key = k, p.value = v;
    const std::vector<double> full{0.162193776566989421,  1.94593540781100353,  1.05195295698445532,
                                   0.87915375223849863,   0.767935218148072005, 0.652651584608584127,
                                   -0.708514980115981778, 3.4452964735430452};
    CHECK(difference(streamed(p), full) < 1e-15);
    CHECK(difference(exact(p), full) < 1e-15);
    p.mask.kind = MaskKind::causal;
    std::vector<double> causal = full;
    std::copy_n(
        std::array{1.0, 0.0, 0.731058578630004879, 0.537882842739990241, 0.969824932883537623, 0.270400464903255009}
            .begin(),
        6, causal.begin());
    CHECK(difference(streamed(p), causal) < 1e-15);
    CHECK(difference(exact(p), causal) < 1e-15);
  }

  TEST_CASE("eight heads of sines have the norms that others found") {
    const auto q = waves(.1), k = waves(1.1), v = waves(2.1);
    Problem<double> p;
    p.heads = p.groups = 8, p.queries = p.keys = 64, p.depth = p.value_depth = 16;
    p.query = q, p.key = k, p.value = v, p.scale = 0.25;
    CHECK(norm(streamed(p)) == doctest::Approx(27.0004709011).epsilon(4e-12));
    p.mask.kind = MaskKind::causal;
    CHECK(norm(streamed(p)) == doctest::Approx(37.6342484829).epsilon(4e-12));
    std::vector<double> bias;
    for (int h = 1; h <= 8; ++h)
      for (int r = -63; r <= 63; ++r) bias.push_back(-std::ldexp(1.0, -h) * std::abs(r));
    p.relative_bias = bias;
    CHECK(norm(streamed(p)) == doctest::Approx(44.5027741116).epsilon(4e-12));
  }

  TEST_CASE("poison at hidden keys reaches no row that does not see them") {
    const double nan = std::numeric_limits<double>::quiet_NaN();
    for (const MaskKind kind : {MaskKind::causal, MaskKind::window, MaskKind::custom})
      for (const bool in_value : {false, true}) {
        auto sample = random_sample<double>({2, 1, 200, 200, 8, 8}, kind, 13);
        const auto clean = streamed(sample.problem);
        const std::int64_t poisoned = 120;
        auto& target = in_value ? sample.value : sample.key;
        std::fill_n(target.begin() + poisoned * 8, 8, nan);
        const auto dirty = streamed(sample.problem), also = exact(sample.problem);
        for (std::int64_t row = 0; row < 400; ++row)
          for (std::int64_t c = 0; c < 8; ++c) {
            const auto at = static_cast<std::size_t>(row * 8 + c);
            const bool hit = seen(sample.problem, row % 200, poisoned);
            REQUIRE(std::isnan(dirty[at]) == hit);
            REQUIRE(std::isnan(also[at]) == hit);
            if (!hit) REQUIRE(dirty[at] == clean[at]);
          }
      }
  }

  TEST_CASE("large scores neither overflow nor lose the largest") {
    std::vector<float> q{1.0f}, k{3e4f, -3e4f, 2.99e4f}, v{1, 2, 3};
    Problem<float> p;
    p.queries = 1, p.keys = 3, p.depth = p.value_depth = 1;
    p.query = q, p.key = k, p.value = v;
    CHECK(streamed(p)[0] == 1.0f);
    k = {-3e38f, -3e38f, -3e38f};
    CHECK(streamed(p)[0] == 2.0f);
  }

  TEST_CASE("what cannot be is refused by name") {
    auto sample = random_sample<double>({2, 1, 5, 3, 2, 2}, MaskKind::causal, 14);
    CHECK_THROWS_WITH_AS(check(sample.problem),
                         "query 0 sees no key: a row of attention needs at least one that is not masked",
                         std::domain_error);
    sample.problem.mask = {};
    sample.problem.heads = 3, sample.problem.groups = 2;
    CHECK_THROWS_WITH_AS(check(sample.problem),
                         "the number of query heads must be a multiple of that of key heads; they are 3 and 2",
                         std::invalid_argument);
    sample.problem.heads = 2, sample.problem.groups = 1;
    const std::vector<double> narrow(2 * 3, 0.0);
    sample.problem.relative_bias = narrow;
    CHECK_THROWS_WITH_AS(check(sample.problem), "relative_bias reaches distance 1; query 0 sees a key at distance 2",
                         std::invalid_argument);
  }
}

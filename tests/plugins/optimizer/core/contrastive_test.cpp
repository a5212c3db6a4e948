// Tests of InfoNCE and of its gradient by an encoder: published values, differences, and the exactness of two passes.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/optimizer/core/contrastive.hpp"

#include <array>
#include <cmath>
#include <random>

#include <doctest/doctest.h>

#include "tests/plugins/optimizer/core/law_support.hpp"

using namespace orrery::optimizer;
using orrery::optimizer::test::message_of;
using orrery::optimizer::test::Quad;

namespace {

double distance(const std::vector<double>& a, const std::vector<double>& b) {
  double d = 0, n = 0;
  for (std::size_t i = 0; i < a.size(); ++i) d += (a[i] - b[i]) * (a[i] - b[i]), n += b[i] * b[i];
  return std::sqrt(d / n);
}

std::vector<double> normals(std::size_t n, unsigned seed) {
  std::mt19937_64 random(seed);
  std::normal_distribution<double> normal;
  std::vector<double> all(n);
  for (double& x : all) x = normal(random);
  return all;
}

/// Six points in three pairs, with a linear encoder of four weights.
struct Six {
  std::array<double, 12> x{1, 0, 2, 1, 0, 1, -1, 2, 1, -1, 2, -2};
  std::array<std::int64_t, 6> labels{0, 0, 1, 1, 2, 2};
  std::array<double, 4> w{0.5, -0.25, 0.75, 1};
  ContrastiveTask task() const {
    ContrastiveTask t{{{2, 2}, false, false, 0.0}, x, {}, labels, w, {0.5, true, false, false}};
    t.chunk = 4, t.forward_chunk = 5;
    return t;
  }
};

/// 64 inputs of two towers and a perceptron with tanh.
struct Towers {
  Encoder encoder{{6, 10, 5}, true, true, 0.0};
  std::vector<double> left = normals(64 * 6, 1), right = normals(64 * 6, 2), w = normals(encoder.parameter_count(), 3);
  std::vector<std::int64_t> labels;
  Towers() {
    for (std::size_t i = 0; i < left.size(); ++i) right[i] = left[i] + 0.3 * right[i];
    for (std::int64_t i = 0; i < 64; ++i) labels.push_back(i / 2);
  }
  ContrastiveTask two() const { return {encoder, left, right, {}, w, {0.1, false, true, false}}; }
  ContrastiveTask one() const { return {encoder, left, {}, labels, w, {0.1, true, true, false}}; }
};

/// The loss in quadruple precision, from its definition.
Quad direct_loss(const Embeddings& e, const InfonceOptions& o) {
  const auto right = e.right.empty() ? e.left : e.right;
  const std::size_t b = e.left.size() / e.width;
  Quad loss = 0;
  for (std::size_t i = 0; i < b; ++i) {
    Quad sum = 0, aligned = 0, positives = 0;
    for (std::size_t j = 0; j < b; ++j) {
      if (o.mask_self && i == j) continue;
      Quad s = 0;
      for (std::size_t k = 0; k < e.width; ++k)
        s += static_cast<Quad>(e.left[i * e.width + k]) * right[j * e.width + k];
      s /= o.temperature;
      sum += expq(s);
      if (e.labels.empty() ? i == j : e.labels[i] == e.labels[j]) aligned += s, positives += 1;
    }
    loss += logq(sum) - aligned / positives;
  }
  return o.mean ? loss / static_cast<Quad>(b) : loss;
}

}  // namespace

TEST_SUITE("plugins/optimizer/core/contrastive") {
  TEST_CASE("Six points have the published loss and gradient") {
    const Six six;
    const ContrastiveGradient g = contrastive_gradient(six.task());
    constexpr double tolerance = 2e-14;
    CHECK(std::abs(g.loss - 5.53792877200094019) < tolerance);
    CHECK(std::abs(g.surrogate - 3.01690402923502446) < tolerance);
    const double expected[] = {-12.1986129880761157, 8.86987321953446675, 3.71539372438771595, 8.54713353486591204};
    for (std::size_t i = 0; i < 4; ++i) CHECK(std::abs(g.gradient[i] - expected[i]) < tolerance * 10);
    Embeddings e{};
    std::vector<double> h = encode(six.task().encoder, six.w, six.x, 0, 0).layers.back(), p(6);
    e.left = h, e.width = 2, e.labels = six.labels;
    infonce_probabilities(e, six.task().loss, 0, p);
    const double row[] = {
        0, 0.904891762476624, 0.0350864612634819, 0.0241145486571058, 0.0146262131056668, 0.0212810144971214};
    for (std::size_t j = 0; j < 6; ++j) CHECK(std::abs(p[j] - row[j]) < 1e-15);
  }

  TEST_CASE("Naive accumulation of six points has its published loss and error") {
    const Six six;
    const std::vector<double> exact = contrastive_gradient(six.task()).gradient;
    ContrastiveTask task = six.task();
    task.method = ContrastiveMethod::naive;
    const ContrastiveGradient naive = contrastive_gradient(task);
    CHECK(std::abs(naive.loss - 5.05286968831182184) < 2e-14);
    CHECK(std::abs(distance(naive.gradient, exact) - 0.2171981162) < 1e-9);
    task.chunk = 2;
    const ContrastiveGradient pairs = contrastive_gradient(task);
    CHECK(pairs.loss == 0.0);
    for (const double g : pairs.gradient) CHECK(g == 0.0);
  }

  TEST_CASE("Two passes are the whole batch to round-off for every chunk size") {
    const Towers towers;
    for (ContrastiveTask task : {towers.one(), towers.two()}) {
      task.method = ContrastiveMethod::monolithic;
      const ContrastiveGradient whole = contrastive_gradient(task);
      task.method = ContrastiveMethod::two_pass;
      for (std::size_t chunk = 1; chunk <= 65; ++chunk) {
        task.chunk = chunk, task.forward_chunk = 66 - chunk;
        const ContrastiveGradient parts = contrastive_gradient(task);
        CHECK(distance(parts.gradient, whole.gradient) < 3e-15);
        CHECK(parts.loss == whole.loss);
        CHECK(parts.forwards == 2 * whole.forwards);
        CHECK(parts.backwards == whole.backwards);
      }
      CHECK(std::abs(whole.surrogate - whole.loss) > 0.1);
    }
  }

  TEST_CASE("The naive gradient is another one for every chunk size but the whole") {
    const Towers towers;
    ContrastiveTask task = towers.one();
    task.method = ContrastiveMethod::monolithic;
    const ContrastiveGradient whole = contrastive_gradient(task);
    task.method = ContrastiveMethod::naive;
    double before = 2.0;
    for (const std::size_t chunk : {2, 8, 32}) {
      task.chunk = chunk;
      const double error = distance(contrastive_gradient(task).gradient, whole.gradient);
      CHECK(error > 0.02);
      CHECK(error < before);
      before = error;
    }
    task.chunk = 2;
    CHECK(distance(contrastive_gradient(task).gradient, whole.gradient) == doctest::Approx(1.0).epsilon(1e-12));
  }

  TEST_CASE("Masks that are replayed keep two passes exact and fresh ones do not") {
    Towers towers;
    towers.encoder.dropout = 0.1;
    ContrastiveTask task = towers.two();
    task.method = ContrastiveMethod::monolithic;
    const ContrastiveGradient whole = contrastive_gradient(task);
    task.method = ContrastiveMethod::two_pass;
    task.chunk = 7, task.forward_chunk = 13;
    CHECK(distance(contrastive_gradient(task).gradient, whole.gradient) < 3e-15);
    task.replay = false;
    CHECK(distance(contrastive_gradient(task).gradient, whole.gradient) > 0.05);
    task.replay = true, task.key = 1;
    CHECK(contrastive_gradient(task).loss != whole.loss);
  }

  TEST_CASE("The gradient by the parameters is that of differences in all cases") {
    Towers towers;
    towers.encoder.dropout = 0.2;
    std::vector<ContrastiveTask> tasks{towers.one(), towers.two(), towers.two()};
    tasks[2].loss.both_ways = true;
    for (ContrastiveTask& task : tasks) {
      const ContrastiveGradient g = contrastive_gradient(task);
      std::vector<double> w = towers.w;
      task.parameters = w;
      for (const std::size_t i : {std::size_t{0}, std::size_t{33}, w.size() - 1}) {
        constexpr double h = 1e-5;
        const auto loss_at = [&](double step) {
          w[i] = towers.w[i] + step;
          const double loss = contrastive_gradient(task).loss;
          w[i] = towers.w[i];
          return loss;
        };
        const double difference = (8 * (loss_at(h) - loss_at(-h)) - (loss_at(2 * h) - loss_at(-2 * h))) / (12 * h);
        CHECK(std::abs(difference - g.gradient[i]) < 1e-9);
      }
    }
  }

  TEST_CASE("The loss agrees with its definition in quadruple precision for batches around a tile") {
    for (const std::size_t b : {1, 2, 63, 64, 65, 130})
      for (const double tau : {0.02, 1.0, 50.0}) {
        const std::vector<double> u = normals(b * 3, 5), v = normals(b * 3, 6);
        const Embeddings e{u, v, 3, {}};
        const InfonceOptions o{tau, false, true, false};
        std::vector<double> du(b * 3), dv(b * 3);
        const Quad exact = direct_loss(e, o);
        CHECK(std::abs(static_cast<double>(infonce(e, o, du, dv) - exact)) < 1e-14 * (1 + 10 / tau));
      }
  }

  TEST_CASE("Several positives share a row and a row without one is refused") {
    const std::vector<double> u = normals(12, 8);
    const std::vector<std::int64_t> labels{1, 1, 1, 2, 2, 1}, lonely{1, 1, 1, 2, 2, 3};
    const InfonceOptions o{0.5, true, false, false};
    std::vector<double> du(12);
    const Embeddings e{u, {}, 2, labels};
    CHECK(std::abs(static_cast<double>(infonce(e, o, du, {}) - direct_loss(e, o))) < 1e-14);
    CHECK(message_of([&] {
            infonce({u, {}, 2, lonely}, o, du, {});
          }) == "row 5 has no positive: no other row has its label 3");
    CHECK(message_of([&] {
            infonce(e, {0.0, true, false, false}, du, {});
          }) == "temperature must be above 0 and finite; it is 0");
  }

  TEST_CASE("Scores far beyond the range of exp make finite gradients") {
    const std::vector<double> u{300, 0, 0, 300, -300, 1}, v = u;
    std::vector<double> du(6), dv(6);
    const double loss = infonce({u, v, 2, {}}, {1e-3, false, true, false}, du, dv);
    CHECK(loss == 0.0);
    for (const double g : du) CHECK(g == 0.0);
  }
}

// The vector kernel against conics, against itself on other instruction sets, and its independence of neighbours.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/orbital/core/two_body_batch.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <map>
#include <vector>

#include "plugins/orbital/core/dynamics.hpp"
#include "plugins/orbital/core/elements.hpp"
#include "plugins/orbital/core/propagate.hpp"
#include "tests/plugins/orbital/core/support.hpp"

using namespace orrery::orbital;
using namespace orrery::orbital::test;

namespace {

constexpr double pi = 0x1.921fb54442d18p+1;
using States = std::map<std::pair<std::size_t, std::size_t>, State>;

std::vector<TwoBodyJob> random_jobs(Draw& draw, std::size_t n) {
  std::vector<TwoBodyJob> jobs;
  for (std::size_t i = 0; i < n; ++i) {
    const double e = i % 5 == 4 ? draw.uniform(1.01, 3.0) : draw.uniform(0, 0.95);
    const double limit = e > 1 ? 0.7 * std::acos(-1 / e) : 2.0;
    TwoBodyJob job;
    job.gravity = draw.uniform(0.5, 1.0);
    job.start = elements_to_state(elements_from_periapsis(draw.uniform(0.5, 1.0), Eccentricity::from_e(e),
                                                          {draw.uniform(0, 3), draw.uniform(0, 6), draw.uniform(0, 6),
                                                           draw.uniform(-limit, limit)}),
                                  job.gravity);
    for (std::size_t k = 0; k < 1 + i % 7; ++k) job.times.push_back(draw.uniform(-30, 60));
    if (i % 3 == 0) job.times.push_back(0.0);
    if (i % 4 == 0) job.times.push_back(job.times.front());
    jobs.push_back(job);
  }
  return jobs;
}

States run(std::span<const TwoBodyJob> jobs, VectorSet set, std::vector<TwoBodyResult>* results = nullptr) {
  States states;
  TwoBodyBatch batch;
  batch.sample = [&](std::size_t job, std::size_t i, const State& s) {
    CHECK(states.emplace(std::pair{job, i}, s).second);  // each only once
  };
  const auto found = integrate_two_bodies(jobs, batch, set);
  if (results) *results = found;
  return states;
}

bool same(const State& a, const State& b) { return a.position == b.position && a.velocity == b.velocity; }

std::vector<VectorSet> sets() {
  std::vector<VectorSet> all{VectorSet::baseline};
  if (widest_vector_set() != VectorSet::baseline) all.push_back(VectorSet::avx2);
  if (widest_vector_set() == VectorSet::avx512) all.push_back(VectorSet::avx512);
  return all;
}

}  // namespace

TEST_SUITE("plugins/orbital/core/two_body_batch") {
  TEST_CASE("orbits of all kinds go where Kepler sends them") {
    Draw draw(881);
    const auto jobs = random_jobs(draw, 100);
    std::vector<TwoBodyResult> results;
    const States states = run(jobs, widest_vector_set(), &results);
    std::size_t count = 0;
    for (std::size_t job = 0; job < jobs.size(); ++job) {
      CHECK(results[job].error.empty());
      CHECK(results[job].steps > 0);
      const Orbit exact(jobs[job].start, jobs[job].gravity);
      for (std::size_t i = 0; i < jobs[job].times.size(); ++i, ++count) {
        const State truth = exact.at(jobs[job].times[i]), found = states.at({job, i});
        const double size = norm(truth.position);
        CHECK(norm(found.position - truth.position) <= 2e-12 * std::max(1.0, size));
        CHECK(norm(found.velocity - truth.velocity) <= 2e-11);
      }
    }
    CHECK(states.size() == count);
  }

  TEST_CASE("all instruction sets give the same bits") {
    Draw draw(882);
    const auto jobs = random_jobs(draw, 60);
    const States reference = run(jobs, VectorSet::baseline);
    for (const VectorSet set : sets()) {
      const States states = run(jobs, set);
      REQUIRE(states.size() == reference.size());
      for (const auto& [key, state] : reference) CHECK(same(state, states.at(key)));
    }
  }

  TEST_CASE("what an orbit does depends neither on its neighbours nor on other times") {
    Draw draw(883);
    const auto jobs = random_jobs(draw, 40);
    const States together = run(jobs, widest_vector_set());
    for (std::size_t job = 0; job < jobs.size(); ++job) {
      const States alone = run({&jobs[job], 1}, widest_vector_set());
      for (const auto& [key, state] : alone) CHECK(same(state, together.at({job, key.second})));
    }
    // more samples along the way change no bit of the others
    TwoBodyJob dense = jobs[0];
    const std::size_t first = dense.times.size();
    for (int i = 0; i < 500; ++i) dense.times.push_back(-20 + 0.1 * i);
    const double farthest = std::fabs(jobs[0].times[0]);
    std::erase_if(dense.times, [&](double t) { return std::fabs(t) > farthest; });
    if (dense.times.size() > first) {
      const States states = run({&dense, 1}, widest_vector_set());
      CHECK(states.size() == dense.times.size());
    }
  }

  TEST_CASE("a thousand revolutions keep the energy to a few roundings") {
    std::vector<TwoBodyJob> jobs;
    for (const double e : {0.0, 0.001, 0.1, 0.3, 0.5, 0.7, 0.9})
      jobs.push_back({{{1 - e, 0, 0}, {0, std::sqrt((1 + e) / (1 - e)), 0}}, 1.0, {2000 * pi}, {}});
    const States states = run(jobs, widest_vector_set());
    for (std::size_t job = 0; job < jobs.size(); ++job) {
      const double before = invariants(jobs[job].start, 1.0).energy,
                   after = invariants(states.at({job, 0}), 1.0).energy;
      CHECK(std::fabs(after / before - 1) <= 2e-13);
    }
  }

  TEST_CASE("one that falls in does not take the others with it") {
    std::vector<TwoBodyJob> jobs(11, {{{1, 0, 0}, {0, 1, 0}}, 1.0, {5.0, -2.0}, {}});
    jobs[3].start = {{1, 0, 0}, {0, 0, 0}};
    jobs[7].start = {{0, 0, 0}, {0, 1, 0}};
    std::vector<TwoBodyResult> results;
    const States states = run(jobs, widest_vector_set(), &results);
    CHECK(results[3].error.starts_with("close encounter or collision at time "));
    CHECK_FALSE(results[7].error.empty());
    for (const std::size_t good : {0u, 1u, 2u, 4u, 5u, 6u, 8u, 9u, 10u}) {
      CHECK(results[good].error.empty());
      CHECK(same(states.at({good, 0}), states.at({0, 0})));
    }
  }

  TEST_CASE("too many steps end in an error whatever the neighbours do") {
    std::vector<TwoBodyJob> jobs(3, {{{1, 0, 0}, {0, 1, 0}}, 1.0, {1.0}, {}});
    jobs[1].times = {1e300};
    TwoBodyBatch batch;
    batch.sample = [](std::size_t, std::size_t, const State&) {};
    batch.most_steps = 5000;
    const auto results = integrate_two_bodies(jobs, batch);
    CHECK(results[0].error.empty());
    CHECK(results[1].error == "5000 steps do not reach time 1e+300; allow more steps, or a shorter span");
    CHECK(results[2].error.empty());
  }
}

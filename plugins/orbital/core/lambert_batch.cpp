// Many problems of Lambert: blocks of eight for the processor at hand, the careful solver for what they leave over.
// SPDX-License-Identifier: Apache-2.0
// Izzo, Celest. Mech. Dyn. Astron. 121 (2015) 1.
#include <algorithm>
#include <limits>

#include "plugins/orbital/core/checks.hpp"
#include "plugins/orbital/core/instruction_sets.hpp"
#include "plugins/orbital/core/lambert.hpp"
#include "plugins/orbital/core/lambert_block.hpp"
#include "plugins/orbital/core/lambert_roots.hpp"

namespace orrery::orbital {

namespace detail {

BlockSolver best_block_solver() {
  if (has_avx512()) return solve_block_avx512;
  return has_avx2() ? solve_block_avx2 : solve_block_baseline;
}

}  // namespace detail

namespace {

using detail::block_size;

template <class T>
const T* row(std::span<const T> values, std::size_t i, std::size_t width) {
  return values.data() + (values.size() == width ? 0 : width * i);
}

Vec3 vector_at(std::span<const double> values, std::size_t i) {
  const double* p = row(values, i, 3);
  return {p[0], p[1], p[2]};
}

int revolutions_at(const LambertRows& rows, std::size_t i) {
  return rows.revolutions.empty() ? 0 : *row(rows.revolutions, i, 1);
}

std::optional<Vec3> normal_at(const LambertRows& rows, std::size_t i) {
  return rows.normal.empty() ? std::nullopt : std::optional(vector_at(rows.normal, i));
}

LambertProblem problem_at(const LambertRows& rows, std::size_t i) {
  return {vector_at(rows.position1, i),
          vector_at(rows.position2, i),
          *row(rows.time_of_flight, i, 1),
          *row(rows.mu, i, 1),
          revolutions_at(rows, i),
          rows.branch,
          rows.way,
          normal_at(rows, i)};
}

template <class T>
void put(std::span<T> target, std::size_t i, T value) {
  if (!target.empty()) target[i] = value;
}

void put(std::span<double> target, std::size_t i, const Vec3& value) {
  if (!target.empty()) std::copy(value.begin(), value.end(), target.begin() + static_cast<std::ptrdiff_t>(3 * i));
}

bool write(const LambertSolution& s, std::size_t i, const LambertBatch& results) {
  const bool done = s.status == LambertStatus::done;
  constexpr double nan = std::numeric_limits<double>::quiet_NaN();
  const Vec3 none{nan, nan, nan};
  put(results.velocity1, i, done ? s.velocity1 : none);
  put(results.velocity2, i, done ? s.velocity2 : none);
  put(results.semi_major_axis, i, done ? s.semi_major_axis : nan);
  put(results.residual, i, done ? s.residual : nan);
  put(results.iterations, i, s.iterations);
  put(results.most_revolutions, i, s.most_revolutions);
  put(results.status, i, s.status);
  return done;
}

/// Eight rows of the batch, or fewer; those that the blocks do not serve are marked not good.
class Block {
 public:
  explicit Block(const LambertRows& rows) : rows_(rows) {
    const bool by_angle = rows.way == TransferWay::short_way || rows.way == TransferWay::long_way;
    fixed_normal_ = by_angle || rows.normal.empty();
    const bool with = rows.way == TransferWay::prograde || rows.way == TransferWay::short_way;
    for (std::size_t k = 0; k < 3; ++k) std::fill_n(block_.normal[k], block_size, by_angle || k < 2 ? 0.0 : 1.0);
    std::fill_n(block_.turn, block_size, with ? 1.0 : -1.0);
  }

  void solve(std::size_t first, std::size_t count, detail::BlockSolver solver) {
    for (std::size_t lane = 0; lane < static_cast<std::size_t>(block_size); ++lane)
      load(lane, first + std::min(lane, count - 1));
    solver(block_);
  }

  std::size_t write(std::size_t first, std::size_t count, const LambertBatch& results) const {
    std::size_t bad = 0;
    for (std::size_t lane = 0; lane < count; ++lane) {
      const std::size_t i = first + lane;
      const bool fast = block_.good[lane] != 0.0 && revolutions_at(rows_, i) == 0;
      if (fast) write_lane(lane, i, results);
      else if (!orbital::write(try_lambert(problem_at(rows_, i)), i, results)) ++bad;
    }
    return bad;
  }

 private:
  void load(std::size_t lane, std::size_t i) {
    const double* p1 = row(rows_.position1, i, 3);
    const double* p2 = row(rows_.position2, i, 3);
    for (std::size_t k = 0; k < 3; ++k) {
      block_.position1[k][lane] = p1[k];
      block_.position2[k][lane] = p2[k];
    }
    if (!fixed_normal_)
      for (std::size_t k = 0; k < 3; ++k) block_.normal[k][lane] = row(rows_.normal, i, 3)[k];
    block_.time_of_flight[lane] = *row(rows_.time_of_flight, i, 1);
    block_.mu[lane] = *row(rows_.mu, i, 1);
  }

  void write_lane(std::size_t lane, std::size_t i, const LambertBatch& results) const {
    const auto vector = [lane](const auto& v) { return Vec3{v[0][lane], v[1][lane], v[2][lane]}; };
    put(results.velocity1, i, vector(block_.velocity1));
    put(results.velocity2, i, vector(block_.velocity2));
    put(results.semi_major_axis, i, block_.axis[lane]);
    put(results.residual, i, block_.error[lane]);
    put(results.iterations, i, static_cast<int>(block_.steps[lane]));
    put(results.status, i, LambertStatus::done);
    if (!results.most_revolutions.empty())
      results.most_revolutions[i] =
          detail::most_revolutions({block_.lambda[lane], block_.gap[lane], block_.time[lane]});
  }

  const LambertRows& rows_;
  bool fixed_normal_ = true;
  detail::LambertBlock block_;
};

std::size_t length_of(const LambertRows& rows) {
  return std::max({rows.position1.size() / 3, rows.normal.size() / 3, rows.position2.size() / 3,
                   rows.time_of_flight.size(), rows.mu.size(), rows.revolutions.size()});
}

void check_lengths(const LambertRows& rows, const LambertBatch& results, std::size_t n) {
  for (const auto& [name, given] : {std::pair{"position1", rows.position1}, std::pair{"position2", rows.position2}})
    if (given.size() != 3) require_size(name, given.size(), 3 * n);
  if (!rows.normal.empty() && rows.normal.size() != 3) require_size("normal", rows.normal.size(), 3 * n);
  require_size_or_one("time_of_flight", rows.time_of_flight.size(), n);
  require_size_or_one("mu", rows.mu.size(), n);
  if (!rows.revolutions.empty()) require_size_or_one("revolutions", rows.revolutions.size(), n);
  require_size_or_none("velocity1", results.velocity1.size(), 3 * n);
  require_size_or_none("velocity2", results.velocity2.size(), 3 * n);
  require_size_or_none("semi_major_axis", results.semi_major_axis.size(), n);
  require_size_or_none("residual", results.residual.size(), n);
  require_size_or_none("iterations", results.iterations.size(), n);
  require_size_or_none("most_revolutions", results.most_revolutions.size(), n);
  require_size_or_none("status", results.status.size(), n);
}

}  // namespace

std::size_t lambert(const LambertRows& rows, const LambertBatch& results) {
  const std::size_t n = length_of(rows);
  check_lengths(rows, results, n);
  const detail::BlockSolver solver = detail::best_block_solver();
  constexpr auto width = static_cast<std::size_t>(block_size);
  Block block(rows);
  std::size_t bad = 0;
  for (std::size_t first = 0; first < n; first += width) {
    const std::size_t count = std::min(width, n - first);
    block.solve(first, count, solver);
    bad += block.write(first, count, results);
  }
  return bad;
}

}  // namespace orrery::orbital

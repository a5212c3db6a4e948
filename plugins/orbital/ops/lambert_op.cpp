// The operation orbital.lambert.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/orbital/ops/lambert_op.hpp"

#include <algorithm>
#include <vector>

#include "plugins/orbital/core/lambert.hpp"
#include "plugins/orbital/ops/rows.hpp"

namespace orrery::orbital {
namespace {

constexpr std::uint64_t rows_at_once = 2048;

/// The part of a batch input that belongs to some rows; a single item serves them all.
template <class T, std::size_t Rank>
std::span<const T> part(const sdk::BatchView<const T, Rank>& view, std::uint64_t first, std::uint64_t count) {
  const std::span<const T> all = view.span();
  if (view.batch().empty()) return all;
  const std::size_t width = Rank == 0 ? 1 : 3;
  return all.subspan(first * width, count * width);
}

template <class T, std::size_t Rank>
std::span<T> part(const sdk::BatchView<T, Rank>& view, std::uint64_t first, std::uint64_t count) {
  const std::size_t width = Rank == 0 ? 1 : 3;
  return view.span().subspan(first * width, count * width);
}

/// The inputs of the operation, and the rows that a part of the batch makes of them.
class Problems {
 public:
  explicit Problems(const sdk::Call<LambertOperation>& call)
      : mu_(call.in<"gravity">()),
        position1_(call.in<"position1">()),
        position2_(call.in<"position2">()),
        time_(call.in<"time_of_flight">()),
        normal_(call.maybe<"normal">()),
        revolutions_(call.in<"revolutions">()),
        way_(static_cast<TransferWay>(call.in<"direction">())),
        branch_(static_cast<TransferBranch>(call.in<"branch">())) {}

  LambertRows rows(std::uint64_t first, std::uint64_t count, std::vector<int>& revolutions) const {
    const auto turns = part(revolutions_, first, count);
    revolutions.assign(turns.begin(), turns.end());
    const bool none = std::all_of(turns.begin(), turns.end(), [](std::int64_t n) { return n == 0; });
    LambertRows rows{.position1 = part(position1_, first, count),
                     .position2 = part(position2_, first, count),
                     .time_of_flight = part(time_, first, count),
                     .mu = part(mu_, first, count)};
    if (!none) rows.revolutions = revolutions;
    rows.branch = branch_;
    rows.way = way_;
    if (normal_) rows.normal = part(*normal_, first, count);
    return rows;
  }

  LambertProblem problem(std::int64_t row) const {
    LambertProblem p{.position1 = vector_of(position1_.item(row)),
                     .position2 = vector_of(position2_.item(row)),
                     .time_of_flight = time_(row),
                     .mu = mu_(row),
                     .revolutions = static_cast<int>(revolutions_(row)),
                     .branch = branch_,
                     .way = way_};
    if (normal_) p.normal = vector_of(normal_->item(row));
    return p;
  }

 private:
  sdk::BatchView<const double, 0> mu_;
  sdk::BatchView<const double, 1> position1_, position2_;
  sdk::BatchView<const double, 0> time_;
  std::optional<sdk::BatchView<const double, 1>> normal_;
  sdk::BatchView<const std::int64_t, 0> revolutions_;
  TransferWay way_;
  TransferBranch branch_;
};

/// Throws what is wrong with the first bad row of a part.
void report(const Problems& problems, const std::vector<LambertStatus>& status, std::uint64_t first, bool many) {
  const auto bad = std::find_if(status.begin(), status.end(), [](LambertStatus s) { return s != LambertStatus::done; });
  const auto row = static_cast<std::int64_t>(first) + (bad - status.begin());
  try {
    lambert(problems.problem(row));
  } catch (const std::domain_error& e) {
    throw std::domain_error((many ? "row " + std::to_string(row) + ": " : "") + e.what());
  }
}

}  // namespace

void LambertOperation::run(sdk::Call<LambertOperation>& call) {
  const Problems problems(call);
  const sdk::Shape batch = call.batch();
  const auto total = static_cast<std::uint64_t>(rows_of(batch));
  const auto velocity1 = call.out<"velocity1">(batch, 3), velocity2 = call.out<"velocity2">(batch, 3);
  const auto axis = call.out<"semi_major_axis">(batch), residual = call.out<"residual">(batch);
  const auto most = call.out<"most_revolutions">(batch);
  const bool fail = call.in<"on_error">() == ports::OnError::fail;
  call.parallel_for(total, rows_at_once, [&](std::uint64_t first, std::uint64_t end) {
    call.poll(first, total);
    const std::uint64_t count = end - first;
    std::vector<int> revolutions, allowed(count), steps(count);
    std::vector<LambertStatus> status(count);
    const LambertRows rows = problems.rows(first, count, revolutions);
    const std::size_t bad = lambert(rows, {.velocity1 = part(velocity1, first, count),
                                           .velocity2 = part(velocity2, first, count),
                                           .semi_major_axis = part(axis, first, count),
                                           .residual = part(residual, first, count),
                                           .iterations = steps,
                                           .most_revolutions = allowed,
                                           .status = status});
    if (bad > 0 && fail) report(problems, status, first, total > 1);
    std::copy(allowed.begin(), allowed.end(), part(most, first, count).begin());
    for (std::uint64_t i = 0; i < count; ++i)
      call.template tap<"iterations">(static_cast<std::int64_t>(first + i), std::int64_t{steps[i]});
  });
}

}  // namespace orrery::orbital

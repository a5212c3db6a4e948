// The operations orbital.sgp4 and teme_to_pef.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/orbital/ops/sgp4_op.hpp"

#include <algorithm>
#include <vector>

#include "plugins/orbital/core/checks.hpp"
#include "plugins/orbital/core/time_scales.hpp"
#include "plugins/orbital/ops/rows.hpp"

namespace orrery::orbital {
namespace {

constexpr std::uint64_t instants_at_once = 4096;

std::string title_of(const Tle& tle) {
  return "satellite " + std::to_string(tle.catalogue_number) + (tle.name.empty() ? "" : " (" + tle.name + ")");
}

Sgp4 prepared(const Tle& tle, Sgp4Gravity gravity, Sgp4Mode mode) {
  try {
    return Sgp4(sgp4_elements(tle), gravity, mode);
  } catch (const std::domain_error& e) {
    throw std::domain_error(title_of(tle) + ": " + e.what());
  }
}

double epoch_or_nan(const Tle& tle) { return tle.epoch_year < 1960 ? not_a_number : epoch_of(tle); }

class Rows {
 public:
  Rows(sdk::Call<Sgp4Operation>& call, std::int64_t n)
      : times_(call.in<"times">()),
        position_(call.out<"position">(n, times_.size(), 3)),
        velocity_(call.out<"velocity">(n, times_.size(), 3)),
        status_(call.out<"status">(n, times_.size())),
        on_error_(call.in<"on_error">()),
        from_(call.in<"times_from">()) {}

  [[nodiscard]] std::uint64_t count() const { return static_cast<std::uint64_t>(times_.size()); }

  /// Instants begin to end of one satellite.
  void fill(const Tle& tle, const Sgp4& satellite, std::int64_t row, std::uint64_t begin, std::uint64_t end) const {
    const std::uint64_t n = end - begin;
    std::vector<double> minutes(n);
    std::vector<Sgp4Status> status(n);
    const double origin = from_ == Sgp4TimesFrom::epoch ? 0.0 : epoch_or_nan(tle);
    for (std::uint64_t i = 0; i < n; ++i) minutes[i] = (times_.span()[begin + i] - origin) / 60.0;
    const auto r = position_.row(row).subspan(3 * begin, 3 * n), v = velocity_.row(row).subspan(3 * begin, 3 * n);
    satellite.at(minutes, r, v, status);
    for (std::uint64_t i = 0; i < n; ++i) {
      finish(status[i], r.subspan(3 * i, 3), v.subspan(3 * i, 3));
      if (status[i] != Sgp4Status::done && on_error_ == ports::OnError::fail)
        throw std::domain_error(title_of(tle) + " at " + shortest(minutes[i]) +
                                " min: " + std::string(reason(status[i])));
      status_.row(row)[begin + i] = static_cast<std::int64_t>(status[i]);
    }
  }

 private:
  static void finish(Sgp4Status status, std::span<double> r, std::span<double> v) {
    const double factor = status == Sgp4Status::done ? 1000.0 : not_a_number;
    for (double& x : r) x *= factor;
    for (double& x : v) x *= factor;
  }

  sdk::View<const double, 1> times_;
  sdk::View<double, 3> position_, velocity_;
  sdk::View<std::int64_t, 2> status_;
  ports::OnError on_error_;
  Sgp4TimesFrom from_;
};

}  // namespace

void Sgp4Operation::run(sdk::Call<Sgp4Operation>& call) {
  const std::vector<Tle> sets = parse_tles(call.in<"tle">(), call.in<"checksum">());
  const auto n = static_cast<std::int64_t>(sets.size());
  const Rows rows(call, n);
  const auto epoch = call.out<"epoch">(n);
  const auto deep = call.out<"deep_space">(n), low = call.out<"sub_orbital">(n);
  const auto gravity = call.in<"gravity_model">();
  const auto mode = call.in<"mode">();
  const std::uint64_t total = sets.size();
  call.parallel_for(total, 16, [&](std::uint64_t begin, std::uint64_t end) {
    call.poll(begin, total);
    for (std::uint64_t i = begin; i < end; ++i) {
      const auto row = static_cast<std::int64_t>(i);
      const Sgp4 satellite = prepared(sets[i], gravity, mode);
      epoch(row) = epoch_or_nan(sets[i]);
      deep(row) = satellite.is_deep_space();
      low(row) = satellite.epoch_status() == Sgp4Status::sub_orbital;
      call.parallel_for(rows.count(), instants_at_once, [&](std::uint64_t from, std::uint64_t to) {
        call.poll(from, rows.count());
        rows.fill(sets[i], satellite, row, from, to);
      });
    }
  });
}

void TemeToPef::run(sdk::Call<TemeToPef>& call) {
  const auto time = call.in<"time">(), difference = call.in<"ut1_minus_utc">();
  const auto position = call.in<"position">(), velocity = call.in<"velocity">();
  const sdk::Shape batch = call.batch();
  const auto r = call.out<"position">(batch, 3), v = call.out<"velocity">(batch, 3);
  const auto angle = call.out<"sidereal_time">(batch);
  const auto compute = [&](std::int64_t row) {
    const State teme{vector_of(position.item(row)), vector_of(velocity.item(row))};
    const State fixed = pseudo_earth_fixed(teme, time(row), difference(row));
    put(fixed.position, r.item(row));
    put(fixed.velocity, v.item(row));
    angle(row) = sidereal_time_at(time(row), difference(row));
  };
  for_each_row(call, rows_of(batch), 1024, call.in<"on_error">(), compute, [&](std::int64_t row) {
    std::fill_n(r.item(row).data(), 3, not_a_number);
    std::fill_n(v.item(row).data(), 3, not_a_number);
    angle(row) = not_a_number;
  });
}

}  // namespace orrery::orbital

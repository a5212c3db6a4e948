// The operations orbital.oem_read, oem_write and oem_interpolate.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/orbital/ops/oem_read_op.hpp"

#include <algorithm>
#include <optional>

#include "plugins/orbital/core/checks.hpp"
#include "plugins/orbital/ops/rows.hpp"

namespace orrery::orbital {
namespace {

using Segment = OemSegment;

void put_segments(sdk::Call<OemRead>& call, const std::vector<Segment>& all) {
  call.out_table<"segments">(static_cast<std::int64_t>(all.size()));
  const auto text = [&](const char* column, auto f) { put_text_column<"segments">(call, column, all, f); };
  const auto number = [&](const char* column, auto f) { put_column<"segments", sdk::f64>(call, column, all, f); };
  text("object_name", [](const Segment& s) { return s.metadata.object_name; });
  text("object_id", [](const Segment& s) { return s.metadata.object_id; });
  text("center_name", [](const Segment& s) { return s.metadata.center_name; });
  text("ref_frame", [](const Segment& s) { return s.metadata.ref_frame; });
  text("ref_frame_epoch", [](const Segment& s) { return s.metadata.ref_frame_epoch; });
  text("time_system", [](const Segment& s) { return name(s.metadata.time_system); });
  text("interpolation", [](const Segment& s) { return s.interpolation; });
  put_column<"segments", sdk::i64>(call, "degree", all, [](const Segment& s) { return s.degree; });
  put_column<"segments", sdk::i64>(call, "count", all, [](const Segment& s) { return s.times.size(); });
  number("start", [](const Segment& s) { return s.start; });
  number("stop", [](const Segment& s) { return s.stop; });
  number("useable_start", [](const Segment& s) { return s.has_useable_start ? s.useable_start : not_a_number; });
  number("useable_stop", [](const Segment& s) { return s.has_useable_stop ? s.useable_stop : not_a_number; });
  text("metadata_comments", [](const Segment& s) { return joined(s.metadata.comments); });
  text("data_comments", [](const Segment& s) { return joined(s.data_comments); });
  text("covariance_comments", [](const Segment& s) { return joined(s.covariance_comments); });
}

struct NumberedCovariance {
  std::int64_t segment;
  OdmCovariance covariance;
};

void put_covariances(sdk::Call<OemRead>& call, const std::vector<Segment>& segments) {
  std::vector<NumberedCovariance> all;
  for (std::size_t i = 0; i < segments.size(); ++i)
    for (const OdmCovariance& c : segments[i].covariances) all.push_back({static_cast<std::int64_t>(i), c});
  const auto matrix = call.out<"covariance">(static_cast<std::int64_t>(all.size()), 6, 6);
  for (std::size_t i = 0; i < all.size(); ++i)
    put_covariance(all[i].covariance, matrix.row(static_cast<std::int64_t>(i)));
  call.out_table<"covariances">(static_cast<std::int64_t>(all.size()));
  put_column<"covariances", sdk::i64>(call, "segment", all, [](const NumberedCovariance& c) { return c.segment; });
  put_column<"covariances", sdk::f64>(call, "time", all, [](const NumberedCovariance& c) { return c.covariance.time; });
  put_text_column<"covariances">(call, "ref_frame", all,
                                 [](const NumberedCovariance& c) { return c.covariance.ref_frame; });
}

void put_states(sdk::Call<OemRead>& call, const std::vector<Segment>& segments) {
  std::int64_t n = 0;
  for (const Segment& s : segments) n += static_cast<std::int64_t>(s.times.size());
  const auto times = call.out<"times">(n);
  const auto r = call.out<"position">(n, 3), v = call.out<"velocity">(n, 3), a = call.out<"acceleration">(n, 3);
  const auto number = call.out<"segment">(n);
  constexpr Vec3 none{not_a_number, not_a_number, not_a_number};
  std::int64_t row = 0;
  for (std::size_t k = 0; k < segments.size(); ++k)
    for (std::size_t i = 0; i < segments[k].times.size(); ++i, ++row) {
      const Segment& s = segments[k];
      times(row) = s.times[i];
      std::copy_n(s.states[i].position.begin(), 3, r.row(row).begin());
      std::copy_n(s.states[i].velocity.begin(), 3, v.row(row).begin());
      std::copy_n((s.accelerations.empty() ? none : s.accelerations[i]).begin(), 3, a.row(row).begin());
      number(row) = static_cast<std::int64_t>(k);
    }
}

/// The metadata of one row of the table.
Segment segment_in(const sdk::TableView& table, std::int64_t row) {
  const auto time = [&](const char* column) { return table.numbers<sdk::f64>(column)[static_cast<std::size_t>(row)]; };
  const auto useable = [&](const char* column) { return table.has(column) ? unless_nan(time(column)) : std::nullopt; };
  Segment s;
  s.metadata = {split(text_in(table, "metadata_comments", row)),
                text_in(table, "object_name", row),
                text_in(table, "object_id", row),
                text_in(table, "center_name", row),
                text_in(table, "ref_frame", row),
                text_in(table, "ref_frame_epoch", row),
                time_system_in(text_in(table, "time_system", row))};
  s.start = time("start");
  s.stop = time("stop");
  const auto useable_start = useable("useable_start"), useable_stop = useable("useable_stop");
  s.has_useable_start = useable_start.has_value();
  s.has_useable_stop = useable_stop.has_value();
  s.useable_start = useable_start.value_or(s.start);
  s.useable_stop = useable_stop.value_or(s.stop);
  s.interpolation = text_in(table, "interpolation", row);
  s.degree = static_cast<int>(table.numbers<sdk::i64>("degree")[static_cast<std::size_t>(row)]);
  s.data_comments = split(text_in(table, "data_comments", row));
  s.covariance_comments = split(text_in(table, "covariance_comments", row));
  return s;
}

/// The states of an operation's inputs.
class States {
 public:
  explicit States(const sdk::Call<OemWrite>& call)
      : times_(call.in<"times">()),
        r_(call.in<"position">()),
        v_(call.in<"velocity">()),
        a_(call.maybe<"acceleration">()) {}

  [[nodiscard]] std::int64_t count() const { return times_.size(); }
  [[nodiscard]] double time(std::int64_t i) const { return times_(i); }
  void add(Segment& s, std::int64_t first, std::int64_t n) const {
    for (std::int64_t i = first; i < first + n; ++i) {
      s.times.push_back(times_(i));
      s.states.push_back({{r_(i, 0), r_(i, 1), r_(i, 2)}, {v_(i, 0), v_(i, 1), v_(i, 2)}});
      if (a_ && (*a_)(i, 0) == (*a_)(i, 0)) s.accelerations.push_back({(*a_)(i, 0), (*a_)(i, 1), (*a_)(i, 2)});
    }
  }

 private:
  sdk::View<const double, 1> times_;
  sdk::View<const double, 2> r_, v_;
  std::optional<sdk::View<const double, 2>> a_;
};

std::vector<Segment> segments_of(const sdk::TableView& table, const States& states) {
  const auto counts = table.numbers<sdk::i64>("count");
  std::vector<Segment> segments;
  std::int64_t first = 0;
  for (std::int64_t row = 0; row < table.rows(); ++row) {
    const std::int64_t n = counts[static_cast<std::size_t>(row)];
    if (n < 1 || n > states.count() - first)
      throw std::invalid_argument("the counts of 'segments' must be positive and add up to the " +
                                  std::to_string(states.count()) + " states; that of row " + std::to_string(row) +
                                  " is " + std::to_string(n));
    segments.push_back(segment_in(table, row));
    states.add(segments.back(), first, n);
    first += n;
  }
  if (first != states.count())
    throw std::invalid_argument("the counts of 'segments' must add up to the " + std::to_string(states.count()) +
                                " states; they add up to " + std::to_string(first));
  return segments;
}

Segment single_segment(const sdk::Call<OemWrite>& call, const States& states) {
  if (states.count() < 1) throw std::invalid_argument("'times' needs at least one instant; it has 0");
  Segment s;
  s.metadata = {{},
                std::string(call.in<"object_name">()),
                std::string(call.in<"object_id">()),
                std::string(call.in<"center_name">()),
                std::string(call.in<"ref_frame">()),
                "",
                call.in<"time_system">()};
  s.start = s.useable_start = states.time(0);
  s.stop = s.useable_stop = states.time(states.count() - 1);
  s.interpolation = call.in<"interpolation">();
  s.degree = static_cast<int>(call.in<"degree">());
  states.add(s, 0, states.count());
  return s;
}

OdmHeader header_of(const sdk::Call<OemWrite>& call) {
  if (const auto table = call.maybe<"header">()) return header_in(*table);
  OdmHeader header;
  header.comments = split(call.in<"comment">());
  header.creation_date = call.in<"creation_date">();
  header.originator = call.in<"originator">();
  return header;
}

void add_covariances(const sdk::Call<OemWrite>& call, std::vector<Segment>& segments) {
  const auto matrix = call.maybe<"covariance">();
  const auto table = call.maybe<"covariances">();
  if (!matrix && !table) return;
  if (!matrix || !table || matrix->extent(0) != table->rows())
    throw std::invalid_argument("'covariance' and 'covariances' must be given together, with as many matrices as rows");
  const auto number = table->numbers<sdk::i64>("segment");
  const auto time = table->numbers<sdk::f64>("time");
  for (std::int64_t row = 0; row < table->rows(); ++row) {
    const auto i = static_cast<std::size_t>(row);
    if (number[i] < 0 || static_cast<std::size_t>(number[i]) >= segments.size())
      throw std::invalid_argument("a covariance's segment must lie between 0 and " +
                                  std::to_string(segments.size() - 1) + "; it is " + std::to_string(number[i]));
    OdmCovariance c = covariance_in(matrix->row(row));
    c.time = time[i];
    c.ref_frame = text_in(*table, "ref_frame", row);
    segments[static_cast<std::size_t>(number[i])].covariances.push_back(c);
  }
}

std::optional<std::size_t> segment_at(const std::vector<Segment>& segments, double time) {
  for (std::size_t i = 0; i < segments.size(); ++i)
    if (time >= std::max(segments[i].useable_start, segments[i].times.front()) &&
        time <= std::min(segments[i].useable_stop, segments[i].times.back()))
      return i;
  return std::nullopt;
}

}  // namespace

void OemRead::run(sdk::Call<OemRead>& call) {
  const Oem oem = read_oem(call.in<"oem">());
  for (const std::string& note : oem.notes) call.log(ORRERY_LOG_WARN, note);
  put_states(call, oem.segments);
  put_covariances(call, oem.segments);
  put_segments(call, oem.segments);
  put_header(call, oem.header);
}

void OemWrite::run(sdk::Call<OemWrite>& call) {
  const States states(call);
  Oem oem;
  oem.header = header_of(call);
  if (const auto table = call.maybe<"segments">()) oem.segments = segments_of(*table, states);
  else oem.segments.push_back(single_segment(call, states));
  add_covariances(call, oem.segments);
  call.set<"oem">(write_oem(oem, static_cast<int>(call.in<"decimals">())));
}

void OemInterpolate::run(sdk::Call<OemInterpolate>& call) {
  const Oem oem = read_oem(call.in<"oem">());
  const auto times = call.in<"times">();
  const std::int64_t m = times.size();
  const auto r = call.out<"position">(m, 3), v = call.out<"velocity">(m, 3);
  const auto number = call.out<"segment">(m);
  const auto compute = [&](std::int64_t i) {
    const auto segment = segment_at(oem.segments, times(i));
    if (!segment) fail_domain("the time", "lie in the useable part of a segment", times(i));
    const State state = interpolate(oem.segments[*segment], times(i));
    std::copy_n(state.position.begin(), 3, r.row(i).begin());
    std::copy_n(state.velocity.begin(), 3, v.row(i).begin());
    number(i) = static_cast<std::int64_t>(*segment);
  };
  for_each_row(call, m, 256, call.in<"on_error">(), compute, [&](std::int64_t i) {
    std::fill_n(r.row(i).begin(), 3, not_a_number);
    std::fill_n(v.row(i).begin(), 3, not_a_number);
    number(i) = -1;
  });
}

}  // namespace orrery::orbital

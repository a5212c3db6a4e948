// Reading orbit ephemeris messages.
// SPDX-License-Identifier: Apache-2.0
// Source: CCSDS 502.0-B-3 (2023), Orbit Data Messages, section 5.
#include <stdexcept>

#include "plugins/orbital/core/odm_parts.hpp"
#include "plugins/orbital/core/oem.hpp"

namespace orrery::orbital {

namespace {

using Kind = KvnLine::Kind;
constexpr int kilo = 3;

constexpr KvnKey metadata_keys[] = {{"OBJECT_NAME", true}, {"OBJECT_ID", true},    {"CENTER_NAME", true},
                                    {"REF_FRAME", true},   {"REF_FRAME_EPOCH"},    {"TIME_SYSTEM", true},
                                    {"START_TIME", true},  {"USEABLE_START_TIME"}, {"USEABLE_STOP_TIME"},
                                    {"STOP_TIME", true},   {"INTERPOLATION"},      {"INTERPOLATION_DEGREE"}};

void read_interpolation(const KvnBlock& block, OemSegment& segment) {
  segment.interpolation = block.text("INTERPOLATION");
  if (!block.has("INTERPOLATION_DEGREE")) return;
  const auto degree = integer_of(block.text("INTERPOLATION_DEGREE"));
  if (!degree || *degree < 1 || *degree > 100)
    fail_line(block.line("INTERPOLATION_DEGREE"),
              "'INTERPOLATION_DEGREE' must be a whole number from 1 to 100; it is " +
                  quoted(block.text("INTERPOLATION_DEGREE")));
  segment.degree = static_cast<int>(*degree);
}

void read_metadata(KvnReader& reader, OemSegment& segment) {
  reader.expect_word("META_START");
  const auto comments = reader.take_comments();
  const KvnBlock block(reader, "metadata", metadata_keys);
  if (reader.ahead().kind == Kind::assignment)
    fail_line(reader.ahead().number, "the metadata of an OEM have no keyword " + quoted(reader.ahead().key));
  reader.expect_word("META_STOP");
  segment.metadata = detail::odm_metadata(block);
  segment.metadata.comments = comments;
  const TimeScale scale = segment.metadata.time_system;
  segment.start = segment.useable_start = block.time("START_TIME", scale);
  segment.stop = segment.useable_stop = block.time("STOP_TIME", scale);
  segment.has_useable_start = block.has("USEABLE_START_TIME");
  segment.has_useable_stop = block.has("USEABLE_STOP_TIME");
  if (segment.has_useable_start) segment.useable_start = block.time("USEABLE_START_TIME", scale);
  if (segment.has_useable_stop) segment.useable_stop = block.time("USEABLE_STOP_TIME", scale);
  if (!(segment.start <= segment.useable_start && segment.useable_start <= segment.useable_stop &&
        segment.useable_stop <= segment.stop))
    fail_line(block.line("STOP_TIME"),
              "START_TIME, USEABLE_START_TIME, USEABLE_STOP_TIME and STOP_TIME must be in this order");
  read_interpolation(block, segment);
}

/// More decimals than a normal form keeps are worth a word.
bool is_too_fine(std::string_view date) {
  const std::size_t point = date.find('.');
  if (point == std::string_view::npos) return false;
  return date.find_last_of("123456789") != std::string_view::npos && date.find_last_of("123456789") > point + 6;
}

void read_state(const KvnLine& line, OemSegment& segment, Oem& oem) {
  const auto words = words_of(line.value);
  if (words.size() != 7 && words.size() != 10)
    fail_line(line.number,
              "a data line has an epoch and 6 or 9 numbers; this one has " + std::to_string(words.size()) + " words");
  const double time = kvn_time(words[0], segment.metadata.time_system, line.number);
  if (is_too_fine(words[0]))
    oem.notes.push_back("line " + std::to_string(line.number) +
                        ": a date finer than a microsecond is rounded in writing");
  if (!segment.times.empty() && !(time > segment.times.back()))
    fail_line(line.number, "the epochs of data lines must increase");
  if (!(time >= segment.start && time <= segment.stop))
    fail_line(line.number, "the epoch must lie between START_TIME and STOP_TIME");
  const bool accelerated = words.size() == 10;
  if (!segment.times.empty() && accelerated != !segment.accelerations.empty())
    fail_line(line.number, "accelerations must stand in all data lines of a segment or in none");
  std::array<double, 9> x{};
  for (std::size_t k = 1; k < words.size(); ++k) x[k - 1] = kvn_number(words[k], kilo, line.number);
  segment.times.push_back(time);
  segment.states.push_back({{x[0], x[1], x[2]}, {x[3], x[4], x[5]}});
  if (accelerated) segment.accelerations.push_back({x[6], x[7], x[8]});
}

void read_data(KvnReader& reader, OemSegment& segment, Oem& oem) {
  segment.data_comments = reader.take_comments();
  for (;;) {
    const KvnLine& line = reader.ahead();
    if (line.kind == Kind::comment) {
      oem.notes.push_back("line " + std::to_string(line.number) + ": a comment between data lines is dropped");
      reader.take();
      continue;
    }
    if (line.kind == Kind::assignment)
      fail_line(line.number, "a keyword cannot stand between data lines: " + quoted(line.key));
    if (line.kind == Kind::end || line.value == "META_START" || line.value == "COVARIANCE_START") break;
    read_state(reader.take(), segment, oem);
  }
  if (segment.times.empty()) fail_line(reader.ahead().number, "a segment must have at least one data line");
}

OdmCovariance read_covariance(KvnReader& reader, const OemSegment& segment) {
  constexpr KvnKey keys[] = {{"EPOCH", true}, {"COV_REF_FRAME"}};
  const KvnBlock block(reader, "covariance", keys);
  OdmCovariance c;
  c.time = block.time("EPOCH", segment.metadata.time_system);
  c.ref_frame = block.text("COV_REF_FRAME");
  std::size_t at = 0;
  for (std::size_t row = 1; row <= 6; ++row) {
    const KvnLine line = reader.take();
    const auto words = line.kind == Kind::words ? words_of(line.value) : std::vector<std::string_view>{};
    if (words.size() != row)
      fail_line(line.number, "row " + std::to_string(row) + " of a covariance has " + std::to_string(row) + " numbers");
    for (const std::string_view word : words) c.lower[at++] = kvn_number(word, detail::covariance_shift, line.number);
  }
  return c;
}

void read_covariances(KvnReader& reader, OemSegment& segment) {
  if (!reader.is_word("COVARIANCE_START")) return;
  reader.take();
  segment.covariance_comments = reader.take_comments();
  while (!reader.is_word("COVARIANCE_STOP")) {
    const std::size_t line = reader.ahead().number;
    const OdmCovariance c = read_covariance(reader, segment);
    if (!segment.covariances.empty() && !(c.time > segment.covariances.back().time))
      fail_line(line, "the epochs of covariances must increase");
    segment.covariances.push_back(c);
  }
  reader.expect_word("COVARIANCE_STOP");
}

}  // namespace

Oem read_oem(std::string_view text) {
  KvnReader reader(text);
  Oem oem;
  oem.header = detail::read_odm_header(reader, "CCSDS_OEM_VERS");
  do {
    OemSegment segment;
    read_metadata(reader, segment);
    read_data(reader, segment, oem);
    read_covariances(reader, segment);
    oem.segments.push_back(std::move(segment));
  } while (reader.ahead().kind != Kind::end);
  return oem;
}

}  // namespace orrery::orbital

// The tables of CCSDS messages: columns, and texts of many lines for comments.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include "plugins/orbital/core/oem.hpp"
#include "plugins/orbital/core/text_lines.hpp"
#include "plugins/orbital/ops/ports.hpp"

namespace orrery::orbital {

namespace ports {

inline constexpr sdk::Column text_column(const char* name, const char* doc) {
  return {.name = name, .dtype = ORRERY_TEXT, .doc = doc};
}
inline constexpr sdk::Column time_column(const char* name, const char* doc) {
  return {.name = name, .unit = "s", .doc = doc};
}
inline constexpr sdk::Column count_column(const char* name, const char* doc) {
  return {.name = name, .dtype = ORRERY_I64, .doc = doc};
}

inline constexpr std::array<sdk::Column, 16> header_columns{
    {text_column("version", "1.0, 2.0 or 3.0"), text_column("comments", "lines"),
     text_column("classification", "since version 3"), text_column("creation_date", "UTC, as it stands there"),
     text_column("originator", "who made the message"), text_column("message_id", "since version 3")}};

inline constexpr sdk::in<"decimals", sdk::i64> date_decimals{
    .fallback = "6", .min = 0, .max = 6, .doc = "of the seconds in dates, which are rounded to them"};

}  // namespace ports

inline std::string joined(const std::vector<std::string>& lines) {
  std::string text;
  for (std::size_t i = 0; i < lines.size(); ++i) text += (i > 0 ? "\n" : "") + lines[i];
  return text;
}

/// The inverse, but that one empty line becomes none.
inline std::vector<std::string> split(std::string_view text) {
  std::vector<std::string> lines;
  LineReader reader(text);
  while (const auto line = reader.next()) lines.emplace_back(trimmed(*line));
  return lines;
}

inline double or_nan(const std::optional<double>& value) {
  return value ? *value : std::numeric_limits<double>::quiet_NaN();
}

inline std::optional<double> unless_nan(double value) { return value == value ? std::optional(value) : std::nullopt; }

/// One text column, from what f gives for each row.
template <sdk::FixedString Name, class Op, class Items, class F>
void put_text_column(sdk::Call<Op>& call, const char* column, const Items& items, const F& f) {
  std::vector<std::string> texts;
  for (const auto& item : items) texts.emplace_back(f(item));
  const std::vector<std::string_view> views(texts.begin(), texts.end());
  call.template out_column_text<Name>(column, views);
}

template <sdk::FixedString Name, class T, class Op, class Items, class F>
void put_column(sdk::Call<Op>& call, const char* column, const Items& items, const F& f) {
  T* values = call.template out_column<Name, T>(column);
  for (const auto& item : items) *values++ = static_cast<T>(f(item));
}

template <class Op>
void put_header(sdk::Call<Op>& call, const OdmHeader& header) {
  const std::vector<OdmHeader> one{header};
  call.template out_table<"header">(1);
  put_text_column<"header">(call, "version", one, [](const OdmHeader& h) { return h.version; });
  put_text_column<"header">(call, "comments", one, [](const OdmHeader& h) { return joined(h.comments); });
  put_text_column<"header">(call, "classification", one, [](const OdmHeader& h) { return h.classification; });
  put_text_column<"header">(call, "creation_date", one, [](const OdmHeader& h) { return h.creation_date; });
  put_text_column<"header">(call, "originator", one, [](const OdmHeader& h) { return h.originator; });
  put_text_column<"header">(call, "message_id", one, [](const OdmHeader& h) { return h.message_id; });
}

/// A text of a table that may lack the column.
inline std::string text_in(const sdk::TableView& table, std::string_view column, std::int64_t row) {
  return table.has(column) ? std::string(table.text(column, row)) : std::string();
}

inline OdmHeader header_in(const sdk::TableView& table) {
  if (table.rows() != 1)
    throw std::invalid_argument("'header' must have one row; it has " + std::to_string(table.rows()));
  return {text_in(table, "version", 0),       split(text_in(table, "comments", 0)), text_in(table, "classification", 0),
          text_in(table, "creation_date", 0), text_in(table, "originator", 0),      text_in(table, "message_id", 0)};
}

inline TimeScale time_system_in(const std::string& text) {
  for (const TimeScale scale : {TimeScale::utc, TimeScale::tai, TimeScale::tt, TimeScale::tdb, TimeScale::gps})
    if (name(scale) == text) return scale;
  throw std::invalid_argument("the time system must be one of UTC, TAI, TT, TDB and GPS; it is " + quoted(text));
}

/// Fills in both halves.
inline void put_covariance(const OdmCovariance& c, std::span<double> matrix) {
  std::size_t at = 0;
  for (std::size_t row = 0; row < 6; ++row)
    for (std::size_t column = 0; column <= row; ++column, ++at)
      matrix[6 * row + column] = matrix[6 * column + row] = c.lower[at];
}

/// @throws std::invalid_argument unless it is symmetric
inline OdmCovariance covariance_in(std::span<const double> matrix) {
  OdmCovariance c;
  std::size_t at = 0;
  for (std::size_t row = 0; row < 6; ++row)
    for (std::size_t column = 0; column <= row; ++column) {
      if (matrix[6 * row + column] != matrix[6 * column + row])
        throw std::invalid_argument("a covariance must be symmetric; elements " + std::to_string(row) + ", " +
                                    std::to_string(column) + " differ");
      c.lower[at++] = matrix[6 * row + column];
    }
  return c;
}

}  // namespace orrery::orbital

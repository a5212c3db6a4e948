// The keyword = value notation of CCSDS messages: lines, blocks of keywords in their order, units, and errors by line.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/orbital/core/kvn.hpp"

#include <algorithm>
#include <stdexcept>

#include "plugins/orbital/core/decimal_shift.hpp"

namespace orrery::orbital {

namespace {

void require_plain(std::string_view line, std::size_t number) {
  constexpr std::size_t longest = 254;
  if (line.size() > longest)
    fail_line(number, "a line has at most 254 characters; this one has " + std::to_string(line.size()));
  for (std::size_t i = 0; i < line.size(); ++i)
    if ((line[i] < ' ' || line[i] > '~') && line[i] != '\t')
      fail_line(number, "column " + std::to_string(i + 1) + ": only printable ASCII may stand in a message");
}

const KvnKey* find(std::span<const KvnKey> keys, std::string_view key) {
  const auto found = std::find_if(keys.begin(), keys.end(), [key](const KvnKey& k) { return k.key == key; });
  return found == keys.end() ? nullptr : &*found;
}

std::string in_quotes(std::string_view key) { return "'" + std::string(key) + "'"; }

}  // namespace

void KvnReader::advance() {
  while (const auto line = lines_.next()) {
    const std::string_view text = trimmed(*line);
    if (text.empty()) continue;
    require_plain(*line, lines_.number());
    line_ = {KvnLine::Kind::words, {}, text, lines_.number()};
    if (text == "COMMENT" || text.starts_with("COMMENT ") || text.starts_with("COMMENT\t")) {
      line_.kind = KvnLine::Kind::comment;
      line_.value = trimmed(text.substr(7));
    } else if (const std::size_t equals = text.find('='); equals != std::string_view::npos) {
      line_ = {KvnLine::Kind::assignment, trimmed(text.substr(0, equals)), trimmed(text.substr(equals + 1)),
               lines_.number()};
    }
    return;
  }
  line_ = {KvnLine::Kind::end, {}, {}, lines_.number() + 1};
}

KvnLine KvnReader::take() {
  const KvnLine taken = line_;
  advance();
  return taken;
}

std::vector<std::string> KvnReader::take_comments() {
  std::vector<std::string> comments;
  while (line_.kind == KvnLine::Kind::comment) comments.emplace_back(take().value);
  return comments;
}

void KvnReader::expect_word(std::string_view word) {
  if (is_word(word)) return void(take());
  const std::string found = line_.kind == KvnLine::Kind::end          ? "the message ends"
                            : line_.kind == KvnLine::Kind::assignment ? "there stands the keyword " + quoted(line_.key)
                                                                      : "there stands " + quoted(line_.value);
  fail_line(line_.number, std::string(word) + " must come here; " + found);
}

KvnBlock::KvnBlock(KvnReader& reader, std::string_view what, std::span<const KvnKey> keys) : keys_(keys) {
  const KvnKey* last = nullptr;
  while (reader.ahead().kind == KvnLine::Kind::assignment) {
    const KvnKey* key = find(keys, reader.ahead().key);
    if (!key) break;
    const KvnLine line = reader.take();
    if (has(key->key)) fail_line(line.number, in_quotes(key->key) + " comes twice in the " + std::string(what));
    if (last && key < last)
      fail_line(line.number,
                in_quotes(key->key) + " must stand before " + in_quotes(last->key) + " in the " + std::string(what));
    if (line.value.empty()) fail_line(line.number, in_quotes(key->key) + " has no value");
    fields_[key->key] = {std::string(line.value), line.number};
    last = key;
  }
  for (const KvnKey& key : keys)
    if (key.required && !has(key.key)) {
      const KvnLine& there = reader.ahead();
      const bool other = there.kind == KvnLine::Kind::assignment;
      fail_line(there.number, in_quotes(key.key) + " is missing in the " + std::string(what) +
                                  (other ? "; there stands the keyword " + quoted(there.key) : ""));
    }
}

std::string KvnBlock::text(std::string_view key) const {
  const auto found = fields_.find(key);
  return found == fields_.end() ? std::string() : found->second.value;
}

std::size_t KvnBlock::line(std::string_view key) const {
  const auto found = fields_.find(key);
  return found == fields_.end() ? 0 : found->second.line;
}

double KvnBlock::number(std::string_view key) const {
  const KvnField& field = fields_.at(key);
  std::string_view value = field.value;
  const KvnKey& spec = *find(keys_, key);
  if (value.ends_with(']')) {
    const std::size_t open = value.rfind('[');
    const std::string_view unit =
        open == std::string_view::npos ? value : trimmed(value.substr(open + 1, value.size() - open - 2));
    if (unit != spec.unit)
      fail_line(field.line, in_quotes(key) + " is in [" + std::string(spec.unit) + "]; there stands " + quoted(value));
    value = trimmed(value.substr(0, open));
  }
  const auto number = shifted_number(value, spec.shift);
  if (!number) fail_line(field.line, in_quotes(key) + " must be a number; it is " + quoted(value));
  return *number;
}

double KvnBlock::time(std::string_view key, TimeScale scale) const {
  const KvnField& field = fields_.at(key);
  return kvn_time(field.value, scale, field.line);
}

double kvn_time(std::string_view text, TimeScale scale, std::size_t line) {
  try {
    if (text.find('T') == std::string_view::npos || std::count(text.begin(), text.end(), ':') != 2)
      throw std::invalid_argument(quoted(text) +
                                  " is no date; it must look like 2000-01-01T12:00:00.000 or 2000-001T12:00:00");
    return seconds_past_j2000(parse_calendar_time(text), scale);
  } catch (const std::invalid_argument& e) {
    fail_line(line, e.what());
  } catch (const std::domain_error& e) {
    fail_line(line, e.what());
  }
}

TimeScale kvn_time_system(std::string_view text, std::size_t line) {
  for (const TimeScale scale : {TimeScale::utc, TimeScale::tai, TimeScale::tt, TimeScale::tdb, TimeScale::gps})
    if (name(scale) == text) return scale;
  fail_line(line, "the time system must be one of UTC, TAI, TT, TDB and GPS to be read here; it is " + quoted(text));
}

double kvn_number(std::string_view text, int shift, std::size_t line) {
  const auto number = shifted_number(text, shift);
  if (!number) fail_line(line, quoted(text) + " is no number");
  return *number;
}

std::vector<std::string_view> words_of(std::string_view line) {
  std::vector<std::string_view> words;
  for (std::string_view rest = trimmed(line); !rest.empty(); rest = trimmed(rest)) {
    const std::size_t end = std::min(rest.find_first_of(" \t"), rest.size());
    words.push_back(rest.substr(0, end));
    rest.remove_prefix(end);
  }
  return words;
}

std::string kvn_line(std::string_view key, std::string_view value) {
  return std::string(key) + " = " + std::string(value) + "\n";
}

std::string kvn_comments(const std::vector<std::string>& comments) {
  std::string text;
  for (const std::string& comment : comments) text += comment.empty() ? "COMMENT\n" : "COMMENT " + comment + "\n";
  return text;
}

std::string kvn_date(double tt, TimeScale scale, int decimals) {
  return text_of(calendar_time(tt, scale, decimals), decimals);
}

}  // namespace orrery::orbital

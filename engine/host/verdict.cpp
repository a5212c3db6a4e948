// What a scan found out about a plugin file, and its form on one line of text.
// SPDX-License-Identifier: Apache-2.0
#include "engine/host/verdict.hpp"

#include <algorithm>

#include "engine/base/text.hpp"

namespace orrery::host {
namespace {

constexpr std::string_view ok = "ok", refused = "refused", note = "note ", help = "help ";

std::optional<base::ErrorCode> code_of(std::string_view name) {
  const auto& codes = base::all_error_codes();
  const auto found =
      std::find_if(codes.begin(), codes.end(), [&](base::ErrorCode code) { return name_of(code) == name; });
  return found == codes.end() ? std::nullopt : std::optional(*found);
}

}  // namespace

base::Error joined(base::Errors errors) {
  base::Error first = std::move(errors.front());
  for (std::size_t i = 1; i < errors.size(); ++i) first.notes.push_back("also " + errors[i].message);
  return first;
}

std::string to_line(const Verdict& verdict) {
  std::string line;
  const auto add = [&](std::string_view tag, std::string_view text) {
    if (!line.empty()) line += '\t';
    line += tag;
    line += base::printable(text);
  };
  if (verdict.good()) {
    add(ok, "");
    add("", verdict.plugin);
    return line;
  }
  add(refused, "");
  add("", base::name_of(verdict.error->code));
  add("", verdict.error->message);
  for (const std::string& text : verdict.error->notes) add(note, text);
  for (const std::string& text : verdict.error->helps) add(help, text);
  return line;
}

std::optional<Verdict> verdict_of_line(std::string_view line) {
  const auto fields = fields_of(line);
  if (fields.size() == 2 && fields[0] == ok) return Verdict{std::string(fields[1]), std::nullopt};
  if (fields.size() < 3 || fields[0] != refused) return std::nullopt;
  const auto code = code_of(fields[1]);
  if (!code) return std::nullopt;
  base::Error error(*code, std::string(fields[2]));
  for (std::size_t i = 3; i < fields.size(); ++i) {
    if (fields[i].starts_with(note)) error.notes.emplace_back(fields[i].substr(note.size()));
    else if (fields[i].starts_with(help)) error.helps.emplace_back(fields[i].substr(help.size()));
    else return std::nullopt;
  }
  return Verdict{"", std::move(error)};
}

std::vector<std::string_view> fields_of(std::string_view line) {
  std::vector<std::string_view> fields;
  for (;;) {
    const std::size_t end = line.find('\t');
    fields.push_back(line.substr(0, end));
    if (end == std::string_view::npos) return fields;
    line.remove_prefix(end + 1);
  }
}

}  // namespace orrery::host

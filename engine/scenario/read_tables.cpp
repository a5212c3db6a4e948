// Reads the top-level tables, and of them all but steps and expectations.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <functional>

#include "engine/base/text.hpp"
#include "engine/scenario/names.hpp"
#include "engine/scenario/reader.hpp"

namespace orrery::scenario {
namespace {

using base::ErrorCode;

/// The name is also that of a folder, so it must be harmless as one.
bool is_run_name(const std::string& name) {
  const bool good =
      std::all_of(name.begin(), name.end(), [](char c) { return is_name_part(c) || c == '-' || c == '.'; });
  return good && !name.empty() && name.size() <= 100 && name[0] != '.' && name[0] != '-';
}

void read_name(const Member& member, Reading& reading) {
  const auto name = want_text(member, reading.errors);
  if (!name) return;
  reading.scenario.name = *name;
  if (is_run_name(*name)) return;
  const std::string shown = name->size() > 80 ? name->substr(0, 80) + "..." : *name;
  reading.errors.push_back(base::Error(ErrorCode::bad_name, "'" + shown + "' cannot be the name of a scenario")
                               .at(member.node.span)
                               .note("a folder of results is called so: letters, digits, '_', '-' and '.', at most "
                                     "100, a letter or digit first"));
}

void read_seed(const Member& member, Reading& reading) {
  const auto* seed = std::get_if<std::int64_t>(&member.node.value);
  if (!seed) return report_wrong_type(member, "a whole number", reading.errors);
  reading.scenario.seed = static_cast<std::uint64_t>(*seed);
  if (*seed >= 0) return;
  reading.errors.push_back(
      base::Error(ErrorCode::out_of_range, "'seed' must be at least 0; it is " + std::to_string(*seed))
          .at(member.node.span));
}

void read_head(const Member& table, Reading& reading) {
  if (!want_table(table, "[scenario]", reading.errors)) return;
  for (const Member& member : table.node.table()) {
    if (member.key == "name") {
      read_name(member, reading);
    } else if (member.key == "seed") {
      read_seed(member, reading);
    } else if (member.key == "title") {
      reading.scenario.title = want_text(member, reading.errors).value_or("");
    } else if (member.key == "doc") {
      reading.scenario.doc = want_text(member, reading.errors).value_or("");
    } else {
      report_unknown_key(member, "[scenario]", scenario_keys(), reading.errors);
    }
  }
}

void read_plugins(const Member& table, Reading& reading) {
  if (!want_table(table, "[plugins]", reading.errors)) return;
  for (const Member& member : table.node.table()) {
    if (!contains(plugins_keys(), member.key)) {
      report_unknown_key(member, "[plugins]", plugins_keys(), reading.errors);
    } else {
      report_later(member.key_span, "'" + member.key + "' of [plugins]", reading.errors);
    }
  }
}

bool is_taken(const Member& member, base::Errors& errors) {
  const auto& all = functions();
  const bool function = std::any_of(all.begin(), all.end(), [&](const Function& f) { return f.name == member.key; });
  const bool word = member.key == "and" || member.key == "or" || member.key == "not";
  if (!function && !word && !is_constant(member.key)) return false;
  const std::string what = function ? "a function" : word ? "an operator" : "a constant";
  errors.push_back(base::Error(ErrorCode::bad_name, "'" + member.key + "' cannot be a name of [let]")
                       .at(member.key_span, "in expressions this is " + what));
  return true;
}

void read_let(const Member& member, Reading& reading) {
  if (!want_name(member, "a value of [let]", false, reading.errors) || is_taken(member, reading.errors)) return;
  Let let{member.key, member.key_span, {}};
  if (want_term(member.node, let.value, reading.errors)) reading.scenario.lets.push_back(std::move(let));
}

void read_record(const Member& member, Reading& reading) {
  if (!want_name(member, "a record", false, reading.errors)) return;
  Record record{member.key, member.key_span, {}};
  if (!want_term(member.node, record.value, reading.errors)) return;
  const Term::Kind kind = record.value.kind;
  const bool computed = kind == Term::Kind::reference || kind == Term::Kind::expression;
  if (!computed) return report_wrong_type(member, "a wire or an expression", reading.errors);
  reading.scenario.records.push_back(std::move(record));
}

void read_saved(const Member& member, const Node& text, Reading& reading) {
  Term term;
  if (!want_term(text, term, reading.errors)) return;
  if (term.kind == Term::Kind::reference) {
    reading.scenario.saves.push_back({std::move(term.reference)});
    return;
  }
  base::Error error = base::Error(ErrorCode::wrong_type, "'" + member.key + "' of [save] lists wires")
                          .at(text.span, "expected \"@STEP.OUTPUT\"");
  if (term.kind == Term::Kind::expression) error.helps.push_back("give the expression a name in [record]");
  reading.errors.push_back(std::move(error));
}

void read_save(const Member& table, Reading& reading) {
  if (!want_table(table, "[save]", reading.errors)) return;
  for (const Member& member : table.node.table()) {
    if (!contains(save_keys(), member.key)) {
      report_unknown_key(member, "[save]", save_keys(), reading.errors);
      continue;
    }
    for (const Node* text : want_texts(member, reading.errors)) read_saved(member, *text, reading);
  }
}

void read_limits(const Member& table, Reading& reading) {
  if (!want_table(table, "[limits]", reading.errors)) return;
  for (const Member& member : table.node.table()) {
    if (contains(limits_keys(), member.key)) {
      report_later(member.key_span, "'" + member.key + "' of [limits]", reading.errors);
    } else {
      report_unknown_key(member, "[limits]", limits_keys(), reading.errors);
    }
  }
}

using ReadOne = void (*)(const Member&, Reading&);

void read_each(const Member& table, Reading& reading, const std::string& owner, ReadOne read) {
  if (!want_table(table, owner, reading.errors)) return;
  for (const Member& member : table.node.table()) read(member, reading);
}

/// A key that belongs in [scenario] is often written above all tables.
void report_unknown_table(const Member& member, Reading& reading) {
  const bool table = member.node.is_table() ||
                     (member.node.is_array() && !member.node.array().empty() && member.node.array().front().is_table());
  const std::string shown = table ? "[" + member.key + "]" : "'" + member.key + "'";
  base::Error error =
      base::Error(ErrorCode::unknown_table, table ? "there is no table " + shown : "a scenario has no key " + shown)
          .at(member.key_span);
  if (!table && contains(scenario_keys(), member.key)) {
    error.labels.front().text = "belongs in [scenario]";
  } else if (const auto near = base::nearest(member.key, top_level_keys())) {
    error.labels.front().text = "did you mean '" + *near + "'?";
    error.suggestions.push_back({member.key_span, *near});
  }
  error.notes.push_back("tables of a scenario: " + base::join(std::span(top_level_keys()).subspan(2)));
  reading.errors.push_back(std::move(error));
}

void read_table(const Member& member, Reading& reading) {
  const std::string& key = member.key;
  if (key == "orrery") return;
  if (key == "scenario") return read_head(member, reading);
  if (key == "plugins") return read_plugins(member, reading);
  if (key == "let") return read_each(member, reading, "[let]", read_let);
  if (key == "step") {
    if (member.node.is_table()) reading.scenario.steps.reserve(member.node.table().size());
    return read_each(member, reading, "[step.NAME]", [](const Member& step, Reading& into) {
      read_step(step, "step", into.scenario.steps, into.errors);
    });
  }
  if (key == "loop") return read_each(member, reading, "[loop.NAME]", read_loop);
  if (key == "record") return read_each(member, reading, "[record]", read_record);
  if (key == "expect") return read_each(member, reading, "[expect.NAME]", read_expectation);
  if (key == "plot") return read_each(member, reading, "[plot.NAME]", read_plot);
  if (key == "probe") return read_each(member, reading, "[probe.NAME]", read_probe);
  if (key == "observe") return read_each(member, reading, "[observe.NAME]", read_observer);
  if (key == "source") return read_each(member, reading, "[source.NAME]", read_source);
  if (key == "save") return read_save(member, reading);
  if (key == "limits") return read_limits(member, reading);
  if (contains(later_tables(), key)) return report_later(member.key_span, "[" + key + "]", reading.errors);
  report_unknown_table(member, reading);
}

}  // namespace

void read_tables(const Node& merged, Reading& reading) {
  for (const Member& member : merged.table()) read_table(member, reading);
}

}  // namespace orrery::scenario

// orrery show: a stored run, or one value of it.
// SPDX-License-Identifier: Apache-2.0
#include "engine/cli/verbs.hpp"
#include "engine/report/stored.hpp"
#include "engine/report/summary.hpp"
#include "engine/store/store.hpp"

namespace orrery::cli {
namespace {

/// What was saved of an output, where the whole of it was not.
int show_parts(const Session& session, const store::StoredRun& run, const std::vector<std::string>& parts) {
  const std::string& name = session.arguments().value;
  if (session.arguments().json) return session.print(report::stored_parts_json(run, name, parts));
  const auto text = report::stored_parts_text(run, parts);
  if (!text) return session.refuse(text.errors(), exit_code::usage);
  const int code = session.print(*text);
  session.suggest("orrery show " + session.arguments().name + " " + quoted_wire(parts.front()));
  return code;
}

int show_value(const Session& session, const store::StoredRun& run) {
  const std::string& name = session.arguments().value;
  if (const auto parts = report::stored_parts(run, name); !parts.empty()) return show_parts(session, run, parts);
  const auto value = report::stored_value(run, name);
  if (!value) return session.refuse(value.errors(), exit_code::usage);
  return session.print(session.arguments().json ? report::stored_value_json(run, name, *value)
                                                : report::stored_value_text(name, *value));
}

}  // namespace

int show_verb(const Session& session) {
  const auto run = store::open_run(session.arguments().name);
  if (!run) return session.refuse(run.errors(), exit_code::usage);
  if (!session.arguments().value.empty()) return show_value(session, *run);
  const report::RunView view = report::view_of(*run);
  if (session.arguments().json) return session.print(report::summary_json(view));
  const int code = session.print(report::stored_summary_text(view, session.paint()));
  if (!run->saved.empty())
    session.suggest("orrery show " + session.arguments().name + " " + quoted_wire(run->saved.front()));
  return code;
}

}  // namespace orrery::cli

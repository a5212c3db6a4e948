// orrery show: a stored run, or one value of it.
// SPDX-License-Identifier: Apache-2.0
#include "engine/cli/verbs.hpp"
#include "engine/report/stored.hpp"
#include "engine/report/summary.hpp"
#include "engine/store/store.hpp"

namespace orrery::cli {
namespace {

int show_value(const Session& session, const store::StoredRun& run) {
  const std::string& name = session.arguments().value;
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
  if (!run->saved.empty()) session.suggest("orrery show " + session.arguments().name + " @" + run->saved.front());
  return code;
}

}  // namespace orrery::cli

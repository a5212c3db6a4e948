// orrery explain: a page on an error code.
// SPDX-License-Identifier: Apache-2.0
#include "engine/base/text.hpp"
#include "engine/cli/verbs.hpp"
#include "engine/report/explain.hpp"

namespace orrery::cli {

int explain_verb(const Session& session) {
  const std::string& name = session.arguments().name;
  const bool json = session.arguments().json;
  if (name.empty()) return session.print(json ? report::codes_json() : report::codes_text(session.paint()));
  const auto code = report::code_named(name);
  if (code) return session.print(json ? report::explain_json(*code) : report::explain_text(*code, session.paint()));
  base::Error error(base::ErrorCode::usage, "there is no error code '" + base::printable(name) + "'");
  const auto near = base::nearest(name, report::code_names());
  error.helps.push_back(near ? "did you mean '" + *near + "'?" : "orrery explain lists them");
  return session.refuse({std::move(error)}, exit_code::usage);
}

}  // namespace orrery::cli

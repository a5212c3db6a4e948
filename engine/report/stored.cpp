// One value of a stored run.
// SPDX-License-Identifier: Apache-2.0
#include "engine/report/stored.hpp"

#include <algorithm>

#include "engine/base/text.hpp"
#include "engine/plan/evaluate.hpp"
#include "engine/report/value_json.hpp"
#include "engine/report/value_text.hpp"
#include "engine/scenario/expression.hpp"

namespace orrery::report {
namespace {

using base::Error;
using base::ErrorCode;
using base::Result;

std::vector<std::string> kept_names(const store::StoredRun& run) {
  std::vector<std::string> names = run.saved;
  for (const run::NamedValue& record : run.records) names.push_back(record.name);
  return names;
}

Error not_kept(const store::StoredRun& run, const std::string& name) {
  const std::vector<std::string> names = kept_names(run);
  Error error(ErrorCode::unknown_output, "this run kept no value '" + base::printable(name) + "'");
  if (const auto near = base::nearest(name, names)) error.helps.push_back("did you mean '" + *near + "'?");
  if (names.empty()) return std::move(error).help("name values in [record] or [save] and run again");
  return std::move(error).note("kept: " + base::join(names));
}

Result<value::Value> kept_value(const store::StoredRun& run, const std::string& name) {
  for (const run::NamedValue& record : run.records) {
    if (record.name == name) return record.value;
  }
  if (std::find(run.saved.begin(), run.saved.end(), name) == run.saved.end()) return not_kept(run, name);
  return store::load_saved(run, name);
}

bool is_kept(const store::StoredRun& run, const std::string& name) {
  const auto names = kept_names(run);
  return std::find(names.begin(), names.end(), name) != names.end();
}

/// What was typed as a node, so that errors point into it.
scenario::Node typed(const std::string& wanted) {
  scenario::Node node;
  node.value = wanted;
  node.content = 0;
  const auto source = std::make_shared<const base::Source>(base::Source{"<command line>", wanted});
  node.span = {source, 1, 1, static_cast<std::uint32_t>(wanted.size()) + 1};
  return node;
}

/// What a wire selects of a value.
Result<value::Value> selected(value::Value value, const scenario::Reference& reference) {
  // On the signature first, where a selection that has too many axes is told from one that fits.
  plan::Operand known{plan::signature_of(value), std::nullopt};
  if (auto fits = plan::select(known, reference); !fits) return std::move(fits).errors();
  known.value = std::move(value);
  auto part = plan::select(std::move(known), reference);
  if (!part) return std::move(part).errors();
  ORRERY_ASSERT(part->value);
  return std::move(*part->value);
}

}  // namespace

Result<value::Value> stored_value(const store::StoredRun& run, const std::string& wanted) {
  const std::size_t marker = wanted.starts_with('@') ? 1 : 0;
  const std::string name = wanted.substr(marker);
  if (is_kept(run, name)) return kept_value(run, name);
  const std::string stem = name.substr(0, name.find('['));
  const bool saved = std::find(run.saved.begin(), run.saved.end(), stem) != run.saved.end();
  if (!saved && is_kept(run, stem)) {
    return Error(ErrorCode::bad_selector, "'" + stem + "' is one value, of which nothing can be selected");
  }
  auto reference = scenario::parse_reference(name, typed(wanted), marker);
  if (!reference && saved) return std::move(reference).errors();
  if (!reference) return not_kept(run, name);
  auto value = kept_value(run, reference->step + "." + reference->output);
  if (!value) return value;
  return selected(std::move(*value), *reference);
}

std::string stored_value_text(const std::string& name, const value::Value& value) {
  return base::printable(name) + "  " + value_text(value);
}

std::string stored_value_json(const store::StoredRun& run, const std::string& name, const value::Value& value) {
  Json json = {{"run", run.path.string()}, {"name", name}};
  json.update(value_json(value));
  return store::dump(json) + "\n";
}

}  // namespace orrery::report

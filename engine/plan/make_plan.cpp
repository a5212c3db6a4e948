// From a scenario and a catalog to a plan.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "engine/plan/bind_expectation.hpp"
#include "engine/plan/bind_plot.hpp"
#include "engine/plan/binder.hpp"
#include "engine/plan/order.hpp"
#include "engine/plan/plan.hpp"

namespace orrery::plan {
namespace {

using base::Error;
using base::ErrorCode;

class Planner {
 public:
  Planner(scenario::Scenario scenario, const catalog::Catalog& catalog, const PlanOptions& options)
      : plan_{.scenario = std::move(scenario)},
        binder_(plan_.scenario, catalog, options),
        question_(options.question) {}

  base::Result<Plan> make() {
    binder_.bind_all(plan_.steps);
    for (const scenario::Record& record : plan_.scenario.records) bind_record(record);
    for (const scenario::Save& save : plan_.scenario.saves) bind_save(save);
    if (question_) save_targets();
    else save_probes();
    for (const scenario::Expectation& expectation : plan_.scenario.expectations)
      if (auto planned = bind_expectation(binder_, expectation)) plan_.expectations.push_back(std::move(*planned));
    for (const scenario::Plot& plot : plan_.scenario.plots)
      if (auto planned = bind_plot(binder_, plot)) plan_.plots.push_back(std::move(*planned));
    if (!binder_.errors().empty()) return sorted();
    plan_.lets = binder_.lets().in_order();
    plan_.slot_count = binder_.slot_count();
    plan_.given = binder_.given();
    plan_.files = binder_.files();
    warn_of_nothing();
    return std::move(plan_);
  }

 private:
  void warn_of_nothing() {
    if (!plan_.steps.empty() || question_) return;
    Error warning(ErrorCode::no_steps, "there are no steps, so nothing is run");
    const auto& members = plan_.scenario.merged.table();
    if (!members.empty()) warning.at(members.front().key_span);
    plan_.warnings.push_back(std::move(warning));
  }

  void bind_record(const scenario::Record& record) {
    auto source = binder_.free_source(record.value);
    if (!source) return;
    const auto& shape = source->signature.shape;
    if (source->signature.kind == catalog::Kind::table || (shape && !shape->empty()))
      return binder_.errors().push_back(
          Error(ErrorCode::wrong_shape,
                "record '" + record.name + "' is one number or text, not " + source->signature.text())
              .at(source->span)
              .help("reduce it in an expression, or write it with [save]"));
    plan_.records.push_back({record.name, std::move(*source)});
  }

  void save_targets() {
    for (const scenario::Question::Target& target : question_->targets)
      if (auto source = binder_.free_source(target.term)) plan_.saves.push_back({target.name, std::move(*source)});
  }

  /// What somebody watches is kept.
  void save_probes() {
    for (const PlannedStep& step : plan_.steps) {
      if (!step.probe) continue;
      for (const catalog::Port& output : step.operation->facts().outputs) {
        const bool one = output.name == "tap" && step.probe->taps.size() == 1;
        if (one || output.name == "count") continue;
        scenario::Reference reference;
        reference.step = step.name;
        reference.output = output.name;
        reference.span = reference.step_span = reference.output_span = step.span;
        bind_save({std::move(reference)});
      }
    }
  }

  void bind_save(const scenario::Save& save) {
    auto source = binder_.source(save.reference);
    if (!source) return;
    std::string name = scenario::to_text(save.reference);
    const auto same = [&](const PlannedSave& other) { return other.name == name; };
    if (std::any_of(plan_.saves.begin(), plan_.saves.end(), same)) return;
    plan_.saves.push_back({std::move(name), std::move(*source)});
  }

  base::Errors sorted() {
    std::vector<std::string> names{plan_.scenario.file.string()};
    for (const auto& file : plan_.scenario.files) names.push_back(file.string());
    scenario::sort_errors(binder_.errors(), names);
    return std::move(binder_.errors());
  }

  Plan plan_;
  Binder binder_;
  const scenario::Question* question_;
};

}  // namespace

base::Result<Plan> make_plan(scenario::Scenario scenario, const catalog::Catalog& catalog, const PlanOptions& options) {
  return Planner(std::move(scenario), catalog, options).make();
}

}  // namespace orrery::plan

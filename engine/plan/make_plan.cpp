// From a scenario and a catalog to a plan.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "engine/plan/binder.hpp"
#include "engine/plan/order.hpp"
#include "engine/plan/plan.hpp"

namespace orrery::plan {
namespace {

using base::Error;
using base::ErrorCode;
using catalog::Port;
using scenario::Expectation;
using value::DType;

constexpr value::DTypeMask mask(DType type) { return static_cast<value::DTypeMask>(type); }

/// A port for values that no operation takes: records, and both sides of an expectation.
Port free_port(const std::string& name, value::DTypeMask dtypes) {
  Port port;
  port.name = name;
  port.dtypes = dtypes;
  port.unit.any = true;
  port.shape.any = true;
  return port;
}

constexpr value::DTypeMask numeric = mask(DType::f64) | mask(DType::f32) | mask(DType::c128) | mask(DType::i64) | mask(DType::boolean);
constexpr value::DTypeMask real = mask(DType::f64) | mask(DType::f32) | mask(DType::i64);

class Planner {
 public:
  Planner(scenario::Scenario scenario, const catalog::Catalog& catalog, const PlanOptions& options)
      : plan_{std::move(scenario), {}, {}, 0, {}, {}, {}, {}, {}}, binder_(plan_.scenario, catalog, options) {}

  base::Result<Plan> make() {
    bind_steps();
    for (const scenario::Record& record : plan_.scenario.records) bind_record(record);
    for (const scenario::Save& save : plan_.scenario.saves) bind_save(save);
    for (const Expectation& expectation : plan_.scenario.expectations) bind_expectation(expectation);
    if (!binder_.errors().empty()) return sorted(std::move(binder_.errors()));
    plan_.lets = binder_.lets().in_order();
    plan_.slot_count = binder_.slot_count();
    plan_.files = binder_.files();
    return std::move(plan_);
  }

 private:
  void bind_steps() {
    std::vector<std::string> names;
    for (const scenario::Step& step : plan_.scenario.steps) names.push_back(step.name);
    const std::vector<Need> needs = binder_.needs();
    Order order = order_steps(names, needs);
    add(binder_.errors(), std::move(order.errors));
    std::vector<std::size_t> position(names.size());
    for (const std::size_t step : order.steps) {
      position[step] = plan_.steps.size();
      plan_.steps.push_back(binder_.bind(step));
      for (const Need& need : needs)
        if (need.needs == step) plan_.steps.back().after.push_back(position[need.made_by]);
    }
  }

  /// A record or a side of an expectation may be a number, a text or a truth value.
  std::optional<Source> free_source(const scenario::Term& term, const std::string& name) {
    if (term.kind == scenario::Term::Kind::reference) return binder_.source(term.reference);
    Port port = free_port(name, numeric);
    if (term.kind == scenario::Term::Kind::text && !looks_numeric(term)) port.kind = catalog::Kind::text;
    return binder_.source(term, {port, std::nullopt, name});
  }
  static bool looks_numeric(const scenario::Term& term);

  void bind_record(const scenario::Record& record) {
    auto source = free_source(record.value, record.name);
    if (!source) return;
    const auto& shape = source->signature.shape;
    if (source->signature.kind == catalog::Kind::table || (shape && !shape->empty()))
      return binder_.errors().push_back(
          Error(ErrorCode::wrong_shape, "record '" + record.name + "' is one number or text, not " + source->signature.text())
              .at(source->span)
              .help("reduce it in an expression, or write it with [save]"));
    plan_.records.push_back({record.name, std::move(*source)});
  }

  void bind_save(const scenario::Save& save) {
    auto source = binder_.source(save.reference);
    if (!source) return;
    std::string name = save.reference.step + "." + save.reference.output;
    for (const auto& group : save.reference.selections)
      for (const scenario::Selector& selector : group) name += selection_text(selector);
    const auto same = [&](const PlannedSave& other) { return other.name == name; };
    if (std::any_of(plan_.saves.begin(), plan_.saves.end(), same)) return;
    plan_.saves.push_back({std::move(name), std::move(*source)});
  }
  static std::string selection_text(const scenario::Selector& selector) {
    using Kind = scenario::Selector::Kind;
    if (selector.kind == Kind::column) return "." + selector.column;
    const auto number = [](const std::optional<std::int64_t>& i) { return i ? std::to_string(*i) : std::string(); };
    if (selector.kind == Kind::index) return "_" + number(selector.begin);
    return "_" + number(selector.begin) + "-" + number(selector.end) + (selector.step ? "-" + number(selector.step) : "");
  }

  void bind_expectation(const Expectation& given) {
    PlannedExpectation planned;
    planned.name = given.name;
    planned.why = given.why;
    planned.kind = given.kind;
    planned.ulps = given.ulps;
    planned.span = given.kind == Expectation::Kind::holds ? given.that.span : given.kind_span;
    auto that = free_source(given.that, "that");
    if (!that || !check_that(given, *that)) return;
    const Signature& signature = that->signature;
    bool sound = true;
    const auto side = [&](const scenario::Term& term, const char* name, bool tolerance) -> std::optional<Source> {
      auto source = bound_source(term, name, signature, tolerance);
      sound = sound && source;
      return source;
    };
    if (given.kind != Expectation::Kind::holds) planned.bound = side(given.bound, "bound", false);
    if (given.kind == Expectation::Kind::between) planned.upper = side(given.upper, "bound", false);
    if (given.atol) planned.atol = side(*given.atol, "atol", false);
    if (given.rtol) planned.rtol = side(*given.rtol, "rtol", true);
    planned.that = std::move(*that);
    if (sound) plan_.expectations.push_back(std::move(planned));
  }

  bool check_that(const Expectation& given, const Source& that) {
    const Signature& signature = that.signature;
    const bool truth = signature.kind == catalog::Kind::tensor && signature.dtypes == mask(DType::boolean);
    const bool ordered = signature.kind == catalog::Kind::tensor && (signature.dtypes & real);
    std::string wrong;
    if (given.kind == Expectation::Kind::holds && !truth)
      wrong = "without a bound, 'that' is a truth value; this is " + signature.text();
    if (given.kind != Expectation::Kind::holds && given.kind != Expectation::Kind::equals && !ordered)
      wrong = "only real numbers have an order; this is " + signature.text();
    if (signature.kind == catalog::Kind::table) wrong = "a table cannot be judged; select one of its columns";
    if (wrong.empty()) return true;
    binder_.errors().push_back(Error(ErrorCode::wrong_type, wrong).at(given.that.span));
    return false;
  }

  /// A bound has the dimension of what it bounds; a relative tolerance is a number.
  std::optional<Source> bound_source(const scenario::Term& term, const char* name, const Signature& that, bool relative) {
    Port port = free_port(name, relative ? real : numeric);
    port.kind = that.kind;
    std::optional<value::Unit> unit;
    if (relative) unit = value::Unit{};
    else if (that.unit_known) unit = that.unit;
    return binder_.source(term, {port, unit, name});
  }

  static base::Errors sorted(base::Errors errors) {
    const auto place = [](const Error& error) {
      if (error.labels.empty() || !error.labels.front().span) return std::tuple<std::string, std::uint32_t, std::uint32_t>{};
      const base::Span& span = error.labels.front().span;
      return std::tuple(span.source->name, span.line, span.column);
    };
    std::stable_sort(errors.begin(), errors.end(), [&](const Error& a, const Error& b) { return place(a) < place(b); });
    return errors;
  }

  Plan plan_;
  Binder binder_;
};

}  // namespace

bool Planner::looks_numeric(const scenario::Term& term) {
  return !term.escaped && !term.node.text().empty() &&
         std::string_view("+-.0123456789").find(term.node.text().front()) != std::string_view::npos;
}

base::Result<Plan> make_plan(scenario::Scenario scenario, const catalog::Catalog& catalog, const PlanOptions& options) {
  return Planner(std::move(scenario), catalog, options).make();
}

}  // namespace orrery::plan

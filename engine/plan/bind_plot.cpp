// Binding the values of a plot.
// SPDX-License-Identifier: Apache-2.0
#include "engine/plan/bind_plot.hpp"

#include <algorithm>

#include "engine/plan/wording.hpp"

namespace orrery::plan {
namespace {

using base::Error;
using base::ErrorCode;
using catalog::Kind;
using scenario::Term;
using value::DType;

constexpr value::DTypeMask drawable = value::mask_of(DType::f64) | value::mask_of(DType::f32) |
                                      value::mask_of(DType::i64) | value::mask_of(DType::boolean);

/// The user's own words, without the marker of an expression.
std::string name_of(const Term& term) {
  if (term.kind == Term::Kind::reference) return scenario::to_text(term.reference);
  std::string_view text = term.node.text();
  text.remove_prefix(std::min(text.size(), text.find_first_not_of("= \n")));
  return std::string(text.substr(0, text.find_last_not_of(" \n") + 1));
}

class Checker {
 public:
  explicit Checker(const PlannedPlot& plot) : plot_(plot) {}

  base::Errors check(const std::optional<Signature>& x, const std::vector<Signature>& y) {
    if (x) check_value(*x, *plot_.x, "x", 1);
    for (std::size_t i = 0; i < y.size(); ++i) check_value(y[i], plot_.y[i], "y", 2);
    if (!errors_.empty()) return std::move(errors_);
    for (std::size_t i = 1; i < y.size(); ++i)
      check_dimension(y[i], plot_.y[i], y[0], "all lines of a plot have one dimension");
    if (x && plot_.given.equal) check_dimension(*x, *plot_.x, y[0], "equal axes have one dimension");
    if (x)
      for (std::size_t i = 0; i < y.size(); ++i) check_length(*x, y[i], plot_.y[i]);
    check_count(y);
    return std::move(errors_);
  }

 private:
  std::string called() const { return "plot '" + plot_.given.name + "': "; }

  void refuse(ErrorCode code, const std::string& message, const base::Span& span, const std::string& label = "") {
    errors_.push_back(Error(code, called() + message).at(span, label));
  }

  void check_value(const Signature& signature, const Source& source, const std::string& key, std::size_t most_axes) {
    if (signature.kind != Kind::tensor || !(signature.dtypes & drawable)) {
      refuse(ErrorCode::wrong_type, "'" + key + "' is real numbers, not " + signature.text(), source.span);
      if (signature.kind == Kind::table) errors_.back().help("select one of its columns: \"@STEP.OUTPUT.COLUMN\"");
      else if (signature.dtypes & value::mask_of(DType::c128))
        errors_.back().help("wire it to an operation that makes real numbers of it");
      return;
    }
    if (!signature.shape || (!signature.shape->empty() && signature.shape->size() <= most_axes)) return;
    const std::string wanted = most_axes == 1 ? "is a list of numbers" : "is a list of numbers, or one line a column";
    refuse(ErrorCode::wrong_shape, "'" + key + "' " + wanted + ", not " + signature.text(), source.span);
    if (signature.shape->size() > most_axes)
      errors_.back().help("select from it: \"@STEP.OUTPUT[:,0]\" takes the first column of two axes");
  }

  void check_dimension(const Signature& one, const Source& source, const Signature& other, const std::string& rule) {
    if (!one.unit_known || !other.unit_known || one.unit.same_dimension(other.unit)) return;
    refuse(ErrorCode::wrong_dimension,
           rule + "; here are " + a_value_of(other.unit.dimension()) + " and " + a_value_of(one.unit.dimension()),
           source.span, "this is " + one.text());
    errors_.back().at(plot_.y[0].span, "this is " + other.text());
  }

  void check_length(const Signature& x, const Signature& y, const Source& source) {
    if (!x.shape || !y.shape || !x.shape->front() || !y.shape->front() || *x.shape->front() == *y.shape->front())
      return;
    refuse(ErrorCode::wrong_shape,
           "'x' has " + std::to_string(*x.shape->front()) + " numbers, 'y' has " + std::to_string(*y.shape->front()),
           source.span, "this is " + y.text());
    errors_.back().at(plot_.x->span, "this is " + x.text());
  }

  /// How many lines there are, and whether the labels are as many.
  void check_count(const std::vector<Signature>& y) {
    std::int64_t lines = 0;
    bool known = true;
    for (const Signature& signature : y) {
      const bool columns = signature.shape && signature.shape->size() == 2;
      known = known && signature.shape && (!columns || signature.shape->back());
      lines += columns ? signature.shape->back().value_or(0) : 1;
    }
    if (lines > most_plot_lines)
      refuse(ErrorCode::too_large,
             "a plot has at most " + std::to_string(most_plot_lines) + " lines; this has " + std::to_string(lines),
             plot_.given.name_span);
    const auto labels = static_cast<std::int64_t>(plot_.given.labels.size());
    if (!known || labels == 0 || labels == lines) return;
    refuse(ErrorCode::wrong_shape,
           "there are " + std::to_string(lines) + " lines, but " + std::to_string(labels) + " labels",
           plot_.given.labels_span);
  }

  const PlannedPlot& plot_;
  base::Errors errors_;
};

}  // namespace

base::Errors plot_problems(const PlannedPlot& plot, const std::optional<Signature>& x,
                           const std::vector<Signature>& y) {
  return Checker(plot).check(x, y);
}

std::optional<PlannedPlot> bind_plot(Binder& binder, const scenario::Plot& given) {
  PlannedPlot plot{given, {}, {}, {}, {}};
  bool sound = true;
  if (given.x) {
    sound = (plot.x = binder.free_source(*given.x)).has_value();
    plot.x_name = name_of(*given.x);
  }
  std::vector<Signature> signatures;
  for (const Term& term : given.y) {
    auto source = binder.free_source(term);
    sound = sound && source;
    if (!source) continue;
    signatures.push_back(source->signature);
    plot.y.push_back(std::move(*source));
    plot.names.push_back(name_of(term));
  }
  if (!sound) return std::nullopt;
  base::Errors problems = plot_problems(plot, plot.x ? std::optional(plot.x->signature) : std::nullopt, signatures);
  if (problems.empty()) return plot;
  add(binder.errors(), std::move(problems));
  return std::nullopt;
}

}  // namespace orrery::plan

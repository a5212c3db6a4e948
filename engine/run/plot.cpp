// From the values of a run to the lines of a plot.
// SPDX-License-Identifier: Apache-2.0
#include "engine/run/plot.hpp"

#include "engine/plan/bind_plot.hpp"

namespace orrery::run {
namespace {

using value::Tensor;

/// The last part of a wire: "energy" of "orbit.energy[:,0]"; empty for expressions.
std::string output_of(const scenario::Term& term) {
  return term.kind == scenario::Term::Kind::reference ? term.reference.output : std::string();
}

std::string with_unit(const std::string& name, const value::Unit& unit) {
  if (unit.is_number() && unit.factor() == 1.0) return name;
  return name + (name.empty() ? "" : " ") + "[" + unit.symbol() + "]";
}

/// What all lines have in common: the one there is, the output they share, or the dimension.
std::string common_name(const plan::PlannedPlot& planned, const value::Unit& unit) {
  if (planned.y.size() == 1) return planned.names.front();
  const std::string first = output_of(planned.given.y.front());
  bool shared = !first.empty();
  for (const scenario::Term& term : planned.given.y) shared = shared && output_of(term) == first;
  if (shared) return first;
  return unit.is_number() ? "" : value::dimension_name(unit.dimension());
}

/// One column of a tensor, or all of it.
std::vector<double> numbers(const Tensor& tensor, std::int64_t column, const value::Unit& unit) {
  const value::Conversion convert(tensor.unit(), unit);
  const std::int64_t columns = tensor.rank() == 2 ? tensor.shape()[1] : 1, rows = tensor.shape()[0];
  std::vector<double> result(static_cast<std::size_t>(rows));
  for (std::int64_t i = 0; i < rows; ++i) {
    const double number = tensor.number(i * columns + column);
    result[static_cast<std::size_t>(i)] = convert.is_identity() ? number : convert(number);
  }
  return result;
}

std::shared_ptr<const std::vector<double>> indices(std::size_t count) {
  auto made = std::make_shared<std::vector<double>>(count);
  for (std::size_t i = 0; i < count; ++i) (*made)[i] = static_cast<double>(i);
  return made;
}

const Tensor& tensor_of(const value::Value& value) { return std::get<Tensor>(value); }

class Maker {
 public:
  Maker(const plan::PlannedPlot& planned, const Tensor* x, const std::vector<value::Value>& y)
      : planned_(planned), x_(x), y_(y), unit_(tensor_of(y.front()).unit()) {}

  Plot make() {
    const scenario::Plot& given = planned_.given;
    Plot plot{given.name, given.title, given.doc, "", "", given.log_x, given.log_y, given.equal, given.style, {}};
    const value::Unit x_unit = !x_ ? value::Unit() : given.equal ? unit_ : x_->unit();
    plot.x_label = given.x_label.value_or(x_ ? with_unit(planned_.x_name, x_unit) : "index");
    plot.y_label = given.y_label.value_or(with_unit(common_name(planned_, unit_), unit_));
    if (x_) shared_x_ = std::make_shared<const std::vector<double>>(numbers(*x_, 0, x_unit));
    for (std::size_t i = 0; i < y_.size(); ++i) add_lines(i, plot.lines);
    return plot;
  }

 private:
  void add_lines(std::size_t index, std::vector<PlotLine>& into) const {
    const Tensor& tensor = tensor_of(y_[index]);
    const std::int64_t columns = tensor.rank() == 2 ? tensor.shape()[1] : 1;
    for (std::int64_t column = 0; column < columns; ++column) {
      PlotLine line{planned_.names[index], shared_x_, numbers(tensor, column, unit_)};
      if (!line.x) line.x = indices(line.y.size());
      if (tensor.rank() == 2) line.label += "[:," + std::to_string(column) + "]";
      if (!planned_.given.labels.empty()) line.label = planned_.given.labels[into.size()];
      into.push_back(std::move(line));
    }
  }

  const plan::PlannedPlot& planned_;
  const Tensor* x_;
  const std::vector<value::Value>& y_;
  value::Unit unit_;
  std::shared_ptr<const std::vector<double>> shared_x_;
};

}  // namespace

base::Result<Plot> make_plot(const plan::PlannedPlot& planned, const std::optional<value::Value>& x,
                             const std::vector<value::Value>& y) {
  std::vector<plan::Signature> signatures;
  for (const value::Value& value : y) signatures.push_back(plan::signature_of(value));
  auto problems = plan::plot_problems(planned, x ? std::optional(plan::signature_of(*x)) : std::nullopt, signatures);
  if (!problems.empty()) return problems;
  return Maker(planned, x ? &tensor_of(*x) : nullptr, y).make();
}

}  // namespace orrery::run

// Literals and defaults as values for a port.
// SPDX-License-Identifier: Apache-2.0
#include "engine/plan/literal.hpp"

#include "engine/base/text.hpp"
#include "engine/plan/fit.hpp"
#include "engine/plan/mended_quantity.hpp"
#include "engine/plan/wording.hpp"
#include "engine/value/quantity.hpp"

namespace orrery::plan {
namespace {

using base::Error;
using base::ErrorCode;
using base::Errors;
using base::Result;
using catalog::Port;
using scenario::Node;
using scenario::Term;
using value::DType;
using value::Tensor;
using value::Unit;

/// Seconds past J2000 of a TOML date, which stands in terrestrial time. Error: bad_quantity.
Result<double> toml_epoch(const std::string& written) {
  const std::string example = "write 2000-01-01T12:00:00, which is in terrestrial time";
  const Error bad(ErrorCode::bad_quantity, "'" + base::printable(written) + "' is not an epoch: ");
  const auto because = [&](const std::string& reason) {
    Error error = bad;
    error.message += reason;
    return std::move(error).help(example);
  };
  constexpr std::size_t day = 10, time = 11;
  if (written.size() < day || written[4] != '-') return because("the day is missing");
  if (written.size() < time + 1) return because("the time of day is missing");
  std::string text = written.substr(0, day) + "T" + written.substr(time);
  if (text.find_first_of("Zz+-", time) != std::string::npos)
    return because("it has an offset, which counts from UTC; only terrestrial time is supported");
  auto seconds = value::parse_epoch(text + " TT");
  return seconds ? std::move(*seconds) : because("it cannot be read");
}

/// Collects the elements of a literal, however deep its lists are.
class Collector {
 public:
  Collector(const Port& port, std::optional<Unit> unit) : port_(port), unit_(std::move(unit)) {}

  Result<Tensor> collect(const Term& term) {
    walk(term, 0);
    if (!errors_.empty()) return std::move(errors_);
    return tensor();
  }

 private:
  void walk(const Term& term, std::size_t depth) {
    if (term.kind != Term::Kind::list) return element(term, depth);
    if (shape_.size() <= depth) shape_.resize(depth + 1, -1);
    const auto count = static_cast<std::int64_t>(term.list.size());
    if (shape_[depth] == -1) shape_[depth] = count;
    else if (shape_[depth] != count)
      return fail(Error(ErrorCode::wrong_shape, "the rows of '" + port_.name + "' have different lengths"), term.span,
                  "this one has " + std::to_string(count) + ", others " + std::to_string(shape_[depth]));
    for (const Term& item : term.list) walk(item, depth + 1);
  }

  void element(const Term& term, std::size_t depth) {
    if (!depth_) depth_ = depth;
    if (*depth_ != depth)
      return fail(Error(ErrorCode::wrong_shape, "'" + port_.name + "' mixes numbers and lists"), term.span, "");
    const Node& node = term.node;
    if (term.kind == Term::Kind::text) return text(term, node.text());
    if (term.kind != Term::Kind::literal) return not_literal(term, depth);
    if (const auto* b = std::get_if<bool>(&node.value)) return boolean(term, *b);
    if (const auto* i = std::get_if<std::int64_t>(&node.value)) return whole(term, *i);
    if (const auto* x = std::get_if<double>(&node.value)) return number(term, *x);
    if (node.is_date()) return date(term, std::get<Node::Date>(node.value).text);
    fail(Error(ErrorCode::wrong_type,
               "'" + port_.name + "' wants " + port_.type_text() + ", not " + std::string(node.kind_name())),
         term.span, "");
  }

  void not_literal(const Term& term, std::size_t depth) {
    Error error(ErrorCode::wrong_type, depth > 0 ? "the list for '" + port_.name + "' holds numbers and quantities only"
                                                 : "'" + port_.name + "' wants " + port_.type_text() + ", not a file");
    if (depth > 0 && term.kind == Term::Kind::file)
      error.helps.push_back("one file gives a whole array: \"file:points.npy\" without brackets");
    else if (depth > 0) error.helps.push_back("a step of tensor.stack joins wires and expressions to one array");
    fail(std::move(error), term.span, "");
  }

  void boolean(const Term& term, bool value) {
    if (!value::accepts(port_.dtypes, DType::boolean))
      return fail(
          Error(ErrorCode::wrong_type, "'" + port_.name + "' wants " + port_.type_text() + ", not a truth value"),
          term.span, "");
    booleans_.push_back(value);
  }

  void whole(const Term& term, std::int64_t value) {
    if (!bare_number(term)) return;
    wholes_.push_back(value);
    // A port that has i64 keeps all digits, unless other elements have fractions; 2^53 is the end of what f64 holds.
    if (value > (1LL << 53) || value < -(1LL << 53)) beyond_f64_ = term.span;
    numbers_.push_back(static_cast<double>(value));
  }

  void number(const Term& term, double value) {
    if (bare_number(term)) numbers_.push_back(value);
  }

  /// False, with an error, when the port wants a unit or only truth values.
  bool bare_number(const Term& term) {
    if (port_.dtypes == static_cast<value::DTypeMask>(DType::boolean)) {
      fail(Error(ErrorCode::wrong_type, "'" + port_.name + "' wants true or false"), term.span, "");
      return false;
    }
    if (!unit_) {
      unit_ = Unit{};
      inferred_ = true;
    }
    if (unit_->is_number() && unit_->factor() == 1.0) return true;
    const std::string written = term.node.spelling() + " " + unit_->symbol();
    Error error(ErrorCode::missing_unit, "'" + port_.name + "' needs a unit");
    error.suggestions.push_back({term.span, "\"" + written + "\""});
    fail(std::move(error).note("a bare number is accepted only for values without dimension"), term.span,
         "write \"" + written + "\"");
    return false;
  }

  void text(const Term& term, const std::string& text) {
    if (port_.dtypes == static_cast<value::DTypeMask>(DType::boolean))
      return fail(Error(ErrorCode::wrong_type, "'" + port_.name + "' wants true or false, not a text"), term.span, "");
    if (const auto epoch = value::parse_epoch(text)) return epoch_value(term, *epoch);
    if (!unit_) {
      auto quantity = value::parse_quantity(text);
      if (!quantity) return failed_quantity(term, quantity.errors());
      unit_ = quantity->unit;
      inferred_ = true;
      numbers_.push_back(quantity->number);
      return;
    }
    auto number = value::parse_quantity_as(text, *unit_);
    if (number) numbers_.push_back(*number);
    else failed_quantity(term, number.errors());
  }

  void epoch_value(const Term& term, const Result<double>& seconds) {
    const Unit second = *value::parse_unit("s");
    if (!unit_ && seconds) unit_ = second;
    if (!unit_) return failed_quantity(term, seconds.errors());
    if (!unit_->same_dimension(second))
      return fail(Error(ErrorCode::wrong_dimension,
                        "'" + port_.name + "' is " + a_value_of(unit_->dimension()) + ", but this is a date"),
                  term.span, "a date is a time");
    if (!seconds) return failed_quantity(term, seconds.errors());
    numbers_.push_back(value::Conversion(second, *unit_)(*seconds));
  }

  /// A date of TOML has no time scale, and terrestrial time is the one of the format.
  void date(const Term& term, const std::string& written) {
    const bool only_truth = port_.dtypes == static_cast<value::DTypeMask>(DType::boolean);
    if (only_truth)
      return fail(Error(ErrorCode::wrong_type, "'" + port_.name + "' wants true or false, not a date"), term.span, "");
    epoch_value(term, toml_epoch(written));
  }

  void failed_quantity(const Term& term, const Errors& errors) {
    for (Error error : errors) {
      std::string label;
      if (error.code == ErrorCode::wrong_dimension) {
        auto quantity = value::parse_quantity(term.node.text());
        error.message = "'" + port_.name + "' is " + a_value_of(unit_->dimension()) + ", but '" +
                        base::printable(term.node.text()) + "' is " +
                        (quantity ? a_value_of(quantity->unit.dimension()) : std::string("something else"));
        error.helps.clear();
        label = unit_->is_number() ? "expected a number without a unit"
                                   : "expected a value in " + unit_->symbol() + " (or a unit that converts to it)";
        if (inferred_) error.notes.push_back("the first element says what all of a list are");
      } else if (error.code == ErrorCode::missing_unit) {
        error.message = "'" + port_.name + "' needs a unit";
      } else if (error.code == ErrorCode::bad_quantity) {
        error.message = "'" + port_.name + "': " + error.message;
        const bool text = term.kind == Term::Kind::text && !value::looks_like_quantity(term.node.text());
        if (text && depth_.value_or(0) > 0)
          error.notes.push_back("a list holds numbers, quantities and truth values, and no texts");
      }
      fail(std::move(error), term.span, label);
    }
  }

  void fail(Error error, const base::Span& span, const std::string& label) {
    errors_.push_back(std::move(error).at(span, label));
  }

  /// What only shows when all elements are there: holes, and kinds that do not mix.
  std::optional<Error> mixed() const {
    if (!booleans_.empty() && !numbers_.empty())
      return Error(ErrorCode::wrong_type, "'" + port_.name + "' mixes numbers and truth values");
    const auto count = value::checked_count(shape_);
    if (count != static_cast<std::int64_t>(booleans_.size() + numbers_.size()))
      return Error(ErrorCode::wrong_shape, "'" + port_.name + "' mixes numbers and lists");
    return std::nullopt;
  }

  Result<Tensor> tensor() {
    for (std::int64_t& extent : shape_) extent = std::max<std::int64_t>(extent, 0);
    if (auto error = mixed()) return std::move(*error);
    const Unit unit = unit_.value_or(Unit{});
    const bool only_truth = port_.dtypes == static_cast<value::DTypeMask>(DType::boolean);
    if (!booleans_.empty() || (only_truth && numbers_.empty())) return packed<bool>(booleans_, unit);
    const bool all_whole = wholes_.size() == numbers_.size() && !wholes_.empty();
    if (all_whole && value::accepts(port_.dtypes, DType::i64)) return packed<std::int64_t>(wholes_, unit);
    if (beyond_f64_)
      return Error(ErrorCode::lossy_conversion, "a whole number beyond 2^53 loses digits as f64").at(*beyond_f64_);
    return packed<double>(numbers_, unit);
  }
  template <class T, class Elements>
  Result<Tensor> packed(const Elements& elements, const Unit& unit) {
    Result<Tensor> made = Tensor::allocate(value::DTypeOf<T>::value, shape_, unit);
    if (made) std::copy(elements.begin(), elements.end(), made->data<T>());
    return made;
  }

  const Port& port_;
  std::optional<Unit> unit_;
  bool inferred_ = false;  ///< the unit is that of the first element
  value::Shape shape_;
  std::optional<std::size_t> depth_;
  std::vector<bool> booleans_;
  std::vector<std::int64_t> wholes_;
  std::vector<double> numbers_;
  std::optional<base::Span> beyond_f64_;
  Errors errors_;
};

Result<value::Value> text_value(const Term& term, const Port& port) {
  const bool is_text = term.kind == Term::Kind::text || term.kind == Term::Kind::file;
  if (!is_text)
    return Error(ErrorCode::wrong_type,
                 "'" + port.name + "' wants a text, not " +
                     (term.kind == Term::Kind::list ? "a list" : std::string(term.node.kind_name())))
        .at(term.span);
  auto fitted = fit(term.node.text(), port, Unit{});
  if (fitted) return fitted;
  Errors errors = std::move(fitted).errors();
  for (base::Suggestion& suggestion : errors.front().suggestions) {
    suggestion.span = term.span;
    errors.front().labels.push_back({term.span, "did you mean '" + suggestion.replacement + "'?"});
    suggestion.replacement = "\"" + suggestion.replacement + "\"";
  }
  return located(std::move(errors), term.span);
}

}  // namespace

Errors located(Errors errors, const base::Span& span, const std::string& label) {
  for (Error& error : errors) {
    if (error.labels.empty()) error.labels.push_back({span, label});
    for (base::Suggestion& suggestion : error.suggestions)
      if (!suggestion.span) suggestion.span = span;
  }
  return errors;
}

Result<value::Value> literal_value(const Term& term, const Port& port, const std::optional<Unit>& unit) {
  if (port.kind == catalog::Kind::text) return text_value(term, port);
  if (port.kind == catalog::Kind::table)
    return Error(ErrorCode::wrong_type, "'" + port.name + "' wants a table")
        .at(term.span, "write \"@step.output\" or \"file:data.csv\"");
  auto tensor = Collector(port, unit).collect(term);
  if (!tensor) return located(std::move(tensor).errors(), term.span);
  auto fitted = fit(*tensor, port, unit.value_or(tensor->unit()));
  if (!fitted) return located(std::move(fitted).errors(), term.span);
  return fitted;
}

Result<value::Value> default_value(const Port& port, const std::optional<Unit>& unit) {
  const std::string& text = *port.default_text;
  auto source = std::make_shared<base::Source>();
  source->name = "default of '" + port.name + "'";
  Term term;
  term.kind = Term::Kind::text;
  term.node.value = text;
  const bool list = text.starts_with('[') && port.kind == catalog::Kind::tensor;
  if (list || text == "true" || text == "false") {
    source->text = "value = " + text;
    auto root = scenario::parse_toml(source);
    if (!root) return std::move(root).errors();
    if (port.kind == catalog::Kind::tensor) {
      auto parsed = scenario::parse_term(*root->find("value"));
      if (!parsed) return std::move(parsed).errors();
      term = std::move(*parsed);
    }
  }
  // A bare number as default of a port whose unit follows another input counts in whatever unit that is.
  auto value = literal_value(term, port, port.unit.factors.empty() ? unit : std::nullopt);
  auto* tensor = value ? std::get_if<Tensor>(&*value) : nullptr;
  if (!tensor || !unit || port.unit.factors.empty()) return value;
  if (tensor->unit().same_scale(Unit{})) tensor->set_unit(*unit);
  auto fitted = fit(*tensor, port, *unit);
  if (!fitted) return std::move(fitted).errors();
  return fitted;
}

namespace {

/// A text of [let] that would be a quantity but for a slip of the pen.
Error slipped(const Term& term, const std::string& name, const std::string& mended) {
  const std::string text = base::printable(term.node.text());
  Error error(ErrorCode::bad_quantity, "'" + name + "' is neither a quantity nor clearly a text: '" + text + "'");
  error.suggestions.push_back({term.span, "\"" + mended + "\""});
  return std::move(error)
      .at(term.span, "did you mean \"" + mended + "\"?")
      .help("if a text is meant, write { text = \"" + text + "\" }");
}

}  // namespace

Result<value::Value> free_literal(const Term& term, const std::string& name) {
  Port port;
  port.name = name;
  port.dtypes = static_cast<value::DTypeMask>(DType::f64) | static_cast<value::DTypeMask>(DType::i64) |
                static_cast<value::DTypeMask>(DType::boolean);
  port.shape.any = true;
  if (term.kind == Term::Kind::text) {
    const std::string& text = term.node.text();
    const bool epoch = value::parse_epoch(text).has_value();
    if (const auto mended = mended_quantity(text); mended && !term.escaped) return slipped(term, name, *mended);
    if (term.escaped || !(epoch || value::looks_like_quantity(text))) return value::Value(text);
    if (!epoch) {
      auto quantity = value::parse_quantity(text);
      // Text that only begins like a number ("3rd run") is text; a number with a misspelt unit is an error.
      if (!quantity && quantity.error().code != ErrorCode::unknown_unit) return value::Value(text);
      if (!quantity) return located(std::move(quantity).errors(), term.span);
      return literal_value(term, port, value::si_unit(quantity->unit.dimension()));
    }
  }
  return literal_value(term, port, std::nullopt);
}

}  // namespace orrery::plan

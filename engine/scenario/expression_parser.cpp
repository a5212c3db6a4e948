// Expressions: a parser by precedence, of linear time and bounded depth.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cctype>
#include <charconv>

#include "engine/base/text.hpp"
#include "engine/scenario/expression.hpp"
#include "engine/scenario/lexer.hpp"
#include "engine/scenario/names.hpp"
#include "engine/scenario/reference_parser.hpp"
#include "engine/scenario/unit_error.hpp"

namespace orrery::scenario {
namespace {

using base::ErrorCode;
using Kind = Expression::Kind;

constexpr std::size_t max_length = 4000;
constexpr int max_depth = 100;

/// How tightly a binary operator binds; 0 if the token is none.
enum Level : int { none = 0, or_level, and_level, comparison, sum, product };

Level level_of(const Token& token) {
  if (token.is("or")) return or_level;
  if (token.is("and")) return and_level;
  if (token.kind != Token::Kind::symbol) return none;
  if (token.is("+") || token.is("-")) return sum;
  if (token.is("*") || token.is("/")) return product;
  const bool compares = token.spelling[0] == '<' || token.spelling[0] == '>' || token.is("==") || token.is("!=");
  return compares ? comparison : none;
}

std::optional<std::int64_t> whole_number(std::string_view spelling) {
  std::string digits(spelling);
  std::erase(digits, '_');
  std::int64_t number = 0;
  const auto [end, failure] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  const bool all = failure == std::errc() && end == digits.data() + digits.size();
  return all ? std::optional(number) : std::nullopt;
}

class Parser {
 public:
  Parser(std::string_view text, const Node& holder, std::size_t offset)
      : text_(text), holder_(holder), offset_(offset) {}

  base::Result<Expression> run() {
    Expression whole;
    advance();
    if (token_.kind == Token::Kind::end) {
      fail("the expression is empty", token_, "nothing stands after '='");
    } else if (parse_binary(whole, or_level) && token_.kind != Token::Kind::end) {
      fail_after_value();
    }
    if (!errors_.empty()) return std::move(errors_);
    return whole;
  }

 private:
  base::Span span(std::size_t begin, std::size_t end) const { return inside(holder_, offset_ + begin, offset_ + end); }
  void cover(Expression& node, std::size_t begin) { node.span = span(begin, last_end_); }

  void advance() {
    last_end_ = token_.end;
    token_ = next_token(text_, token_.end);
  }

  bool fail(std::string message, const Token& at, std::string label, std::string help = "") {
    errors_.push_back(
        base::Error(ErrorCode::bad_expression, std::move(message)).at(span(at.begin, at.end), std::move(label)));
    if (!help.empty()) errors_.back().helps.push_back(std::move(help));
    return false;
  }

  bool fail_faulty() { return fail(token_.message, token_, "", token_.help); }

  bool fail_after_value() {
    if (token_.kind == Token::Kind::faulty) return fail_faulty();
    if (token_.is(")")) return fail("this ')' closes nothing", token_, "");
    if (token_.is(",")) return fail("a ',' stands only between the arguments of a function", token_, "");
    return fail("an operator is missing before '" + std::string(source_of(token_)) + "'", token_,
                "expected + - * / ^ or a comparison");
  }

  bool fail_no_value() {
    if (token_.kind == Token::Kind::faulty) return fail_faulty();
    const std::string before = last_end_ > 0 ? " after '" + std::string(source_of(last_)) + "'" : "";
    const bool ends = token_.kind == Token::Kind::end;
    return fail("a value is missing" + before, token_, ends ? "the expression ends here" : "expected a value");
  }

  std::string_view source_of(const Token& token) const { return text_.substr(token.begin, token.end - token.begin); }

  void consume() {
    last_ = token_;
    advance();
  }

  bool enter() {
    if (++depth_ <= max_depth) return true;
    return fail("the expression nests more than 100 deep", token_, "here the limit is passed",
                "name a part of it in [let]");
  }

  bool parse_binary(Expression& left, Level lowest) {
    const std::size_t begin = token_.begin;
    if (!parse_operand(left, lowest)) return false;
    for (Level level = level_of(token_); level >= lowest; level = level_of(token_)) {
      const std::string op(token_.spelling);
      consume();
      Expression right;
      if (!parse_operand_above(right, level)) return false;
      left = join(op, std::move(left), std::move(right));
      cover(left, begin);
      if (level == comparison && level_of(token_) == comparison) return fail_chain();
    }
    return true;
  }

  bool parse_operand_above(Expression& right, Level level) {
    return parse_binary(right, static_cast<Level>(level + 1));
  }

  static Expression join(std::string op, Expression left, Expression right) {
    Expression node;
    node.kind = Kind::binary;
    node.text = std::move(op);
    node.operands.reserve(2);
    node.operands.push_back(std::move(left));
    node.operands.push_back(std::move(right));
    return node;
  }

  bool fail_chain() {
    return fail("comparisons cannot be chained", token_, "a second comparison", "write: a < b and b < c");
  }

  /// 'not' is looser than a comparison, so it may begin an operand only where one is wanted.
  bool parse_operand(Expression& node, Level lowest) {
    if (!token_.is("not")) return parse_unary(node);
    if (lowest > comparison) return fail("'not' needs parentheses here", token_, "", "write: (not a)");
    const std::size_t begin = token_.begin;
    consume();
    Expression operand;
    if (!enter() || !parse_binary(operand, comparison)) return false;
    --depth_;
    make_unary(node, "not", std::move(operand), begin);
    return true;
  }

  void make_unary(Expression& node, std::string op, Expression operand, std::size_t begin) {
    node.kind = Kind::unary;
    node.text = std::move(op);
    node.operands.push_back(std::move(operand));
    cover(node, begin);
  }

  bool parse_unary(Expression& node) { return token_.is("-") || token_.is("+") ? parse_sign(node) : parse_power(node); }

  bool parse_sign(Expression& node) {
    const std::size_t begin = token_.begin;
    const std::string op(token_.spelling);
    consume();
    Expression operand;
    if (!enter() || !parse_unary(operand)) return false;
    --depth_;
    make_unary(node, op, std::move(operand), begin);
    return true;
  }

  bool parse_power(Expression& node) {
    const std::size_t begin = token_.begin;
    if (!parse_primary(node)) return false;
    if (!token_.is("^")) return true;
    if (node.kind == Kind::number && !node.text.empty() && text_[begin] != '(') return fail_power(node);
    consume();
    Expression exponent;
    if (!enter() || !parse_unary(exponent)) return false;
    --depth_;
    node = join("^", std::move(node), std::move(exponent));
    cover(node, begin);
    return true;
  }

  bool fail_power(const Expression& quantity) {
    return fail("it is not clear what '^' raises to a power", token_, "the unit, or the whole quantity?",
                "write the unit without spaces, or (" + quantity.text + ")^...");
  }

  bool parse_primary(Expression& node) {
    switch (token_.kind) {
      case Token::Kind::number:
        return parse_number(node);
      case Token::Kind::text:
        return parse_leaf(node, Kind::text);
      case Token::Kind::name:
        return parse_name(node);
      case Token::Kind::wire:
        return parse_wire(node);
      default:
        return token_.is("(") ? parse_parentheses(node) : fail_no_value();
    }
  }

  bool parse_leaf(Expression& node, Kind kind) {
    node.kind = kind;
    node.text = token_.spelling;
    node.span = span(token_.begin, token_.end);
    consume();
    return true;
  }

  bool parse_number(Expression& node) {
    const std::size_t begin = token_.begin;
    node.number = token_.number;
    last_ = token_;
    const std::size_t number_end = token_.end;
    node.whole = whole_number(text_.substr(begin, number_end - begin));
    const std::size_t unit_begin = std::min(text_.find_first_not_of(" \t\r\n", number_end), text_.size());
    const std::string_view rest = text_.substr(unit_begin);
    const std::string_view word = rest.substr(0, name_length(rest, false));
    const bool keyword = word == "and" || word == "or" || word == "not";
    const std::size_t length = keyword ? 0 : unit_length(rest);
    if (length > 0) bind_unit(node, begin, unit_begin, length);
    advance();
    cover(node, begin);
    return true;
  }

  /// An unknown unit is reported, and the rest of the expression read as if it were known.
  void bind_unit(Expression& node, std::size_t begin, std::size_t unit_begin, std::size_t length) {
    token_.end = unit_begin + length;
    last_.end = token_.end;
    node.text = text_.substr(begin, token_.end - begin);
    auto unit = value::parse_unit(text_.substr(unit_begin, length));
    if (unit) {
      node.unit = *std::move(unit);
      return;
    }
    errors_.push_back(place_unit_error(unit.error(), span(unit_begin, token_.end)));
    // A word of one or two letters is near to many units, and more often a name that was to be multiplied.
    std::string& label = errors_.back().labels.front().text;
    if (length <= 2) label.clear();
    if (label.empty()) errors_.back().helps = {"a product is written with '*'"};
  }

  bool parse_name(Expression& node) {
    if (token_.is("and") || token_.is("or")) return fail_no_value();
    const Token name = token_;
    parse_leaf(node, Kind::name);
    return token_.is("(") ? parse_call(node, name) : true;
  }

  bool parse_call(Expression& node, const Token& name) {
    node.kind = Kind::call;
    const Token open = token_;
    consume();
    if (!enter()) return false;
    if (!token_.is(")") && !parse_arguments(node)) return false;
    --depth_;
    if (!token_.is(")")) return fail_unclosed(open);
    consume();
    cover(node, name.begin);
    check_call(node, name);
    return true;
  }

  bool parse_arguments(Expression& node) {
    while (true) {
      Expression argument;
      if (!parse_binary(argument, or_level)) return false;
      node.operands.push_back(std::move(argument));
      if (!token_.is(",")) return true;
      consume();
    }
  }

  bool fail_unclosed(const Token& open) {
    if (token_.kind != Token::Kind::end) return token_.is(",") ? fail_extra_comma() : fail_after_value();
    return fail("the '(' is not closed", open, "opened here");
  }

  bool fail_extra_comma() { return fail("a ',' stands only between the arguments of a function", token_, ""); }

  void check_call(const Expression& call, const Token& name) {
    const auto& all = functions();
    const auto found = std::find_if(all.begin(), all.end(), [&](const Function& f) { return f.name == name.spelling; });
    if (found == all.end()) return report_unknown(name);
    const int count = static_cast<int>(std::min<std::size_t>(call.operands.size(), 1000));
    const bool fits = count >= found->min_arguments && (found->max_arguments < 0 || count <= found->max_arguments);
    if (fits) return;
    const std::string wanted = found->max_arguments < 0 ? "at least " + std::to_string(found->min_arguments)
                                                        : std::to_string(found->min_arguments);
    const std::string noun = found->min_arguments == 1 ? " argument" : " arguments";
    errors_.push_back(
        base::Error(ErrorCode::bad_expression, "'" + std::string(name.spelling) + "' takes " + wanted + noun)
            .at(call.span, "has " + std::to_string(count)));
  }

  /// The same word in small letters is nearer than any other.
  static std::optional<std::string> nearest_function(const std::string& name, const std::vector<std::string>& names) {
    std::string small = name;
    for (char& c : small) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    if (std::find(names.begin(), names.end(), small) != names.end()) return small;
    return base::nearest(name, names);
  }

  void report_unknown(const Token& name) {
    std::vector<std::string> names;
    for (const Function& function : functions()) names.emplace_back(function.name);
    const std::string spelling(name.spelling);
    const auto near = nearest_function(spelling, names);
    const base::Span place = span(name.begin, name.end);
    base::Error error = base::Error(ErrorCode::unknown_function, "there is no function '" + spelling + "'")
                            .at(place, near ? "did you mean '" + *near + "'?" : "")
                            .note("functions: " + base::join(names));
    if (near) error.suggestions.push_back({place, *near});
    errors_.push_back(std::move(error));
  }

  bool parse_parentheses(Expression& node) {
    const Token open = token_;
    consume();
    if (!enter() || !parse_binary(node, or_level)) return false;
    --depth_;
    if (!token_.is(")")) return fail_unclosed(open);
    consume();
    return true;
  }

  bool parse_wire(Expression& node) {
    auto read = read_reference(text_.substr(token_.end), holder_, offset_ + token_.end);
    if (!read) {
      for (base::Error& error : std::move(read).errors()) errors_.push_back(std::move(error));
      return false;
    }
    node.kind = Kind::reference;
    token_.end += read->length;
    node.reference = std::move(read->reference);
    node.span = span(token_.begin, token_.end);
    consume();
    return true;
  }

  std::string_view text_;
  const Node& holder_;
  std::size_t offset_;
  Token token_, last_;
  std::size_t last_end_ = 0;
  int depth_ = 0;
  base::Errors errors_;
};

}  // namespace

base::Result<Expression> parse_expression(std::string_view text, const Node& holder, std::size_t offset) {
  if (text.size() > max_length) {
    return base::Error(ErrorCode::bad_expression, "this expression is longer than 4,000 bytes")
        .at(holder.span)
        .help("name parts of it in [let]");
  }
  return Parser(text, holder, offset).run();
}

}  // namespace orrery::scenario

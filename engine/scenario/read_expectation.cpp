// Reads [expect.NAME].
// SPDX-License-Identifier: Apache-2.0
#include <optional>

#include "engine/scenario/reader.hpp"

namespace orrery::scenario {
namespace {

using base::ErrorCode;
using Kind = Expectation::Kind;

std::optional<Kind> kind_of(const std::string& key) {
  if (key == "equals") return Kind::equals;
  if (key == "below") return Kind::below;
  if (key == "above") return Kind::above;
  if (key == "between") return Kind::between;
  return std::nullopt;
}

class Reader {
 public:
  Reader(const Member& member, base::Errors& errors)
      : member_(member), owner_("[expect." + member.key + "]"), errors_(errors) {
    result_.name = member.key;
    result_.name_span = member.key_span;
  }

  std::optional<Expectation> run() {
    const std::size_t before = errors_.size();
    for (const Member& key : member_.node.table()) read_key(key);
    if (!that_) report_missing();
    check_tolerances();
    if (errors_.size() > before) return std::nullopt;
    return std::move(result_);
  }

 private:
  void read_key(const Member& key) {
    if (contains(later_expectation_keys(), key.key)) {
      report_later(key.key_span, "'" + key.key + "' of an expectation", errors_);
    } else if (!contains(expectation_keys(), key.key)) {
      report_unknown_key(key, owner_, expectation_keys(), errors_);
    } else if (const auto kind = kind_of(key.key)) {
      read_kind(key, *kind);
    } else if (key.key == "that") {
      that_ = &key;
      read_that(key);
    } else if (key.key == "why") {
      result_.why = want_text(key, errors_).value_or("");
    } else {
      read_tolerance(key);
    }
  }

  void read_that(const Member& key) {
    if (!want_term(key.node, result_.that, errors_)) return;
    const Term::Kind kind = result_.that.kind;
    const bool computed = kind == Term::Kind::reference || kind == Term::Kind::expression;
    if (!computed) report_wrong_type(key, "a wire or an expression", errors_);
  }

  void read_kind(const Member& key, Kind kind) {
    if (bound_) return report_two_bounds(key);
    bound_ = &key;
    result_.kind = kind;
    result_.kind_span = key.key_span;
    if (kind == Kind::between) return read_between(key);
    want_term(key.node, result_.bound, errors_);
  }

  void read_between(const Member& key) {
    if (!key.node.is_array()) return report_wrong_type(key, "a list of two values", errors_);
    const Node::Array& ends = key.node.array();
    if (ends.size() != 2) {
      errors_.push_back(base::Error(ErrorCode::wrong_type, "'between' has two values, the lowest and the highest")
                            .at(key.node.span, "has " + std::to_string(ends.size())));
      return;
    }
    want_term(ends[0], result_.bound, errors_);
    want_term(ends[1], result_.upper, errors_);
  }

  void read_tolerance(const Member& key) {
    tolerances_.push_back(&key);
    if (key.key == "ulps") return read_ulps(key);
    want_term(key.node, (key.key == "rtol" ? result_.rtol : result_.atol).emplace(), errors_);
  }

  void read_ulps(const Member& key) {
    const auto* number = std::get_if<std::int64_t>(&key.node.value);
    if (!number) return report_wrong_type(key, "a whole number", errors_);
    if (*number < 0) {
      errors_.push_back(
          base::Error(ErrorCode::out_of_range, "'ulps' must be at least 0; it is " + std::to_string(*number))
              .at(key.node.span));
    }
    result_.ulps = *number;
  }

  void report_two_bounds(const Member& key) {
    base::Error error = base::Error(ErrorCode::defined_twice,
                                    owner_ + " has two conditions: '" + bound_->key + "' and '" + key.key + "'")
                            .at(key.key_span, "the second")
                            .at(bound_->key_span, "the first");
    const bool range =
        bound_->key != "equals" && key.key != "equals" && bound_->key != "between" && key.key != "between";
    error.helps.push_back(range ? "write a range as: between = [LOW, HIGH]" : "write two expectations");
    errors_.push_back(std::move(error));
  }

  void report_missing() {
    errors_.push_back(base::Error(ErrorCode::missing_key, owner_ + " does not say what it is about")
                          .at(member_.key_span, "needs 'that'")
                          .help("add: that = \"@STEP.OUTPUT\""));
  }

  void check_tolerances() {
    if (result_.kind == Kind::equals) return;
    for (const Member* key : tolerances_) {
      const std::string other = bound_ ? "'" + bound_->key + "' has none" : "here 'equals' is missing";
      errors_.push_back(base::Error(ErrorCode::unknown_key, "'" + key->key + "' is a tolerance of 'equals'; " + other)
                            .at(key->key_span));
    }
  }

  const Member& member_;
  std::string owner_;
  base::Errors& errors_;
  Expectation result_;
  const Member* that_ = nullptr;
  const Member* bound_ = nullptr;
  std::vector<const Member*> tolerances_;
};

}  // namespace

void read_expectation(const Member& member, Reading& reading) {
  if (!want_name(member, "an expectation", true, reading.errors)) return;
  if (!want_table(member, "[expect." + member.key + "]", reading.errors)) return;
  if (auto read = Reader(member, reading.errors).run()) reading.scenario.expectations.push_back(*std::move(read));
}

}  // namespace orrery::scenario

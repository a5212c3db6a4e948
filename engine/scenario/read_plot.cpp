// Reads [plot.NAME].
// SPDX-License-Identifier: Apache-2.0
#include <optional>

#include "engine/base/text.hpp"
#include "engine/scenario/reader.hpp"

namespace orrery::scenario {
namespace {

using base::Error;
using base::ErrorCode;

constexpr std::size_t longest_name = 100;  // the file has it as its name
constexpr std::size_t most_lines = 64;

class Reader {
 public:
  Reader(const Member& member, base::Errors& errors)
      : member_(member), owner_("[plot." + member.key + "]"), errors_(errors) {
    result_.name = member.key;
    result_.name_span = member.key_span;
  }

  std::optional<Plot> run() {
    const std::size_t before = errors_.size();
    for (const Member& key : member_.node.table()) read_key(key);
    if (!member_.node.find("y"))
      errors_.push_back(Error(ErrorCode::missing_key, owner_ + " does not say what it shows")
                            .at(member_.key_span, "needs 'y'")
                            .help("add: y = \"@STEP.OUTPUT\""));
    if (result_.equal && (result_.log_x || result_.log_y)) report_equal();
    if (errors_.size() > before) return std::nullopt;
    return std::move(result_);
  }

 private:
  void read_key(const Member& key) {
    if (contains(later_plot_keys(), key.key)) {
      report_later(key.key_span, "'" + key.key + "' of a plot", errors_);
    } else if (!contains(plot_keys(), key.key)) {
      report_unknown_key(key, owner_, plot_keys(), errors_);
    } else if (key.key == "x") {
      read_values(key.node, key, result_.x.emplace());
    } else if (key.key == "y") {
      read_y(key);
    } else if (key.key == "equal") {
      read_equal(key);
    } else if (key.key == "scale") {
      read_scale(key);
    } else if (key.key == "style") {
      read_style(key);
    } else {
      read_texts(key);
    }
  }

  void read_values(const Node& node, const Member& key, Term& into) {
    if (!want_term(node, into, errors_)) return;
    into.node = node;  // its text is the name of the line
    if (into.kind == Term::Kind::reference || into.kind == Term::Kind::expression) return;
    errors_.push_back(Error(ErrorCode::wrong_type, "'" + key.key + "' of a plot is a wire or an expression, not " +
                                                       std::string(node.kind_name()))
                          .at(node.span, "expected \"@STEP.OUTPUT\" or \"= ...\""));
  }

  void read_y(const Member& key) {
    if (!key.node.is_array()) return read_values(key.node, key, result_.y.emplace_back());
    const Node::Array& items = key.node.array();
    if (items.empty() || items.size() > most_lines) {
      errors_.push_back(Error(items.empty() ? ErrorCode::missing_key : ErrorCode::too_large,
                              items.empty() ? "'y' of " + owner_ + " lists nothing to show"
                                            : "a plot has at most " + std::to_string(most_lines) + " lines; this has " +
                                                  std::to_string(items.size()))
                            .at(key.node.span));
      return;
    }
    for (const Node& item : items) read_values(item, key, result_.y.emplace_back());
  }

  void read_equal(const Member& key) {
    const auto* truth = std::get_if<bool>(&key.node.value);
    if (!truth) return report_wrong_type(key, "true or false", errors_);
    result_.equal = *truth;
  }

  void read_scale(const Member& key) {
    const auto texts = want_texts(key, errors_);
    if (texts.size() != (key.node.is_array() ? 2u : 1u)) {
      if (key.node.is_array())
        errors_.push_back(Error(ErrorCode::wrong_type, "'scale' has two texts, of the x axis and of the y axis")
                              .at(key.node.span, "has " + std::to_string(texts.size())));
      return;
    }
    const bool first = is_log(*texts.front()), second = is_log(*texts.back());
    result_.log_x = first;
    result_.log_y = second;
  }

  bool is_log(const Node& text) { return choice(text, "scale", {"linear", "log"}) == 1; }

  void read_style(const Member& key) {
    if (!key.node.is_text()) return report_wrong_type(key, "a text", errors_);
    const std::size_t chosen = choice(key.node, "style", {"line", "points", "both"});
    result_.style = static_cast<Plot::Style>(chosen);
  }

  /// Which of the words it is; the first after an error.
  std::size_t choice(const Node& text, const std::string& key, const Keys& words) {
    return want_choice(text, "'" + key + "' of a plot", words, errors_).value_or(0);
  }

  void read_texts(const Member& key) {
    if (key.key == "labels") {
      for (const Node* text : want_texts(key, errors_)) result_.labels.push_back(text->text());
      result_.labels_span = key.node.span;
    } else if (auto text = want_text(key, errors_)) {
      if (key.key == "title") result_.title = *std::move(text);
      else if (key.key == "x_label") result_.x_label = std::move(text);
      else if (key.key == "y_label") result_.y_label = std::move(text);
      else result_.doc = *std::move(text);
    }
  }

  void report_equal() {
    errors_.push_back(Error(ErrorCode::wrong_type, "'equal' of a plot needs two linear axes")
                          .at(member_.node.find("equal")->span)
                          .at(member_.node.find("scale")->span, "an axis is logarithmic here"));
  }

  const Member& member_;
  std::string owner_;
  base::Errors& errors_;
  Plot result_;
};

}  // namespace

void read_plot(const Member& member, Reading& reading) {
  if (!want_name(member, "a plot", true, reading.errors)) return;
  if (member.key.size() > longest_name) {
    reading.errors.push_back(Error(ErrorCode::bad_name,
                                   "the name of a plot has at most 100 characters, since a file "
                                   "is called so; this has " +
                                       std::to_string(member.key.size()))
                                 .at(member.key_span));
    return;
  }
  if (!want_table(member, "[plot." + member.key + "]", reading.errors)) return;
  if (auto read = Reader(member, reading.errors).run()) reading.scenario.plots.push_back(*std::move(read));
}

}  // namespace orrery::scenario

// Reads [source.NAME].
// SPDX-License-Identifier: Apache-2.0
#include <charconv>

#include "engine/base/text.hpp"
#include "engine/scenario/reader.hpp"

namespace orrery::scenario {
namespace {

using base::Error;
using base::ErrorCode;

class SourceReader {
 public:
  SourceReader(const Member& member, base::Errors& errors)
      : member_(member), owner_("[source." + member.key + "]"), errors_(errors) {
    source_.step.name = member.key;
    source_.step.name_span = member.key_span;
  }

  std::optional<ItemSource> read() {
    const std::size_t before = errors_.size();
    for (const Member& key : member_.node.table()) read_key(key);
    want("use", "use = \"PLUGIN.OPERATION\"");
    want("items", "items = 1000, or \"= len(@STEP.OUTPUT)\"");
    return errors_.size() == before ? std::optional(std::move(source_)) : std::nullopt;
  }

 private:
  void want(const char* key, const std::string& help) {
    if (member_.node.find(key)) return;
    errors_.push_back(
        Error(ErrorCode::missing_key, owner_ + " has no '" + key + "'").at(member_.key_span).help("add: " + help));
  }

  void read_key(const Member& key) {
    Step& step = source_.step;
    if (key.key == "use") {
      step.operation = want_text(key, errors_).value_or("");
      step.operation_span = key.node.span;
    } else if (key.key == "stream") {
      step.stream = want_text(key, errors_).value_or("");
    } else if (key.key == "doc") {
      step.doc = want_text(key, errors_).value_or("");
    } else if (contains(source_keys(), key.key)) {
      read_layout(key);
    } else {
      step.inputs.push_back({key.key, key.key_span, {}});
      if (!want_term(key.node, step.inputs.back().value, errors_)) step.inputs.pop_back();
    }
  }

  void read_layout(const Member& key) {
    if (key.key == "items") return read_term(key, source_.items);
    if (key.key == "batch") return read_term(key, source_.batch);
    if (key.key == "window") return void(source_.window = want_whole(key, 1, errors_).value_or(1));
    if (key.key == "epochs") return void(source_.epochs = want_whole(key, 1, errors_));
    if (key.key == "workers") return void(source_.workers = want_whole(key, 1, errors_));
    if (key.key == "shard") return read_shard(key);
    if (key.key == "shuffle") {
      const auto* truth = std::get_if<bool>(&key.node.value);
      return truth ? void(source_.shuffle = *truth) : report_wrong_type(key, "true or false", errors_);
    }
    if (!key.node.is_text()) return report_wrong_type(key, "a text", errors_);
    const auto chosen = want_choice(key.node, "'last' of a source", {"keep", "drop", "pad"}, errors_);
    source_.last = static_cast<ItemSource::Last>(chosen.value_or(0));
  }

  void read_term(const Member& key, std::optional<Term>& into) {
    into.emplace();
    want_term(key.node, *into, errors_);
  }

  /// "2/4": the second of four.
  void read_shard(const Member& key) {
    const auto text = want_text(key, errors_);
    if (!text) return;
    std::int64_t which = 0, of = 0;
    const char* const end = text->data() + text->size();
    const auto first = std::from_chars(text->data(), end, which);
    const bool slash = first.ec == std::errc() && first.ptr != end && *first.ptr == '/';
    const bool good = slash && std::from_chars(first.ptr + 1, end, of).ptr == end && which >= 1 && of >= which;
    if (!good)
      errors_.push_back(Error(ErrorCode::wrong_type, "'shard' is '" + base::printable(*text) + "'")
                            .at(key.node.span, "expected \"K/N\", from \"1/N\" to \"N/N\""));
    source_.rank = which - 1;
    source_.world = of;
  }

  const Member& member_;
  std::string owner_;
  base::Errors& errors_;
  ItemSource source_;
};

}  // namespace

void read_source(const Member& member, Reading& reading) {
  if (!want_name(member, "a source", true, reading.errors) || is_kept_name(member, "a source", reading.errors)) return;
  if (!want_table(member, "[source." + member.key + "]", reading.errors)) return;
  if (auto source = SourceReader(member, reading.errors).read()) reading.scenario.sources.push_back(std::move(*source));
}

}  // namespace orrery::scenario

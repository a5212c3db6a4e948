// Reads the tables that attach to steps and loops from outside: [probe.NAME] and [observe.NAME].
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "engine/base/text.hpp"
#include "engine/scenario/reader.hpp"

namespace orrery::scenario {
namespace {

using base::Error;
using base::ErrorCode;

constexpr std::int64_t most_bins = 1'000'000;

class ProbeReader {
 public:
  ProbeReader(const Member& member, base::Errors& errors)
      : member_(member), owner_("[probe." + member.key + "]"), errors_(errors) {
    probe_.name = member.key;
    probe_.name_span = member.key_span;
  }

  std::optional<Probe> read() {
    const std::size_t before = errors_.size();
    for (const Member& key : member_.node.table()) read_key(key);
    if (!member_.node.find("at"))
      errors_.push_back(Error(ErrorCode::missing_key, owner_ + " does not say what it watches")
                            .at(member_.key_span, "needs 'at'")
                            .help("add: at = \"STEP/TAP\", or \"LOOP/STEP/TAP\""));
    return errors_.size() == before ? std::optional(std::move(probe_)) : std::nullopt;
  }

 private:
  void read_key(const Member& key) {
    if (key.key == "at") return read_paths(key);
    if (key.key == "keep") return read_keep(key);
    if (key.key == "window") return read_window(key);
    if (key.key == "every") return void(probe_.every = want_whole(key, 1, errors_).value_or(1));
    if (key.key == "bins") return read_bins(key);
    if (key.key == "doc") return void(probe_.doc = want_text(key, errors_).value_or(""));
    report_unknown_key(key, owner_, probe_keys(), errors_);
  }

  void read_paths(const Member& key) {
    for (const Node* text : want_texts(key, errors_)) probe_.at.emplace_back(text->text(), text->span);
    if (probe_.at.empty() && key.node.is_array() && key.node.array().empty())
      errors_.push_back(Error(ErrorCode::missing_key, "'at' of " + owner_ + " lists no tap").at(key.node.span));
  }

  void read_keep(const Member& key) {
    if (!key.node.is_text()) return report_wrong_type(key, "a text", errors_);
    const auto chosen =
        want_choice(key.node, "'keep' of a probe", {"all", "last", "min", "max", "mean", "histogram"}, errors_);
    probe_.keep = static_cast<Probe::Keep>(chosen.value_or(0));
  }

  void read_window(const Member& key) {
    std::vector<std::int64_t> ends;
    if (key.node.is_array())
      for (const Node& item : key.node.array())
        if (const auto* number = std::get_if<std::int64_t>(&item.value)) ends.push_back(*number);
    if (ends.size() != 2 || key.node.array().size() != 2)
      return report_wrong_type(key, "[first, last] of whole numbers", errors_);
    if (ends[0] >= 0 && ends[1] >= ends[0]) return void(probe_.window.emplace(ends[0], ends[1]));
    errors_.push_back(Error(ErrorCode::out_of_range, "'window' goes from a number of at least 0 to one that is no less")
                          .at(key.node.span, "from " + std::to_string(ends[0]) + " to " + std::to_string(ends[1])));
  }

  void read_bins(const Member& key) {
    probe_.bins = want_whole(key, 1, errors_).value_or(1);
    if (probe_.bins <= most_bins) return;
    errors_.push_back(
        Error(ErrorCode::too_large, "a histogram has at most 1,000,000 bins; this has " + std::to_string(probe_.bins))
            .at(key.node.span));
  }

  const Member& member_;
  std::string owner_;
  base::Errors& errors_;
  Probe probe_;
};

void read_observer_key(const Member& key, Observer& observer, base::Errors& errors) {
  Step& step = observer.step;
  if (key.key == "use") {
    step.operation = want_text(key, errors).value_or("");
    step.operation_span = key.node.span;
  } else if (key.key == "every") {
    observer.every = want_whole(key, 1, errors).value_or(1);
  } else if (key.key == "on_error") {
    if (!key.node.is_text()) return report_wrong_type(key, "a text", errors);
    observer.must_work = want_choice(key.node, "'on_error' of an observer", {"warn", "stop"}, errors).value_or(0) == 1;
  } else if (key.key == "apply") {
    observer.apply = want_text(key, errors).value_or("");
    observer.apply_span = key.node.span;
  } else if (key.key == "stream") {
    step.stream = want_text(key, errors).value_or("");
  } else if (key.key == "doc") {
    step.doc = want_text(key, errors).value_or("");
  } else {
    const bool watch = key.key == "watch";
    step.inputs.push_back({watch ? "value" : key.key, key.key_span, {}});
    if (!want_term(key.node, step.inputs.back().value, errors)) step.inputs.pop_back();
  }
}

}  // namespace

void read_probe(const Member& member, Reading& reading) {
  if (!want_name(member, "a probe", true, reading.errors) || is_kept_name(member, "a probe", reading.errors)) return;
  if (!want_table(member, "[probe." + member.key + "]", reading.errors)) return;
  if (auto probe = ProbeReader(member, reading.errors).read()) reading.scenario.probes.push_back(std::move(*probe));
}

void read_observer(const Member& member, Reading& reading) {
  base::Errors& errors = reading.errors;
  if (!want_name(member, "an observer", true, errors) || is_kept_name(member, "an observer", errors)) return;
  const std::string owner = "[observe." + member.key + "]";
  if (!want_table(member, owner, errors)) return;
  const std::size_t before = errors.size();
  Observer observer;
  observer.step.name = member.key;
  observer.step.name_span = member.key_span;
  for (const Member& key : member.node.table()) read_observer_key(key, observer, errors);
  if (!member.node.find("use"))
    errors.push_back(Error(ErrorCode::missing_key, owner + " does not say which operation it uses")
                         .at(member.key_span)
                         .help("add: use = \"engine.ema\""));
  if (errors.size() == before) reading.scenario.observers.push_back(std::move(observer));
}

}  // namespace orrery::scenario

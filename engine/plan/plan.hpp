// A plan: the checked and ordered graph of a scenario, ready to be run any number of times.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/base/result.hpp"
#include "engine/catalog/catalog.hpp"
#include "engine/plan/evaluate.hpp"
#include "engine/plan/signature.hpp"
#include "engine/scenario/question.hpp"
#include "engine/scenario/scenario.hpp"

namespace orrery::plan {

/// Where a value is kept during a run: one for each output of each step.
using Slot = std::size_t;

/// A wire: a slot and what is selected of it.
struct Wire {
  Slot slot = 0;
  scenario::Reference reference;
};

/// A value that a run computes from constants and slots.
struct Formula {
  scenario::Expression expression;
  std::vector<Slot> slots;  ///< those it reads, in the order in which its wires stand
};

/// Where one element of an input, or a value that is recorded or judged, comes from.
struct Source {
  enum class Kind { constant, wire, formula };
  Kind kind = Kind::constant;
  value::Value constant;
  Wire wire;
  Formula formula;
  Signature signature;  ///< before conversion to the port
  base::Span span;

  std::vector<Slot> slots() const;
};

struct PlannedInput {
  std::vector<Source> elements;  ///< none: absent; several only for lists
  value::Unit unit;              ///< the unit in which the operation gets it
  bool unit_known = true;        ///< false: the run finds it out, from the value
  bool given = false;            ///< false for a default
};

struct PlannedLoop;
struct PlannedProbe;
struct PlannedSource;

/// A step; or a loop, a probe or a data source, as other steps see them: with inputs and outputs.
struct PlannedStep {
  std::string name;
  base::Span span;
  std::shared_ptr<const PlannedLoop> loop;  ///< shared only because plans are copied; empty: a plain step
  std::shared_ptr<const PlannedProbe> probe;
  std::shared_ptr<const PlannedSource> source;
  const catalog::Operation* operation = nullptr;
  std::vector<PlannedInput> inputs;   ///< by the operation's input ports
  std::vector<Slot> outputs;          ///< by the operation's output ports
  std::vector<Signature> signatures;  ///< of the outputs
  std::vector<std::size_t> after;     ///< steps that must be done before, each once
  std::uint64_t random_key = 0;
  std::int64_t every = 1;  ///< of a loop's step: it runs in passes 1, 1 + every, ... and keeps its outputs in between
};

struct PlannedRecord {
  std::string name;
  Source source;
};

struct PlannedSave {
  std::string name;  ///< the wire, in one spelling: "orbit.velocity[1:3]"
  Source source;
};

struct PlannedExpectation {
  std::string name, why;
  scenario::Expectation::Kind kind{};
  Source that;
  std::optional<Source> bound, upper, rtol, atol;
  std::optional<std::int64_t> ulps;
  base::Span span;
};

struct PlannedPlot {
  scenario::Plot given;
  std::optional<Source> x;
  std::vector<Source> y;
  std::string x_name;
  std::vector<std::string> names;  ///< of y, as written: "orbit.radius", "@a.x - @b.x"
};

/// A data file that was read.
struct DataFile {
  std::string name;            ///< as the scenario names it
  std::filesystem::path path;  ///< where it was found
};

struct Plan {
  scenario::Scenario scenario;
  std::vector<std::pair<std::string, value::Value>> lets;  ///< in the order of the file
  std::vector<PlannedStep> steps;                          ///< in an order in which they could run one by one
  std::size_t slot_count = 0;
  std::vector<std::pair<Slot, value::Value>> given;  ///< slots that no step fills
  std::vector<PlannedRecord> records;
  std::vector<PlannedSave> saves;
  std::vector<PlannedPlot> plots;
  std::vector<PlannedExpectation> expectations;
  std::vector<DataFile> files;
  std::vector<base::Error> warnings;
};

/// How a state goes on.
struct PlannedState {
  std::string name;
  Slot slot = 0;  ///< of the last pass's value
  Source next;
  base::Span span;
  bool kept = false;  ///< next is what a step with 'every' still needs in later passes
};

/// The times of a loop's passes, in the unit of its `from`.
struct PlannedClock {
  double from = 0.0, to = 0.0, by = 0.0;
  value::Unit unit;
  Slot time = 0, step = 0;        ///< of the body: begin and length of a pass
  std::optional<Source> reached;  ///< how far a pass came, where it may come short
};

/// How the passes of a loop are solved for some of its states.
struct PlannedSolve {
  scenario::Solve::Method method{};
  std::vector<std::size_t> over;  ///< of the states
  double tol = 1e-10;
  std::optional<value::Tensor> atol;  ///< one number
  std::int64_t most = 50;
  base::Span span;
};

/// A tap that a probe watches.
struct WatchedTap {
  std::string loop, step;  ///< loop: empty for a step outside of loops
  std::size_t tap = 0;     ///< of the step's operation
  const catalog::Port* port = nullptr;
  std::string path;  ///< "fit/residual/iterate"
};

/// A probe's step comes after those that it watches. Its outputs depend on what it keeps:
/// all: "value" with one row for each value, "index" as the operation numbers them, "pass" (0 outside of loops), "tap"
/// (which of the watched ones); last: "value" "index" "pass"; min and max: the same, of where they were; mean: "value";
/// histogram: "counts" "edges". And in each case "count", how many values were looked at.
struct PlannedProbe {
  scenario::Probe given;
  std::vector<WatchedTap> taps;
  std::unique_ptr<const catalog::Operation> facts;  ///< what the step's operation points at; it cannot be run
};

/// An operation that is called again and again from beside the steps. What it remembers is values: an optional input of
/// the name of an output gets what the call before made. So it has two plans of one step each: of its first call, which
/// has none of those, and of the others. One that remembers nothing needs the first only.
struct PlannedCalls {
  /// A value from the plan around.
  struct Given {
    Slot around = 0, here = 0;
    bool before_commit = false;  ///< of an observer: what a step of the loop made in this pass
  };
  struct Call {
    Plan plan;
    std::vector<Given> given;
    std::vector<Slot> numbers;  ///< whole numbers that tell the calls apart: a pass, an index
  };
  Call first, next;
  std::vector<std::pair<std::size_t, Slot>> carried;  ///< from an output to a slot of `next`

  const PlannedStep& step() const { return first.plan.steps.front(); }
  const catalog::OperationFacts& facts() const { return step().operation->facts(); }
};

/// An operation that sees what a loop has committed, and the number of the pass.
struct PlannedObserver {
  std::string name;
  base::Span span;
  std::int64_t every = 1;
  bool must_work = false;
  bool from_start = false;  ///< sees the first values too, as those of pass 0
  PlannedCalls calls;
  std::vector<std::pair<std::size_t, Slot>> shown;  ///< an output that other observers read: a slot of the body
  std::vector<std::size_t> series;                  ///< outputs of which each row is kept
};

/// How a data source is read: the operation that makes an item gets its index and the epoch.
struct PlannedItems {
  scenario::ItemSource given;
  PlannedCalls calls;
  std::uint64_t key = 0;  ///< of the order of its items
};

/// The step of a data source: its layout, and where somebody reads it outside of loops, the whole first epoch.
/// Inputs: "items", "batch", and what the operation is given. Outputs: "items", "batch", "batches" (in an epoch), then
/// "index" and outputs of the operation, of which those that nobody reads are not made.
struct PlannedSource {
  PlannedItems items;
  std::vector<bool> wanted;                         ///< by output of the step
  std::unique_ptr<const catalog::Operation> facts;  ///< what the step's operation points at; it cannot be run
};

/// A data source that a loop reads, the next batch in each pass.
struct PlannedBatches {
  PlannedItems items;
  Slot item_count = 0, batch_size = 0;  ///< of the body
  std::vector<std::pair<std::size_t, Slot>> outputs;
  std::optional<Slot> index, epoch, valid;
};

/// What a loop repeats. Slots and sources are those of its body.
/// Inputs of the loop's step: "passes", then what is wired in from outside, then the first values of the states.
/// Its outputs: the last values of the states, "passes" (how many there were), "pass" (1, 2, ...), "stopped" (whether
/// stop_when ended it), with a clock "time" and with a solve "iterations", one number a row, "rejected", the passes
/// that were where on_nan says so, of each series "step.output" one row for each pass that is recorded, and what its
/// observers have: "observer.output".
struct PlannedLoop {
  Plan body;                         ///< one pass; its records are what the end of a pass looks at
  std::vector<Slot> given;           ///< by input of the loop, without "passes"
  std::vector<PlannedState> states;  ///< by output
  std::vector<Slot> series;          ///< by output
  std::optional<Source> stop_when;
  std::vector<PlannedObserver> observers;  ///< in an order in which they can be asked
  std::vector<PlannedBatches> sources;
  std::optional<PlannedClock> clock;
  std::optional<PlannedSolve> solve;
  std::int64_t record_every = 1;                    ///< passes k, 2k, ... and the last one are recorded
  std::unique_ptr<const catalog::Operation> facts;  ///< what the step's operation points at; it cannot be run
  scenario::Loop::OnNan on_nan{};
  std::optional<double> checkpoint;  ///< seconds between two times that the loop is kept
  std::string text;                  ///< what of the scenario its results depend on, beside its inputs
};

/// What ends a loop whose stop_when never comes, where the scenario says nothing else.
constexpr std::int64_t most_passes = 1'000'000;

struct PlanOptions {
  const scenario::Question* question = nullptr;     ///< whose targets are saved, and whose feeds replace values
  std::vector<std::filesystem::path> data_folders;  ///< --data: where files may be read beside the scenario's folder
};

/// Binds, checks and orders a scenario. All errors at once, sorted by position; a name that is wrong silences what
/// depends on it and nothing else.
base::Result<Plan> make_plan(scenario::Scenario scenario, const catalog::Catalog& catalog,
                             const PlanOptions& options = {});

/// The graph in Graphviz's language.
std::string to_dot(const Plan& plan);

}  // namespace orrery::plan

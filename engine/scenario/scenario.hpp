// A scenario as read: the files merged, every part typed, nothing checked against plugins yet.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "engine/base/result.hpp"
#include "engine/scenario/expression.hpp"
#include "engine/scenario/node.hpp"

namespace orrery::scenario {

/// A name of [let].
struct Let {
  std::string name;
  base::Span name_span;
  Term value;
};

struct Input {
  std::string name;
  base::Span name_span;
  Term value;
};

/// [step.NAME]
struct Step {
  std::string name;
  base::Span name_span;  ///< in the table's header
  std::string operation;
  base::Span operation_span;
  std::vector<Input> inputs;
  std::vector<std::pair<std::string, base::Span>> after;  ///< steps that must be done first
  std::string stream;                                     ///< name of the random stream; the step's own name if empty
  std::optional<Term> every;                              ///< of a loop's step: it runs in passes 1, 1 + every, ...
  std::string doc;
};

/// `clock` of a loop: its passes are at from, from + by, ... and the last one ends at `to`.
struct Clock {
  base::Span span;
  Term from, to, by;
};

/// `solve` of a loop: a pass is run again until the states `over` are what it makes of them.
struct Solve {
  enum class Method { anderson, aitken, fixed_point };
  base::Span span;
  std::vector<std::pair<std::string, base::Span>> over;
  std::optional<Term> tol, atol, most;  ///< most: `max`
  Method method = Method::anderson;
};

/// [loop.NAME]: steps that are repeated. What a pass hands to the next one is written down in `next`.
struct Loop {
  std::string name;
  base::Span name_span;
  std::string doc;
  std::optional<Term> passes;      ///< how many at most
  std::optional<Term> stop_when;   ///< looked at after each pass
  std::optional<Term> checkpoint;  ///< the time after which the loop is kept again, to go on from there
  /// What a state that becomes NaN does: it is an error, or goes on, or its pass is as if it had not been.
  enum class OnNan { stop, record, reject };
  OnNan on_nan = OnNan::stop;
  std::vector<Input> state;  ///< first values
  std::vector<Step> steps;
  std::vector<Input> next;  ///< by name of the state; with a clock also "time"
  std::optional<Clock> clock;
  std::optional<Solve> solve;
  std::optional<Term> record_every;  ///< every how many passes a series has a row
};

/// [expect.NAME]: exactly one of equals, below, above, between, or `that` alone, which must be true. All values of an
/// array must meet it.
struct Expectation {
  std::string name;
  base::Span name_span;
  Term that;
  enum class Kind { equals, below, above, between, holds };
  Kind kind = Kind::holds;  ///< holds: `that` alone, which must be true
  Term bound, upper;        ///< upper: only of between
  base::Span kind_span;
  std::optional<Term> rtol, atol;
  std::optional<std::int64_t> ulps;
  std::string why;
};

/// [record]: a named number of the run.
struct Record {
  std::string name;
  base::Span name_span;
  Term value;
};

/// [save]: values that are written to out/.
struct Save {
  Reference reference;
};

/// [plot.NAME]: lines that are drawn into plots/NAME.svg.
struct Plot {
  enum class Style { line, points, both };
  std::string name;
  base::Span name_span;
  std::string title, doc;
  std::optional<Term> x;  ///< without it the index 0, 1, 2, ...
  std::vector<Term> y;
  std::vector<std::string> labels;  ///< of the lines; empty: the wires as written
  base::Span labels_span;
  std::optional<std::string> x_label, y_label;
  bool log_x = false, log_y = false;
  Style style = Style::line;
  bool equal = false;  ///< one unit is as long on either axis
};

/// [probe.NAME]: what is kept of the taps of steps.
struct Probe {
  enum class Keep { all, last, min, max, mean, histogram };
  std::string name;
  base::Span name_span;
  std::string doc;
  std::vector<std::pair<std::string, base::Span>> at;  ///< "fit/residual/iterate"; "*" and "**" stand for others
  Keep keep = Keep::all;
  std::int64_t every = 1;
  /// Passes from 1, or where there is no loop positions from 0, from the first to the last.
  std::optional<std::pair<std::int64_t, std::int64_t>> window;
  std::int64_t bins = 50;  ///< of a histogram
};

/// [observe.NAME]: an operation that is fed with what a loop has committed.
struct Observer {
  Step step;               ///< 'watch' is its input 'value'
  std::int64_t every = 1;  ///< passes
  bool must_work = false;  ///< on_error = "stop": its failure is one of the loop
  std::string apply;       ///< the output that stands for what is watched, outside of the loop
  base::Span apply_span;
};

/// [source.NAME]: items that an operation makes, each a pure function of seed, epoch and number, in batches.
struct ItemSource {
  enum class Last { keep, drop, pad };
  Step step;
  std::optional<Term> items, batch;  ///< batch: 1 without it
  Last last = Last::keep;            ///< what becomes of items that do not fill a batch
  bool shuffle = true;
  std::int64_t rank = 0, world = 1;  ///< shard = "2/4" is rank 1 of 4
  std::int64_t window = 4;           ///< batches that may be made ahead
  std::optional<std::int64_t> epochs, workers;
};

struct Limits {
  std::optional<Term> time, memory;
};

struct Scenario {
  std::string name;  ///< of [scenario]; the file's stem if not given
  std::string title, doc;
  std::uint64_t seed = 0;
  std::filesystem::path file;                ///< as given
  std::filesystem::path folder;              ///< where the outermost file lies
  std::vector<std::filesystem::path> files;  ///< all that were read, in the order of merging: the outermost last
  std::vector<Let> lets;
  std::vector<Step> steps;
  std::vector<Loop> loops;
  std::vector<Expectation> expectations;
  std::vector<Record> records;
  std::vector<Save> saves;
  std::vector<Plot> plots;
  std::vector<Probe> probes;
  std::vector<Observer> observers;
  std::vector<ItemSource> sources;
  std::vector<Term> asked;  ///< what is wanted beside, of whoever asks for values
  Node merged;              ///< the whole tree after include, override, profile and --set
};

/// The wires of a step, of a loop with its steps, and of everything in a scenario.
void collect_references(const Step& step, std::vector<const Reference*>& into);
void collect_references(const Loop& loop, std::vector<const Reference*>& into);
void collect_references(const ItemSource& source, std::vector<const Reference*>& into);
void collect_references(const Scenario& scenario, std::vector<const Reference*>& into);

/// The wires of a loop that lead out of it.
std::vector<const Reference*> references_out_of(const Loop& loop);

/// One --set PATH=VALUE.
struct Setting {
  std::string path;
  std::string value;
};

struct ReadOptions {
  std::vector<Setting> settings;
  std::optional<std::string> profile;
};

/// Reads a scenario and everything it includes. All errors of the phase at once, sorted by position.
/// Includes may lie only in the folder of the outermost file or below it. Limits: 16 MiB a file, depth 64, 64 files.
/// "-" as path reads standard input, which messages call so.
base::Result<Scenario> read(const std::filesystem::path& path, const ReadOptions& options = {});

/// The same from text; includes are looked for in `folder`.
base::Result<Scenario> parse(std::string text, const std::string& name, const std::filesystem::path& folder,
                             const ReadOptions& options = {});

/// One TOML file as a tree. Errors: not_utf8, not_toml, defined_twice, too_deep, too_large (more than 250,000
/// values).
base::Result<Node> parse_toml(std::shared_ptr<const base::Source> source);

/// Sorts errors as people read: the outermost file first, then the included ones, then the command line; by position.
void sort_errors(base::Errors& errors, const std::vector<std::string>& source_names);

/// The merged tree as TOML text that runs again, every line with "# from FILE:LINE".
std::string to_toml(const Node& merged);

/// A value as TOML on one line, without its origin; the same for the same value.
std::string inline_toml(const Node& node);

}  // namespace orrery::scenario

// What a probe keeps of the values of taps, and the step that hands it on.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "engine/plan/plan.hpp"
#include "engine/run/series.hpp"

namespace orrery::run {

/// A value of a tap, and where it stands.
struct TapValue {
  std::uint64_t pass = 0;  ///< of the loop; 0 outside of loops
  std::int64_t index = 0;  ///< as the operation numbers them
  value::Tensor tensor;
};

/// What one tap has left so far. Values come in an order that does not depend on threads.
class TapKeeper {
 public:
  TapKeeper(const scenario::Probe& probe, bool in_loop) : probe_(&probe), in_loop_(in_loop) {}

  /// Whether values of a pass are wanted at all.
  bool wants(std::uint64_t pass) const;
  void take(TapValue value);

  // What there is now; of a mean and a histogram the numbers, of the others rows.
  std::int64_t count() const { return count_; }
  const std::optional<std::string>& problem() const { return problem_; }
  const std::optional<TapValue>& chosen() const { return chosen_; }
  double chosen_number() const { return number_; }
  const std::vector<double>& numbers() const { return numbers_; }
  double sum() const { return sum_ + lost_; }
  std::int64_t numbers_count() const { return numbers_count_; }
  const std::optional<value::Unit>& unit() const { return unit_; }
  const std::vector<TapValue>& rows() const { return rows_; }

  void pack(Packer& packer) const;
  bool unpack(Unpacker& unpacker);

 private:
  bool keeps_position();
  void reduce(const TapValue& value);
  void note(const TapValue& value, std::int64_t element);
  bool charge(std::size_t bytes);

  const scenario::Probe* probe_;
  bool in_loop_;
  std::int64_t position_ = 0, count_ = 0, numbers_count_ = 0;
  std::size_t bytes_ = 0;
  std::optional<std::string> problem_;
  std::optional<value::Unit> unit_;
  std::optional<TapValue> chosen_;
  double number_ = 0.0, sum_ = 0.0, lost_ = 0.0;
  std::vector<double> numbers_;
  std::vector<TapValue> rows_;
};

/// All taps of one probe. Each tap is fed by one step, so that keepers need no lock.
class ProbeSink {
 public:
  explicit ProbeSink(const plan::PlannedProbe& probe);
  void reset();
  TapKeeper& keeper(std::size_t tap) { return keepers_[tap]; }
  /// Values by the outputs of the probe's step, or why there are none.
  base::Result<std::vector<value::Value>> values() const;

 private:
  base::Error refusal(const std::string& what) const;
  std::optional<base::Error> problem() const;
  base::Result<std::vector<value::Value>> chosen(const value::Unit& unit, std::int64_t count) const;

  const plan::PlannedProbe& probe_;
  std::vector<TapKeeper> keepers_;
};

/// The step of a probe: what its sink has.
class ProbeOperation final : public catalog::Operation {
 public:
  ProbeOperation(const plan::PlannedStep& step, const ProbeSink& sink);
  catalog::Outcome run(catalog::Call& call) const override;

 private:
  const ProbeSink& sink_;
};

}  // namespace orrery::run

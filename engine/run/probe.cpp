// What a probe keeps of the values of taps, and the step that hands it on.
// SPDX-License-Identifier: Apache-2.0
#include "engine/run/probe.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>

namespace orrery::run {

using base::Error;
using base::ErrorCode;
using base::Result;
using scenario::Probe;
using value::DType;
using value::Tensor;
using value::Value;

namespace {

constexpr std::size_t most_bytes = std::size_t{1} << 30;
constexpr std::size_t bytes_beside = 160;  // of a row beside its numbers

bool keeps_rows(Probe::Keep keep) { return keep == Probe::Keep::all || keep == Probe::Keep::last; }

}  // namespace

bool TapKeeper::wants(std::uint64_t pass) const {
  if (!in_loop_ || pass == 0) return true;
  const auto number = static_cast<std::int64_t>(pass);
  if (probe_->window && (number < probe_->window->first || number > probe_->window->second)) return false;
  return (number - 1) % probe_->every == 0;
}

/// Where there is no loop, values are counted instead of passes.
bool TapKeeper::keeps_position() {
  if (in_loop_) return true;
  const std::int64_t position = position_++;
  if (probe_->window && (position < probe_->window->first || position > probe_->window->second)) return false;
  return position % probe_->every == 0;
}

bool TapKeeper::charge(std::size_t bytes) {
  bytes_ += bytes;
  if (bytes_ > most_bytes) problem_ = "has more than 1 GiB of values";
  return !problem_;
}

void TapKeeper::take(TapValue value) {
  if (problem_ || !keeps_position()) return;
  ++count_;
  if (!unit_) unit_ = value.tensor.unit();
  if (!keeps_rows(probe_->keep)) return reduce(value);
  if (probe_->keep == Probe::Keep::last) return void(chosen_ = std::move(value));
  if (charge(value.tensor.bytes() + bytes_beside)) rows_.push_back(std::move(value));
}

/// NaN wins over every number: it is what one looks for.
void TapKeeper::note(const TapValue& value, std::int64_t element) {
  const double x = value.tensor.number(element);
  const bool better = !chosen_ || std::isnan(x) || (probe_->keep == Probe::Keep::min ? x < number_ : x > number_);
  if (!better || (chosen_ && std::isnan(number_))) return;
  number_ = x;
  chosen_ = TapValue{value.pass, value.index, Tensor()};
}

void TapKeeper::reduce(const TapValue& value) {
  const Tensor& tensor = value.tensor;
  if (tensor.dtype() == DType::c128) return void(problem_ = "is complex, of which a probe keeps \"all\" or \"last\"");
  if (probe_->keep == Probe::Keep::histogram && !charge(8 * static_cast<std::size_t>(tensor.count()))) return;
  for (std::int64_t i = 0; i < tensor.count(); ++i) {
    const double x = tensor.number(i);
    ++numbers_count_;
    if (probe_->keep == Probe::Keep::histogram) numbers_.push_back(x);
    else if (probe_->keep != Probe::Keep::mean) note(value, i);
    else {
      // Neumaier's compensated sum.
      const double sum = sum_ + x;
      lost_ += std::abs(sum_) >= std::abs(x) ? (sum_ - sum) + x : (x - sum) + sum_;
      sum_ = sum;
    }
  }
}

namespace {

void pack_value(Packer& packer, const TapValue& value) {
  packer.put(static_cast<std::int64_t>(value.pass));
  packer.put(value.index);
  packer.put(value.tensor);
}

bool unpack_value(Unpacker& unpacker, TapValue& value) {
  std::int64_t pass = 0;
  if (!unpacker.take(pass) || !unpacker.take(value.index) || !unpacker.take(value.tensor)) return false;
  value.pass = static_cast<std::uint64_t>(pass);
  return true;
}

}  // namespace

void TapKeeper::pack(Packer& packer) const {
  packer.put(std::vector<std::int64_t>{position_, count_, numbers_count_, static_cast<std::int64_t>(bytes_),
                                       unit_.has_value(), chosen_.has_value(),
                                       static_cast<std::int64_t>(rows_.size())});
  packer.put(std::vector<double>{number_, sum_, lost_});
  packer.put(numbers_);
  packer.put(problem_.value_or(""));
  if (unit_) packer.put(Tensor(DType::f64, {0}, *unit_, nullptr));
  if (chosen_) pack_value(packer, *chosen_);
  for (const TapValue& row : rows_) pack_value(packer, row);
}

bool TapKeeper::unpack(Unpacker& unpacker) {
  std::vector<std::int64_t> counts;
  std::vector<double> sums;
  Value problem;
  if (!unpacker.take(counts) || !unpacker.take(sums) || !unpacker.take(numbers_) || !unpacker.take(problem))
    return false;
  if (counts.size() != 7 || sums.size() != 3 || !std::holds_alternative<std::string>(problem)) return false;
  position_ = counts[0];
  count_ = counts[1];
  numbers_count_ = counts[2];
  bytes_ = static_cast<std::size_t>(counts[3]);
  number_ = sums[0];
  sum_ = sums[1];
  lost_ = sums[2];
  if (const auto& text = std::get<std::string>(problem); !text.empty()) problem_ = text;
  Tensor unit;
  if (counts[4] && unpacker.take(unit)) unit_ = unit.unit();
  if (counts[5] && !unpack_value(unpacker, chosen_.emplace())) return false;
  for (std::int64_t i = 0; i < counts[6] && unpacker.good(); ++i)
    if (!unpack_value(unpacker, rows_.emplace_back())) return false;
  return unpacker.good();
}

ProbeSink::ProbeSink(const plan::PlannedProbe& probe) : probe_(probe) { reset(); }

void ProbeSink::reset() {
  keepers_.resize(probe_.taps.size(), TapKeeper(probe_.given, false));  // where they are, as steps point at them
  for (std::size_t i = 0; i < keepers_.size(); ++i) keepers_[i] = TapKeeper(probe_.given, !probe_.taps[i].loop.empty());
}

namespace {

using Keepers = std::vector<TapKeeper>;

std::int64_t count_of(const Keepers& keepers) {
  std::int64_t count = 0;
  for (const TapKeeper& keeper : keepers) count += keeper.count();
  return count;
}

Error differing(const plan::PlannedProbe& probe, std::size_t a, std::size_t b, const std::string& what) {
  return Error(ErrorCode::wrong_shape, "probe '" + probe.given.name + "': '" + probe.taps[a].path + "' and '" +
                                           probe.taps[b].path + "' differ in " + what)
      .at(probe.given.name_span)
      .help("watch them with a probe each");
}

/// One row a value, of all taps in order.
class Rows {
 public:
  explicit Rows(const plan::PlannedProbe& probe) : probe_(probe) {}

  std::optional<Error> add(const Keepers& keepers) {
    for (std::size_t tap = 0; tap < keepers.size(); ++tap)
      for (const TapValue& row : keepers[tap].rows()) {
        if (auto error = add(row, tap)) return error;
        passes_.push_back(static_cast<std::int64_t>(row.pass));
        indices_.push_back(row.index);
        taps_.push_back(static_cast<std::int64_t>(tap));
      }
    return std::nullopt;
  }

  std::vector<Value> take(const plan::Signature& expected) {
    const auto count = static_cast<std::int64_t>(passes_.size());
    return {series_.take(expected), Tensor::of<std::int64_t>(indices_, {count}),
            Tensor::of<std::int64_t>(passes_, {count}), Tensor::of<std::int64_t>(taps_, {count}),
            Tensor::scalar(count)};
  }

 private:
  std::optional<Error> add(const TapValue& row, std::size_t tap) {
    if (passes_.empty()) unit_ = row.tensor.unit();
    if (!row.tensor.unit().same_scale(unit_))
      return differing(probe_, static_cast<std::size_t>(taps_.back()), tap, "unit");
    const auto wrong = series_.append(row.tensor);
    if (!wrong) return std::nullopt;
    const auto before = passes_.empty() ? tap : static_cast<std::size_t>(taps_.back());
    if (before != tap) return differing(probe_, before, tap, "type or shape");
    return Error(ErrorCode::wrong_shape, "probe '" + probe_.given.name + "': the value of '" + probe_.taps[tap].path +
                                             "' cannot be a row: " + *wrong)
        .at(probe_.given.name_span)
        .help("keep = \"last\", \"min\", \"max\", \"mean\" or \"histogram\" takes values of any shape");
  }

  const plan::PlannedProbe& probe_;
  Series series_;
  value::Unit unit_;
  std::vector<std::int64_t> passes_, indices_, taps_;
};

/// Which keeper has the last, smallest or largest value; the first of equals.
std::size_t best(const Keepers& keepers, Probe::Keep keep) {
  std::optional<std::size_t> found;
  for (std::size_t i = 0; i < keepers.size(); ++i) {
    if (!keepers[i].chosen()) continue;
    if (!found) found = i;
    const double x = keepers[i].chosen_number(), y = keepers[*found].chosen_number();
    if (std::isnan(y)) break;
    const bool better = keep == Probe::Keep::min ? x < y : x > y;
    if (keep == Probe::Keep::last ? keepers[i].chosen()->pass >= keepers[*found].chosen()->pass
                                  : better || std::isnan(x))
      found = i;
  }
  return *found;
}

std::vector<double> all_numbers(const Keepers& keepers) {
  std::vector<double> all;
  for (const TapKeeper& keeper : keepers)
    std::copy_if(keeper.numbers().begin(), keeper.numbers().end(), std::back_inserter(all),
                 [](double x) { return std::isfinite(x); });
  return all;
}

std::vector<Value> mean(const Keepers& keepers, const value::Unit& unit, std::int64_t count) {
  double sum = 0.0;
  std::int64_t numbers = 0;
  for (const TapKeeper& keeper : keepers) {
    sum += keeper.sum();
    numbers += keeper.numbers_count();
  }
  return {Tensor::scalar(sum / static_cast<double>(numbers), unit), Tensor::scalar(count)};
}

/// Bins of equal width from the smallest to the largest number; what is not finite is in none.
std::vector<Value> histogram(const std::vector<double>& numbers, std::int64_t bins, const value::Unit& unit,
                             std::int64_t count) {
  Tensor counts = Tensor::of<std::int64_t>(std::vector<std::int64_t>(static_cast<std::size_t>(bins)), {bins});
  std::vector<double> edges(static_cast<std::size_t>(bins) + 1);
  const auto [low, high] = std::minmax_element(numbers.begin(), numbers.end());
  double from = numbers.empty() ? 0.0 : *low, to = numbers.empty() ? 1.0 : *high;
  if (from == to) {
    const double room = from == 0.0 ? 0.5 : 0.5 * std::abs(from);
    from -= room;
    to += room;
  }
  const double width = to / static_cast<double>(bins) - from / static_cast<double>(bins);
  for (std::size_t i = 0; i < edges.size(); ++i)
    edges[i] = i + 1 == edges.size() ? to : from + width * static_cast<double>(i);
  for (const double x : numbers) {
    // By the edges as they are given, so that counting again gives the same.
    const auto after = std::upper_bound(edges.begin(), edges.end(), x) - edges.begin();
    ++counts.data<std::int64_t>()[std::clamp<std::int64_t>(after - 1, 0, bins - 1)];
  }
  return {std::move(counts), Tensor::of<double>(edges, {bins + 1}, unit), Tensor::scalar(count)};
}

}  // namespace

Error ProbeSink::refusal(const std::string& what) const {
  return Error(ErrorCode::step_failed, "probe '" + probe_.given.name + "': " + what).at(probe_.given.name_span);
}

std::optional<Error> ProbeSink::problem() const {
  for (std::size_t tap = 0; tap < keepers_.size(); ++tap) {
    if (const auto& problem = keepers_[tap].problem())
      return refusal("'" + probe_.taps[tap].path + "' " + *problem)
          .help("'every', 'window', or another 'keep' leaves less");
    const auto &unit = keepers_[tap].unit(), &first = keepers_.front().unit();
    if (unit && first && !unit->same_scale(*first)) return differing(probe_, 0, tap, "unit");
  }
  return std::nullopt;
}

Result<std::vector<Value>> ProbeSink::values() const {
  using Keep = Probe::Keep;
  const Probe& probe = probe_.given;
  if (auto error = problem()) return std::move(*error);
  if (probe.keep == Keep::all) {
    Rows rows(probe_);
    if (auto error = rows.add(keepers_)) return std::move(*error);
    plan::Signature none;
    none.dtypes = probe_.taps.front().port->dtypes;
    return rows.take(none);
  }
  const std::int64_t count = count_of(keepers_);
  if (count == 0)
    return refusal("no value was made of " + (keepers_.size() == 1 ? "'" + probe_.taps[0].path + "'" : "its taps"));
  value::Unit unit;
  for (const TapKeeper& keeper : keepers_)
    if (keeper.unit()) unit = *keeper.unit();
  if (probe.keep == Keep::histogram) return histogram(all_numbers(keepers_), probe.bins, unit, count);
  if (probe.keep == Keep::mean) return mean(keepers_, unit, count);
  return chosen(unit, count);
}

Result<std::vector<Value>> ProbeSink::chosen(const value::Unit& unit, std::int64_t count) const {
  const auto any = [](const TapKeeper& keeper) { return keeper.chosen().has_value(); };
  if (std::none_of(keepers_.begin(), keepers_.end(), any)) return refusal("its taps gave arrays without elements");
  const TapKeeper& keeper = keepers_[best(keepers_, probe_.given.keep)];
  const TapValue& at = *keeper.chosen();
  Value value = at.tensor;
  if (probe_.given.keep != Probe::Keep::last) value = Tensor::scalar(keeper.chosen_number(), unit);
  return std::vector<Value>{std::move(value), Tensor::scalar(at.index),
                            Tensor::scalar(static_cast<std::int64_t>(at.pass)), Tensor::scalar(count)};
}

ProbeOperation::ProbeOperation(const plan::PlannedStep& step, const ProbeSink& sink)
    : Operation(catalog::OperationFacts(step.operation->facts())), sink_(sink) {}

catalog::Outcome ProbeOperation::run(catalog::Call& call) const {
  auto values = sink_.values();
  if (!values) return {catalog::Outcome::Kind::failed, "", "", std::move(values).errors()};
  for (std::size_t i = 0; i < values->size(); ++i) call.outputs[i] = std::move((*values)[i]);
  return {};
}

}  // namespace orrery::run

// First values "zeros": what is known of the state that they begin.
// SPDX-License-Identifier: Apache-2.0
#include "engine/plan/zeros.hpp"

#include <algorithm>
#include <cstring>

#include "engine/plan/shapes.hpp"

namespace orrery::plan {

using base::Error;
using base::ErrorCode;
using value::DType;

namespace {

constexpr int most_changes = 100;

bool is_one(value::DTypeMask mask) { return mask != 0 && (mask & (mask - 1u)) == 0; }

bool shape_is_known(const Signature& zeros) {
  return zeros.shape && std::all_of(zeros.shape->begin(), zeros.shape->end(), [](const Extent& e) { return !!e; });
}

}  // namespace

bool is_zeros(const scenario::Term& first) {
  return first.kind == scenario::Term::Kind::text && !first.escaped && first.node.text() == "zeros";
}

Zeros::State::State() {
  known.dtypes = value::mask_of(DType::f64) | value::mask_of(DType::f32) | value::mask_of(DType::c128) |
                 value::mask_of(DType::i64) | value::mask_of(DType::boolean);
  known.unit_known = false;
}

bool Zeros::learn_shape(State& state, const Signature& next) {
  if (!next.shape) return false;
  std::optional<std::vector<Extent>>& shape = state.known.shape;
  if (state.guessed) {
    state.confirmed = shape == next.shape;
    if (state.confirmed || !shape_is_known(next) || ++state.changes > most_changes) return false;
    shape = next.shape;
    return true;
  }
  if (!shape) {
    shape = next.shape;
    return true;
  }
  bool learnt = false;
  for (std::size_t i = 0; i < std::min(shape->size(), next.shape->size()); ++i) {
    Extent& extent = (*shape)[i];
    if (extent || !(*next.shape)[i]) continue;
    extent = (*next.shape)[i];
    learnt = true;
  }
  return learnt;
}

bool Zeros::learn(const std::string& name, const Signature& next) {
  State& state = states_[name];
  if (!state.guessed) state.next = next;
  if (next.kind != catalog::Kind::tensor) return false;
  Signature& known = state.known;
  const value::DTypeMask both = known.dtypes & next.dtypes;
  const bool type = both != 0 && both != known.dtypes, unit = !known.unit_known && next.unit_known;
  if (type) known.dtypes = both;
  if (unit) {
    known.unit = next.unit;
    known.unit_known = true;
  }
  const bool shape = learn_shape(state, next);
  return type || unit || shape;
}

bool Zeros::choose(bool may_guess) {
  bool chosen = false;
  for (auto& [name, state] : states_) {
    Signature& known = state.known;
    if (may_guess && !known.shape && state.next.kind == catalog::Kind::tensor) {
      known.shape.emplace();
      state.guessed = chosen = true;
      state.confirmed = false;
    }
    if (is_one(known.dtypes) || state.is_open() || !known.unit_known || !shape_is_known(known)) continue;
    const bool real = value::accepts(known.dtypes, DType::f64);
    known.dtypes =
        real ? value::mask_of(DType::f64) : static_cast<value::DTypeMask>(known.dtypes & (~known.dtypes + 1u));
    chosen = true;
  }
  return chosen;
}

bool Zeros::has_open_guess() const {
  return std::any_of(states_.begin(), states_.end(), [](const auto& state) { return state.second.is_open(); });
}

bool is_complete(const Signature& zeros) { return is_one(zeros.dtypes) && zeros.unit_known && shape_is_known(zeros); }

base::Result<value::Value> zeros(const Signature& complete) {
  value::Shape shape;
  for (const Extent& extent : *complete.shape) shape.push_back(*extent);
  auto made = value::Tensor::allocate(static_cast<DType>(complete.dtypes), std::move(shape), complete.unit);
  if (!made) return std::move(made).errors();
  if (made->bytes() > 0) std::memset(made->raw(), 0, made->bytes());
  return value::Value(std::move(*made));
}

std::optional<Error> Zeros::problem(const scenario::Input& state, const base::Span& span) const {
  const State& found = states_.find(state.name)->second;
  if (is_complete(found.known) && !found.is_open()) return std::nullopt;
  const bool tensor = found.next.kind == catalog::Kind::tensor;
  const bool shape = shape_is_known(found.known) && !found.is_open();
  const std::string text = found.next.text();
  Error error(
      !tensor  ? ErrorCode::wrong_type
      : !shape ? ErrorCode::wrong_shape
               : ErrorCode::missing_unit,
      "state '" + state.name + "' cannot begin with zeros: it goes on as " + text +
          (!tensor ? "" : std::string(", whose ") + (!shape ? "shape" : "unit") + " is not known before the run"));
  error.at(state.value.span, "zeros of what?").at(span, "this is " + text);
  return std::move(error).help(tensor ? "wire or write a first value instead of \"zeros\""
                                      : "if the word is meant, write { text = \"zeros\" }");
}

}  // namespace orrery::plan

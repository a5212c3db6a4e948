// Items of a batch, one by one on all threads: what fails is named, and does not take the others along if so wished.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstdint>
#include <limits>
#include <stdexcept>
#include <string>

#include <orrery/sdk/plugin.hpp>

namespace orrery::curve {

enum class OnError { fail, nan };

namespace ports {

inline constexpr sdk::in<"on_error", sdk::Choice<OnError>> on_error{
    .fallback = "fail",
    .choices = {"fail", "nan"},
    .doc = "what an item of the batch that cannot be computed does: stop the step, or become nan"};

}  // namespace ports

/// Calls body(item) for each of `items`; what it throws gets the item's number, or leaves it to bad(item) under
/// on_error = "nan".
template <class Op, class Body, class Bad>
void for_each_item(sdk::Call<Op>& call, std::int64_t items, OnError on_error, const Body& body, const Bad& bad) {
  const auto total = static_cast<std::uint64_t>(items);
  const auto named = [&](std::int64_t item, const std::exception& e) {
    return (items > 1 ? "item " + std::to_string(item) + ": " : "") + e.what();
  };
  call.parallel_for(total, 1, [&](std::uint64_t begin, std::uint64_t end) {
    for (std::uint64_t i = begin; i < end; ++i) {
      const auto item = static_cast<std::int64_t>(i);
      call.poll(i, total);
      try {
        body(item);
      } catch (const std::domain_error& e) {
        if (on_error == OnError::fail) throw std::domain_error(named(item, e));
        bad(item);
      } catch (const std::overflow_error& e) {
        if (on_error == OnError::fail) throw std::overflow_error(named(item, e));
        bad(item);
      } catch (const std::range_error& e) {
        if (on_error == OnError::fail) throw std::range_error(named(item, e));
        bad(item);
      } catch (const std::invalid_argument& e) {
        throw std::invalid_argument(named(item, e));
      }
    }
  });
}

template <class View>
void fill_nan(const View& view) {
  const auto span = view.span();
  std::fill(span.begin(), span.end(), std::numeric_limits<double>::quiet_NaN());
}

template <class From, class View>
void copy_to(const From& from, const View& view) {
  std::copy(from.begin(), from.end(), view.span().begin());
}

/// A scalar input that may be left out, for one item.
template <class Batch>
double value_or(const std::optional<Batch>& batch, std::int64_t item, double fallback) {
  return batch ? (*batch)(item) : fallback;
}

}  // namespace orrery::curve

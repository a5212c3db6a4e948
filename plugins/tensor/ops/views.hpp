// Between the SDK's views and those of the numeric library.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <type_traits>

#include <orrery/sdk/plugin.hpp>

#include "plugins/tensor/core/element.hpp"
#include "plugins/tensor/core/shape.hpp"

namespace orrery::tensor {

/// The library counts truth values as bytes.
template <class T>
using Stored = std::conditional_t<std::is_same_v<T, bool>, Truth, T>;

template <class T>
View<Stored<T>> view_of(sdk::DynamicView<T> tensor) {
  const auto* data = reinterpret_cast<const Stored<T>*>(tensor.data());
  return {{data, static_cast<std::size_t>(tensor.size())}, tensor.shape()};
}

template <class T>
std::span<Stored<T>> span_of(sdk::DynamicView<T> tensor) {
  return {reinterpret_cast<Stored<T>*>(tensor.data()), static_cast<std::size_t>(tensor.size())};
}

inline Shape shape_of(const sdk::AnyView& tensor) { return {tensor.shape().begin(), tensor.shape().end()}; }

/// Calls f(view) with the elements in the type they are stored in.
template <class F>
void visit(const sdk::AnyView& tensor, const F& f) {
  tensor.visit([&]<class T>(sdk::DynamicView<T> typed) { f(view_of(typed)); });
}

/// Elements of an output that has been made with the element type that `view` has.
template <class T>
std::span<T> elements(const sdk::AnyView& out, const View<T>&) {
  return {static_cast<T*>(out.as<T>().data()), static_cast<std::size_t>(out.size())};
}

}  // namespace orrery::tensor

// What the operations of the plugin share: matrices of any element type, and the host's threads for the library.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <stdexcept>
#include <type_traits>

#include <orrery/sdk/plugin.hpp>

#include "plugins/matrix/core/view.hpp"
#include "plugins/matrix/core/workers.hpp"

namespace orrery::matrix {

/// Element types of a matrix. The host hands whole numbers over as f64.
using AnyNumber = sdk::AnyOf<sdk::f64, sdk::f32, sdk::c128>;

/// The host's threads, for the library.
template <class Op>
class HostWorkers : public Workers {
 public:
  explicit HostWorkers(const sdk::Call<Op>& call) : call_(call) {}
  int threads() const override { return static_cast<int>(call_.max_threads()); }
  void for_each(Index n, Index grain, const Body& body) const override {
    call_.parallel_for(
        static_cast<std::uint64_t>(n), static_cast<std::uint64_t>(grain),
        [&](std::uint64_t begin, std::uint64_t end) { body(static_cast<Index>(begin), static_cast<Index>(end)); });
  }
  void poll() const override { call_.poll(0, 0); }

 private:
  const sdk::Call<Op>& call_;
};

/// Calls f(View<const T>) with a matrix in its element type: float, double or Complex.
template <class F>
decltype(auto) visit_matrix(const sdk::AnyView& matrix, const F& f) {
  const auto view = [&]<class T>(const T* data) { return View<const T>(data, matrix.shape()[0], matrix.shape()[1]); };
  switch (matrix.dtype()) {
    case ORRERY_F32:
      return f(view(matrix.as<const float>().data()));
    case ORRERY_F64:
      return f(view(matrix.as<const double>().data()));
    case ORRERY_C128:
      return f(view(matrix.as<const Complex>().data()));
    default:
      throw std::logic_error("the host passed an element type that the port does not accept");
  }
}

/// The elements of a matrix in a type that holds them.
template <class T, class U>
Matrix<T> converted(View<const U> from) {
  auto made = Matrix<T>::uninitialised(from.rows, from.cols);
  for (Index i = 0; i < from.rows; ++i)
    for (Index j = 0; j < from.cols; ++j) made(i, j) = T(from(i, j));
  return made;
}

/// A new output matrix of element type T.
template <sdk::FixedString Name, class T, class Op>
View<T> new_matrix(const sdk::Call<Op>& call, Index rows, Index cols) {
  const std::int64_t shape[] = {rows, cols};
  const auto made = call.template out_any<Name>(sdk::ElementBits<T>::value, sdk::Shape(shape));
  return {made.template as<T>().data(), rows, cols};
}

/// A new output vector of element type T.
template <sdk::FixedString Name, class T, class Op>
std::span<T> new_vector(const sdk::Call<Op>& call, Index n) {
  const std::int64_t shape[] = {n};
  return call.template out_any<Name>(sdk::ElementBits<T>::value, sdk::Shape(shape)).template as<T>().span();
}

}  // namespace orrery::matrix

// The operation matrix.multiply.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/matrix/ops/multiply_op.hpp"

#include "plugins/matrix/core/product.hpp"

namespace orrery::matrix {
namespace {

// float, double and Complex in order of what they hold.
template <class T, class U>
using Wider =
    std::conditional_t<is_complex<T> || is_complex<U>, Complex,
                       std::conditional_t<std::is_same_v<T, double> || std::is_same_v<U, double>, double, float>>;

template <class T, class U, class F>
void in_type(View<const U> matrix, const F& f) {
  if constexpr (std::is_same_v<T, U>) return f(matrix);
  else return f(converted<T>(matrix).view());
}

}  // namespace

void Multiply::run(sdk::Call<Multiply>& call) {
  const auto op_a = static_cast<Op>(call.in<"op_a">()), op_b = static_cast<Op>(call.in<"op_b">());
  const HostWorkers workers(call);
  visit_matrix(call.in<"a">(), [&]<class A>(View<const A> a) {
    visit_matrix(call.in<"b">(), [&]<class B>(View<const B> b) {
      using T = Wider<A, B>;
      const Index inner_a = op_a == Op::none ? a.cols : a.rows, inner_b = op_b == Op::none ? b.rows : b.cols;
      if (inner_a != inner_b)
        throw sdk::ShapeError("op_a(a) has " + std::to_string(inner_a) + " columns and op_b(b) " +
                              std::to_string(inner_b) + " rows; they must be as many");
      const auto out =
          new_matrix<"product", T>(call, op_a == Op::none ? a.rows : a.cols, op_b == Op::none ? b.cols : b.rows);
      in_type<T>(a, [&](View<const T> left) {
        in_type<T>(b, [&](View<const T> right) { multiply<T>(op_a, left, op_b, right, out, workers); });
      });
    });
  });
}

}  // namespace orrery::matrix

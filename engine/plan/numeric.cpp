// Element-wise arithmetic and reductions on operands.
// SPDX-License-Identifier: Apache-2.0
#include "engine/plan/numeric.hpp"

#include <algorithm>

#include "engine/plan/shapes.hpp"

namespace orrery::plan {
namespace {

using base::Error;
using base::ErrorCode;
using base::Result;
using value::DType;
using value::Tensor;

using Shape = std::optional<std::vector<Extent>>;

const Tensor* tensor_of(const Operand& operand) {
  return operand.value ? std::get_if<Tensor>(&*operand.value) : nullptr;
}

/// The shape that two shapes broadcast to; an unknown extent stays unknown.
Result<Shape> broadcast(const Shape& a, const Shape& b) {
  if (!a || !b) return Shape{};
  std::vector<Extent> shape(std::max(a->size(), b->size()));
  for (std::size_t i = 0; i < shape.size(); ++i) {
    const Extent x = i < a->size() ? (*a)[a->size() - 1 - i] : Extent(1);
    const Extent y = i < b->size() ? (*b)[b->size() - 1 - i] : Extent(1);
    Extent& both = shape[shape.size() - 1 - i];
    if (x == Extent(1)) both = y;
    else if (y == Extent(1) || x == y || !y) both = x;
    else if (!x) both = y;
    else
      return Error(ErrorCode::bad_operands, "shapes " + to_text(*a) + " and " + to_text(*b) + " do not fit together");
  }
  return Shape(shape);
}

/// Walks a result shape and tells, per element, the positions in the two operands that were broadcast to it.
class Broadcaster {
 public:
  Broadcaster(const value::Shape& result, const value::Shape& a, const value::Shape& b)
      : shape_(result), index_(result.size(), 0), step_a_(steps(result, a)), step_b_(steps(result, b)) {}
  template <class F>
  void each(std::int64_t count, F&& f) {
    for (std::int64_t i = 0; i < count; ++i) {
      f(i, a_, b_);
      advance();
    }
  }

 private:
  static std::vector<std::int64_t> steps(const value::Shape& result, const value::Shape& own) {
    std::vector<std::int64_t> step(result.size(), 0);
    std::int64_t stride = 1;
    for (std::size_t i = 0; i < own.size(); ++i) {
      const std::int64_t extent = own[own.size() - 1 - i];
      if (extent != 1) step[step.size() - 1 - i] = stride;
      stride *= extent;
    }
    return step;
  }
  void advance() {
    for (std::size_t axis = shape_.size(); axis-- > 0;) {
      a_ += step_a_[axis];
      b_ += step_b_[axis];
      if (++index_[axis] < shape_[axis]) return;
      a_ -= step_a_[axis] * shape_[axis];
      b_ -= step_b_[axis] * shape_[axis];
      index_[axis] = 0;
    }
  }

  value::Shape shape_, index_;
  std::vector<std::int64_t> step_a_, step_b_;
  std::int64_t a_ = 0, b_ = 0;
};

value::Shape actual(const std::vector<Extent>& shape) {
  value::Shape extents;
  for (const Extent& extent : shape) extents.push_back(*extent);
  return extents;
}

/// The frame of every operation on two operands: shapes, then the elements if both are there.
template <class T, class F>
Result<Operand> over_both(const Operand& a, const Operand& b, const value::Unit& unit, F&& fill) {
  auto shape = broadcast(a.signature.shape, b.signature.shape);
  if (!shape) return std::move(shape).errors();
  Operand result = unknown(value::DTypeOf<T>::value, unit, *shape);
  const Tensor* x = tensor_of(a);
  const Tensor* y = tensor_of(b);
  if (!x || !y) return result;
  auto made = Tensor::allocate(value::DTypeOf<T>::value, actual(**shape), unit);
  if (!made) return std::move(made).errors();
  Broadcaster walk(made->shape(), x->shape(), y->shape());
  fill(walk, *x, *y, *made);
  result.value = std::move(*made);
  return result;
}

}  // namespace

Operand unknown(DType type, const value::Unit& unit, Shape shape) {
  Operand operand;
  operand.signature.dtypes = static_cast<value::DTypeMask>(type);
  operand.signature.unit = unit;
  operand.signature.shape = std::move(shape);
  return operand;
}

Operand constant(double number, const value::Unit& unit) {
  const Tensor tensor = Tensor::scalar(number, unit);
  return {signature_of(tensor), tensor};
}

Operand truth(bool value) {
  const Tensor tensor = Tensor::scalar(value);
  return {signature_of(tensor), tensor};
}

bool is_tensor_of(const Operand& operand, DType type) {
  return operand.signature.kind == catalog::Kind::tensor &&
         operand.signature.dtypes == static_cast<value::DTypeMask>(type);
}

bool is_whole(const Operand& operand) { return is_tensor_of(operand, DType::i64); }

Result<Operand> to_si(Operand operand) {
  constexpr auto real = static_cast<value::DTypeMask>(DType::f64) | static_cast<value::DTypeMask>(DType::f32) |
                        static_cast<value::DTypeMask>(DType::i64);
  const Signature& signature = operand.signature;
  if (signature.kind != catalog::Kind::tensor || !(signature.dtypes & real))
    return Error(ErrorCode::bad_operands, "a real number is needed here, but this is " + signature.text());
  const value::Unit si = value::si_unit(signature.unit.dimension());
  const bool whole = is_whole(operand) && signature.unit.same_scale(si);
  operand.signature.dtypes = static_cast<value::DTypeMask>(whole ? DType::i64 : DType::f64);
  if (operand.value) {
    auto converted = value::convert(std::get<Tensor>(*operand.value), whole ? DType::i64 : DType::f64, si);
    if (!converted) return std::move(converted).errors();
    operand.value = std::move(*converted);
  }
  operand.signature.unit = si;
  return operand;
}

Result<Operand> elementwise(const Operand& a, const Operand& b, const value::Unit& unit, Kernel kernel) {
  return over_both<double>(a, b, unit, [&](Broadcaster& walk, const Tensor& x, const Tensor& y, Tensor& out) {
    double* const to = out.data<double>();
    walk.each(out.count(), [&](auto i, auto p, auto q) { to[i] = kernel(x.number(p), y.number(q)); });
  });
}

Result<Operand> elementwise_whole(const Operand& a, const Operand& b, WholeKernel kernel) {
  bool fits = true;
  auto result = over_both<std::int64_t>(
      a, b, a.signature.unit, [&](Broadcaster& walk, const Tensor& x, const Tensor& y, Tensor& out) {
        auto* const to = out.data<std::int64_t>();
        const auto* const p0 = x.data<std::int64_t>();
        const auto* const q0 = y.data<std::int64_t>();
        walk.each(out.count(), [&](auto i, auto p, auto q) { fits = kernel(p0[p], q0[q], to + i) && fits; });
      });
  if (!fits) return Error(ErrorCode::bad_operands, "the result does not fit into a whole number of 64 bits");
  return result;
}

Result<Operand> compare(const Operand& a, const Operand& b, Comparison comparison) {
  // All digits of whole numbers count; what is compared is then the order alone.
  if (is_whole(a) && is_whole(b))
    return over_both<bool>(a, b, {}, [&](Broadcaster& walk, const Tensor& x, const Tensor& y, Tensor& out) {
      bool* const to = out.data<bool>();
      const auto* const p0 = x.data<std::int64_t>();
      const auto* const q0 = y.data<std::int64_t>();
      walk.each(out.count(), [&](auto i, auto p, auto q) {
        to[i] = comparison(static_cast<double>(p0[p] > q0[q]), static_cast<double>(p0[p] < q0[q]));
      });
    });
  return over_both<bool>(a, b, {}, [&](Broadcaster& walk, const Tensor& x, const Tensor& y, Tensor& out) {
    bool* const to = out.data<bool>();
    walk.each(out.count(), [&](auto i, auto p, auto q) { to[i] = comparison(x.number(p), y.number(q)); });
  });
}

Result<Operand> logical(const Operand& a, const Operand& b, bool (*kernel)(bool, bool)) {
  return over_both<bool>(a, b, {}, [&](Broadcaster& walk, const Tensor& x, const Tensor& y, Tensor& out) {
    bool* const to = out.data<bool>();
    walk.each(out.count(), [&](auto i, auto p, auto q) { to[i] = kernel(x.data<bool>()[p], y.data<bool>()[q]); });
  });
}

Operand map(const Operand& a, const value::Unit& unit, double (*kernel)(double)) {
  Operand result = unknown(DType::f64, unit, a.signature.shape);
  if (const Tensor* x = tensor_of(a)) {
    std::vector<double> numbers = doubles(*x);
    std::transform(numbers.begin(), numbers.end(), numbers.begin(), kernel);
    result.value = Tensor::of<double>(numbers, x->shape(), unit);
  }
  return result;
}

Result<Operand> reduce(const Operand& a, const value::Unit& unit, double (*kernel)(std::span<const double>)) {
  Operand result = unknown(DType::f64, unit, std::vector<Extent>{});
  if (const Tensor* x = tensor_of(a)) {
    if (x->count() == 0) return Error(ErrorCode::bad_operands, "there are no elements to reduce");
    result.value = Tensor::scalar(kernel(doubles(*x)), unit);
  }
  return result;
}

Result<Operand> choose(const Operand& condition, Operand a, Operand b) {
  // Where only the run tells the shape, the run finds out.
  if (condition.signature.shape && !condition.signature.shape->empty())
    return Error(ErrorCode::bad_operands,
                 "the condition of if() is one truth value, but this is " + condition.signature.text())
        .help("all(...) or any(...) makes one of many");
  if (const Tensor* c = tensor_of(condition)) return *c->data<bool>() ? a : b;
  if (a.signature.shape != b.signature.shape) a.signature.shape.reset();
  a.signature.dtypes |= b.signature.dtypes;
  if (!a.signature.unit_known && b.signature.unit_known) a.signature.unit = b.signature.unit;
  a.signature.unit_known = a.signature.unit_known || b.signature.unit_known;
  a.value.reset();
  return a;
}

std::vector<double> doubles(const Tensor& tensor) {
  std::vector<double> numbers(static_cast<std::size_t>(tensor.count()));
  for (std::int64_t i = 0; i < tensor.count(); ++i) numbers[static_cast<std::size_t>(i)] = tensor.number(i);
  return numbers;
}

}  // namespace orrery::plan

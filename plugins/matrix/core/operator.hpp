// Matrices that are known by what they do to others, and factorisations seen that way.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "plugins/matrix/core/norms.hpp"
#include "plugins/matrix/core/product.hpp"
#include "plugins/matrix/core/view.hpp"
#include "plugins/matrix/core/workers.hpp"

namespace orrery::matrix {

/// A matrix A of which only products are needed.
template <class T>
class LinearOperator {
 public:
  LinearOperator() = default;
  LinearOperator(const LinearOperator&) = default;
  LinearOperator& operator=(const LinearOperator&) = default;
  virtual ~LinearOperator() = default;

  virtual Index rows() const = 0;
  virtual Index cols() const = 0;
  /// y = A x, for cols x any.
  virtual void apply(View<const T> x, View<T> y, const Workers& workers) const = 0;
  /// y = A^H x, for rows x any.
  virtual void apply_adjoint(View<const T> x, View<T> y, const Workers& workers) const = 0;
  /// |A|_F, with the accuracy of frobenius_norm.
  virtual double frobenius(const Workers& workers) const = 0;
  /// |A - left right|_F, computed from the differences.
  virtual double distance_to(View<const T> left, View<const T> right, const Workers& workers) const = 0;
};

/// A matrix in memory.
template <class T>
class DenseOperator : public LinearOperator<T> {
 public:
  explicit DenseOperator(View<const T> a) : a_(a) {}
  Index rows() const override { return a_.rows; }
  Index cols() const override { return a_.cols; }
  void apply(View<const T> x, View<T> y, const Workers& workers) const override {
    multiply<T>(Op::none, a_, Op::none, x, y, workers);
  }
  void apply_adjoint(View<const T> x, View<T> y, const Workers& workers) const override {
    multiply<T>(Op::adjoint, a_, Op::none, x, y, workers);
  }
  double frobenius(const Workers& workers) const override { return frobenius_norm<T>(a_, workers); }
  double distance_to(View<const T> left, View<const T> right, const Workers& workers) const override;

 private:
  View<const T> a_;
};

/// A - left right, for errors of a factorisation.
template <class T>
class Difference : public LinearOperator<T> {
 public:
  Difference(const LinearOperator<T>& a, View<const T> left, View<const T> right) : a_(a), left_(left), right_(right) {}
  Index rows() const override { return a_.rows(); }
  Index cols() const override { return a_.cols(); }
  void apply(View<const T> x, View<T> y, const Workers& workers) const override {
    a_.apply(x, y, workers);
    multiply_add<T>(Real<T>(-1), Op::none, left_, Op::none, product<T>(Op::none, right_, Op::none, x, workers), y,
                    workers);
  }
  void apply_adjoint(View<const T> x, View<T> y, const Workers& workers) const override {
    a_.apply_adjoint(x, y, workers);
    multiply_add<T>(Real<T>(-1), Op::adjoint, right_, Op::none, product<T>(Op::adjoint, left_, Op::none, x, workers), y,
                    workers);
  }
  double frobenius(const Workers& workers) const override { return a_.distance_to(left_, right_, workers); }
  double distance_to(View<const T> left, View<const T> right, const Workers& workers) const override;

 private:
  const LinearOperator<T>& a_;
  View<const T> left_, right_;
};

}  // namespace orrery::matrix

// Matrix exponentials along a curve: Blanes, Casas, Oteo, Ros 2009; Higham 2008; Hairer, Norsett, Wanner 1993 (RK4).
// SPDX-License-Identifier: Apache-2.0
#include "plugins/curve/core/matrix_flow.hpp"

#include <algorithm>
#include <cmath>

#include "plugins/curve/core/double_double.hpp"
#include "plugins/curve/core/gauss_nodes.hpp"

namespace orrery::curve {

namespace {

// A square matrix of order d + 1 (frame and place) or d.
class Matrix {
 public:
  explicit Matrix(std::size_t order) : order_(order), entries_(order * order, 0.0) {}
  double& operator()(std::size_t i, std::size_t j) { return entries_[i * order_ + j]; }
  double operator()(std::size_t i, std::size_t j) const { return entries_[i * order_ + j]; }
  [[nodiscard]] std::size_t order() const { return order_; }
  [[nodiscard]] double largest_row_sum() const {
    double largest = 0.0;
    for (std::size_t i = 0; i < order_; ++i) {
      double sum = 0.0;
      for (std::size_t j = 0; j < order_; ++j) {
        sum += std::abs((*this)(i, j));
      }
      largest = std::max(largest, sum);
    }
    return largest;
  }
  Matrix& operator+=(const Matrix& other) { return add(1.0, other); }
  Matrix& operator*=(double factor) {
    std::for_each(entries_.begin(), entries_.end(), [factor](double& entry) { entry *= factor; });
    return *this;
  }
  Matrix& add(double factor, const Matrix& other) {
    for (std::size_t i = 0; i < entries_.size(); ++i) {
      entries_[i] += factor * other.entries_[i];
    }
    return *this;
  }

 private:
  std::size_t order_;
  std::vector<double> entries_;
};

Matrix operator*(const Matrix& a, const Matrix& b) {
  Matrix product(a.order());
  for (std::size_t i = 0; i < a.order(); ++i) {
    for (std::size_t k = 0; k < a.order(); ++k) {
      for (std::size_t j = 0; j < a.order(); ++j) {
        product(i, j) += a(i, k) * b(k, j);
      }
    }
  }
  return product;
}

Matrix operator+(Matrix a, const Matrix& b) { return a += b; }
Matrix operator-(Matrix a, const Matrix& b) { return a.add(-1.0, b); }
Matrix operator*(double s, Matrix a) { return a *= s; }

// The state is multiplied from the right, which turns the bracket of the books around.
Matrix bracket(const Matrix& a, const Matrix& b) { return b * a - a * b; }

// exp(a) - 1: Taylor's series of a / 2^k with norm at most 1/2, then k squarings, 1 + e -> (1 + e)^2.
Matrix exponential_minus_one(Matrix a) {
  const double size = a.largest_row_sum();
  const int halvings = size > 0.5 ? std::ilogb(size) + 2 : 0;
  a *= std::scalbn(1.0, -halvings);
  Matrix sum = (1.0 / 16.0) * a;
  for (int k = 15; k >= 1; --k) {
    sum = a + a * sum;
    sum *= 1.0 / k;
  }
  for (int i = 0; i < halvings; ++i) {
    sum = 2.0 * sum + sum * sum;
  }
  return sum;
}

Matrix magnus4(const Matrix& a, const Matrix& b) {
  constexpr double factor = 0.14433756729740644113;  // sqrt(3)/12
  return 0.5 * (a + b) + factor * bracket(b, a);
}

Matrix magnus6(const Matrix& a, const Matrix& b, const Matrix& c) {
  constexpr double root = 1.2909944487358056284;  // sqrt(15)/3
  const Matrix second = root * (c - a);
  const Matrix third = (10.0 / 3.0) * (c + a - 2.0 * b);
  const Matrix c1 = bracket(b, second);
  const Matrix c2 = (-1.0 / 60.0) * bracket(b, 2.0 * third + c1);
  return b + (1.0 / 12.0) * third + (1.0 / 240.0) * bracket(c1 - 20.0 * b - third, second + c2);
}

class Walker {
 public:
  explicit Walker(const MatrixFlow& flow)
      : flow_(flow),
        nodes_(node_count(flow.integrator)),
        order_(flow.d + (flow.moves ? 1 : 0)),
        state_(order_),
        low_(order_) {
    for (std::size_t i = 0; i < order_; ++i) {
      state_(i, i) = 1.0;
    }
    for (std::size_t i = 0; i < flow.d; ++i) {
      for (std::size_t c = 0; c < flow.d && !flow.start_frame.empty(); ++c) {
        state_(c, i) = flow.start_frame[i * flow.d + c];
      }
      if (flow.moves && !flow.start_position.empty()) {
        state_(i, flow.d) = flow.start_position[i];
      }
    }
  }

  void step(std::size_t i) {
    if (flow_.integrator == Integrator::runge_kutta) {
      return step_by_runge_kutta(i);
    }
    const Matrix a = velocity(i, 0);
    const Matrix b = velocity(i, 1);
    const Matrix omega = nodes_ == 2 ? magnus4(a, b) : magnus6(a, b, velocity(i, 2));
    const Matrix change = state_ * exponential_minus_one(omega);
    for (std::size_t r = 0; r < order_; ++r) {
      for (std::size_t c = 0; c < order_; ++c) {
        const DoubleDouble sum = two_sum(state_(r, c), change(r, c) + low_(r, c));
        state_(r, c) = sum.hi;
        low_(r, c) = sum.lo;
      }
    }
    if (i % 256 == 255 && !flow_.hyperbolic) {
      state_ = orthonormalised();
    }
  }

  void store(std::size_t i, MatrixFlowResult& out) const {
    const std::size_t d = flow_.d;
    const bool tidy = flow_.integrator != Integrator::runge_kutta && !flow_.hyperbolic;
    const Matrix frame = tidy ? orthonormalised() : state_;
    for (std::size_t r = 0; r < d; ++r) {
      for (std::size_t c = 0; c < d; ++c) {
        out.frame[(i * d + r) * d + c] = frame(c, r);
      }
      if (flow_.moves) {
        out.position[i * d + r] = state_(r, d);
      }
    }
  }

 private:
  // h times the velocity of the frame in its own axes, at a Gauss node.
  [[nodiscard]] Matrix velocity(std::size_t i, std::size_t node) const {
    Matrix a(order_);
    const std::size_t at = i * nodes_ + node;
    const double h = flow_.parameter[i + 1] - flow_.parameter[i];
    const double move = h * (flow_.speed.empty() ? 1.0 : flow_.speed[at]);
    for (std::size_t k = 0; k + 1 < flow_.d; ++k) {
      const double rate = move * flow_.rates[at * (flow_.d - 1) + k];
      a(k + 1, k) = rate;
      a(k, k + 1) = flow_.hyperbolic && k == 0 ? rate : -rate;
    }
    if (flow_.moves) {
      a(0, flow_.d) = move;
    }
    return a;
  }

  // A line through the two nodes has all that a method of order 4 can use.
  void step_by_runge_kutta(std::size_t i) {
    const Matrix first = velocity(i, 0);
    const Matrix second = velocity(i, 1);
    const std::span<const double> nodes = unit_gauss_nodes(2);
    const auto at = [&](double place) {
      const double share = (place - nodes[0]) / (nodes[1] - nodes[0]);
      return (1.0 - share) * first + share * second;
    };
    const Matrix middle = at(0.5);
    const Matrix k1 = state_ * at(0.0);
    const Matrix k2 = (state_ + 0.5 * k1) * middle;
    const Matrix k3 = (state_ + 0.5 * k2) * middle;
    const Matrix k4 = (state_ + k3) * at(1.0);
    state_ += (1.0 / 6.0) * (k1 + 2.0 * k2 + 2.0 * k3 + k4);
  }

  // One step of Newton and Schulz: F (3 - F^T F) / 2.
  [[nodiscard]] Matrix orthonormalised() const {
    Matrix result = state_;
    const std::size_t d = flow_.d;
    std::vector<double> defect(d * d);
    for (std::size_t i = 0; i < d; ++i) {
      for (std::size_t j = 0; j < d; ++j) {
        DoubleDouble sum{i == j ? -1.0 : 0.0, 0.0};
        for (std::size_t c = 0; c < d; ++c) {
          sum = sum + two_product(state_(c, i), state_(c, j));
        }
        defect[i * d + j] = to_double(sum);
      }
    }
    for (std::size_t c = 0; c < d; ++c) {
      for (std::size_t i = 0; i < d; ++i) {
        double change = 0.0;
        for (std::size_t j = 0; j < d; ++j) {
          change += state_(c, j) * defect[j * d + i];
        }
        result(c, i) -= 0.5 * change;
      }
    }
    return result;
  }

  const MatrixFlow& flow_;
  std::size_t nodes_, order_;
  Matrix state_, low_;  // columns: the frame, then the place; low_ is what the sums have left over
};

}  // namespace

MatrixFlowResult follow(const MatrixFlow& flow) {
  const std::size_t n = flow.parameter.size();
  MatrixFlowResult out;
  out.position.resize(flow.moves ? n * flow.d : 0);
  out.frame.resize(n * flow.d * flow.d);
  Walker walker(flow);
  walker.store(0, out);
  for (std::size_t i = 0; i + 1 < n; ++i) {
    if (flow.progress && i % 1024 == 0) {
      flow.progress(i);
    }
    walker.step(i);
    walker.store(i + 1, out);
  }
  return out;
}

}  // namespace orrery::curve

// A multilayer perceptron that classifies: loss, exact gradient, and the sharpness of the loss.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/optimizer/core/perceptron.hpp"

#include <algorithm>
#include <cmath>

namespace orrery::optimizer {
namespace {

double real_part(double x) { return x; }
double real_part(const std::complex<double>& x) { return x.real(); }

template <class T>
using Layers = std::vector<std::vector<T>>;

/// Where a layer's weights begin.
std::vector<std::size_t> offsets(const Perceptron& net) {
  std::vector<std::size_t> at{0};
  for (std::size_t l = 0; l + 1 < net.widths.size(); ++l)
    at.push_back(at.back() + net.widths[l + 1] * (net.widths[l] + 1));
  return at;
}

/// Activations of all layers for one row.
template <class T>
void forward(const Perceptron& net, const std::vector<std::size_t>& at, std::span<const double> row,
             std::span<const T> parameters, Layers<T>& values) {
  values[0].assign(row.begin(), row.end());
  for (std::size_t l = 0; l + 1 < net.widths.size(); ++l) {
    const std::size_t in = net.widths[l], out = net.widths[l + 1];
    const T *weights = &parameters[at[l]], *biases = weights + out * in;
    values[l + 1].resize(out);
    for (std::size_t o = 0; o < out; ++o) {
      T sum = biases[o];
      for (std::size_t i = 0; i < in; ++i) sum += weights[o * in + i] * values[l][i];
      values[l + 1][o] = l + 2 < net.widths.size() ? std::tanh(sum) : sum;
    }
  }
}

/// The logits become probabilities minus the truth, which is the loss's gradient by them.
template <class T>
T cross_entropy(std::vector<T>& logits, std::size_t truth) {
  const T top = *std::max_element(logits.begin(), logits.end(),
                                  [](const T& a, const T& b) { return real_part(a) < real_part(b); });
  const T of_truth = logits[truth] - top;
  T sum{};
  for (T& z : logits) sum += z = std::exp(z - top);
  for (T& z : logits) z /= sum;
  logits[truth] -= 1.0;
  return std::log(sum) - of_truth;
}

template <class T>
void backward(const Perceptron& net, const std::vector<std::size_t>& at, std::span<const T> parameters,
              const Layers<T>& values, std::vector<T> slope, std::span<T> gradient) {
  for (std::size_t l = net.widths.size() - 1; l-- > 0;) {
    const std::size_t in = net.widths[l], out = net.widths[l + 1];
    std::vector<T> below(in, T{});
    for (std::size_t o = 0; o < out; ++o) {
      for (std::size_t i = 0; i < in; ++i) {
        gradient[at[l] + o * in + i] += slope[o] * values[l][i];
        below[i] += slope[o] * parameters[at[l] + o * in + i];
      }
      gradient[at[l] + out * in + o] += slope[o];
    }
    for (std::size_t i = 0; i < in; ++i) below[i] *= 1.0 - values[l][i] * values[l][i];
    slope = std::move(below);
  }
}

/// The Hessian times a direction: exact, since a complex step loses no digits.
std::vector<double> hessian_product(const Perceptron& net, const LabelledRows& rows, std::span<const double> parameters,
                                    const std::vector<double>& direction) {
  constexpr double step = 1e-150;
  std::vector<std::complex<double>> place(parameters.size()), slope(parameters.size());
  for (std::size_t i = 0; i < place.size(); ++i) place[i] = {parameters[i], step * direction[i]};
  perceptron_loss<std::complex<double>>(net, rows, place, slope);
  std::vector<double> product(place.size());
  for (std::size_t i = 0; i < place.size(); ++i) product[i] = slope[i].imag() / step;
  return product;
}

/// The largest eigenvalue of a symmetric tridiagonal matrix, by bisection on the signs of its pivots.
double largest_eigenvalue(const std::vector<double>& diagonal, const std::vector<double>& beside) {
  double low = diagonal[0], high = diagonal[0];
  for (std::size_t i = 0; i < diagonal.size(); ++i) {
    const double left = i ? std::abs(beside[i - 1]) : 0.0, right = i + 1 < diagonal.size() ? std::abs(beside[i]) : 0.0;
    low = std::min(low, diagonal[i] - left - right);
    high = std::max(high, diagonal[i] + left + right);
  }
  const auto all_below = [&](double x) {
    double pivot = 1.0;
    for (std::size_t i = 0; i < diagonal.size(); ++i) {
      pivot = diagonal[i] - x - (i ? beside[i - 1] * beside[i - 1] / pivot : 0.0);
      if (!(pivot < 0.0)) return false;
    }
    return true;
  };
  for (int i = 0; i < 200 && low < high; ++i) {
    const double middle = low + 0.5 * (high - low);
    if (middle == low || middle == high) break;
    (all_below(middle) ? high : low) = middle;
  }
  return high;
}

double dot(const std::vector<double>& a, const std::vector<double>& b) {
  double sum = 0.0;
  for (std::size_t i = 0; i < a.size(); ++i) sum += a[i] * b[i];
  return sum;
}

}  // namespace

std::size_t Perceptron::parameter_count() const { return offsets(*this).back(); }

template <class T>
T perceptron_loss(const Perceptron& net, const LabelledRows& rows, std::span<const T> parameters,
                  std::span<T> gradient) {
  const auto at = offsets(net);
  const std::size_t inputs = net.widths.front();
  Layers<T> values(net.widths.size());
  std::fill(gradient.begin(), gradient.end(), T{});
  T loss{};
  for (std::size_t r = 0; r < rows.labels.size(); ++r) {
    forward(net, at, rows.features.subspan(r * inputs, inputs), parameters, values);
    loss += cross_entropy(values.back(), static_cast<std::size_t>(rows.labels[r]));
    if (!gradient.empty()) backward(net, at, parameters, values, values.back(), gradient);
  }
  const auto k = static_cast<double>(rows.labels.size());
  T squares{};
  for (const T& x : parameters) squares += x * x;
  for (std::size_t i = 0; i < gradient.size(); ++i) gradient[i] = gradient[i] / k + net.penalty * parameters[i];
  return loss / k + 0.5 * net.penalty * squares;
}

template double perceptron_loss(const Perceptron&, const LabelledRows&, std::span<const double>, std::span<double>);
template std::complex<double> perceptron_loss(const Perceptron&, const LabelledRows&,
                                              std::span<const std::complex<double>>, std::span<std::complex<double>>);

std::size_t correct_rows(const Perceptron& net, const LabelledRows& rows, std::span<const double> parameters) {
  const auto at = offsets(net);
  const std::size_t inputs = net.widths.front();
  Layers<double> values(net.widths.size());
  std::size_t correct = 0;
  for (std::size_t r = 0; r < rows.labels.size(); ++r) {
    forward(net, at, rows.features.subspan(r * inputs, inputs), parameters, values);
    const auto top = std::max_element(values.back().begin(), values.back().end()) - values.back().begin();
    correct += top == rows.labels[r];
  }
  return correct;
}

double sharpness(const Perceptron& net, const LabelledRows& rows, std::span<const double> parameters,
                 std::size_t iterations) {
  const std::size_t n = parameters.size();
  Layers<double> basis(1, std::vector<double>(n));
  // Any direction that is not orthogonal to the one that is sought.
  for (std::size_t i = 0; i < n; ++i) basis[0][i] = std::sin(1.0 + 1.7 * static_cast<double>(i));
  std::vector<double> diagonal, beside;
  double scale = std::sqrt(dot(basis[0], basis[0])), largest = 0.0;
  for (std::size_t k = 0; k < std::min(iterations, n); ++k) {
    for (double& x : basis[k]) x /= scale;
    std::vector<double> next = hessian_product(net, rows, parameters, basis[k]);
    diagonal.push_back(dot(next, basis[k]));
    largest = std::max(largest, std::abs(diagonal.back()));
    for (int twice = 0; twice < 2; ++twice)
      for (const auto& q : basis) {
        const double part = dot(next, q);
        for (std::size_t i = 0; i < n; ++i) next[i] -= part * q[i];
      }
    scale = std::sqrt(dot(next, next));
    if (scale <= 1e-14 * largest) break;  // the rest of the space is not reached from here
    beside.push_back(scale);
    basis.push_back(std::move(next));
  }
  return largest_eigenvalue(diagonal, beside);
}

}  // namespace orrery::optimizer

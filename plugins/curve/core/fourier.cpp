// Fourier transforms: Cooley and Tukey 1965 for powers of two, Bluestein 1970 for the rest.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/curve/core/fourier.hpp"

#include <bit>
#include <cmath>
#include <numbers>
#include <utility>

namespace orrery::curve {

namespace {

using Complex = std::complex<double>;
using Complexes = std::vector<Complex>;

// The operator of std::complex repairs infinities and is several times slower.
Complex multiply(Complex a, Complex b) {
  return {a.real() * b.real() - a.imag() * b.imag(), a.real() * b.imag() + a.imag() * b.real()};
}

void bit_reverse(Complexes& values) {
  for (std::size_t i = 1, j = 0; i < values.size(); ++i) {
    std::size_t bit = values.size() >> 1U;
    for (; (j & bit) != 0; bit >>= 1U) {
      j ^= bit;
    }
    j ^= bit;
    if (i < j) {
      std::swap(values[i], values[j]);
    }
  }
}

// exp(-pi i j^2 / n); the square is reduced modulo 2n before it becomes an angle.
Complexes make_chirp(std::size_t n) {
  Complexes result(n);
  std::size_t square = 0;
  for (std::size_t j = 0; j < n; ++j) {
    result[j] = std::conj(unit_root(square, 2 * n));
    square = (square + 2 * j + 1) % (2 * n);
  }
  return result;
}

}  // namespace

// The angle is brought into the first octant by integers, so that multiples of a quarter turn come out exact.
Complex unit_root(std::size_t k, std::size_t n) {
  const std::size_t eighths = 8 * (k % n);
  const std::size_t octant = eighths / n;
  const std::size_t rest = eighths % n;
  const bool mirrored = octant % 2 == 1;
  const double part = static_cast<double>(mirrored ? n - rest : rest) / static_cast<double>(n);
  const double angle = part * (std::numbers::pi / 4.0);
  Complex root{std::cos(angle), std::sin(angle)};
  if (mirrored) {
    root = {root.imag(), root.real()};
  }
  for (std::size_t quarter = 0; quarter < octant / 2; ++quarter) {
    root = {-root.imag(), root.real()};
  }
  return root;
}

FourierPlan::FourierPlan(std::size_t n)
    : n_(n), padded_(std::has_single_bit(n) ? n : std::bit_ceil(2 * n - 1)), roots_(padded_ / 2) {
  for (std::size_t k = 0; k < roots_.size(); ++k) {
    roots_[k] = std::conj(unit_root(k, padded_));
  }
  if (padded_ == n_) {
    return;
  }
  chirp_ = make_chirp(n_);
  spectrum_.resize(padded_);
  for (std::size_t j = 0; j < n_; ++j) {
    spectrum_[j] = std::conj(chirp_[j]);
    spectrum_[(padded_ - j) % padded_] = spectrum_[j];
  }
  transform_power_of_two(spectrum_);
}

void FourierPlan::transform_power_of_two(Complexes& values) const {
  bit_reverse(values);
  for (std::size_t half = 1; half < padded_; half *= 2) {
    const std::size_t stride = padded_ / (2 * half);
    for (std::size_t block = 0; block < padded_; block += 2 * half) {
      for (std::size_t k = 0; k < half; ++k) {
        const Complex even = values[block + k];
        const Complex odd = multiply(values[block + k + half], roots_[k * stride]);
        values[block + k] = even + odd;
        values[block + k + half] = even - odd;
      }
    }
  }
}

// A convolution with the chirp; its way back uses that the conjugate of a transform is the inverse one.
void FourierPlan::transform_any(Complexes& values) const {
  Complexes work(padded_);
  for (std::size_t j = 0; j < n_; ++j) {
    work[j] = multiply(values[j], chirp_[j]);
  }
  transform_power_of_two(work);
  for (std::size_t k = 0; k < padded_; ++k) {
    work[k] = std::conj(multiply(work[k], spectrum_[k]));
  }
  transform_power_of_two(work);
  const double scale = 1.0 / static_cast<double>(padded_);
  for (std::size_t k = 0; k < n_; ++k) {
    values[k] = multiply(std::conj(work[k]) * scale, chirp_[k]);
  }
}

void FourierPlan::forward(Complexes& values) const {
  if (padded_ == n_) {
    transform_power_of_two(values);
  } else {
    transform_any(values);
  }
}

void FourierPlan::inverse(Complexes& values) const {
  for (Complex& value : values) {
    value = std::conj(value);
  }
  forward(values);
  const auto n = static_cast<double>(n_);
  for (Complex& value : values) {
    value = std::conj(value) / n;
  }
}

}  // namespace orrery::curve

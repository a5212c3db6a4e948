// Penalised splines: normal equations, the choice of the penalty, and the number of knots.
// SPDX-License-Identifier: Apache-2.0
// Sources: Eilers, Marx 1996; Craven, Wahba 1979; Patterson, Thompson 1971; Hastie, Tibshirani 1990.
#include "plugins/curve/core/smooth.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <stdexcept>
#include <string>

#include "plugins/curve/core/checks.hpp"

namespace orrery::curve {

namespace {

constexpr std::size_t degree = SmoothCurve::degree;
constexpr std::size_t width = degree;
constexpr std::size_t basis_size = degree + 1;
constexpr std::size_t fewest_samples = 9;
constexpr std::size_t fewest_spans = 2 * width + 1;
constexpr std::size_t first_spans = 96;

using Basis = std::array<double, basis_size>;

// The functions of degree p at the fraction f of a span of equal knots.
Basis basis_of(double f, std::size_t p) {
  Basis values{1.0};
  for (std::size_t j = 1; j <= p; ++j) {
    const double by = 1.0 / static_cast<double>(j);
    double saved = 0.0;
    for (std::size_t r = 0; r < j; ++r) {
      const double part = values[r] * by;
      values[r] = saved + (static_cast<double>(r + 1) - f) * part;
      saved = (f + static_cast<double>(j - r - 1)) * part;
    }
    values[j] = saved;
  }
  return values;
}

// Their k-th derivatives by v, of which a span is 1 long.
Basis basis_derivative(double f, std::size_t k) {
  Basis values = basis_of(f, degree - k);
  for (std::size_t p = degree - k + 1; p <= degree; ++p)
    for (std::size_t j = p + 1; j-- > 0;) values[j] = (j > 0 ? values[j - 1] : 0.0) - (j < p ? values[j] : 0.0);
  return values;
}

struct Place {
  std::size_t span;
  double fraction;
};

Place place_of(double relative, std::size_t spans) {
  const double v = relative * static_cast<double>(spans);
  const auto span = static_cast<std::size_t>(std::clamp(std::floor(v), 0.0, static_cast<double>(spans - 1)));
  return {span, v - static_cast<double>(span)};
}

double binomial(std::size_t n, std::size_t k) {
  double value = 1.0;
  for (std::size_t i = 1; i <= k; ++i) value = value * static_cast<double>(n - k + i) / static_cast<double>(i);
  return value;
}

}  // namespace

// The normal equations of one number of knots, and their solutions for any weight of the penalty.
class SmoothFit {
 public:
  SmoothFit(const SampledCurve& curve, std::span<const double> relative, const std::vector<double>& centred,
            const SmoothOptions& options, std::size_t spans)
      : curve_(curve),
        options_(options),
        spans_(spans),
        size_(curve.closed ? spans : spans + degree),
        null_(curve.closed ? 1 : options.order),
        normal_(size_, width, curve.closed ? width : 0),
        penalty_(size_, width, curve.closed ? width : 0),
        rhs_(size_ * curve.d, 0.0) {
    accumulate(relative, centred);
    penalise();
    anchor(relative, centred);
  }

  struct Solution {
    double criterion = std::numeric_limits<double>::infinity();
    double lambda = 0.0;
    double effective = 0.0;
    double noise = 0.0;
    std::vector<double> coefficients;
  };

  [[nodiscard]] Solution solve(double lambda) const {
    Solution s;
    BorderedMatrix factors = normal_.plus(lambda, penalty_);
    s.lambda = lambda;
    const double log_determinant = factors.factor();
    if (std::isnan(log_determinant)) return s;
    s.coefficients = rhs_;
    factors.solve(s.coefficients, curve_.d);
    const double n = static_cast<double>(curve_.n), d = static_cast<double>(curve_.d);
    const double rss = std::max(residual(s.coefficients), floor_);
    if (options_.criterion == SmoothingCriterion::gcv) {
      s.effective = factors.inverse().trace_of_product(normal_);
      s.criterion = 2.0 * std::log(n / std::max(n - s.effective, 1e-9 * n)) + std::log(rss);
    } else {
      const double rank = static_cast<double>(size_ - null_), free = n - static_cast<double>(null_);
      const double energy = rss + lambda * penalty_.quadratic_form(s.coefficients, curve_.d);
      s.criterion = free * std::log(energy / (d * free)) + log_determinant - rank * std::log(lambda);
    }
    return s;
  }

  /// Adds what a solution needs once it is chosen; returns the inverse of its matrix.
  BorderedMatrix complete(Solution& s) const {
    const BorderedMatrix inverse = inverse_at(s.lambda);
    s.effective = inverse.trace_of_product(normal_);
    const double free = std::max(static_cast<double>(curve_.n) - s.effective, 1.0);
    s.noise = std::sqrt(std::max(residual(s.coefficients), floor_) / (free * static_cast<double>(curve_.d)));
    // A^-1 N A^-1 = A^-1 - lambda A^-1 P A^-1 = A^-1 + d A^-1 / d log lambda, and so inside the pattern too.
    constexpr double step = 0.02;
    const BorderedMatrix more = inverse_at(s.lambda * std::exp(step)), less = inverse_at(s.lambda * std::exp(-step));
    return inverse.plus(0.5 / step, more).plus(-0.5 / step, less);
  }

  [[nodiscard]] Solution best() const {
    if (options_.smoothing) return solve(*options_.smoothing * scale());
    const double density = static_cast<double>(curve_.n) / static_cast<double>(spans_);
    const double low = std::log(density) - 14.0;
    const double high =
        std::log(density) + 2.0 * static_cast<double>(options_.order) * std::log(static_cast<double>(spans_));
    constexpr double stride = 4.0;
    double at = low, least = std::numeric_limits<double>::infinity();
    for (double x = low; x <= high; x += stride) {
      const double value = solve(std::exp(x)).criterion;
      if (value < least) least = value, at = x;
    }
    return refine(at - stride, at + stride);
  }

  [[nodiscard]] double scale() const {
    return std::pow(static_cast<double>(spans_), 2.0 * static_cast<double>(options_.order) - 1.0);
  }
  [[nodiscard]] std::size_t size() const { return size_; }

  static SmoothCurve finish(const SmoothFit& fit, Solution s, std::vector<double> origin, double start, double range) {
    SmoothCurve curve(fit.complete(s));
    curve.noise_ = s.noise;
    curve.effective_ = s.effective;
    curve.smoothing_ = s.lambda / fit.scale();
    curve.coefficients_ = std::move(s.coefficients);
    curve.origin_ = std::move(origin);
    curve.d_ = fit.curve_.d;
    curve.spans_ = fit.spans_;
    curve.closed_ = fit.curve_.closed;
    curve.start_ = start;
    curve.range_ = range;
    return curve;
  }

 private:
  [[nodiscard]] BorderedMatrix inverse_at(double lambda) const {
    BorderedMatrix factors = normal_.plus(lambda, penalty_);
    factors.factor();
    return factors.inverse();
  }

  [[nodiscard]] std::size_t column(std::size_t span, std::size_t j) const { return (span + j) % size_; }

  void accumulate(std::span<const double> relative, const std::vector<double>& centred) {
    const std::size_t d = curve_.d;
    for (std::size_t i = 0; i < curve_.n; ++i) {
      const Place place = place_of(relative[i], spans_);
      const Basis values = basis_of(place.fraction, degree);
      for (std::size_t j = 0; j < basis_size; ++j) {
        const std::size_t row = column(place.span, j);
        for (std::size_t c = 0; c < d; ++c) rhs_[row * d + c] += values[j] * centred[i * d + c];
        for (std::size_t k = 0; k <= j; ++k) normal_.at(row, column(place.span, k)) += values[j] * values[k];
      }
    }
  }

  void penalise() {
    const std::size_t m = options_.order;
    const std::size_t rows = curve_.closed ? size_ : size_ - m;
    for (std::size_t row = 0; row < rows; ++row)
      for (std::size_t j = 0; j <= m; ++j)
        for (std::size_t k = 0; k <= j; ++k)
          penalty_.at((row + j) % size_, (row + k) % size_) +=
              ((j + k) % 2 == 0 ? 1.0 : -1.0) * binomial(m, j) * binomial(m, k);
  }

  // Residuals are told from those of one curve, so that no solution needs a pass over the samples, and none cancels.
  void anchor(std::span<const double> relative, const std::vector<double>& centred) {
    const std::size_t d = curve_.d;
    anchor_ = rhs_;
    BorderedMatrix factors = normal_.plus(1e-6 * static_cast<double>(curve_.n) / static_cast<double>(spans_), penalty_);
    factors.factor();
    factors.solve(anchor_, d);
    slope_.assign(size_ * d, 0.0);
    double largest = 0.0;
    for (std::size_t i = 0; i < curve_.n; ++i) {
      const Place place = place_of(relative[i], spans_);
      const Basis values = basis_of(place.fraction, degree);
      for (std::size_t c = 0; c < d; ++c) {
        double rest = centred[i * d + c];
        largest = std::max(largest, std::abs(rest));
        for (std::size_t j = 0; j < basis_size; ++j) rest -= values[j] * anchor_[column(place.span, j) * d + c];
        squares_ += rest * rest;
        for (std::size_t j = 0; j < basis_size; ++j) slope_[column(place.span, j) * d + c] += values[j] * rest;
      }
    }
    const double rounding = 2.0 * std::numeric_limits<double>::epsilon() * largest;
    floor_ = std::max(rounding * rounding * static_cast<double>(curve_.n * d), std::numeric_limits<double>::min());
  }

  [[nodiscard]] double residual(const std::vector<double>& coefficients) const {
    std::vector<double> change(coefficients.size());
    double linear = 0.0;
    for (std::size_t i = 0; i < change.size(); ++i) {
      change[i] = anchor_[i] - coefficients[i];
      linear += change[i] * slope_[i];
    }
    return squares_ + 2.0 * linear + normal_.quadratic_form(change, curve_.d);
  }

  // Golden section for the minimum between two logarithms.
  [[nodiscard]] Solution refine(double low, double high) const {
    constexpr double golden = 0.6180339887498949;
    double a = high - golden * (high - low), b = low + golden * (high - low);
    Solution at_a = solve(std::exp(a)), at_b = solve(std::exp(b));
    while (high - low > 0.4) {
      if (at_a.criterion <= at_b.criterion) {
        high = b, b = a, at_b = std::move(at_a);
        a = high - golden * (high - low), at_a = solve(std::exp(a));
      } else {
        low = a, a = b, at_a = std::move(at_b);
        b = low + golden * (high - low), at_b = solve(std::exp(b));
      }
    }
    return at_a.criterion <= at_b.criterion ? at_a : at_b;
  }

  const SampledCurve& curve_;
  const SmoothOptions& options_;
  std::size_t spans_, size_, null_;
  BorderedMatrix normal_, penalty_;
  std::vector<double> rhs_, anchor_, slope_;
  double squares_ = 0.0, floor_ = 0.0;
};

namespace {

void check(const SampledCurve& curve, const SmoothOptions& options) {
  require_valid(curve);
  if (curve.n < fewest_samples)
    throw std::invalid_argument("smoothing needs at least " + std::to_string(fewest_samples) + " samples; there are " +
                                std::to_string(curve.n));
  if (options.order < 2 || options.order > 6)
    throw std::invalid_argument("order must be 2 to 6; it is " + std::to_string(options.order));
  if (options.smoothing && !(*options.smoothing > 0.0 && std::isfinite(*options.smoothing)))
    throw std::invalid_argument("smoothing must be positive and finite; it is " + number_text(*options.smoothing));
}

double parameter_at(const SampledCurve& curve, std::size_t i) {
  return curve.parameter.empty() ? curve.step * static_cast<double>(i) : curve.parameter[i];
}

double range_of(const SampledCurve& curve) {
  if (curve.closed) return curve.parameter.empty() ? curve.step * static_cast<double>(curve.n) : curve.period;
  return parameter_at(curve, curve.n - 1) - parameter_at(curve, 0);
}

std::vector<double> mean_of(const SampledCurve& curve) {
  std::vector<double> mean(curve.d, 0.0);
  for (std::size_t i = 0; i < curve.points.size(); ++i)
    mean[i % curve.d] += curve.points[i] / static_cast<double>(curve.n);
  return mean;
}

}  // namespace

SmoothCurve SmoothCurve::fit(const SampledCurve& curve, const SmoothOptions& options) {
  check(curve, options);
  const double start = parameter_at(curve, 0), range = range_of(curve);
  const std::vector<double> origin = mean_of(curve);
  std::vector<double> centred(curve.points.begin(), curve.points.end()), relative(curve.n);
  for (std::size_t i = 0; i < centred.size(); ++i) centred[i] -= origin[i % curve.d];
  for (std::size_t i = 0; i < curve.n; ++i) relative[i] = (parameter_at(curve, i) - start) / range;
  const std::size_t most = std::max(fewest_spans, curve.n / 2);
  for (std::size_t spans = std::min(first_spans, most);; spans = std::min(2 * spans, most)) {
    const SmoothFit fit(curve, relative, centred, options, spans);
    SmoothFit::Solution solution = fit.best();
    if (!std::isfinite(solution.criterion))
      throw std::invalid_argument("the samples do not determine a smooth curve: the normal equations are singular");
    SmoothCurve result = SmoothFit::finish(fit, std::move(solution), origin, start, range);
    // A curve that needs a third of its freedom may want to bend more often than its knots allow.
    if (spans == most || 3.0 * result.effective_parameters() < static_cast<double>(fit.size())) return result;
  }
}

SmoothCurve::Local SmoothCurve::at(double t) const {
  double relative = (t - start_) / range_;
  if (closed_) relative -= std::floor(relative);
  if (!(relative >= -1e-12 && relative <= 1.0 + 1e-12))
    throw std::domain_error("a place must lie within the samples, from " + number_text(start_) + " to " +
                            number_text(start_ + range_) + "; it is " + number_text(t));
  const Place place = place_of(relative, spans_);
  const std::size_t size = covariance_.size();
  const double by_span = static_cast<double>(spans_) / range_;
  std::array<Basis, derivatives> basis;
  double factor = 1.0;
  for (std::size_t k = 0; k < derivatives; ++k, factor *= by_span) {
    basis[k] = basis_derivative(place.fraction, k);
    for (double& value : basis[k]) value *= factor;
  }
  Local local{std::vector<double>(derivatives * d_, 0.0), {}};
  for (std::size_t j = 0; j < basis_size; ++j) {
    const std::size_t row = (place.span + j) % size;
    for (std::size_t k = 0; k < derivatives; ++k)
      for (std::size_t c = 0; c < d_; ++c) local.values[k * d_ + c] += basis[k][j] * coefficients_[row * d_ + c];
    std::array<double, derivatives> product{};
    for (std::size_t i = 0; i < basis_size; ++i) {
      const double entry = covariance_.at(row, (place.span + i) % size);
      for (std::size_t k = 0; k < derivatives; ++k) product[k] += entry * basis[k][i];
    }
    for (std::size_t k = 0; k < derivatives; ++k)
      for (std::size_t l = 0; l < derivatives; ++l)
        local.covariance[k][l] += noise_ * noise_ * basis[k][j] * product[l];
  }
  for (std::size_t c = 0; c < d_; ++c) local.values[c] += origin_[c];
  return local;
}

}  // namespace orrery::curve

// The operations matrix.cr_select, cr_multiply, cr_expected_error and cr_monte_carlo.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/matrix/ops/cr_select_op.hpp"

#include <cmath>
#include <limits>
#include <stdexcept>
#include <string>

#include "plugins/matrix/core/norms.hpp"
#include "plugins/matrix/core/product.hpp"

namespace orrery::matrix {
namespace {

template <class T, class U, class F>
void in_type(View<const U> matrix, const F& f) {
  if constexpr (std::is_same_v<T, U>) f(matrix);
  else f(reading(converted<T>(matrix)));
}

// Calls f(x, y) with both in the type in which errors are computed: double, or Complex if either is.
template <class Op, class F>
void with_factors(sdk::Call<Op>& call, const F& f) {
  visit_matrix(call.template in<"x">(), [&]<class A>(View<const A> a) {
    visit_matrix(call.template in<"y">(), [&]<class B>(View<const B> b) {
      using T = std::conditional_t<is_complex<A> || is_complex<B>, Complex, double>;
      in_type<T>(a, [&](View<const T> x) { in_type<T>(b, [&](View<const T> y) { f(x, y); }); });
    });
  });
}

template <class T>
std::vector<T> numbers_of(const sdk::AnyView& tensor) {
  std::vector<T> numbers;
  if (tensor.dtype() == ORRERY_C128) {
    if constexpr (is_complex<T>)
      numbers.assign(tensor.as<const Complex>().data(), tensor.as<const Complex>().data() + tensor.size());
  } else if (tensor.dtype() == ORRERY_F32) {
    for (const float v : tensor.as<const float>().span()) numbers.push_back(T(v));
  } else {
    for (const double v : tensor.as<const double>().span()) numbers.push_back(T(static_cast<Real<T>>(v)));
  }
  return numbers;
}

template <class T>
void put(const sdk::View<sdk::i64, 1>& out, const std::vector<T>& values) {
  std::copy(values.begin(), values.end(), out.begin());
}

template <class T>
void put_choice(sdk::Call<CrSelect>& call, const CrApproximation<T>& a) {
  const auto s = static_cast<Index>(a.choice.indices.size());
  put(call.out<"indices">(s), a.choice.indices);
  put(call.out<"multiplicity">(s), a.choice.multiplicities);
  const auto weights = new_vector<"weights", T>(call, static_cast<Index>(a.weights.size()));
  std::copy(a.weights.begin(), a.weights.end(), weights.begin());
  copy<T>(a.core, new_matrix<"core", T>(call, a.core.rows(), a.core.cols()));
  visit_matrix(call.in<"x">(), [&]<class U>(View<const U> x) {
    copy<U>(gather_columns<U>(x, a.choice.indices), new_matrix<"columns", U>(call, x.rows, s));
  });
  visit_matrix(call.in<"y">(), [&]<class U>(View<const U> y) {
    copy<U>(gather_rows<U>(y, a.choice.indices), new_matrix<"rows", U>(call, s, y.cols));
  });
}

template <class T>
void put_errors(sdk::Call<CrSelect>& call, const CrProblem<T>& problem, const CrApproximation<T>& a,
                const Random& random, const Workers& workers) {
  const auto check = call.in<"error">();
  if (check == CrErrorCheck::none) return;
  NormEstimate error;
  if (check == CrErrorCheck::estimate) error = problem.estimated_error(a, call.in<"probes">(), random.stream(1));
  else error.value = problem.frobenius_error(a);
  if (check == CrErrorCheck::exact) call.set<"err_2">(problem.spectral_error(a, random.stream(2)));
  call.set<"err_f">(error.value);
  call.set<"err_f_standard_error">(error.standard_error);
  const double sizes = frobenius_norm<T>(problem.x(), workers) * frobenius_norm<T>(problem.y(), workers);
  call.set<"relative">(sizes > 0.0 ? error.value / problem.factors().unscaled(sizes) : 0.0);
}

template <class Op>
CrOptions options_of(const sdk::Call<Op>& call, CrMethod method) {
  CrOptions options{.r = call.template in<"r">(), .method = method, .replacement = call.template in<"replacement">()};
  const auto given = call.template maybe<"probabilities">();
  if ((method == CrMethod::sample_given) != given.has_value())
    throw std::invalid_argument(given ? "'probabilities' belong to 'given' ones" : "'probabilities' are needed");
  if (given) options.probabilities.assign(given->begin(), given->end());
  return options;
}

template <class Op>
CrOptions scheme_of(const sdk::Call<Op>& call) {
  constexpr CrMethod methods[] = {CrMethod::sample_norm, CrMethod::sample_uniform, CrMethod::sample_leverage,
                                  CrMethod::sample_given};
  return options_of(call, methods[static_cast<int>(call.template in<"scheme">())]);
}

template <class T>
void selected_product(sdk::Call<CrMultiply>& call, In<T> x, In<T> y, std::span<const Index> indices, View<T> out,
                      const Workers& workers) {
  const auto weights = call.maybe<"weights">();
  const auto core = call.maybe<"core">();
  const bool weighted = weights && weights->size() > 0, full = core && core->size() > 0;
  const auto require = [&](const char* name, Index n) {
    if (n != static_cast<Index>(indices.size()))
      throw std::invalid_argument(std::string("'") + name + "' must have as many rows as there are indices, " +
                                  std::to_string(indices.size()) + "; it has " + std::to_string(n));
  };
  if (weighted && full) throw std::invalid_argument("give 'weights' or 'core', not both");
  if (!full) {
    const std::vector<T> numbers = weighted ? numbers_of<T>(*weights) : std::vector<T>();
    if (weighted) require("weights", weights->size());
    return multiply_selected<T>(x, y, indices, numbers, out, workers);
  }
  require("core", core->shape()[0]);
  std::vector<T> numbers = numbers_of<T>(*core);
  const auto s = static_cast<Index>(indices.size());
  const Matrix<T> left = product<T>(Op::none, gather_columns<T>(x, indices, {}, workers), Op::none,
                                    View<const T>(numbers.data(), s, s), workers);
  multiply<T>(Op::none, left, Op::none, gather_rows<T>(y, indices, workers), out, workers);
}

}  // namespace

void CrSelect::run(sdk::Call<CrSelect>& call) {
  const HostWorkers workers(call);
  CrOptions options = options_of(call, call.in<"method">());
  options.weighting = call.in<"weighting">();
  options.k = call.in<"k">();
  options.limit = call.in<"limit">();
  const Random random(call.random_key());
  with_factors(call, [&]<class T>(View<const T> x, View<const T> y) {
    const CrProblem<T> problem(x, y, workers);
    const CrApproximation<T> a = problem.approximate(options, random);
    put_choice(call, a);
    put_errors(call, problem, a, random, workers);
    const auto n = static_cast<double>(x.rows), m = static_cast<double>(y.cols);
    const auto s = static_cast<double>(a.choice.indices.size());
    const double between = a.weights.empty() ? 2.0 * n * s * s : n * s;
    call.set<"flops">(2.0 * n * s * m + between);
    call.set<"flops_exact">(2.0 * n * static_cast<double>(x.cols) * m);
  });
}

void CrMultiply::run(sdk::Call<CrMultiply>& call) {
  const HostWorkers workers(call);
  const auto given = call.in<"indices">();
  const std::span<const Index> indices = given.span();
  const auto weights = call.maybe<"weights">();
  const auto core = call.maybe<"core">();
  const auto is_c128 = [](const auto& tensor) {
    return tensor && tensor->size() > 0 && tensor->dtype() == ORRERY_C128;
  };
  const bool complex_middle = is_c128(weights) || is_c128(core);
  visit_matrix(call.in<"x">(), [&]<class A>(View<const A> a) {
    visit_matrix(call.in<"y">(), [&]<class B>(View<const B> b) {
      for (std::size_t j = 0; j < indices.size(); ++j)
        if (indices[j] >= a.cols)
          throw std::out_of_range("indices[" + std::to_string(j) + "] must be below " + std::to_string(a.cols) +
                                  "; it is " + std::to_string(indices[j]));
      const auto in = [&]<class T>(T) {
        const View<T> out = new_matrix<"product", T>(call, a.rows, b.cols);
        in_type<T>(a, [&](View<const T> x) {
          in_type<T>(b, [&](View<const T> y) { selected_product<T>(call, x, y, indices, out, workers); });
        });
      };
      if constexpr (is_complex<A> || is_complex<B>) in(Complex{});
      else if (complex_middle) in(Complex{});
      else in(std::conditional_t < std::is_same_v<A, float> && std::is_same_v<B, float>, float, double > {});
    });
  });
}

void CrExpectedError::run(sdk::Call<CrExpectedError>& call) {
  const HostWorkers workers(call);
  const CrOptions options = scheme_of(call);
  const bool estimate = call.in<"product_norm">() == CrProductNorm::estimate;
  with_factors(call, [&]<class T>(View<const T> x, View<const T> y) {
    const CrProblem<T> problem(x, y, workers);
    const std::vector<double> p = problem.probabilities(options);
    std::copy(p.begin(), p.end(), call.out<"probabilities">(x.cols).begin());
    NormEstimate norm;
    if (estimate) norm = problem.estimated_product_norm(call.in<"probes">(), Random(call.random_key(), 1));
    else norm.value = problem.product_norm();
    const double expected = problem.expected_error(options, norm.value);
    CrOptions best = options;
    best.method = CrMethod::sample_norm;
    best.replacement = true;
    call.set<"expected_error">(expected);
    call.set<"least">(problem.expected_error(best, norm.value));
    call.set<"relative">(norm.value > 0.0 ? expected / norm.value : std::numeric_limits<double>::infinity());
    call.set<"product_norm">(norm.value);
    call.set<"product_norm_standard_error">(norm.standard_error);
    call.set<"norm_sum">(problem.norm_sum());
  });
}

void CrMonteCarlo::run(sdk::Call<CrMonteCarlo>& call) {
  const HostWorkers workers(call);
  const CrOptions options = scheme_of(call);
  with_factors(call, [&]<class T>(View<const T> x, View<const T> y) {
    const CrProblem<T> problem(x, y, workers);
    const std::vector<double> errors = problem.trial_errors(options, call.in<"trials">(), Random(call.random_key()));
    std::copy(errors.begin(), errors.end(), call.out<"errors">(static_cast<Index>(errors.size())).begin());
    const double expected = problem.expected_error(options, problem.product_norm());
    const auto n = static_cast<double>(errors.size());
    double mean = 0.0, spread = 0.0;
    const auto square = [&](double e) { return expected > 0.0 ? (e / expected) * (e / expected) : 1.0; };
    for (const double e : errors) mean += square(e) / n;
    for (const double e : errors) spread += (square(e) - mean) * (square(e) - mean);
    call.set<"root_mean_square">(expected * std::sqrt(mean));
    call.set<"expected_error">(expected);
    call.set<"mean_square_ratio">(mean);
    call.set<"ratio_standard_error">(std::sqrt(spread / n / (n - 1.0)));
  });
}

}  // namespace orrery::matrix

// Random choices of columns for a CR approximation.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/matrix/core/cr_sampling.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <stdexcept>
#include <string>
#include <unordered_map>

#include "plugins/matrix/core/orthonormal.hpp"

namespace orrery::matrix {
namespace {

std::size_t at(Index i) { return static_cast<std::size_t>(i); }

std::vector<double> normalised(std::vector<double> p) {
  const double largest = *std::max_element(p.begin(), p.end());
  if (!(largest > 0.0))
    throw std::invalid_argument(
        "nothing can be sampled: in every product of a column of X and a row of Y one of the two is 0");
  double sum = 0.0;
  for (double& value : p) sum += value /= largest;
  for (double& value : p) value /= sum;
  return p;
}

std::vector<double> running_sums(std::span<const double> p) {
  std::vector<double> sums(p.size());
  std::partial_sum(p.begin(), p.end(), sums.begin());
  return sums;
}

// Where each inclusion probability begins when they are laid end to end; their total is made a whole number exactly.
std::vector<double> places(std::span<const double> inclusion, Index& total) {
  std::vector<double> ends = running_sums(inclusion);
  total = static_cast<Index>(std::llround(ends.back()));
  const double factor = static_cast<double>(total) / ends.back();
  for (double& end : ends) end *= factor;
  return ends;
}

// The length that [a, a + s) and [b, b + t) share on a circle of length 1, for 0 <= a, b < 1 and 0 <= s, t <= 1.
double shared_length(double a, double s, double b, double t) {
  double shared = 0.0;
  for (const double shift : {-1.0, 0.0, 1.0})
    shared += std::max(0.0, std::min(a + s, b + t + shift) - std::max(a, b + shift));
  return shared;
}

}  // namespace

std::vector<double> norm_probabilities(std::span<const double> norms) {
  return normalised({norms.begin(), norms.end()});
}

std::vector<double> uniform_probabilities(std::span<const double> norms) {
  std::vector<double> p(norms.size());
  std::transform(norms.begin(), norms.end(), p.begin(), [](double norm) { return norm > 0.0 ? 1.0 : 0.0; });
  return normalised(std::move(p));
}

std::vector<double> score_probabilities(std::span<const double> scores, std::span<const double> norms) {
  std::vector<double> p(scores.begin(), scores.end());
  for (std::size_t i = 0; i < p.size(); ++i) {
    if (norms[i] == 0.0) p[i] = 0.0;
    else if (!(p[i] > 0.0) || std::isinf(p[i]))
      throw std::invalid_argument("the probability of column " + std::to_string(i) +
                                  " must be above 0 and finite, since its product with row " + std::to_string(i) +
                                  " is not 0; it is " + std::to_string(p[i]));
  }
  return normalised(std::move(p));
}

template <class T>
std::vector<double> leverage_of_factors(In<T> x, In<T> y, const Workers& workers) {
  std::vector<double> scores(at(x.cols), 0.0);
  const auto add = [&](Matrix<T> a) {
    const Index rank = orthonormalise<T>(a.view(), workers);
    for (Index i = 0; i < a.rows(); ++i)
      for (Index k = 0; k < rank; ++k) scores[at(i)] += square_magnitude(a(i, k));
  };
  add(transposed<T>(x, true));
  add(Matrix<T>::copy_of(y));
  return scores;
}

CrChoice sample_with_replacement(std::span<const double> p, Index r, const Random& random) {
  const std::vector<double> ends = running_sums(p);
  CrChoice choice;
  std::unordered_map<Index, std::size_t> seen;
  for (Index draw = 0; draw < r; ++draw) {
    const double u = random.unit(static_cast<std::uint64_t>(draw)) * ends.back();
    auto i = static_cast<Index>(std::upper_bound(ends.begin(), ends.end(), u) - ends.begin());
    i = std::min(i, static_cast<Index>(p.size()) - 1);
    while (p[at(i)] == 0.0) --i;  // u rounded up to the end of the last column that has a probability
    const auto [found, is_new] = seen.try_emplace(i, choice.indices.size());
    if (is_new) choice.indices.push_back(i), choice.multiplicities.push_back(0);
    ++choice.multiplicities[found->second];
  }
  for (std::size_t j = 0; j < choice.indices.size(); ++j)
    choice.weights.push_back(static_cast<double>(choice.multiplicities[j]) /
                             (static_cast<double>(r) * p[at(choice.indices[j])]));
  return choice;
}

std::vector<double> inclusion_probabilities(std::span<const double> p, Index r) {
  std::vector<std::size_t> order(p.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return p[a] > p[b]; });
  std::vector<double> rest(p.size() + 1, 0.0);  // sums of the smallest, so that none is lost beside the large ones
  for (std::size_t k = p.size(); k-- > 0;) rest[k] = rest[k + 1] + p[order[k]];
  std::vector<double> inclusion(p.size(), 0.0);
  auto left = static_cast<double>(r);
  std::size_t k = 0;
  for (; k < order.size() && p[order[k]] > 0.0 && left > 0.0 && left * p[order[k]] >= rest[k]; ++k, left -= 1.0)
    inclusion[order[k]] = 1.0;
  const double uncapped = rest[k];
  for (; k < order.size() && p[order[k]] > 0.0 && left > 0.0; ++k)
    inclusion[order[k]] = left * (p[order[k]] / uncapped);
  return inclusion;
}

CrChoice sample_systematic(std::span<const double> inclusion, const Random& random) {
  Index total = 0;
  std::vector<double> ends = places(inclusion, total);
  std::size_t last = inclusion.size();
  while (last > 0 && inclusion[last - 1] == 0.0) --last;
  if (last > 0) ends[last - 1] = static_cast<double>(total) + 1.0;  // the sum of u and a whole number may be rounded up
  const double u = random.unit(0);
  CrChoice choice;
  Index next = 0;
  for (std::size_t i = 0; i < inclusion.size() && next < total; ++i)
    if (inclusion[i] > 0.0 && u + static_cast<double>(next) < ends[i]) {
      choice.indices.push_back(static_cast<Index>(i));
      choice.multiplicities.push_back(1);
      choice.weights.push_back(1.0 / inclusion[i]);
      ++next;
    }
  return choice;
}

CrChoice sample_simple(std::span<const double> norms, Index r, const Random& random) {
  std::vector<Index> there;
  for (std::size_t i = 0; i < norms.size(); ++i)
    if (norms[i] > 0.0) there.push_back(static_cast<Index>(i));
  const auto n = static_cast<Index>(there.size());
  const Index count = std::min(r, n);
  CrChoice choice;
  for (const Index place : sample_without_replacement(n, count, random)) choice.indices.push_back(there[at(place)]);
  choice.multiplicities.assign(at(count), 1);
  choice.weights.assign(at(count), static_cast<double>(n) / static_cast<double>(count));
  return choice;
}

double expected_square(std::span<const double> norms, std::span<const double> p, Index r, double product_square) {
  double sum = 0.0;
  for (std::size_t i = 0; i < norms.size(); ++i)
    if (norms[i] > 0.0) sum += norms[i] * (norms[i] / p[i]);
  return std::max(0.0, sum - product_square) / static_cast<double>(r);
}

double expected_square_simple(std::span<const double> norms, Index r, double product_square) {
  double squares = 0.0, n = 0.0;
  for (const double norm : norms) squares += norm * norm, n += norm > 0.0 ? 1.0 : 0.0;
  const auto drawn = static_cast<double>(r);
  if (drawn >= n) return 0.0;
  return std::max(0.0, n * (n - drawn) / (drawn * (n - 1.0)) * (squares - product_square / n));
}

template <class T>
double expected_square_systematic(const CrGram<T>& gram, std::span<const double> inclusion) {
  Index total = 0;
  const std::vector<double> ends = places(inclusion, total);
  const auto begin_of = [&](Index i) {
    const double begin = i == 0 ? 0.0 : ends[at(i - 1)];
    return begin - std::floor(begin);
  };
  double sum = 0.0;
  for (Index i = 0; i < gram.size(); ++i) {
    const double pi = inclusion[at(i)];
    if (pi == 0.0) continue;
    sum += (1.0 / pi - 1.0) * real_part(gram(i, i));
    double others = 0.0;
    for (Index j = 0; j < i; ++j) {
      const double pj = inclusion[at(j)];
      if (pj == 0.0) continue;
      others += (shared_length(begin_of(i), pi, begin_of(j), pj) / (pi * pj) - 1.0) * real_part(gram(i, j));
    }
    sum += 2.0 * others;
  }
  return std::max(0.0, sum);
}

template std::vector<double> leverage_of_factors<double>(In<double>, In<double>, const Workers&);
template std::vector<double> leverage_of_factors<Complex>(In<Complex>, In<Complex>, const Workers&);
template double expected_square_systematic<double>(const CrGram<double>&, std::span<const double>);
template double expected_square_systematic<Complex>(const CrGram<Complex>&, std::span<const double>);

}  // namespace orrery::matrix

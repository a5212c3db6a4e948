// Deterministic choices of the columns that a CR approximation keeps.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/matrix/core/cr_select.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <limits>
#include <numeric>
#include <stdexcept>
#include <string>

namespace orrery::matrix {
namespace {

std::size_t at(Index i) { return static_cast<std::size_t>(i); }

std::string count_text(double count) {
  char text[40];
  std::snprintf(text, sizeof text, count < 1e15 ? "%.0f" : "%.4g", count);
  return text;
}

void require_few(double count, double limit, const char* what) {
  if (!(count <= limit))
    throw std::invalid_argument("there are " + count_text(count) + " " + what + ", more than the limit of " +
                                count_text(limit));
}

// The k-subset of candidates with the least value of 1_T^T G 1_T - 2 sum of gain over T, by a walk through all of them
// in lexicographic order that carries the sums over the members chosen so far.
template <class T>
class BestSubset {
 public:
  BestSubset(const CrGram<T>& gram, std::span<const Index> candidates, std::span<const double> gain, Index k)
      : gram_(gram), candidates_(candidates), gain_(gain), k_(at(k)) {
    crosses_.assign(k_, std::vector<double>(candidates.size(), 0.0));
    members_.resize(k_);
  }
  /// Looks at the sets that begin with the candidate of this position.
  void begin_with(std::size_t position) { place(0, position, 0.0); }
  const std::vector<Index>& best() const { return best_; }
  double value() const { return value_; }

 private:
  std::size_t size() const { return candidates_.size(); }

  void place(std::size_t depth, std::size_t position, double value) {
    const Index here = candidates_[position];
    value += real_part(gram_(here, here)) - 2.0 * gain_[position] + 2.0 * (depth ? crosses_[depth - 1][position] : 0.0);
    members_[depth] = here;
    if (depth + 1 == k_) {
      if (value < value_) value_ = value, best_ = members_;
      return;
    }
    std::vector<double>& crosses = crosses_[depth];
    for (std::size_t j = position + 1; j < size(); ++j)
      crosses[j] = (depth ? crosses_[depth - 1][j] : 0.0) + real_part(gram_(here, candidates_[j]));
    for (std::size_t j = position + 1; j + (k_ - depth - 2) < size(); ++j) place(depth + 1, j, value);
  }

  const CrGram<T>& gram_;
  std::span<const Index> candidates_;
  std::span<const double> gain_;
  std::size_t k_;
  std::vector<std::vector<double>> crosses_;
  std::vector<Index> members_, best_;
  double value_ = std::numeric_limits<double>::infinity();
};

// Each first member is a task of its own; the least value wins, and of equal ones the lowest first member.
template <class T>
std::vector<Index> best_subset(const CrGram<T>& gram, std::span<const Index> candidates, std::span<const double> gain,
                               Index k, const Workers& workers) {
  const Index starts = static_cast<Index>(candidates.size()) - k + 1;
  std::vector<std::vector<Index>> sets(at(starts));
  std::vector<double> values(at(starts));
  workers.for_each(starts, 1, [&](Index begin, Index end) {
    for (Index i = begin; i < end; ++i) {
      workers.poll();
      BestSubset<T> search(gram, candidates, gain, k);
      search.begin_with(at(i));
      sets[at(i)] = search.best(), values[at(i)] = search.value();
    }
  });
  return sets[at(std::min_element(values.begin(), values.end()) - values.begin())];
}

std::vector<Index> all_indices(Index n) {
  std::vector<Index> all(at(n));
  std::iota(all.begin(), all.end(), Index{0});
  return all;
}

std::vector<Index> chosen(const std::vector<bool>& is_kept) {
  std::vector<Index> indices;
  for (std::size_t i = 0; i < is_kept.size(); ++i)
    if (is_kept[i]) indices.push_back(static_cast<Index>(i));
  return indices;
}

}  // namespace

double binomial(Index n, Index k) {
  k = std::min(k, n - k);
  double result = 1.0;
  for (Index i = 1; i <= k; ++i) result = result * static_cast<double>(n - k + i) / static_cast<double>(i);
  return result < 9007199254740992.0 ? std::round(result) : result;
}

std::vector<Index> select_by_norm(std::span<const double> norms, Index r) {
  std::vector<Index> order = all_indices(static_cast<Index>(norms.size()));
  std::stable_sort(order.begin(), order.end(), [&](Index a, Index b) { return norms[at(a)] > norms[at(b)]; });
  order.resize(at(r));
  std::sort(order.begin(), order.end());
  return order;
}

template <class T>
std::vector<Index> select_exhaustively(const CrGram<T>& gram, Index r, double limit, const Workers& workers) {
  const std::string what = "sets of " + std::to_string(r) + " of " + std::to_string(gram.size()) + " columns";
  require_few(binomial(gram.size(), r), limit, what.c_str());
  if (r == 0) return {};
  const std::vector<Index> all = all_indices(gram.size());
  std::vector<double> gain;
  for (const T& sum : gram.row_sums()) gain.push_back(real_part(sum));
  return best_subset<T>(gram, all, gain, r, workers);
}

template <class T>
std::vector<Index> drop_in_tuples(const CrGram<T>& gram, Index r, Index k, double limit, const Workers& workers) {
  const Index surplus = gram.size() - r;
  if (k < 1 || surplus % k != 0)
    throw std::invalid_argument("k must divide the number of columns that are dropped, " + std::to_string(surplus) +
                                "; it is " + std::to_string(k));
  double count = 0.0;
  for (Index left = gram.size(); left > r; left -= k) count += binomial(left, k);
  require_few(count, limit, ("sets of " + std::to_string(k) + " columns to look at").c_str());
  std::vector<Index> left = all_indices(gram.size());
  while (static_cast<Index>(left.size()) > r) {
    const std::vector<double> gain(left.size(), 0.0);
    const std::vector<Index> drop = best_subset<T>(gram, left, gain, k, workers);
    std::erase_if(left, [&](Index i) { return std::binary_search(drop.begin(), drop.end(), i); });
  }
  return left;
}

template <class T>
std::vector<Index> select_by_residual(const CrGram<T>& gram, Index r, const Workers& workers) {
  // With the residual E = X Y - sum of those kept, keeping i changes |E|^2 by G_ii - 2 Re <v_i, E>.
  std::vector<double> with_residual;
  for (const T& sum : gram.row_sums()) with_residual.push_back(real_part(sum));
  std::vector<bool> is_kept(at(gram.size()), false);
  for (Index step = 0; step < r; ++step) {
    workers.poll();
    Index best = -1;
    double least = std::numeric_limits<double>::infinity();
    for (Index i = 0; i < gram.size(); ++i) {
      const double change = real_part(gram(i, i)) - 2.0 * with_residual[at(i)];
      if (!is_kept[at(i)] && change < least) least = change, best = i;
    }
    is_kept[at(best)] = true;
    for (Index i = 0; i < gram.size(); ++i) with_residual[at(i)] -= real_part(gram(i, best));
  }
  return chosen(is_kept);
}

template <class T>
std::vector<Index> select_by_least_squares(const CrGram<T>& gram, Index r, const Workers& workers) {
  // A Cholesky factorisation of G by the pivots that are chosen: the diagonal left is the part of |v_i|^2 orthogonal to
  // those kept, and `with_residual` the inner product of that part with X Y.
  const Index l = gram.size();
  std::vector<double> left(at(l));
  std::vector<T> with_residual(gram.row_sums().begin(), gram.row_sums().end());
  for (Index i = 0; i < l; ++i) left[at(i)] = real_part(gram(i, i));
  const std::vector<double> at_first = left;
  std::vector<bool> is_kept(at(l), false);
  Matrix<T> factor(r, l);
  for (Index step = 0; step < r; ++step) {
    workers.poll();
    Index best = -1;
    double most = 0.0;
    for (Index i = 0; i < l; ++i) {
      if (is_kept[at(i)] || left[at(i)] <= 1e-14 * static_cast<double>(l) * at_first[at(i)]) continue;
      const double gain = square_magnitude(with_residual[at(i)]) / left[at(i)];
      if (gain > most) most = gain, best = i;
    }
    if (best < 0) break;
    is_kept[at(best)] = true;
    const double root = std::sqrt(left[at(best)]);
    const T share = with_residual[at(best)] / root;
    for (Index i = 0; i < l; ++i) {
      T value = gram(best, i);
      for (Index k = 0; k < step; ++k) value -= conjugate(factor(k, best)) * factor(k, i);
      factor(step, i) = value / root;
      left[at(i)] -= square_magnitude(factor(step, i));
      with_residual[at(i)] -= conjugate(factor(step, i)) * share;
    }
  }
  return chosen(is_kept);
}

#define ORRERY_INSTANTIATE(T)                                                                            \
  template std::vector<Index> select_exhaustively<T>(const CrGram<T>&, Index, double, const Workers&);   \
  template std::vector<Index> drop_in_tuples<T>(const CrGram<T>&, Index, Index, double, const Workers&); \
  template std::vector<Index> select_by_residual<T>(const CrGram<T>&, Index, const Workers&);            \
  template std::vector<Index> select_by_least_squares<T>(const CrGram<T>&, Index, const Workers&);
ORRERY_INSTANTIATE(double)
ORRERY_INSTANTIATE(Complex)
#undef ORRERY_INSTANTIATE

}  // namespace orrery::matrix

// Random choices of columns for a CR approximation, with weights that make it unbiased, and their expected errors.
// SPDX-License-Identifier: Apache-2.0
// Sources: Drineas, Kannan, Mahoney 2006 (sampling with replacement); Horvitz, Thompson 1952 (unbiased weights without
// replacement); Madow 1949 (systematic sampling with unequal probabilities); Cochran 1977 (simple random sampling);
// Drineas, Mahoney, Muthukrishnan 2008 (leverage scores).
#pragma once

#include <span>
#include <vector>

#include "plugins/matrix/core/cr_gram.hpp"
#include "plugins/matrix/core/random.hpp"

namespace orrery::matrix {

// The notation is that of cr_factors.hpp. Columns with v_i = 0 have probability 0 and are never drawn.

/// A choice of columns, each once, and the weights with which sum of weights[j] v_(indices[j]) approximates X Y.
struct CrChoice {
  std::vector<Index> indices;         ///< in the order in which they were drawn, or sorted
  std::vector<Index> multiplicities;  ///< how often each was drawn
  std::vector<double> weights;
};

/// p_i = |v_i|/Z with Z = sum |v_i|: what makes the expected error least.
/// @param norms [*] l, |v_i|   @returns [-] l, sum 1   @throws std::invalid_argument if all are 0
std::vector<double> norm_probabilities(std::span<const double> norms);

/// Equal probabilities of all columns with v_i != 0.   @throws std::invalid_argument if there are none
std::vector<double> uniform_probabilities(std::span<const double> norms);

/// p_i in proportion to scores, 0 where v_i = 0.
/// @throws std::invalid_argument naming the first score that is negative, not finite, or 0 although v_i is not
std::vector<double> score_probabilities(std::span<const double> scores, std::span<const double> norms);

/// The leverage of column i of X plus that of row i of Y: the squared lengths of the projections of the i-th unit
/// vector on the row space of X and on the column space of Y. They sum to rank X + rank Y.
/// @returns [-] l   @source Drineas, Mahoney, Muthukrishnan 2008
template <class T>
std::vector<double> leverage_of_factors(In<T> x, In<T> y, const Workers& workers = in_caller());

/// r independent draws with the weights k_i/(r p_i) of a column drawn k_i times.
/// @param p [-] l, sum 1   @param r [-] 1 or more
CrChoice sample_with_replacement(std::span<const double> p, Index r, const Random& random);

/// pi_i = min(1, c p_i) with c such that they sum to r; all 1 where p_i > 0 if fewer than r have that.
std::vector<double> inclusion_probabilities(std::span<const double> p, Index r);

/// The columns that the points u, u + 1, u + 2, ... fall into when the pi_i are laid end to end, u uniform in (0, 1),
/// with the weights 1/pi_i: a fixed number of different columns, each with its probability exactly.
/// @source Madow 1949; Horvitz, Thompson 1952
CrChoice sample_systematic(std::span<const double> inclusion, const Random& random);

/// r of the columns with v_i != 0, every set equally likely, with the weights l'/r, l' of them being there.
CrChoice sample_simple(std::span<const double> norms, Index r, const Random& random);

/// The expected squared error of r draws with replacement: (sum |v_i|^2/p_i - |X Y|^2)/r.
/// @param product_square [*] |X Y|^2   @returns [*]   @accuracy 2 eps times the first term/r
/// @source Drineas, Kannan, Mahoney 2006, lemma 4
double expected_square(std::span<const double> norms, std::span<const double> p, Index r, double product_square);

/// That of sample_simple: l'(l' - r)/(r (l' - 1)) (sum |v_i|^2 - |X Y|^2/l').   @source Cochran 1977, theorem 2.2
double expected_square_simple(std::span<const double> norms, Index r, double product_square);

/// That of sample_systematic: sum over i, j of pi_ij/(pi_i pi_j) G_ij, less |X Y|^2, where pi_ij is the length that the
/// places of i and j share on a circle of length 1.
template <class T>
double expected_square_systematic(const CrGram<T>& gram, std::span<const double> inclusion);

}  // namespace orrery::matrix

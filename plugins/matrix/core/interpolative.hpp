// Interpolative decompositions: a few columns of a matrix from which all others follow, chosen by any of many rules.
// SPDX-License-Identifier: Apache-2.0
// Sources: Cheng, Gimbutas, Martinsson, Rokhlin 2005; Halko, Martinsson, Tropp 2011, section 5.2; Gu, Eisenstat 1996.
#pragma once

#include <string_view>

#include "plugins/matrix/core/interpolation.hpp"
#include "plugins/matrix/core/random.hpp"
#include "plugins/matrix/core/view.hpp"
#include "plugins/matrix/core/workers.hpp"

namespace orrery::matrix {

/// How columns are chosen.
enum class ColumnChoice {
  fine,           ///< near the optimum, from a sketch; coefficients from the matrix
  fast,           ///< from a sketch, coefficients from the sketch too: the matrix is read once
  pivoted_qr,     ///< the longest column left
  strong_rrqr,    ///< pivoted QR, then exchanges until none raises the volume by more than `bound`
  max_volume,     ///< pivoted QR, then exchanges until no coefficient is above `bound`
  near_optimal,   ///< Osinsky's rule from the singular vectors and the whole residual
  greedy_total,   ///< the column after which the whole residual is least
  norm,           ///< the longest columns
  leverage,       ///< the largest leverage scores
  deim,           ///< empirical interpolation of the right singular vectors
  exhaustive,     ///< the best of all choices
  gaussian,       ///< pivoted QR of a Gaussian sketch
  sparse_sign,    ///< pivoted QR of a sparse sketch
  srht,           ///< pivoted QR of a subsampled randomised Hadamard transform
  column_sample,  ///< pivoted QR of a uniform sample of columns
  uniform         ///< a uniform sample of columns
};
inline constexpr int column_choices = 16;
std::string_view name_of(ColumnChoice choice);

struct InterpolativeOptions {
  ColumnChoice choice = ColumnChoice::fine;
  Index rank = 0;             ///< columns, 1 <= rank <= min(rows, cols); 0: as many as the tolerance needs
  double tolerance = 0.0;     ///< without a rank: |a - c z| <= tolerance |a| in the Frobenius norm
  double confidence = 1.0;    ///< 1: errors are computed in full; below 1: a bound from probes that holds so often
  double bound = 0.0;         ///< on |z_ij|, 1 or more; 0: none (of strong_rrqr: 2, of max_volume: 1.01)
  Index oversample = 10;      ///< rows of projections beyond the rank
  Index sample = 0;           ///< columns that column_sample looks at; 0: three times the rank
  double most_choices = 1e6;  ///< that exhaustive tries
};

/// An error of an approximation in the Frobenius norm.
struct ErrorEstimate {
  double value = 0.0;  ///< computed in full, or the mean estimate of the probes
  double upper = 0.0;  ///< not exceeded with the confidence asked for
  double confidence = 1.0;
};

template <class T>
struct Interpolative {
  Interpolation<T> columns;
  std::vector<double> diagonal;  ///< |R_kk| of the pivoted QR decomposition that chose them, where one did
  ErrorEstimate error;
};

/// a ~ a[:, skeleton] z: interpolative<double>(a, options, random).
///
/// Fewer columns than the rank come out, and `deficient` is set, if the others depend on them to round-off. With a
/// tolerance the rank is the least for which the rule keeps it, by doubling and halving the steps; it is kept at that
/// rank by the error as `confidence` says.
/// @param a [*] rows x cols, finite
/// @throws std::domain_error for a rank, tolerance, confidence or bound outside its range, and for too many choices
/// @throws std::range_error if the tolerance is below what rounding allows
/// @accuracy see Interpolation; error.value is that of residual()
template <class T>
Interpolative<T> interpolative(In<T> a, const InterpolativeOptions& options, const Random& random,
                               const Workers& workers = in_caller());

/// The same for a rank that is given, of which the error is not computed: choose_columns<double>(a, options, random).
template <class T>
Interpolative<T> choose_columns(In<T> a, const InterpolativeOptions& options, const Random& random,
                                const Workers& workers = in_caller());

/// The error of an interpolation: in full, or from Gaussian probes of the rows with a bound that holds with probability
/// `confidence` over them. For the sum of squares of the probes of any residual the lower tail is at least as thin as
/// that of a chi-square distribution with as many degrees of freedom as there are real probes.
/// @param confidence [-] 0 < confidence <= 1   @source Martinsson, Tropp 2020, section 4.8
template <class T>
ErrorEstimate error_of(In<T> a, const Interpolation<T>& found, double confidence, const Random& random,
                       const Workers& workers = in_caller());

/// x below which a chi-square variable of an even number of degrees of freedom falls with probability p.
/// @param degrees [-] even, 2 or more   @param p [-] 0 < p < 1   @accuracy 1e-12 relative
double chi_square_quantile(int degrees, double p);

/// An estimate of |a - a[:, skeleton] z|_2 from below, by power iteration from a random vector: `steps` steps.
template <class T>
double spectral_estimate(In<T> a, const Interpolation<T>& found, int steps, const Random& random,
                         const Workers& workers = in_caller());

}  // namespace orrery::matrix

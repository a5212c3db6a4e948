// A truncated singular value decomposition of a matrix whose rows pass by once, in order, in little memory.
// SPDX-License-Identifier: Apache-2.0
// Source: Tropp, Yurtsever, Udell, Cevher 2019, "Streaming low-rank matrix approximation with an application to
// scientific simulation", SIAM Journal on Scientific Computing 41, A2430: three sketches, and a fourth for the error.
#pragma once

#include <vector>

#include "plugins/matrix/core/random.hpp"
#include "plugins/matrix/core/view.hpp"
#include "plugins/matrix/core/workers.hpp"

namespace orrery::matrix {

/// Sizes of the sketches of an m x n matrix.
struct StreamOptions {
  Index rank = 1;          ///< of the result, 1 to `sketch`
  Index sketch = 0;        ///< k: of the ranges of rows and columns, at most min(m, n)
  Index core = 0;          ///< s: of both sides at once, k or more; about 2 k is best
  Index error_probes = 8;  ///< q: rows of the error sketch, 1 or more
};

/// k = 4 rank + 1 and s = 2 k + 1, as far as the matrix is large enough.   @source Tropp et al. 2019, section 5.4
StreamOptions default_stream_options(Index rows, Index cols, Index rank);

template <class T>
struct StreamResult {
  Matrix<T> u;                   ///< m x rank, orthonormal columns
  std::vector<Real<T>> values;   ///< falling
  Matrix<T> vh;                  ///< rank x n
  double error = 0.0;            ///< estimate of |A - u s vh|_F from the error sketch
  double error_deviation = 0.0;  ///< its standard deviation at most, to first order
  double norm = 0.0;             ///< |A|_F
};

/// 1. construct; 2. add all rows in order, in blocks of any height; 3. finish once. Memory: k (m + n) + s (n + s) + q n
/// numbers and a block. The bits of the result do not depend on how the rows were cut into blocks.
template <class T>
class StreamSvd {
 public:
  /// @param random its streams 0 to 3 are used   @throws std::invalid_argument for options out of their ranges
  StreamSvd(Index rows, Index cols, const StreamOptions& options, const Random& random,
            const Workers& workers = in_caller());
  /// @throws std::invalid_argument for rows of another length or too many of them, or naming an element that is NaN or
  /// infinite
  void add(In<T> rows);
  /// @throws std::logic_error if rows are missing
  /// @accuracy for k > rank + 1 and s > k + 1 the expected squared error is at most
  /// s/(s - k - 1) (1 + (k + rank)/(k - rank - 1)) times the least of rank `rank`, plus what the truncation adds
  StreamResult<T> finish();

 private:
  void take(In<T> block);
  Matrix<T> row_maps(Index first, Index count, std::uint64_t stream, Index width) const;
  Matrix<T> sketch_of_basis(std::uint64_t stream, Index width, In<T> basis) const;

  Index rows_, cols_, seen_ = 0, pending_ = 0;
  StreamOptions options_;
  Random random_;
  const Workers& workers_;
  Matrix<T> column_maps_;  // n x (k + s): Omega^H beside Psi^H
  Matrix<T> range_;        // m x k: A Omega^H
  Matrix<T> corange_;      // (k + q) x n: Upsilon A above Theta A
  Matrix<T> core_;         // s x s: Phi A Psi^H
  Matrix<T> block_;        // rows that wait until there are enough
  double norm_ = 0.0;
};

}  // namespace orrery::matrix

// A truncated singular value decomposition of a matrix whose rows pass by once.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/matrix/core/stream_svd.hpp"

#include <cmath>
#include <stdexcept>
#include <string>

#include "plugins/matrix/core/norms.hpp"
#include "plugins/matrix/core/orthonormal.hpp"
#include "plugins/matrix/core/pinv.hpp"
#include "plugins/matrix/core/product.hpp"
#include "plugins/matrix/core/small_svd.hpp"

namespace orrery::matrix {
namespace {

constexpr Index block_height = 256;
enum Stream : std::uint64_t { columns_stream, corange_stream, core_stream, error_stream };

void require_between(const char* name, Index value, Index least, Index most) {
  if (value < least || value > most)
    throw std::invalid_argument(std::string(name) + " must be from " + std::to_string(least) + " to " +
                                std::to_string(most) + "; it is " + std::to_string(value));
}

}  // namespace

StreamOptions default_stream_options(Index rows, Index cols, Index rank) {
  StreamOptions options{.rank = rank};
  options.sketch = std::min(4 * rank + 1, std::min(rows, cols));
  options.core = 2 * options.sketch + 1;
  return options;
}

template <class T>
StreamSvd<T>::StreamSvd(Index rows, Index cols, const StreamOptions& options, const Random& random,
                        const Workers& workers)
    : rows_(rows), cols_(cols), options_(options), random_(random), workers_(workers) {
  if (rows < 1 || cols < 1)
    throw std::invalid_argument("the matrix must have elements; it is " + std::to_string(rows) + " x " +
                                std::to_string(cols));
  require_between("the sketch", options.sketch, 1, std::min(rows, cols));
  require_between("the rank", options.rank, 1, options.sketch);
  require_between("the core sketch", options.core, options.sketch, 4 * options.sketch + 4);
  require_between("the number of error probes", options.error_probes, 1, 10000);
  const Index k = options.sketch, s = options.core;
  column_maps_ = Matrix<T>::uninitialised(cols, k + s);
  fill_normal<T>(column_maps_.view(), random_.stream(columns_stream));
  range_ = Matrix<T>::uninitialised(rows, k);
  corange_ = Matrix<T>(k + options.error_probes, cols);
  core_ = Matrix<T>(s, s);
  block_ = Matrix<T>::uninitialised(std::min(block_height, rows), cols);
}

// Rows first to first + count of a tall Gaussian matrix that is never held.
template <class T>
Matrix<T> StreamSvd<T>::row_maps(Index first, Index count, std::uint64_t stream, Index width) const {
  Matrix<T> maps(count, width);
  const Random random = random_.stream(stream);
  const Index per_row = width * (is_complex<T> ? 2 : 1);
  workers_.for_each(count, 16, [&](Index begin, Index end) {
    std::vector<double> row(static_cast<std::size_t>(per_row));
    for (Index i = begin; i < end; ++i) {
      random.normals(static_cast<std::uint64_t>((first + i) * per_row), row);
      auto* out = reinterpret_cast<Real<T>*>(&maps(i, 0));
      const double scale = is_complex<T> ? 0.70710678118654752440 : 1.0;
      for (std::size_t j = 0; j < row.size(); ++j) out[j] = static_cast<Real<T>>(scale * row[j]);
    }
  });
  return maps;
}

template <class T>
void StreamSvd<T>::add(In<T> rows) {
  if (rows.cols != cols_)
    throw std::invalid_argument("rows must have " + std::to_string(cols_) + " elements; they have " +
                                std::to_string(rows.cols));
  if (rows.rows > rows_ - seen_ - pending_)
    throw std::invalid_argument("there are more than the " + std::to_string(rows_) + " rows that were announced");
  for (Index done = 0; done < rows.rows;) {
    const Index height = std::min(block_height, rows_ - seen_), count = std::min(height - pending_, rows.rows - done);
    if (pending_ == 0 && count == height) {  // a whole block can be read where it is
      take(rows.row_range(done, count));
    } else {
      copy<T>(rows.row_range(done, count), block_.view().row_range(pending_, count));
      pending_ += count;
      if (pending_ == height) {
        pending_ = 0;
        take(reading(block_).row_range(0, height));
      }
    }
    done += count;
  }
}

template <class T>
void StreamSvd<T>::take(In<T> block) {
  workers_.poll();
  const Index k = options_.sketch, s = options_.core, q = options_.error_probes, b = block.rows;
  const double norm = frobenius_norm<T>(block, workers_);
  if (!std::isfinite(norm))
    for (Index i = 0; i < b; ++i)
      for (Index j = 0; j < cols_; ++j)
        if (!std::isfinite(static_cast<double>(std::abs(block(i, j)))))
          throw std::invalid_argument("element (" + std::to_string(seen_ + i) + ", " + std::to_string(j) +
                                      ") of the matrix must be finite");
  norm_ = std::hypot(norm_, norm);
  const Matrix<T> image = product<T>(Op::none, block, Op::none, column_maps_, workers_);
  copy<T>(reading(image).columns(0, k), range_.view().row_range(seen_, b));
  Matrix<T> maps(b, k + q);
  copy<T>(row_maps(seen_, b, corange_stream, k), maps.view().columns(0, k));
  copy<T>(row_maps(seen_, b, error_stream, q), maps.view().columns(k, q));
  multiply_add<T>(Real<T>{1}, Op::adjoint, maps, Op::none, block, corange_.view(), workers_);
  multiply_add<T>(Real<T>{1}, Op::adjoint, row_maps(seen_, b, core_stream, s), Op::none, reading(image).columns(k, s),
                  core_.view(), workers_);
  seen_ += b;
}

// G^H basis for a tall Gaussian matrix G of this stream.
template <class T>
Matrix<T> StreamSvd<T>::sketch_of_basis(std::uint64_t stream, Index width, In<T> basis) const {
  Matrix<T> sketch(width, basis.cols);
  for (Index first = 0; first < rows_; first += block_height) {
    const Index count = std::min(block_height, rows_ - first);
    multiply_add<T>(Real<T>{1}, Op::adjoint, row_maps(first, count, stream, width), Op::none,
                    basis.row_range(first, count), sketch.view(), workers_);
  }
  return sketch;
}

template <class T>
StreamResult<T> StreamSvd<T>::finish() {
  if (seen_ != rows_)
    throw std::logic_error("only " + std::to_string(seen_ + pending_) + " of " + std::to_string(rows_) +
                           " rows have been added");
  const Index k = options_.sketch, s = options_.core, q = options_.error_probes;
  const Index of_range = orthonormalise<T>(range_.view(), workers_);
  const View<const T> range = reading(range_).columns(0, of_range);
  Matrix<T> corange = transposed<T>(reading(corange_).row_range(0, k), true);
  const View<const T> rows_basis = reading(corange).columns(0, orthonormalise<T>(corange.view(), workers_));
  // The core in these bases, by least squares on both sides.
  const Matrix<T> left = pinv_by_svd<T>(sketch_of_basis(core_stream, s, range)).inverse;
  const Matrix<T> psi_basis =
      product<T>(Op::adjoint, reading(column_maps_).columns(k, s), Op::none, rows_basis, workers_);
  const Matrix<T> right = pinv_by_svd<T>(psi_basis).inverse;
  const Matrix<T> core = product<T>(Op::none, product<T>(Op::none, left, Op::none, core_), Op::adjoint, right);
  const Svd<T> svd = small_svd<T>(core);
  const Index found = std::min(options_.rank, static_cast<Index>(svd.values.size()));
  StreamResult<T> result;
  result.norm = norm_;
  result.u = product<T>(Op::none, range, Op::none, reading(svd.u).columns(0, found), workers_);
  result.vh = product<T>(Op::none, reading(svd.vh).row_range(0, found), Op::adjoint, rows_basis, workers_);
  fix_signs<T>(result.u.view(), result.vh.view());
  result.values.assign(svd.values.begin(), svd.values.begin() + found);
  Matrix<T> scaled = sketch_of_basis(error_stream, q, result.u);
  for (Index i = 0; i < q; ++i)
    for (Index j = 0; j < found; ++j) scaled(i, j) *= result.values[static_cast<std::size_t>(j)];
  Matrix<T> rest = Matrix<T>::copy_of(reading(corange_).row_range(k, q));
  multiply_add<T>(Real<T>{-1}, Op::none, scaled, Op::none, result.vh, rest.view(), workers_);
  const auto probes = static_cast<double>(q);
  result.error = frobenius_norm<T>(rest, workers_) / std::sqrt(probes);
  result.error_deviation = result.error * std::sqrt((is_complex<T> ? 1.0 : 2.0) / probes) / 2.0;
  return result;
}

template class StreamSvd<float>;
template class StreamSvd<double>;
template class StreamSvd<Complex>;

}  // namespace orrery::matrix

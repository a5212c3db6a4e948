// Every operation of the matrix domain, declared: SVD, pseudo-inverse, CR, ID, CUR, and what is sparse or on disk.
// SPDX-License-Identifier: Apache-2.0
#include "tests/sdk/domains/matrix_product.hpp"

namespace orrery::domains::matrix {

enum class PinvMethod { svd, eigen, ridge };
struct Pinv : Declared<Pinv> {
  static constexpr Info info = long_running("pinv", "Moore-Penrose pseudo-inverse");
  static constexpr std::tuple ports{
      in<"matrix", Field, "... x n x m">{.unit = "*", .doc = "M"},
      in<"method", Choice<PinvMethod>>{.fallback = "svd", .choices = {"svd", "eigen", "ridge"}, .doc = "how"},
      in<"rcond", f64>{.min = 0, .optional = true, .doc = "left out: max(n, m) times the unit round-off"},
      in<"ridge", f64>{.unit = "matrix^2", .min = 0, .above_min = true, .optional = true, .doc = "epsilon"},
      out<"inverse", Field, "... x m x n">{.unit = "1/matrix", .dtype_like = "matrix", .doc = "M+"},
      out<"rank", i64, "...">{.doc = "numerical rank"}};
};

enum class SvdMethod { golub_kahan, jacobi, divide_and_conquer };
struct Svd : Declared<Svd> {
  static constexpr Info info = long_running("svd", "Singular value decomposition, full or truncated");
  static constexpr std::tuple ports{
      matrix,
      rank_wanted,
      energy,
      tolerance,
      in<"method", Choice<SvdMethod>>{
          .fallback = "golub_kahan", .choices = {"golub_kahan", "jacobi", "divide_and_conquer"}, .doc = "how"},
      out<"left", Field, "n x r">{.dtype_like = "matrix", .doc = "U; the largest element of a column is positive"},
      out<"singular_values", f64, "r">{.unit = "matrix", .doc = "falling"},
      out<"right", Field, "r x m">{.dtype_like = "matrix", .doc = "V^H"},
      out<"tails", f64, "r">{.unit = "matrix", .doc = "Frobenius error at each rank"},
      tap<"off_diagonal", f64>{.unit = "matrix", .doc = "after each sweep"}};
};

enum class Sketch { power, block_krylov };
struct RandomizedSvd : Declared<RandomizedSvd> {
  static constexpr Info info = drawing("randomized_svd", "Truncated SVD by random projection");
  static constexpr std::tuple ports{
      matrix,
      rank_wanted,
      tolerance,
      in<"method", Choice<Sketch>>{
          .fallback = "power", .choices = {"power", "block_krylov"}, .doc = "how the range is found"},
      in<"iterations", i64>{.fallback = "2", .min = 0, .max = 100, .doc = "of power or Krylov steps"},
      oversample,
      draw,
      out<"left", Field, "n x r">{.dtype_like = "matrix", .doc = "U"},
      out<"singular_values", f64, "r">{.unit = "matrix", .doc = "falling"},
      out<"right", Field, "r x m">{.dtype_like = "matrix", .doc = "V^H"},
      error_spectral,
      error_confidence,
      tap<"range_error", f64>{.unit = "matrix", .doc = "after each iteration"}};
};

struct Spectrum : Declared<Spectrum> {
  static constexpr Info info =
      long_running("spectrum", "Singular values, numerical rank, condition, gaps and coherence");
  static constexpr std::tuple ports{matrix,
                                    in<"rcond", f64>{.min = 0, .optional = true, .doc = "relative to the largest"},
                                    out<"singular_values", f64, "k">{.unit = "matrix", .doc = "all min(n, m), falling"},
                                    out_rank,
                                    out<"condition", f64>{.doc = "largest over smallest; infinite if singular"},
                                    out<"stable_rank", f64>{.doc = "Frobenius over spectral norm, squared"},
                                    out<"gap", f64>{.doc = "of the singular values at the rank"}};
};

struct ErrorEstimate : Declared<ErrorEstimate> {
  static constexpr Info info = drawing("error_estimate", "Norm of M - C Z, estimated with a stated confidence");
  static constexpr std::tuple ports{
      matrix,
      in<"left", Field, "n x r">{.unit = "*", .doc = "C"},
      in<"right", Field, "r x m">{.unit = "matrix/left", .doc = "Z"},
      in<"confidence", f64>{
          .fallback = "0.99", .min = 0, .max = 1, .above_min = true, .below_max = true, .doc = "of the bound"},
      in<"probes", i64>{.fallback = "10", .min = 1, .doc = "random vectors"},
      draw,
      error_frobenius,
      error_spectral,
      out<"bound", f64>{.unit = "matrix", .doc = "of the spectral norm"}};
};

enum class Select {
  pivoted_qr,
  strong_rrqr,
  max_volume,
  greedy_total,
  norm,
  leverage,
  deim,
  exhaustive,
  gaussian,
  sparse_sign,
  srht,
  column_sample,
  uniform,
  random_pivots
};
inline constexpr in<"select", Choice<Select>> select{
    .fallback = "pivoted_qr",
    .choices = {"pivoted_qr", "strong_rrqr", "max_volume", "greedy_total", "norm", "leverage", "deim", "exhaustive",
                "gaussian", "sparse_sign", "srht", "column_sample", "uniform", "random_pivots"},
    .doc = "how the skeleton is chosen"};
inline constexpr in<"bound", f64> bound{.min = 1, .optional = true, .doc = "f: swaps go on until max |Z| is below"};
inline constexpr in<"limit", i64> limit{.fallback = "1000000", .min = 1, .doc = "most subsets that exhaustive tries"};
inline constexpr in<"sketch_size", i64> sketch_size{.min = 1, .optional = true, .doc = "rows of the projection"};

enum class Side { column, row };
struct Interpolative : Declared<Interpolative> {
  static constexpr Info info = drawing("interpolative", "M near M[:, S] Z: interpolative decomposition");
  static constexpr std::tuple ports{
      matrix,
      rank_wanted,
      tolerance,
      select,
      in<"side", Choice<Side>>{.fallback = "column", .choices = {"column", "row"}, .doc = "what the skeleton is of"},
      bound,
      limit,
      sketch_size,
      draw,
      out<"indices", i64, "r">{.doc = "S"},
      out<"coefficients", Field, "r x k">{.dtype_like = "matrix", .doc = "Z; of rows its transpose"},
      out<"skeleton", Field, "*">{.unit = "matrix", .dtype_like = "matrix", .doc = "n x r columns or r x m rows"},
      out_rank,
      error_frobenius,
      error_spectral,
      error_confidence,
      out<"max_coefficient", f64>{.doc = "max |Z|"},
      out<"swaps", i64>{.doc = "made to keep the bound"},
      flops,
      tap<"r_diagonal", f64>{.unit = "matrix", .doc = "|R_kk| of each pivot"},
      tap<"pivot", i64>{.doc = "each column as it is chosen"}};
};

struct InterpolativeTwoSided : Declared<InterpolativeTwoSided> {
  static constexpr Info info = drawing("interpolative_two_sided", "M near W M[S1, S2] Z");
  static constexpr std::tuple ports{
      matrix,
      rank_wanted,
      tolerance,
      select,
      bound,
      draw,
      out<"row_indices", i64, "r">{.doc = "S1"},
      out<"column_indices", i64, "r">{.doc = "S2"},
      out<"left", Field, "n x r">{.dtype_like = "matrix", .doc = "W"},
      out<"core", Field, "r x r">{.unit = "matrix", .dtype_like = "matrix", .doc = "M[S1, S2]"},
      out<"right", Field, "r x m">{.dtype_like = "matrix", .doc = "Z"},
      error_frobenius,
      error_spectral};
};

enum class Core { optimal, cross };
inline constexpr in<"core", Choice<Core>> core{
    .fallback = "optimal", .choices = {"optimal", "cross"}, .doc = "C+ M R+, or the inverse of M[S2, S1]"};
inline constexpr std::tuple cur_outputs{
    out<"row_indices", i64, "p">{.doc = "S2"},
    out<"column_indices", i64, "q">{.doc = "S1"},
    out<"columns", Field, "n x q">{.unit = "matrix", .dtype_like = "matrix", .doc = "C"},
    out<"middle", Field, "q x p">{.unit = "1/matrix", .dtype_like = "matrix", .doc = "U"},
    out<"rows", Field, "p x m">{.unit = "matrix", .dtype_like = "matrix", .doc = "R"},
    error_frobenius,
    error_spectral};

struct Cur : Declared<Cur> {
  static constexpr Info info = drawing("cur", "M near C U R, rows and columns chosen by a method");
  static constexpr auto ports =
      std::tuple_cat(std::tuple{matrix, rank_wanted, tolerance, select, core, draw}, cur_outputs);
};

struct CurFromIndices : Declared<CurFromIndices> {
  static constexpr Info info = about("cur_from_indices", "M near C U R of given rows and columns");
  static constexpr auto ports = std::tuple_cat(std::tuple{matrix, in<"row_indices", i64, "p">{.min = 0, .doc = "S2"},
                                                          in<"column_indices", i64, "q">{.min = 0, .doc = "S1"}, core},
                                               cur_outputs);
};

enum class Axis { rows, columns };
inline constexpr in<"of", Choice<Axis>> of_axis{
    .fallback = "columns", .choices = {"rows", "columns"}, .doc = "of which"};

struct LeverageScores : Declared<LeverageScores> {
  static constexpr Info info = long_running("leverage_scores", "Leverage of rows or columns in a leading subspace");
  static constexpr std::tuple ports{matrix, in<"dimension", i64>{.min = 1, .doc = "gamma, of the subspace"}, of_axis,
                                    out<"scores", f64, "k">{.doc = "sum up to gamma"}};
};

struct Deim : Declared<Deim> {
  static constexpr Info info = about("deim", "Indices of discrete empirical interpolation");
  static constexpr std::tuple ports{in<"basis", Field, "n x r">{.doc = "singular vectors"},
                                    out<"indices", i64, "r">{.doc = "in the order of choice"},
                                    tap<"residual", f64, "n">{.doc = "of each basis vector"}};
};

inline constexpr in<"matrix", Real, "n x n"> semidefinite{.unit = "*", .doc = "symmetric, positive semidefinite"};
struct Nystrom : Declared<Nystrom> {
  static constexpr Info info = drawing("nystrom", "Nystrom approximation of a semidefinite matrix");
  static constexpr std::tuple ports{semidefinite,
                                    in<"rank", i64>{.min = 1, .doc = "r"},
                                    draw,
                                    out<"vectors", Real, "n x r">{.dtype_like = "matrix", .doc = "U"},
                                    out<"values", f64, "r">{.unit = "matrix", .doc = "falling"},
                                    out<"trace_error", f64>{.unit = "matrix", .doc = "of what is missing"}};
};

enum class Pivoting { largest, random };
struct PivotedCholesky : Declared<PivotedCholesky> {
  static constexpr Info info = drawing("pivoted_cholesky", "Partial Cholesky factor, pivots largest or drawn");
  static constexpr std::tuple ports{
      semidefinite,
      rank_wanted,
      tolerance,
      in<"pivots", Choice<Pivoting>>{
          .fallback = "largest", .choices = {"largest", "random"}, .doc = "how they are found"},
      draw,
      out<"factor", Real, "n x r">{.unit = "matrix^(1/2)", .dtype_like = "matrix", .doc = "L"},
      out<"pivots", i64, "r">{.doc = "in order"},
      out<"trace_error", f64>{.unit = "matrix", .doc = "of what is missing"}};
};

struct Compare : Declared<Compare> {
  static constexpr Info info = {.name = "compare",
                                .version = "1.0.0",
                                .title = "Methods side by side: error over the SVD's, max |Z|, flops, time",
                                .deterministic = false,
                                .cancellable = true,
                                .uses_random = true};
  static constexpr std::tuple ports{
      matrix, in<"ranks", i64, "k">{.min = 1, .doc = "each is tried"},
      in<"methods", Choice<Select>>{.list = true, .choices = select.choices, .doc = "each is tried"}, draw,
      out<"table", Table>{.columns = {{{.name = "method", .dtype = ORRERY_TEXT, .doc = "as given"},
                                       {.name = "rank", .dtype = ORRERY_I64, .doc = "r"},
                                       {.name = "error_ratio", .doc = "Frobenius error over the tail of the SVD"},
                                       {.name = "max_coefficient", .doc = "max |Z|"},
                                       {.name = "flops", .dtype = ORRERY_I64, .doc = "operations"},
                                       {.name = "time", .unit = "s", .doc = "of the processor"}}},
                          .doc = "one row for each method and rank"}};
};

struct ReadMatrixMarket : Declared<ReadMatrixMarket> {
  static constexpr Info info = about("read_matrix_market", "A matrix in coordinates from MatrixMarket text");
  static constexpr std::tuple ports{in<"text", Text>{.doc = "the file; a malformed one is refused by its line"},
                                    out<"rows", i64, "z">{.doc = "of the elements that are not 0"},
                                    out<"columns", i64, "z">{.doc = "of the same"},
                                    out<"values", AnyOf<f64, c128>, "z">{.doc = "of the same"},
                                    out<"shape", i64, "2">{.doc = "n and m"},
                                    out<"symmetry", Text>{.doc = "general, symmetric, skew-symmetric or hermitian"}};
};

inline constexpr std::tuple sparse{in<"rows", i64, "z">{.min = 0, .doc = "of the elements"},
                                   in<"columns", i64, "z">{.min = 0, .doc = "of the elements"},
                                   in<"values", AnyOf<f64, c128>, "z">{.unit = "*", .doc = "of the elements"},
                                   in<"n", i64>{.min = 1, .doc = "rows of the matrix"},
                                   in<"m", i64>{.min = 1, .doc = "columns of the matrix"}};

struct SvdSparse : Declared<SvdSparse> {
  static constexpr Info info = drawing("svd_sparse", "Truncated SVD of a sparse matrix");
  static constexpr auto ports = std::tuple_cat(
      sparse, std::tuple{in<"rank", i64>{.min = 1, .doc = "r"}, draw,
                         out<"left", AnyOf<f64, c128>, "n x rank">{.dtype_like = "values", .doc = "U"},
                         out<"singular_values", f64, "rank">{.unit = "values", .doc = "falling"},
                         out<"right", AnyOf<f64, c128>, "rank x m">{.dtype_like = "values", .doc = "V^H"}});
};

struct InterpolativeSparse : Declared<InterpolativeSparse> {
  static constexpr Info info = drawing("interpolative_sparse", "Interpolative decomposition of a sparse matrix");
  static constexpr auto ports = std::tuple_cat(
      sparse, std::tuple{rank_wanted, tolerance, bound, draw, out<"indices", i64, "r">{.doc = "S"},
                         out<"coefficients", AnyOf<f64, c128>, "r x m">{.dtype_like = "values", .doc = "Z"},
                         out<"error_spectral", f64>{.unit = "values", .doc = "estimated"}});
};

inline constexpr in<"file", Text> npy_file{.doc = "path of an .npy file, which may be larger than the memory"};
struct SvdStreaming : Declared<SvdStreaming> {
  static constexpr Info info = {.name = "svd_streaming",
                                .version = "1.0.0",
                                .title = "Truncated SVD in one pass over a file",
                                .cancellable = true,
                                .uses_random = true,
                                .reads_files = true};
  static constexpr std::tuple ports{npy_file,
                                    in<"rank", i64>{.min = 1, .doc = "r"},
                                    oversample,
                                    draw,
                                    out<"left", f64, "n x rank">{.doc = "U"},
                                    out<"singular_values", f64, "rank">{.doc = "falling"},
                                    out<"right", f64, "rank x m">{.doc = "V^T"},
                                    tap<"rows_read", i64>{.doc = "so far"}};
};

struct InterpolativeStreaming : Declared<InterpolativeStreaming> {
  static constexpr Info info = {.name = "interpolative_streaming",
                                .version = "1.0.0",
                                .title = "Skeleton columns in one pass over a file",
                                .cancellable = true,
                                .uses_random = true,
                                .reads_files = true};
  static constexpr std::tuple ports{npy_file,
                                    rank_wanted,
                                    tolerance,
                                    draw,
                                    out<"indices", i64, "r">{.doc = "S"},
                                    out<"coefficients", f64, "r x m">{.doc = "Z"},
                                    out<"error_frobenius", f64>{.doc = "estimated"},
                                    error_confidence};
};

}  // namespace orrery::domains::matrix

namespace m = orrery::domains::matrix;

ORRERY_PLUGIN((.name = "domain_matrix", .version = "0.0.0", .title = "Matrix approximation, declared only",
               .license = "Apache-2.0"),
              m::Pinv, m::Svd, m::RandomizedSvd, m::Spectrum, m::ErrorEstimate, m::CrSelect, m::CrExpectedError,
              m::CrMultiply, m::CrMonteCarlo, m::Interpolative, m::InterpolativeTwoSided, m::Cur, m::CurFromIndices,
              m::LeverageScores, m::Deim, m::Nystrom, m::PivotedCholesky, m::Compare, m::ReadMatrixMarket, m::SvdSparse,
              m::InterpolativeSparse, m::SvdStreaming, m::InterpolativeStreaming)

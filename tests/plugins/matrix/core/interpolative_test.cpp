// Interpolative decompositions: published values, bounds from the literature, every rule on awkward input, refusals.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/matrix/core/interpolative.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <stdexcept>
#include <string>

#include "plugins/matrix/core/column_scores.hpp"
#include "plugins/matrix/core/norms.hpp"
#include "tests/plugins/matrix/core/column_cases.hpp"

using namespace orrery::matrix;
using namespace orrery::matrix::test;

namespace {

template <class T>
Interpolative<T> at(In<T> a, ColumnChoice choice, Index rank, double bound = 0.0) {
  return interpolative<T>(a, {.choice = choice, .rank = rank, .bound = bound}, Random(7));
}

template <class T>
double floor_of(In<T> a, Index rank) {
  const auto values = singular_rows<T>(a, 0).values;
  double sum = 0.0;
  for (std::size_t i = values.size(); i-- > static_cast<std::size_t>(rank);) sum = std::hypot(sum, values[i]);
  return sum;
}

std::string refusal(const std::function<void()>& f) {
  try {
    f();
  } catch (const std::exception& e) {
    return e.what();
  }
  return "";
}

std::vector<ColumnChoice> all_choices() {
  std::vector<ColumnChoice> all;
  for (int i = 0; i < column_choices; ++i) all.push_back(static_cast<ColumnChoice>(i));
  return all;
}

}  // namespace

TEST_SUITE_BEGIN("plugins/matrix/core/interpolative");

TEST_CASE("the published errors of a 4 x 5 matrix come out") {
  const Matrix<double> m = small_case();
  const double by_pivots[] = {45.9230769230769231, 10.6336633663366337, 3.62745098039215686};
  const double least[] = {32.4, 7.618768328445748, 2.542857142857143};
  const std::vector<Index> best[] = {{2}, {0, 2}, {0, 1, 2}}, pivots[] = {{0}, {0, 3}, {0, 3, 1}};
  for (Index r = 1; r <= 3; ++r) {
    const auto qr = at<double>(m, ColumnChoice::pivoted_qr, r), all = at<double>(m, ColumnChoice::exhaustive, r);
    const auto k = static_cast<std::size_t>(r - 1);
    CHECK(qr.columns.skeleton == pivots[k]);
    CHECK(qr.error.value * qr.error.value == doctest::Approx(by_pivots[k]).epsilon(4e-15));
    CHECK(all.columns.skeleton == best[k]);
    CHECK(all.error.value * all.error.value == doctest::Approx(least[k]).epsilon(4e-15));
  }
}

TEST_CASE("the Hilbert matrix of order 8 defeats the greedy choice by the whole residual") {
  const Matrix<double> h = hilbert(8);
  const auto qr = at<double>(h, ColumnChoice::pivoted_qr, 2), greedy = at<double>(h, ColumnChoice::greedy_total, 2),
             best = at<double>(h, ColumnChoice::exhaustive, 2);
  CHECK(qr.columns.skeleton == std::vector<Index>{0, 2});
  CHECK(greedy.columns.skeleton == std::vector<Index>{1, 2});
  CHECK(best.columns.skeleton == std::vector<Index>{0, 3});
  CHECK(qr.error.value == doctest::Approx(0.034749985796923498).epsilon(1e-14));
  CHECK(greedy.error.value == doctest::Approx(0.055382).epsilon(1e-5));
  CHECK(best.error.value == doctest::Approx(0.027519).epsilon(1e-5));
  CHECK(floor_of<double>(h, 2) == doctest::Approx(0.02625395655082939).epsilon(1e-13));
}

TEST_CASE("pivoted QR takes the longest column where another would leave a third") {
  Matrix<double> a(2, 6);
  a(0, 0) = 4.0;
  for (Index j = 1; j < 6; ++j) a(1, j) = 3.0;
  const auto qr = at<double>(a, ColumnChoice::pivoted_qr, 1), greedy = at<double>(a, ColumnChoice::greedy_total, 1);
  CHECK(qr.columns.skeleton == std::vector<Index>{0});
  CHECK(qr.error.value == doctest::Approx(std::sqrt(45.0)).epsilon(1e-15));
  CHECK(greedy.columns.skeleton == std::vector<Index>{1});
  CHECK(greedy.error.value == doctest::Approx(4.0).epsilon(1e-15));
}

TEST_CASE("one exchange mends what Kahan's matrix does to pivoted QR") {
  const Matrix<double> a = kahan(60, 0.285);
  const auto qr = at<double>(a, ColumnChoice::pivoted_qr, 59);
  CHECK(largest_entry<double>(qr.columns.z) == doctest::Approx(5.9e5).epsilon(0.01));
  CHECK(qr.error.value == doctest::Approx(0.0822).epsilon(1e-3));
  for (const ColumnChoice choice : {ColumnChoice::max_volume, ColumnChoice::strong_rrqr}) {
    const auto mended = at<double>(a, choice, 59);
    CHECK(mended.columns.swaps == 1);
    CHECK(largest_entry<double>(mended.columns.z) <= 1.01);
    CHECK(mended.error.value == doctest::Approx(9.27e-8).epsilon(1e-3));
  }
}

TEST_CASE_TEMPLATE("every rule reproduces its columns and keeps to the floor and the bound", T, float, double,
                   Complex) {
  const double eps = std::numeric_limits<Real<T>>::epsilon();
  for (const ColumnChoice choice : all_choices()) {
    CAPTURE(name_of(choice));
    for (const Index rank : {1, 3, 6}) {
      const Matrix<T> a = decaying<T>(14, 9, 0.5, static_cast<std::uint64_t>(rank));
      const auto found = at<T>(a, choice, rank, 1.5);
      const auto& skeleton = found.columns.skeleton;
      REQUIRE(static_cast<Index>(skeleton.size()) == rank);
      for (Index i = 0; i < rank; ++i)
        for (Index s = 0; s < rank; ++s)
          CHECK(found.columns.z(i, skeleton[static_cast<std::size_t>(s)]) == T(i == s ? Real<T>{1} : Real<T>{0}));
      CHECK(largest_entry<T>(found.columns.z) <= 1.5 * (1.0 + 4.0 * eps));
      CHECK(found.error.value >= floor_of<T>(a, rank) * (1.0 - 100.0 * eps));
      CHECK(found.error.value == doctest::Approx(plain_error<T>(a, skeleton, found.columns.z)).epsilon(1e4 * eps));
    }
  }
}

TEST_CASE("the best of all choices is no worse than any and within the bound of the theory") {
  for (std::uint64_t seed = 0; seed < 10; ++seed) {
    const Matrix<double> a = decaying<double>(8, 10, 0.6, seed);
    for (Index rank = 1; rank <= 3; ++rank) {
      const auto best = at<double>(a, ColumnChoice::exhaustive, rank);
      CHECK(best.error.value <= std::sqrt(static_cast<double>(rank) + 1.0) * floor_of<double>(a, rank) * (1.0 + 1e-13));
      for (const ColumnChoice choice : all_choices())
        CHECK(best.error.value <= at<double>(a, choice, rank).error.value * (1.0 + 1e-12));
    }
  }
}

TEST_CASE("Osinsky's rule keeps its bound on random spectra") {
  for (std::uint64_t seed = 0; seed < 30; ++seed) {
    const Matrix<double> a = decaying<double>(20, 25, seed % 3 == 0 ? 0.3 : 0.9, seed);
    for (const Index rank : {1, 4, 9}) {
      const auto found = at<double>(a, ColumnChoice::near_optimal, rank);
      CHECK(found.error.value <=
            std::sqrt(static_cast<double>(rank) + 1.0) * floor_of<double>(a, rank) * (1.0 + 1e-12) + 1e-14);
    }
  }
}

TEST_CASE("fine stays near the optimum on a smooth kernel where pivoted QR does not") {
  const Matrix<double> a = kernel(400, 300);
  const Index rank = 30;
  const double floor = floor_of<double>(a, rank);
  const double fine = at<double>(a, ColumnChoice::fine, rank).error.value,
               pivots = at<double>(a, ColumnChoice::pivoted_qr, rank).error.value;
  CHECK(fine < 1.6 * floor);
  CHECK(fine < 1.05 * pivots);
  CHECK(at<double>(a, ColumnChoice::fast, rank).error.value < 8.0 * floor);
  const auto bounded = at<double>(a, ColumnChoice::fine, rank, 2.0);
  CHECK(largest_entry<double>(bounded.columns.z) <= 2.0);
  CHECK(bounded.error.value < 3.0 * floor);
}

TEST_CASE("a tolerance is kept with hardly more columns than the singular values need") {
  const Matrix<double> a = kernel(300, 250);
  const auto values = singular_rows<double>(a, 0).values;
  for (const double tolerance : {1e-2, 1e-4, 1e-6}) {
    Index least = 0;
    while (floor_of<double>(a, least) > tolerance * floor_of<double>(a, 0)) ++least;
    const auto found = interpolative<double>(a, {.tolerance = tolerance}, Random(3));
    CAPTURE(tolerance);
    CAPTURE(least);
    CHECK(plain_error<double>(a, found.columns.skeleton, found.columns.z) <= tolerance * floor_of<double>(a, 0));
    CHECK(static_cast<double>(found.columns.skeleton.size()) <= 1.1 * static_cast<double>(least) + 2.0);
    const auto likely = interpolative<double>(a, {.tolerance = tolerance, .confidence = 0.999}, Random(3));
    CHECK(plain_error<double>(a, likely.columns.skeleton, likely.columns.z) <= tolerance * floor_of<double>(a, 0));
    CHECK(likely.error.confidence == 0.999);
    CHECK(likely.error.upper > likely.error.value);
  }
}

TEST_CASE("the bound from probes holds as often as it says") {
  const Matrix<double> a = decaying<double>(60, 40, 0.8, 5);
  const auto found = at<double>(a, ColumnChoice::pivoted_qr, 10);
  int exceeded = 0;
  constexpr int trials = 400;
  for (std::uint64_t seed = 0; seed < trials; ++seed)
    exceeded += error_of<double>(a, found.columns, 0.9, Random(seed)).upper < found.error.value;
  CHECK(exceeded <= 64);  // 40 are expected of a residual of rank 1, and fewer of any other
  // Of a residual of rank 1 it holds exactly so often.
  Matrix<double> one(30, 2);
  for (Index i = 0; i < 30; ++i) one(i, 0) = 1.0 + 0.1 * static_cast<double>(i), one(i, 1) = i % 2 ? 1.0 : -1.0;
  const auto first = at<double>(one, ColumnChoice::norm, 1);
  exceeded = 0;
  for (std::uint64_t seed = 0; seed < trials; ++seed)
    exceeded += error_of<double>(one, first.columns, 0.9, Random(seed)).upper < first.error.value;
  CHECK(exceeded >= 40 - 24);
  CHECK(exceeded <= 40 + 24);
}

TEST_CASE("quantiles of the chi-square distribution agree with tables") {
  CHECK(chi_square_quantile(2, 0.05) == doctest::Approx(-2.0 * std::log(0.95)).epsilon(1e-12));
  CHECK(chi_square_quantile(10, 0.05) == doctest::Approx(3.940299).epsilon(1e-6));
  CHECK(chi_square_quantile(30, 0.001) == doctest::Approx(11.587997).epsilon(1e-5));
  CHECK(chi_square_quantile(64, 0.5) == doctest::Approx(63.334).epsilon(1e-4));
}

TEST_CASE("awkward matrices neither break a rule nor make it lie") {
  struct Named {
    const char* name;
    Matrix<double> matrix;
    Index rank;
  };
  std::vector<Named> cases;
  cases.push_back({"zeros", Matrix<double>(5, 4), 0});
  cases.push_back({"one column", random_matrix<double>(6, 1, 1), 1});
  cases.push_back({"one row", random_matrix<double>(1, 6, 2), 1});
  cases.push_back({"one number", random_matrix<double>(1, 1, 3), 1});
  Matrix<double> twins = random_matrix<double>(7, 6, 4);
  for (Index i = 0; i < 7; ++i)
    for (Index j = 3; j < 6; ++j) twins(i, j) = twins(i, j - 3);
  cases.push_back({"twins", std::move(twins), 3});
  Matrix<double> far = random_matrix<double>(9, 5, 5);
  for (Index i = 0; i < 9; ++i)
    for (Index j = 0; j < 5; ++j) far(i, j) *= std::pow(10.0, -50.0 * static_cast<double>(j));
  cases.push_back({"columns over 200 orders of magnitude", std::move(far), 5});
  Matrix<double> huge = random_matrix<double>(6, 5, 6), tiny = huge.copy();
  for (Index i = 0; i < 30; ++i) huge.data()[i] *= 1e307, tiny.data()[i] *= 1e-305;
  cases.push_back({"huge", std::move(huge), 5});
  cases.push_back({"tiny", std::move(tiny), 5});
  for (const Named& c : cases)
    for (const ColumnChoice choice : all_choices()) {
      CAPTURE(c.name);
      CAPTURE(name_of(choice));
      const Index most = std::min(c.matrix.rows(), c.matrix.cols());
      const auto found = at<double>(c.matrix, choice, most);
      CHECK(static_cast<Index>(found.columns.skeleton.size()) <= std::max<Index>(c.rank, 0));
      CHECK(found.columns.deficient == (static_cast<Index>(found.columns.skeleton.size()) < most));
      CHECK(std::isfinite(largest_entry<double>(found.columns.z)));
      CHECK(std::isfinite(found.error.value));
      if (choice == ColumnChoice::pivoted_qr || choice == ColumnChoice::strong_rrqr) {
        CHECK(static_cast<Index>(found.columns.skeleton.size()) == c.rank);
        CHECK(found.error.value <= 1e-14 * frobenius_norm<double>(c.matrix));
      }
    }
}

TEST_CASE("what cannot be done is refused by name and number") {
  const Matrix<double> m = small_case();
  const auto message = [&](const InterpolativeOptions& options) {
    return refusal([&] { interpolative<double>(m, options, Random(1)); });
  };
  CHECK(message({.rank = 5}) == "the rank of a 4 x 5 matrix must be between 1 and 4; it is 5");
  CHECK(message({.rank = -1}) == "the rank of a 4 x 5 matrix must be between 1 and 4; it is -1");
  CHECK(message({}) == "a tolerance must be above 0 and below 1; it is 0");
  CHECK(message({.tolerance = 1.5}) == "a tolerance must be above 0 and below 1; it is 1.5");
  CHECK(message({.rank = 1, .confidence = 0.0}) == "a confidence must be above 0 and at most 1; it is 0");
  CHECK(message({.rank = 1, .bound = 0.5}) == "a bound on |Z| must be at least 1; it is 0.5");
  CHECK(message({.tolerance = 1e-300}).find("a tolerance of 1e-300 is not reached: with 4 columns") == 0);
  const Matrix<double> wide = random_matrix<double>(30, 60, 1);
  CHECK(refusal([&] { at<double>(wide, ColumnChoice::exhaustive, 20); }) ==
        "choosing 20 of 60 columns has 4191844505805495 choices, and at most 1000000 are tried");
  CHECK(refusal([&] { at<double>(wide, ColumnChoice::exhaustive, 25); }).find("more than 9e15 choices") !=
        std::string::npos);
  Matrix<double> broken = small_case();
  broken(2, 3) = std::numeric_limits<double>::quiet_NaN();
  CHECK(refusal([&] { at<double>(broken, ColumnChoice::fine, 1); }) ==
        "element (2, 3) of 'matrix' must be finite; it is NaN");
  broken(2, 3) = std::numeric_limits<double>::infinity();
  CHECK(refusal([&] { at<double>(broken, ColumnChoice::fine, 1); }) ==
        "element (2, 3) of 'matrix' must be finite; it is infinite");
}

TEST_CASE("results are the same bits for any number of threads") {
  const Matrix<double> a = kernel(700, 600);
  const Threads three(3);
  for (const ColumnChoice choice :
       {ColumnChoice::fine, ColumnChoice::fast, ColumnChoice::pivoted_qr, ColumnChoice::greedy_total}) {
    const InterpolativeOptions options{.choice = choice, .rank = 20};
    const auto one = choose_columns<double>(a, options, Random(5)),
               many = choose_columns<double>(a, options, Random(5), three);
    CHECK(one.columns.skeleton == many.columns.skeleton);
    CHECK(distance<double>(one.columns.z, many.columns.z) == 0.0);
  }
}

TEST_SUITE_END();

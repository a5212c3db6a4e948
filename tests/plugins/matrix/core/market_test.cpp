// Tests of reading the Matrix Market format: every format, field and symmetry, and the line of everything malformed.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/matrix/core/market.hpp"

#include <doctest/doctest.h>

#include <random>
#include <sstream>
#include <string>

#include "tests/plugins/matrix/core/cr_example.hpp"
#include "tests/plugins/matrix/core/support.hpp"

using namespace orrery::matrix;
using namespace orrery::matrix::test;

namespace {

Matrix<Complex> full(const MarketMatrix& m) {
  Matrix<Complex> made(m.rows, m.cols);
  for (const auto& [row, col, value] : m.entries) made(row, col) += value;
  return made;
}

void check_equal(const Matrix<Complex>& a, const Matrix<Complex>& b) {
  REQUIRE(a.rows() == b.rows());
  REQUIRE(a.cols() == b.cols());
  for (Index i = 0; i < a.rows() * a.cols(); ++i) CHECK(a.data()[i] == b.data()[i]);
}

const std::string real_general = "%%MatrixMarket matrix coordinate real general\n";

}  // namespace

TEST_SUITE_BEGIN("plugins/matrix/core/market");

TEST_CASE("the example of the format's description is read") {
  // Boisvert, Pozo, Remington 1996: 5 x 5 with 8 elements.
  const MarketMatrix m = read_market(
      "%%MatrixMarket matrix coordinate real general\n% A 5x5 sparse matrix with 8 nonzeros\n5 5 8\n1 1 1.0\n"
      "2 2 10.5\n4 2 250.5\n3 3 0.015\n1 4 6.0\n4 4 -280.0\n4 5 33.32\n5 5 12.0\n");
  Matrix<Complex> expected(5, 5);
  expected(0, 0) = 1.0, expected(1, 1) = 10.5, expected(3, 1) = 250.5, expected(2, 2) = 0.015, expected(0, 3) = 6.0;
  expected(3, 3) = -280.0, expected(3, 4) = 33.32, expected(4, 4) = 12.0;
  check_equal(full(m), expected);
  CHECK(m.stored == 8);
}

TEST_CASE("symmetries put the mirrored elements in their places") {
  const auto read = [](const char* field, const char* symmetry, const char* rest) {
    return full(read_market("%%MatrixMarket matrix " + std::string(field) + " " + symmetry + "\n" + rest));
  };
  check_equal(read("coordinate real", "symmetric", "2 2 2\n1 1 3\n2 1 -1.5\n"),
              matrix_of<Complex>(2, 2, {3, -1.5, -1.5, 0}));
  check_equal(read("coordinate integer", "skew-symmetric", "2 2 1\n2 1 7\n"), matrix_of<Complex>(2, 2, {0, -7, 7, 0}));
  check_equal(read("coordinate pattern", "symmetric", "2 2 2\n2 1\n2 2\n"), matrix_of<Complex>(2, 2, {0, 1, 1, 1}));
  Matrix<Complex> hermitian(2, 2);
  hermitian(0, 0) = 2.0, hermitian(1, 0) = {1.0, -3.0}, hermitian(0, 1) = {1.0, 3.0};
  check_equal(read("coordinate complex", "hermitian", "2 2 2\n1 1 2 0\n2 1 1 -3\n"), hermitian);
  check_equal(read("array real", "general", "2 3\n1\n2\n3\n4\n5\n6\n"), matrix_of<Complex>(2, 3, {1, 3, 5, 2, 4, 6}));
  check_equal(read("array real", "symmetric", "3 3\n1\n2\n3\n4\n5\n6\n"),
              matrix_of<Complex>(3, 3, {1, 2, 3, 2, 4, 5, 3, 5, 6}));
  check_equal(read("array integer", "skew-symmetric", "3 3\n1\n2\n3\n"),
              matrix_of<Complex>(3, 3, {0, -1, -2, 1, 0, -3, 2, 3, 0}));
  check_equal(read("array complex", "hermitian", "1 1\n5 0\n"), matrix_of<Complex>(1, 1, {5}));
}

TEST_CASE("case and white space and comments and signs do not matter") {
  const MarketMatrix m = read_market(
      "%%matrixmarket MATRIX Coordinate REAL General\r\n%\r\n\r\n  2\t2  2 \r\n+1 1 +1.5e+1\r\n% between\r\n\n2 2 -.5");
  check_equal(full(m), matrix_of<Complex>(2, 2, {15, 0, 0, -0.5}));
  CHECK(read_market(real_general + "0 0 0\n").entries.empty());
}

TEST_CASE("what is malformed is refused by its line") {
  const auto refuse = [](const std::string& text, const char* message) {
    CHECK_THROWS_WITH(read_market(text), message);
  };
  refuse("", "line 1: the text is empty");
  refuse("1 1 1\n", "line 1: a Matrix Market text begins with '%%MatrixMarket'");
  refuse("%%MatrixMarket matrix coordinate real\n",
         "line 1: '%%MatrixMarket', object, format, field and symmetry are needed; there are 4 words");
  refuse("%%MatrixMarket vector coordinate real general\n", "line 1: the object must be 'matrix'; it is 'vector'");
  refuse("%%MatrixMarket matrix list real general\n", "line 1: the format must be coordinate or array; it is 'list'");
  refuse("%%MatrixMarket matrix array pattern general\n", "line 1: an array has no field 'pattern'");
  refuse("%%MatrixMarket matrix coordinate real hermitian\n",
         "line 1: only a complex matrix is hermitian; symmetric is meant otherwise");
  refuse(real_general, "line 1: the text ends before the size of the matrix");
  refuse(real_general + "2 2\n", "line 2: rows, columns and the number of elements are needed");
  refuse(real_general + "2 -2 1\n1 1 1\n", "line 2: the number of columns must be from 0 to 268435456; it is -2");
  refuse(real_general + "2 2 5\n1 1 1\n", "line 2: the number of elements must be from 0 to 4; it is 5");
  refuse(real_general + "100000 100000 1000000\n1 1 1\n", "line 2: the text is too short for 1000000 elements");
  refuse(real_general + "2 2 2\n% c\n1 1 1\n", "line 4: the text ends after 1 of 2 elements");
  refuse(real_general + "2 2 1\n1 1\n", "line 3: an element has 3 words here; there are 2");
  refuse(real_general + "2 2 1\n3 1 1.0\n", "line 3: a row must be from 1 to 2; it is 3");
  refuse(real_general + "2 2 1\n1 0 1.0\n", "line 3: a column must be from 1 to 2; it is 0");
  refuse(real_general + "2 2 1\n1.5 1 1.0\n", "line 3: a row must be a whole number; it is '1.5'");
  refuse(real_general + "2 2 1\n1 1 1,5\n", "line 3: a value must be a number; it is '1,5'");
  refuse(real_general + "2 2 1\n1 1 nan\n", "line 3: a value must be finite; it is 'nan'");
  refuse(real_general + "2 2 1\n1 1 1e400\n", "line 3: a value is out of the range of double: '1e400'");
  refuse(real_general + "2 2 1\n1 1 1\n\n2 2 1\n", "line 5: there is more than the 1 elements that were announced");
  refuse("%%MatrixMarket matrix coordinate integer general\n1 1 1\n1 1 1.5\n",
         "line 3: a value of an integer matrix is '1.5'");
  refuse("%%MatrixMarket matrix coordinate real symmetric\n2 3 1\n1 1 1\n",
         "line 2: a matrix that is not general must be square; it is 2 x 3");
  refuse("%%MatrixMarket matrix coordinate real symmetric\n2 2 1\n1 2 1\n",
         "line 3: elements stand in the lower triangle; (1, 2) does not");
  refuse("%%MatrixMarket matrix coordinate real skew-symmetric\n2 2 1\n1 1 1\n",
         "line 3: a skew-symmetric matrix has no element (1, 1) on its diagonal");
  refuse("%%MatrixMarket matrix coordinate complex hermitian\n1 1 1\n1 1 1 2\n",
         "line 3: the diagonal of a hermitian matrix is real; the element at (1, 1) is not");
}

TEST_CASE("damaged texts are read or refused by line but nothing worse") {
  const std::string whole =
      "%%MatrixMarket matrix coordinate complex general\n3 4 3\n1 1 1.5 2\n3 4 -1 1e-3\n2 2 7 0\n";
  std::mt19937_64 engine(1);
  for (int round = 0; round < 20000; ++round) {
    std::string text = whole;
    for (int change = 0; change < 1 + round % 4; ++change) {
      const std::size_t place = engine() % text.size();
      if (engine() % 3 == 0) text.erase(place, 1 + engine() % 5);
      else text[place] = static_cast<char>("0123456789 -.e\n%x\0\xff"[engine() % 19]);
      if (text.empty()) break;
    }
    try {
      const MarketMatrix m = read_market(text);
      for (const auto& e : m.entries) CHECK((e.row >= 0 && e.row < m.rows && e.col >= 0 && e.col < m.cols));
    } catch (const std::invalid_argument& e) {
      CHECK(std::string(e.what()).starts_with("line "));
    }
  }
}

TEST_SUITE_END();

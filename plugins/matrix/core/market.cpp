// Reads matrices in the Matrix Market exchange format.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/matrix/core/market.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>
#include <stdexcept>
#include <string>

namespace orrery::matrix {
namespace {

using Words = std::vector<std::string_view>;

std::string quoted(std::string_view text) {
  std::string shown(text.substr(0, 60));
  for (char& c : shown)
    if (static_cast<unsigned char>(c) < 32 || c == 127) c = '?';
  return "'" + shown + "'";
}

// Lines in order, and errors that name them.
class Lines {
 public:
  explicit Lines(std::string_view text) : rest_(text) {}

  bool next(Words& words) {
    if (rest_.empty()) return false;
    const std::size_t end = rest_.find('\n');
    std::string_view line = rest_.substr(0, end);
    rest_ = end == std::string_view::npos ? std::string_view() : rest_.substr(end + 1);
    ++number_;
    words.clear();
    constexpr std::string_view white = " \t\r\f\v";
    for (std::size_t at = line.find_first_not_of(white); at != std::string_view::npos;
         at = line.find_first_not_of(white, at)) {
      const std::size_t stop = std::min(line.find_first_of(white, at), line.size());
      words.push_back(line.substr(at, stop - at));
      at = stop;
    }
    return true;
  }
  // The next line that is neither empty nor a comment.
  bool next_data(Words& words) {
    while (next(words))
      if (!words.empty() && words.front().front() != '%') return true;
    return false;
  }
  [[noreturn]] void fail(const std::string& message) const {
    throw std::invalid_argument("line " + std::to_string(number_) + ": " + message);
  }
  std::size_t characters_left() const { return rest_.size(); }

 private:
  std::string_view rest_;
  std::size_t number_ = 0;
};

std::string lower(std::string_view word) {
  std::string made(word);
  for (char& c : made)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return made;
}

template <class Enum, std::size_t N>
Enum choice(const Lines& lines, std::string_view word, const char* what, const char* const (&names)[N]) {
  std::string all;
  for (std::size_t i = 0; i < N; ++i) {
    if (lower(word) == names[i]) return static_cast<Enum>(i);
    all += (i == 0 ? "" : i + 1 == N ? " or " : ", ") + std::string(names[i]);
  }
  lines.fail(std::string(what) + " must be " + all + "; it is " + quoted(word));
}

MarketMatrix read_banner(Lines& lines, Words& words) {
  if (!lines.next(words)) throw std::invalid_argument("line 1: the text is empty");
  if (words.empty() || lower(words[0]) != "%%matrixmarket")
    lines.fail("a Matrix Market text begins with '%%MatrixMarket'");
  if (words.size() != 5)
    lines.fail("'%%MatrixMarket', object, format, field and symmetry are needed; there are " +
               std::to_string(words.size()) + " words");
  if (lower(words[1]) != "matrix") lines.fail("the object must be 'matrix'; it is " + quoted(words[1]));
  MarketMatrix m;
  m.format = choice<MarketFormat>(lines, words[2], "the format", {"coordinate", "array"});
  m.field = choice<MarketField>(lines, words[3], "the field", {"real", "integer", "complex", "pattern"});
  m.symmetry =
      choice<MarketSymmetry>(lines, words[4], "the symmetry", {"general", "symmetric", "skew-symmetric", "hermitian"});
  if (m.field == MarketField::pattern && m.format == MarketFormat::array) lines.fail("an array has no field 'pattern'");
  if (m.field == MarketField::pattern && m.symmetry >= MarketSymmetry::skew_symmetric)
    lines.fail("a pattern is general or symmetric");
  if (m.symmetry == MarketSymmetry::hermitian && m.field != MarketField::complex)
    lines.fail("only a complex matrix is hermitian; symmetric is meant otherwise");
  return m;
}

Index whole(const Lines& lines, std::string_view word, const char* what, Index least, Index most) {
  Index value = 0;
  const std::string_view digits = word.starts_with('+') ? word.substr(1) : word;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (error != std::errc{} || end != digits.data() + digits.size() || digits.empty())
    lines.fail(std::string(what) + " must be a whole number; it is " + quoted(word));
  if (value < least || value > most)
    lines.fail(std::string(what) + " must be from " + std::to_string(least) + " to " + std::to_string(most) +
               "; it is " + std::to_string(value));
  return value;
}

double number(const Lines& lines, std::string_view word, bool integer) {
  double value = 0.0;
  const std::string_view digits = word.starts_with('+') && !word.starts_with("+-") ? word.substr(1) : word;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  const bool read = end == digits.data() + digits.size() && !digits.empty();
  if (read && error == std::errc::result_out_of_range)
    lines.fail("a value is out of the range of double: " + quoted(word));
  if (!read || error != std::errc{}) lines.fail("a value must be a number; it is " + quoted(word));
  if (!std::isfinite(value)) lines.fail("a value must be finite; it is " + quoted(word));
  if (integer && value != std::floor(value)) lines.fail("a value of an integer matrix is " + quoted(word));
  return value;
}

// The value in the last words of a line.
Complex value_of(const Lines& lines, const MarketMatrix& m, const Words& words, std::size_t first) {
  if (m.field == MarketField::pattern) return 1.0;
  const double re = number(lines, words[first], m.field == MarketField::integer);
  return {re, m.field == MarketField::complex ? number(lines, words[first + 1], false) : 0.0};
}

std::size_t words_of_value(MarketField field) {
  return field == MarketField::pattern ? 0 : field == MarketField::complex ? 2 : 1;
}

void add(const Lines& lines, MarketMatrix& m, Index i, Index j, Complex value) {
  const auto place = [&] { return "(" + std::to_string(i + 1) + ", " + std::to_string(j + 1) + ")"; };
  if (m.symmetry != MarketSymmetry::general && j > i)
    lines.fail("elements stand in the lower triangle; " + place() + " does not");
  if (i == j && m.symmetry == MarketSymmetry::skew_symmetric)
    lines.fail("a skew-symmetric matrix has no element " + place() + " on its diagonal");
  if (i == j && m.symmetry == MarketSymmetry::hermitian && value.imag() != 0.0)
    lines.fail("the diagonal of a hermitian matrix is real; the element at " + place() + " is not");
  m.entries.push_back({i, j, value});
  if (i == j || m.symmetry == MarketSymmetry::general) return;
  const Complex mirrored = m.symmetry == MarketSymmetry::skew_symmetric ? -value
                           : m.symmetry == MarketSymmetry::hermitian    ? std::conj(value)
                                                                        : value;
  m.entries.push_back({j, i, mirrored});
}

void read_size(Lines& lines, Words& words, MarketMatrix& m) {
  const bool coordinate = m.format == MarketFormat::coordinate;
  if (!lines.next_data(words)) lines.fail("the text ends before the size of the matrix");
  if (words.size() != (coordinate ? 3 : 2))
    lines.fail(coordinate ? "rows, columns and the number of elements are needed" : "rows and columns are needed");
  constexpr Index most = Index{1} << 28;  // starts of rows are held for all of them
  m.rows = whole(lines, words[0], "the number of rows", 0, most);
  m.cols = whole(lines, words[1], "the number of columns", 0, most);
  if (m.symmetry != MarketSymmetry::general && m.rows != m.cols)
    lines.fail("a matrix that is not general must be square; it is " + std::to_string(m.rows) + " x " +
               std::to_string(m.cols));
  if (coordinate) m.stored = whole(lines, words[2], "the number of elements", 0, m.rows * m.cols);
  else if (m.symmetry == MarketSymmetry::general) m.stored = m.rows * m.cols;
  else if (m.symmetry == MarketSymmetry::skew_symmetric) m.stored = m.rows * (m.rows - 1) / 2;
  else m.stored = m.rows * (m.rows + 1) / 2;
  // An element takes at least two characters, so that a count beyond that cannot be met, and memory is not asked for.
  if (static_cast<std::size_t>(m.stored) > lines.characters_left() / 2 + 1)
    lines.fail("the text is too short for " + std::to_string(m.stored) + " elements");
  m.entries.reserve(static_cast<std::size_t>(m.stored) * (m.symmetry == MarketSymmetry::general ? 1 : 2));
}

}  // namespace

MarketMatrix read_market(std::string_view text) {
  Lines lines(text);
  Words words;
  MarketMatrix m = read_banner(lines, words);
  read_size(lines, words, m);
  const bool coordinate = m.format == MarketFormat::coordinate;
  const std::size_t needed = words_of_value(m.field) + (coordinate ? 2 : 0);
  Index i = m.symmetry == MarketSymmetry::skew_symmetric ? 1 : 0, j = 0;  // of an array: down the columns
  for (Index read = 0; read < m.stored; ++read) {
    if (!lines.next_data(words))
      lines.fail("the text ends after " + std::to_string(read) + " of " + std::to_string(m.stored) + " elements");
    if (words.size() != needed)
      lines.fail("an element has " + std::to_string(needed) + " words here; there are " + std::to_string(words.size()));
    if (coordinate) {
      i = whole(lines, words[0], "a row", 1, m.rows) - 1;
      j = whole(lines, words[1], "a column", 1, m.cols) - 1;
      add(lines, m, i, j, value_of(lines, m, words, 2));
      continue;
    }
    add(lines, m, i, j, value_of(lines, m, words, 0));
    if (++i == m.rows) {
      ++j;
      i = m.symmetry == MarketSymmetry::general ? 0 : m.symmetry == MarketSymmetry::skew_symmetric ? j + 1 : j;
    }
  }
  if (lines.next_data(words))
    lines.fail("there is more than the " + std::to_string(m.stored) + " elements that were announced");
  return m;
}

}  // namespace orrery::matrix

// Tests of nearest names, exact numbers, UTF-8 and terminal safety.
// SPDX-License-Identifier: Apache-2.0
#include "engine/base/text.hpp"

#include <doctest/doctest.h>

#include <bit>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <limits>
#include <random>

using namespace orrery::base;

namespace {

std::string random_word(std::mt19937& random) {
  std::string word(random() % 7, 'a');
  for (char& c : word) c = static_cast<char>('a' + random() % 3);
  return word;
}

std::string encoded(std::uint32_t point) {
  const auto tail = [&](int shift) { return static_cast<char>(0x80 | ((point >> shift) & 0x3F)); };
  if (point < 0x80) return {static_cast<char>(point)};
  if (point < 0x800) return {static_cast<char>(0xC0 | (point >> 6)), tail(0)};
  if (point < 0x10000) return {static_cast<char>(0xE0 | (point >> 12)), tail(6), tail(0)};
  return {static_cast<char>(0xF0 | (point >> 18)), tail(12), tail(6), tail(0)};
}

}  // namespace

TEST_SUITE("engine/base/text") {
  TEST_CASE("distances count insertions and deletions and changes and swaps") {
    CHECK(edit_distance("", "") == 0);
    CHECK(edit_distance("abc", "") == 3);
    CHECK(edit_distance("kitten", "sitting") == 3);
    CHECK(edit_distance("sampels", "samples") == 1);
    CHECK(edit_distance("ca", "abc") == 3);  // optimal string alignment, not unrestricted Damerau
    CHECK(edit_distance("orbt", "orbit") == 1);
  }

  TEST_CASE("distances are symmetric and zero only between equals") {
    std::mt19937 random(1);
    for (int i = 0; i < 3000; ++i) {
      const std::string a = random_word(random), b = random_word(random);
      const std::size_t distance = edit_distance(a, b);
      CHECK(distance == edit_distance(b, a));
      CHECK((distance == 0) == (a == b));
      CHECK(distance <= std::max(a.size(), b.size()));
      CHECK(distance >= (a.size() > b.size() ? a.size() - b.size() : b.size() - a.size()));
      CHECK(edit_distance(a + "x", b + "x") == distance);
    }
  }

  TEST_CASE("only near names are suggested") {
    const std::vector<std::string> names = {"samples", "eccentricity", "e", "gravity"};
    CHECK(nearest("sampels", names) == "samples");
    CHECK(nearest("gravitty", names) == "gravity");
    CHECK(nearest("eccentricty", names) == "eccentricity");
    CHECK_FALSE(nearest("mass", names));
    CHECK_FALSE(nearest("x", names));
    CHECK_FALSE(nearest("", names));
    CHECK_FALSE(nearest(std::string(100000, 's'), names));
    CHECK_FALSE(nearest("samples", {}));
  }

  TEST_CASE("numbers have the shortest text that reads back the same") {
    CHECK(shortest(0.1) == "0.1");
    CHECK(shortest(398600.4418) == "398600.4418");
    CHECK(shortest(1e300) == "1e+300");
    CHECK(shortest(-0.0) == "-0");
    CHECK(shortest(std::nan("")) == "nan");
    CHECK(shortest(-INFINITY) == "-inf");
    std::mt19937_64 random(2);
    for (int i = 0; i < 10000; ++i) {
      const auto value = std::bit_cast<double>(random());
      if (!std::isfinite(value)) continue;
      const std::string text = shortest(value);
      double again = 0.0;
      std::from_chars(text.data(), text.data() + text.size(), again);
      CHECK(again == value);
    }
  }

  TEST_CASE("parts are joined") {
    const std::vector<std::string> parts = {"a", "b", "c"};
    CHECK(join(parts) == "a, b, c");
    CHECK(join(parts, " -> ") == "a -> b -> c");
    CHECK(join({}) == "");
  }

  TEST_CASE("every code point is valid UTF-8 but no surrogate is") {
    for (std::uint32_t point = 0; point <= 0x10FFFF; point += point < 0x1000 ? 1 : 97) {
      const bool surrogate = point >= 0xD800 && point <= 0xDFFF;
      if (surrogate != first_invalid_utf8(encoded(point)).has_value()) FAIL(point);
    }
    CHECK_FALSE(first_invalid_utf8(encoded(0xD7FF)));
    CHECK(first_invalid_utf8(encoded(0xD800)) == 0);
    CHECK(first_invalid_utf8(encoded(0xDFFF)) == 0);
    CHECK_FALSE(first_invalid_utf8(encoded(0x10FFFF)));
  }

  TEST_CASE("bytes that are not UTF-8 are found where they are") {
    using namespace std::string_literals;
    CHECK_FALSE(first_invalid_utf8(""));
    CHECK_FALSE(first_invalid_utf8("a\0b"s));
    CHECK(first_invalid_utf8("ab\xff") == 2);
    CHECK(first_invalid_utf8("\x80") == 0);
    CHECK(first_invalid_utf8("\xC3") == 0);
    CHECK(first_invalid_utf8("x\xE2\x82") == 1);
    CHECK(first_invalid_utf8("\xC0\xAF") == 0);          // overlong
    CHECK(first_invalid_utf8("\xE0\x80\xAF") == 0);      // overlong
    CHECK(first_invalid_utf8("\xF0\x80\x80\xAF") == 0);  // overlong
    CHECK(first_invalid_utf8("\xF4\x90\x80\x80") == 0);  // beyond Unicode
    CHECK(first_invalid_utf8("\xF8\x88\x80\x80\x80") == 0);
    CHECK(first_invalid_utf8("\xC3(") == 0);
  }

  TEST_CASE("printable text is harmless and stays as it is when it already was") {
    CHECK(printable("plain é 漢") == "plain é 漢");
    CHECK(printable("\x1b[31mred") == "\\x1b[31mred");
    CHECK(printable("a\nb\tc") == "a\\x0ab\\x09c");
    CHECK(printable("\x7f") == "\\x7f");
    CHECK(printable("\xC2\x9B"
                    "31m") == "\\xc2\\x9b31m");
    CHECK(printable("\xff") == "\\xff");
    std::mt19937 random(3);
    for (int i = 0; i < 2000; ++i) {
      std::string bytes(random() % 30, '\0');
      for (char& c : bytes) c = static_cast<char>(random());
      const std::string safe = printable(bytes);
      CHECK_FALSE(first_invalid_utf8(safe));
      CHECK(printable(safe) == safe);
    }
  }

  TEST_CASE("width counts characters and not bytes") {
    CHECK(display_width("") == 0);
    CHECK(display_width("km") == 2);
    CHECK(display_width("µm²") == 3);
  }
}

// Tests of expressions: every function against an independent value, units, whole numbers, errors and their places.
// SPDX-License-Identifier: Apache-2.0
#include <limits>

#include "tests/engine/plan/expressions.hpp"

using namespace test;

namespace {

constexpr double pi = 3.14159265358979323846;

const Tensor& tensor_of(const base::Result<Operand>& result) { return std::get<Tensor>(*(*result).value); }

double number(const std::string& text) {
  const auto result = evaluated(text);
  REQUIRE_MESSAGE(result, text << ": " << result.error().message);
  REQUIRE(tensor_of(result).count() == 1);
  return tensor_of(result).number(0);
}

std::string type(const std::string& text) {
  const auto result = evaluated(text);
  REQUIRE_MESSAGE(result, text << ": " << result.error().message);
  return result->signature.text();
}

std::vector<double> numbers(const std::string& text) {
  const auto result = evaluated(text);
  REQUIRE_MESSAGE(result, text << ": " << result.error().message);
  std::vector<double> all;
  for (std::int64_t i = 0; i < tensor_of(result).count(); ++i) all.push_back(tensor_of(result).number(i));
  return all;
}

std::string refusal(const std::string& text) {
  const auto result = evaluated(text);
  REQUIRE_FALSE_MESSAGE(result, text);
  return result.error().message;
}

/// Within so many units in the last place.
bool near(double a, double b, int ulps) {
  for (int i = 0; i < ulps && a != b; ++i) a = std::nextafter(a, b);
  return a == b;
}

using List = std::vector<double>;

}  // namespace

TEST_SUITE("engine/plan/evaluate") {
  TEST_CASE("operators bind as they are read") {
    CHECK(number("1 + 2 * 3") == 7);
    CHECK(number("(1 + 2) * 3") == 9);
    CHECK(number("2 ^ 3 ^ 2") == 512);
    CHECK(number("-2 ^ 2") == -4);
    CHECK(number("2 ^ -1") == 0.5);
    CHECK(number("8 / 4 / 2") == 1);
    CHECK(number("7 - 2 - 1") == 4);
    CHECK(number("not true or true") == 1);
    CHECK(number("true or true and false") == 1);
    CHECK(number("1 + 1 == 2 and not 2 < 1") == 1);
    CHECK(number("- - 3") == 3);
  }

  TEST_CASE("constants have their values") {
    CHECK(number("pi") == pi);
    CHECK(number("e") == 2.718281828459045);
    CHECK(std::isinf(number("inf")));
    CHECK(std::isnan(number("nan")));
    CHECK(type("true") == "bool");
    CHECK(number("false") == 0);
  }

  TEST_CASE("whole numbers stay whole under plus minus and times and become real under the rest") {
    CHECK(type("2 + 3") == "i64");
    CHECK(type("2 - 3 * 4") == "i64");
    CHECK(type("-w") == "i64[2]");
    CHECK(type("+w") == "i64[2]");
    CHECK(type("3 / 3") == "f64");
    CHECK(type("2 ^ 2") == "f64");
    CHECK(type("2 + 3.0") == "f64");
    CHECK(type("w * w") == "i64[2]");
    CHECK(number("5 / 2") == 2.5);
    CHECK(type("1_000") == "i64");
    CHECK(type("3.0") == "f64");
    CHECK(type("1e3") == "f64");
    CHECK(number("9007199254740993 - 9007199254740992") == 1);
    CHECK(number("9223372036854775808") == 0x1p63);
    CHECK(number("1e12 * 1e12") == 1e24);
  }

  TEST_CASE("a whole number that does not fit into 64 bits is an error and no surprise") {
    const std::string overflow = "the result does not fit into a whole number of 64 bits";
    CHECK(refusal("big + 1") == overflow);
    CHECK(refusal("small - 1") == overflow);
    CHECK(refusal("big * 2") == overflow);
    CHECK(refusal("-small") == overflow);
    CHECK(refusal("9000000000000000 * 9000000000000000") == overflow);
    CHECK(number("big + 1.0") == 0x1p63);
  }

  TEST_CASE("whole numbers are compared with all their digits") {
    CHECK(number("big == big - 1") == 0);
    CHECK(number("big > big - 1") == 1);
    CHECK(number("big - 1 < big") == 1);
    CHECK(number("big - 1 >= big") == 0);
    CHECK(number("big != big - 1") == 1);
    CHECK(number("small <= small") == 1);
  }

  TEST_CASE("elementary functions equal those of the mathematical library") {
    CHECK(number("sqrt(2)") == std::sqrt(2.0));
    CHECK(number("exp(1)") == std::exp(1.0));
    CHECK(number("log(10)") == std::log(10.0));
    CHECK(number("log10(1000)") == 3);
    CHECK(number("log2(8)") == 3);
    CHECK(near(number("sinh(1)"), (std::exp(1.0) - std::exp(-1.0)) / 2, 2));
    CHECK(near(number("cosh(1)"), (std::exp(1.0) + std::exp(-1.0)) / 2, 2));
    CHECK(near(number("tanh(1)"), 1 - 2 / (std::exp(2.0) + 1), 2));
    CHECK(numbers("abs(y - 3)") == List{2, 1, 1});
    CHECK(numbers("floor(x / 2)") == List{1, 0, 1});
    CHECK(numbers("ceil(x / 2)") == List{2, 1, 1});
    CHECK(number("round(2.5)") == 3);
    CHECK(number("round(-2.5)") == -3);
    CHECK(std::isnan(number("sqrt(-1)")));
    CHECK(number("hypot(3, 4)") == 5);
    CHECK(numbers("hypot(x * 0, y)") == List{1, 2, 4});
  }

  TEST_CASE("sine and its kin take angles in any unit or plain numbers as radians") {
    CHECK(near(number("sin(30 deg)"), 0.5, 1));
    CHECK(near(number("sin(deg)"), 0.5, 1));
    CHECK(near(number("cos(1 rad)"), number("cos(1)"), 0));
    CHECK(near(number("tan(45 deg)"), 1, 1));
    CHECK(number("sin(0)") == 0);
    CHECK(type("sin(degrees)") == "f64[3]");
    CHECK(refusal("sin(3 km)") == "an angle or a number is needed here, but this is a length");
  }

  TEST_CASE("their inverses make angles") {
    CHECK(type("asin(1)") == "f64 in rad");
    CHECK(near(number("asin(1)"), pi / 2, 1));
    CHECK(near(number("acos(-1)"), pi, 1));
    CHECK(near(number("atan(1)"), pi / 4, 1));
    CHECK(near(number("atan2(1, -1)"), 3 * pi / 4, 1));
    CHECK(near(number("atan2(1 km, -1000 m)"), 3 * pi / 4, 1));
    CHECK(near(number("asin(1) / 90 deg"), 1, 1));
    CHECK(refusal("acos(30 deg)") == "a number is needed here, but this is an angle");
    CHECK(refusal("atan2(1 km, 1 s)") ==
          "the arguments of atan2() need the same dimension, but these are a length and a time");
  }

  TEST_CASE("reductions give one number of the same unit") {
    CHECK(number("sum(x)") == 6);
    CHECK(number("mean(x)") == 2);
    CHECK(number("std(x)") == 1);
    CHECK(near(number("norm(y - 1)"), std::sqrt(10.0), 2));
    CHECK(number("first(x)") == 3);
    CHECK(number("last(x)") == 2);
    CHECK(number("min(x)") == 1);
    CHECK(number("max(x)") == 3);
    CHECK(number("sum(matrix)") == 21);
    CHECK(type("sum(km)") == "f64 in m");
    CHECK(number("sum(km)") == 6000);
    CHECK(type("norm(km)") == "f64 in m");
    CHECK(number("sum(3)") == 3);
    CHECK(std::isnan(number("std(3)")));
  }

  TEST_CASE("sums are compensated and norms do not overflow") {
    const Tensor cancelling = row({1, 1e100, 1, -1e100});
    const auto result = plan::evaluate(parsed("sum(c)"), [&](const auto&) -> base::Result<Operand> {
      return Operand{plan::signature_of(cancelling), cancelling};
    });
    REQUIRE(result);
    CHECK(tensor_of(result).number(0) == 2);
    CHECK(number("norm(x * 1e200)") == doctest::Approx(std::sqrt(14.0) * 1e200).epsilon(1e-15));
    CHECK(number("norm(x * 1e-200)") == doctest::Approx(std::sqrt(14.0) * 1e-200).epsilon(1e-15));
    CHECK(std::isinf(number("sum(x * inf)")));
    CHECK(number("norm(x * 0)") == 0);
  }

  TEST_CASE("a hole makes minimum maximum and quantile unknown") {
    for (const char* const text :
         {"min(hole)", "max(hole)", "min(1, nan)", "min(nan, 1)", "max(nan, 1)", "max(1, 2, nan)",
          "quantile(hole, 0.5)", "sum(hole)", "mean(hole)", "norm(hole)", "std(hole)"}) {
      CAPTURE(text);
      CHECK(std::isnan(number(text)));
    }
  }

  TEST_CASE("minimum and maximum of several arguments go element by element") {
    CHECK(numbers("min(x, y)") == List{1, 1, 2});
    CHECK(numbers("max(x, y, 2.5)") == List{3, 2.5, 4});
    CHECK(type("max(km, 2 m)") == "f64[3] in m");
    CHECK(numbers("min(km, 2000 m)") == List{2000, 1000, 2000});
    CHECK(refusal("min(km, 1 s)") ==
          "the arguments of min() need the same dimension, but these are a length and a time");
  }

  TEST_CASE("length counts the first axis of whatever has one") {
    CHECK(number("len(x)") == 3);
    CHECK(number("len(matrix)") == 2);
    CHECK(number("len(none)") == 0);
    CHECK(number("len(flags)") == 2);
    CHECK(type("len(x)") == "i64");
    CHECK(refusal("len(3)") == "a scalar has no length");
    CHECK(refusal("len('abc')") == "a text has no length here");
  }

  TEST_CASE("slope is that of the least-squares line in units of y over x") {
    CHECK(number("slope(2 * x + 1, x)") == 2);
    CHECK(near(number("slope(y, x)"), -0.5, 4));  // by hand: sum dx dy = -1, sum dx^2 = 2
    CHECK(type("slope(km, y * 1 s)") == "f64 in m/s");
    CHECK(std::isnan(number("slope(y, x * 0)")));
    CHECK(refusal("slope(1, 2)") == "slope() needs two series of one length of at least 2; they have 1 and 1");
    CHECK(refusal("slope(x, w)") == "slope() needs two series of one length of at least 2; they have 3 and 2");
  }

  TEST_CASE("quantiles interpolate between order statistics") {
    CHECK(number("quantile(x, 0)") == 1);
    CHECK(number("quantile(x, 1)") == 3);
    CHECK(number("quantile(x, 0.5)") == 2);
    CHECK(number("quantile(x, 0.25)") == 1.5);  // numpy.quantile([3, 1, 2], 0.25)
    CHECK(near(number("quantile(y, 0.9)"), 3.6, 2));
    CHECK(number("quantile(km, 0.5)") == 2000);
    const std::string wrong = "quantile() needs elements, and a fraction in [0, 1]";
    CHECK(refusal("quantile(x, 1.1)") == wrong);
    CHECK(refusal("quantile(x, nan)") == wrong);
    CHECK(refusal("quantile(x, y)") == wrong);
    CHECK(refusal("quantile(none, 0.5)") == wrong);
    CHECK(refusal("quantile(x, 0.5 km)") == wrong);
    CHECK(number("quantile(x * 0 + inf, 0.5)") == std::numeric_limits<double>::infinity());
  }

  TEST_CASE("all and any ask truth values") {
    CHECK(number("all(flags)") == 0);
    CHECK(number("any(flags)") == 1);
    CHECK(number("all(x > 0)") == 1);
    CHECK(number("any(none > 0)") == 0);
    CHECK(number("all(none > 0)") == 1);
    CHECK(refusal("any(x)") == "truth values are needed here, but this is f64[3]");
  }

  TEST_CASE("nothing cannot be reduced") {
    for (const char* const text : {"sum(none)", "min(none)", "first(none)", "mean(none)"})
      CHECK(refusal(text) == "there are no elements to reduce");
  }

  TEST_CASE("units are multiplied divided and raised with the numbers") {
    CHECK(type("3 km / 2 s") == "f64 in m/s");
    CHECK(number("3 km / 2 s") == 1500);
    CHECK(type("km * km") == "f64[3] in m^2");
    CHECK(type("(2 m)^3") == "f64 in m^3");
    CHECK(type("sqrt(4 m^2)") == "f64 in m");
    CHECK(number("sqrt(4 m^2)") == 2);
    CHECK(type("sqrt(4 m)") == "f64 in m^(1/2)");
    CHECK(type("(8 m^3)^(1/3)") == "f64 in m");
    CHECK(number("(8 m^3)^(1/3)") == 2);
    CHECK(type("(8 m^3)^(2/3)") == "f64 in m^2");
    CHECK(type("(1 s)^-1") == "f64 in 1/s");
    CHECK(type("(1 m)^0") == "f64");
    CHECK(type("2 * pi * sqrt((7000 km)^3 / (398600.4418 km^3/s^2))") == "f64 in s");
  }

  TEST_CASE("quantities are shifted in their text before they are rounded") {
    CHECK(number("0.1 km") == 100);
    CHECK(number("0.001 km") == 1);
    CHECK(number("1.1 km") == 1100);
    CHECK(number("398600.4418 km^3/s^2") == 398600441800000.0);
    CHECK(type("5 km") == "f64 in m");
  }

  TEST_CASE("powers whose dimension no unit has are refused") {
    CHECK(refusal("(2 m)^0.7") == "there is no unit for a length to the power 0.7");
    CHECK(refusal("sqrt(sqrt(sqrt(2 m)))") == "there is no unit for a value in m^(1/2) to the power 0.5");
    CHECK(refusal("(2 m)^61") == "there is no unit for a length to the power 61");
    CHECK(refusal("(2 m)^60 * 1 m") == "no unit has an exponent beyond 60");
    CHECK(refusal("1 / (2 m)^60 / 1 m") == "no unit has an exponent beyond 60");
    CHECK(refusal("(2 m)^nan") == "there is no unit for a length to the power nan");
    CHECK(refusal("2 ^ (1 m)") == "an exponent is a number, but this is a length");
    CHECK(refusal("(2 m) ^ x") == "the exponent of a length must be one number that is known before the run");
  }

  TEST_CASE("terms of a sum have one dimension and angles are no numbers") {
    CHECK(number("1 km + 1 m") == 1001);
    CHECK(type("1 km + 1 m") == "f64 in m");
    CHECK(refusal("1 km + 1 s") == "the terms of a sum need the same dimension, but these are a length and a time");
    CHECK(refusal("1 km - 1") ==
          "the terms of a difference need the same dimension, but these are a length and a number");
    CHECK(refusal("1 + 1 rad") == "the terms of a sum need the same dimension, but these are a number and an angle");
    CHECK(refusal("1 kg^2/m^5 + 1 / (1 m)") ==
          "the terms of a sum need the same dimension, but these are a value in kg^2/m^5 and an inverse length");
  }

  TEST_CASE("temperatures with their own zero are counted from absolute zero") {
    CHECK(number("warm") == doctest::Approx(20.0));
    CHECK(number("warm + 0 K") == doctest::Approx(293.15).epsilon(1e-15));
    CHECK(type("warm * 1") == "f64 in K");
  }

  TEST_CASE("comparisons need one dimension and give truth values") {
    CHECK(number("1 km > 999 m") == 1);
    CHECK(number("0.1 km == 100 m") == 1);
    CHECK(type("x < y") == "bool[3]");
    CHECK(numbers("x <= y") == List{0, 1, 1});
    CHECK(number("nan == nan") == 0);
    CHECK(number("nan != nan") == 1);
    CHECK(number("(not false) == true") == 1);
    CHECK(number("'adam' == name") == 1);
    CHECK(number("name != 'newton'") == 1);
    CHECK(refusal("'a' < 'b'") == "texts can only be compared with == and !=");
    CHECK(refusal("1 km < 1/(1 km)") == "a length cannot be compared with an inverse length");
    CHECK(refusal("name == 3") == "a real number is needed here, but this is text");
    CHECK(refusal("not 3") == "'not' needs a truth value, but this is i64");
    CHECK(refusal("1 and true") == "'and' joins truth values, but these are i64 and bool");
    CHECK(refusal("1 + true") == "a real number is needed here, but this is bool");
  }

  TEST_CASE("if chooses a value and both are checked") {
    CHECK(number("if(true, 1, 2)") == 1);
    CHECK(number("if(1 > 2, 1 km, 3 m)") == 3);
    CHECK(numbers("if(false, x, y)") == List{1, 2, 4});
    CHECK(type("if(true, km, 1 m)") == "f64[3] in m");
    CHECK(number("if(true, 'a', 'b') == 'a'") == 1);
    CHECK(number("if(true, false, true)") == 0);
    CHECK(refusal("if(3, 1, 2)") == "the condition of if() is a truth value, but this is i64");
    CHECK(refusal("if(flags, 1, 2)") == "the condition of if() is one truth value, but this is bool[2]");
    CHECK(refusal("if(true, 1 km, 1 s)") ==
          "both values of if() must be of one kind and dimension, but these are a length and a time");
    CHECK(refusal("if(true, 1, 'a')") ==
          "both values of if() must be of one kind and dimension, but these are i64 and text");
    CHECK(refusal("if(true, 1, false)") ==
          "both values of if() must be of one kind and dimension, but these are i64 and bool");
  }

  TEST_CASE("shapes broadcast as in NumPy") {
    CHECK(numbers("matrix + x") == List{4, 3, 5, 7, 6, 8});
    CHECK(numbers("matrix + column") == List{11, 12, 13, 24, 25, 26});
    CHECK(type("column * x") == "f64[2 x 3]");
    CHECK(numbers("column * x") == List{30, 10, 20, 60, 20, 40});
    CHECK(type("none + column") == "f64[2 x 0]");
    CHECK(refusal("x + w") == "shapes 3 and 2 do not fit together");
    CHECK(refusal("matrix + w") == "shapes 2 x 3 and 2 do not fit together");
    CHECK(refusal("none + x") == "shapes 0 and 3 do not fit together");
  }

  TEST_CASE("an f32 is computed with as f64") {
    CHECK(type("f * 2") == "f64");
    CHECK(number("f * 2") == 3);
  }

  TEST_CASE("errors have the place of the part that is wrong and all are told") {
    const auto result = evaluated("(1 + 1 km) * log(2 s) + zeta");
    REQUIRE_FALSE(result);
    REQUIRE(result.errors().size() == 3);
    const auto columns = [&](std::size_t i) {
      const base::Span& span = result.errors()[i].labels.front().span;
      return std::pair(span.column, span.end_column);
    };
    // The text begins in column 3, behind the quote and the marker.
    CHECK(result.errors()[0].message.starts_with("the terms of a sum"));
    CHECK(columns(0).first >= 3);
    CHECK(columns(0).second <= 3 + 10);
    CHECK(result.errors()[1].message == "a number is needed here, but this is a time");
    CHECK(columns(1).first == 3 + 13);
    CHECK(result.errors()[2].message == "there is no name 'zeta'");
    CHECK(columns(2) == std::pair(27u, 31u));
  }

  TEST_CASE("every function of the language can be called") {
    const std::map<std::string, std::string> arguments{{"atan2", "x, y"},      {"hypot", "x, y"}, {"slope", "x, y"},
                                                       {"quantile", "x, 0.5"}, {"all", "flags"},  {"any", "flags"},
                                                       {"if", "true, x, y"},   {"asin", "x / 3"}, {"acos", "x / 3"}};
    for (const scenario::Function& function : scenario::functions()) {
      const std::string name(function.name);
      CAPTURE(name);
      const auto found = arguments.find(name);
      CHECK(evaluated(name + "(" + (found == arguments.end() ? "x" : found->second) + ")"));
    }
  }
}

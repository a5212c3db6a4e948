// What a port's type and shape mean before anything runs.
// SPDX-License-Identifier: Apache-2.0
#include <orrery/sdk/port.hpp>

#include <doctest/doctest.h>

using namespace orrery::sdk;

namespace {

consteval bool is(std::string_view pattern, bool any, bool batch, std::size_t rank) {
  const ShapeTraits traits = shape_traits(pattern);
  return traits.any == any && traits.batch == batch && traits.rank == rank;
}

static_assert(is("", false, false, 0));
static_assert(is("n", false, false, 1));
static_assert(is("3", false, false, 1));
static_assert(is("n+1", false, false, 1));
static_assert(is("n x 3", false, false, 2));
static_assert(is("layers x dimension x d-1", false, false, 3));
static_assert(is("...", false, true, 0));
static_assert(is("... x 3", false, true, 1));
static_assert(is("... x n x 3", false, true, 2));
static_assert(is("*", true, false, 0));

static_assert(FixedString("e").view() == "e");
static_assert(FixedString("").view().empty());
static_assert(FixedString("ab") == FixedString("ab"));
static_assert(!(FixedString("ab") == FixedString("ac")));
static_assert(in<"mean_anomaly", f64, "... x 3">::name == "mean_anomaly");
static_assert(std::string_view(in<"x", f64, "n x 3">::c_shape()) == "n x 3");
static_assert(std::string_view(out<"y", f64>::c_name()) == "y");

static_assert(PortType<f64>::dtypes == ORRERY_F64 && PortType<f64>::kind == ORRERY_KIND_TENSOR);
static_assert(PortType<f32>::dtypes == ORRERY_F32);
static_assert(PortType<c128>::dtypes == ORRERY_C128);
static_assert(PortType<i64>::dtypes == ORRERY_I64);
static_assert(PortType<bool>::dtypes == ORRERY_BOOL);
static_assert(PortType<AnyOf<f64, f32>>::dtypes == (ORRERY_F64 | ORRERY_F32));
static_assert(PortType<AnyReal>::dtypes == (ORRERY_F64 | ORRERY_F32 | ORRERY_I64));
static_assert(PortType<AnyElement>::dtypes == (ORRERY_TEXT - 1));
static_assert(PortType<Text>::kind == ORRERY_KIND_TEXT && PortType<Text>::dtypes == 0);
static_assert(PortType<Choice<Direction>>::kind == ORRERY_KIND_TEXT);
static_assert(PortType<Table>::kind == ORRERY_KIND_TABLE && PortType<Table>::dtypes == 0);

}  // namespace

TEST_SUITE("sdk/port") {
  TEST_CASE("an input must be given and be finite unless it says otherwise") {
    constexpr in<"x", f64> port{};
    CHECK(port.fallback == nullptr);
    CHECK_FALSE(port.optional);
    CHECK_FALSE(port.list);
    CHECK(port.finite);
    CHECK(port.min != port.min);
    CHECK(port.max != port.max);
    CHECK(std::string_view(port.unit) == "1");
  }

  TEST_CASE("a column is a number without unit unless it says otherwise") {
    constexpr Column column{.name = "mass"};
    CHECK(column.dtype == ORRERY_F64);
    CHECK(std::string_view(column.unit) == "1");
    CHECK_FALSE(column.optional);
  }
}

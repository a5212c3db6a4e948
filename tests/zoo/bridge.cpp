// Operations of the C++ layer that throw: each kind of exception must come out as its own status.
// SPDX-License-Identifier: Apache-2.0
#include <system_error>

#include <orrery/sdk/plugin.hpp>

namespace {

using namespace orrery::sdk;

enum class What { number, logic, domain, range, invalid, overflow, memory, system, numeric, shape };

struct Throw {
  static constexpr Info info{.name = "throw", .version = "1.0.0", .title = "Throws what it is asked to throw"};
  static constexpr std::tuple ports{
      in<"what", Choice<What>>{.choices = {"number", "logic", "domain", "range", "invalid", "overflow", "memory",
                                           "system", "numeric", "shape"},
                               .doc = "the kind of exception"},
      out<"y", f64>{.doc = "nothing"}};

  static void run(Call<Throw>& call) {
    switch (call.in<"what">()) {
      case What::number:
        throw 7;
      case What::logic:
        throw std::logic_error("a logic error");
      case What::domain:
        throw std::domain_error("eccentricity must lie in [0, 1); it is 1.5");
      case What::range:
        throw std::range_error("a range error");
      case What::invalid:
        throw std::invalid_argument("an invalid argument");
      case What::overflow:
        throw std::overflow_error("an overflow");
      case What::memory:
        throw std::bad_alloc();
      case What::system:
        throw std::system_error(std::make_error_code(std::errc::io_error), "reading");
      case What::numeric:
        throw NumericError("a numeric error");
      case What::shape:
        throw ShapeError("a shape error");
    }
  }
};

struct Parts {
  static constexpr Info info{.name = "parts", .version = "1.0.0", .title = "Throws in the parts of a parallel loop"};
  static constexpr std::tuple ports{in<"n", i64>{.doc = "parts"}, out<"y", f64>{.doc = "nothing"}};

  static void run(Call<Parts>& call) {
    call.parallel_for(static_cast<std::uint64_t>(call.in<"n">()), 1, [](std::uint64_t begin, std::uint64_t) {
      if (begin >= 3) throw std::domain_error("part " + std::to_string(begin));
    });
  }
};

}  // namespace

ORRERY_PLUGIN((.name = "bridge", .version = "1.0.0", .title = "What is thrown", .license = "Apache-2.0"), Throw, Parts)

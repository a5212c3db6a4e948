// What the engine knows of an operation's ports: the plugin's description, parsed and checked.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/result.hpp"
#include "engine/value/dtype.hpp"
#include "engine/value/unit.hpp"

namespace orrery::catalog {

/// One axis of a shape pattern: a number, or a letter plus a number ("n", "n-1", "3").
struct Axis {
  std::string letter;       ///< empty: a fixed extent
  std::int64_t offset = 0;  ///< the extent itself, or what is added to the letter
};

/// "..." and letters, as <orrery/abi/operation.h> describes.
struct ShapePattern {
  bool any = false;    ///< "*"
  bool batch = false;  ///< leading "..."
  std::vector<Axis> axes;
  std::string text;
};
base::Result<ShapePattern> parse_shape_pattern(std::string_view text);

/// A unit, any unit, or a product of powers of the units of inputs.
struct UnitPattern {
  struct Factor {
    std::string input;
    int sixth_parts = 6;  ///< exponent times six
  };
  bool any = false;
  value::Unit fixed;            ///< times the factors
  std::vector<Factor> factors;  ///< only of inputs that take any unit
  std::string text;
};
/// @param inputs  names of the operation's inputs that take any unit; they win over units of the same name
base::Result<UnitPattern> parse_unit_pattern(std::string_view text, const std::vector<std::string>& inputs);

enum class Kind { tensor, text, table };

struct Port {
  std::string name, doc;
  Kind kind = Kind::tensor;
  value::DTypeMask dtypes = 0;
  UnitPattern unit;
  ShapePattern shape;
  bool optional = false, list = false, finite = false;
  std::optional<std::string> default_text;
  double minimum = std::numeric_limits<double>::quiet_NaN();
  double maximum = std::numeric_limits<double>::quiet_NaN();
  bool above_minimum = false, below_maximum = false;
  std::vector<std::string> choices;
  std::vector<Port> columns;
  std::string dtype_like;  ///< output: the input whose element type it takes
  std::string in_place;    ///< output: the input whose buffer it may reuse

  bool required() const { return !optional && !default_text; }
  bool has_range() const { return minimum == minimum || maximum == maximum; }
  bool admits(double x) const {
    return !(x < minimum || (above_minimum && x == minimum) || x > maximum || (below_maximum && x == maximum));
  }
  std::string range_text() const;  ///< "[0, 1)", "> 0", "at most 7"
  std::string type_text() const;   ///< "f64[n x 3] in km/s", "text", "table"
};

}  // namespace orrery::catalog

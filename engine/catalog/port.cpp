// How ports read in messages: their ranges and types.
// SPDX-License-Identifier: Apache-2.0
#include "engine/catalog/port.hpp"

#include <cmath>

#include "engine/base/text.hpp"

namespace orrery::catalog {
namespace {

std::string dtypes_text(value::DTypeMask mask) {
  std::string text;
  for (std::uint32_t bit = 1; bit && bit <= mask; bit <<= 1) {
    if (!(mask & bit)) continue;
    if (!text.empty()) text += '|';
    text += value::name_of(static_cast<value::DType>(bit));
  }
  return text;
}

std::string tensor_text(const Port& port) {
  std::string text = dtypes_text(port.dtypes);
  if (!port.shape.text.empty()) text += "[" + port.shape.text + "]";
  if (port.unit.any) return text + " in any unit";
  return port.unit.text == "1" || port.unit.text.empty() ? text : text + " in " + port.unit.text;
}

}  // namespace

std::string Port::range_text() const {
  const bool below = !std::isnan(minimum), above = !std::isnan(maximum);
  if (below && above)
    return (above_minimum ? "(" : "[") + base::shortest(minimum) + ", " + base::shortest(maximum) +
           (below_maximum ? ")" : "]");
  if (below) return (above_minimum ? "> " : "at least ") + base::shortest(minimum);
  if (above) return (below_maximum ? "< " : "at most ") + base::shortest(maximum);
  return "";
}

std::string Port::type_text() const {
  const std::string element = kind == Kind::text ? "text" : kind == Kind::table ? "table" : tensor_text(*this);
  return list ? "list of " + element : element;
}

}  // namespace orrery::catalog

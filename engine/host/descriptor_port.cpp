// Reading the ports of one operation from its descriptor.
// SPDX-License-Identifier: Apache-2.0
#include "engine/host/descriptor_port.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "engine/base/text.hpp"
#include "engine/host/default_text.hpp"
#include "engine/value/unit_table.hpp"

namespace orrery::host {
namespace {

using catalog::Kind;
using catalog::OperationFacts;
using catalog::Port;

constexpr std::uint32_t max_ports = 256, max_taps = 64, max_columns = 256, max_choices = 1000;
constexpr value::DTypeMask tensor_dtypes = ORRERY_F64 | ORRERY_F32 | ORRERY_C128 | ORRERY_I64 | ORRERY_BOOL;

/// What a step of a scenario may say beside its inputs.
constexpr std::array<std::string_view, 10> step_keys{"use",   "after",  "when",    "every", "stream",
                                                     "cache", "limits", "isolate", "retry", "doc"};

enum class Role { input, output, tap, column };

constexpr std::string_view name_of(Role role) {
  switch (role) {
    case Role::input:
      return "input";
    case Role::output:
      return "output";
    case Role::tap:
      return "tap";
    default:
      return "column";
  }
}

bool has(std::uint32_t flags, std::uint32_t bit) { return (flags & bit) != 0; }

std::vector<std::string> names_of(const std::vector<Port>& ports) {
  std::vector<std::string> names;
  for (const Port& port : ports) names.push_back(port.name);
  return names;
}

class PortsReader {
 public:
  PortsReader(const Place& place, Problems& problems) : place_(place), problems_(problems) {}

  void read(const orrery_operation& operation, OperationFacts& facts);

 private:
  Place place_of(Role role, const Port& port) const { return {&place_, name_of(role), port.name}; }
  std::vector<Port> read_all(Role role, const orrery_port* const* ports, std::uint32_t count, const Place& place);
  Port read_port(Role role, const orrery_port& raw, const Place& place);
  void read_kind(Role role, const orrery_port& raw, Port& port, const Place& place);
  void read_tensor(Role role, const orrery_port& raw, Port& port, const Place& place);
  void read_range(const orrery_port& raw, Port& port, const Place& place);
  void read_choices(const orrery_port& raw, Port& port, const Place& place);
  void read_columns(const orrery_port& raw, Port& port, const Place& place);
  void note_any_unit(const orrery_operation& operation);
  void check_unique(Role role, const std::vector<Port>& ports, const Place& place);
  void check_input(const Port& port);
  void check_output(const Port& port, const OperationFacts& facts);
  void check_like(const Port& port, const OperationFacts& facts, const std::string& name, std::string_view what);

  const Place& place_;
  Problems& problems_;
  std::vector<std::string> any_unit_;  ///< inputs that take any unit
};

void PortsReader::read(const orrery_operation& operation, OperationFacts& facts) {
  if (operation.n_inputs > max_ports || operation.n_outputs > max_ports ||
      operation.n_inputs + operation.n_outputs + operation.n_taps > max_ports)
    return problems_.add(place_, "it has more than 256 ports");
  if (operation.n_taps > max_taps) return problems_.add(place_, "it has more than 64 taps");
  note_any_unit(operation);
  facts.inputs = read_all(Role::input, operation.inputs, operation.n_inputs, place_);
  facts.outputs = read_all(Role::output, operation.outputs, operation.n_outputs, place_);
  facts.taps = read_all(Role::tap, operation.taps, operation.n_taps, place_);
  for (const Port& port : facts.inputs) check_input(port);
  for (const Port& port : facts.outputs) check_output(port, facts);
}

/// The units of all ports may be built from these, so they must be known before the first unit is read.
void PortsReader::note_any_unit(const orrery_operation& operation) {
  for (std::uint32_t i = 0; operation.inputs && i < operation.n_inputs; ++i) {
    const orrery_port* port = operation.inputs[i];
    const bool readable = port && port->struct_size >= sizeof(orrery_port) && port->name && port->unit;
    if (readable && std::string_view(port->unit) == "*") any_unit_.emplace_back(port->name);
  }
}

std::vector<Port> PortsReader::read_all(Role role, const orrery_port* const* ports, std::uint32_t count,
                                        const Place& place) {
  std::vector<Port> all;
  all.reserve(count);
  for (std::uint32_t i = 0; i < count; ++i) {
    const Place which{&place, name_of(role), "", i};
    if (!ports || !ports[i]) {
      problems_.add(which, "there is no description (NULL)");
    } else if (ports[i]->struct_size < sizeof(orrery_port)) {
      problems_.add(which, "its struct has " + std::to_string(ports[i]->struct_size) + " bytes; " +
                               std::to_string(sizeof(orrery_port)) + " are needed");
    } else {
      all.push_back(read_port(role, *ports[i], which));
      continue;
    }
    return all;
  }
  check_unique(role, all, place);
  return all;
}

Port PortsReader::read_port(Role role, const orrery_port& raw, const Place& place) {
  const std::size_t problems_before = problems_.count();
  Port port;
  port.name = role == Role::column ? read_text(raw.name, place, "name", false, problems_)
                                   : read_name(raw.name, place, problems_);
  const Place named{place.parent, place.kind, port.name, place.index};
  if (role == Role::column && port.name.empty()) problems_.add(place, "it has no name");
  port.doc = read_text(raw.doc, named, "doc", true, problems_);
  port.optional = has(raw.flags, ORRERY_PORT_OPTIONAL);
  read_kind(role, raw, port, named);
  if (role == Role::output) {
    port.dtype_like = read_text(raw.dtype_like, named, "dtype_like", false, problems_);
    port.in_place = read_text(raw.in_place, named, "in_place", false, problems_);
  }
  if (role != Role::input) return port;
  port.list = has(raw.flags, ORRERY_PORT_LIST);
  port.finite = has(raw.flags, ORRERY_PORT_FINITE);
  // Of a port with other faults the default could only seem wrong for their sake.
  if (raw.default_text && problems_.count() == problems_before)
    port.default_text = read_text(raw.default_text, named, "default", false, problems_);
  return port;
}

void PortsReader::read_kind(Role role, const orrery_port& raw, Port& port, const Place& place) {
  switch (raw.kind) {
    case ORRERY_KIND_TENSOR:
      port.kind = Kind::tensor;
      read_tensor(role, raw, port, place);
      if (role == Role::input) read_range(raw, port, place);
      return;
    case ORRERY_KIND_TEXT:
      port.kind = Kind::text;
      read_choices(raw, port, place);
      break;
    case ORRERY_KIND_TABLE:
      port.kind = Kind::table;
      read_columns(raw, port, place);
      break;
    default:
      problems_.add(place, "its kind " + std::to_string(raw.kind) + " is not known");
      return;
  }
  if (role == Role::tap || role == Role::column) problems_.add(place, "it must be a tensor");
}

void PortsReader::read_tensor(Role role, const orrery_port& raw, Port& port, const Place& place) {
  const value::DTypeMask known = role == Role::column ? tensor_dtypes | ORRERY_TEXT : tensor_dtypes;
  port.dtypes = raw.dtypes;
  if (raw.dtypes == 0) problems_.add(place, "it accepts no element type");
  if (raw.dtypes & ~known) problems_.add(place, "it names an element type that is not known");
  if (!raw.shape) problems_.add(place, "it has no shape (NULL); a scalar has the shape \"\"");
  else if (auto shape = catalog::parse_shape_pattern(raw.shape)) port.shape = std::move(*shape);
  else problems_.add(place, shape.error().message);
  if (!raw.unit) problems_.add(place, "it has no unit (NULL); a pure number has the unit \"1\"");
  else if (auto unit = catalog::parse_unit_pattern(raw.unit, any_unit_)) port.unit = std::move(*unit);
  else problems_.add(place, unit.error().message);
  if (port.unit.any && role != Role::input && role != Role::column)
    problems_.add(place, "only an input takes any unit; name the input whose unit it has");
}

void PortsReader::read_range(const orrery_port& raw, Port& port, const Place& place) {
  port.minimum = raw.minimum;
  port.maximum = raw.maximum;
  port.above_minimum = has(raw.flags, ORRERY_PORT_ABOVE_MIN);
  port.below_maximum = has(raw.flags, ORRERY_PORT_BELOW_MAX);
  if (raw.minimum > raw.maximum)
    problems_.add(
        place, "its minimum " + base::shortest(raw.minimum) + " is above its maximum " + base::shortest(raw.maximum));
  else if (raw.minimum == 0 && raw.maximum == 0 && port.dtypes != ORRERY_BOOL)
    problems_.add(place, "its minimum and maximum are both 0; an unbounded limit is NAN");
  else if (raw.minimum == raw.maximum && (port.above_minimum || port.below_maximum))
    problems_.add(place, "no number lies in its range " + port.range_text());
  // A boolean has no order: what a zeroed struct says of its range means nothing.
  if (port.dtypes == ORRERY_BOOL) port.minimum = port.maximum = std::nan("");
}

void PortsReader::read_choices(const orrery_port& raw, Port& port, const Place& place) {
  if (raw.n_choices > max_choices) return problems_.add(place, "it has more than 1000 choices");
  for (std::uint32_t i = 0; i < raw.n_choices; ++i) {
    const char* choice = raw.choices ? raw.choices[i] : nullptr;
    std::string text = read_text(choice, place, "choice", false, problems_);
    if (text.empty()) return problems_.add(place, "its choice number " + std::to_string(i) + " is empty");
    if (std::find(port.choices.begin(), port.choices.end(), text) != port.choices.end())
      return problems_.add(place, "it has the choice '" + text + "' twice");
    port.choices.push_back(std::move(text));
  }
}

void PortsReader::read_columns(const orrery_port& raw, Port& port, const Place& place) {
  if (raw.n_columns > max_columns) return problems_.add(place, "it has more than 256 columns");
  port.columns = read_all(Role::column, raw.columns, raw.n_columns, place);
}

void PortsReader::check_unique(Role role, const std::vector<Port>& ports, const Place& place) {
  std::vector<std::string> names = names_of(ports);
  std::sort(names.begin(), names.end());
  const auto twice = std::adjacent_find(names.begin(), names.end());
  if (twice != names.end() && !twice->empty())
    problems_.add(place, "it has two " + std::string(name_of(role)) + "s named '" + *twice + "'");
}

void PortsReader::check_input(const Port& port) {
  const Place place = place_of(Role::input, port);
  if (std::find(step_keys.begin(), step_keys.end(), port.name) != step_keys.end())
    problems_.add(place, "this name is taken: a step of a scenario has a key '" + port.name + "'");
  if (port.unit.any && value::find_unit(port.name))
    problems_.add(place, "it takes any unit, so it must not be named like a unit");
  if (!port.default_text) return;
  if (auto problem = problem_of_default(port)) problems_.add(place, *problem);
}

void PortsReader::check_output(const Port& port, const OperationFacts& facts) {
  check_like(port, facts, port.dtype_like, "dtype_like");
  check_like(port, facts, port.in_place, "in_place");
}

void PortsReader::check_like(const Port& port, const OperationFacts& facts, const std::string& name,
                             std::string_view what) {
  if (name.empty()) return;
  const auto input = facts.input(name);
  // Memory can be reused of one value only; the element type is that of the first.
  const bool fits =
      input && facts.inputs[*input].kind == Kind::tensor && !(facts.inputs[*input].list && what == "in_place");
  if (!fits || port.kind != Kind::tensor)
    problems_.add(place_of(Role::output, port),
                  std::string(what) + " names '" + name + "', which is not a tensor input of this operation");
}

}  // namespace

void read_ports(const orrery_operation& operation, const Place& place, OperationFacts& facts, Problems& problems) {
  PortsReader(place, problems).read(operation, facts);
}

}  // namespace orrery::host

// All that is known of one operation.
// SPDX-License-Identifier: Apache-2.0
#include "engine/report/describe.hpp"

#include "engine/base/text.hpp"
#include "engine/report/example.hpp"
#include "engine/store/json.hpp"

namespace orrery::report {
namespace {

using catalog::Port;
using store::Json;

constexpr std::size_t page_width = 100;

std::vector<std::string> dtype_names(value::DTypeMask mask) {
  std::vector<std::string> names;
  for (const value::DType type : {value::DType::f64, value::DType::f32, value::DType::c128, value::DType::i64,
                                  value::DType::boolean, value::DType::text}) {
    if (value::accepts(mask, type)) names.emplace_back(value::name_of(type));
  }
  return names;
}

std::string_view kind_name(catalog::Kind kind) {
  return kind == catalog::Kind::text ? "text" : kind == catalog::Kind::table ? "table" : "tensor";
}

std::string type_text(const Port& port) {
  std::string text(kind_name(port.kind));
  if (port.kind == catalog::Kind::tensor) {
    const auto names = dtype_names(port.dtypes);
    text = port.dtype_like.empty() ? base::join(names, "|") : "as " + port.dtype_like;
    if (!port.shape.text.empty()) text += "[" + port.shape.text + "]";
  }
  return port.list ? "list of " + text : text;
}

std::string unit_text(const Port& port) {
  return port.kind == catalog::Kind::tensor && port.unit.text != "1" ? port.unit.text : "";
}

/// What an input says if the scenario does not.
Cell need(const Port& port) {
  if (port.default_text)
    return port.kind == catalog::Kind::text ? "\"" + *port.default_text + "\"" : *port.default_text;
  return port.optional ? Cell("optional", Tone::faint) : Cell("required", Tone::bold);
}

std::string allowed(const Port& port) {
  if (!port.choices.empty()) return base::join(port.choices, " | ");
  return port.has_range() ? port.range_text() : "";
}

Line port_line(std::string_view role, const Port& port, bool is_input) {
  Line line{Cell(std::string(role), Tone::faint), port.name, type_text(port), unit_text(port)};
  line.push_back(is_input ? need(port) : Cell(port.optional ? "may be absent" : "", Tone::faint));
  line.push_back(allowed(port));
  line.push_back(port.doc);
  return line;
}

void add_port(std::vector<Line>& lines, std::string_view role, const Port& port) {
  lines.push_back(port_line(role, port, role == "in"));
  for (const Port& column : port.columns) {
    lines.push_back({Cell(), "." + column.name, type_text(column), unit_text(column), Cell(), Cell(), column.doc});
  }
}

std::string ports_text(const catalog::OperationFacts& facts, const Paint& paint) {
  std::vector<Line> lines;
  for (const Port& port : facts.inputs) add_port(lines, "in", port);
  for (const Port& port : facts.outputs) add_port(lines, "out", port);
  for (const Port& port : facts.taps) add_port(lines, "tap", port);
  return columns(lines, paint, "  ");
}

std::string promises(const catalog::OperationFacts& facts) {
  std::string text = facts.deterministic ? "deterministic for any number of threads" : "not deterministic";
  text += facts.cancellable ? ", cancellable" : ", not cancellable";
  text += facts.uses_random ? "; draws random numbers" : "; no random numbers";
  return text + (facts.reads_files ? "; reads files" : "");
}

std::string indented(const std::string& lines, std::string_view indent) {
  std::string text;
  for (std::size_t at = 0; at < lines.size();) {
    const std::size_t end = std::min(lines.find('\n', at), lines.size());
    text += std::string(indent) + base::printable(std::string_view(lines).substr(at, end - at)) + '\n';
    at = end + 1;
  }
  return text;
}

Json bound_json(double bound) { return std::isnan(bound) ? Json() : store::json_number(bound); }

Json tensor_json(const Port& port) {
  Json json = {{"dtypes", dtype_names(port.dtypes)}, {"shape", port.shape.text}, {"unit", port.unit.text}};
  if (!port.dtype_like.empty()) json["dtype_like"] = port.dtype_like;
  if (!port.in_place.empty()) json["in_place"] = port.in_place;
  if (!port.has_range()) return json;
  json["minimum"] = bound_json(port.minimum);
  json["maximum"] = bound_json(port.maximum);
  json["minimum_allowed"] = !port.above_minimum;
  json["maximum_allowed"] = !port.below_maximum;
  return json;
}

Json port_json(const Port& port) {
  Json json = {{"name", port.name}, {"doc", port.doc}, {"kind", kind_name(port.kind)}};
  if (port.kind == catalog::Kind::tensor) json.update(tensor_json(port));
  json["optional"] = port.optional;
  json["list"] = port.list;
  json["finite"] = port.finite;
  if (port.default_text) json["default"] = *port.default_text;
  if (!port.choices.empty()) json["choices"] = port.choices;
  for (const Port& column : port.columns) json["columns"].push_back(port_json(column));
  return json;
}

Json ports_json(const std::vector<Port>& ports) {
  Json json = Json::array();
  for (const Port& port : ports) json.push_back(port_json(port));
  return json;
}

}  // namespace

std::string describe_text(const catalog::OperationFacts& facts, const Paint& paint) {
  std::string text = paint(Tone::bold, base::printable(facts.name)) + " " + base::printable(facts.version) + "  " +
                     base::printable(facts.title) + "\n";
  if (!facts.doc.empty()) text += "\n" + wrapped(facts.doc, page_width, "  ");
  text += "\n" + ports_text(facts, paint) + "\n  " + promises(facts) + "\n";
  return text + "\n  example\n" + indented(example_step(facts), "    ");
}

std::string describe_json(const catalog::OperationFacts& facts) {
  const Json json = {{"name", facts.name},
                     {"version", facts.version},
                     {"plugin", facts.plugin ? facts.plugin->name : ""},
                     {"title", facts.title},
                     {"doc", facts.doc},
                     {"inputs", ports_json(facts.inputs)},
                     {"outputs", ports_json(facts.outputs)},
                     {"taps", ports_json(facts.taps)},
                     {"deterministic", facts.deterministic},
                     {"cancellable", facts.cancellable},
                     {"uses_random", facts.uses_random},
                     {"reads_files", facts.reads_files},
                     {"example", example_step(facts)}};
  return store::dump(json) + "\n";
}

}  // namespace orrery::report

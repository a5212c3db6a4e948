// The outputs of a call: tensors and texts.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "engine/base/text.hpp"
#include "engine/host/plugin_call.hpp"

namespace orrery::host {
namespace {

using catalog::Kind;
using catalog::Port;
using value::DType;

constexpr bool is_one_dtype(std::uint32_t dtype) {
  constexpr std::uint32_t known = ORRERY_F64 | ORRERY_F32 | ORRERY_C128 | ORRERY_I64 | ORRERY_BOOL;
  return (dtype & known) == dtype && dtype != 0 && (dtype & (dtype - 1)) == 0;
}

/// Ranks and fixed extents; that letters agree is checked by the run, which knows all ports.
bool fits(const catalog::ShapePattern& pattern, Extents shape) {
  if (std::any_of(shape.begin(), shape.end(), [](std::int64_t extent) { return extent < 0; })) return false;
  if (pattern.any) return true;
  const std::size_t axes = pattern.axes.size();
  if (pattern.batch ? shape.size() < axes : shape.size() != axes) return false;
  for (std::size_t i = 0; i < axes; ++i) {
    const catalog::Axis& axis = pattern.axes[i];
    if (axis.letter.empty() && shape[shape.size() - axes + i] != axis.offset) return false;
  }
  return true;
}

std::string_view kind_name(Kind kind) {
  return kind == Kind::tensor ? "tensor" : kind == Kind::text ? "text" : "table";
}

std::string shape_text(Extents shape) { return value::to_text(value::Shape(shape.begin(), shape.end())); }

void fill(value::Tensor& tensor, orrery_tensor* out) {
  out->dtype = static_cast<std::uint32_t>(tensor.dtype());
  out->rank = static_cast<std::uint32_t>(tensor.rank());
  out->reserved = 0;
  out->data = tensor.raw();
  out->shape = tensor.shape().data();
  out->count = tensor.count();
}

}  // namespace

const Port* PluginCall::output(std::uint32_t port, Kind kind) {
  if (port >= facts_.outputs.size()) {
    broken("it makes output number " + std::to_string(port));
    return nullptr;
  }
  const Port& found = facts_.outputs[port];
  if (found.kind == kind) return &found;
  broken("it makes output '" + found.name + "' as a " + std::string(kind_name(kind)));
  return nullptr;
}

std::optional<std::string> PluginCall::dtype_problem(std::uint32_t port, std::uint32_t dtype) const {
  const Port& declared = facts_.outputs[port];
  if (!is_one_dtype(dtype)) return "an element type that is not known (" + std::to_string(dtype) + ")";
  const auto type = static_cast<DType>(dtype);
  if (!value::accepts(declared.dtypes, type)) return std::string(value::name_of(type));
  if (!rules_[port].dtype_like) return std::nullopt;
  const value::Value* like = input(static_cast<std::uint32_t>(*rules_[port].dtype_like), 0);
  if (!like || std::get<value::Tensor>(*like).dtype() == type) return std::nullopt;
  return std::string(value::name_of(type)) + " while input '" + declared.dtype_like + "' is not";
}

/// The tensor that an earlier call of this operation left, checked then, if it serves this call as it is.
value::Tensor* PluginCall::left_over(std::uint32_t port, std::uint32_t dtype, Extents shape) {
  // What comes from an input has not been checked against this port.
  if (port >= rules_.size() || rules_[port].dtype_like || rules_[port].in_place) return nullptr;
  auto* tensor = std::get_if<value::Tensor>(&call_.outputs[port].place());
  const bool same = tensor && static_cast<std::uint32_t>(tensor->dtype()) == dtype && tensor->is_sole_owner() &&
                    value::same_extents(tensor->shape(), shape) && call_.outputs[port].was_made_before();
  return same ? tensor : nullptr;
}

orrery_status PluginCall::out_tensor(std::uint32_t port, std::uint32_t dtype, Extents shape, orrery_tensor* out) {
  if (value::Tensor* tensor = left_over(port, dtype, shape); tensor && out->struct_size >= sizeof(orrery_tensor)) {
    call_.outputs[port].mark_repeated();
    fill(*tensor, out);
    return ORRERY_OK;
  }
  const Port* declared = output(port, Kind::tensor);
  if (!declared) return ORRERY_E_INTERNAL;
  if (out->struct_size < sizeof(orrery_tensor)) return broken("it passes an orrery_tensor that is too short");
  if (const auto problem = dtype_problem(port, dtype))
    return broken("it makes output '" + declared->name + "' as " + *problem + "; it is declared as " +
                  declared->type_text());
  if (!fits(declared->shape, shape))
    return broken("it makes output '" + declared->name + "' with the shape " + shape_text(shape) +
                  "; it is declared as " + declared->type_text());
  if (may_reuse(port, static_cast<DType>(dtype), shape)) reuse(port);
  else if (const orrery_status status = allocate(port, static_cast<DType>(dtype), shape)) return status;
  fill(std::get<value::Tensor>(call_.outputs[port].place()), out);
  return ORRERY_OK;
}

/// Memory is reused when nobody else can see it. Of an output that works in place, the one other who can is its input.
bool PluginCall::may_reuse(std::uint32_t port, DType dtype, Extents shape) const {
  const auto* there = std::get_if<value::Tensor>(&call_.outputs[port].place());
  if (!there) return false;
  const value::Tensor& tensor = *there;
  if (tensor.dtype() != dtype || !tensor.buffer() || !std::ranges::equal(tensor.shape(), shape)) return false;
  if (tensor.is_sole_owner()) return true;
  if (!rules_[port].in_place || tensor.buffer().use_count() != 2) return false;
  const value::Value* source = input(static_cast<std::uint32_t>(*rules_[port].in_place), 0);
  return source && std::get<value::Tensor>(*source).raw() == tensor.raw();
}

const value::Unit& PluginCall::unit_of(std::uint32_t port) const {
  static const value::Unit number;
  return port < call_.output_units.size() ? call_.output_units[port] : number;
}

void PluginCall::reuse(std::uint32_t port) {
  auto& tensor = std::get<value::Tensor>(call_.outputs[port].place());
  call_.outputs[port].mark_made();
  const value::Unit& unit = unit_of(port);
  if (!tensor.unit().same_scale(unit) || tensor.unit().symbol() != unit.symbol()) tensor.set_unit(unit);
}

orrery_status PluginCall::allocate(std::uint32_t port, DType dtype, Extents shape) {
  auto tensor = value::Tensor::allocate(dtype, {shape.begin(), shape.end()}, unit_of(port));
  if (!tensor)
    return record({ORRERY_E_MEMORY, false, "output '" + facts_.outputs[port].name + "': " + tensor.error().message});
  call_.outputs[port] = std::move(*tensor);
  return ORRERY_OK;
}

orrery_status PluginCall::out_text(std::uint32_t port, std::string_view text) {
  const Port* declared = output(port, Kind::text);
  if (!declared) return ORRERY_E_INTERNAL;
  if (base::first_invalid_utf8(text))
    return broken("it makes output '" + declared->name + "', which is not valid UTF-8");
  call_.outputs[port] = std::string(text);
  return ORRERY_OK;
}

}  // namespace orrery::host

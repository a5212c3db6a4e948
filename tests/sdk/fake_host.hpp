// A host by hand: inputs that a test sets, and everything that an operation hands over, kept to be looked at.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <doctest/doctest.h>

#include <algorithm>
#include <cstring>
#include <deque>
#include <map>
#include <memory>
#include <string>
#include <variant>
#include <vector>

#include <orrery/sdk/plugin.hpp>

namespace fake {

namespace sdk = orrery::sdk;

/// A tensor that owns its memory.
class Array {
 public:
  Array() = default;
  Array(std::uint32_t dtype, std::vector<std::int64_t> shape)
      : dtype_(dtype), shape_(std::move(shape)), words_(2 * static_cast<std::size_t>(sdk::count_of(shape_)) + 2) {}

  std::uint32_t dtype() const { return dtype_; }
  const std::vector<std::int64_t>& shape() const { return shape_; }
  std::int64_t count() const { return sdk::count_of(shape_); }
  void* data() { return words_.data(); }
  template <class T>
  std::vector<T> values() {
    const auto* first = reinterpret_cast<const T*>(words_.data());
    return {first, first + count()};
  }

 private:
  std::uint32_t dtype_ = ORRERY_F64;
  std::vector<std::int64_t> shape_;
  std::vector<double> words_{0.0, 0.0};  ///< room for the widest element, and aligned for all
};

template <class T>
Array array(std::vector<std::int64_t> shape, std::initializer_list<T> values) {
  Array made(sdk::ElementBits<T>::value, std::move(shape));
  std::copy(values.begin(), values.end(), static_cast<T*>(made.data()));
  return made;
}
inline Array number(double value) { return array<double>({}, {value}); }
inline Array whole(std::int64_t value) { return array<std::int64_t>({}, {value}); }

struct NumberColumn {
  std::string name;
  Array values;
  std::string unit = "1";
};
struct TextColumn {
  std::string name;
  std::vector<std::string> values;
};
struct Table {
  std::int64_t rows = 0;
  std::vector<NumberColumn> numbers;
  std::vector<TextColumn> texts;
};

using Value = std::variant<Array, std::string, Table>;

struct Tapped {
  std::uint32_t tap;
  std::int64_t index;
  std::vector<std::int64_t> shape;
  std::vector<double> values;
};

/// Sizes that the host would have in a later version of the interface, with more between a column and the next.
struct WideColumn {
  orrery_column column;
  std::uint64_t later = 0;
};

class Host : public orrery_call {
 public:
  std::vector<std::vector<Value>> inputs;
  std::map<std::uint32_t, Value> outputs;
  std::vector<Tapped> tapped;
  std::vector<std::string> lines;
  std::vector<std::uint64_t> polled;
  std::vector<std::size_t> parts;
  std::string message;  ///< of the first failure
  std::size_t failures = 0;
  bool stop = false;       ///< what poll says
  bool no_memory = false;  ///< what scratch and outputs say

  explicit Host(std::vector<std::vector<Value>> given = {})
      : orrery_call{sizeof(orrery_call), 3, &table, 0, 0x1234}, inputs(std::move(given)) {}

  template <class Op>
  orrery_status run() {
    const orrery_operation& operation = sdk::Descriptor<Op>::operation;
    return operation.run(&operation, nullptr, this);
  }
  template <class T>
  std::vector<T> out(std::uint32_t port) {
    REQUIRE(outputs.count(port) == 1);
    return std::get<Array>(outputs[port]).values<T>();
  }
  const std::vector<std::int64_t>& shape(std::uint32_t port) { return std::get<Array>(outputs[port]).shape(); }

 private:
  static Host& of(orrery_call* call) { return *static_cast<Host*>(call); }
  static std::string text(orrery_text view) { return {view.data, view.size}; }
  static orrery_text view(const std::string& text) { return {text.data(), text.size()}; }

  Value* input(std::uint32_t port, std::uint64_t element) {
    return element < inputs.at(port).size() ? &inputs[port][element] : nullptr;
  }
  orrery_status give(std::uint32_t port, std::uint64_t element, orrery_table* out);
  orrery_status make(std::uint32_t port, std::uint32_t dtype, sdk::Shape shape, orrery_tensor* out);
  void* make_column(std::uint32_t port, const std::string& name, std::uint32_t dtype, const orrery_text* unit);
  orrery_status loop(std::uint64_t n, std::uint64_t grain, orrery_body body, void* user);
  void* lend(std::uint64_t bytes);

  static const orrery_call_api table;
  std::deque<std::vector<WideColumn>> columns_;
  std::deque<std::vector<orrery_text>> texts_;
  std::deque<std::unique_ptr<double[]>> scratch_;
};

inline void fill(Array& array, orrery_tensor* out) {
  out->dtype = array.dtype();
  out->rank = static_cast<std::uint32_t>(array.shape().size());
  out->data = array.data();
  out->shape = array.shape().data();
  out->count = array.count();
}

inline orrery_status Host::give(std::uint32_t port, std::uint64_t element, orrery_table* out) {
  Value* value = input(port, element);
  if (!value) return ORRERY_ABSENT;
  Table& given = std::get<Table>(*value);
  auto& columns = columns_.emplace_back();
  for (NumberColumn& c : given.numbers)
    columns.push_back({{sizeof(WideColumn), c.values.dtype(), view(c.name), view(c.unit), c.values.data()}});
  for (TextColumn& c : given.texts) {
    auto& texts = texts_.emplace_back();
    for (const std::string& t : c.values) texts.push_back(view(t));
    columns.push_back({{sizeof(WideColumn), ORRERY_TEXT, view(c.name), {"1", 1}, texts.data()}});
  }
  *out = {sizeof(orrery_table), static_cast<std::uint32_t>(columns.size()), given.rows,
          columns.empty() ? nullptr : &columns.front().column, sizeof(WideColumn)};
  return ORRERY_OK;
}

inline orrery_status Host::make(std::uint32_t port, std::uint32_t dtype, sdk::Shape shape, orrery_tensor* out) {
  CHECK(out->struct_size == sizeof(orrery_tensor));
  if (no_memory) return ORRERY_E_MEMORY;
  Value& made = outputs[port] = Array(dtype, {shape.begin(), shape.end()});
  fill(std::get<Array>(made), out);
  return ORRERY_OK;
}

inline void* Host::make_column(std::uint32_t port, const std::string& name, std::uint32_t dtype,
                               const orrery_text* unit) {
  Table& made = std::get<Table>(outputs.at(port));
  made.numbers.push_back({name, Array(dtype, {made.rows}), unit ? text(*unit) : "declared"});
  return made.numbers.back().values.data();
}

inline orrery_status Host::loop(std::uint64_t n, std::uint64_t grain, orrery_body body, void* user) {
  orrery_status first = ORRERY_OK;
  for (std::uint64_t begin = 0; begin < n; begin += grain) {
    parts.push_back(begin);
    const orrery_status status = body(user, begin, std::min(n, begin + grain));
    if (first == ORRERY_OK) first = status;
  }
  return first;
}

inline void* Host::lend(std::uint64_t bytes) {
  if (no_memory) return nullptr;
  return scratch_.emplace_back(std::make_unique<double[]>(bytes / sizeof(double) + 1)).get();
}

inline constexpr orrery_call_api Host::table{
    .struct_size = sizeof(orrery_call_api),
    .reserved = 0,
    .in_count = [](orrery_call* c, std::uint32_t port) noexcept { return std::uint64_t{of(c).inputs.at(port).size()}; },
    .in_tensor = [](orrery_call* c, std::uint32_t port, std::uint64_t element,
                    orrery_tensor* out) noexcept -> orrery_status {
      Value* value = of(c).input(port, element);
      if (value) fill(std::get<Array>(*value), out);
      return value ? ORRERY_OK : ORRERY_ABSENT;
    },
    .in_text = [](orrery_call* c, std::uint32_t port, std::uint64_t element,
                  orrery_text* out) noexcept -> orrery_status {
      Value* value = of(c).input(port, element);
      if (value) *out = view(std::get<std::string>(*value));
      return value ? ORRERY_OK : ORRERY_ABSENT;
    },
    .in_table = [](orrery_call* c, std::uint32_t port, std::uint64_t element,
                   orrery_table* out) noexcept { return of(c).give(port, element, out); },
    .out_tensor =
        [](orrery_call* c, std::uint32_t port, std::uint32_t dtype, std::uint32_t rank, const std::int64_t* shape,
           orrery_tensor* out) noexcept {
          return of(c).make(port, dtype, {shape, rank}, out);
        },
    .out_text = [](orrery_call* c, std::uint32_t port, orrery_text value) noexcept -> orrery_status {
      of(c).outputs[port] = text(value);
      return ORRERY_OK;
    },
    .out_table = [](orrery_call* c, std::uint32_t port, std::int64_t rows) noexcept -> orrery_status {
      of(c).outputs[port] = Table{rows, {}, {}};
      return ORRERY_OK;
    },
    .out_column = [](orrery_call* c, std::uint32_t port, orrery_text name, std::uint32_t dtype, const orrery_text* unit,
                     void** data) noexcept -> orrery_status {
      *data = of(c).make_column(port, text(name), dtype, unit);
      return ORRERY_OK;
    },
    .out_column_text = [](orrery_call* c, std::uint32_t port, orrery_text name,
                          const orrery_text* values) noexcept -> orrery_status {
      Table& made = std::get<Table>(of(c).outputs.at(port));
      TextColumn column{text(name), {}};
      for (std::int64_t i = 0; i < made.rows; ++i) column.values.push_back(text(values[i]));
      made.texts.push_back(column);
      return ORRERY_OK;
    },
    .poll = [](orrery_call* c, std::uint64_t done, std::uint64_t) noexcept -> orrery_status {
      of(c).polled.push_back(done);
      return of(c).stop ? ORRERY_STOPPED : ORRERY_OK;
    },
    .fail =
        [](orrery_call* c, orrery_status status, orrery_text why) noexcept {
          if (of(c).failures++ == 0) of(c).message = text(why);
          return status;
        },
    .log = [](orrery_call* c, std::uint32_t level,
              orrery_text line) noexcept { of(c).lines.push_back(std::to_string(level) + " " + text(line)); },
    .scratch = [](orrery_call* c, std::uint64_t bytes) noexcept { return of(c).lend(bytes); },
    .parallel_for = [](orrery_call* c, std::uint64_t n, std::uint64_t grain, orrery_body body,
                       void* user) noexcept { return of(c).loop(n, grain, body, user); },
    .tap =
        [](orrery_call* c, std::uint32_t tap, std::int64_t index, std::uint32_t, std::uint32_t rank,
           const std::int64_t* shape, const void* data) noexcept {
          std::vector<std::int64_t> extents(shape, shape + rank);
          const auto* first = static_cast<const double*>(data);
          const std::int64_t count = sdk::count_of(extents);
          of(c).tapped.push_back({tap, index, std::move(extents), {first, first + count}});
        },
    .query = [](orrery_call*, const char*) noexcept -> const void* { return nullptr; }};

}  // namespace fake

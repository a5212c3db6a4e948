// What an operation sees of the host while it runs: inputs, outputs and taps by name, progress, threads, randomness.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <system_error>
#include <tuple>
#include <type_traits>
#include <vector>

#include <orrery/abi/call.h>
#include <orrery/abi/random.h>
#include <orrery/sdk/error.hpp>
#include <orrery/sdk/port.hpp>
#include <orrery/sdk/view.hpp>

namespace orrery::sdk {

inline constexpr std::size_t npos = static_cast<std::size_t>(-1);

template <class Op>
using Ports = std::remove_cvref_t<decltype(Op::ports)>;

/// Position in Op::ports of the port of a direction and name; npos if there is none.
template <class Op, Direction D>
consteval std::size_t tuple_position(std::string_view name) {
  std::size_t found = npos, at = 0;
  std::apply(
      [&](const auto&... port) { ((port.direction == D && port.name == name ? void(found = at) : void(), ++at), ...); },
      Op::ports);
  return found;
}

/// Index among the ports of its own direction, as the interface counts them.
template <class Op>
consteval std::uint32_t port_index(std::size_t position) {
  std::array<Direction, std::tuple_size_v<Ports<Op>>> directions{};
  std::size_t at = 0;
  std::apply([&](const auto&... port) { ((directions[at++] = port.direction), ...); }, Op::ports);
  std::uint32_t index = 0;
  for (std::size_t i = 0; i < position; ++i) index += directions[i] == directions[position];
  return index;
}

inline orrery_text as_text(std::string_view text) { return {text.data(), text.size()}; }

template <class Op>
class Call {
  template <Direction D, FixedString Name>
  static constexpr std::size_t at = tuple_position<Op, D>(Name.view());
  template <std::size_t Position>
  using PortAt = std::tuple_element_t<Position, Ports<Op>>;

 public:
  explicit Call(orrery_call* call) : call_(call) {}

  /// The value of an input: a number, std::string_view, an enumerator, a View, BatchView, DynamicView, AnyView or
  /// TableView, as the port's type and shape say.
  template <FixedString Name>
  auto in() const {
    static_assert(at<Direction::in, Name> != npos, "this operation declares no input of this name");
    return *read<at<Direction::in, Name>>(0);
  }
  /// The same for an optional input; empty when it was not given.
  template <FixedString Name>
  auto maybe() const {
    static_assert(at<Direction::in, Name> != npos, "this operation declares no input of this name");
    return read<at<Direction::in, Name>>(0);
  }
  /// All values of a list input.
  template <FixedString Name>
  auto list() const {
    constexpr std::size_t position = at<Direction::in, Name>;
    static_assert(position != npos, "this operation declares no input of this name");
    std::vector<typename decltype(read<position>(0))::value_type> values;
    const std::uint64_t n = api().in_count(call_, port_index<Op>(position));
    for (std::uint64_t i = 0; i < n; ++i) values.push_back(*read<position>(i));
    return values;
  }

  /// Memory for an output: extents in order; of a batch port the batch first, as a Shape.
  template <FixedString Name, class... Extent>
  requires(std::is_integral_v<Extent>&&...) auto out(Extent... extent) const {
    using Port = PortAt<require_out<Name>()>;
    static_assert(!Port::shape.batch && !Port::shape.any, "this output's shape is given as a Shape");
    static_assert(sizeof...(Extent) == Port::shape.rank, "this output has another number of axes");
    const std::array<std::int64_t, Port::shape.rank> shape{static_cast<std::int64_t>(extent)...};
    using Element = typename Port::type;
    return View<Element, Port::shape.rank>(allocate<Name, Element>(shape), shape);
  }
  template <FixedString Name, class... Extent>
  auto out(Shape batch, Extent... extent) const {
    using Port = PortAt<require_out<Name>()>;
    static_assert(Port::shape.batch || Port::shape.any, "this output's shape is given as its extents");
    std::vector<std::int64_t> shape(batch.begin(), batch.end());
    (shape.push_back(static_cast<std::int64_t>(extent)), ...);
    using Element = typename Port::type;
    orrery_tensor tensor = make<Name>(ElementBits<Element>::value, shape);
    auto* data = static_cast<Element*>(tensor.data);
    if constexpr (Port::shape.any) {
      return DynamicView<Element>(data, {tensor.shape, tensor.rank});
    } else {
      static_assert(sizeof...(Extent) == Port::shape.rank, "this output has another number of axes");
      return BatchView<Element, Port::shape.rank>(data, {tensor.shape, tensor.rank});
    }
  }
  /// Memory for an output whose element type is chosen now.
  template <FixedString Name>
  AnyView out_any(std::uint32_t dtype, Shape shape) const {
    return AnyView(make<Name>(dtype, shape));
  }
  /// A scalar or text output.
  template <FixedString Name, class Value>
  void set(const Value& value) const {
    using Port = PortAt<require_out<Name>()>;
    if constexpr (std::is_same_v<typename Port::type, Text>)
      check(api().out_text(call_, out_index<Name>(), as_text(value)));
    else *out<Name>().data() = static_cast<typename Port::type>(value);
  }
  /// A table output: its number of rows, then its columns.
  template <FixedString Name>
  void out_table(std::int64_t rows) const {
    check(api().out_table(call_, out_index<Name>(), rows));
  }
  template <FixedString Name, class T>
  T* out_column(std::string_view column, std::optional<std::string_view> unit = {}) const {
    void* data = nullptr;
    const orrery_text text = as_text(unit.value_or(""));
    check(api().out_column(call_, out_index<Name>(), as_text(column), ElementBits<T>::value, unit ? &text : nullptr,
                           &data));
    return static_cast<T*>(data);
  }
  template <FixedString Name>
  void out_column_text(std::string_view column, const std::vector<std::string_view>& values) const {
    std::vector<orrery_text> texts;
    for (const std::string_view value : values) texts.push_back(as_text(value));
    check(api().out_column_text(call_, out_index<Name>(), as_text(column), texts.data()));
  }

  /// The batch that the "..." of all inputs agree on; empty when every one is a single item.
  Shape batch() const { return batch_over(std::make_index_sequence<std::tuple_size_v<Ports<Op>>>{}); }

  /// Tells the host how far the work is, and leaves the operation if the host asks to stop. total 0: unknown.
  void poll(std::uint64_t done, std::uint64_t total) const {
    if (api().poll(call_, done, total) != ORRERY_OK) throw Stopped{};
  }
  void log(std::uint32_t level, std::string_view message) const { api().log(call_, level, as_text(message)); }
  std::uint32_t max_threads() const { return call_->max_threads; }

  /// Runs body(begin, end) over parts of [0, n) on the host's threads. What it throws first, by position, comes out.
  template <class Body>
  void parallel_for(std::uint64_t n, std::uint64_t grain, const Body& body) const;

  /// Uninitialised memory for T that lasts until the operation returns.
  template <class T>
  std::span<T> scratch(std::uint64_t n) const {
    void* data = api().scratch(call_, n * sizeof(T));
    if (!data && n) throw std::bad_alloc();
    return {static_cast<T*>(data), n};
  }

  /// Two random 64-bit words; a pure function of the scenario's seed, this step, and the two numbers.
  std::array<std::uint64_t, 2> random_words(std::uint64_t stream, std::uint64_t index) const {
    std::array<std::uint64_t, 2> words{};
    orrery_random_words(call_->random_key, stream, index, words.data());
    return words;
  }
  std::uint64_t random_key() const { return call_->random_key; }

  /// True when somebody listens; only then is it worth computing what a tap shows.
  template <FixedString Name>
  bool wants() const {
    return (call_->taps_wanted >> tap_index<Name>()) & 1u;
  }
  /// Shows a number to whoever listens. index orders the values of one tap.
  template <FixedString Name, class T>
  void tap(std::int64_t index, const T& value) const {
    if (wants<Name>()) emit<Name>(index, ElementBits<T>::value, {}, &value);
  }
  template <FixedString Name, class T, std::size_t Rank>
  void tap(std::int64_t index, View<T, Rank> view) const {
    if (wants<Name>()) emit<Name>(index, ElementBits<std::remove_const_t<T>>::value, view.shape(), view.data());
  }

  orrery_call* raw() const { return call_; }

 private:
  const orrery_call_api& api() const { return *call_->api; }

  template <FixedString Name>
  static consteval std::size_t require_out() {
    static_assert(at<Direction::out, Name> != npos, "this operation declares no output of this name");
    return at<Direction::out, Name>;
  }
  template <FixedString Name>
  static consteval std::uint32_t out_index() {
    return port_index<Op>(require_out<Name>());
  }
  template <FixedString Name>
  static consteval std::uint32_t tap_index() {
    static_assert(at<Direction::tap, Name> != npos, "this operation declares no tap of this name");
    return port_index<Op>(at<Direction::tap, Name>);
  }

  // The host has already recorded why; the bridge passes the status on.
  static void check(orrery_status status) {
    if (status == ORRERY_STOPPED) throw Stopped{};
    if (status < 0) throw Error(status, "");
  }

  template <FixedString Name>
  orrery_tensor make(std::uint32_t dtype, Shape shape) const {
    orrery_tensor tensor{};
    tensor.struct_size = sizeof(tensor);
    check(api().out_tensor(call_, out_index<Name>(), dtype, static_cast<std::uint32_t>(shape.size()), shape.data(),
                           &tensor));
    return tensor;
  }
  template <FixedString Name, class Element>
  Element* allocate(Shape shape) const {
    return static_cast<Element*>(make<Name>(ElementBits<Element>::value, shape).data);
  }
  template <FixedString Name>
  void emit(std::int64_t index, std::uint32_t dtype, Shape shape, const void* data) const {
    api().tap(call_, tap_index<Name>(), index, dtype, static_cast<std::uint32_t>(shape.size()), shape.data(), data);
  }

  template <std::size_t Position>
  std::optional<orrery_tensor> tensor(std::uint64_t element) const {
    orrery_tensor tensor{};
    tensor.struct_size = sizeof(tensor);
    const orrery_status status = api().in_tensor(call_, port_index<Op>(Position), element, &tensor);
    check(status);
    return status == ORRERY_ABSENT ? std::nullopt : std::optional(tensor);
  }
  template <std::size_t Position>
  std::optional<std::string_view> text(std::uint64_t element) const {
    orrery_text text{};
    const orrery_status status = api().in_text(call_, port_index<Op>(Position), element, &text);
    check(status);
    return status == ORRERY_ABSENT ? std::nullopt : std::optional(std::string_view(text.data, text.size));
  }

  template <std::size_t Position>
  auto read(std::uint64_t element) const {
    using Type = typename PortAt<Position>::type;
    if constexpr (std::is_same_v<Type, Text>) return text<Position>(element);
    else if constexpr (std::is_same_v<Type, Table>) return read_table<Position>(element);
    else if constexpr (PortType<Type>::kind == ORRERY_KIND_TEXT) return read_choice<Position>(element, Type{});
    else return read_tensor<Position>(element, Type{});
  }
  template <std::size_t Position>
  std::optional<TableView> read_table(std::uint64_t element) const {
    orrery_table table{};
    table.struct_size = sizeof(table);
    const orrery_status status = api().in_table(call_, port_index<Op>(Position), element, &table);
    check(status);
    return status == ORRERY_ABSENT ? std::nullopt : std::optional(TableView(table));
  }
  template <std::size_t Position, class Enum>
  std::optional<Enum> read_choice(std::uint64_t element, Choice<Enum>) const {
    const auto given = text<Position>(element);
    if (!given) return std::nullopt;
    const auto& choices = std::get<Position>(Op::ports).choices;
    for (std::size_t i = 0; i < choices.size() && choices[i]; ++i)
      if (*given == choices[i]) return static_cast<Enum>(i);
    throw std::logic_error("the host passed a choice that the port does not offer");
  }
  template <std::size_t Position, class... T>
  std::optional<AnyView> read_tensor(std::uint64_t element, AnyOf<T...>) const {
    const auto given = tensor<Position>(element);
    return given ? std::optional(AnyView(*given)) : std::nullopt;
  }
  template <std::size_t Position, class T>
  auto read_tensor(std::uint64_t element, T) const {
    constexpr ShapeTraits traits = PortAt<Position>::shape;
    const auto given = tensor<Position>(element);
    const auto* data = given ? static_cast<const T*>(given->data) : nullptr;
    const Shape shape = given ? Shape(given->shape, given->rank) : Shape();
    if constexpr (traits.any) return optional_of<DynamicView<const T>>(given, data, shape);
    else if constexpr (traits.batch) return optional_of<BatchView<const T, traits.rank>>(given, data, shape);
    else if constexpr (traits.rank == 0) return given ? std::optional<T>(*data) : std::optional<T>();
    else return optional_of<View<const T, traits.rank>>(given, data, shape);
  }
  template <class V, class T>
  static std::optional<V> optional_of(const std::optional<orrery_tensor>& given, T* data, Shape shape) {
    return given ? std::optional<V>(V(data, shape)) : std::nullopt;
  }

  template <std::size_t... Position>
  Shape batch_over(std::index_sequence<Position...>) const {
    Shape batch;
    (batch_of<Position>(batch), ...);
    return batch;
  }
  template <std::size_t Position>
  void batch_of(Shape& batch) const {
    using Port = PortAt<Position>;
    if constexpr (Port::direction == Direction::in && Port::shape.batch) {
      const auto given = tensor<Position>(0);
      if (batch.empty() && given) batch = Shape(given->shape, given->rank - Port::shape.rank);
    }
  }

  orrery_call* call_;
};

/// Turns whatever f throws into a status, with the message handed to the host.
template <class F>
orrery_status guarded(orrery_call* call, const F& f) noexcept {
  const auto fail = [call](orrery_status status, const char* message) noexcept {
    return *message ? call->api->fail(call, status, as_text(message)) : status;
  };
  try {
    f();
    return ORRERY_OK;
  } catch (const Stopped&) {
    return ORRERY_STOPPED;
  } catch (const Error& e) {
    return fail(e.status(), e.what());
  } catch (const std::bad_alloc&) {
    return fail(ORRERY_E_MEMORY, "out of memory");
  } catch (const std::domain_error& e) {
    return fail(ORRERY_E_RANGE, e.what());
  } catch (const std::out_of_range& e) {
    return fail(ORRERY_E_RANGE, e.what());
  } catch (const std::invalid_argument& e) {
    return fail(ORRERY_E_INVALID, e.what());
  } catch (const std::range_error& e) {
    return fail(ORRERY_E_NUMERIC, e.what());
  } catch (const std::overflow_error& e) {
    return fail(ORRERY_E_NUMERIC, e.what());
  } catch (const std::system_error& e) {
    return fail(ORRERY_E_IO, e.what());
  } catch (const std::exception& e) {
    return fail(ORRERY_E_INTERNAL, e.what());
  } catch (...) {
    return fail(ORRERY_E_INTERNAL, "the operation threw something that is not a std::exception");
  }
}

template <class Op>
template <class Body>
void Call<Op>::parallel_for(std::uint64_t n, std::uint64_t grain, const Body& body) const {
  struct Context {
    orrery_call* call;
    const Body* body;
  } context{call_, &body};
  check(api().parallel_for(
      call_, n, grain,
      [](void* user, std::uint64_t begin, std::uint64_t end) noexcept -> orrery_status {
        const auto* c = static_cast<Context*>(user);
        return guarded(c->call, [&] { (*c->body)(begin, end); });
      },
      &context));
}

}  // namespace orrery::sdk

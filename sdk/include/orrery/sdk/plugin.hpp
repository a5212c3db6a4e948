// Everything a plugin author includes: declare ports, write run(), list the operations in ORRERY_PLUGIN.
// SPDX-License-Identifier: Apache-2.0
//
//   struct Square {
//     static constexpr orrery::sdk::Info info{.name = "square", .version = "1.0.0", .title = "Squares"};
//     static constexpr std::tuple ports{in<"x", f64, "n">{.doc = "numbers"}, out<"y", f64, "n">{.doc = "squares"}};
//     static void run(orrery::sdk::Call<Square>& call) {
//       const auto x = call.in<"x">();
//       const auto y = call.out<"y">(x.size());
//       for (std::int64_t i = 0; i < x.size(); ++i) y(i) = x(i) * x(i);
//     }
//   };
//   ORRERY_PLUGIN((.name = "demo", .version = "1.0.0", .title = "A demonstration", .license = "Apache-2.0"), Square)
#pragma once

#include <array>
#include <tuple>

#include <orrery/abi/plugin.h>
#include <orrery/sdk/call.hpp>
#include <orrery/sdk/error.hpp>
#include <orrery/sdk/port.hpp>
#include <orrery/sdk/view.hpp>

namespace orrery::sdk {

constexpr std::uint32_t flag(bool set, std::uint32_t bit) { return set ? bit : 0u; }

/// What an operation says of itself beside its ports.
struct Info {
  const char* name;
  const char* version;
  const char* title;
  const char* doc = "";
  const char* example = nullptr;
  bool deterministic = true;
  bool cancellable = false;
  bool uses_random = false;
  bool reads_files = false;

  constexpr std::uint32_t flags() const {
    return flag(deterministic, ORRERY_OP_DETERMINISTIC) | flag(cancellable, ORRERY_OP_CANCELLABLE) |
           flag(uses_random, ORRERY_OP_USES_RANDOM) | flag(reads_files, ORRERY_OP_READS_FILES);
  }
};

struct PluginInfo {
  const char* name;
  const char* version;
  const char* title;
  const char* license;
};

/// The descriptors of an operation's ports and of itself, all constant data.
template <class Op>
class Descriptor {
  static constexpr std::size_t n_ports = std::tuple_size_v<Ports<Op>>;

  template <std::size_t Position>
  using PortAt = std::tuple_element_t<Position, Ports<Op>>;

  static constexpr orrery_port column_of(const Column& column) {
    orrery_port port{};
    port.struct_size = sizeof(port);
    port.kind = ORRERY_KIND_TENSOR;
    port.dtypes = column.dtype;
    port.flags = flag(column.optional, ORRERY_PORT_OPTIONAL);
    port.name = column.name;
    port.doc = column.doc;
    port.unit = column.unit;
    port.shape = "rows";
    port.minimum = port.maximum = unbounded;
    return port;
  }
  template <std::size_t Position>
  static consteval std::size_t column_count() {
    std::size_t n = 0;
    if constexpr (PortAt<Position>::direction != Direction::tap)
      for (const Column& column : std::get<Position>(Op::ports).columns) n += column.name != nullptr;
    return n;
  }
  template <std::size_t Position>
  struct Columns {
    static constexpr std::size_t n = column_count<Position>();
    static constexpr auto ports = [] {
      std::array<orrery_port, n> columns{};
      for (std::size_t i = 0; i < n; ++i) columns[i] = column_of(std::get<Position>(Op::ports).columns[i]);
      return columns;
    }();
    static constexpr auto pointers = [] {
      std::array<const orrery_port*, n> all{};
      for (std::size_t i = 0; i < n; ++i) all[i] = &ports[i];
      return all;
    }();
  };

  template <std::size_t Position>
  static consteval orrery_port port_of() {
    using Port = PortAt<Position>;
    constexpr const Port& declared = std::get<Position>(Op::ports);
    orrery_port port{};
    port.struct_size = sizeof(port);
    port.kind = PortType<typename Port::type>::kind;
    port.dtypes = PortType<typename Port::type>::dtypes;
    port.name = Port::c_name();
    port.doc = declared.doc;
    port.minimum = port.maximum = unbounded;
    if (port.kind == ORRERY_KIND_TENSOR) {
      port.unit = declared.unit;
      port.shape = Port::c_shape();
    }
    if constexpr (Port::direction != Direction::tap) {
      port.flags = flag(declared.optional, ORRERY_PORT_OPTIONAL);
      port.columns = Columns<Position>::pointers.data();
      port.n_columns = static_cast<std::uint32_t>(Columns<Position>::n);
    }
    if constexpr (Port::direction == Direction::out) {
      port.dtype_like = declared.dtype_like;
      port.in_place = declared.in_place;
    }
    if constexpr (Port::direction == Direction::in) {
      port.default_text = declared.fallback;
      port.minimum = declared.min;
      port.maximum = declared.max;
      port.flags |= flag(declared.list, ORRERY_PORT_LIST) | flag(declared.finite, ORRERY_PORT_FINITE) |
                    flag(declared.above_min, ORRERY_PORT_ABOVE_MIN) | flag(declared.below_max, ORRERY_PORT_BELOW_MAX);
      for (const char* choice : declared.choices) port.n_choices += choice != nullptr;
      port.choices = port.n_choices ? declared.choices.data() : nullptr;
    }
    return port;
  }

  static constexpr auto all = []<std::size_t... I>(std::index_sequence<I...>) {
    return std::array<orrery_port, n_ports>{port_of<I>()...};
  }
  (std::make_index_sequence<n_ports>{});

  template <Direction D>
  static consteval std::size_t count() {
    return std::apply([](const auto&... port) { return (std::size_t{port.direction == D} + ... + 0u); }, Op::ports);
  }
  template <Direction D>
  static constexpr auto pointers = [] {
    std::array<const orrery_port*, count<D>()> chosen{};
    std::array<Direction, n_ports> directions{};
    std::size_t at = 0, n = 0;
    std::apply([&](const auto&... port) { ((directions[at++] = port.direction), ...); }, Op::ports);
    for (std::size_t i = 0; i < n_ports; ++i)
      if (directions[i] == D) chosen[n++] = &all[i];
    return chosen;
  }();

  static orrery_status run(const orrery_operation*, void*, orrery_call* raw) noexcept {
    return guarded(raw, [raw] {
      Call<Op> call(raw);
      Op::run(call);
    });
  }

 public:
  static constexpr orrery_operation operation{.struct_size = sizeof(orrery_operation),
                                              .flags = Op::info.flags(),
                                              .name = Op::info.name,
                                              .version = Op::info.version,
                                              .title = Op::info.title,
                                              .doc = Op::info.doc,
                                              .example = Op::info.example,
                                              .inputs = pointers<Direction::in>.data(),
                                              .outputs = pointers<Direction::out>.data(),
                                              .taps = pointers<Direction::tap>.data(),
                                              .n_inputs = count<Direction::in>(),
                                              .n_outputs = count<Direction::out>(),
                                              .n_taps = count<Direction::tap>(),
                                              .reserved = 0,
                                              .create = nullptr,
                                              .run = &run,
                                              .destroy = nullptr,
                                              .query = nullptr};
};

template <class... Op>
inline constexpr std::array<const orrery_operation*, sizeof...(Op)> operations{&Descriptor<Op>::operation...};

#if defined(__clang__)
#define ORRERY_BUILD_COMPILER "clang " __clang_version__
#else
#define ORRERY_BUILD_COMPILER "gcc " __VERSION__
#endif
#if defined(_LIBCPP_VERSION)
#define ORRERY_BUILD_LIBRARY ", libc++"
#else
#define ORRERY_BUILD_LIBRARY ", libstdc++"
#endif

template <class... Op>
constexpr orrery_plugin describe(const PluginInfo& info) {
  return {.magic = ORRERY_MAGIC,
          .struct_size = sizeof(orrery_plugin),
          .abi_major = ORRERY_ABI_MAJOR,
          .abi_minor = ORRERY_ABI_MINOR,
          .reserved = 0,
          .abi_fingerprint = ORRERY_ABI_FINGERPRINT,
          .name = info.name,
          .version = info.version,
          .title = info.title,
          .license = info.license,
          .build = ORRERY_BUILD_COMPILER ORRERY_BUILD_LIBRARY,
          .operations = operations<Op...>.data(),
          .n_operations = sizeof...(Op),
          .reserved2 = 0,
          .query = nullptr};
}

}  // namespace orrery::sdk

#define ORRERY_UNPACK(...) __VA_ARGS__
/// Defines the plugin's one exported symbol: its own facts in parentheses, then its operations.
#define ORRERY_PLUGIN(facts, ...)                                          \
  extern "C" ORRERY_EXPORT constinit const orrery_plugin orrery_plugin_0 = \
      orrery::sdk::describe<__VA_ARGS__>(orrery::sdk::PluginInfo{ORRERY_UNPACK facts});

// One call of a plugin's operation: progress, threads, taps, failures, and the table of functions.
// SPDX-License-Identifier: Apache-2.0
#include "engine/host/plugin_call.hpp"

#include <algorithm>
#include <limits>
#include <utility>

#include "engine/base/text.hpp"
#include "engine/host/float_environment.hpp"

namespace orrery::host {
namespace {

constexpr std::size_t max_message = 16'384;
constexpr std::uint64_t no_part = std::numeric_limits<std::uint64_t>::max();

/// Position in the outermost parallel loop that this thread works on.
thread_local std::uint64_t current_part = no_part;

/// For callers that lend nothing: never stops, drops what is said, runs loops on the spot.
class NoServices : public catalog::Services {
 public:
  bool poll(std::uint64_t, std::uint64_t) override { return false; }
  void log(catalog::LogLevel, std::string_view) override {}
  void tap(std::size_t, std::int64_t, value::Tensor) override {}
  std::uint32_t max_threads() const override { return 1; }
  std::int32_t parallel_for(std::uint64_t n, std::uint64_t grain,
                            std::int32_t (*body)(void*, std::uint64_t, std::uint64_t), void* user) override {
    for (std::uint64_t begin = 0; begin < n; begin += grain)
      if (const std::int32_t status = body(user, begin, begin + std::min(grain, n - begin))) return status;
    return ORRERY_OK;
  }
};

catalog::Services& services_of(const catalog::Call& call) {
  static NoServices none;
  return call.services ? *call.services : none;
}

catalog::LogLevel level_of(std::uint32_t level) {
  switch (level) {
    case ORRERY_LOG_DEBUG:
      return catalog::LogLevel::debug;
    case ORRERY_LOG_WARN:
      return catalog::LogLevel::warn;
    case ORRERY_LOG_ERROR:
      return catalog::LogLevel::error;
    default:
      return catalog::LogLevel::info;
  }
}

}  // namespace

/// A parallel loop of the operation while it runs.
struct PluginCall::Part {
  PluginCall* call;
  orrery_body body;
  void* user;
  std::uint64_t outer;  ///< the part of an outer loop that this loop is in
};

PluginCall::PluginCall(const catalog::OperationFacts& facts, const std::vector<OutputRule>& rules, catalog::Call& call)
    : orrery_call{sizeof(orrery_call), 1, &call_api(), call.taps_wanted, call.random_key},
      facts_(facts),
      rules_(rules),
      call_(call),
      services_(services_of(call)) {
  max_threads = services_.max_threads();
}

void PluginCall::begin() {
  taps_wanted = call_.taps_wanted;
  random_key = call_.random_key;
  told_to_stop_.store(false, std::memory_order_relaxed);
  changed_floats_.store(false, std::memory_order_relaxed);
  if (!failed()) return;
  failed_.store(false, std::memory_order_relaxed);
  failure_ = {};
  failed_part_ = 0;
  failure_is_final_ = false;
}

void PluginCall::end() {
  arena_.clear();
  tables_.clear();
}

orrery_status PluginCall::poll(std::uint64_t done, std::uint64_t total) {
  if (!services_.poll(done, total)) return ORRERY_OK;
  told_to_stop_.store(true, std::memory_order_relaxed);
  return ORRERY_STOPPED;
}

orrery_status PluginCall::fail(orrery_status status, std::string_view message) {
  return record({status < 0 ? status : ORRERY_E_INTERNAL, false, base::printable(message.substr(0, max_message))});
}

orrery_status PluginCall::broken(std::string message) { return record({ORRERY_E_INTERNAL, true, std::move(message)}); }

/// The first failure counts; of a parallel loop the first by position, so that the message never depends on threads.
orrery_status PluginCall::record(Failure failure) {
  const orrery_status status = failure.status;
  const std::lock_guard lock(failure_mutex_);
  const bool is_first = failure_.status == ORRERY_OK;
  if (!is_first && (failure_is_final_ || current_part >= failed_part_)) return status;
  failure_ = std::move(failure);
  failed_.store(true, std::memory_order_relaxed);
  failed_part_ = current_part;
  failure_is_final_ = current_part == no_part;
  return status;
}

void PluginCall::log(std::uint32_t level, std::string_view message) {
  services_.log(level_of(level), base::printable(message.substr(0, max_message)));
}

/// As in PluginOperation: what a plugin throws is caught where that can be done.
orrery_status PluginCall::invoke(const Part& part, std::uint64_t begin, std::uint64_t end) noexcept {
  using Throwing = orrery_status (*)(void*, std::uint64_t, std::uint64_t);
  const Throwing body = part.body;
  try {
    return body(part.user, begin, end);
  } catch (...) {
    return part.call->broken("an exception left the body of its parallel_for");
  }
}

std::int32_t PluginCall::run_part(void* user, std::uint64_t begin, std::uint64_t end) {
  const auto& part = *static_cast<const Part*>(user);
  const std::uint64_t part_before = std::exchange(current_part, part.outer == no_part ? begin : part.outer);
  const orrery_status status = invoke(part, begin, end);
  if (restore_floats_if_changed()) part.call->changed_floats_.store(true, std::memory_order_relaxed);
  current_part = part_before;
  return status;
}

orrery_status PluginCall::parallel_for(std::uint64_t n, std::uint64_t grain, orrery_body body, void* user) {
  if (n == 0) return ORRERY_OK;
  Part part{this, body, user, current_part};
  const orrery_status status = services_.parallel_for(n, std::max<std::uint64_t>(grain, 1), &run_part, &part);
  if (status == ORRERY_STOPPED) told_to_stop_.store(true, std::memory_order_relaxed);
  if (current_part == no_part && status != ORRERY_OK) {
    const std::lock_guard lock(failure_mutex_);
    failure_is_final_ = failure_.status != ORRERY_OK;
  }
  return status;
}

void PluginCall::tap(std::uint32_t tap, std::int64_t index, std::uint32_t dtype, Extents shape, const void* data) {
  if (tap >= facts_.taps.size() || !((call_.taps_wanted >> tap) & 1u)) return;
  const catalog::Port& declared = facts_.taps[tap];
  const auto type = static_cast<value::DType>(dtype);
  // Whether somebody listens must not decide whether a step succeeds, so a bad tap is only a warning.
  const auto warn = [&](const std::string& why) {
    services_.log(catalog::LogLevel::warn, "tap '" + declared.name + "' is dropped: " + why);
  };
  if ((dtype & (dtype - 1)) != 0 || !value::accepts(declared.dtypes, type))
    return warn("its element type is not the declared one");
  auto tensor = value::Tensor::allocate(type, {shape.begin(), shape.end()}, resolve(declared.unit));
  if (!tensor) return warn(tensor.error().message);
  if (data) std::copy_n(static_cast<const std::byte*>(data), tensor->bytes(), tensor->raw());
  services_.tap(tap, index, std::move(*tensor));
}

namespace {

PluginCall& of(orrery_call* call) { return *static_cast<PluginCall*>(call); }
std::string_view view(orrery_text text) {
  return text.data ? std::string_view(text.data, text.size) : std::string_view();
}

/// Larger ranks are no tensors of ours, and a wild rank must not be read through.
constexpr std::uint32_t max_rank = 32;

orrery_status out_tensor(orrery_call* call, std::uint32_t port, std::uint32_t dtype, std::uint32_t rank,
                         const std::int64_t* shape, orrery_tensor* out) noexcept {
  if (rank > max_rank || (rank > 0 && !shape))
    return of(call).broken("it makes a tensor of rank " + std::to_string(rank));
  return of(call).out_tensor(port, dtype, {shape, rank}, out);
}

void tap(orrery_call* call, std::uint32_t tap, std::int64_t index, std::uint32_t dtype, std::uint32_t rank,
         const std::int64_t* shape, const void* data) noexcept {
  if (rank <= max_rank && (rank == 0 || shape)) of(call).tap(tap, index, dtype, {shape, rank}, data);
}

constexpr orrery_call_api api{
    .struct_size = sizeof(orrery_call_api),
    .reserved = 0,
    .in_count = [](orrery_call* c, std::uint32_t port) noexcept { return of(c).in_count(port); },
    .in_tensor = [](orrery_call* c, std::uint32_t port, std::uint64_t element,
                    orrery_tensor* out) noexcept { return of(c).in_tensor(port, element, out); },
    .in_text = [](orrery_call* c, std::uint32_t port, std::uint64_t element,
                  orrery_text* out) noexcept { return of(c).in_text(port, element, out); },
    .in_table = [](orrery_call* c, std::uint32_t port, std::uint64_t element,
                   orrery_table* out) noexcept { return of(c).in_table(port, element, out); },
    .out_tensor = &out_tensor,
    .out_text = [](orrery_call* c, std::uint32_t port,
                   orrery_text value) noexcept { return of(c).out_text(port, view(value)); },
    .out_table = [](orrery_call* c, std::uint32_t port,
                    std::int64_t rows) noexcept { return of(c).out_table(port, rows); },
    .out_column = [](orrery_call* c, std::uint32_t port, orrery_text name, std::uint32_t dtype, const orrery_text* unit,
                     void** data) noexcept { return of(c).out_column(port, view(name), dtype, unit, data); },
    .out_column_text =
        [](orrery_call* c, std::uint32_t port, orrery_text name, const orrery_text* values) noexcept {
          return of(c).out_column_text(port, view(name), values);
        },
    .poll = [](orrery_call* c, std::uint64_t done, std::uint64_t total) noexcept { return of(c).poll(done, total); },
    .fail = [](orrery_call* c, orrery_status status,
               orrery_text message) noexcept { return of(c).fail(status, view(message)); },
    .log = [](orrery_call* c, std::uint32_t level, orrery_text message) noexcept { of(c).log(level, view(message)); },
    .scratch = [](orrery_call* c, std::uint64_t bytes) noexcept { return of(c).scratch(bytes); },
    .parallel_for = [](orrery_call* c, std::uint64_t n, std::uint64_t grain, orrery_body body,
                       void* user) noexcept { return of(c).parallel_for(n, grain, body, user); },
    .tap = &tap,
    .query = [](orrery_call*, const char*) noexcept -> const void* { return nullptr; },
};

}  // namespace

const orrery_call_api& call_api() { return api; }

}  // namespace orrery::host

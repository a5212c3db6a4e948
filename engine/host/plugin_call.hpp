// One call of a plugin's operation from the host's side: what the functions of <orrery/abi/call.h> work on.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <orrery/abi/call.h>

#include "engine/catalog/operation.hpp"
#include "engine/host/arena.hpp"

namespace orrery::host {

using Extents = std::span<const std::int64_t>;

/// What of an output is looked up by index in every call.
struct OutputRule {
  std::optional<std::size_t> dtype_like, in_place;  ///< inputs
};

/// Why a call fails.
struct Failure {
  orrery_status status = ORRERY_OK;
  bool promise_broken = false;  ///< the host found it; otherwise the operation said so
  std::string message;
};

/// The operation gets it as its orrery_call and hands it back to the functions of the table.
/// 1. Made at the first run with a catalog::Call, and kept with that.
/// 2. begin() before each run forgets what the last one left, end() after it frees what it took.
class PluginCall final : public orrery_call, public catalog::Prepared {
 public:
  PluginCall(const catalog::OperationFacts& facts, const std::vector<OutputRule>& rules, catalog::Call& call);
  void begin();
  void end();
  PluginCall(const PluginCall&) = delete;
  PluginCall& operator=(const PluginCall&) = delete;

  // One for each function of the table.
  std::uint64_t in_count(std::uint32_t port) const;
  orrery_status in_tensor(std::uint32_t port, std::uint64_t element, orrery_tensor* out);
  orrery_status in_text(std::uint32_t port, std::uint64_t element, orrery_text* out);
  orrery_status in_table(std::uint32_t port, std::uint64_t element, orrery_table* out);
  orrery_status out_tensor(std::uint32_t port, std::uint32_t dtype, Extents shape, orrery_tensor* out);
  orrery_status out_text(std::uint32_t port, std::string_view text);
  orrery_status out_table(std::uint32_t port, std::int64_t rows);
  orrery_status out_column(std::uint32_t port, std::string_view name, std::uint32_t dtype, const orrery_text* unit,
                           void** data);
  orrery_status out_column_text(std::uint32_t port, std::string_view name, const orrery_text* values);
  orrery_status poll(std::uint64_t done, std::uint64_t total);
  orrery_status fail(orrery_status status, std::string_view message);
  void log(std::uint32_t level, std::string_view message);
  void* scratch(std::uint64_t bytes) { return arena_.allocate(bytes); }
  orrery_status parallel_for(std::uint64_t n, std::uint64_t grain, orrery_body body, void* user);
  void tap(std::uint32_t tap, std::int64_t index, std::uint32_t dtype, Extents shape, const void* data);

  /// Records that the operation does something that its description or the interface rules out.
  orrery_status broken(std::string message);
  /// Required outputs that were not made are failures; the tables become values.
  void check_promises();
  bool failed() const { return failed_.load(std::memory_order_relaxed); }
  const Failure& failure() const { return failure_; }
  bool changed_float_environment() const { return changed_floats_.load(std::memory_order_relaxed); }
  bool was_told_to_stop() const { return told_to_stop_.load(std::memory_order_relaxed); }

 private:
  struct Part;

  const value::Value* input(std::uint32_t port, std::uint64_t element) const {
    const auto& values = call_.inputs[port];
    return element < values.size() ? values[element] : nullptr;
  }
  template <class T>
  orrery_status find_input(std::uint32_t port, std::uint64_t element, const T*& found);
  orrery_status fill_table(const value::Table& table, orrery_table* out);
  bool fill_column(const value::Column& column, orrery_column& out);
  const catalog::Port* output(std::uint32_t port, catalog::Kind kind);
  value::Table* table_of(std::uint32_t port);
  orrery_status no_table(std::uint32_t port);
  std::optional<std::string> dtype_problem(std::uint32_t port, std::uint32_t dtype) const;
  value::Tensor* left_over(std::uint32_t port, std::uint32_t dtype, Extents shape);
  void reuse(std::uint32_t port);
  orrery_status allocate(std::uint32_t port, value::DType dtype, Extents shape);
  const value::Unit& unit_of(std::uint32_t port) const;
  bool may_reuse(std::uint32_t port, value::DType dtype, Extents shape) const;
  base::Result<value::Unit> column_unit(const catalog::Port* declared, const orrery_text* given) const;
  value::Unit resolve(const catalog::UnitPattern& pattern) const;
  void finish_table(std::uint32_t port);
  orrery_status record(Failure failure);
  static orrery_status invoke(const Part& part, std::uint64_t begin, std::uint64_t end) noexcept;
  static std::int32_t run_part(void* user, std::uint64_t begin, std::uint64_t end);

  const catalog::OperationFacts& facts_;
  const std::vector<OutputRule>& rules_;
  catalog::Call& call_;
  catalog::Services& services_;
  Arena arena_;
  std::vector<std::shared_ptr<value::Table>> tables_;  ///< shared only because values share tables
  std::atomic<bool> told_to_stop_{false}, changed_floats_{false}, failed_{false};
  std::mutex failure_mutex_;
  Failure failure_;
  std::uint64_t failed_part_ = 0;
  bool failure_is_final_ = false;
};

/// The table of functions that every call carries.
const orrery_call_api& call_api();

}  // namespace orrery::host

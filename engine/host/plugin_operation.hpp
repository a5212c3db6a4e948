// An operation of a plugin as the catalog's abstract operation.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <mutex>
#include <vector>

#include "engine/catalog/operation.hpp"
#include "engine/host/descriptor.hpp"
#include "engine/host/plugin_call.hpp"

namespace orrery::host {

/// 1. Made once from a checked description.
/// 2. run() from any threads; each call borrows a prepared instance, if the operation makes any.
/// 3. Destroyed with the catalog: the instances go, the library stays.
class PluginOperation final : public catalog::Operation {
 public:
  explicit PluginOperation(OperationDescription description);
  ~PluginOperation() override;

  /// Outcome::status of a failure: invalid, range, shape, numeric, memory, io, unsupported, internal, broken_promise.
  catalog::Outcome run(catalog::Call& call) const override;

 private:
  PluginCall& prepared_call(catalog::Call& call) const;
  bool take_instance(void*& instance) const;
  void give_back(void* instance) const;
  orrery_status invoke(void* instance, PluginCall& call) const noexcept;
  void warn_of_float_environment(const catalog::Call& call) const;

  const orrery_operation* raw_;
  std::vector<OutputRule> rules_;
  mutable std::mutex instances_mutex_;
  mutable std::vector<void*> instances_;  ///< idle ones
  mutable std::atomic<bool> warned_{false};
};

}  // namespace orrery::host

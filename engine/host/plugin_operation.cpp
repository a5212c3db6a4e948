// An operation of a plugin as the catalog's abstract operation.
// SPDX-License-Identifier: Apache-2.0
#include "engine/host/plugin_operation.hpp"

#include <string>

#include "engine/host/float_environment.hpp"

namespace orrery::host {
namespace {

using catalog::Outcome;

std::string_view status_name(orrery_status status) {
  switch (status) {
    case ORRERY_E_INVALID:
      return "invalid";
    case ORRERY_E_RANGE:
      return "range";
    case ORRERY_E_SHAPE:
      return "shape";
    case ORRERY_E_NUMERIC:
      return "numeric";
    case ORRERY_E_MEMORY:
      return "memory";
    case ORRERY_E_IO:
      return "io";
    case ORRERY_E_UNSUPPORTED:
      return "unsupported";
    default:
      return "internal";
  }
}

Outcome failed(std::string_view status, std::string message) {
  return {Outcome::Kind::failed, std::string(status), std::move(message)};
}

Outcome failed_with(const Failure& failure) {
  if (failure.promise_broken) return failed("broken_promise", failure.message);
  return failed(status_name(failure.status), failure.message);
}

Outcome failed_without_message(orrery_status status) {
  const bool known = status <= ORRERY_E_INVALID && status >= ORRERY_E_INTERNAL;
  if (known) return failed(status_name(status), "it gives no reason");
  return failed("internal", "it returned " + std::to_string(status) + ", which is no status");
}

Outcome outcome_of(orrery_status status, PluginCall& call) {
  if (call.failed()) return failed_with(call.failure());
  if (status < 0) return failed_without_message(status);
  if (status == ORRERY_STOPPED) {
    if (call.was_told_to_stop()) return {Outcome::Kind::stopped, "", ""};
    return failed("broken_promise", "it says that it was stopped, but nobody asked it to stop");
  }
  call.check_promises();
  if (call.failed()) return failed_with(call.failure());
  return {};
}

}  // namespace

PluginOperation::PluginOperation(OperationDescription description)
    : Operation(std::move(description.facts)), raw_(description.raw) {
  for (const catalog::Port& port : facts().outputs)
    rules_.push_back({facts().input(port.dtype_like), facts().input(port.in_place)});
}

PluginOperation::~PluginOperation() {
  for (void* instance : instances_) raw_->destroy(raw_, instance);
}

bool PluginOperation::take_instance(void*& instance) const {
  if (!raw_->create) return true;
  {
    const std::lock_guard lock(instances_mutex_);
    if (!instances_.empty()) {
      instance = instances_.back();
      instances_.pop_back();
      return true;
    }
  }
  return raw_->create(raw_, &instance) == ORRERY_OK;
}

void PluginOperation::give_back(void* instance) const {
  if (!raw_->create) return;
  const std::lock_guard lock(instances_mutex_);
  instances_.push_back(instance);
}

/// An exception must not leave a plugin. When one does, it can mostly be caught here; with another C++ runtime in the
/// plugin it cannot, and the process ends at this function's own boundary.
orrery_status PluginOperation::invoke(void* instance, PluginCall& call) const noexcept {
  // Seen as noexcept, the call would be compiled without the handler.
  using Throwing = orrery_status (*)(const orrery_operation*, void*, orrery_call*);
  const Throwing function = raw_->run;
  try {
    return function(raw_, instance, &call);
  } catch (...) {
    return call.broken("an exception left it; build it so that run() is noexcept");
  }
}

void PluginOperation::warn_of_float_environment(const catalog::Call& call) const {
  if (warned_.exchange(true) || !call.services) return;
  call.services->log(catalog::LogLevel::warn,
                     "'" + facts().name + "' changed how floating-point numbers are computed; it was put right again");
}

PluginCall& PluginOperation::prepared_call(catalog::Call& call) const {
  if (!call.prepared) {
    call.outputs.resize(facts().outputs.size());
    call.prepared = std::make_unique<PluginCall>(facts(), rules_, call);
  }
  return static_cast<PluginCall&>(*call.prepared);
}

Outcome PluginOperation::run(catalog::Call& call) const {
  ORRERY_ASSERT(call.inputs.size() == facts().inputs.size());
  void* instance = nullptr;
  if (!take_instance(instance)) return failed("internal", "it could not prepare an instance");
  PluginCall& plugin_call = prepared_call(call);
  plugin_call.begin();
  const orrery_status status = invoke(instance, plugin_call);
  if (restore_floats_if_changed() || plugin_call.changed_float_environment()) warn_of_float_environment(call);
  give_back(instance);
  Outcome outcome = outcome_of(status, plugin_call);
  plugin_call.end();
  if (outcome.kind != Outcome::Kind::done)
    for (auto& output : call.outputs) output.reset();
  return outcome;
}

}  // namespace orrery::host

// A loop as an operation: runs the plan of one pass again and again, and hands on what the passes leave.
// SPDX-License-Identifier: Apache-2.0
#include "engine/run/loop_operation.hpp"

#include <new>

#include "engine/run/passes.hpp"

namespace orrery::run {

LoopOperation::LoopOperation(const plan::PlannedStep& step, const RunOptions& options)
    : Operation(catalog::OperationFacts(step.operation->facts())), planned_(step), options_(options) {}

catalog::Outcome LoopOperation::run(catalog::Call& call) const try {
  return Passes(planned_, options_, call).run();
} catch (const std::bad_alloc&) {
  catalog::Outcome outcome;
  outcome.kind = catalog::Outcome::Kind::failed;
  outcome.errors.push_back(base::Error(base::ErrorCode::out_of_memory,
                                       "loop '" + planned_.name + "': there is no memory for what its passes leave")
                               .at(planned_.span)
                               .help("record = { every = N } keeps fewer rows"));
  return outcome;
}

}  // namespace orrery::run

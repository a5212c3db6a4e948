// A loop as an operation: runs the plan of one pass again and again, and hands on what the passes leave.
// SPDX-License-Identifier: Apache-2.0
#include "engine/run/loop_operation.hpp"

#include "engine/run/passes.hpp"

namespace orrery::run {

LoopOperation::LoopOperation(const plan::PlannedStep& step, const RunOptions& options)
    : Operation(catalog::OperationFacts(step.operation->facts())), planned_(step), options_(options) {}

catalog::Outcome LoopOperation::run(catalog::Call& call) const { return Passes(planned_, options_, call).run(); }

}  // namespace orrery::run

// A loop as an operation: runs the plan of one pass again and again, and hands on what the passes leave.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/run/run.hpp"

namespace orrery::run {

/// Steps of a pass run one after the other; each may use all threads. A pass is committed as a whole: states change
/// only when all next values are there.
class LoopOperation final : public catalog::Operation {
 public:
  /// @param options  of the run around the loop
  LoopOperation(const plan::PlannedStep& step, const RunOptions& options);

  /// Failures have errors that name the loop and the pass.
  catalog::Outcome run(catalog::Call& call) const override;

 private:
  const plan::PlannedStep& planned_;
  RunOptions options_;
};

}  // namespace orrery::run

// The plugin 'tensor': the glue between the others.
// SPDX-License-Identifier: Apache-2.0
#include <orrery/sdk/plugin.hpp>

#include "plugins/tensor/ops/arithmetic_op.hpp"
#include "plugins/tensor/ops/concatenate_op.hpp"
#include "plugins/tensor/ops/linspace_op.hpp"
#include "plugins/tensor/ops/random_op.hpp"
#include "plugins/tensor/ops/reduce_op.hpp"
#include "plugins/tensor/ops/select_op.hpp"
#include "plugins/tensor/ops/slice_op.hpp"
#include "plugins/tensor/ops/stack_op.hpp"

namespace t = orrery::tensor;

ORRERY_PLUGIN((.name = "tensor", .version = "0.1.0", .title = "Selecting, joining, reducing and arithmetic on tensors",
               .license = "Apache-2.0"),
              t::Add, t::Concatenate, t::Divide, t::Linspace, t::Multiply, t::Normal, t::Reduce, t::Select,
              t::SliceOperation, t::Stack, t::Subtract, t::Uniform)

// The plugin 'optimizer': update rules, and the dynamics of learning.
// SPDX-License-Identifier: Apache-2.0
#include <orrery/sdk/plugin.hpp>

#include "plugins/optimizer/ops/adam_op.hpp"
#include "plugins/optimizer/ops/begin_op.hpp"
#include "plugins/optimizer/ops/sgd_op.hpp"

namespace o = orrery::optimizer;

ORRERY_PLUGIN((.name = "optimizer", .version = "0.1.0", .title = "Update rules, and the dynamics of learning",
               .license = "Apache-2.0"),
              o::Adam, o::AdamW, o::AmsGrad, o::Begin, o::Sgd)

// The plugin 'attention': what attention knows of positions.
// SPDX-License-Identifier: Apache-2.0
#include <orrery/sdk/plugin.hpp>

#include "plugins/attention/ops/attend_op.hpp"
#include "plugins/attention/ops/nope_law_op.hpp"
#include "plugins/attention/ops/relative_bias_op.hpp"
#include "plugins/attention/ops/rotary_op.hpp"
#include "plugins/attention/ops/statistics_op.hpp"

namespace a = orrery::attention;

ORRERY_PLUGIN((.name = "attention", .version = "0.1.0", .title = "Softmax attention and what it knows of positions",
               .license = "Apache-2.0"),
              a::Attend, a::NopeDeviation, a::NopeLawOperation, a::RelativeBias, a::Resolution, a::RotaryFrequencies,
              a::Rotate, a::Sinusoidal, a::Statistics, a::Weights)

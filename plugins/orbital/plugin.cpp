// The plugin 'orbital': two-body mechanics.
// SPDX-License-Identifier: Apache-2.0
#include <orrery/sdk/plugin.hpp>

#include "plugins/orbital/ops/anomaly_convert_op.hpp"
#include "plugins/orbital/ops/elements_to_state_op.hpp"
#include "plugins/orbital/ops/hodograph_op.hpp"
#include "plugins/orbital/ops/invariants_op.hpp"
#include "plugins/orbital/ops/kepler_solve_op.hpp"
#include "plugins/orbital/ops/propagate_op.hpp"
#include "plugins/orbital/ops/transition_op.hpp"
#include "plugins/orbital/ops/vis_viva_op.hpp"

namespace o = orrery::orbital;

ORRERY_PLUGIN((.name = "orbital", .version = "0.1.0", .title = "Orbital mechanics of two bodies",
               .license = "Apache-2.0"),
              o::AnomalyConvert, o::Barker, o::ElementsToState, o::HodographOperation, o::InvariantsOperation,
              o::KeplerHyperbolic, o::KeplerSolve, o::Propagate, o::PropagateState, o::StateToElements, o::Transition,
              o::VisViva)

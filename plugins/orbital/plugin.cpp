// The plugin 'orbital': two-body mechanics.
// SPDX-License-Identifier: Apache-2.0
#include <orrery/sdk/plugin.hpp>

#include "plugins/orbital/ops/anomaly_convert_op.hpp"
#include "plugins/orbital/ops/calendar_op.hpp"
#include "plugins/orbital/ops/elements_to_state_op.hpp"
#include "plugins/orbital/ops/hodograph_op.hpp"
#include "plugins/orbital/ops/invariants_op.hpp"
#include "plugins/orbital/ops/kepler_solve_op.hpp"
#include "plugins/orbital/ops/mpc_comets_op.hpp"
#include "plugins/orbital/ops/oem_read_op.hpp"
#include "plugins/orbital/ops/opm_read_op.hpp"
#include "plugins/orbital/ops/propagate_op.hpp"
#include "plugins/orbital/ops/sgp4_op.hpp"
#include "plugins/orbital/ops/tle_parse_op.hpp"
#include "plugins/orbital/ops/vis_viva_op.hpp"

namespace o = orrery::orbital;

ORRERY_PLUGIN((.name = "orbital", .version = "0.1.0", .title = "Orbital mechanics of two bodies",
               .license = "Apache-2.0"),
              o::AnomalyConvert, o::Barker, o::Calendar, o::ElementsToState, o::Epoch, o::HodographOperation,
              o::InvariantsOperation, o::KeplerHyperbolic, o::KeplerSolve, o::MpcComets, o::OemInterpolate, o::OemRead,
              o::OemWrite, o::OpmRead, o::OpmWrite, o::Propagate, o::PropagateState, o::Sgp4Operation,
              o::StateToElements, o::TemeToPef, o::TleParse, o::VisViva)

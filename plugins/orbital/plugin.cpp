// The plugin 'orbital': orbital mechanics.
// SPDX-License-Identifier: Apache-2.0
#include <orrery/sdk/plugin.hpp>

#include "plugins/orbital/ops/anomaly_convert_op.hpp"
#include "plugins/orbital/ops/calendar_op.hpp"
#include "plugins/orbital/ops/conic_check_op.hpp"
#include "plugins/orbital/ops/elements_to_state_op.hpp"
#include "plugins/orbital/ops/equinoctial_op.hpp"
#include "plugins/orbital/ops/find_events_op.hpp"
#include "plugins/orbital/ops/hodograph_op.hpp"
#include "plugins/orbital/ops/hohmann_op.hpp"
#include "plugins/orbital/ops/integrate_nbody_op.hpp"
#include "plugins/orbital/ops/integrate_op.hpp"
#include "plugins/orbital/ops/invariants_op.hpp"
#include "plugins/orbital/ops/kepler3_op.hpp"
#include "plugins/orbital/ops/kepler_solve_op.hpp"
#include "plugins/orbital/ops/lagrange_points_op.hpp"
#include "plugins/orbital/ops/lambert_op.hpp"
#include "plugins/orbital/ops/mpc_comets_op.hpp"
#include "plugins/orbital/ops/oem_read_op.hpp"
#include "plugins/orbital/ops/opm_read_op.hpp"
#include "plugins/orbital/ops/propagate_op.hpp"
#include "plugins/orbital/ops/radial_time_op.hpp"
#include "plugins/orbital/ops/secular_rates_op.hpp"
#include "plugins/orbital/ops/sgp4_op.hpp"
#include "plugins/orbital/ops/tle_parse_op.hpp"
#include "plugins/orbital/ops/transition_op.hpp"
#include "plugins/orbital/ops/vis_viva_op.hpp"

namespace o = orrery::orbital;

ORRERY_PLUGIN((.name = "orbital", .version = "0.1.0", .title = "Orbital mechanics", .license = "Apache-2.0"),
              o::AnomalyConvert, o::ArealRate, o::Barker, o::BiellipticOperation, o::Calendar, o::ConicCheck,
              o::DelaunayToState, o::ElementsToState, o::Epoch, o::EquinoctialToState, o::FindEvents,
              o::HodographOperation, o::HohmannOperation, o::Integrate, o::IntegrateCr3bp, o::IntegrateNbody,
              o::InvariantsDrift, o::InvariantsOperation, o::JacobiConstant, o::Kepler3, o::KeplerHyperbolic,
              o::KeplerSolve, o::LagrangePointsOperation, o::LambertOperation, o::MpcComets, o::OemInterpolate,
              o::OemRead, o::OemWrite, o::OpmRead, o::OpmWrite, o::PlaneChangeOperation, o::Propagate,
              o::PropagateState, o::RadialPosition, o::RadialTime, o::SecularRatesOperation, o::Sgp4Operation,
              o::StateToDelaunay, o::StateToElements, o::StateToEquinoctial, o::TemeToPef, o::TleParse, o::Transition,
              o::VisViva)

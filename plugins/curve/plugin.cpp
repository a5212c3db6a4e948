// The plugin 'curve': geometry of curves.
// SPDX-License-Identifier: Apache-2.0
#include <orrery/sdk/plugin.hpp>

#include "plugins/curve/ops/clothoid_fit_op.hpp"
#include "plugins/curve/ops/curvature_from_derivatives_op.hpp"
#include "plugins/curve/ops/curvature_op.hpp"
#include "plugins/curve/ops/fit_circle_op.hpp"
#include "plugins/curve/ops/fit_helix_op.hpp"
#include "plugins/curve/ops/rigid_align_op.hpp"
#include "plugins/curve/ops/smooth_op.hpp"
#include "plugins/curve/ops/spline_curvature_op.hpp"
#include "plugins/curve/ops/turning_number_op.hpp"
#include "plugins/curve/ops/writhe_op.hpp"

namespace c = orrery::curve;

ORRERY_PLUGIN((.name = "curve", .version = "0.1.0", .title = "Curvature, torsion, frames and fits of curves",
               .license = "Apache-2.0"),
              c::Curvature, c::CurvatureFromDerivatives, c::FitCircle, c::TurningNumber, c::WindingNumber,
              c::TotalCurvature, c::Writhe, c::Twist, c::LinkingNumber, c::SelfLinkingNumber, c::Smooth, c::ClothoidFit,
              c::FresnelIntegrals, c::RigidAlign, c::FrechetDistance, c::HausdorffDistance, c::FitLine,
              c::SplineCurvature, c::FitHelix)

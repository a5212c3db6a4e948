// The plugin 'curve': geometry of curves.
// SPDX-License-Identifier: Apache-2.0
#include <orrery/sdk/plugin.hpp>

#include "plugins/curve/ops/arc_length_op.hpp"
#include "plugins/curve/ops/constant_curvature_op.hpp"
#include "plugins/curve/ops/curvature_from_derivatives_op.hpp"
#include "plugins/curve/ops/curvature_op.hpp"
#include "plugins/curve/ops/evolute_op.hpp"
#include "plugins/curve/ops/fit_circle_op.hpp"
#include "plugins/curve/ops/frame_op.hpp"
#include "plugins/curve/ops/named_op.hpp"
#include "plugins/curve/ops/reconstruct_plane_op.hpp"
#include "plugins/curve/ops/reconstruct_space_op.hpp"

namespace c = orrery::curve;

ORRERY_PLUGIN((.name = "curve", .version = "0.1.0", .title = "Curvature, torsion, frames and fits of curves",
               .license = "Apache-2.0"),
              c::ArcLength, c::BishopFrame, c::ConstantCurvature, c::Curvature, c::CurvatureFromDerivatives, c::Evolute,
              c::FitCircle, c::Frame, c::GaussNodes, c::Involute, c::Named, c::NamedArcLength, c::Offset,
              c::Reconstruct, c::ReconstructPlane, c::ReconstructSpace, c::ReconstructSurface, c::ResampleByArc,
              c::RotateAbout)

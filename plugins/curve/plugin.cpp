// The plugin 'curve': geometry of curves.
// SPDX-License-Identifier: Apache-2.0
#include <orrery/sdk/plugin.hpp>

#include "plugins/curve/ops/arc_length_op.hpp"
#include "plugins/curve/ops/bertrand_mate_op.hpp"
#include "plugins/curve/ops/classify_op.hpp"
#include "plugins/curve/ops/clothoid_fit_op.hpp"
#include "plugins/curve/ops/complex_ode_op.hpp"
#include "plugins/curve/ops/constant_curvature_op.hpp"
#include "plugins/curve/ops/curvature_from_derivatives_op.hpp"
#include "plugins/curve/ops/curvature_op.hpp"
#include "plugins/curve/ops/evolute_op.hpp"
#include "plugins/curve/ops/fit_circle_op.hpp"
#include "plugins/curve/ops/fit_helix_op.hpp"
#include "plugins/curve/ops/frame_op.hpp"
#include "plugins/curve/ops/named_op.hpp"
#include "plugins/curve/ops/reconstruct_plane_op.hpp"
#include "plugins/curve/ops/reconstruct_space_op.hpp"
#include "plugins/curve/ops/rigid_align_op.hpp"
#include "plugins/curve/ops/self_intersections_op.hpp"
#include "plugins/curve/ops/smooth_op.hpp"
#include "plugins/curve/ops/spline_curvature_op.hpp"
#include "plugins/curve/ops/turning_number_op.hpp"
#include "plugins/curve/ops/writhe_op.hpp"

namespace c = orrery::curve;

ORRERY_PLUGIN((.name = "curve", .version = "0.1.0", .title = "Curvature, torsion, frames and fits of curves",
               .license = "Apache-2.0"),
              c::ArcLength, c::BertrandMate, c::BishopFrame, c::Classify, c::ClothoidFit, c::ComplexOde,
              c::ConstantCurvature, c::Curvature, c::CurvatureFromDerivatives, c::Evolute, c::FindSelfIntersections,
              c::FitCircle, c::FitHelix, c::FitLine, c::Frame, c::FrechetDistance, c::FresnelIntegrals, c::GaussNodes,
              c::HausdorffDistance, c::Involute, c::LinkingNumber, c::MannheimMate, c::Named, c::NamedArcLength,
              c::Offset, c::Reconstruct, c::ReconstructPlane, c::ReconstructSpace, c::ReconstructSurface,
              c::ResampleByArc, c::RigidAlign, c::RotateAbout, c::SelfLinkingNumber, c::Smooth, c::SplineCurvature,
              c::TotalCurvature, c::TurningNumber, c::Twist, c::WindingNumber, c::Writhe)

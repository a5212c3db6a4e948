// The plugin 'optimizer': update rules, and the dynamics of learning.
// SPDX-License-Identifier: Apache-2.0
#include <orrery/sdk/plugin.hpp>

#include "plugins/optimizer/ops/adam_op.hpp"
#include "plugins/optimizer/ops/begin_op.hpp"
#include "plugins/optimizer/ops/clip_norm_op.hpp"
#include "plugins/optimizer/ops/dynamics_op.hpp"
#include "plugins/optimizer/ops/infonce_op.hpp"
#include "plugins/optimizer/ops/lamb_op.hpp"
#include "plugins/optimizer/ops/muon_op.hpp"
#include "plugins/optimizer/ops/noise_scale_op.hpp"
#include "plugins/optimizer/ops/optimal_lr_op.hpp"
#include "plugins/optimizer/ops/perceptron_op.hpp"
#include "plugins/optimizer/ops/quadratic_op.hpp"
#include "plugins/optimizer/ops/rmsprop_op.hpp"
#include "plugins/optimizer/ops/schedule_free_op.hpp"
#include "plugins/optimizer/ops/schedule_op.hpp"
#include "plugins/optimizer/ops/sgd_op.hpp"
#include "plugins/optimizer/ops/signsgd_op.hpp"

namespace o = orrery::optimizer;

ORRERY_PLUGIN((.name = "optimizer", .version = "0.1.0", .title = "Update rules, and the dynamics of learning",
               .license = "Apache-2.0"),
              o::Adam, o::AdamW, o::AmsGrad, o::Begin, o::ClipNorm, o::ClipValue, o::ContrastiveGradientOperation,
              o::DiracGanOperation, o::FitStepsExamples, o::GradientShape, o::InfonceOperation, o::Lamb, o::Lion,
              o::LrScale, o::LrSurface, o::LrSurge, o::Muon, o::NoiseFromNorms, o::NoiseScale, o::OptimalLr,
              o::PerceptronOperation, o::PostHocAverage, o::Quadratic, o::QuadraticMoments, o::Rmsprop, o::Rosenbrock,
              o::SampleLr, o::ScheduleFree, o::ScheduleOperation, o::Sgd, o::SignLawOperation, o::SignSgd, o::Softsign,
              o::StabilityThreshold, o::StepMomentsOperation)

// The plugin 'matrix': products, factorisations and approximations of matrices.
// SPDX-License-Identifier: Apache-2.0
#include <orrery/sdk/plugin.hpp>

#include "plugins/matrix/ops/compare_op.hpp"
#include "plugins/matrix/ops/cr_select_op.hpp"
#include "plugins/matrix/ops/cur_op.hpp"
#include "plugins/matrix/ops/error_estimate_op.hpp"
#include "plugins/matrix/ops/interpolative_op.hpp"
#include "plugins/matrix/ops/leverage_op.hpp"
#include "plugins/matrix/ops/multiply_op.hpp"
#include "plugins/matrix/ops/pinv_op.hpp"
#include "plugins/matrix/ops/pivoted_cholesky_op.hpp"
#include "plugins/matrix/ops/read_market_op.hpp"
#include "plugins/matrix/ops/sparse_svd_op.hpp"
#include "plugins/matrix/ops/spectrum_op.hpp"
#include "plugins/matrix/ops/stream_svd_op.hpp"
#include "plugins/matrix/ops/svd_op.hpp"

namespace m = orrery::matrix;

ORRERY_PLUGIN((.name = "matrix", .version = "0.1.0", .title = "Products, factorisations and approximations of matrices",
               .license = "Apache-2.0"),
              m::Compare, m::CrExpectedError, m::CrMonteCarlo, m::CrMultiply, m::CrSelect, m::CurOperation, m::Deim,
              m::ErrorEstimateOperation, m::InterpolativeOperation, m::Leverage, m::Multiply, m::NystromOperation,
              m::Pinv, m::PivotedCholesky, m::ReadMarket, m::SparseMultiply, m::SparseSvdOperation, m::Spectrum,
              m::StreamSvdOperation, m::SvdOperation)

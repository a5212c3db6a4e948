// Eight problems of Lambert side by side, and the kernels for different processors that solve them alike.
// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace orrery::orbital::detail {

inline constexpr int block_size = 8;

/// Problems without revolutions, component by component, and what becomes of them.
struct LambertBlock {
  alignas(64) double position1[3][block_size];
  alignas(64) double position2[3][block_size];
  alignas(64) double time_of_flight[block_size];
  alignas(64) double mu[block_size];
  alignas(64) double normal[3][block_size];  ///< decides the sense; zero where `turn` alone does
  alignas(64) double turn[block_size];       ///< 1 with the normal, -1 against it

  alignas(64) double velocity1[3][block_size];
  alignas(64) double velocity2[3][block_size];
  alignas(64) double axis[block_size];
  alignas(64) double error[block_size];
  alignas(64) double steps[block_size];
  alignas(64) double lambda[block_size], gap[block_size], time[block_size];  ///< as TransferNumbers
  alignas(64) double good[block_size];  ///< 1 where the results hold; 0 where the problem is for the careful solver
};

using BlockSolver = void (*)(LambertBlock&);

void solve_block_baseline(LambertBlock& block);
void solve_block_avx2(LambertBlock& block);
void solve_block_avx512(LambertBlock& block);

/// The first row alone, with the same bits.
void solve_row(LambertBlock& block);

/// The fastest that this processor can run.
BlockSolver best_block_solver();

}  // namespace orrery::orbital::detail

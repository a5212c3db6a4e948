// The roots of Lambert's flight time, found without fail: one without revolutions, two with each number of them.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "plugins/orbital/core/lambert.hpp"

namespace orrery::orbital::detail {

/// Lancaster and Blanchard's numbers of a transfer.
struct TransferNumbers {
  double lambda = 0.0;  ///< in [-1, 1]
  double gap = 1.0;     ///< 1 - lambda^2
  double time = 1.0;    ///< T = sqrt(2 mu/s^3) t
};

/// x = anchor + offset.
struct TransferRoot {
  double anchor = 0.0;
  double offset = 0.0;
  double error = 0.0;  ///< T(x)/T - 1
  int steps = 0;
  bool found = false;
};

/// The flight time at a place, with revolutions.
double flight_time(const TransferNumbers& transfer, int revolutions, double anchor, double offset);

/// @param revolutions >= 0   @returns found = false if the time is too short for so many revolutions
/// @accuracy 2e-15 of T, or the last bit of x where T(x) is steep (measured)
TransferRoot transfer_root(const TransferNumbers& transfer, int revolutions, TransferBranch branch);

/// The largest number of revolutions for which there is a root; 2^31 - 1 stands for more.
int most_revolutions(const TransferNumbers& transfer);

}  // namespace orrery::orbital::detail

// The Sun and the five outer planets at JD 2440400.5: the initial conditions of Applegate et al. 1986.
// SPDX-License-Identifier: Apache-2.0
//
// Applegate, Douglas, Guersel, Hunter, Seitz and Sussman, IEEE Transactions on Computers C-34 (1985) 822; Astronomical
// Journal 92 (1986) 176. Astronomical units and days; the masses of the inner planets are those of the Sun's.
#pragma once

#include <vector>

namespace orrery::orbital::test {

struct OuterSolarSystem {
  std::vector<double> gravity, position, velocity;

  OuterSolarSystem() {
    constexpr double k = 0.01720209895;
    for (const double mass : {1.00000597682, 1 / 1047.355, 1 / 3501.6, 1 / 22869., 1 / 19314., 7.4074074e-09})
      gravity.push_back(k * k * mass);
    position = {-4.06428567034226e-3, -6.08813756435987e-3, -1.66162304225834e-6, 3.40546614227466,
                3.62978190075864,     3.42386261766577e-2,  6.60801554403466,     6.38084674585064,
                -1.36145963724542e-1, 11.1636331405597,     16.0373479057256,     3.61783279369958e-1,
                -30.1777243405203,    1.91155314998064,     -1.53887595621042e-1, -21.3858977531573,
                32.0719104739886,     2.49245689556096};
    velocity = {6.69048890636161e-6,  -6.33922479583593e-6, -3.13202145590767e-9, -5.59797969310664e-3,
                5.51815399480116e-3,  -2.66711392865591e-6, -4.17354020307064e-3, 3.99723751748116e-3,
                1.67206320571441e-5,  -3.25884806151064e-3, 2.06438412905916e-3,  -2.17699042180559e-5,
                -2.17471785045538e-4, -3.11361111025884e-3, 3.58344705491441e-5,  -1.76936577252484e-3,
                -2.06720938381724e-3, 6.58091931493844e-4};
  }
};

}  // namespace orrery::orbital::test

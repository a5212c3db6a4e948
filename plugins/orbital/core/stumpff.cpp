// Stumpff functions.
// SPDX-License-Identifier: Apache-2.0
// Stumpff, Himmelsmechanik I (1959): series near zero; duplication as in Rein and Tamayo, MNRAS 452 (2015) 376.
#include "plugins/orbital/core/stumpff.hpp"

#include <array>
#include <cmath>
#include <cstddef>

namespace orrery::orbital {

namespace {

// 1/k! to 106 bits, then enough in doubles: |z| <= 1/4 makes the later terms small.
constexpr std::array<DoubleDouble, 6> even_head{{
    {0.5, 0.0},
    {0x1.5555555555555p-5, 0x1.5555555555555p-59},
    {0x1.6c16c16c16c17p-10, -0x1.f49f49f49f49fp-65},
    {0x1.a01a01a01a01ap-16, 0x1.a01a01a01a01ap-76},
    {0x1.27e4fb7789f5cp-22, 0x1.cbbc05b4fa99ap-76},
    {0x1.1eed8eff8d898p-29, -0x1.2aec959e14c06p-83},
}};
constexpr std::array<DoubleDouble, 6> odd_head{{
    {0x1.5555555555555p-3, 0x1.5555555555555p-57},
    {0x1.1111111111111p-7, 0x1.1111111111111p-63},
    {0x1.a01a01a01a01ap-13, 0x1.a01a01a01a01ap-73},
    {0x1.71de3a556c734p-19, -0x1.c154f8ddc6c00p-73},
    {0x1.ae64567f544e4p-26, -0x1.c062e06d1f209p-80},
    {0x1.6124613a86d09p-33, 0x1.f28e0cc748ebep-87},
}};
constexpr std::array<double, 5> even_tail{1.0 / 87178291200.0, 1.0 / 20922789888000.0, 1.0 / 6402373705728000.0,
                                          1.0 / 2432902008176640000.0, 1.0 / 1.1240007277776077e21};
constexpr std::array<double, 5> odd_tail{1.0 / 1307674368000.0, 1.0 / 355687428096000.0, 1.0 / 121645100408832000.0,
                                         1.0 / 51090942171709440000.0, 1.0 / 2.585201673888498e22};

DoubleDouble series(const std::array<DoubleDouble, 6>& head, const std::array<double, 5>& tail, DoubleDouble z) {
  double small = tail[4];
  for (std::size_t k = 4; k-- > 0;) small = tail[k] - z.hi * small;
  DoubleDouble sum = head[5] - two_prod(z.hi, small);
  for (std::size_t k = 5; k-- > 0;) sum = head[k] - z * sum;
  return sum;
}

Stumpff doubled(const Stumpff& c, DoubleDouble z_after) {
  Stumpff d;
  d.c3 = scaled(c.c2 + c.c0 * c.c3, 0.25);
  d.c2 = scaled(c.c1 * c.c1, 0.5);
  d.c1 = c.c0 * c.c1;
  d.c0 = 1.0 - z_after * d.c2;
  return d;
}

}  // namespace

Stumpff stumpff(DoubleDouble z) {
  constexpr double series_limit = 0.25;
  int doublings = 0;
  for (; std::fabs(z.hi) > series_limit; ++doublings) z = scaled(z, 0.25);
  Stumpff c;
  c.c3 = series(odd_head, odd_tail, z);
  c.c2 = series(even_head, even_tail, z);
  c.c1 = 1.0 - z * c.c3;
  c.c0 = 1.0 - z * c.c2;
  for (; doublings > 0; --doublings) {
    z = scaled(z, 4.0);
    c = doubled(c, z);
  }
  return c;
}

}  // namespace orrery::orbital

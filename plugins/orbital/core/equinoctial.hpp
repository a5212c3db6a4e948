// Elements without singular circles or planes: the modified equinoctial set; and Delaunay's, conjugate in pairs.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "plugins/orbital/core/vector.hpp"

namespace orrery::orbital {

/// Modified equinoctial elements, with the node at the ascending one (factor 1) or at the descending one (factor -1).
/// Regular for circles, for equators, and through the parabola; factor 1 fails at i = pi, factor -1 at i = 0.
struct EquinoctialElements {
  double semi_latus_rectum = 1.0;  ///< [length] p > 0
  double f = 0.0;                  ///< [-] e cos(omega + I Omega)
  double g = 0.0;                  ///< [-] e sin(omega + I Omega)
  double h = 0.0;                  ///< [-] tan(i/2)^I cos(Omega)
  double k = 0.0;                  ///< [-] tan(i/2)^I sin(Omega)
  double true_longitude = 0.0;     ///< [rad] L = I Omega + omega + true anomaly
  int retrograde_factor = 1;       ///< I, 1 or -1
};

enum class EquinoctialKind {
  automatic,  ///< the factor for which 1 + I cos i >= 1
  direct,     ///< I = 1
  retrograde  ///< I = -1
};

/// @param state position [length] 3, not zero; velocity [length/time] 3, not along it   @param mu [length^3/time^2] > 0
/// @returns true longitude in [0, 2 pi)
/// @throws std::domain_error if an argument is outside its range, h = 0, or the plane is the singular one of the kind
/// @accuracy 4 roundings of 1 + e; h and k relative to 1 + h^2 + k^2 (measured). 1 - e is not kept as e -> 1: see
///           state_to_elements
/// @source Walker, Ireland and Owens, Celestial Mechanics 36 (1985) 409; Broucke and Cefola, Celestial Mechanics 5
/// (1972) 303
EquinoctialElements state_to_equinoctial(const State& state, double mu,
                                         EquinoctialKind kind = EquinoctialKind::automatic);

/// @throws std::domain_error if p or mu is not positive, an element is not finite, the factor is neither 1 nor -1, or
/// the longitude of an open orbit is beyond its asymptotes
/// @accuracy 1e-15 of |r| and |v| where 1 + f cos L + g sin L > 0.1 (measured)
State equinoctial_to_state(const EquinoctialElements& elements, double mu);

/// Delaunay's canonical elements of an ellipse: three actions and their angles.
struct DelaunayElements {
  double mean_anomaly = 0.0;           ///< [rad] l
  double argument_of_periapsis = 0.0;  ///< [rad] g
  double ascending_node = 0.0;         ///< [rad] h
  double axis_action = 1.0;            ///< [length^2/time] L = sqrt(mu a)
  double momentum = 1.0;               ///< [length^2/time] G = sqrt(mu p), the angular momentum
  double polar_momentum = 1.0;         ///< [length^2/time] H = G cos i
};

/// @throws std::domain_error if an argument is outside its range, or the orbit is no ellipse with h > 0
/// @accuracy actions 4 ulp; angles as state_to_elements with its standard policy (measured)
/// @source Delaunay, Théorie du mouvement de la Lune (1860); Brouwer and Clemence, Methods of Celestial Mechanics
/// (1961) chapter 11
DelaunayElements state_to_delaunay(const State& state, double mu);

/// @throws std::domain_error unless 0 < G <= L and -G <= H <= G, all is finite and mu > 0
State delaunay_to_state(const DelaunayElements& elements, double mu);

}  // namespace orrery::orbital

// Events along a satellite's motion: apsides, nodes, crossings of a radius, and the edges of a shadow.
// SPDX-License-Identifier: Apache-2.0
//
// Roots along numerical steps: as step_roots.hpp. On a conic: Battin (1999) chapter 4; in the tangent of half the
// anomaly every condition is a polynomial of degree four at most, whose Bernstein coefficients isolate its roots
// (Farouki, Computer Aided Geometric Design 29 (2012) 379).
#pragma once

#include <vector>

#include "plugins/orbital/core/march.hpp"
#include "plugins/orbital/core/satellite.hpp"

namespace orrery::orbital {

enum class EventKind { apsides, nodes, radius, eclipse };

struct EventQuery {
  EventKind kind = EventKind::apsides;
  double radius = 0.0;  ///< [length] of EventKind::radius: the distance from the centre that is crossed
  ShadowEdge edge = ShadowEdge::cylinder;  ///< of EventKind::eclipse
  double body_radius = 0.0, sun_radius = 0.0;
};

struct Event {
  double time = 0.0;
  /// Periapsis, ascending node, outward crossing, and exit from a shadow rise; the others do not.
  bool rising = false;
  State state;
};

/// Events between two times along a numerical integration, in order of time. None is missed that the motion's dense
/// output has, and none is found twice where steps join; a condition that holds all the time, as that for apsides of a
/// circle, makes no events.
/// @param begin, end times past the epoch of the state, begin <= end, of either sign
/// @param sun of eclipses; may be null otherwise
/// @throws std::domain_error if an argument is outside its range, and as march
/// @accuracy a few roundings of the time, plus the error of the motion over its speed: 3e-12 of 500 times the orbits'
/// own unit of time for 1e5 events on orbits of e < 0.81 (measured)
std::vector<Event> find_events(const Satellite& satellite, const State& start, double begin, double end,
                               const EventQuery& query, const ThirdBody* sun, const IntegrationOptions& options,
                               const std::function<void()>& poll = {});

/// Events of the two-body orbit through a state, in closed form.
/// @param sun position from the centre, at rest; of eclipses
/// @param most_events what may be found; more are an error
/// @throws std::domain_error if an argument is outside its range, for a rectilinear orbit, or if there are more events
/// @accuracy a few roundings of the time; angles at the edges of shadows come out right to 4e-14 (measured)
std::vector<Event> find_conic_events(const State& start, double mu, double begin, double end, const EventQuery& query,
                                     const Vec3& sun, std::size_t most_events);

}  // namespace orrery::orbital

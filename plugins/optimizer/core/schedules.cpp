// Learning rates that change with the step: warm-up, cosine, steps and others; the sources stand in the header.
// others. SPDX-License-Identifier: Apache-2.0
#include "plugins/optimizer/core/schedules.hpp"

#include <algorithm>
#include <cmath>

namespace orrery::optimizer {

double scheduled_rate(double step, const ScheduleSettings& s) {
  if (step < s.warmup) return s.peak * std::min(1.0, (step + 1.0) / s.warmup);
  const double since = step - s.warmup, part = std::min(1.0, since / s.length);
  switch (s.method) {
    case Schedule::linear:
      return (1.0 - part) * s.peak + part * s.last;
    case Schedule::cosine: {
      // By the square of a sine, which is exact at both ends.
      const double sine = part == 1.0 ? 1.0 : std::sin(1.57079632679489661923 * part), share = sine * sine;
      return (1.0 - share) * s.peak + share * s.last;
    }
    case Schedule::step:
      return s.peak * std::pow(s.factor, std::floor(since / s.length));
    case Schedule::exponential:
      return s.peak * std::pow(s.factor, since);
    case Schedule::inverse_sqrt: {
      const double w = std::max(s.warmup, 1.0);
      return s.peak * std::sqrt(w / (w + since));
    }
    default:
      return s.peak;
  }
}

}  // namespace orrery::optimizer

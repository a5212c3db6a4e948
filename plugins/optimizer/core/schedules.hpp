// Learning rates that change with the step, after Goyal et al. 2017, Loshchilov and Hutter 2017, Vaswani et al. 2017.
// others. SPDX-License-Identifier: Apache-2.0
#pragma once

namespace orrery::optimizer {

enum class Schedule { constant, linear, cosine, step, exponential, inverse_sqrt };

struct ScheduleSettings {
  Schedule method = Schedule::constant;
  double peak = 1.0;    ///< [-] the rate after the warm-up
  double last = 0.0;    ///< [-] linear, cosine: the rate from the end on
  double warmup = 0.0;  ///< steps, >= 0: the rate rises linearly, from peak/warmup in step 0 to peak
  double length = 1.0;  ///< linear, cosine: steps from the end of the warm-up to the last rate; step: between drops
  double factor = 0.1;  ///< step: of each drop; exponential: of each step
};

/// The learning rate of a step. With s the steps since the end of the warm-up and u = min(1, s/length): linear
/// peak + u (last - peak); cosine last + (peak - last)(1 + cos pi u)/2; step peak factor^floor(s/length); exponential
/// peak factor^s; inverse_sqrt peak sqrt(w/(w + s)), w = max(warmup, 1).
/// @param step >= 0, counted from 0   @param settings as their comments say   @returns [-] the rate
/// @accuracy 3 ulp of the larger of peak and last   @source Goyal et al. 2017, section 2.2; Loshchilov and Hutter 2017,
///   equation 5; Vaswani et al. 2017, equation 3, with the scale in `peak`
double scheduled_rate(double step, const ScheduleSettings& settings);

}  // namespace orrery::optimizer

// Ports that the update rules share, declared once.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <orrery/sdk/plugin.hpp>

namespace orrery::optimizer::rule_ports {

using sdk::f64;
using sdk::i64;

/// Parameters and all that goes with them: computed in the type that the parameters have.
using Number = sdk::AnyOf<sdk::f64, sdk::f32>;

/// What becomes of a step whose gradient is no number.
enum class OnNan { fail, reject };

inline constexpr sdk::in<"parameters", Number, "..."> parameters{
    .finite = false, .doc = "what is optimised, of any shape; all is computed in their element type"};
inline constexpr sdk::in<"gradient", Number, "..."> gradient{.finite = false,
                                                             .doc = "of what is minimised, by the parameters"};
inline constexpr sdk::in<"learning_rate", f64> learning_rate{.min = 0, .doc = "size of the step"};
inline constexpr sdk::in<"weight_decay", f64> weight_decay{.fallback = "0", .min = 0, .doc = "pulls towards zero"};
inline constexpr sdk::in<"step", i64> step{
    .min = 0,
    .max = 9007199254740992,
    .optional = true,
    .doc = "how many steps were accepted before; 0 without it, and needed with a memory"};
inline constexpr sdk::in<"on_nan", sdk::Choice<OnNan>> on_nan{
    .fallback = "fail",
    .choices = {"fail", "reject"},
    .doc = "of a gradient that is not finite: fail names the element, reject hands on all values unchanged"};

inline constexpr sdk::out<"parameters", Number, "..."> out_parameters{
    .dtype_like = "parameters", .in_place = "parameters", .doc = "after the step"};
inline constexpr sdk::out<"step", i64> out_step{.doc = "one more if the step was accepted"};
inline constexpr sdk::out<"accepted", bool> accepted{.doc = "false if the gradient was not finite"};

inline constexpr sdk::in<"first_moment", Number, "..."> first_moment{
    .optional = true, .finite = false, .doc = "average of gradients so far; left out: zero, at the beginning"};
inline constexpr sdk::in<"second_moment", Number, "..."> second_moment{
    .optional = true, .finite = false, .doc = "average of squared gradients so far; left out: zero, at the beginning"};
inline constexpr sdk::out<"first_moment", Number, "..."> out_first_moment{
    .dtype_like = "parameters", .in_place = "first_moment", .doc = "with this gradient"};
inline constexpr sdk::out<"second_moment", Number, "..."> out_second_moment{
    .dtype_like = "parameters", .in_place = "second_moment", .doc = "with this gradient"};

inline constexpr sdk::in<"momentum_buffer", Number, "..."> momentum_buffer{
    .optional = true, .finite = false, .doc = "what this rule remembers; left out: zero, at the beginning"};
inline constexpr sdk::out<"momentum_buffer", Number, "..."> out_momentum_buffer{
    .dtype_like = "parameters", .in_place = "momentum_buffer", .doc = "for the next step"};

inline constexpr sdk::in<"beta2", f64> beta2{
    .fallback = "0.999", .min = 0, .max = 1, .below_max = true, .doc = "how much of the second moment is kept"};

}  // namespace orrery::optimizer::rule_ports

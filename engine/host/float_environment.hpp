// How this thread computes with floating-point numbers: rounding, denormals, traps. Plugins may not change it.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

namespace orrery::host {

/// The control bits that arithmetic on doubles obeys, without the sticky exception flags, which are nobody's business.
/// Reading them costs about a nanosecond.
class FloatControl {
 public:
  static FloatControl current() noexcept {
    FloatControl now;
#if defined(__x86_64__)
    std::uint32_t mxcsr;
    __asm__ volatile("stmxcsr %0" : "=m"(mxcsr));
    now.bits_ = mxcsr & ~std::uint32_t{0x3f};
#elif defined(__aarch64__)
    __asm__ volatile("mrs %0, fpcr" : "=r"(now.bits_));
#else
#error "Orrery runs on x86-64 and AArch64"
#endif
    return now;
  }
  /// Round to nearest, denormals kept, no traps.
  static constexpr FloatControl initial() noexcept {
    FloatControl at_start;
#if defined(__x86_64__)
    at_start.bits_ = 0x1f80;
#endif
    return at_start;
  }
  void restore() const noexcept {
#if defined(__x86_64__)
    const auto mxcsr = static_cast<std::uint32_t>(bits_);
    __asm__ volatile("ldmxcsr %0" : : "m"(mxcsr));
#elif defined(__aarch64__)
    __asm__ volatile("msr fpcr, %0" : : "r"(bits_));
#endif
  }
  bool operator==(const FloatControl&) const = default;

 private:
  std::uint64_t bits_ = 0;
};

/// The same and the control word of the x87 unit, which long double obeys. Reading that one costs ten times as much.
class FloatEnvironment {
 public:
  static FloatEnvironment current() noexcept {
    FloatEnvironment now;
    now.control_ = FloatControl::current();
#if defined(__x86_64__)
    __asm__ volatile("fnstcw %0" : "=m"(now.x87_));
#endif
    return now;
  }
  bool operator==(const FloatEnvironment&) const = default;
  /// Puts this environment back; true if there was need to.
  bool restore_if_changed() const noexcept {
    if (current() == *this) return false;
    control_.restore();
#if defined(__x86_64__)
    __asm__ volatile("fldcw %0" : : "m"(x87_));
#endif
    return true;
  }

 private:
  FloatControl control_;
  std::uint16_t x87_ = 0;
};

/// After every call: notices a change of what doubles obey, and then puts all of it back. The engine computes in the
/// environment that a process begins with, so that it need not be read before the call too, which takes as long as a
/// small operation. fesetround() changes both units of a processor that has two, so that the x87 unit is in need only
/// then.
inline bool restore_floats_if_changed() noexcept {
  if (FloatControl::current() == FloatControl::initial()) return false;
  FloatControl::initial().restore();
#if defined(__x86_64__)
  constexpr std::uint16_t initial = 0x037f;
  __asm__ volatile("fldcw %0" : : "m"(initial));
#endif
  return true;
}

}  // namespace orrery::host

// How this thread computes with floating-point numbers: rounding, flushing of denormals, traps. Plugins may not change it.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

namespace orrery::host {

/// The control bits only; the sticky exception flags are nobody's business.
class FloatEnvironment {
 public:
#if defined(__x86_64__)
  static FloatEnvironment current() noexcept {
    FloatEnvironment now;
    std::uint32_t mxcsr;
    __asm__ volatile("stmxcsr %0" : "=m"(mxcsr));
    __asm__ volatile("fnstcw %0" : "=m"(now.x87_));
    now.control_ = mxcsr & ~sticky_flags;
    return now;
  }
  void restore() const noexcept {
    const std::uint32_t mxcsr = static_cast<std::uint32_t>(control_);
    __asm__ volatile("ldmxcsr %0" : : "m"(mxcsr));
    __asm__ volatile("fldcw %0" : : "m"(x87_));
  }
#elif defined(__aarch64__)
  static FloatEnvironment current() noexcept {
    FloatEnvironment now;
    __asm__ volatile("mrs %0, fpcr" : "=r"(now.control_));
    return now;
  }
  void restore() const noexcept { __asm__ volatile("msr fpcr, %0" : : "r"(control_)); }
#else
#error "Orrery runs on x86-64 and AArch64"
#endif
  bool operator==(const FloatEnvironment&) const = default;
  /// Puts this environment back; true if there was need to.
  bool restore_if_changed() const noexcept {
    if (current() == *this) return false;
    restore();
    return true;
  }

 private:
  static constexpr std::uint32_t sticky_flags = 0x3f;

  std::uint64_t control_ = 0;
  std::uint16_t x87_ = 0;
};

}  // namespace orrery::host

// The machine that a run happens on.
// SPDX-License-Identifier: Apache-2.0
#include "engine/store/host.hpp"

#include <pwd.h>
#include <sys/utsname.h>
#include <unistd.h>

#if defined(__x86_64__)
#include <xmmintrin.h>
#endif

#include <cfenv>
#include <fstream>
#include <thread>

namespace orrery::store {

std::string host_name() {
  char name[256] = "";
  return ::gethostname(name, sizeof name - 1) == 0 ? name : "";
}

std::string user_name() {
  passwd entry{};
  passwd* found = nullptr;
  char buffer[4096];
  if (::getpwuid_r(::geteuid(), &entry, buffer, sizeof buffer, &found) == 0 && found) return found->pw_name;
  return std::to_string(::geteuid());
}

std::string system_name() {
  utsname facts{};
  if (::uname(&facts) != 0) return "";
  return std::string(facts.sysname) + " " + facts.release + " " + facts.machine;
}

std::string cpu_model() {
  std::ifstream facts("/proc/cpuinfo");
  for (std::string line; std::getline(facts, line);) {
    const std::size_t colon = line.find(": ");
    if (line.starts_with("model name") && colon != std::string::npos) return line.substr(colon + 2);
  }
  return "";
}

unsigned core_count() { return std::thread::hardware_concurrency(); }

std::string float_environment() {
  std::string text;
  switch (std::fegetround()) {
    case FE_TONEAREST:
      text = "round to nearest";
      break;
    case FE_UPWARD:
      text = "round upward";
      break;
    case FE_DOWNWARD:
      text = "round downward";
      break;
    default:
      text = "round toward zero";
  }
#if defined(__x86_64__)
  constexpr unsigned flush_to_zero = 0x8000, denormals_are_zero = 0x0040;
  const unsigned control = _mm_getcsr();
  if (control & flush_to_zero) text += ", flush to zero";
  if (control & denormals_are_zero) text += ", denormals are zero";
#endif
  return text;
}

}  // namespace orrery::store

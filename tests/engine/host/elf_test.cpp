// Reading ELF files that are not what they should be, down to the last byte.
// SPDX-License-Identifier: Apache-2.0
#include "engine/host/elf.hpp"

#include <elf.h>

#include <algorithm>
#include <cstring>
#include <random>

#include "tests/engine/host/zoo.hpp"

using namespace orrery;
using host::check_exports;
using host::read_elf;
namespace fs = std::filesystem;

namespace {

std::string refusal(std::string_view bytes) {
  const auto facts = read_elf(bytes);
  if (!facts) return zoo::shown(facts.error());
  const auto exports = check_exports(*facts);
  return exports ? "" : zoo::shown(exports.error());
}

const std::string& good() {
  static const std::string bytes = zoo::bytes_of(zoo::file("good"));
  return bytes;
}

template <class T>
std::string patched(std::size_t offset, T value) {
  std::string bytes = good();
  std::memcpy(bytes.data() + offset, &value, sizeof(T));
  return bytes;
}

constexpr const char* own_machine =
#if defined(__aarch64__)
    "AArch64";
#else
    "x86-64";
#endif

std::string wrong_machine(const std::string& theirs) {
  return "plugin_wrong_machine: it was built for " + theirs + ", but this engine runs on " + own_machine;
}

/// End of the last loaded segment: what follows are sections that nobody needs to run.
std::uint64_t loaded_end(const std::string& bytes) {
  Elf64_Ehdr header;
  std::memcpy(&header, bytes.data(), sizeof(header));
  std::uint64_t end = 0;
  for (std::size_t i = 0; i < header.e_phnum; ++i) {
    Elf64_Phdr segment;
    std::memcpy(&segment, bytes.data() + header.e_phoff + i * sizeof(segment), sizeof(segment));
    if (segment.p_type == PT_LOAD) end = std::max(end, segment.p_offset + segment.p_filesz);
  }
  return end;
}

}  // namespace

TEST_SUITE("engine/host/elf") {
  TEST_CASE("a good plugin exports one symbol and tells what it needs") {
    const auto facts = read_elf(good());
    REQUIRE(facts);
    CHECK(facts->exports == std::vector<std::string>{"orrery_plugin_0"});
    CHECK(check_exports(*facts));
    const auto bridge = read_elf(zoo::bytes_of(zoo::file("bridge")));
    REQUIRE(bridge);
    const auto& needed = bridge->needed;
    CHECK(std::any_of(needed.begin(), needed.end(), [](const std::string& name) { return name.starts_with("lib"); }));
    CHECK_FALSE(facts->no_delete);
    const auto plain = read_elf(zoo::bytes_of(fs::path(ORRERY_PLUGINS_C_DIR) / "plain.orrery.so"));
    REQUIRE(plain);
    CHECK(plain->no_delete);
  }

  TEST_CASE("what is no ELF file at all is named") {
    CHECK(refusal("") == "plugin_not_library: the file is empty");
    CHECK(refusal("#!/bin/sh\necho hello\n") == "plugin_not_library: it is a text file");
    CHECK(refusal(std::string_view("PK\x03\x04\0\0", 6)) == "plugin_not_library: it is not an ELF file");
    CHECK(refusal("\x7f"
                  "ELX") == "plugin_not_library: it is a text file");
  }

  TEST_CASE("other kinds of ELF files are named") {
    CHECK(refusal(patched<std::uint16_t>(16, ET_REL)) ==
          "plugin_not_library: it is an object file; link it with -shared");
    CHECK(refusal(patched<std::uint16_t>(16, ET_EXEC)) == "plugin_not_library: it is an executable program");
    CHECK(refusal(patched<std::uint16_t>(16, ET_CORE)) == "plugin_not_library: it is a core dump");
    CHECK(refusal(patched<std::uint16_t>(16, 77)) == "plugin_not_library: its ELF header is damaged");
    CHECK(refusal(zoo::bytes_of("/proc/self/exe")) == "plugin_not_library: it is an executable program");
  }

  TEST_CASE("another machine is named") {
    CHECK(refusal(patched<std::uint8_t>(EI_CLASS, ELFCLASS32)) == wrong_machine("a 32-bit machine"));
    CHECK(refusal(patched<std::uint8_t>(EI_DATA, ELFDATA2MSB)) == wrong_machine("a big-endian machine"));
    CHECK(refusal(patched<std::uint16_t>(18, EM_RISCV)) == wrong_machine("RISC-V"));
    CHECK(refusal(patched<std::uint16_t>(18, EM_386)) == wrong_machine("x86 (32 bits)"));
    CHECK(refusal(patched<std::uint16_t>(18, 4242)) == wrong_machine("machine number 4242"));
    CHECK(refusal(patched<std::uint8_t>(EI_CLASS, 9)) == "plugin_not_library: its ELF header is damaged");
  }

  TEST_CASE("a file that was cut anywhere in what is loaded is refused") {
    const std::uint64_t end = loaded_end(good());
    REQUIRE(end < good().size());
    CHECK(refusal(good().substr(0, end)) == "");
    for (std::uint64_t size = 1; size < end; size += 1 + size / 40) {
      const std::string message = refusal(good().substr(0, size));
      CAPTURE(size);
      CHECK(message.starts_with("plugin_truncated: the file ends after " + std::to_string(size) + " bytes, but its "));
    }
    CHECK(refusal(good().substr(0, 10)) ==
          "plugin_truncated: the file ends after 10 bytes, but its identification reaches up to byte 16");
    CHECK(refusal(good().substr(0, 20)) ==
          "plugin_truncated: the file ends after 20 bytes, but its header reaches up to byte 64");
  }

  TEST_CASE("extra symbols are listed by three of them") {
    CHECK(refusal(zoo::bytes_of(zoo::file("two_symbols"))) ==
          "plugin_two_symbols: it exports more than 'orrery_plugin_0': 'helper_a', 'helper_b', 'helper_c' and 2 more");
    CHECK(refusal(zoo::bytes_of(zoo::file("no_symbol"))) ==
          "plugin_no_symbol: it does not export 'orrery_plugin_0' | it exports 'answer'");
    CHECK(refusal(zoo::bytes_of(zoo::file("no_exports"))) == "plugin_no_symbol: it does not export 'orrery_plugin_0'");
  }

  TEST_CASE("random damage never crashes the reader") {
    std::mt19937 random(7);
    const auto below = [&](std::size_t n) { return static_cast<std::size_t>(random() % n); };
    for (int round = 0; round < 20'000; ++round) {
      std::string bytes = good();
      for (std::size_t i = 0; i <= below(4); ++i) {
        // Mostly where the structure is: the headers, the segments and the dynamic section.
        const std::size_t where = below(3) ? below(0x1000) : below(bytes.size());
        bytes[where] = static_cast<char>(below(4) ? random() : (random() & 1 ? 0xff : 0));
      }
      if (below(4) == 0) bytes.resize(below(bytes.size()));
      const std::string message = refusal(bytes);
      CHECK((message.empty() || message.starts_with("plugin_")));
    }
  }
}

// What an ELF file says of itself, read without loading it.
// SPDX-License-Identifier: Apache-2.0
//
// Source: System V Application Binary Interface, chapters 4 and 5; the GNU hash table as glibc's dl-lookup.c reads it.
#include "engine/host/elf.hpp"

#include <elf.h>

#include <algorithm>
#include <cstring>
#include <optional>

#include <orrery/abi/plugin.h>

#include "engine/base/text.hpp"

namespace orrery::host {
namespace {

using base::ErrorCode;

#if defined(__aarch64__)
constexpr std::uint16_t own_machine = EM_AARCH64;
#else
constexpr std::uint16_t own_machine = EM_X86_64;
#endif

constexpr std::size_t max_name = 4096;
constexpr std::size_t max_needed = 1000, max_exports = 10'000;

std::string machine_name(std::uint16_t machine) {
  switch (machine) {
    case EM_386:
      return "x86 (32 bits)";
    case EM_ARM:
      return "ARM (32 bits)";
    case EM_X86_64:
      return "x86-64";
    case EM_AARCH64:
      return "AArch64";
    case EM_PPC64:
      return "PowerPC64";
    case EM_RISCV:
      return "RISC-V";
    case EM_S390:
      return "S/390";
    default:
      return "machine number " + std::to_string(machine);
  }
}

struct Range {
  std::uint64_t begin = 0, size = 0;
};

class Reader {
 public:
  explicit Reader(std::string_view bytes) : bytes_(bytes) {}

  base::Result<ElfFacts> read() {
    if (auto error = check_magic()) return std::move(*error);
    if (auto error = check_machine()) return std::move(*error);
    if (auto error = check_kind()) return std::move(*error);
    if (auto error = read_segments()) return std::move(*error);
    if (auto error = read_dynamic()) return std::move(*error);
    return std::move(facts_);
  }

 private:
  using Problem = std::optional<base::Error>;

  template <class T>
  std::optional<T> at(std::uint64_t offset) const {
    if (offset > bytes_.size() || bytes_.size() - offset < sizeof(T)) return std::nullopt;
    T value;
    std::memcpy(&value, bytes_.data() + offset, sizeof(T));
    return value;
  }
  bool inside(std::uint64_t offset, std::uint64_t size) const {
    return offset <= bytes_.size() && size <= bytes_.size() - offset;
  }
  Problem not_library(std::string reason) const {
    return base::Error(ErrorCode::plugin_not_library, std::move(reason));
  }
  Problem damaged() const { return not_library("its dynamic symbol table is damaged"); }
  Problem truncated(const std::string& part, std::uint64_t needed) const {
    return base::Error(ErrorCode::plugin_truncated, "the file ends after " + std::to_string(bytes_.size()) +
                                                        " bytes, but " + part + " up to byte " +
                                                        std::to_string(needed));
  }

  Problem check_magic() const;
  Problem check_machine();
  Problem check_kind() const;
  Problem read_segments();
  Problem read_segment(const Elf64_Phdr& segment);
  Problem read_dynamic();
  void note_dynamic(const Elf64_Dyn& entry);
  Problem read_needed();
  Problem read_symbols();
  Problem read_symbol(std::uint64_t offset);
  std::optional<std::uint64_t> symbol_count() const;
  std::optional<std::uint64_t> gnu_hash_count(std::uint64_t table) const;
  std::optional<std::uint64_t> chain_end(std::uint64_t chains, std::uint64_t index) const;
  std::optional<std::uint64_t> file_offset(std::uint64_t address) const;
  std::optional<std::string> string_at(std::uint64_t index) const;

  std::string_view bytes_;
  Elf64_Ehdr header_{};
  std::vector<Elf64_Phdr> loads_;
  Range dynamic_;
  std::uint64_t symbols_ = 0, strings_ = 0, strings_size_ = 0, hash_ = 0, gnu_hash_ = 0;
  bool program_ = false;
  std::vector<std::uint64_t> needed_;
  ElfFacts facts_;
};

Reader::Problem Reader::check_magic() const {
  if (bytes_.empty()) return not_library("the file is empty");
  const std::string_view start = bytes_.substr(0, SELFMAG);
  if (start == std::string_view(ELFMAG, SELFMAG).substr(0, start.size())) return std::nullopt;
  const bool is_text =
      !base::first_invalid_utf8(bytes_.substr(0, 256)) && bytes_.substr(0, 256).find('\0') == std::string::npos;
  return not_library(is_text ? "it is a text file" : "it is not an ELF file");
}

Reader::Problem Reader::check_machine() {
  if (bytes_.size() < EI_NIDENT) return truncated("its identification reaches", EI_NIDENT);
  const auto wrong = [](const std::string& theirs) {
    return base::Error(ErrorCode::plugin_wrong_machine,
                       "it was built for " + theirs + ", but this engine runs on " + machine_name(own_machine));
  };
  if (bytes_[EI_DATA] == ELFDATA2MSB) return wrong("a big-endian machine");
  if (bytes_[EI_DATA] != ELFDATA2LSB) return not_library("its ELF header is damaged");
  if (bytes_[EI_CLASS] == ELFCLASS32) return wrong("a 32-bit machine");
  if (bytes_[EI_CLASS] != ELFCLASS64) return not_library("its ELF header is damaged");
  const auto header = at<Elf64_Ehdr>(0);
  if (!header) return truncated("its header reaches", sizeof(Elf64_Ehdr));
  header_ = *header;
  if (header_.e_machine != own_machine) return wrong(machine_name(header_.e_machine));
  return std::nullopt;
}

Reader::Problem Reader::check_kind() const {
  switch (header_.e_type) {
    case ET_DYN:
      break;
    case ET_REL:
      return not_library("it is an object file; link it with -shared");
    case ET_EXEC:
      return not_library("it is an executable program");
    case ET_CORE:
      return not_library("it is a core dump");
    default:
      return not_library("its ELF header is damaged");
  }
  const bool sizes_known =
      header_.e_phentsize == sizeof(Elf64_Phdr) && header_.e_phnum != 0 && header_.e_phnum != PN_XNUM;
  if (!sizes_known) return not_library("it has no program headers");
  const std::uint64_t size = sizeof(Elf64_Phdr) * header_.e_phnum;
  if (!inside(header_.e_phoff, size)) return truncated("its program headers reach", header_.e_phoff + size);
  return std::nullopt;
}

Reader::Problem Reader::read_segments() {
  for (std::uint64_t i = 0; i < header_.e_phnum; ++i) {
    const auto segment = at<Elf64_Phdr>(header_.e_phoff + i * sizeof(Elf64_Phdr));
    if (auto error = read_segment(*segment)) return error;
  }
  if (loads_.empty() || dynamic_.size == 0) return not_library("it has nothing to load");
  return std::nullopt;
}

Reader::Problem Reader::read_segment(const Elf64_Phdr& segment) {
  if (segment.p_type == PT_INTERP) return not_library("it is an executable program");
  if (segment.p_type != PT_LOAD && segment.p_type != PT_DYNAMIC) return std::nullopt;
  // A loaded page beyond the end of the file is a SIGBUS in dlopen.
  if (!inside(segment.p_offset, segment.p_filesz))
    return truncated("its segments reach", segment.p_offset + segment.p_filesz);
  if (segment.p_type == PT_DYNAMIC) {
    dynamic_ = {segment.p_offset, segment.p_filesz};
    return std::nullopt;
  }
  if (segment.p_filesz > segment.p_memsz || segment.p_vaddr + segment.p_memsz < segment.p_vaddr)
    return not_library("its segments are damaged");
  loads_.push_back(segment);
  return std::nullopt;
}

void Reader::note_dynamic(const Elf64_Dyn& entry) {
  switch (entry.d_tag) {
    case DT_SYMTAB:
      symbols_ = entry.d_un.d_ptr;
      break;
    case DT_STRTAB:
      strings_ = entry.d_un.d_ptr;
      break;
    case DT_STRSZ:
      strings_size_ = entry.d_un.d_val;
      break;
    case DT_HASH:
      hash_ = entry.d_un.d_ptr;
      break;
    case DT_GNU_HASH:
      gnu_hash_ = entry.d_un.d_ptr;
      break;
    case DT_FLAGS_1:
      facts_.no_delete = (entry.d_un.d_val & DF_1_NODELETE) != 0;
      program_ = (entry.d_un.d_val & DF_1_PIE) != 0;
      break;
    case DT_NEEDED:
      if (needed_.size() < max_needed) needed_.push_back(entry.d_un.d_val);
      break;
    default:
      break;
  }
}

Reader::Problem Reader::read_dynamic() {
  for (std::uint64_t at_byte = 0; at_byte + sizeof(Elf64_Dyn) <= dynamic_.size; at_byte += sizeof(Elf64_Dyn)) {
    const auto entry = at<Elf64_Dyn>(dynamic_.begin + at_byte);
    if (!entry) return damaged();
    if (entry->d_tag == DT_NULL) break;
    note_dynamic(*entry);
  }
  if (program_) return not_library("it is an executable program");
  const auto symbols = file_offset(symbols_), strings = file_offset(strings_);
  if (!symbols || !strings || !inside(*strings, strings_size_)) return damaged();
  symbols_ = *symbols;
  strings_ = *strings;
  if (auto error = read_needed()) return error;
  return read_symbols();
}

Reader::Problem Reader::read_needed() {
  for (const std::uint64_t index : needed_) {
    auto name = string_at(index);
    if (!name) return damaged();
    facts_.needed.push_back(std::move(*name));
  }
  return std::nullopt;
}

Reader::Problem Reader::read_symbols() {
  const auto count = symbol_count();
  if (!count || *count > bytes_.size() / sizeof(Elf64_Sym) || !inside(symbols_, *count * sizeof(Elf64_Sym)))
    return damaged();
  for (std::uint64_t i = 1; i < *count; ++i)
    if (auto error = read_symbol(symbols_ + i * sizeof(Elf64_Sym))) return error;
  return std::nullopt;
}

Reader::Problem Reader::read_symbol(std::uint64_t offset) {
  const auto symbol = at<Elf64_Sym>(offset);
  const unsigned binding = ELF64_ST_BIND(symbol->st_info), visibility = ELF64_ST_VISIBILITY(symbol->st_other);
  const bool global = binding == STB_GLOBAL || binding == STB_WEAK || binding == STB_GNU_UNIQUE;
  const bool visible = visibility == STV_DEFAULT || visibility == STV_PROTECTED;
  // The linker itself makes absolute symbols, for the names of symbol versions.
  const bool defined = symbol->st_shndx != SHN_UNDEF && symbol->st_shndx != SHN_ABS;
  if (!global || !visible || !defined) return std::nullopt;
  auto name = string_at(symbol->st_name);
  if (!name || facts_.exports.size() == max_exports) return damaged();
  facts_.exports.push_back(std::move(*name));
  return std::nullopt;
}

std::optional<std::uint64_t> Reader::symbol_count() const {
  if (hash_) {
    const auto table = file_offset(hash_);
    const auto chains = table ? at<std::uint32_t>(*table + sizeof(std::uint32_t)) : std::nullopt;
    return chains ? std::optional<std::uint64_t>(*chains) : std::nullopt;
  }
  const auto table = gnu_hash_ ? file_offset(gnu_hash_) : std::nullopt;
  return table ? gnu_hash_count(*table) : std::nullopt;
}

/// The table holds no count: the last symbol is where the chain of the highest bucket ends.
std::optional<std::uint64_t> Reader::gnu_hash_count(std::uint64_t table) const {
  constexpr std::uint64_t word = sizeof(std::uint32_t);
  const auto n_buckets = at<std::uint32_t>(table), first = at<std::uint32_t>(table + word);
  const auto n_bloom = at<std::uint32_t>(table + 2 * word);
  if (!n_buckets || !first || !n_bloom) return std::nullopt;
  const std::uint64_t buckets = table + 4 * word + std::uint64_t{*n_bloom} * sizeof(std::uint64_t);
  if (!inside(buckets, *n_buckets * word)) return std::nullopt;
  std::uint32_t highest = 0;
  for (std::uint64_t i = 0; i < *n_buckets; ++i) highest = std::max(highest, *at<std::uint32_t>(buckets + i * word));
  if (highest == 0) return *first;
  if (highest < *first) return std::nullopt;
  const auto last = chain_end(buckets + *n_buckets * word, highest - *first);
  return last ? std::optional(*last + *first + 1) : std::nullopt;
}

std::optional<std::uint64_t> Reader::chain_end(std::uint64_t chains, std::uint64_t index) const {
  for (;; ++index) {
    const auto hash = at<std::uint32_t>(chains + index * sizeof(std::uint32_t));
    if (!hash) return std::nullopt;
    if (*hash & 1u) return index;
  }
}

std::optional<std::uint64_t> Reader::file_offset(std::uint64_t address) const {
  for (const Elf64_Phdr& load : loads_)
    if (address >= load.p_vaddr && address - load.p_vaddr < load.p_filesz)
      return load.p_offset + (address - load.p_vaddr);
  return std::nullopt;
}

std::optional<std::string> Reader::string_at(std::uint64_t index) const {
  if (index >= strings_size_) return std::nullopt;
  // The bound also keeps many symbols that share one endless name from costing quadratic time.
  const std::string_view rest =
      bytes_.substr(strings_ + index, std::min<std::uint64_t>(strings_size_ - index, max_name));
  const std::size_t length = rest.find('\0');
  if (length == std::string_view::npos) return std::nullopt;
  return std::string(rest.substr(0, length));
}

std::string list_of(const std::vector<std::string>& names) {
  constexpr std::size_t shown = 3;
  std::vector<std::string> quoted;
  for (std::size_t i = 0; i < names.size() && i < shown; ++i) quoted.push_back("'" + base::printable(names[i]) + "'");
  const std::string text = base::join(quoted);
  return names.size() > shown ? text + " and " + std::to_string(names.size() - shown) + " more" : text;
}

}  // namespace

base::Result<ElfFacts> read_elf(std::string_view bytes) { return Reader(bytes).read(); }

base::Result<base::Done> check_exports(const ElfFacts& facts) {
  constexpr std::string_view entry = ORRERY_ENTRY_SYMBOL;
  std::vector<std::string> others;
  for (const std::string& name : facts.exports)
    if (name != entry) others.push_back(name);
  std::sort(others.begin(), others.end());
  if (others.size() == facts.exports.size()) {
    base::Error error(ErrorCode::plugin_no_symbol, "it does not export '" + std::string(entry) + "'");
    if (!others.empty()) error.notes.push_back("it exports " + list_of(others));
    return error;
  }
  if (others.empty()) return base::Done{};
  return base::Error(ErrorCode::plugin_two_symbols,
                     "it exports more than '" + std::string(entry) + "': " + list_of(others))
      .help("build it with orrery_add_plugin, or with -fvisibility=hidden and a version script");
}

}  // namespace orrery::host

// A plugin's description of itself, checked and turned into facts of the catalog.
// SPDX-License-Identifier: Apache-2.0
#include "engine/host/descriptor.hpp"

#include <algorithm>
#include <cstdint>
#include <string>

#include "engine/host/descriptor_port.hpp"
#include "engine/host/descriptor_text.hpp"

namespace orrery::host {
namespace {

using base::ErrorCode;

constexpr std::uint32_t max_operations = 4096;

std::string hex(std::uint64_t number) {
  static constexpr char digits[] = "0123456789abcdef";
  std::string text;
  do text.insert(text.begin(), digits[number & 15]);
  while (number >>= 4);
  return "0x" + text;
}

std::string interface_text(unsigned major, unsigned minor, std::uint64_t fingerprint) {
  return std::to_string(major) + "." + std::to_string(minor) + " (fingerprint " + hex(fingerprint) + ")";
}

base::Error short_struct(std::uint32_t size, std::size_t needed) {
  return {ErrorCode::plugin_bad_descriptor,
          "its descriptor has " + std::to_string(size) + " bytes; " + std::to_string(needed) + " are needed"};
}

/// The parts of the first struct that no version of the interface moves, then the version, then its length.
base::Result<base::Done> check_entry(const orrery_plugin* plugin) {
  if (reinterpret_cast<std::uintptr_t>(plugin) % alignof(orrery_plugin) != 0 || plugin->magic != ORRERY_MAGIC)
    return base::Error(ErrorCode::plugin_bad_descriptor, "its descriptor does not begin with ORRERY_MAGIC");
  if (!ORRERY_HAS(plugin, orrery_plugin, abi_fingerprint))
    return short_struct(plugin->struct_size, sizeof(orrery_plugin));
  if (plugin->abi_major != ORRERY_ABI_MAJOR || plugin->abi_minor != ORRERY_ABI_MINOR ||
      plugin->abi_fingerprint != ORRERY_ABI_FINGERPRINT)
    return base::Error(ErrorCode::plugin_wrong_abi,
                       "it was built against interface " +
                           interface_text(plugin->abi_major, plugin->abi_minor, plugin->abi_fingerprint) +
                           ", but this engine has " +
                           interface_text(ORRERY_ABI_MAJOR, ORRERY_ABI_MINOR, ORRERY_ABI_FINGERPRINT))
        .help("build it again with this engine's SDK");
  if (plugin->struct_size < sizeof(orrery_plugin)) return short_struct(plugin->struct_size, sizeof(orrery_plugin));
  return base::Done{};
}

class DescriptorReader {
 public:
  explicit DescriptorReader(const orrery_plugin& raw) : raw_(raw) {}

  base::Result<PluginDescription> read() {
    read_plugin();
    read_operations();
    if (problems_.count() > 0) return problems_.take();
    return std::move(description_);
  }

 private:
  void read_plugin();
  void read_operations();
  void read_operation(const orrery_operation& raw, const Place& which);
  void check_unique();

  const orrery_plugin& raw_;
  Problems problems_;
  Place place_{nullptr, "plugin", "", 0};
  PluginDescription description_;
};

void DescriptorReader::read_plugin() {
  description_.plugin = std::make_shared<catalog::PluginFacts>();
  catalog::PluginFacts& facts = *description_.plugin;
  facts.name = read_name(raw_.name, place_, problems_);
  place_.name = facts.name;
  facts.version = read_version(raw_.version, place_, problems_);
  facts.title = read_text(raw_.title, place_, "title", false, problems_);
  facts.license = read_text(raw_.license, place_, "license", false, problems_);
  facts.build = read_text(raw_.build, place_, "build", false, problems_);
  if (raw_.reserved != 0 || raw_.reserved2 != 0) problems_.add(place_, "a reserved field is not 0");
}

void DescriptorReader::read_operations() {
  if (raw_.n_operations > max_operations) return problems_.add(place_, "it has more than 4096 operations");
  description_.operations.reserve(raw_.n_operations);
  for (std::uint32_t i = 0; i < raw_.n_operations; ++i) {
    const Place which{&place_, "operation", "", i};
    const orrery_operation* operation = raw_.operations ? raw_.operations[i] : nullptr;
    if (!operation) return problems_.add(which, "there is no description (NULL)");
    if (operation->struct_size < sizeof(orrery_operation))
      return problems_.add(which, "its struct has " + std::to_string(operation->struct_size) + " bytes; " +
                                      std::to_string(sizeof(orrery_operation)) + " are needed");
    read_operation(*operation, which);
  }
  check_unique();
}

void DescriptorReader::read_operation(const orrery_operation& raw, const Place& which) {
  catalog::OperationFacts facts;
  const std::string name = read_name(raw.name, which, problems_);
  const Place place{&place_, which.kind, name, which.index};
  facts.name = description_.plugin->name + "." + name;
  facts.version = read_version(raw.version, place, problems_);
  facts.title = read_text(raw.title, place, "title", false, problems_);
  facts.doc = read_text(raw.doc, place, "doc", true, problems_);
  facts.example = read_text(raw.example, place, "example", true, problems_);
  facts.deterministic = (raw.flags & ORRERY_OP_DETERMINISTIC) != 0;
  facts.cancellable = (raw.flags & ORRERY_OP_CANCELLABLE) != 0;
  facts.uses_random = (raw.flags & ORRERY_OP_USES_RANDOM) != 0;
  facts.reads_files = (raw.flags & ORRERY_OP_READS_FILES) != 0;
  facts.plugin = description_.plugin;
  if (!raw.run) problems_.add(place, "it has no run function (NULL)");
  if (!raw.create != !raw.destroy) problems_.add(place, "it has only one of create and destroy");
  if (raw.reserved != 0) problems_.add(place, "a reserved field is not 0");
  read_ports(raw, place, facts, problems_);
  description_.operations.push_back({std::move(facts), &raw});
}

void DescriptorReader::check_unique() {
  std::vector<std::string> names;
  for (const OperationDescription& operation : description_.operations) names.push_back(operation.facts.name);
  std::sort(names.begin(), names.end());
  const auto twice = std::adjacent_find(names.begin(), names.end());
  if (twice == names.end() || twice->ends_with('.')) return;
  problems_.add(place_, "it has two operations named '" + twice->substr(twice->find('.') + 1) + "'");
}

}  // namespace

base::Result<PluginDescription> read_descriptor(const orrery_plugin* plugin) {
  if (auto checked = check_entry(plugin); !checked) return std::move(checked).errors();
  return DescriptorReader(*plugin).read();
}

}  // namespace orrery::host

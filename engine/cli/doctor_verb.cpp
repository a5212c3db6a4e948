// orrery doctor: what the program found on this machine, and what stands in its way.
// SPDX-License-Identifier: Apache-2.0
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>

#include "engine/base/text.hpp"
#include "engine/cli/plugins.hpp"
#include "engine/cli/verbs.hpp"
#include "engine/cli/version.hpp"
#include "engine/store/host.hpp"
#include "engine/store/json.hpp"

namespace orrery::cli {
namespace {

namespace fs = std::filesystem;
using store::Json;

Json cpu_features() {
  Json features = Json::object();
#if defined(__x86_64__)
  features["avx2"] = __builtin_cpu_supports("avx2") != 0;
  features["fma"] = __builtin_cpu_supports("fma") != 0;
  features["avx512f"] = __builtin_cpu_supports("avx512f") != 0;
#endif
  return features;
}

double memory_bytes() {
  return static_cast<double>(::sysconf(_SC_PHYS_PAGES)) * static_cast<double>(::sysconf(_SC_PAGESIZE));
}

std::string folder_state(const fs::path& folder) {
  struct stat facts {};
  if (::stat(folder.c_str(), &facts) != 0) return "not there";
  if (!S_ISDIR(facts.st_mode)) return "not a folder";
  if (::access(folder.c_str(), R_OK | X_OK) != 0) return "not readable";
  return facts.st_mode & S_IWOTH ? "everybody can write to it" : "ok";
}

Json plugins_in(const fs::path& folder, const Plugins& plugins) {
  std::error_code ignored;
  Json found = Json::array();
  for (const auto& plugin : plugins.catalog.plugins()) {
    if (!fs::equivalent(fs::path(plugin->file).parent_path(), folder, ignored)) continue;
    found.push_back({{"name", plugin->name}, {"version", plugin->version}, {"file", plugin->file}});
  }
  for (const host::Refusal& refusal : plugins.refused) {
    const fs::path where = fs::is_directory(refusal.path, ignored) ? refusal.path : refusal.path.parent_path();
    if (!fs::equivalent(where, folder, ignored)) continue;
    found.push_back({{"file", refusal.path.string()},
                     {"refused", refusal.error.message},
                     {"code", base::name_of(refusal.error.code)}});
  }
  return found;
}

Json folders_json(const Session& session, const Plugins& plugins) {
  Json folders = Json::array();
  for (const host::SearchFolder& folder : plugin_folders(session.arguments())) {
    folders.push_back({{"folder", folder.path.string()},
                       {"state", folder_state(folder.path)},
                       {"plugins", plugins_in(folder.path, plugins)}});
  }
  return folders;
}

Json runs_json() {
  std::error_code ignored;
  const bool there = fs::exists("runs", ignored);
  const bool writable = ::access(there ? "runs" : ".", W_OK) == 0;
  const fs::space_info space = fs::space(".", ignored);
  return {{"folder", (fs::current_path(ignored) / "runs").string()},
          {"writable", writable},
          {"free_bytes", space.available}};
}

Json findings(const Session& session) {
  const Plugins plugins = load_plugins_silently(session.arguments());
  return {{"version", version()},
          {"build", build()},
          {"program", own_executable().string()},
          {"system", store::system_name()},
          {"cpu", {{"model", store::cpu_model()}, {"cores", store::core_count()}, {"features", cpu_features()}}},
          {"memory_bytes", memory_bytes()},
          {"float_environment", store::float_environment()},
          {"runs", runs_json()},
          {"scan_cache", host::default_cache().string()},
          {"plugin_folders", folders_json(session, plugins)}};
}

std::string features_text(const Json& features) {
  std::vector<std::string> words;
  for (const auto& [name, there] : features.items()) words.push_back((there.get<bool>() ? "" : "no ") + name);
  return base::join(words);
}

std::vector<report::Line> plugin_lines(const Json& folder) {
  const std::string state = folder["state"];
  std::vector<report::Line> lines{
      {"plugins in", folder["folder"].get<std::string>() + (state == "ok" ? "" : "  (" + state + ")")}};
  for (const Json& plugin : folder["plugins"]) {
    if (plugin.contains("refused")) {
      const std::string file = fs::path(plugin["file"].get<std::string>()).filename().string();
      lines.push_back(
          {"", report::Cell("  " + file + " refused: " + plugin["refused"].get<std::string>(), report::Tone::bad)});
    } else {
      lines.push_back({"", "  " + plugin["name"].get<std::string>() + " " + plugin["version"].get<std::string>()});
    }
  }
  return lines;
}

std::string runs_text(const Json& runs) {
  const std::string room = report::bytes_text(runs["free_bytes"].get<double>()) + " free";
  return runs["folder"].get<std::string>() + "  (" + (runs["writable"].get<bool>() ? room : "not writable") + ")";
}

std::string findings_text(const Json& facts, const report::Paint& paint) {
  const auto text = [&](const char* key) { return facts[key].get<std::string>(); };
  std::vector<report::Line> lines{
      {"orrery", text("version") + " (" + text("build") + ")"},
      {"program", text("program")},
      {"system", text("system")},
      {"processor", facts["cpu"]["model"].get<std::string>() + ", " + report::counted(facts["cpu"]["cores"], "core")},
      {"features", features_text(facts["cpu"]["features"])},
      {"memory", report::bytes_text(facts["memory_bytes"])},
      {"floating point", text("float_environment")},
      {"runs go to", runs_text(facts["runs"])},
      {"scan cache", text("scan_cache")}};
  for (const Json& folder : facts["plugin_folders"]) {
    const auto more = plugin_lines(folder);
    lines.insert(lines.end(), more.begin(), more.end());
  }
  return report::columns(lines, paint);
}

}  // namespace

int doctor_verb(const Session& session) {
  const Json facts = findings(session);
  return session.print(session.arguments().json ? store::dump(facts) + "\n" : findings_text(facts, session.paint()));
}

}  // namespace orrery::cli

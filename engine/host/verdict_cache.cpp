// Remembering verdicts between starts.
// SPDX-License-Identifier: Apache-2.0
#include "engine/host/verdict_cache.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <set>
#include <system_error>
#include <vector>

#include "engine/base/file.hpp"
#include "engine/base/hash.hpp"
#include "engine/base/text.hpp"

namespace orrery::host {
namespace {

constexpr std::uint64_t max_cache_bytes = 16 << 20;
constexpr std::string_view title = "orrery plugin verdicts 1 ", file_tag = "file\t", verdict_tag = "verdict\t",
                           sum_tag = "sum ";
constexpr std::string_view cache_prefix = "plugins-", cache_suffix = ".cache";  // of default_cache_file()
constexpr std::size_t most_others = 8;
constexpr std::chrono::hours longest_unused{30 * 24};

bool is_sha256(std::string_view text) {
  return text.size() == 64 && text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

std::optional<std::uint64_t> number(std::string_view text) {
  std::uint64_t value = 0;
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), value);
  return failure == std::errc() && end == text.data() + text.size() ? std::optional(value) : std::nullopt;
}

/// The lines before the checksum; empty if the checksum does not fit them.
std::optional<std::string_view> checked_body(std::string_view text) {
  const std::size_t sum = text.rfind(sum_tag);
  if (sum == std::string_view::npos || !text.ends_with('\n')) return std::nullopt;
  const std::string_view body = text.substr(0, sum);
  const std::string_view given = text.substr(sum + sum_tag.size(), text.size() - sum - sum_tag.size() - 1);
  return base::xxh3_128_hex(body) == given ? std::optional(body) : std::nullopt;
}

}  // namespace

VerdictCache::VerdictCache(std::filesystem::path file, std::string build)
    : file_(std::move(file)), build_(std::move(build)) {
  if (file_.empty()) return;
  const auto text = base::read_file(file_, max_cache_bytes);
  if (text && parse(*text)) {
    mark_used();
  } else {
    files_.clear();
    verdicts_.clear();
  }
}

bool VerdictCache::parse(std::string_view text) {
  const auto body = checked_body(text);
  if (!body) return false;
  std::string_view rest = *body;
  const std::string expected = std::string(title) + build_ + "\n";
  if (!rest.starts_with(expected)) return false;
  rest.remove_prefix(expected.size());
  while (!rest.empty()) {
    const std::size_t end = rest.find('\n');
    if (end == std::string_view::npos || !parse_line(rest.substr(0, end))) return false;
    rest.remove_prefix(end + 1);
  }
  return true;
}

bool VerdictCache::parse_line(std::string_view line) {
  if (line.starts_with(verdict_tag)) {
    const std::string_view rest = line.substr(verdict_tag.size());
    const std::string_view hash = rest.substr(0, 64);
    if (!is_sha256(hash) || rest.size() < 66 || rest[64] != '\t') return false;
    auto verdict = verdict_of_line(rest.substr(65));
    if (verdict) verdicts_.insert_or_assign(std::string(hash), std::move(*verdict));
    return verdict.has_value();
  }
  const auto fields = fields_of(line);
  if (fields.size() != 8 || !line.starts_with(file_tag) || !is_sha256(fields[2])) return false;
  std::array<std::uint64_t, 5> numbers{};
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    const auto value = number(fields[3 + i]);
    if (!value) return false;
    numbers[i] = *value;
  }
  const FileIdentity identity{numbers[0], numbers[1], numbers[2], numbers[3], numbers[4]};
  files_.insert_or_assign(std::string(fields[1]), Known{identity, std::string(fields[2])});
  return true;
}

const std::string* VerdictCache::sha256_of(const std::string& path, const FileIdentity& identity) const {
  const auto found = files_.find(path);
  return found != files_.end() && found->second.identity == identity ? &found->second.sha256 : nullptr;
}

const Verdict* VerdictCache::verdict_of(const std::string& sha256) const {
  const auto found = verdicts_.find(sha256);
  return found != verdicts_.end() ? &found->second : nullptr;
}

void VerdictCache::learn_file(const std::string& path, const FileIdentity& identity, const std::string& sha256) {
  // A path with a tab or a line break would not survive the file.
  if (base::printable(path) != path) return;
  files_.insert_or_assign(path, Known{identity, sha256});
  news_ = true;
}

void VerdictCache::learn_verdict(const std::string& sha256, Verdict verdict) {
  verdicts_.insert_or_assign(sha256, std::move(verdict));
  news_ = true;
}

std::string VerdictCache::to_text() const {
  std::string text = std::string(title) + build_ + "\n";
  std::set<std::string_view> used;
  for (const auto& [path, known] : files_) {
    const FileIdentity& id = known.identity;
    text.append(file_tag).append(path).append("\t").append(known.sha256);
    for (const std::uint64_t part : {id.device, id.inode, id.size, id.modified_ns, id.changed_ns})
      text.append("\t").append(std::to_string(part));
    text += '\n';
    used.insert(known.sha256);
  }
  for (const auto& [sha256, verdict] : verdicts_)
    if (used.contains(sha256))
      text.append(verdict_tag).append(sha256).append("\t").append(to_line(verdict)).append("\n");
  const std::string sum = base::xxh3_128_hex(text);
  return text.append(sum_tag).append(sum).append("\n");
}

void VerdictCache::forget_lost_files() {
  std::error_code ignored;
  std::erase_if(files_, [&](const auto& entry) { return !std::filesystem::exists(entry.first, ignored); });
}

/// The time of a cache's last change is that of its last use, to the day.
void VerdictCache::mark_used() const {
  std::error_code failed;
  const auto now = std::filesystem::file_time_type::clock::now();
  const auto used = std::filesystem::last_write_time(file_, failed);
  if (!failed && now - used > std::chrono::hours(24)) std::filesystem::last_write_time(file_, now, failed);
}

void VerdictCache::prune_others() const {
  struct Other {
    std::filesystem::file_time_type used;
    std::filesystem::path path;
  };
  std::vector<Other> others;
  std::error_code failed;
  for (std::filesystem::directory_iterator at(file_.parent_path(), failed), end; !failed && at != end;
       at.increment(failed)) {
    const std::string name = at->path().filename().string();
    std::error_code lost;
    const bool cache = name.starts_with(cache_prefix) && name.ends_with(cache_suffix) &&
                       at->symlink_status(lost).type() == std::filesystem::file_type::regular;
    const auto used = cache ? at->last_write_time(lost) : std::filesystem::file_time_type();
    if (cache && !lost && at->path() != file_) others.push_back({used, at->path()});
  }
  std::sort(others.begin(), others.end(), [](const Other& a, const Other& b) { return a.used > b.used; });
  const auto old = std::filesystem::file_time_type::clock::now() - longest_unused;
  for (std::size_t i = 0; i < others.size(); ++i)
    if (i >= most_others || others[i].used < old) std::filesystem::remove(others[i].path, failed);
}

void VerdictCache::save() {
  if (!news_ || file_.empty()) return;
  news_ = false;
  forget_lost_files();
  std::error_code ignored;
  std::filesystem::create_directories(file_.parent_path(), ignored);
  // A folder that cannot be written costs a scan at every start, and nothing else.
  static_cast<void>(base::write_file(file_, to_text()));
  prune_others();
}

}  // namespace orrery::host

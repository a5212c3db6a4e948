// log.jsonl.
// SPDX-License-Identifier: Apache-2.0
#include "engine/store/log_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

#include "engine/store/files.hpp"
#include "engine/store/json.hpp"

namespace orrery::store {

LogFile::~LogFile() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

base::Result<base::Done> LogFile::open() {
  descriptor_ = ::open(path_.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
  if (descriptor_ < 0) return cannot_write(path_, errno);
  return base::Done{};
}

void LogFile::event(std::string_view level, std::string_view event, std::string_view step, std::string_view text) {
  tell_folded();
  repeats_.forget();
  append(level, event, step, text);
}

void LogFile::plugin_line(std::string_view level, std::string_view step, std::string_view text) {
  const std::string whole = std::string(level) + '\0' + std::string(step) + '\0' + std::string(text);
  if (repeats_.repeats(whole)) return;
  tell_folded();
  repeats_.remember(whole);
  last_level_ = level;
  last_step_ = step;
  auto& written = lines_.try_emplace(std::string(step), 0).first->second;
  if (++written <= lines_a_step) append(level, "log", step, text);
}

void LogFile::tell_folded() {
  const std::uint64_t folded = repeats_.take();
  if (folded == 0) return;
  append(last_level_, "log", last_step_, "... " + std::to_string(folded) + " more");
}

void LogFile::tell_dropped() {
  for (const auto& [step, lines] : lines_) {
    if (lines <= lines_a_step) continue;
    append("warn", "log", step,
           "... " + std::to_string(lines - lines_a_step) + " more lines of this step were not kept");
  }
}

base::Result<base::Done> LogFile::close() {
  tell_folded();
  tell_dropped();
  lines_.clear();
  if (descriptor_ >= 0 && ::close(descriptor_) != 0 && !error_) error_ = cannot_write(path_, errno);
  descriptor_ = -1;
  if (error_) return *std::exchange(error_, std::nullopt);
  return base::Done{};
}

void LogFile::append(std::string_view level, std::string_view event, std::string_view step, std::string_view text) {
  if (descriptor_ < 0 || error_) return;
  Json line = {{"t", iso_time(Clock::now())}, {"level", level}, {"event", event}};
  if (!step.empty()) line["step"] = step;
  if (!text.empty()) line["text"] = text;
  const std::string bytes = dump(line, -1) + "\n";
  struct stat before {};
  ::fstat(descriptor_, &before);
  ssize_t written = ::write(descriptor_, bytes.data(), bytes.size());
  if (written == static_cast<ssize_t>(bytes.size())) return;
  // A short write says that the disk is full; asking again gives the reason.
  if (written >= 0)
    written = ::write(descriptor_, bytes.data() + written, bytes.size() - static_cast<std::size_t>(written));
  error_ = cannot_write(path_, written < 0 ? errno : ENOSPC);
  if (::ftruncate(descriptor_, before.st_size) != 0) return;
}

}  // namespace orrery::store

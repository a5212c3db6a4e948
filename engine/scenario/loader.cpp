// Files and their includes: which may be read, in which order, and the circle that they must not form.
// SPDX-License-Identifier: Apache-2.0
#include "engine/scenario/loader.hpp"

#include <algorithm>

#include "engine/base/file.hpp"
#include "engine/base/text.hpp"
#include "engine/scenario/scenario.hpp"

namespace orrery::scenario {
namespace {

namespace fs = std::filesystem;
using base::ErrorCode;

constexpr std::size_t max_includes = 500;
constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

fs::path resolved(const fs::path& path) {
  std::error_code failure;
  const fs::path whole = fs::absolute(path.empty() ? "." : path, failure);
  fs::path result = fs::weakly_canonical(whole, failure);
  return failure ? whole.lexically_normal() : result;
}

bool lies_below(const fs::path& path, const fs::path& folder) {
  const auto [end, rest] = std::mismatch(folder.begin(), folder.end(), path.begin(), path.end());
  // A folder written with a final slash has an empty last part.
  return end == folder.end() || (end->empty() && std::next(end) == folder.end());
}

std::optional<std::string> nearest_file(const fs::path& wanted) {
  std::vector<std::string> names;
  std::error_code failure;
  for (fs::directory_iterator entry(wanted.parent_path(), failure), end;
       !failure && entry != end && names.size() < 1000; entry.increment(failure)) {
    names.push_back(entry->path().filename().string());
  }
  std::sort(names.begin(), names.end());
  return base::nearest(wanted.filename().string(), names);
}

class Loader {
 public:
  explicit Loader(const fs::path& folder) : folder_(resolved(folder)) {}

  void load(const std::string& name, const fs::path& path, std::string text) {
    const bool outermost = stack_.empty();
    if (text.starts_with(byte_order_mark)) text.erase(0, byte_order_mark.size());
    auto source = std::make_shared<const base::Source>(base::Source{name, std::move(text)});
    auto root = parse_toml(source);
    if (!root) {
      result_.complete = false;
      for (base::Error& error : std::move(root).errors()) result_.errors.push_back(std::move(error));
      return;
    }
    check_version(*root, source, outermost);
    if (result_.unknown_format) return;
    stack_.push_back({path, name, {}});
    seen_.push_back(path);
    load_includes(*root);
    stack_.pop_back();
    result_.files.push_back({path, std::move(source), *std::move(root)});
  }

  LoadedFiles take() { return std::move(result_); }

 private:
  struct Open {
    fs::path path;
    std::string name;
    base::Span include;  ///< where it includes the next one
  };

  void add(base::Error error) { result_.errors.push_back(std::move(error)); }

  void fail(base::Error error) {
    result_.complete = false;
    add(std::move(error));
  }

  void check_version(const Node& root, const std::shared_ptr<const base::Source>& source, bool outermost) {
    const Node* version = root.find("orrery");
    if (!version) {
      if (outermost) add(missing_version(root, source));
      return;
    }
    const auto* number = std::get_if<std::int64_t>(&version->value);
    if (number && *number == 1) return;
    result_.unknown_format = true;
    add(base::Error(ErrorCode::format_version, "this engine reads format version 1, not " + version->spelling())
            .at(version->span, "expected 1"));
  }

  static base::Error missing_version(const Node& root, const std::shared_ptr<const base::Source>& source) {
    const bool empty = root.table().empty();
    base::Span place{source, 1, 1, 1};
    if (!empty) {
      const Member& first = root.table().front();
      place = first.node.is_table() ? first.node.span : first.key_span;
    }
    return base::Error(ErrorCode::format_version, empty ? "the file is empty" : "the format version is missing")
        .at(place, "expected 'orrery = 1' before this")
        .help("begin the file with: orrery = 1");
  }

  void load_includes(const Node& root) {
    const Node* include = root.find("include");
    if (!include) return;
    if (include->is_text()) return load_include(*include);
    const bool texts = include->is_array() && std::all_of(include->array().begin(), include->array().end(),
                                                          [](const Node& item) { return item.is_text(); });
    if (!texts) {
      return fail(base::Error(ErrorCode::wrong_type, "'include' must be a list of file names")
                      .at(include->span, "expected [\"file.toml\", ...]"));
    }
    for (const Node& item : include->array()) load_include(item);
  }

  void load_include(const Node& item) {
    // Each one costs a look at the disk, also if it is not there or was read before.
    if (++asked_ > max_includes) {
      if (asked_ == max_includes + 1) fail(base::Error(ErrorCode::too_large, "too many includes").at(item.span));
      return;
    }
    const std::string& text = item.text();
    stack_.back().include = item.span;
    if (text.empty() || text.find('\0') != text.npos) {
      return fail(base::Error(ErrorCode::file_not_found, "'include' needs the name of a file").at(item.span));
    }
    const fs::path path = resolved(stack_.back().path.parent_path() / text);
    if (!lies_below(path, folder_)) return fail(outside(item));
    if (is_open(path)) return fail(cycle(path));
    if (std::find(seen_.begin(), seen_.end(), path) != seen_.end()) return;
    if (seen_.size() >= max_files) {
      return fail(
          base::Error(ErrorCode::too_large, "a scenario consists of at most 64 files").at(item.span, "one too many"));
    }
    open(item, path);
  }

  void open(const Node& item, const fs::path& path) {
    const std::string name = (fs::path(stack_.back().name).parent_path() / item.text()).lexically_normal().string();
    std::error_code failure;
    if (!fs::exists(path, failure)) return fail(not_found(item, path));
    auto text = base::read_file(path, max_file_bytes);
    if (!text) return fail(unreadable(item, path, text.error()));
    load(name, path, *std::move(text));
  }

  static base::Error outside(const Node& item) {
    return base::Error(ErrorCode::file_outside, "'" + item.text() + "' lies outside of the scenario's folder")
        .at(item.span)
        .note("a scenario includes only files of its own folder and of folders below it");
  }

  static base::Error not_found(const Node& item, const fs::path& path) {
    base::Error error = base::Error(ErrorCode::file_not_found, "there is no file '" + item.text() + "'").at(item.span);
    if (const auto near = nearest_file(path)) {
      const std::string name = (fs::path(item.text()).parent_path() / *near).string();
      error.labels.front().text = "did you mean '" + name + "'?";
    }
    return error;
  }

  /// With the file called as the user called it.
  static base::Error unreadable(const Node& item, const fs::path& path, base::Error error) {
    const std::size_t at = error.message.find(path.string());
    if (at != std::string::npos) error.message.replace(at, path.string().size(), item.text());
    return std::move(error).at(item.span, "included here");
  }

  bool is_open(const fs::path& path) const {
    return std::any_of(stack_.begin(), stack_.end(), [&](const Open& open) { return open.path == path; });
  }

  base::Error cycle(const fs::path& path) const {
    auto first = std::find_if(stack_.begin(), stack_.end(), [&](const Open& open) { return open.path == path; });
    std::string names;
    for (auto open = first; open != stack_.end(); ++open) names += open->name + " -> ";
    const bool itself = first + 1 == stack_.end();
    base::Error error(ErrorCode::include_cycle, itself ? "'" + first->name + "' includes itself"
                                                       : "files include each other: " + names + first->name);
    error.labels.push_back({stack_.back().include, "this closes the circle"});
    for (auto open = first; open + 1 != stack_.end(); ++open) error.labels.push_back({open->include, "included here"});
    return error;
  }

  fs::path folder_;
  std::vector<Open> stack_;
  std::vector<fs::path> seen_;
  std::size_t asked_ = 0;
  LoadedFiles result_;
};

}  // namespace

LoadedFiles load_files(std::string text, const std::string& name, const fs::path& folder) {
  Loader loader(folder);
  loader.load(name, resolved(folder / fs::path(name).filename()), std::move(text));
  return loader.take();
}

}  // namespace orrery::scenario

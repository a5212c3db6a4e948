// Checkpoints of loops as files: whole or not at all, with a hash of each value.
// SPDX-License-Identifier: Apache-2.0
#include "engine/store/checkpoints.hpp"

#include <algorithm>
#include <chrono>
#include <cstring>
#include <limits>

#include "engine/base/file.hpp"
#include "engine/base/hash.hpp"
#include "engine/store/files.hpp"
#include "engine/store/host.hpp"
#include "engine/store/json.hpp"

namespace orrery::store {

namespace fs = std::filesystem;
using base::Done;
using base::Error;
using base::ErrorCode;
using base::Result;
using run::Checkpoint;
using value::DType;
using value::Tensor;
using value::Value;

namespace {

constexpr std::string_view magic = "orrery checkpoint 1\n";

std::string_view bytes_of(const Tensor& tensor) {
  return {reinterpret_cast<const char*>(tensor.raw()), tensor.bytes()};
}

/// What stands in the line of JSON, and the bytes behind it.
class Description {
 public:
  void add(const Value& value) { json_.push_back(of(value)); }
  const Json& json() const { return json_; }
  const std::vector<std::string_view>& parts() const { return parts_; }

 private:
  Json of(const Value& value) {
    if (const auto* tensor = std::get_if<Tensor>(&value)) return of(*tensor);
    if (const auto* text = std::get_if<std::string>(&value)) return of(*text);
    const auto& table = *std::get<std::shared_ptr<const value::Table>>(value);
    Json columns = Json::array();
    for (const value::Column& column : table.columns) columns.push_back(of(column));
    return {{"kind", "table"}, {"rows", table.rows}, {"columns", columns}};
  }

  Json of(const value::Column& column) {
    if (!column.is_text()) return {{"name", column.name}, {"value", of(column.tensor())}};
    Json texts = Json::array();
    for (const std::string& text : column.texts()) texts.push_back(of(text));
    return {{"name", column.name}, {"texts", texts}};
  }

  Json of(const Tensor& tensor) {
    return {{"kind", "tensor"},
            {"dtype", std::string(value::name_of(tensor.dtype()))},
            {"shape", tensor.shape()},
            {"unit", tensor.unit().symbol()},
            {"hash", part(bytes_of(tensor))}};
  }

  Json of(const std::string& text) { return {{"kind", "text"}, {"length", text.size()}, {"hash", part(text)}}; }

  std::string part(std::string_view bytes) {
    parts_.push_back(bytes);
    return base::xxh3_128_hex(bytes);
  }

  Json json_ = Json::array();
  std::vector<std::string_view> parts_;
};

struct Damaged {};

/// Takes values from the bytes behind the line; throws what load() turns into an error.
class Reader {
 public:
  explicit Reader(std::string_view bytes) : bytes_(bytes) {}

  Value value(const Json& json) {
    const std::string kind = json.at("kind");
    if (kind == "tensor") return tensor(json);
    if (kind == "text") return text(json);
    auto table = std::make_shared<value::Table>();
    table->rows = json.at("rows");
    for (const Json& column : json.at("columns")) table->columns.push_back(this->column(column));
    return std::shared_ptr<const value::Table>(std::move(table));
  }
  bool at_end() const { return bytes_.empty(); }

 private:
  value::Column column(const Json& json) {
    if (json.contains("value")) return {json.at("name"), tensor(json.at("value"))};
    value::Texts texts;
    for (const Json& one : json.at("texts")) texts.push_back(text(one));
    return {json.at("name"), std::move(texts)};
  }

  Tensor tensor(const Json& json) {
    const std::string name = json.at("dtype");
    constexpr DType all[] = {DType::f64, DType::f32, DType::c128, DType::i64, DType::boolean};
    const auto dtype =
        std::find_if(std::begin(all), std::end(all), [&](DType one) { return value::name_of(one) == name; });
    const value::Shape shape = json.at("shape");
    const auto count = value::checked_count(shape);
    auto unit = value::parse_unit(json.at("unit").get<std::string>());
    if (dtype == std::end(all) || !count || !unit) throw Damaged();
    if (static_cast<std::uint64_t>(*count) > bytes_.size()) throw Damaged();
    const std::string_view bytes = part(static_cast<std::size_t>(*count) * value::size_of(*dtype), json.at("hash"));
    auto made = Tensor::allocate(*dtype, shape, std::move(*unit));
    if (!made) throw Damaged();
    if (!bytes.empty()) std::memcpy(made->raw(), bytes.data(), bytes.size());
    return std::move(*made);
  }

  std::string text(const Json& json) { return std::string(part(json.at("length"), json.at("hash"))); }

  std::string_view part(std::size_t size, const std::string& hash) {
    if (size > bytes_.size()) throw Damaged();
    const std::string_view bytes = bytes_.substr(0, size);
    if (base::xxh3_128_hex(bytes) != hash) throw Damaged();
    bytes_.remove_prefix(size);
    return bytes;
  }

  std::string_view bytes_;
};

Checkpoint parsed(std::string_view text) {
  if (!text.starts_with(magic)) throw Damaged();
  text.remove_prefix(magic.size());
  const std::size_t end = text.find('\n');
  if (end == text.npos) throw Damaged();
  const Json json = Json::parse(text.substr(0, end));
  Reader reader(text.substr(end + 1));
  Checkpoint checkpoint;
  checkpoint.pass = json.at("pass");
  if (!json.at("values").is_array()) throw Damaged();
  for (const Json& value : json.at("values")) checkpoint.values.push_back(reader.value(value));
  if (!reader.at_end() || checkpoint.pass < 0) throw Damaged();
  return checkpoint;
}

}  // namespace

Result<Done> CheckpointFiles::save(const std::string& key, const Checkpoint& checkpoint) {
  if (auto made = make_folders(folder_); !made) return made;
  Description description;
  for (const Value& value : checkpoint.values) description.add(value);
  const Json head{{"pass", checkpoint.pass}, {"host", host_name()}, {"values", description.json()}};
  const std::string line = head.dump() + "\n";
  std::vector<std::string_view> parts{magic, line};
  parts.insert(parts.end(), description.parts().begin(), description.parts().end());
  return base::write_file_parts(file(key), parts);
}

Result<std::optional<Checkpoint>> CheckpointFiles::load(const std::string& key) {
  auto bytes = base::read_file(file(key), std::numeric_limits<std::uint64_t>::max());
  if (!bytes) {
    if (bytes.error().code == ErrorCode::file_not_found) return std::optional<Checkpoint>();
    return std::move(bytes).errors();
  }
  // The JSON library throws whatever it dislikes.
  try {
    return std::optional(parsed(*bytes));
  } catch (const Damaged&) {
  } catch (const std::exception&) {
  }
  return Error(ErrorCode::damaged_run, "'" + file(key).string() + "' is not a whole checkpoint");
}

/// A killed process leaves the file that it was writing under its temporary name.
void CheckpointFiles::remove_remnants() const {
  constexpr auto long_dead = std::chrono::minutes(10);
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator(folder_, ignored)) {
    if (!entry.path().filename().string().starts_with(".orrery-")) continue;
    const auto written = entry.last_write_time(ignored);
    if (!ignored && fs::file_time_type::clock::now() - written > long_dead) fs::remove(entry.path(), ignored);
  }
}

void CheckpointFiles::remove(const std::string& key) {
  std::error_code ignored;
  fs::remove(file(key), ignored);
  remove_remnants();
}

}  // namespace orrery::store

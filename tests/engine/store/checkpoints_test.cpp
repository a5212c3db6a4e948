// Tests of checkpoint files: values come back to the last bit, damaged files are refused.
// one. SPDX-License-Identifier: Apache-2.0
#include "engine/store/checkpoints.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <complex>
#include <cstdlib>
#include <fstream>
#include <iterator>

using namespace orrery;
using value::DType;
using value::Tensor;
using value::Value;
namespace fs = std::filesystem;

namespace {

struct Folder {
  Folder() {
    std::string name = (fs::temp_directory_path() / "orrery-test-XXXXXX").string();
    path = ::mkdtemp(name.data());
  }
  ~Folder() { fs::remove_all(path); }
  fs::path path;
};

run::Checkpoint example() {
  auto table = std::make_shared<value::Table>();
  table->rows = 2;
  table->columns.push_back({"mass", Tensor::of<double>(std::vector{1.0, 2.0}, {2}, *value::parse_unit("kg"))});
  table->columns.push_back({"name", value::Texts{"a\nb", ""}});
  run::Checkpoint made;
  made.pass = 12;
  made.values = {
      Tensor::of<double>(std::vector<double>{0.1, -0.0, std::nan(""), HUGE_VAL}, {2, 2}, *value::parse_unit("km/s^2")),
      Tensor::scalar<std::int64_t>(INT64_MIN),
      Tensor::scalar(true),
      Tensor::scalar(std::complex<double>(1, -2)),
      Tensor::of<float>(std::vector<float>{}, {0, 3}),
      std::string("text with \n and \"quotes\""),
      std::string(),
      std::shared_ptr<const value::Table>(std::move(table))};
  return made;
}

bool same(const Value& a, const Value& b) {
  if (a.index() != b.index()) return false;
  if (const auto* tensor = std::get_if<Tensor>(&a))
    return value::same_bits(*tensor, std::get<Tensor>(b)) && tensor->unit().same_scale(std::get<Tensor>(b).unit());
  if (const auto* text = std::get_if<std::string>(&a)) return *text == std::get<std::string>(b);
  const auto &x = *std::get<std::shared_ptr<const value::Table>>(a),
             &y = *std::get<std::shared_ptr<const value::Table>>(b);
  return x.rows == y.rows && x.names() == y.names() && same(x.columns[0].tensor(), y.columns[0].tensor()) &&
         x.columns[1].texts() == y.columns[1].texts();
}

std::string slurp(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace

TEST_SUITE("engine/store/checkpoints") {
  TEST_CASE("what is saved comes back to its last bit and the last one counts") {
    Folder folder;
    store::CheckpointFiles files(folder.path / "deep" / "folder");
    auto none = files.load("k");
    REQUIRE(none);
    CHECK_FALSE(none->has_value());
    run::Checkpoint before;
    before.pass = 3;
    REQUIRE(files.save("k", before));
    const run::Checkpoint made = example();
    REQUIRE(files.save("k", made));
    const auto loaded = files.load("k");
    REQUIRE(loaded);
    REQUIRE(loaded->has_value());
    CHECK((*loaded)->pass == 12);
    REQUIRE((*loaded)->values.size() == made.values.size());
    for (std::size_t i = 0; i < made.values.size(); ++i) {
      CAPTURE(i);
      CHECK(same(made.values[i], (*loaded)->values[i]));
    }
    files.remove("k");
    CHECK_FALSE(files.load("k")->has_value());
  }

  TEST_CASE("a file that is cut off or changed anywhere is refused") {
    Folder folder;
    store::CheckpointFiles files(folder.path);
    REQUIRE(files.save("k", example()));
    const fs::path path = folder.path / "k.checkpoint";
    const std::string whole = slurp(path);
    for (std::size_t size = 0; size < whole.size(); size += 7) {
      std::ofstream(path, std::ios::binary) << whole.substr(0, size);
      CAPTURE(size);
      CHECK_FALSE(files.load("k"));
    }
    const std::size_t data = whole.find('\n', whole.find('{')) + 1;
    for (std::size_t at = data; at < whole.size(); at += 5) {
      std::string changed = whole;
      changed[at] = static_cast<char>(changed[at] ^ 1);
      std::ofstream(path, std::ios::binary) << changed;
      CAPTURE(at);
      CHECK_FALSE(files.load("k"));
    }
    std::ofstream(path, std::ios::binary) << whole << "more";
    CHECK_FALSE(files.load("k"));
  }

  TEST_CASE("a header that asks for more than there is is refused without taking memory for it") {
    Folder folder;
    store::CheckpointFiles files(folder.path);
    for (const char* values : {R"([{"kind":"tensor","dtype":"f64","shape":[1000000000000],"unit":"1","hash":"x"}])",
                               R"([{"kind":"tensor","dtype":"f64","shape":[-1],"unit":"1","hash":"x"}])",
                               R"([{"kind":"tensor","dtype":"f99","shape":[],"unit":"1","hash":"x"}])",
                               R"([{"kind":"tensor","dtype":"f64","shape":[],"unit":"qqq","hash":"x"}])",
                               R"([{"kind":"text","length":99,"hash":"x"}])",
                               R"([{"kind":"table","rows":1,"columns":[{}]}])", R"([7])", R"({})"}) {
      std::ofstream(folder.path / "k.checkpoint", std::ios::binary)
          << "orrery checkpoint 1\n{\"pass\":1,\"values\":" << values << "}\n";
      CAPTURE(values);
      CHECK_FALSE(files.load("k"));
    }
  }

  TEST_CASE("a folder that cannot be made is an error") {
    Folder folder;
    std::ofstream(folder.path / "file") << "x";
    store::CheckpointFiles files(folder.path / "file" / "in");
    CHECK_FALSE(files.save("k", example()));
  }
}

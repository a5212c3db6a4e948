// What a loop needs to go on after a pass: values one after the other, kept by whoever keeps files.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engine/base/result.hpp"
#include "engine/value/value.hpp"

namespace orrery::run {

struct Checkpoint {
  std::int64_t pass = 0;
  std::vector<value::Value> values;  ///< what they are, only the loop knows that wrote them
};

/// Checkpoints by a key that stands for everything their loop depends on.
class CheckpointKeeper {
 public:
  virtual ~CheckpointKeeper() = default;
  /// The last one, if it can be read; one that cannot be read is an error, and as good as none.
  virtual base::Result<std::optional<Checkpoint>> load(const std::string& key) = 0;
  /// In place of the one before, whole or not at all.
  virtual base::Result<base::Done> save(const std::string& key, const Checkpoint& checkpoint) = 0;
  virtual void remove(const std::string& key) = 0;
};

/// Writes parts of a loop into a checkpoint.
class Packer {
 public:
  explicit Packer(Checkpoint& into) : into_(into) {}
  void put(value::Value value) { into_.values.push_back(std::move(value)); }
  void put(const std::vector<std::int64_t>& numbers);
  void put(const std::vector<double>& numbers);
  void put(std::int64_t number) { put(value::Tensor::scalar(number)); }

 private:
  Checkpoint& into_;
};

/// Reads them in the same order. What does not fit makes everything from there on fail.
class Unpacker {
 public:
  explicit Unpacker(const Checkpoint& from) : from_(from) {}
  bool good() const { return good_; }
  bool at_end() const { return good_ && next_ == from_.values.size(); }
  bool take(value::Value& into);
  bool take(std::vector<std::int64_t>& into);
  bool take(std::vector<double>& into);
  bool take(std::int64_t& into);
  bool take(value::Tensor& into);

 private:
  template <class T>
  bool take_numbers(std::vector<T>& into);

  const Checkpoint& from_;
  std::size_t next_ = 0;
  bool good_ = true;
};

}  // namespace orrery::run

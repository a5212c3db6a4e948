// Checkpoints of loops as files: whole or not at all, with a hash of each value.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>

#include "engine/run/checkpoint.hpp"

namespace orrery::store {

/// One file a key, KEY.checkpoint. A line of JSON says what the values are, their bytes follow.
class CheckpointFiles final : public run::CheckpointKeeper {
 public:
  explicit CheckpointFiles(std::filesystem::path folder) : folder_(std::move(folder)) {}

  base::Result<std::optional<run::Checkpoint>> load(const std::string& key) override;
  base::Result<base::Done> save(const std::string& key, const run::Checkpoint& checkpoint) override;
  void remove(const std::string& key) override;

 private:
  std::filesystem::path file(const std::string& key) const { return folder_ / (key + ".checkpoint"); }

  void remove_remnants() const;

  std::filesystem::path folder_;
};

}  // namespace orrery::store

// Scratch memory that lasts as long as one call of an operation.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <mutex>
#include <vector>

namespace orrery::host {

/// Costs nothing until something is asked of it. May be used by several threads at once.
class Arena {
 public:
  static constexpr std::size_t alignment = 64;

  /// Uninitialised; nullptr when there is none, or for no bytes.
  void* allocate(std::uint64_t bytes) noexcept {
    constexpr std::uint64_t most = std::uint64_t{1} << 62;
    if (bytes == 0 || bytes > most) return nullptr;
    void* block = std::aligned_alloc(alignment, (bytes + alignment - 1) / alignment * alignment);
    return block && keep(block) ? block : nullptr;
  }
  /// Not while anybody allocates.
  void clear() noexcept { blocks_.clear(); }
  template <class T>
  T* array(std::size_t count) noexcept {
    return static_cast<T*>(allocate(count * sizeof(T)));
  }

 private:
  struct Free {
    void operator()(void* block) const noexcept { std::free(block); }
  };

  bool keep(void* block) noexcept {
    std::unique_ptr<void, Free> owned(block);
    const std::lock_guard lock(mutex_);
    try {
      blocks_.push_back(std::move(owned));
    } catch (const std::bad_alloc&) {
      return false;
    }
    return true;
  }

  std::mutex mutex_;
  std::vector<std::unique_ptr<void, Free>> blocks_;
};

}  // namespace orrery::host

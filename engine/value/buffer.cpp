// One allocation for a buffer and its reference count, counted for reports.
// SPDX-License-Identifier: Apache-2.0
#include "engine/value/buffer.hpp"

#include <atomic>
#include <new>

namespace orrery::value {
namespace {

constexpr std::size_t alignment = 64;

std::atomic<std::uint64_t> live_bytes{0}, peak_bytes{0};

void count_up(std::uint64_t bytes) {
  const std::uint64_t live = live_bytes.fetch_add(bytes, std::memory_order_relaxed) + bytes;
  std::uint64_t peak = peak_bytes.load(std::memory_order_relaxed);
  while (live > peak && !peak_bytes.compare_exchange_weak(peak, live, std::memory_order_relaxed)) {
  }
}

/// Places the reference count into the first 64 bytes of the block whose rest is the buffer.
template <class T>
struct BlockAllocator {
  using value_type = T;

  void* block;
  std::size_t bytes;

  BlockAllocator(void* b, std::size_t n) : block(b), bytes(n) {}
  template <class U>
  BlockAllocator(const BlockAllocator<U>& other) : block(other.block), bytes(other.bytes) {}

  T* allocate(std::size_t) {
    static_assert(sizeof(T) <= alignment && alignof(T) <= alignment);
    return static_cast<T*>(block);
  }
  void deallocate(T*, std::size_t) {
    live_bytes.fetch_sub(bytes, std::memory_order_relaxed);
    ::operator delete (block, std::align_val_t{alignment});
  }
  template <class U>
  bool operator==(const BlockAllocator<U>& other) const {
    return block == other.block;
  }
};

}  // namespace

Buffer allocate_buffer(std::size_t bytes) {
  void* block = ::operator new (bytes + alignment, std::align_val_t{alignment}, std::nothrow);
  if (block == nullptr) return nullptr;
  count_up(bytes);
  // The block goes when the count does, so the buffer itself needs no deleter.
  return Buffer(
      static_cast<std::byte*>(block) + alignment, [](std::byte*) {}, BlockAllocator<std::byte>(block, bytes));
}

MemoryUse memory_use() {
  return {live_bytes.load(std::memory_order_relaxed), peak_bytes.load(std::memory_order_relaxed)};
}

}  // namespace orrery::value

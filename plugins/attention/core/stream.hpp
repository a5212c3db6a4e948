// Softmax attention by blocks of keys: memory linear in the number of keys, whatever the number of queries.
// SPDX-License-Identifier: Apache-2.0
//
// 1. construct with a checked problem   2. pack_keys() for each group, in any order, on any threads
// 3. run() for each task, in any order, on any threads; each has a workspace of its own
//
// The largest score so far and the sum of exponentials are carried along: Milakov and Gimelshein 2018; blocks of keys
// and queries: Rabe and Staats 2021, Dao et al. 2022. Where blocks begin depends on the lengths alone, so results do
// not depend on threads, nor on which build of the kernels runs.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "plugins/attention/core/problem.hpp"
#include "plugins/attention/core/stream_kernels.hpp"

namespace orrery::attention {

/// Memory of one task; it is kept from task to task.
template <class T>
struct StreamWorkspace {
  std::vector<T> query, scores, output, largest, sum, factor, value;
};

template <class T>
class StreamingAttention {
 public:
  /// @param problem checked; its data are borrowed   @param kernels the build that runs
  explicit StreamingAttention(const Problem<T>& problem, const StreamKernels<T>& kernels = stream_kernels<T>());

  /// Arranges the keys of a group in panels, and notes which of its values are not finite.
  void pack_keys(std::int64_t group);

  /// Blocks of queries, over all heads.
  std::int64_t tasks() const;

  /// One block of queries.
  /// @param output [-] heads x queries x value_depth   @param logsumexp [-] heads x queries, of scores
  /// @accuracy against double precision, inputs of order 1 and depth 64: 3e-7 in single, 5e-16 in double precision
  void run(std::int64_t task, StreamWorkspace<T>& workspace, std::span<T> output, std::span<double> logsumexp) const;

 private:
  struct Rows {
    std::int64_t head, group, first, count;
  };
  void begin(const Rows& rows, StreamWorkspace<T>& workspace) const;
  void block(const Rows& rows, KeyRange keys, StreamWorkspace<T>& workspace) const;
  void add_bias(const Rows& rows, KeyRange keys, std::int64_t row, T* scores) const;
  void hide(const Rows& rows, KeyRange keys, std::int64_t row, T* scores) const;
  void accumulate(const Rows& rows, KeyRange keys, StreamWorkspace<T>& workspace) const;
  void accumulate_seen(const Rows& rows, KeyRange keys, StreamWorkspace<T>& workspace) const;
  const T* padded_values(const Rows& rows, KeyRange keys, StreamWorkspace<T>& workspace) const;
  bool finite_values(std::int64_t group, KeyRange keys) const;

  Problem<T> problem_;
  const StreamKernels<T>& kernels_;
  std::int64_t panels_, width_;
  std::vector<T> packed_;
  std::vector<T> relative_;
  std::vector<unsigned char> not_finite_;
};

}  // namespace orrery::attention

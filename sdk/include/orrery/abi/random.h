/* The counter-based random generator Philox4x32-10, the same in every plugin and in the engine.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A draw is a pure function of (key, stream, index): results depend neither on threads nor on the order of calls.
 * Source: Salmon, Moraes, Dror and Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011.
 */
#ifndef ORRERY_ABI_RANDOM_H
#define ORRERY_ABI_RANDOM_H

#include <stdint.h>

/* Replaces counter by ten rounds of Philox4x32 under key. */
static inline void orrery_philox4x32(uint32_t counter[4], uint32_t key0, uint32_t key1) {
  for (int round = 0; round < 10; ++round) {
    const uint64_t low = (uint64_t)0xD2511F53u * counter[0];
    const uint64_t high = (uint64_t)0xCD9E8D57u * counter[2];
    counter[0] = (uint32_t)(high >> 32) ^ counter[1] ^ key0;
    counter[1] = (uint32_t)high;
    counter[2] = (uint32_t)(low >> 32) ^ counter[3] ^ key1;
    counter[3] = (uint32_t)low;
    key0 += 0x9E3779B9u;
    key1 += 0xBB67AE85u;
  }
}

/* Two 64-bit words: draw number index of a stream under a key. */
static inline void orrery_random_words(uint64_t key, uint64_t stream, uint64_t index, uint64_t out[2]) {
  uint32_t counter[4];
  counter[0] = (uint32_t)index;
  counter[1] = (uint32_t)(index >> 32);
  counter[2] = (uint32_t)stream;
  counter[3] = (uint32_t)(stream >> 32);
  orrery_philox4x32(counter, (uint32_t)key, (uint32_t)(key >> 32));
  out[0] = counter[0] | ((uint64_t)counter[1] << 32);
  out[1] = counter[2] | ((uint64_t)counter[3] << 32);
}

/* A double in [0, 1) from 53 bits of a word. */
static inline double orrery_random_unit(uint64_t word) { return (double)(word >> 11) * 0x1p-53; }

#endif

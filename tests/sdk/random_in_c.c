/* The interface's headers in C: they compile alone, and the random generator gives C what it gives C++.
 * SPDX-License-Identifier: Apache-2.0
 */
#include <orrery/abi/plugin.h>
#include <orrery/abi/random.h>

void philox_in_c(uint32_t counter[4], uint32_t key0, uint32_t key1);
void words_in_c(uint64_t key, uint64_t stream, uint64_t index, uint64_t out[2]);
double unit_in_c(uint64_t word);

void philox_in_c(uint32_t counter[4], uint32_t key0, uint32_t key1) { orrery_philox4x32(counter, key0, key1); }
void words_in_c(uint64_t key, uint64_t stream, uint64_t index, uint64_t out[2]) {
  orrery_random_words(key, stream, index, out);
}
double unit_in_c(uint64_t word) { return orrery_random_unit(word); }

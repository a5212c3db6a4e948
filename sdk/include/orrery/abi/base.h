/* Macros, status codes and text: what every other header of the plugin interface stands on.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The interface is C11 and depends on <stddef.h> and <stdint.h> only. Nothing in it throws, and nothing allocates or
 * frees memory for the other side. A struct that may grow begins with its own size: whoever allocates it sets
 * struct_size, whoever reads or fills it touches only what fits.
 *
 * Thread tags used below: [load] one thread, at load; [any] any thread at any time; [call] inside run() of that call,
 * on the thread that entered it or on a worker of its parallel_for.
 */
#ifndef ORRERY_ABI_BASE_H
#define ORRERY_ABI_BASE_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
#define ORRERY_NOEXCEPT noexcept
#define ORRERY_BEGIN_C extern "C" {
#define ORRERY_END_C }
#else
#define ORRERY_NOEXCEPT
#define ORRERY_BEGIN_C
#define ORRERY_END_C
#endif

#define ORRERY_EXPORT __attribute__((visibility("default")))

/* True when the struct that p points to is long enough to hold field f of type T. */
#define ORRERY_HAS(p, T, f) ((p)->struct_size >= offsetof(T, f) + sizeof(((T*)0)->f))

ORRERY_BEGIN_C

/* 0 is success, negative an error, positive a benign outcome. An unknown negative value means ORRERY_E_INTERNAL. */
typedef int32_t orrery_status;

enum {
  ORRERY_OK = 0,
  ORRERY_STOPPED = 1,        /* the host asked to stop, and the operation did */
  ORRERY_ABSENT = 2,         /* an optional input was not given */
  ORRERY_E_INVALID = -1,     /* an input is wrong in itself */
  ORRERY_E_RANGE = -2,       /* a value lies outside its allowed range */
  ORRERY_E_SHAPE = -3,       /* shapes do not fit each other or the port */
  ORRERY_E_NUMERIC = -4,     /* no convergence, a singular matrix, a result that is not finite */
  ORRERY_E_MEMORY = -5,      /* the host could not provide memory */
  ORRERY_E_IO = -6,          /* reading or writing failed */
  ORRERY_E_UNSUPPORTED = -7, /* a known request that this side does not offer */
  ORRERY_E_INTERNAL = -8     /* a defect: an exception without a better class, a broken promise */
};

/* UTF-8 text by pointer and length, not NUL-terminated. Frozen: it has no size field and never grows. */
typedef struct orrery_text {
  const char* data;
  uint64_t size;
} orrery_text;

ORRERY_END_C
#endif

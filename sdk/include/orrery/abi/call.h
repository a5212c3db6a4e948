/* What the host lends to one run of an operation.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Ports are addressed by their index in the operation's descriptor. Every function is [call]; those of which an
 * operation may call several at once on the workers of its parallel_for are poll, fail, log, tap, scratch and
 * parallel_for. Of failures in several parts the one of the first part, in index order, is kept.
 */
#ifndef ORRERY_ABI_CALL_H
#define ORRERY_ABI_CALL_H

#include <orrery/abi/operation.h>

ORRERY_BEGIN_C

enum { ORRERY_LOG_DEBUG = 0, ORRERY_LOG_INFO = 1, ORRERY_LOG_WARN = 2, ORRERY_LOG_ERROR = 3 };

typedef struct orrery_call orrery_call;

/* A part [begin, end) of a parallel loop. Anything but ORRERY_OK ends the loop early. */
typedef orrery_status (*orrery_body)(void* user, uint64_t begin, uint64_t end) ORRERY_NOEXCEPT;

typedef struct orrery_call_api {
  uint32_t struct_size;
  uint32_t reserved; /* 0 */

  /* Inputs. element is 0 but for list ports, where in_count says how many there are. ORRERY_ABSENT when an optional
   * input was not given. What is filled in stays valid until run returns. */
  uint64_t (*in_count)(orrery_call*, uint32_t port) ORRERY_NOEXCEPT;
  orrery_status (*in_tensor)(orrery_call*, uint32_t port, uint64_t element, orrery_tensor* out) ORRERY_NOEXCEPT;
  orrery_status (*in_text)(orrery_call*, uint32_t port, uint64_t element, orrery_text* out) ORRERY_NOEXCEPT;
  orrery_status (*in_table)(orrery_call*, uint32_t port, uint64_t element, orrery_table* out) ORRERY_NOEXCEPT;

  /* Outputs. The host checks the shape against the port, allocates, and the operation fills. The contents start
   * undefined. Asking again for the same output replaces it. */
  orrery_status (*out_tensor)(orrery_call*, uint32_t port, uint32_t dtype, uint32_t rank, const int64_t* shape,
                              orrery_tensor* out) ORRERY_NOEXCEPT;
  orrery_status (*out_text)(orrery_call*, uint32_t port, orrery_text value) ORRERY_NOEXCEPT; /* copied */
  orrery_status (*out_table)(orrery_call*, uint32_t port, int64_t n_rows) ORRERY_NOEXCEPT;
  /* A numeric column to fill; unit NULL takes the one that the port declares for that name. */
  orrery_status (*out_column)(orrery_call*, uint32_t port, orrery_text name, uint32_t dtype, const orrery_text* unit,
                              void** data) ORRERY_NOEXCEPT;
  orrery_status (*out_column_text)(orrery_call*, uint32_t port, orrery_text name, const orrery_text* values)
      ORRERY_NOEXCEPT; /* n_rows values, copied */

  /* Progress in, ORRERY_STOPPED out. total 0 means unknown. Cheap enough for every few microseconds of work. */
  orrery_status (*poll)(orrery_call*, uint64_t done, uint64_t total) ORRERY_NOEXCEPT;
  /* Records why the operation fails and returns code, so that "return fail(...)" reads well. The message is copied. */
  orrery_status (*fail)(orrery_call*, orrery_status code, orrery_text message) ORRERY_NOEXCEPT;
  void (*log)(orrery_call*, uint32_t level, orrery_text message) ORRERY_NOEXCEPT; /* copied */
  /* Memory until run returns, aligned to 64 bytes; NULL when there is none. */
  void* (*scratch)(orrery_call*, uint64_t n_bytes)ORRERY_NOEXCEPT;
  /* Cuts [0, n) into parts of grain (the last may be shorter) and runs them on the host's own threads. The cuts depend
   * on n and grain alone. Returns the status of the first part, in index order, that did not return ORRERY_OK. */
  orrery_status (*parallel_for)(orrery_call*, uint64_t n, uint64_t grain, orrery_body body, void* user) ORRERY_NOEXCEPT;
  /* Hands a value to whoever listens to a tap; copied. index orders the values of one tap. Only worth a call when bit
   * tap of taps_wanted is set. */
  void (*tap)(orrery_call*, uint32_t tap, int64_t index, uint32_t dtype, uint32_t rank, const int64_t* shape,
              const void* data) ORRERY_NOEXCEPT;
  const void* (*query)(orrery_call*, const char* extension)ORRERY_NOEXCEPT;
} orrery_call_api;

/* Made by the host for each run. */
struct orrery_call {
  uint32_t struct_size;
  uint32_t max_threads; /* how many threads parallel_for may use */
  const orrery_call_api* api;
  uint64_t taps_wanted; /* bit i: somebody listens to tap i */
  uint64_t random_key;  /* key of the counter-based generator of <orrery/abi/random.h> */
};

ORRERY_END_C
#endif

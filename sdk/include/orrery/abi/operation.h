/* The description of an operation: its ports as data, so that a scenario is checked before any code of a plugin runs.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Every string here is NUL-terminated UTF-8 and lives as long as the process.
 *
 * Shapes   "" is a scalar; "n x 3" has two axes; a letter is one number in all ports of the operation; a letter that
 *          is also the name of a scalar i64 input is that input's value; "n+1" and "n-1" are allowed; a leading "..."
 *          stands for any number of batch axes, the same in every port, where a port without batch serves all of
 *          them; "*" alone is any shape.
 * Units    a product of powers such as "km^3/s^2"; "1" is a pure number; "*" on an input accepts any unit. The unit of
 *          another port may be built from the names of such inputs, as in "1/points" or "a*b". A value that arrives in
 *          another unit of the same dimension is converted by the host, so run() only ever sees the declared unit.
 * Defaults text as it would stand in a scenario: "0.5", "true", "newton", "[1, 2, 3]", "7000 km".
 */
#ifndef ORRERY_ABI_OPERATION_H
#define ORRERY_ABI_OPERATION_H

#include <orrery/abi/value.h>

ORRERY_BEGIN_C

enum { ORRERY_KIND_TENSOR = 1, ORRERY_KIND_TEXT = 2, ORRERY_KIND_TABLE = 3 };

enum {
  ORRERY_PORT_OPTIONAL = 1u << 0,  /* input: may be absent; output: may be left out */
  ORRERY_PORT_LIST = 1u << 1,      /* input: takes a list of values, each of the port's kind */
  ORRERY_PORT_FINITE = 1u << 2,    /* input: the host refuses NaN and infinity, and names the position */
  ORRERY_PORT_ABOVE_MIN = 1u << 3, /* the minimum itself is not allowed */
  ORRERY_PORT_BELOW_MAX = 1u << 4  /* the maximum itself is not allowed */
};

typedef struct orrery_port {
  uint32_t struct_size;
  uint32_t kind;
  uint32_t dtypes; /* tensor: the accepted element types; of an output with several, dtype_like says which it is */
  uint32_t flags;
  const char* name;
  const char* doc;
  const char* unit;         /* tensor; NULL otherwise */
  const char* shape;        /* tensor; NULL otherwise */
  const char* default_text; /* input: NULL when it must be given (or is optional) */
  const char* dtype_like;   /* output: the input whose element type it takes, or NULL */
  const char* in_place;     /* output: the input whose buffer it may reuse when nobody else reads it, or NULL */
  double minimum;           /* in the port's unit; NaN when unbounded */
  double maximum;
  const char* const* choices;               /* text: the allowed values; NULL when any */
  const struct orrery_port* const* columns; /* table: the columns that must be there (input) or will be (output) */
  uint32_t n_choices;
  uint32_t n_columns;
} orrery_port;

enum {
  ORRERY_OP_DETERMINISTIC = 1u << 0, /* same inputs, same bytes, whatever the number of threads */
  ORRERY_OP_CANCELLABLE = 1u << 1,   /* calls poll() at least every few milliseconds */
  ORRERY_OP_USES_RANDOM = 1u << 2,   /* results depend on the random key of the call */
  ORRERY_OP_READS_FILES = 1u << 3
};

struct orrery_call;

typedef struct orrery_operation {
  uint32_t struct_size;
  uint32_t flags;
  const char* name;    /* without the plugin's: "propagate" */
  const char* version; /* semantic version; part of the identity of cached results */
  const char* title;   /* one line */
  const char* doc;     /* paragraphs; method, accuracy, source */
  const char* example; /* the lines of a step that runs as it is, after "use"; or NULL */
  const orrery_port* const* inputs;
  const orrery_port* const* outputs;
  const orrery_port* const* taps; /* named internal values, at most 64 */
  uint32_t n_inputs;
  uint32_t n_outputs;
  uint32_t n_taps;
  uint32_t reserved; /* 0 */

  /* A prepared instance is a pure cache: results must not depend on whether or how often one is made. All three may be
   * NULL except run. create and destroy: [any], one call at a time for an instance. */
  orrery_status (*create)(const struct orrery_operation*, void** instance) ORRERY_NOEXCEPT;
  /* [any] Concurrent calls get different instances. Everything lent by the call is valid until run returns. */
  orrery_status (*run)(const struct orrery_operation*, void* instance, struct orrery_call*) ORRERY_NOEXCEPT;
  void (*destroy)(const struct orrery_operation*, void* instance) ORRERY_NOEXCEPT;

  /* [any] An optional extension by name and revision, such as "orrery.plan/1"; NULL for a name it does not know. */
  const void* (*query)(const struct orrery_operation*, const char* extension)ORRERY_NOEXCEPT;
} orrery_operation;

ORRERY_END_C
#endif

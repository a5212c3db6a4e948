/* A plugin in plain C11: every function of the call's table is used once.
 * SPDX-License-Identifier: Apache-2.0
 */
#include <math.h>
#include <orrery/abi/plugin.h>
#include <orrery/abi/random.h>
#include <stdlib.h>
#include <string.h>

#define RUN(name) \
  static orrery_status name(const orrery_operation* self, void* instance, orrery_call* call) ORRERY_NOEXCEPT
#define UNUSED (void)self, (void)instance

#define UNBOUNDED .minimum = NAN, .maximum = NAN
#define COUNT .kind = ORRERY_KIND_TENSOR, .unit = "1", .dtypes = ORRERY_I64
#define NUMBER .kind = ORRERY_KIND_TENSOR, .unit = "1", .dtypes = ORRERY_F64, UNBOUNDED
#define PORT(identifier, ...) static const orrery_port identifier = {.struct_size = sizeof(orrery_port), __VA_ARGS__};

static orrery_text text(const char* chars) {
  const orrery_text view = {chars, strlen(chars)};
  return view;
}

static orrery_status read_tensor(orrery_call* call, uint32_t port, uint64_t element, orrery_tensor* tensor) {
  memset(tensor, 0, sizeof(*tensor));
  tensor->struct_size = sizeof(*tensor);
  return call->api->in_tensor(call, port, element, tensor);
}

static double* make_numbers(orrery_call* call, uint32_t port, uint32_t rank, const int64_t* shape) {
  orrery_tensor tensor = {.struct_size = sizeof(tensor)};
  return call->api->out_tensor(call, port, ORRERY_F64, rank, shape, &tensor) == ORRERY_OK ? tensor.data : NULL;
}

/* plain.square: parts of a parallel loop, a tap, progress and scratch memory. */

PORT(square_x, NUMBER, .name = "x", .shape = "n", .doc = "numbers", .flags = ORRERY_PORT_FINITE)
PORT(square_y, NUMBER, .name = "y", .shape = "n", .doc = "their squares", .in_place = "x")
PORT(square_largest, NUMBER, .name = "largest", .shape = "", .doc = "the largest square of a part")

struct squares {
  orrery_call* call;
  const double* x;
  double *y, *copy;
};

static orrery_status square_part(void* user, uint64_t begin, uint64_t end) ORRERY_NOEXCEPT {
  const struct squares* s = user;
  double largest = 0;
  for (uint64_t i = begin; i < end; ++i) {
    s->copy[i] = s->x[i] * s->x[i];
    if (s->copy[i] > largest) largest = s->copy[i];
  }
  memcpy(s->y + begin, s->copy + begin, (end - begin) * sizeof(double));
  if (s->call->taps_wanted & 1u) s->call->api->tap(s->call, 0, (int64_t)begin, ORRERY_F64, 0, NULL, &largest);
  return s->call->api->poll(s->call, end, 0);
}

RUN(square) {
  UNUSED;
  orrery_tensor x;
  const orrery_status status = read_tensor(call, 0, 0, &x);
  if (status != ORRERY_OK) return status;
  struct squares s = {call, x.data, make_numbers(call, 0, x.rank, x.shape), NULL};
  s.copy = call->api->scratch(call, (uint64_t)x.count * sizeof(double));
  if (!s.y || (x.count && !s.copy)) return ORRERY_E_MEMORY;
  return call->api->parallel_for(call, (uint64_t)x.count, 100, square_part, &s);
}

/* plain.uniform: random numbers that depend on the key and the index alone. */

PORT(uniform_n, COUNT, .name = "n", .shape = "", .doc = "how many", .default_text = "8", .minimum = 0, .maximum = 1e9)
PORT(uniform_values, NUMBER, .name = "values", .shape = "n", .doc = "numbers in [0, 1)")

RUN(uniform) {
  UNUSED;
  orrery_tensor n;
  const orrery_status status = read_tensor(call, 0, 0, &n);
  if (status != ORRERY_OK) return status;
  const int64_t count = *(const int64_t*)n.data;
  double* values = make_numbers(call, 0, 1, &count);
  if (!values) return ORRERY_E_MEMORY;
  for (int64_t i = 0; i < count; ++i) {
    uint64_t words[2];
    orrery_random_words(call->random_key, 0, (uint64_t)i, words);
    values[i] = orrery_random_unit(words[0]);
  }
  return ORRERY_OK;
}

/* plain.sum: a list of tensors, and an optional input. */

PORT(sum_terms, NUMBER, .name = "terms", .shape = "", .doc = "numbers", .flags = ORRERY_PORT_LIST)
PORT(sum_start, NUMBER, .name = "start", .shape = "", .doc = "first number", .flags = ORRERY_PORT_OPTIONAL)
PORT(sum_total, NUMBER, .name = "total", .shape = "", .doc = "the sum")

RUN(sum) {
  UNUSED;
  orrery_tensor term;
  double total = 0;
  orrery_status status = read_tensor(call, 1, 0, &term);
  if (status < 0) return status;
  if (status == ORRERY_OK) total = *(const double*)term.data;
  for (uint64_t i = 0; i < call->api->in_count(call, 0); ++i) {
    status = read_tensor(call, 0, i, &term);
    if (status != ORRERY_OK) return status;
    total += *(const double*)term.data;
  }
  double* out = make_numbers(call, 0, 0, NULL);
  if (!out) return ORRERY_E_MEMORY;
  *out = total;
  return ORRERY_OK;
}

/* plain.weigh: a table in, a table and a text out, log lines and a failure with a message. */

#define COLUMN .kind = ORRERY_KIND_TENSOR, .shape = "rows", UNBOUNDED
PORT(name_column, COLUMN, .dtypes = ORRERY_TEXT, .name = "name", .unit = "1")
PORT(mass_column, COLUMN, .dtypes = ORRERY_F64, .name = "mass", .unit = "kg")
PORT(share_column, COLUMN, .dtypes = ORRERY_F64, .name = "share", .unit = "1")
static const orrery_port* const body_columns[] = {&name_column, &mass_column};
static const orrery_port* const share_columns[] = {&name_column, &share_column};
PORT(weigh_bodies, .kind = ORRERY_KIND_TABLE, .name = "bodies", .doc = "bodies and their masses",
     .columns = body_columns, .n_columns = 2)
PORT(weigh_shares, .kind = ORRERY_KIND_TABLE, .name = "shares", .doc = "the part of each in the total mass",
     .columns = share_columns, .n_columns = 2)
PORT(weigh_heaviest, .kind = ORRERY_KIND_TEXT, .name = "heaviest", .doc = "the name of the heaviest")

static const orrery_column* find(const orrery_table* table, const char* name) {
  for (uint32_t i = 0; i < table->n_columns; ++i) {
    const orrery_column* column = (const void*)((const char*)table->columns + i * table->column_stride);
    if (column->name.size == strlen(name) && memcmp(column->name.data, name, column->name.size) == 0) return column;
  }
  return NULL;
}

static orrery_status put_shares(orrery_call* call, int64_t n, const orrery_text* names, const double* masses,
                                double total) {
  void* shares = NULL;
  orrery_status status = call->api->out_table(call, 0, n);
  if (status == ORRERY_OK) status = call->api->out_column_text(call, 0, text("name"), names);
  if (status == ORRERY_OK) status = call->api->out_column(call, 0, text("share"), ORRERY_F64, NULL, &shares);
  for (int64_t i = 0; status == ORRERY_OK && i < n; ++i) ((double*)shares)[i] = masses[i] / total;
  return status;
}

RUN(weigh) {
  UNUSED;
  orrery_table bodies = {.struct_size = sizeof(bodies)};
  orrery_status status = call->api->in_table(call, 0, 0, &bodies);
  if (status != ORRERY_OK) return status;
  const orrery_column *names = find(&bodies, "name"), *masses = find(&bodies, "mass");
  if (!names || !masses) return call->api->fail(call, ORRERY_E_INVALID, text("a column is missing"));
  if (bodies.n_rows == 0) return call->api->fail(call, ORRERY_E_INVALID, text("there are no bodies"));
  const double* mass = masses->data;
  double total = 0;
  int64_t heaviest = 0;
  for (int64_t i = 0; i < bodies.n_rows; ++i) {
    total += mass[i];
    if (mass[i] > mass[heaviest]) heaviest = i;
  }
  call->api->log(call, ORRERY_LOG_INFO, text("weighed"));
  status = put_shares(call, bodies.n_rows, names->data, mass, total);
  return status == ORRERY_OK ? call->api->out_text(call, 1, ((const orrery_text*)names->data)[heaviest]) : status;
}

/* plain.prepared: an instance that is made once and used again. */

PORT(prepared_power, NUMBER, .name = "power", .shape = "", .doc = "2 to the power of ten")

static orrery_status prepare(const orrery_operation* self, void** instance) ORRERY_NOEXCEPT {
  (void)self;
  double* power = malloc(sizeof(double));
  if (!power) return ORRERY_E_MEMORY;
  *power = pow(2.0, 10.0);
  *instance = power;
  return ORRERY_OK;
}
static void forget(const orrery_operation* self, void* instance) ORRERY_NOEXCEPT {
  (void)self;
  free(instance);
}
RUN(prepared) {
  (void)self;
  double* out = make_numbers(call, 0, 0, NULL);
  if (!out) return ORRERY_E_MEMORY;
  *out = *(const double*)instance;
  return ORRERY_OK;
}

#define LIST(...) \
  { __VA_ARGS__ }
#define OPERATION(identifier, in, out, ...)                                                                      \
  static const orrery_port* const identifier##_in[] = in;                                                        \
  static const orrery_port* const identifier##_out[] = out;                                                      \
  static const orrery_operation identifier##_operation = {.struct_size = sizeof(orrery_operation),               \
                                                          .name = #identifier,                                   \
                                                          .version = "1.0.0",                                    \
                                                          .inputs = identifier##_in,                             \
                                                          .outputs = identifier##_out,                           \
                                                          .n_outputs = sizeof(identifier##_out) / sizeof(void*), \
                                                          .run = identifier,                                     \
                                                          __VA_ARGS__};

static const orrery_port* const square_taps[] = {&square_largest};
OPERATION(square, LIST(&square_x), LIST(&square_y), .title = "The square of each number", .n_inputs = 1,
          .taps = square_taps, .n_taps = 1, .flags = ORRERY_OP_DETERMINISTIC | ORRERY_OP_CANCELLABLE)
OPERATION(uniform, LIST(&uniform_n), LIST(&uniform_values), .title = "Random numbers", .n_inputs = 1,
          .flags = ORRERY_OP_DETERMINISTIC | ORRERY_OP_USES_RANDOM)
OPERATION(sum, LIST(&sum_terms, &sum_start), LIST(&sum_total), .title = "The sum of a list", .n_inputs = 2,
          .flags = ORRERY_OP_DETERMINISTIC)
OPERATION(weigh, LIST(&weigh_bodies), LIST(&weigh_shares, &weigh_heaviest), .title = "Parts of a total mass",
          .n_inputs = 1, .flags = ORRERY_OP_DETERMINISTIC)
OPERATION(prepared, LIST(&prepared_power), LIST(&prepared_power), .title = "A power that is computed once",
          .n_inputs = 0, .flags = ORRERY_OP_DETERMINISTIC, .create = prepare, .destroy = forget)

static const orrery_operation* const operations[] = {&square_operation, &uniform_operation, &sum_operation,
                                                     &weigh_operation, &prepared_operation};

ORRERY_EXPORT const orrery_plugin orrery_plugin_0 = {.magic = ORRERY_MAGIC,
                                                     .struct_size = sizeof(orrery_plugin),
                                                     .abi_major = ORRERY_ABI_MAJOR,
                                                     .abi_minor = ORRERY_ABI_MINOR,
                                                     .abi_fingerprint = ORRERY_ABI_FINGERPRINT,
                                                     .name = "plain",
                                                     .version = "1.0.0",
                                                     .title = "Operations in plain C",
                                                     .license = "Apache-2.0",
                                                     .build = "C11",
                                                     .operations = operations,
                                                     .n_operations = sizeof(operations) / sizeof(operations[0])};

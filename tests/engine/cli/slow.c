/* A plugin for the tests of the command line: operations that wait, that do not listen, that chatter, that make much.
 * SPDX-License-Identifier: Apache-2.0
 */
#include <math.h>
#include <orrery/abi/plugin.h>
#include <string.h>
#include <time.h>

#define RUN(name) \
  static orrery_status name(const orrery_operation* self, void* instance, orrery_call* call) ORRERY_NOEXCEPT
#define UNUSED (void)self, (void)instance
#define PORT(identifier, ...)                                                \
  static const orrery_port identifier = {.struct_size = sizeof(orrery_port), \
                                         .kind = ORRERY_KIND_TENSOR,         \
                                         .dtypes = ORRERY_F64,               \
                                         .minimum = NAN,                     \
                                         .maximum = NAN,                     \
                                         __VA_ARGS__}

PORT(seconds, .name = "seconds", .unit = "s", .shape = "", .doc = "how long");
PORT(waited, .name = "waited", .unit = "s", .shape = "", .doc = "how long");
PORT(count, .name = "count", .unit = "1", .shape = "", .doc = "how many");
PORT(values, .name = "values", .unit = "1", .shape = "m", .doc = "0, 1, 2, ...");

static double input(orrery_call* call) {
  orrery_tensor tensor = {.struct_size = sizeof(tensor)};
  return call->api->in_tensor(call, 0, 0, &tensor) == ORRERY_OK ? *(const double*)tensor.data : 0.0;
}

static double* output(orrery_call* call, uint32_t rank, int64_t extent) {
  orrery_tensor tensor = {.struct_size = sizeof(tensor)};
  return call->api->out_tensor(call, 0, ORRERY_F64, rank, &extent, &tensor) == ORRERY_OK ? tensor.data : NULL;
}

static double now(void) {
  struct timespec time;
  timespec_get(&time, TIME_UTC);
  return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

static orrery_status wait_for(orrery_call* call, int listens) {
  const double length = input(call), begin = now();
  const struct timespec nap = {0, 1000000};
  while (now() - begin < length) {
    nanosleep(&nap, NULL);
    const uint64_t done = (uint64_t)(1e3 * (now() - begin));
    if (listens && call->api->poll(call, done, (uint64_t)(1e3 * length)) != ORRERY_OK) return ORRERY_STOPPED;
  }
  double* out = output(call, 0, 0);
  if (!out) return ORRERY_E_MEMORY;
  *out = length;
  return ORRERY_OK;
}

RUN(wait) {
  UNUSED;
  return wait_for(call, 1);
}
RUN(deaf) {
  UNUSED;
  return wait_for(call, 0);
}

RUN(chatter) {
  UNUSED;
  static const char* const words = "the same again";
  const orrery_text text = {words, strlen(words)};
  for (int i = 0; i < 1000; ++i) call->api->log(call, ORRERY_LOG_WARN, text);
  return wait_for(call, 1);
}

RUN(fill) {
  UNUSED;
  const int64_t n = (int64_t)input(call);
  double* out = output(call, 1, n);
  if (!out) return ORRERY_E_MEMORY;
  for (int64_t i = 0; i < n; ++i) out[i] = (double)i;
  return ORRERY_OK;
}

static const orrery_port* const seconds_in[] = {&seconds};
static const orrery_port* const waited_out[] = {&waited};
static const orrery_port* const count_in[] = {&count};
static const orrery_port* const values_out[] = {&values};

#define OPERATION(identifier, in, out)                                                             \
  static const orrery_operation identifier##_operation = {.struct_size = sizeof(orrery_operation), \
                                                          .flags = ORRERY_OP_DETERMINISTIC,        \
                                                          .name = #identifier,                     \
                                                          .version = "1.0.0",                      \
                                                          .title = "An operation for tests",       \
                                                          .inputs = in,                            \
                                                          .outputs = out,                          \
                                                          .n_inputs = 1,                           \
                                                          .n_outputs = 1,                          \
                                                          .run = identifier}

OPERATION(wait, seconds_in, waited_out);
OPERATION(deaf, seconds_in, waited_out);
OPERATION(chatter, seconds_in, waited_out);
OPERATION(fill, count_in, values_out);

static const orrery_operation* const operations[] = {&wait_operation, &deaf_operation, &chatter_operation,
                                                     &fill_operation};

ORRERY_EXPORT const orrery_plugin orrery_plugin_0 = {.magic = ORRERY_MAGIC,
                                                     .struct_size = sizeof(orrery_plugin),
                                                     .abi_major = ORRERY_ABI_MAJOR,
                                                     .abi_minor = ORRERY_ABI_MINOR,
                                                     .abi_fingerprint = ORRERY_ABI_FINGERPRINT,
                                                     .name = "slow",
                                                     .version = "1.0.0",
                                                     .title = "For tests",
                                                     .license = "Apache-2.0",
                                                     .build = "C11",
                                                     .operations = operations,
                                                     .n_operations = sizeof(operations) / sizeof(operations[0])};

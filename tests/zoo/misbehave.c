/* Loads well, but its operations do what they must not.
 * SPDX-License-Identifier: Apache-2.0
 */
#include <fenv.h>
#include <math.h>
#include <orrery/abi/plugin.h>
#include <string.h>

#define RUN(name) \
  static orrery_status name(const orrery_operation* self, void* instance, orrery_call* call) ORRERY_NOEXCEPT
#define UNUSED (void)self, (void)instance, (void)call

orrery_status zoo_throw_int(const orrery_operation*, void*, orrery_call*);
orrery_status zoo_throw_exception(const orrery_operation*, void*, orrery_call*);

static orrery_text text(const char* chars) { return (orrery_text){chars, strlen(chars)}; }

static orrery_status make(orrery_call* call, uint32_t port, uint32_t dtype, uint32_t rank, const int64_t* shape) {
  orrery_tensor y = {.struct_size = sizeof(y)};
  const orrery_status status = call->api->out_tensor(call, port, dtype, rank, shape, &y);
  if (status == ORRERY_OK) memset(y.data, 0, (size_t)y.count * (dtype == ORRERY_F32 ? 4 : 8));
  return status;
}
static orrery_status make_good(orrery_call* call) { return make(call, 0, ORRERY_F64, 1, (const int64_t[]){3}); }

RUN(wrong_rank) {
  UNUSED;
  return make(call, 0, ORRERY_F64, 2, (const int64_t[]){3, 3});
}
RUN(wrong_extent) {
  UNUSED;
  return make(call, 0, ORRERY_F64, 1, (const int64_t[]){4});
}
RUN(negative_extent) {
  UNUSED;
  return make(call, 0, ORRERY_F64, 1, (const int64_t[]){-3});
}
RUN(wild_rank) {
  UNUSED;
  return make(call, 0, ORRERY_F64, 1000000, (const int64_t[]){3});
}
RUN(wrong_dtype) {
  UNUSED;
  return make(call, 0, ORRERY_F32, 1, (const int64_t[]){3});
}
RUN(strange_dtype) {
  UNUSED;
  return make(call, 0, 1u << 9, 1, (const int64_t[]){3});
}
RUN(wrong_port) {
  UNUSED;
  return make(call, 5, ORRERY_F64, 1, (const int64_t[]){3});
}
RUN(ignores_refusal) {
  UNUSED;
  make(call, 0, ORRERY_F64, 1, (const int64_t[]){4});
  return ORRERY_OK;
}
RUN(silent) {
  UNUSED;
  return ORRERY_OK;
}
RUN(text_for_tensor) {
  UNUSED;
  return call->api->out_text(call, 0, text("three numbers"));
}
RUN(reads_as_text) {
  UNUSED;
  orrery_text x;
  return call->api->in_text(call, 0, 0, &x);
}
RUN(reads_beyond) {
  UNUSED;
  orrery_tensor x = {.struct_size = sizeof(x)};
  return call->api->in_tensor(call, 7, 0, &x);
}
RUN(unknown_status) {
  UNUSED;
  return -77;
}
RUN(fails_silently) {
  UNUSED;
  return ORRERY_E_NUMERIC;
}
RUN(fails) {
  UNUSED;
  return call->api->fail(call, ORRERY_E_NUMERIC, text("no convergence after \033[31m50\033[0m steps"));
}
RUN(fails_then_succeeds) {
  UNUSED;
  call->api->fail(call, ORRERY_E_RANGE, text("first"));
  call->api->fail(call, ORRERY_E_IO, text("second"));
  return make_good(call);
}
RUN(stops_unasked) {
  UNUSED;
  return ORRERY_STOPPED;
}
RUN(rounds_up) {
  UNUSED;
  fesetround(FE_UPWARD);
  return make_good(call);
}
RUN(tables_twice) {
  UNUSED;
  return call->api->out_column_text(call, 1, text("name"), 0);
}
RUN(half_table) {
  UNUSED;
  make_good(call);
  return call->api->out_table(call, 1, 2);
}
RUN(bad_text) {
  UNUSED;
  make_good(call);
  return call->api->out_text(call, 1, text("\xff"));
}

static orrery_status body(void* user, uint64_t begin, uint64_t end) ORRERY_NOEXCEPT {
  orrery_call* call = user;
  (void)end;
  fesetround(FE_DOWNWARD);
  return begin < 2 ? ORRERY_OK : call->api->fail(call, ORRERY_E_NUMERIC, text(begin == 2 ? "part 2" : "a later part"));
}
RUN(fails_in_parts) {
  UNUSED;
  return call->api->parallel_for(call, 64, 1, body, call);
}

#define PORT(...) \
  { .struct_size = sizeof(orrery_port), .minimum = NAN, .maximum = NAN, __VA_ARGS__ }
static const orrery_port x =
    PORT(.kind = ORRERY_KIND_TENSOR, .dtypes = ORRERY_F64, .name = "x", .unit = "1", .shape = "n");
static const orrery_port y =
    PORT(.kind = ORRERY_KIND_TENSOR, .dtypes = ORRERY_F64, .name = "y", .unit = "1", .shape = "3");
static const orrery_port note = PORT(.kind = ORRERY_KIND_TEXT, .name = "note", .flags = ORRERY_PORT_OPTIONAL);
static const orrery_port rows =
    PORT(.kind = ORRERY_KIND_TENSOR, .dtypes = ORRERY_F64, .name = "mass", .unit = "kg", .shape = "rows");
static const orrery_port* const columns[] = {&rows};
static const orrery_port table =
    PORT(.kind = ORRERY_KIND_TABLE, .name = "table", .columns = columns, .n_columns = 1, .flags = ORRERY_PORT_OPTIONAL);
static const orrery_port* const inputs[] = {&x};
static const orrery_port* const with_text[] = {&y, &note};
static const orrery_port* const with_table[] = {&y, &table};

#define OPERATION(symbol, function, second)                                                    \
  static const orrery_operation symbol##_operation = {.struct_size = sizeof(orrery_operation), \
                                                      .name = #symbol,                         \
                                                      .version = "1.0.0",                      \
                                                      .inputs = inputs,                        \
                                                      .outputs = with_##second,                \
                                                      .n_inputs = 1,                           \
                                                      .n_outputs = 2,                          \
                                                      .run = function};
/* clang-format off */
#define ALL(X) \
  X(wrong_rank, wrong_rank, text) \
  X(wrong_extent, wrong_extent, text) \
  X(negative_extent, negative_extent, text) \
  X(wild_rank, wild_rank, text) \
  X(wrong_dtype, wrong_dtype, text) \
  X(strange_dtype, strange_dtype, text) \
  X(wrong_port, wrong_port, text) \
  X(ignores_refusal, ignores_refusal, text) \
  X(silent, silent, text) \
  X(text_for_tensor, text_for_tensor, text) \
  X(reads_as_text, reads_as_text, text) \
  X(reads_beyond, reads_beyond, text) \
  X(unknown_status, unknown_status, text) \
  X(fails_silently, fails_silently, text) \
  X(fails, fails, text) \
  X(fails_then_succeeds, fails_then_succeeds, text) \
  X(stops_unasked, stops_unasked, text) \
  X(rounds_up, rounds_up, text) \
  X(tables_twice, tables_twice, table) \
  X(half_table, half_table, table) \
  X(bad_text, bad_text, text) \
  X(fails_in_parts, fails_in_parts, text) \
  X(throw_int, zoo_throw_int, text) \
  X(throw_exception, zoo_throw_exception, text)
/* clang-format on */
#define POINTER(symbol, function, second) &symbol##_operation,
ALL(OPERATION)
static const orrery_operation* const operations[] = {ALL(POINTER)};

ORRERY_EXPORT const orrery_plugin orrery_plugin_0 = {.magic = ORRERY_MAGIC,
                                                     .struct_size = sizeof(orrery_plugin),
                                                     .abi_major = ORRERY_ABI_MAJOR,
                                                     .abi_minor = ORRERY_ABI_MINOR,
                                                     .abi_fingerprint = ORRERY_ABI_FINGERPRINT,
                                                     .name = "misbehave",
                                                     .version = "1.0.0",
                                                     .operations = operations,
                                                     .n_operations = sizeof(operations) / sizeof(operations[0])};

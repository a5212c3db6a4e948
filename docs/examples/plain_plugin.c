/* A plugin in plain C11 with one operation, plain.scale: y = factor x. */
#include <math.h>
#include <orrery/abi/plugin.h>

#define NUMBER .struct_size = sizeof(orrery_port), .kind = ORRERY_KIND_TENSOR, .dtypes = ORRERY_F64, .minimum = NAN, \
               .maximum = NAN

static const orrery_port x = {NUMBER, .name = "x", .doc = "numbers", .unit = "*", .shape = "n"};
static const orrery_port factor = {NUMBER, .name = "factor", .doc = "what they are multiplied by", .unit = "1",
                                   .shape = "", .default_text = "2", .flags = ORRERY_PORT_FINITE};
static const orrery_port y = {NUMBER, .name = "y", .doc = "factor x", .unit = "x", .shape = "n"};

static orrery_status run(const orrery_operation* self, void* instance, orrery_call* call) ORRERY_NOEXCEPT {
  (void)self, (void)instance;
  orrery_tensor in = {.struct_size = sizeof in}, by = {.struct_size = sizeof by}, out = {.struct_size = sizeof out};
  orrery_status status = call->api->in_tensor(call, 0, 0, &in);
  if (status == ORRERY_OK) status = call->api->in_tensor(call, 1, 0, &by);
  if (status == ORRERY_OK) status = call->api->out_tensor(call, 0, ORRERY_F64, in.rank, in.shape, &out);
  if (status != ORRERY_OK) return status;
  for (int64_t i = 0; i < in.count; ++i) ((double*)out.data)[i] = *(const double*)by.data * ((const double*)in.data)[i];
  return ORRERY_OK;
}

static const orrery_port* const inputs[] = {&x, &factor};
static const orrery_port* const outputs[] = {&y};
static const orrery_operation scale = {.struct_size = sizeof(orrery_operation), .flags = ORRERY_OP_DETERMINISTIC,
                                       .name = "scale", .version = "1.0.0", .title = "Numbers times a factor",
                                       .inputs = inputs, .outputs = outputs, .n_inputs = 2, .n_outputs = 1, .run = run};
static const orrery_operation* const operations[] = {&scale};

ORRERY_EXPORT const orrery_plugin orrery_plugin_0 = {
    .magic = ORRERY_MAGIC, .struct_size = sizeof(orrery_plugin), .abi_major = ORRERY_ABI_MAJOR,
    .abi_minor = ORRERY_ABI_MINOR, .abi_fingerprint = ORRERY_ABI_FINGERPRINT, .name = "plain", .version = "1.0.0",
    .title = "An example in C", .license = "Apache-2.0", .build = "C11", .operations = operations, .n_operations = 1};

/* A small good plugin. Every other file of the zoo spoils one thing of it: fields that it names in a macro override.
 * SPDX-License-Identifier: Apache-2.0
 */
#include <math.h>
#include <orrery/abi/plugin.h>

#ifndef ZOO_PLUGIN
#define ZOO_PLUGIN
#endif
#ifndef ZOO_OPERATION
#define ZOO_OPERATION
#endif
#ifndef ZOO_FACTOR
#define ZOO_FACTOR
#endif
#ifndef ZOO_X
#define ZOO_X
#endif
#ifndef ZOO_Y
#define ZOO_Y
#endif

static orrery_status run(const orrery_operation* self, void* instance, orrery_call* call) ORRERY_NOEXCEPT {
  (void)self, (void)instance;
  orrery_tensor factor = {.struct_size = sizeof(factor)}, x = factor, y = factor;
  orrery_status status = call->api->in_tensor(call, 0, 0, &factor);
  if (status == ORRERY_OK) status = call->api->in_tensor(call, 1, 0, &x);
  if (status == ORRERY_OK) status = call->api->out_tensor(call, 0, ORRERY_F64, x.rank, x.shape, &y);
  if (status != ORRERY_OK) return status;
  for (int64_t i = 0; i < x.count; ++i) ((double*)y.data)[i] = *(const double*)factor.data * ((const double*)x.data)[i];
  return ORRERY_OK;
}

static const orrery_port factor_port = {.struct_size = sizeof(orrery_port),
                                        .kind = ORRERY_KIND_TENSOR,
                                        .dtypes = ORRERY_F64,
                                        .name = "factor",
                                        .doc = "what the numbers are multiplied by",
                                        .unit = "1",
                                        .shape = "",
                                        .default_text = "0.5",
                                        .minimum = 0.0,
                                        .maximum = 1.0,
                                        ZOO_FACTOR};
static const orrery_port x_port = {.struct_size = sizeof(orrery_port),
                                   .kind = ORRERY_KIND_TENSOR,
                                   .dtypes = ORRERY_F64,
                                   .name = "x",
                                   .doc = "numbers",
                                   .unit = "*",
                                   .shape = "n",
                                   .minimum = NAN,
                                   .maximum = NAN,
                                   ZOO_X};
static const orrery_port y_port = {.struct_size = sizeof(orrery_port),
                                   .kind = ORRERY_KIND_TENSOR,
                                   .dtypes = ORRERY_F64,
                                   .name = "y",
                                   .doc = "the products",
                                   .unit = "x",
                                   .shape = "n",
                                   .minimum = NAN,
                                   .maximum = NAN,
                                   ZOO_Y};

static const orrery_port* const inputs[] = {&factor_port, &x_port};
static const orrery_port* const outputs[] = {&y_port};

static const orrery_operation scale = {.struct_size = sizeof(orrery_operation),
                                       .flags = ORRERY_OP_DETERMINISTIC,
                                       .name = "scale",
                                       .version = "1.0.0",
                                       .title = "Multiplies numbers by a factor",
                                       .inputs = inputs,
                                       .outputs = outputs,
                                       .n_inputs = 2,
                                       .n_outputs = 1,
                                       .run = run,
                                       ZOO_OPERATION};

#ifndef ZOO_OPERATIONS
#define ZOO_OPERATIONS &scale
#endif
static const orrery_operation* const operations[] = {ZOO_OPERATIONS};

#ifndef ZOO_SYMBOL
#define ZOO_SYMBOL orrery_plugin_0
#endif
ORRERY_EXPORT const orrery_plugin ZOO_SYMBOL = {.magic = ORRERY_MAGIC,
                                                .struct_size = sizeof(orrery_plugin),
                                                .abi_major = ORRERY_ABI_MAJOR,
                                                .abi_minor = ORRERY_ABI_MINOR,
                                                .abi_fingerprint = ORRERY_ABI_FINGERPRINT,
                                                .name = "zoo",
                                                .version = "1.0.0",
                                                .title = "An animal of the zoo",
                                                .license = "Apache-2.0",
                                                .build = "by hand",
                                                .operations = operations,
                                                .n_operations = sizeof(operations) / sizeof(operations[0]),
                                                ZOO_PLUGIN};

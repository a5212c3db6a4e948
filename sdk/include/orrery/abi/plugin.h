/* The one symbol that a plugin exports, and what it describes.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Epoch 0: until version 1.0 is frozen the symbol is orrery_plugin_0, and a host loads a plugin only when both were
 * built against headers with the same fingerprint.
 */
#ifndef ORRERY_ABI_PLUGIN_H
#define ORRERY_ABI_PLUGIN_H

#include <orrery/abi/call.h>
#include <orrery/abi/fingerprint.h>

ORRERY_BEGIN_C

#define ORRERY_ABI_MAJOR 0
#define ORRERY_ABI_MINOR 0
#define ORRERY_MAGIC 0x5952524fu /* "ORRY" in memory */
#define ORRERY_ENTRY_SYMBOL "orrery_plugin_0"

typedef struct orrery_plugin {
  uint32_t magic;
  uint32_t struct_size;
  uint16_t abi_major;
  uint16_t abi_minor;
  uint32_t reserved;        /* 0 */
  uint64_t abi_fingerprint; /* ORRERY_ABI_FINGERPRINT */
  const char* name;         /* [a-z][a-z0-9_]*: the prefix of its operations */
  const char* version;      /* semantic version */
  const char* title;        /* one line */
  const char* license;      /* SPDX expression */
  const char* build;        /* compiler and standard library, for the record */
  const orrery_operation* const* operations;
  uint32_t n_operations;
  uint32_t reserved2;                                         /* 0 */
  const void* (*query)(const char* extension)ORRERY_NOEXCEPT; /* [any]; may be NULL */
} orrery_plugin;

extern ORRERY_EXPORT const orrery_plugin orrery_plugin_0;

ORRERY_END_C
#endif

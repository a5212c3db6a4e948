/* Values as they cross the interface: views of tensors and of table columns. The host owns every byte.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef ORRERY_ABI_VALUE_H
#define ORRERY_ABI_VALUE_H

#include <orrery/abi/base.h>

ORRERY_BEGIN_C

/* Element types. They are bits so that a port can accept several. An unknown one is refused with UNSUPPORTED. */
enum {
  ORRERY_F64 = 1u << 0,
  ORRERY_F32 = 1u << 1,
  ORRERY_C128 = 1u << 2, /* two doubles: real, imaginary */
  ORRERY_I64 = 1u << 3,
  ORRERY_BOOL = 1u << 4, /* one byte, 0 or 1 */
  ORRERY_TEXT = 1u << 5  /* orrery_text; in table columns only */
};

/* A contiguous row-major array. data is aligned to 64 bytes when the host allocated it, to its element otherwise.
 * An input's data must not be written. */
typedef struct orrery_tensor {
  uint32_t struct_size;
  uint32_t dtype;
  uint32_t rank;
  uint32_t reserved;    /* 0 */
  void* data;           /* NULL only when count is 0 */
  const int64_t* shape; /* rank entries; NULL only when rank is 0 */
  int64_t count;        /* product of shape; 1 for rank 0 */
} orrery_tensor;

/* One column of a table: n_rows elements of dtype; ORRERY_TEXT columns hold orrery_text. */
typedef struct orrery_column {
  uint32_t struct_size;
  uint32_t dtype;
  orrery_text name;
  orrery_text unit; /* the unit its numbers are in; "1" for text */
  const void* data;
} orrery_column;

typedef struct orrery_table {
  uint32_t struct_size;
  uint32_t n_columns;
  int64_t n_rows;
  const orrery_column* columns;
  uint64_t column_stride; /* bytes from one column to the next */
} orrery_table;

ORRERY_END_C
#endif

/* The fingerprint of the other headers here; written by tools/abi_fingerprint.py.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef ORRERY_ABI_FINGERPRINT_H
#define ORRERY_ABI_FINGERPRINT_H

#define ORRERY_ABI_FINGERPRINT UINT64_C(0xa3a63654e1aebe1e)

#endif

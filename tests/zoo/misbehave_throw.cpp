// Functions that let exceptions out, which the C++ type of run() would not allow; misbehave.c takes them all the same.
// SPDX-License-Identifier: Apache-2.0
#include <stdexcept>

#include <orrery/abi/plugin.h>

extern "C" orrery_status zoo_throw_int(const orrery_operation*, void*, orrery_call*);
extern "C" orrery_status zoo_throw_exception(const orrery_operation*, void*, orrery_call*);

orrery_status zoo_throw_int(const orrery_operation*, void*, orrery_call*) { throw 7; }
orrery_status zoo_throw_exception(const orrery_operation*, void*, orrery_call*) { throw std::runtime_error("out"); }

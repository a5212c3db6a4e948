# find_package(OrrerySDK): the target Orrery::sdk and the function orrery_add_plugin().
# SPDX-License-Identifier: Apache-2.0
include(${CMAKE_CURRENT_LIST_DIR}/OrrerySDKTargets.cmake)
set(ORRERY_SDK_CMAKE_DIR ${CMAKE_CURRENT_LIST_DIR})
include(${CMAKE_CURRENT_LIST_DIR}/OrreryAddPlugin.cmake)

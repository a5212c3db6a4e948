# orrery_add_plugin(): a plugin library as the engine expects it.
# SPDX-License-Identifier: Apache-2.0
include_guard(GLOBAL)

# orrery_add_plugin(NAME SOURCES file... [LIBRARIES library...])
#   Makes NAME.orrery.so, which exports the one symbol orrery_plugin_0, needs no symbol that it does not name a library
#   for, and stays mapped once it is loaded. The target is orrery_plugin_NAME.
function(orrery_add_plugin name)
  cmake_parse_arguments(arg "" "" "SOURCES;LIBRARIES" ${ARGN})
  if(NOT name MATCHES "^[a-z][a-z0-9_]*$")
    message(FATAL_ERROR "orrery_add_plugin: a plugin's name is lower case letters, digits and '_'; it is '${name}'")
  endif()
  set(target orrery_plugin_${name})
  add_library(${target} MODULE ${arg_SOURCES})
  set_target_properties(${target} PROPERTIES PREFIX "" OUTPUT_NAME ${name} SUFFIX .orrery.so
                        C_VISIBILITY_PRESET hidden CXX_VISIBILITY_PRESET hidden VISIBILITY_INLINES_HIDDEN ON
                        POSITION_INDEPENDENT_CODE ON LINK_DEPENDS ${ORRERY_SDK_CMAKE_DIR}/plugin.map)
  if(DEFINED ORRERY_PLUGIN_OUTPUT_DIRECTORY)
    set_target_properties(${target} PROPERTIES LIBRARY_OUTPUT_DIRECTORY ${ORRERY_PLUGIN_OUTPUT_DIRECTORY})
  endif()
  target_link_libraries(${target} PRIVATE Orrery::sdk ${arg_LIBRARIES})
  get_property(languages GLOBAL PROPERTY ENABLED_LANGUAGES)
  if(CXX IN_LIST languages)
    target_compile_features(${target} PRIVATE cxx_std_20)
  endif()
  # A unique symbol would be shared between plugins although they are loaded apart.
  target_compile_options(${target} PRIVATE -ffp-contract=off
                         $<$<COMPILE_LANG_AND_ID:CXX,GNU>:-fno-gnu-unique>)
  target_link_options(${target} PRIVATE -Wl,--version-script=${ORRERY_SDK_CMAKE_DIR}/plugin.map -Wl,-z,nodelete
                      -Wl,--exclude-libs,ALL)
  # Sanitizer run-times are resolved by the program, which -z defs would refuse.
  if(NOT "${CMAKE_CXX_FLAGS} ${CMAKE_C_FLAGS}" MATCHES "-fsanitize")
    target_link_options(${target} PRIVATE -Wl,-z,defs)
  endif()
  orrery_warn_of_flags(${target})
endfunction()

function(orrery_warn_of_flags target)
  string(TOUPPER "${CMAKE_BUILD_TYPE}" type)
  set(flags "${CMAKE_C_FLAGS} ${CMAKE_CXX_FLAGS} ${CMAKE_C_FLAGS_${type}} ${CMAKE_CXX_FLAGS_${type}}")
  foreach(flag -ffast-math -Ofast -march=native)
    if(flags MATCHES "${flag}( |$)")
      message(WARNING "${target}: ${flag} changes numbers in the whole process or ties the plugin to this machine")
    endif()
  endforeach()
endfunction()

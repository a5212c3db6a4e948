// The keywords of orbit parameter messages, block by block in the order of the standard.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "plugins/orbital/core/odm_parts.hpp"

namespace orrery::orbital::detail {

inline constexpr KvnKey opm_metadata_keys[] = {{"OBJECT_NAME", true}, {"OBJECT_ID", true}, {"CENTER_NAME", true},
                                               {"REF_FRAME", true},   {"REF_FRAME_EPOCH"}, {"TIME_SYSTEM", true}};

inline constexpr KvnKey opm_state_keys[] = {
    {"EPOCH", true},           {"X", true, "km", 3},       {"Y", true, "km", 3},
    {"Z", true, "km", 3},      {"X_DOT", true, "km/s", 3}, {"Y_DOT", true, "km/s", 3},
    {"Z_DOT", true, "km/s", 3}};

inline constexpr KvnKey opm_element_keys[] = {{"SEMI_MAJOR_AXIS", false, "km", 3}, {"ECCENTRICITY"},
                                              {"INCLINATION", false, "deg"},       {"RA_OF_ASC_NODE", false, "deg"},
                                              {"ARG_OF_PERICENTER", false, "deg"}, {"TRUE_ANOMALY", false, "deg"},
                                              {"MEAN_ANOMALY", false, "deg"},      {"GM", false, "km**3/s**2", 9}};

inline constexpr KvnKey opm_spacecraft_keys[] = {{"MASS", false, "kg"},
                                                 {"SOLAR_RAD_AREA", false, "m**2"},
                                                 {"SOLAR_RAD_COEFF"},
                                                 {"DRAG_AREA", false, "m**2"},
                                                 {"DRAG_COEFF"}};

inline constexpr KvnKey opm_covariance_keys[] = {{"COV_REF_FRAME"},
                                                 {"CX_X", false, "km**2", 6},
                                                 {"CY_X", false, "km**2", 6},
                                                 {"CY_Y", false, "km**2", 6},
                                                 {"CZ_X", false, "km**2", 6},
                                                 {"CZ_Y", false, "km**2", 6},
                                                 {"CZ_Z", false, "km**2", 6},
                                                 {"CX_DOT_X", false, "km**2/s", 6},
                                                 {"CX_DOT_Y", false, "km**2/s", 6},
                                                 {"CX_DOT_Z", false, "km**2/s", 6},
                                                 {"CX_DOT_X_DOT", false, "km**2/s**2", 6},
                                                 {"CY_DOT_X", false, "km**2/s", 6},
                                                 {"CY_DOT_Y", false, "km**2/s", 6},
                                                 {"CY_DOT_Z", false, "km**2/s", 6},
                                                 {"CY_DOT_X_DOT", false, "km**2/s**2", 6},
                                                 {"CY_DOT_Y_DOT", false, "km**2/s**2", 6},
                                                 {"CZ_DOT_X", false, "km**2/s", 6},
                                                 {"CZ_DOT_Y", false, "km**2/s", 6},
                                                 {"CZ_DOT_Z", false, "km**2/s", 6},
                                                 {"CZ_DOT_X_DOT", false, "km**2/s**2", 6},
                                                 {"CZ_DOT_Y_DOT", false, "km**2/s**2", 6},
                                                 {"CZ_DOT_Z_DOT", false, "km**2/s**2", 6}};

inline constexpr KvnKey opm_maneuver_keys[] = {{"MAN_EPOCH_IGNITION", true},   {"MAN_DURATION", true, "s"},
                                               {"MAN_DELTA_MASS", true, "kg"}, {"MAN_REF_FRAME", true},
                                               {"MAN_DV_1", true, "km/s", 3},  {"MAN_DV_2", true, "km/s", 3},
                                               {"MAN_DV_3", true, "km/s", 3}};

inline constexpr double degree_in_rad = 0x1.1df46a2529d39p-6;

}  // namespace orrery::orbital::detail

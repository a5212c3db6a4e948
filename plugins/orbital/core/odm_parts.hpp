// What orbit ephemeris and orbit parameter messages have in common.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "plugins/orbital/core/kvn.hpp"
#include "plugins/orbital/core/oem.hpp"

namespace orrery::orbital::detail {

/// @param keyword "CCSDS_OEM_VERS" or "CCSDS_OPM_VERS"
OdmHeader read_odm_header(KvnReader& reader, std::string_view keyword);
std::string odm_header_text(const OdmHeader& header, std::string_view keyword);

OdmMetadata odm_metadata(const KvnBlock& block);
/// Of the keys up to TIME_SYSTEM.
std::string odm_metadata_text(const OdmMetadata& metadata);

/// Refuses texts that would end the line or not be read back.
void require_value(std::string_view what, std::string_view text);

/// Positions in km times km, speeds in km/s: a factor of 10^6 for all.
inline constexpr int covariance_shift = 6;

}  // namespace orrery::orbital::detail

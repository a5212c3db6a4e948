// What orbit ephemeris and orbit parameter messages have in common.
// SPDX-License-Identifier: Apache-2.0
// Source: CCSDS 502.0-B-3 (2023), Orbit Data Messages.
#include "plugins/orbital/core/odm_parts.hpp"

#include <stdexcept>

namespace orrery::orbital::detail {

namespace {

void put(std::string& text, std::string_view key, std::string_view value, bool required = false) {
  if (value.empty() && !required) return;
  require_value(key, value);
  text += kvn_line(key, value);
}

}  // namespace

void require_value(std::string_view what, std::string_view text) {
  constexpr std::size_t longest = 200;
  const bool plain = text.find_first_not_of(" \t") == 0 && text.size() <= longest &&
                     trimmed(text).size() == text.size() &&
                     std::string_view::npos == std::string_view(text).find_first_of("\n\r");
  bool printable = true;
  for (const char c : text) printable = printable && c >= ' ' && c <= '~';
  if (!plain || !printable)
    throw std::invalid_argument(
        "'" + std::string(what) +
        "' must be one line of 1 to 200 printable ASCII characters, without spaces at its ends; it is " + quoted(text));
}

OdmHeader read_odm_header(KvnReader& reader, std::string_view keyword) {
  const KvnLine& first = reader.ahead();
  if (first.kind != KvnLine::Kind::assignment || first.key != keyword)
    fail_line(first.number, "a message must begin with '" + std::string(keyword) + " = '");
  OdmHeader header;
  header.version = reader.ahead().value;
  if (header.version != "1.0" && header.version != "2.0" && header.version != "3.0")
    fail_line(first.number, "the version must be 1.0, 2.0 or 3.0; it is " + quoted(header.version));
  reader.take();
  header.comments = reader.take_comments();
  constexpr KvnKey keys[] = {{"CLASSIFICATION"}, {"CREATION_DATE", true}, {"ORIGINATOR", true}, {"MESSAGE_ID"}};
  const KvnBlock block(reader, "header", keys);
  header.classification = block.text("CLASSIFICATION");
  header.creation_date = block.text("CREATION_DATE");
  kvn_time(header.creation_date, TimeScale::utc, block.line("CREATION_DATE"));
  header.originator = block.text("ORIGINATOR");
  header.message_id = block.text("MESSAGE_ID");
  return header;
}

std::string odm_header_text(const OdmHeader& header, std::string_view keyword) {
  std::string text = kvn_line(keyword, header.version) + kvn_comments(header.comments);
  put(text, "CLASSIFICATION", header.classification);
  put(text, "CREATION_DATE", header.creation_date, true);
  put(text, "ORIGINATOR", header.originator, true);
  put(text, "MESSAGE_ID", header.message_id);
  return text;
}

OdmMetadata odm_metadata(const KvnBlock& block) {
  OdmMetadata m;
  m.object_name = block.text("OBJECT_NAME");
  m.object_id = block.text("OBJECT_ID");
  m.center_name = block.text("CENTER_NAME");
  m.ref_frame = block.text("REF_FRAME");
  m.time_system = kvn_time_system(block.text("TIME_SYSTEM"), block.line("TIME_SYSTEM"));
  m.ref_frame_epoch = block.text("REF_FRAME_EPOCH");
  if (!m.ref_frame_epoch.empty()) kvn_time(m.ref_frame_epoch, m.time_system, block.line("REF_FRAME_EPOCH"));
  return m;
}

std::string odm_metadata_text(const OdmMetadata& m) {
  std::string text = kvn_comments(m.comments);
  put(text, "OBJECT_NAME", m.object_name, true);
  put(text, "OBJECT_ID", m.object_id, true);
  put(text, "CENTER_NAME", m.center_name, true);
  put(text, "REF_FRAME", m.ref_frame, true);
  put(text, "REF_FRAME_EPOCH", m.ref_frame_epoch);
  return text + kvn_line("TIME_SYSTEM", name(m.time_system));
}

}  // namespace orrery::orbital::detail

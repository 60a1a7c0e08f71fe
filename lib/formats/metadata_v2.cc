#include "formats/metadata_v2.h"

#include "crumbs/error.h"
#include "decode/bytes.h"

namespace crumbs {
namespace {

constexpr std::uint32_t kTrailerMagic = 0xabcd1234;

std::string read_string(ByteReader& reader) {
  return std::string(reader.take(reader.u32be()));
}

}  // namespace

std::optional<MetadataV2> parse_metadata_v2(std::string_view bytes) try {
  ByteReader reader(bytes);
  MetadataV2 metadata;
  metadata.last_access_us = static_cast<std::int64_t>(reader.u64be());
  metadata.persisted = reader.u8() != 0;
  (void)reader.u32be();  // flags
  (void)reader.u32be();  // day of the last maintenance
  metadata.suffix = read_string(reader);
  metadata.group = read_string(reader);
  metadata.origin = read_string(reader);
  metadata.is_private = reader.u8() != 0;
  const bool trailer_fits = reader.done() || reader.u32be() == kTrailerMagic;
  if (!trailer_fits || metadata.origin.empty()) return std::nullopt;
  return metadata;
} catch (const Error&) {  // ends too early
  return std::nullopt;
}

}  // namespace crumbs

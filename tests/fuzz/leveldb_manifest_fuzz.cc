/// Any bytes as a MANIFEST, as they are and as the payload of one right record: a version or
/// Error(corrupt) comes out.

#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "crumbs/error.h"
#include "formats/leveldb/crc32c.h"
#include "formats/leveldb/manifest.h"

namespace {

void read(std::string_view bytes) {
  try {
    const crumbs::leveldb::Version version =
        crumbs::leveldb::read_manifest(crumbs::leveldb::Input(bytes));
    for (const auto& [place, table] : version.tables)
      if (table.smallest.size() < 8 || table.largest.size() < 8) std::abort();
  } catch (const crumbs::Error& error) {
    if (error.code() != crumbs::ErrorCode::corrupt) std::abort();
  }
}

std::string little(std::uint32_t value, unsigned bytes) {
  std::string text;
  for (unsigned i = 0; i < bytes; ++i) text.push_back(static_cast<char>(value >> (8 * i)));
  return text;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  read(bytes);
  const std::string edit = '\1' + std::string(bytes.substr(0, 32000));
  read(little(crumbs::leveldb::mask_crc32c(crumbs::leveldb::crc32c(edit)), 4) +
       little(static_cast<std::uint32_t>(edit.size() - 1), 2) + edit);
  return 0;
}

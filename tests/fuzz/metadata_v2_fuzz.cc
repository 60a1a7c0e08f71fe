/// Any bytes as `.metadata-v2`: what is read has an origin, and is no longer than the file.

#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "formats/metadata_v2.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const auto metadata = crumbs::parse_metadata_v2(bytes);
  if (!metadata) return 0;
  if (metadata->origin.empty()) std::abort();
  if (metadata->origin.size() + metadata->group.size() + metadata->suffix.size() > size)
    std::abort();
  return 0;
}

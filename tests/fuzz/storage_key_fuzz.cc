/// Any bytes as a storage key: what is read has an origin, and different partitions stay different.

#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "decode/storage_key.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const auto key = crumbs::parse_storage_key(bytes);
  if (!key) return 0;
  if (key->origin.find("://") == std::string::npos) std::abort();
  const bool partitioned = bytes.find('^') != std::string_view::npos;
  if (partitioned != key->partition.has_value()) std::abort();
  if (partitioned && key->partition->top_level_site.empty()) std::abort();
  return 0;
}

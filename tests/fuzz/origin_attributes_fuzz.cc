/// Any bytes as an origin-attributes suffix and as a partition key.

#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "decode/origin_attributes.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto attributes = crumbs::parse_origin_attributes(text);
  if (attributes && attributes->partition && attributes->partition->top_level_site.empty())
    std::abort();
  const auto partition = crumbs::parse_partition_key(text);
  if (!text.empty() && partition.top_level_site.empty()) std::abort();
  return 0;
}

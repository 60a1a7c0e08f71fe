#pragma once

/// What Firefox appends to an origin to keep containers and partitions apart (Gecko
/// caps/OriginAttributes.cpp). Pure functions; cost linear in the text.

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "crumbs/types.h"

namespace crumbs {

struct OriginAttributes {
  std::uint32_t user_context_id = 0;          ///< container; 0: none
  std::optional<Partition> partition;         ///< of partitionKey
  std::map<std::string, std::string> others;  ///< firstPartyDomain, privateBrowsingId, ...
  friend bool operator==(const OriginAttributes&, const OriginAttributes&) = default;
};

/// Reads `""` or `^key=value&key=value` as columns and directory names have it: percent-encoded,
/// with `+` for `:` in firstPartyDomain and partitionKey. nullopt where it is no such text.
[[nodiscard]] std::optional<OriginAttributes> parse_origin_attributes(std::string_view suffix);

/// Reads a decoded partitionKey: `(https,example.com)`, `(https,example.com,8443,f)`, or a bare
/// host. `f` (an ancestor of another site) sets cross_site_ancestor; without it the store does not
/// say, because a plain third-party frame has none. `raw` is set where the text has another form.
[[nodiscard]] Partition parse_partition_key(std::string_view key);

/// Decimal digits of a container id; nullopt where they are none or do not fit 32 bits.
[[nodiscard]] std::optional<std::uint32_t> parse_user_context_id(std::string_view digits);

}  // namespace crumbs

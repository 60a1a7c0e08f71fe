#pragma once

/// Origins as Firefox's storage writes them. Pure functions.

#include <optional>
#include <string>
#include <string_view>

#include "decode/origin_attributes.h"
#include "item.h"
#include "stores/shared/containers.h"

namespace crumbs {

struct FirefoxOrigin {
  std::string origin;  ///< "https://example.com:8443"
  OriginAttributes attributes;
};

/// "https://example.com^userContextId=2". A suffix of an unknown form is kept whole among the
/// attributes, as "raw", so that items stay apart. nullopt where there is no origin.
[[nodiscard]] std::optional<FirefoxOrigin> parse_firefox_origin(std::string_view text);
/// The same from a directory's name, "https+++example.com+8443^userContextId=2", which is lossy: a
/// `+` may have been any of several characters.
[[nodiscard]] std::optional<FirefoxOrigin> guess_firefox_origin(std::string_view directory);
/// "moc.elpmaxe.:https:8443" of webappsstore -> "https://example.com:8443"; the port is left out
/// where it is the scheme's own.
[[nodiscard]] std::optional<std::string> origin_of_key(std::string_view origin_key);

/// Attributes from a suffix, "raw" where its form is unknown.
[[nodiscard]] OriginAttributes read_suffix(std::string_view suffix);
/// Puts container, partition and the other attributes into the item.
void apply(const OriginAttributes& attributes, ContainerNames& names, Item& item);

}  // namespace crumbs

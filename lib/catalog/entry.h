#pragma once

/// Reading one entry of a catalog; part of catalog/read.

#include <set>
#include <string>
#include <string_view>

#include "catalog/read.h"

namespace crumbs {

using KnownIds = std::set<std::string, std::less<>>;

inline constexpr std::size_t kLongestText = 4000;
inline constexpr std::size_t kLongestWord = 128;
inline constexpr std::size_t kLongestName = 1024;
inline constexpr std::size_t kMostSmall = 256;  ///< variables, fields, hosts, examples, ...

[[nodiscard]] constexpr bool is_word_byte(char byte) noexcept {
  return (byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9') || byte == '_' || byte == '-';
}

/// An id below the catalog's own, "jivochat/widget/enter_ts", given once.
std::string read_catalog_id(StrictReader& json, const StrictNode& node, const std::string& catalog,
                            KnownIds& known);
/// Scopes of hosts; kVendorHosts among them only where there are such.
std::vector<std::string> read_hosts(StrictReader& json, const StrictNode& node,
                                    bool has_vendor_hosts);
/// Needs the id, the variables and the vendor's hosts of `content`.
Entry read_entry(StrictReader& json, const StrictNode& node, const CatalogContent& content,
                 KnownIds& known);

}  // namespace crumbs

#pragma once

/// What readers hand out. Internal: the report has findings, not items.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "crumbs/types.h"

namespace crumbs {

/// A value as the store keeps it. `bytes` is valid only during StoreSink::item.
struct RawValue {
  enum class Encoding : std::uint8_t {
    utf8,       ///< bytes the site set, normally UTF-8
    latin1,     ///< one byte a code point
    utf16le,    ///< UTF-16 little-endian, lone surrogates possible
    encrypted,  ///< os_crypt blob with its prefix
  };
  std::string_view bytes;
  Encoding encoding = Encoding::utf8;
  bool host_hashed = false;  ///< encrypted: plaintext starts with SHA-256(host), schema 24
  std::optional<Unavailable> unavailable;  ///< the reader could not get it; `bytes` is empty
  std::uint64_t length = 0;                ///< bytes in the store, also where unavailable
};

/// One thing a site left. A reader fills one Item again and again; nobody keeps a reference to it.
struct Item {
  ItemKind kind = ItemKind::cookie;
  ItemState state = ItemState::current;
  std::string host;    ///< cookies: host key as stored
  std::string origin;  ///< local storage: "https://example.com", port where not the default
  std::string path;
  std::string name;  ///< bytes; WTF-8 where the store has UTF-16
  std::optional<Partition> partition;
  std::optional<Container> container;
  RawValue value;
  Attributes attributes;
  Times times;
  Locator locator;
};

}  // namespace crumbs

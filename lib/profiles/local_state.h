#pragma once

/// What a Chromium user-data directory says of its profiles in `Local State`.

#include <functional>
#include <map>
#include <optional>
#include <string>

namespace crumbs {

struct LocalState {
  /// Directory names of the profiles that it knows, with what the user called them, may be empty
  /// (chrome/browser/profiles/profile_attributes_storage.cc: profile.info_cache).
  std::map<std::string, std::string, std::less<>> names;
  /// As Profile::system; empty where it does not say. Only on Windows the key is kept in this file,
  /// wrapped by DPAPI (components/os_crypt/sync/os_crypt_win.cc).
  std::string system;
};

/// nullopt: not JSON. The rest of the file, however large or deep, is passed over.
[[nodiscard]] std::optional<LocalState> parse_local_state(const std::string& text);

}  // namespace crumbs

#pragma once

/// What opens values that a browser keeps encrypted.

#include <optional>
#include <string>

namespace crumbs {

/// Keys for encrypted values. Empty: only the published constants are tried.
struct DecryptionKeys {
  std::optional<std::string> safe_storage_secret;  ///< text of the keyring entry (v11; v10 on
                                                   ///< macOS; v12 portal secret), no newline
  std::optional<std::string> aes_key;  ///< 32 raw bytes for AES-256-GCM (Windows v10, v20)
  bool keyring = false;                ///< ask the desktop's Secret Service
};

}  // namespace crumbs

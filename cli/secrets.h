#pragma once

/// Secrets that the user gives in files. No message ever holds any of them.

#include <string>

#include "crumbs/digest_key.h"

namespace crumbs::cli {

/// The text of a file, without the line end at its end. Throws Error(usage) where it cannot be read
/// or is empty.
[[nodiscard]] std::string read_secret(const std::string& file);
/// A key of 32 bytes: as they are, or as 64 hexadecimal digits, or in base64. Throws Error(usage)
/// where the file holds none of these.
[[nodiscard]] std::string read_aes_key(const std::string& file);
/// A key of as many bytes as DigestKey needs. As read_secret.
[[nodiscard]] DigestKey read_digest_key(const std::string& file);

}  // namespace crumbs::cli

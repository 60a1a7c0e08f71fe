#include "crumbs/digest_key.h"

#include <fmt/format.h>

#include "crumbs/error.h"
#include "system/sha256.h"

namespace crumbs {
namespace {

constexpr std::size_t kTokenDigits = 16;

}  // namespace

DigestKey::DigestKey(std::string_view bytes) {
  if (bytes.size() < kFewestBytes)
    throw Error(ErrorCode::usage, fmt::format("a digest key has at least {} bytes", kFewestBytes));
  hmac_ = std::make_shared<const HmacSha256>(bytes);
}

std::string DigestKey::digest(std::string_view text) const {
  return hmac_ ? hmac_->hex(text) : std::string();
}

std::string DigestKey::token(std::string_view text) const {
  return digest(text).substr(0, kTokenDigits);
}

std::string DigestKey::id() const {
  return token("crumbs digest key");
}

}  // namespace crumbs

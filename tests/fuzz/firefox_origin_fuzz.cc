/// Any bytes as the origins of Firefox's storage, in their three spellings: what is read is an
/// origin, and no attribute gets lost.

#include <cstdint>
#include <cstdlib>
#include <optional>
#include <string_view>

#include "stores/shared/firefox_origin.h"

namespace {

bool has_attributes(const crumbs::OriginAttributes& attributes) {
  return attributes.user_context_id != 0 || attributes.partition || !attributes.others.empty();
}

void check(const std::optional<crumbs::FirefoxOrigin>& origin, std::string_view separator) {
  const bool whole = origin && origin->origin.find(separator) != std::string::npos;
  if (origin && !whole && origin->origin != "chrome") std::abort();
  if (origin && origin->origin.find('^') != std::string::npos) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  check(crumbs::parse_firefox_origin(text), ":");
  check(crumbs::guess_firefox_origin(text), "://");
  const auto key = crumbs::origin_of_key(text);
  if (key && key->find("://") == std::string::npos) std::abort();
  // What is of an unknown form is kept whole.
  if (!text.empty() && text.front() != '^' && !has_attributes(crumbs::read_suffix(text)))
    std::abort();
  return 0;
}

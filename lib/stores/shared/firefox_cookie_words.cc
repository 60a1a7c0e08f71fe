#include "stores/shared/firefox_cookie_words.h"

#include <string_view>
#include <utility>

namespace crumbs {

std::optional<std::string> firefox_same_site(std::int64_t number) {
  switch (number) {
    case 0:
      return "none";
    case 1:
      return "lax";
    case 2:
      return "strict";
    case 256:
      return "unspecified";
    default:
      return std::nullopt;
  }
}

std::string firefox_schemes(std::int64_t bits) {
  constexpr std::pair<std::int64_t, std::string_view> kSchemes[] = {
      {1, "http"}, {2, "https"}, {4, "file"}};
  std::string schemes;
  for (const auto& [bit, name] : kSchemes) {
    if ((bits & bit) == 0) continue;
    if (!schemes.empty()) schemes += ',';
    schemes += name;
  }
  return schemes.empty() ? "unset" : schemes;
}

}  // namespace crumbs

#pragma once

/// The session cookies inside a Firefox session-store file, as JSON text (Firefox
/// SessionCookies.sys.mjs). Reads in one pass and keeps one cookie at a time; one thread.

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "decode/origin_attributes.h"

namespace crumbs {

/// One element of `cookies`. A member that is absent has Firefox's default, which is what stands
/// here; a member of another type than it should have is named in `wrong`.
struct SessionCookie {
  std::string pointer;  ///< JSON pointer of the element: "/cookies/3"
  std::string host, name, path;
  std::string value;
  bool value_readable = true;  ///< false: the value is no string
  bool secure = false, http_only = false, partitioned = false;
  std::optional<std::int64_t> expiry;  ///< as stored: milliseconds, seconds before Firefox 142
  std::int64_t same_site = 0;
  std::int64_t scheme_map = 0;
  OriginAttributes attributes;
  std::string wrong;  ///< names of members of a wrong type: "host, secure"
};

struct SessionProblem {
  std::string pointer, message;
};

/// Visits every session cookie of `json`: `/cookies` and, as builds before 55 wrote them,
/// `/windows/*/cookies`. `problem` hears of elements that are no object, of `cookies` that
/// is no list or there twice, of a top that is no object, of a member of a cookie that is there
/// twice or outside of its originAttributes, and of what is a cookie by its members in a list of
/// another name. Nesting is bounded. Throws Error(corrupt) where the text is not JSON, or a cookie
/// of `/cookies` is one before it but for its value; the cookies before the damage have been
/// visited.
void read_session_cookies(std::string_view json,
                          const std::function<void(const SessionCookie&)>& visit,
                          const std::function<void(const SessionProblem&)>& problem);

}  // namespace crumbs

#include "stores/shared/session_json.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "crumbs/error.h"
#include "json/escapes.h"

namespace crumbs {
namespace {

using Json = nlohmann::json;

constexpr std::size_t kDeepest = 512;

/// A JSON scalar as the parser tells it. Objects and arrays are `other`.
struct Scalar {
  enum class Kind { null, boolean, integer, string, other } kind = Kind::other;
  bool boolean = false;
  std::int64_t integer = 0;
  std::string_view text;
};

void complain(SessionCookie& cookie, std::string_view member) {
  if (!cookie.wrong.empty()) cookie.wrong += ", ";
  cookie.wrong += member;
}

bool is_absent(const Scalar& value) {
  return value.kind == Scalar::Kind::null;
}

void set_text(SessionCookie& cookie, std::string& target, std::string_view member,
              const Scalar& value) {
  if (value.kind == Scalar::Kind::string) {
    target = value.text;
  } else if (!is_absent(value)) {
    complain(cookie, member);
  }
}

void set_flag(SessionCookie& cookie, bool& target, std::string_view member, const Scalar& value) {
  if (value.kind == Scalar::Kind::boolean) {
    target = value.boolean;
  } else if (!is_absent(value)) {
    complain(cookie, member);
  }
}

void set_number(SessionCookie& cookie, std::int64_t& target, std::string_view member,
                const Scalar& value) {
  if (value.kind == Scalar::Kind::integer) {
    target = value.integer;
  } else if (!is_absent(value)) {
    complain(cookie, member);
  }
}

void set_member(SessionCookie& cookie, std::string_view key, const Scalar& value) {
  if (key == "host") return set_text(cookie, cookie.host, key, value);
  if (key == "name") return set_text(cookie, cookie.name, key, value);
  if (key == "path") return set_text(cookie, cookie.path, key, value);
  if (key == "secure") return set_flag(cookie, cookie.secure, key, value);
  if (key == "httponly") return set_flag(cookie, cookie.http_only, key, value);
  if (key == "isPartitioned") return set_flag(cookie, cookie.partitioned, key, value);
  if (key == "sameSite") return set_number(cookie, cookie.same_site, key, value);
  if (key == "schemeMap") return set_number(cookie, cookie.scheme_map, key, value);
  if (key == "expiry") {
    std::int64_t number = 0;
    set_number(cookie, number, key, value);
    if (value.kind == Scalar::Kind::integer) cookie.expiry = number;
  }
  if (key == "value") {
    set_text(cookie, cookie.value, key, value);
    cookie.value_readable = value.kind == Scalar::Kind::string || is_absent(value);
  }
  if (key == "originAttributes" && !is_absent(value)) complain(cookie, key);
}

/// Members of originAttributes; here the partition key is plain, not encoded.
void set_attribute(SessionCookie& cookie, const std::string& key, const Scalar& value) {
  OriginAttributes& attributes = cookie.attributes;
  if (key == "userContextId") {
    std::int64_t id = 0;
    set_number(cookie, id, key, value);
    if (id < 0 || id > std::numeric_limits<std::uint32_t>::max()) return complain(cookie, key);
    attributes.user_context_id = static_cast<std::uint32_t>(id);
  } else if (key == "partitionKey") {
    std::string partition;
    set_text(cookie, partition, key, value);
    if (!partition.empty()) attributes.partition = parse_partition_key(partition);
  } else if (value.kind == Scalar::Kind::string && !value.text.empty()) {
    attributes.others.emplace(key, value.text);
  } else if (value.kind == Scalar::Kind::integer && value.integer != 0) {
    attributes.others.emplace(key, std::to_string(value.integer));
  } else if (value.kind == Scalar::Kind::boolean && value.boolean) {
    attributes.others.emplace(key, "1");
  }
}

/// Listens to the parser (nlohmann's SAX interface) and knows where in the file it is.
class Listener {
 public:
  Listener(const std::function<void(const SessionCookie&)>& visit,
           const std::function<void(const SessionProblem&)>& problem)
      : visit_(visit), problem_(problem) {}

  bool null() { return scalar({.kind = Scalar::Kind::null}); }
  bool boolean(bool value) { return scalar({.kind = Scalar::Kind::boolean, .boolean = value}); }
  bool number_integer(std::int64_t value) {
    return scalar({.kind = Scalar::Kind::integer, .integer = value});
  }
  bool number_unsigned(std::uint64_t value) {
    const bool fits = value <= static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
    return fits ? number_integer(static_cast<std::int64_t>(value)) : scalar({});
  }
  bool number_float(double value, const std::string&) {
    constexpr double kExact = 9007199254740992.0;  // JavaScript has no other numbers
    const bool whole = std::trunc(value) == value && std::abs(value) <= kExact;
    return whole ? number_integer(static_cast<std::int64_t>(value)) : scalar({});
  }
  bool string(std::string& value) { return scalar({.kind = Scalar::Kind::string, .text = value}); }
  bool binary(Json::binary_t&) { return scalar({}); }

  bool start_object(std::size_t) { return open(false); }
  bool end_object() { return close(); }
  bool start_array(std::size_t) { return open(true); }
  bool end_array() { return close(); }
  bool key(std::string& name) {
    levels_.back().key = name;
    return true;
  }
  bool parse_error(std::size_t position, const std::string&, const Json::exception&) {
    error_ = fmt::format("is not JSON at byte {}", position);
    return false;
  }

  [[nodiscard]] const std::string& error() const { return error_; }

 private:
  struct Level {
    bool array = false;
    bool cookies = false;   ///< the array whose elements are cookies
    std::string key;        ///< of the member being read
    std::size_t index = 0;  ///< of the element being read
  };

  bool scalar(const Scalar& value);
  bool open(bool array);
  bool close();
  void begin_element();
  [[nodiscard]] bool opens_cookies() const;
  [[nodiscard]] bool in_cookie(std::size_t above) const {
    return levels_.size() > above && levels_[levels_.size() - 1 - above].cookies;
  }
  [[nodiscard]] std::string pointer() const;

  const std::function<void(const SessionCookie&)>& visit_;
  const std::function<void(const SessionProblem&)>& problem_;
  std::vector<Level> levels_;
  SessionCookie cookie_;
  std::string error_;
};

/// Where the innermost value lies. Keys of these few levels never need escaping.
std::string Listener::pointer() const {
  std::string text;
  for (const Level& level : levels_)
    text += level.array ? fmt::format("/{}", level.index - 1) : "/" + level.key;
  return text;
}

void Listener::begin_element() {
  if (!levels_.empty() && levels_.back().array) ++levels_.back().index;
}

bool Listener::scalar(const Scalar& value) {
  begin_element();
  if (in_cookie(0)) problem_({pointer(), "is no object"});
  if (in_cookie(1)) set_member(cookie_, levels_.back().key, value);
  if (in_cookie(2) && !levels_.back().array &&
      levels_[levels_.size() - 2].key == "originAttributes")
    set_attribute(cookie_, levels_.back().key, value);
  return true;
}

/// `/cookies`, or `cookies` of a window.
bool Listener::opens_cookies() const {
  if (levels_.empty() || levels_.back().array || levels_.back().key != "cookies") return false;
  if (levels_.size() == 1) return true;
  return levels_.size() == 3 && levels_[1].array &&
         (levels_[0].key == "windows" || levels_[0].key == "_closedWindows");
}

bool Listener::open(bool array) {
  if (levels_.size() >= kDeepest) {
    error_ = fmt::format("is nested deeper than {} levels", kDeepest);
    return false;
  }
  begin_element();
  if (in_cookie(0)) {
    if (array) problem_({pointer(), "is no object"});
    cookie_ = SessionCookie{};
    cookie_.pointer = pointer();
  }
  const bool attributes = !array && in_cookie(1) && levels_.back().key == "originAttributes";
  if (in_cookie(1) && !attributes) set_member(cookie_, levels_.back().key, {});
  levels_.push_back({array, array && opens_cookies(), {}, 0});
  return true;
}

bool Listener::close() {
  const bool object = !levels_.back().array;
  levels_.pop_back();
  if (object && in_cookie(0)) visit_(cookie_);
  return true;
}

/// Builds of 2010 and before wrapped the object in parentheses.
std::string_view without_parentheses(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(" \t\r\n");
  if (begin == std::string_view::npos || text[begin] != '(') return text;
  const std::size_t end = text.find_last_of(')');
  return end == std::string_view::npos ? text : text.substr(begin + 1, end - begin - 1);
}

}  // namespace

void read_session_cookies(std::string_view json,
                          const std::function<void(const SessionCookie&)>& visit,
                          const std::function<void(const SessionProblem&)>& problem) {
  const std::string prepared = without_lone_surrogates(without_parentheses(json));
  Listener listener(visit, problem);
  if (Json::sax_parse(prepared, &listener)) return;
  throw Error(ErrorCode::corrupt, listener.error().empty() ? "is not JSON" : listener.error());
}

}  // namespace crumbs

#include "stores/shared/session_json.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <iterator>
#include <limits>
#include <set>
#include <system_error>
#include <utility>
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
  } else if (value.kind == Scalar::Kind::other) {
    complain(cookie, key);
  }
}

/// Members that stand in originAttributes and nowhere else.
bool is_attribute(std::string_view member) {
  constexpr std::string_view kMembers[] = {"firstPartyDomain",     "geckoViewSessionContextId",
                                           "inIsolatedMozBrowser", "partitionKey",
                                           "privateBrowsingId",    "userContextId"};
  return std::ranges::find(kMembers, member) != std::end(kMembers);
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
  bool key(std::string& name);
  bool parse_error(std::size_t position, const std::string&, const Json::exception&) {
    error_ = fmt::format("is not JSON at byte {}", position);
    return false;
  }

  [[nodiscard]] const std::string& error() const { return error_; }

 private:
  struct Level {
    bool array = false;
    bool cookies = false;   ///< the array whose elements are cookies
    bool listed = false;    ///< had a member `cookies`
    bool has_host = false;  ///< had a text of that name
    bool has_more = false;  ///< had a text that a cookie has beside its host
    std::string key;        ///< of the member being read
    std::size_t index = 0;  ///< of the element being read
  };

  bool scalar(const Scalar& value);
  bool open(bool array);
  bool close();
  void begin_element();
  [[nodiscard]] bool end_cookie();
  void end_element(const Level& object);
  void begin_value(bool array, bool object);
  [[nodiscard]] bool at_cookies() const;
  [[nodiscard]] bool in_attributes() const {
    return in_cookie(2) && !levels_.back().array &&
           levels_[levels_.size() - 2].key == "originAttributes";
  }
  [[nodiscard]] bool in_cookie(std::size_t above) const {
    return levels_.size() > above && levels_[levels_.size() - 1 - above].cookies;
  }
  [[nodiscard]] std::string pointer() const;

  const std::function<void(const SessionCookie&)>& visit_;
  const std::function<void(const SessionProblem&)>& problem_;
  std::vector<Level> levels_;
  SessionCookie cookie_;
  std::set<std::string> members_;  ///< of the cookie being read
  std::set<std::string> known_;    ///< cookies of the list being read
  std::string error_;
};

/// What tells one cookie from another in Firefox's own map of them.
std::string identity(const SessionCookie& cookie) {
  std::string text;
  const auto add = [&](std::string_view part) { text += fmt::format("{}:{}", part.size(), part); };
  for (const std::string* part : {&cookie.host, &cookie.path, &cookie.name}) add(*part);
  add(std::to_string(cookie.attributes.user_context_id));
  if (cookie.attributes.partition) {
    add(cookie.attributes.partition->top_level_site);
    add(cookie.attributes.partition->cross_site_ancestor.value_or(false) ? "f" : "");
  }
  for (const auto& [name, value] : cookie.attributes.others) {
    add(name);
    add(value);
  }
  return text;
}

/// Firefox writes a member once; JSON.parse takes the last of two.
bool Listener::key(std::string& name) {
  levels_.back().key = name;
  const bool known = (in_cookie(1) && !members_.insert(name).second) ||
                     (in_attributes() && !members_.insert("originAttributes/" + name).second);
  if (known) problem_({pointer(), "is there twice"});
  return true;
}

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

/// Tells of a value that is not what its place demands, and of a list that is there twice: Firefox
/// takes the last.
void Listener::begin_value(bool array, bool object) {
  begin_element();
  if (levels_.empty() && !object) problem_({pointer(), "is no object"});
  if (!at_cookies()) return;
  if (!array) problem_({pointer(), "is no list"});
  if (std::exchange(levels_.back().listed, true)) problem_({pointer(), "is there twice"});
}

bool Listener::scalar(const Scalar& value) {
  begin_value(false, false);
  if (!levels_.empty() && value.kind == Scalar::Kind::string) {
    Level& level = levels_.back();
    level.has_host = level.has_host || level.key == "host";
    level.has_more =
        level.has_more || level.key == "name" || level.key == "value" || level.key == "path";
  }
  if (in_cookie(0)) problem_({pointer(), "is no object"});
  if (in_cookie(1)) set_member(cookie_, levels_.back().key, value);
  if (in_cookie(1) && is_attribute(levels_.back().key))
    problem_({pointer(), "stands outside of originAttributes"});
  if (in_attributes()) set_attribute(cookie_, levels_.back().key, value);
  return true;
}

/// `/cookies`, or `cookies` of a window.
bool Listener::at_cookies() const {
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
  begin_value(array, !array);
  if (in_cookie(0)) {
    if (array) problem_({pointer(), "is no object"});
    cookie_ = SessionCookie{};
    cookie_.pointer = pointer();
    members_.clear();
  }
  const bool attributes = !array && in_cookie(1) && levels_.back().key == "originAttributes";
  if (in_cookie(1) && !attributes) set_member(cookie_, levels_.back().key, {});
  if (in_attributes()) set_attribute(cookie_, levels_.back().key, {});
  const bool cookies = array && at_cookies();
  if (cookies) known_.clear();
  levels_.push_back({.array = array, .cookies = cookies});
  return true;
}

/// The one list that builds since 55 write has no cookie twice. Where one is all the same, the text
/// is not what was written, and what follows is made of parts of it. Builds before 55 wrote a list
/// for each window, in which a cookie stands once for each host of its domain.
bool Listener::end_cookie() {
  const bool only_list = levels_.size() == 2;
  if (only_list && !known_.insert(identity(cookie_)).second) {
    error_ = fmt::format("has a cookie twice, again as {}", cookie_.pointer);
    return false;
  }
  visit_(cookie_);
  return true;
}

/// Nothing else in a session has these members, whatever pages store in it: where such an object
/// stands in another list, the list is one of cookies whose name is damaged.
void Listener::end_element(const Level& object) {
  if (object.has_host && object.has_more)
    problem_({pointer(), "is a cookie by its members, and stands in no list of cookies"});
}

bool Listener::close() {
  const Level level = std::move(levels_.back());
  levels_.pop_back();
  if (level.array || levels_.empty() || !levels_.back().array) return true;
  if (levels_.back().cookies) return end_cookie();
  end_element(level);
  return true;
}

/// Builds of 2010 and before wrapped the object in parentheses.
std::string_view without_parentheses(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(" \t\r\n");
  if (begin == std::string_view::npos || text[begin] != '(') return text;
  if (text.find(')', begin) == std::string_view::npos) return text;
  const std::string_view inside = text.substr(begin + 1);
  const std::size_t end = inside.find_last_not_of(" \t\r\n");
  const bool closed = end != std::string_view::npos && inside[end] == ')';
  return closed ? inside.substr(0, end) : inside;  // what stands behind is for the parser to refuse
}

/// Behind the string whose first character is at `at`.
std::size_t end_of_string(std::string_view text, std::size_t at) {
  for (; at < text.size() && text[at] != '"'; ++at)
    if (text[at] == '\\') ++at;
  return std::min(at + 1, text.size());
}

/// JSON.parse takes a number that no double can hold for an infinite one; nlohmann's parser ends
/// there. In place of such a number stands one that is no integer, so that it costs its member.
void tame_numbers(std::string& text) {
  constexpr std::string_view kTame = "0.5";
  for (std::size_t at = 0; at < text.size();) {
    if (text[at] == '"') {
      at = end_of_string(text, at + 1);
      continue;
    }
    const std::size_t size =
        std::min(text.find_first_not_of("0123456789+-.eE", at), text.size()) - at;
    const char* const begin = text.data() + at;
    double number = 0;
    if (size > kTame.size() && (*begin == '-' || (*begin >= '0' && *begin <= '9'))) {
      const auto [end, fault] = std::from_chars(begin, begin + size, number);
      if (fault == std::errc::result_out_of_range && end == begin + size)
        text.replace(at, size, std::string(kTame).append(size - kTame.size(), ' '));
    }
    at += std::max<std::size_t>(size, 1);
  }
}

}  // namespace

void read_session_cookies(std::string_view json,
                          const std::function<void(const SessionCookie&)>& visit,
                          const std::function<void(const SessionProblem&)>& problem) {
  std::string prepared = without_lone_surrogates(without_parentheses(json));
  tame_numbers(prepared);
  Listener listener(visit, problem);
  if (Json::sax_parse(prepared, &listener)) {
    // nlohmann's parser takes NUL for the end.
    const std::size_t end = prepared.find('\0');
    if (end == std::string::npos) return;
    throw Error(ErrorCode::corrupt, fmt::format("is not JSON at byte {}", end + 1));
  }
  throw Error(ErrorCode::corrupt, listener.error().empty() ? "is not JSON" : listener.error());
}

}  // namespace crumbs

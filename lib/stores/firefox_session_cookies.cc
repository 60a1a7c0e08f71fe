#include <fmt/format.h>

#include <algorithm>

#include "crumbs/error.h"
#include "decode/stored_time.h"
#include "formats/mozlz4.h"
#include "stores/shared/announce.h"
#include "stores/shared/containers.h"
#include "stores/shared/firefox_cookie_words.h"
#include "stores/shared/locate.h"
#include "stores/shared/session_json.h"
#include "stores/store.h"
#include "system/io.h"

/// Firefox's session cookies, which are on disk only in its session-store files (Firefox
/// SessionFile.sys.mjs, SessionCookies.sys.mjs).

namespace crumbs {
namespace {

/// Largest session store read, compressed and not, bytes.
constexpr std::uint64_t kLargestFile = 256U << 20U;
/// Problems told one by one; of the others their number.
constexpr std::uint64_t kMostProblems = 20;
/// Times below this are seconds: as milliseconds they would lie before 1974.
constexpr std::int64_t kLeastMilliseconds = 100'000'000'000;
/// Set in the scheme map of a local file's cookie, the only one without a host (nsICookie.idl).
constexpr std::int64_t kSchemeFile = 4;

void set_expiry(const std::optional<std::int64_t>& expiry, Times& times) {
  times.expires.reset();
  times.expires_raw.reset();
  if (!expiry) return;
  const TimeForm form = *expiry >= kLeastMilliseconds ? TimeForm::unix_ms : TimeForm::unix_s;
  (void)read_stored_time(*expiry, form, times.expires, times.expires_raw);  // told with the item
}

void set_attributes(const SessionCookie& cookie, Attributes& attributes) {
  attributes.secure = cookie.secure;
  attributes.http_only = cookie.http_only;
  attributes.session = true;
  attributes.partitioned = cookie.partitioned;
  attributes.host_only.reset();
  if (!cookie.host.empty()) attributes.host_only = cookie.host.front() != '.';
  attributes.same_site = firefox_same_site(cookie.same_site);
  attributes.source_scheme = firefox_schemes(cookie.scheme_map);
  attributes.origin_attributes = cookie.attributes.others;
}

void set_value(const SessionCookie& cookie, std::uint64_t budget, RawValue& value) {
  value = {};
  value.length = cookie.value.size();
  if (!cookie.value_readable)
    value.unavailable = Unavailable::wrong_type;
  else if (value.length > budget)
    value.unavailable = Unavailable::too_large;
  else
    value.bytes = cookie.value;
}

class SessionReader {
 public:
  SessionReader(const StoreSource& source, StoreSink& sink)
      : source_(source),
        sink_(sink),
        containers_(ContainerNames::read(source.profile.path)),
        item_(source.new_item(ItemKind::cookie)) {}

  void read(std::string_view json);

 private:
  void cookie(const SessionCookie& cookie);
  void problem(const std::string& message, DiagnosticCode code = DiagnosticCode::wrong_type);

  const StoreSource& source_;
  StoreSink& sink_;
  ContainerNames containers_;
  Item item_;
  std::uint64_t items_ = 0;
  std::uint64_t problems_ = 0;
};

void SessionReader::cookie(const SessionCookie& cookie) {
  item_.host = cookie.host;
  item_.name = cookie.name;
  item_.path = cookie.path;
  item_.partition = cookie.attributes.partition;
  item_.container.reset();
  if (cookie.attributes.user_context_id != 0)
    item_.container = containers_.container(cookie.attributes.user_context_id);
  set_value(cookie, source_.limits.value_budget, item_.value);
  set_attributes(cookie, item_.attributes);
  set_expiry(cookie.expiry, item_.times);
  item_.locator.pointer = cookie.pointer;
  ++items_;
  sink_.item(item_);
  if (!cookie.wrong.empty())
    problem(fmt::format("{}: members of a wrong type: {}", cookie.pointer, cookie.wrong));
  else if (cookie.host.empty() && (cookie.scheme_map & kSchemeFile) == 0)
    problem(fmt::format("{} says no host", cookie.pointer), DiagnosticCode::unknown_origin);
}

void SessionReader::problem(const std::string& message, DiagnosticCode code) {
  if (++problems_ > kMostProblems) return;
  announce(sink_, source_, code, message, Diagnostic::Severity::incomplete);
}

/// A file cut short costs what comes after the cut; one of which nothing can be read fails.
void SessionReader::read(std::string_view json) {
  try {
    read_session_cookies(
        json, [&](const SessionCookie& found) { cookie(found); },
        [&](const SessionProblem& found) {
          problem(fmt::format("{} {}", found.pointer.empty() ? "the whole" : found.pointer,
                              found.message));
        });
  } catch (const Error& error) {
    if (error.code() != ErrorCode::corrupt || items_ == 0) throw;
    announce(sink_, source_, DiagnosticCode::corrupt, error.what(),
             Diagnostic::Severity::incomplete);
  }
  containers_.report(sink_);
  if (problems_ > kMostProblems)
    announce(sink_, source_, DiagnosticCode::wrong_type,
             fmt::format("{} more problems of the same kind", problems_ - kMostProblems),
             Diagnostic::Severity::incomplete);
}

std::string content_of(std::string bytes, std::string_view path) {
  const bool compressed =
      bytes.starts_with("mozLz4") || base_name(path).find("lz4") != std::string_view::npos;
  return compressed ? read_mozlz4(bytes, kLargestFile) : std::move(bytes);
}

void read_session(const StoreSource& source, StoreSink& sink) {
  auto bytes = read_below(source.profile.path, source.place.path,
                          std::min(kLargestFile, source.limits.copy_budget));
  if (!bytes) throw Error(ErrorCode::not_found, fmt::format("{}: is gone", source.display_path));
  sink.file({source.display_path, bytes->size(), sha256_hex(*bytes)});
  if (bytes->empty() && source.place.contested) return sink.schema(std::string(kBareStore));
  try {
    SessionReader(source, sink).read(content_of(*std::move(bytes), source.place.path));
  } catch (const Error& error) {
    if (error.code() != ErrorCode::corrupt && error.code() != ErrorCode::too_large) throw;
    throw Error(error.code(), fmt::format("{}: {}", source.display_path, error.what()));
  }
}

/// Files in the order in which Firefox loads them: the first that it can load is the session; the
/// others hold copies and earlier sessions. Builds before 56 wrote the same without compression. A
/// directory of backups that was collected by itself has them without their own directory.
std::vector<std::string> session_files(const Profile& profile, std::vector<StorePlace>& places) {
  std::vector<std::string> files;
  for (const char* pattern :
       {"sessionstore.jsonlz4", "sessionstore-backups/recovery.jsonlz4",
        "sessionstore-backups/recovery.baklz4", "sessionstore-backups/previous.jsonlz4",
        "sessionstore-backups/upgrade.jsonlz4-*", "sessionstore.js",
        "sessionstore-backups/recovery.js", "sessionstore-backups/recovery.bak",
        "sessionstore-backups/previous.js", "sessionstore-backups/upgrade.js-*", "sessionstore.bak",
        "sessionstore.bak-*", "recovery.jsonlz4", "recovery.baklz4", "previous.jsonlz4",
        "upgrade.jsonlz4-*"}) {
    auto found = paths_matching(profile.path, pattern, places);
    std::ranges::reverse(found);  // build ids are dates: the newest upgrade first
    std::ranges::move(found, std::back_inserter(files));
  }
  return files;
}

std::vector<StorePlace> locate_sessions(const Profile& profile) {
  std::vector<StorePlace> places;
  for (const std::string& file : session_files(profile, places))
    places.push_back({.path = file, .twins = {TwinKind::firefox_session, ""}});
  return places;
}

constexpr std::string_view kFiles[] = {"sessionstore.*",
                                       "sessionstore-backups/recovery.*",
                                       "sessionstore-backups/previous.js*",
                                       "sessionstore-backups/upgrade.js*",
                                       "recovery.jsonlz4",
                                       "recovery.baklz4",
                                       "previous.jsonlz4",
                                       "upgrade.jsonlz4-*"};
constexpr std::string_view kWords[] = {"lz4", "sessionstore"};
constexpr std::string_view kProfileFiles[] = {"sessionstore.jsonlz4", "sessionstore.js",
                                              "recovery.jsonlz4", "recovery.baklz4",
                                              "previous.jsonlz4"};
constexpr std::string_view kProfileDirectories[] = {"sessionstore-backups"};

/// Other files of Firefox are compressed in the same way, so the first literals decide: what is
/// compressed begins with bytes that stand for themselves.
bool is_session(std::string_view head) {
  constexpr std::size_t kFirstLiterals = 512;
  const std::string_view start = head.substr(0, kFirstLiterals);
  const bool has_form = start.starts_with("mozLz40") || start.starts_with("{") ||
                        start.starts_with("({");  // builds before 2013
  return has_form && (start.find("sessionrestore") != std::string_view::npos ||
                      start.find("\"windows\":[") != std::string_view::npos);
}

constexpr StoreNames kNames{.files = kFiles,
                            .directories = {},
                            .inside = {},
                            .words = kWords,
                            .definition = "",
                            .profile_files = kProfileFiles,
                            .profile_directories = kProfileDirectories,
                            .recognises = is_session};

}  // namespace

const StoreDriver firefox_session_cookies{"firefox.session_cookies", Engine::firefox,
                                          ItemKind::cookie,          kNames,
                                          &locate_sessions,          &read_session};

}  // namespace crumbs

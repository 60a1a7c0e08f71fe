#include <algorithm>

#include "crumbs/printable.h"
#include "decode/origin_attributes.h"
#include "decode/stored_time.h"
#include "stores/shared/announce.h"
#include "stores/shared/containers.h"
#include "stores/shared/database.h"
#include "stores/shared/firefox_cookie_words.h"
#include "stores/shared/locate.h"
#include "stores/shared/row_fields.h"
#include "stores/store.h"

/// Firefox's persistent cookies, schema 1 to 17, read by the columns that are there (Gecko
/// netwerk/cookie/CookiePersistentStorage.cpp and its history).

namespace crumbs {
namespace {

constexpr std::string_view kTable = "moz_cookies";
constexpr std::int64_t kNewestSchema = 17;
constexpr std::int64_t kMillisecondSchema = 16;  ///< expiry was in seconds before

constexpr struct : WantedColumns {
  std::size_t host = want("host");
  std::size_t name = want("name");
  std::size_t path = want("path");
  std::size_t value = want("value", true);
  std::size_t origin_attributes = want("originAttributes");
  std::size_t app_id = want("appId");
  std::size_t in_browser_element = want("inBrowserElement");
  std::size_t expiry = want("expiry");
  std::size_t last_accessed = want("lastAccessed");
  std::size_t creation_time = want("creationTime");
  std::size_t update_time = want("updateTime");
  std::size_t is_secure = want("isSecure");
  std::size_t is_http_only = want("isHttpOnly");
  std::size_t same_site = want("sameSite");
  std::size_t raw_same_site = want("rawSameSite");
  std::size_t scheme_map = want("schemeMap");
  std::size_t is_partitioned = want("isPartitionedAttributeSet");
} kColumn;

/// Reads rows into one Item, whose memory is used again for each.
class CookieReader {
 public:
  CookieReader(const sqlite::File& file, const StoreSource& source, bool milliseconds)
      : fields_(file, kTable, kColumn.list(), source.display_path),
        containers_(ContainerNames::read(source.profile.path)),
        value_budget_(source.limits.value_budget),
        milliseconds_(milliseconds),
        item_(source.new_item(ItemKind::cookie, kTable)) {}

  RowFields& fields() { return fields_; }
  void report(StoreSink& sink) const {
    fields_.report(sink);
    containers_.report(sink);
  }
  [[nodiscard]] bool wanted(const sqlite::Row& row, StoreSink& sink);
  const Item& read(const sqlite::Row& row);

 private:
  void read_origin_attributes(const sqlite::Row& row);
  void read_legacy_attributes(const sqlite::Row& row);
  void read_attributes(const sqlite::Row& row);
  void read_same_site(const sqlite::Row& row);
  void read_times(const sqlite::Row& row);
  void read_time(const sqlite::Row& row, std::size_t field, std::optional<Time>& time,
                 std::optional<std::int64_t>& raw);
  void read_expiry(const sqlite::Row& row);

  RowFields fields_;
  ContainerNames containers_;
  std::uint64_t value_budget_;
  bool milliseconds_;
  Item item_;
};

/// Most cookies are none that a catalog knows: their name alone is read.
bool CookieReader::wanted(const sqlite::Row& row, StoreSink& sink) {
  return sink.wants(item_.kind, item_.state, row.bytes(kColumn.name));
}

const Item& CookieReader::read(const sqlite::Row& row) {
  item_.host = fields_.text(row, kColumn.host);
  item_.name = fields_.text(row, kColumn.name);
  item_.path = fields_.text(row, kColumn.path);
  item_.value = fields_.value(row, kColumn.value, value_budget_);
  read_origin_attributes(row);
  read_legacy_attributes(row);
  read_attributes(row);
  read_times(row);
  item_.locator.row = row.rowid();
  return item_;
}

void CookieReader::read_origin_attributes(const sqlite::Row& row) {
  const std::string_view suffix = fields_.text(row, kColumn.origin_attributes);
  item_.attributes.origin_attributes.clear();
  item_.partition.reset();
  item_.container.reset();
  if (suffix.empty()) return;
  auto attributes = parse_origin_attributes(suffix);
  if (!attributes) {  // kept whole, so that the cookie stays apart from others of its name
    fields_.problem(DiagnosticCode::malformed, kColumn.origin_attributes, row,
                    "attributes of an unknown form");
    item_.attributes.origin_attributes.emplace("raw", printable(suffix));
    return;
  }
  item_.partition = std::move(attributes->partition);
  item_.attributes.origin_attributes = std::move(attributes->others);
  if (attributes->user_context_id != 0)
    item_.container = containers_.container(attributes->user_context_id);
}

/// Columns of schema 5 and, left behind for downgrades, of 7 and later.
void CookieReader::read_legacy_attributes(const sqlite::Row& row) {
  auto& others = item_.attributes.origin_attributes;
  if (fields_.has(kColumn.in_browser_element) &&
      fields_.flag(row, kColumn.in_browser_element).value_or(false))
    others.emplace("inBrowser", "1");
  const auto app =
      fields_.has(kColumn.app_id) ? fields_.integer(row, kColumn.app_id) : std::nullopt;
  if (app.value_or(0) != 0) others.emplace("appId", std::to_string(*app));
}

void CookieReader::read_attributes(const sqlite::Row& row) {
  Attributes& attributes = item_.attributes;
  attributes.secure = fields_.flag(row, kColumn.is_secure);
  attributes.http_only = fields_.flag(row, kColumn.is_http_only);
  attributes.session = false;  // session cookies are kept in memory and in the session store
  attributes.partitioned = fields_.flag(row, kColumn.is_partitioned);
  attributes.host_only.reset();
  if (!item_.host.empty()) attributes.host_only = item_.host.front() != '.';
  attributes.source_scheme.reset();
  if (const auto schemes = fields_.integer(row, kColumn.scheme_map))
    attributes.source_scheme = firefox_schemes(*schemes);
  read_same_site(row);
}

/// Schema 10 to 14 keep what the site sent beside what is in force. Lax in force where nothing was
/// sent is the browser's default; schema 15 writes it as 256.
void CookieReader::read_same_site(const sqlite::Row& row) {
  item_.attributes.same_site.reset();
  const auto in_force = fields_.integer(row, kColumn.same_site);
  if (!in_force) return;
  const bool by_default = *in_force == 1 && fields_.integer(row, kColumn.raw_same_site) == 0;
  item_.attributes.same_site = by_default ? "unspecified" : firefox_same_site(*in_force);
  if (!item_.attributes.same_site)
    fields_.problem(DiagnosticCode::unknown_number, kColumn.same_site, row,
                    "a number that is not known");
}

void CookieReader::read_times(const sqlite::Row& row) {
  Times& times = item_.times;
  read_time(row, kColumn.creation_time, times.created, times.created_raw);
  read_time(row, kColumn.last_accessed, times.accessed, times.accessed_raw);
  read_time(row, kColumn.update_time, times.updated, times.updated_raw);
  read_expiry(row);
}

void CookieReader::read_time(const sqlite::Row& row, std::size_t field, std::optional<Time>& time,
                             std::optional<std::int64_t>& raw) {
  const std::int64_t stored = fields_.integer(row, field).value_or(0);
  if (!read_set_time(stored, TimeForm::unix_us, time, raw))
    fields_.problem(DiagnosticCode::absurd_time, field, row, "a time that cannot be");
}

void CookieReader::read_expiry(const sqlite::Row& row) {
  item_.times.expires.reset();
  item_.times.expires_raw.reset();
  const auto stored = fields_.integer(row, kColumn.expiry);
  if (!stored) return;
  if (!read_stored_time(*stored, milliseconds_ ? TimeForm::unix_ms : TimeForm::unix_s,
                        item_.times.expires, item_.times.expires_raw))
    fields_.problem(DiagnosticCode::absurd_time, kColumn.expiry, row, "a time that cannot be");
}

/// Whether expiry is in milliseconds. Where the file does not state a schema, a column that came
/// one schema after milliseconds tells.
bool has_milliseconds(const sqlite::File& file, std::optional<std::int64_t> version) {
  if (version) return *version >= kMillisecondSchema;
  return std::ranges::count(file.columns(kTable), "updateTime") > 0;
}

void read_cookies(const sqlite::File& file, const StoreSource& source, StoreSink& sink) {
  require_table(file, kTable, source.display_path);
  std::optional<std::int64_t> version = file.user_version();
  if (*version <= 0) version.reset();
  announce_schema(sink, source, version, kNewestSchema);
  CookieReader reader(file, source, has_milliseconds(file, version));
  reader.fields().require({kColumn.host, kColumn.name, kColumn.path, kColumn.value});
  file.scan(
      kTable, reader.fields().columns(),
      [&](const sqlite::Row& row) {
        if (reader.wanted(row, sink)) sink.item(reader.read(row));
      },
      [&](Diagnostic damage) { sink.diagnostic(std::move(damage)); });
  reader.report(sink);
}

std::vector<StorePlace> locate_cookies(const Profile& profile) {
  std::vector<StorePlace> places;
  if (database_at(profile.path, "cookies.sqlite")) places.push_back({"cookies.sqlite", false, ""});
  if (exists_below(profile.path, "cookies.sqlite.bak"))
    places.push_back(
        {"cookies.sqlite.bak", true, "left over: the browser set it aside as damaged"});
  return places;
}

constexpr std::string_view kFiles[] = {"cookies.sqlite", "cookies.sqlite.bak"};
constexpr std::string_view kWords[] = {"ookie"};
constexpr std::string_view kProfileFiles[] = {"cookies.sqlite"};
constexpr StoreNames kNames{.files = kFiles,
                            .directories = {},
                            .inside = {},
                            .words = kWords,
                            .definition = "moz_cookies",
                            .profile_files = kProfileFiles,
                            .profile_directories = {}};

}  // namespace

const StoreDriver firefox_cookies{"firefox.cookies", Engine::firefox,
                                  ItemKind::cookie,  kNames,
                                  &locate_cookies,   &read_database<&read_cookies>};

}  // namespace crumbs

#include <algorithm>

#include "ascii.h"
#include "decode/stored_time.h"
#include "stores/shared/announce.h"
#include "stores/shared/database.h"
#include "stores/shared/locate.h"
#include "stores/shared/row_fields.h"
#include "stores/store.h"

/// Cookies of Chromium and its family, schema 5 to 24, read by the columns that are there (Chromium
/// net/extras/sqlite/sqlite_persistent_cookie_store.cc and its history).

namespace crumbs {
namespace {

constexpr std::string_view kTable = "cookies";
constexpr std::int64_t kNewestSchema = 24;
constexpr std::int64_t kHashedSchema = 24;  ///< plaintexts start with the hash of their host

constexpr struct : WantedColumns {
  std::size_t host_key = want("host_key");
  std::size_t top_frame_site_key = want("top_frame_site_key");
  std::size_t has_cross_site_ancestor = want("has_cross_site_ancestor");
  std::size_t name = want("name");
  std::size_t path = want("path");
  std::size_t value = want("value", true);
  std::size_t encrypted_value = want("encrypted_value", true);
  std::size_t creation_utc = want("creation_utc");
  std::size_t last_access_utc = want("last_access_utc");
  std::size_t last_update_utc = want("last_update_utc");
  std::size_t expires_utc = want("expires_utc");
  std::size_t is_secure = want("is_secure|secure");
  std::size_t is_httponly = want("is_httponly|httponly");
  std::size_t is_persistent = want("is_persistent|persistent");
  std::size_t has_expires = want("has_expires");
  std::size_t samesite = want("samesite");
  std::size_t firstpartyonly = want("firstpartyonly");
  std::size_t priority = want("priority");
  std::size_t source_scheme = want("source_scheme");
  std::size_t source_port = want("source_port");
  std::size_t source_type = want("source_type");
} kColumn;

struct Word {
  std::int64_t number;
  std::string_view word;
};
constexpr Word kSameSite[] = {
    {-1, "unspecified"}, {0, "none"}, {1, "lax"}, {2, "strict"}, {3, "unspecified"}};
constexpr Word kPriority[] = {{0, "low"}, {1, "medium"}, {2, "high"}};
constexpr Word kSourceScheme[] = {{0, "unset"}, {1, "non_secure"}, {2, "secure"}};
constexpr Word kSourceType[] = {{0, "unknown"}, {1, "http"}, {2, "script"}, {3, "other"}};

/// Reads rows into one Item, whose memory is used again for each.
class CookieReader {
 public:
  CookieReader(const sqlite::File& file, const StoreSource& source, bool host_hashed)
      : fields_(file, kTable, kColumn.list(), source.display_path),
        host_hashed_(host_hashed),
        value_budget_(source.limits.value_budget),
        item_(source.new_item(ItemKind::cookie, kTable)) {}

  RowFields& fields() { return fields_; }
  [[nodiscard]] bool wanted(const sqlite::Row& row, StoreSink& sink);
  const Item& read(const sqlite::Row& row);

 private:
  void read_identity(const sqlite::Row& row);
  void read_partition(const sqlite::Row& row);
  void read_value(const sqlite::Row& row);
  void read_attributes(const sqlite::Row& row);
  void read_times(const sqlite::Row& row);
  void read_time(const sqlite::Row& row, std::size_t field, std::optional<Time>& time,
                 std::optional<std::int64_t>& raw);
  std::optional<bool> session(const sqlite::Row& row);
  std::optional<std::string> word(const sqlite::Row& row, std::size_t field,
                                  std::span<const Word> words);

  RowFields fields_;
  bool host_hashed_;
  std::uint64_t value_budget_;
  Item item_;
};

/// Most cookies are none that a catalog knows: their name alone is read.
bool CookieReader::wanted(const sqlite::Row& row, StoreSink& sink) {
  return sink.wants(item_.kind, item_.state, row.bytes(kColumn.name));
}

const Item& CookieReader::read(const sqlite::Row& row) {
  read_identity(row);
  read_partition(row);
  read_value(row);
  read_attributes(row);
  read_times(row);
  item_.locator.row = row.rowid();
  return item_;
}

void CookieReader::read_identity(const sqlite::Row& row) {
  item_.host = fields_.text(row, kColumn.host_key);
  item_.name = fields_.text(row, kColumn.name);
  item_.path = fields_.text(row, kColumn.path);
}

void CookieReader::read_partition(const sqlite::Row& row) {
  const std::string_view site = fields_.text(row, kColumn.top_frame_site_key);
  const auto ancestor = fields_.flag(row, kColumn.has_cross_site_ancestor);
  if (fields_.has(kColumn.top_frame_site_key)) item_.attributes.partitioned = !site.empty();
  if (site.empty()) {  // has_cross_site_ancestor is 1 in unpartitioned rows and means nothing
    item_.partition.reset();
    return;
  }
  if (!item_.partition) item_.partition.emplace();
  item_.partition->top_level_site = site;
  item_.partition->cross_site_ancestor = ancestor;
}

void CookieReader::read_value(const sqlite::Row& row) {
  const sqlite::Row::Type type = row.type(kColumn.encrypted_value);
  const bool encrypted =
      fields_.has(kColumn.encrypted_value) &&
      (row.size(kColumn.encrypted_value) > 0 || type == sqlite::Row::Type::unreadable ||
       type == sqlite::Row::Type::integer || type == sqlite::Row::Type::real);
  item_.value =
      fields_.value(row, encrypted ? kColumn.encrypted_value : kColumn.value, value_budget_);
  if (!encrypted) return;
  item_.value.encoding = RawValue::Encoding::encrypted;
  item_.value.host_hashed = host_hashed_;
  if (row.size(kColumn.value) > 0)
    fields_.problem(DiagnosticCode::two_values, kColumn.value, row,
                    "a plain value beside an encrypted one, which counts");
}

void CookieReader::read_attributes(const sqlite::Row& row) {
  Attributes& attributes = item_.attributes;
  attributes.secure = fields_.flag(row, kColumn.is_secure);
  attributes.http_only = fields_.flag(row, kColumn.is_httponly);
  attributes.session = session(row);
  attributes.host_only.reset();
  if (!item_.host.empty()) attributes.host_only = item_.host.front() != '.';
  attributes.same_site = word(
      row, fields_.has(kColumn.samesite) ? kColumn.samesite : kColumn.firstpartyonly, kSameSite);
  attributes.priority = word(row, kColumn.priority, kPriority);
  attributes.source_scheme = word(row, kColumn.source_scheme, kSourceScheme);
  attributes.source_port = fields_.integer(row, kColumn.source_port);
  attributes.source_type = word(row, kColumn.source_type, kSourceType);
}

void CookieReader::read_times(const sqlite::Row& row) {
  Times& times = item_.times;
  read_time(row, kColumn.creation_utc, times.created, times.created_raw);
  read_time(row, kColumn.last_access_utc, times.accessed, times.accessed_raw);
  read_time(row, kColumn.last_update_utc, times.updated, times.updated_raw);
  read_time(row, kColumn.expires_utc, times.expires, times.expires_raw);
}

void CookieReader::read_time(const sqlite::Row& row, std::size_t field, std::optional<Time>& time,
                             std::optional<std::int64_t>& raw) {
  const std::int64_t stored = fields_.integer(row, field).value_or(0);
  if (!read_set_time(stored, TimeForm::windows_us, time, raw))
    fields_.problem(DiagnosticCode::absurd_time, field, row, "a time that cannot be");
}

/// The browser deletes rows that are not persistent when it starts.
std::optional<bool> CookieReader::session(const sqlite::Row& row) {
  auto lasting = fields_.flag(row, kColumn.is_persistent);
  if (!lasting) lasting = fields_.flag(row, kColumn.has_expires);
  if (!lasting && row.type(kColumn.expires_utc) == sqlite::Row::Type::integer)
    lasting = row.integer(kColumn.expires_utc) != 0;
  if (!lasting) return std::nullopt;
  return !*lasting;
}

std::optional<std::string> CookieReader::word(const sqlite::Row& row, std::size_t field,
                                              std::span<const Word> words) {
  const auto number = fields_.integer(row, field);
  if (!number) return std::nullopt;
  for (const Word& candidate : words) {
    if (candidate.number == *number) return std::string(candidate.word);
  }
  fields_.problem(DiagnosticCode::unknown_number, field, row, "a number that is not known");
  return std::nullopt;
}

/// Whether plaintexts start with the hash of their host. Where the file does not state a schema,
/// only the newest layout can be hashed.
bool is_host_hashed(const sqlite::File& file, std::optional<std::int64_t> version) {
  if (version) return *version >= kHashedSchema;
  return std::ranges::count(file.columns(kTable), "has_cross_site_ancestor") > 0;
}

void require_columns(const RowFields& fields) {
  fields.require({kColumn.host_key, kColumn.name, kColumn.path});
  if (!fields.has(kColumn.encrypted_value)) fields.require({kColumn.value});
}

void read_cookies(const sqlite::File& file, const StoreSource& source, StoreSink& sink) {
  if (!find_table(file, kTable, source, sink)) return;
  const auto stated = file.meta("version");
  const auto version = stated ? parse_number<std::int64_t>(*stated) : std::nullopt;
  announce_schema(sink, source, version, kNewestSchema);
  CookieReader reader(file, source, is_host_hashed(file, version));
  require_columns(reader.fields());
  file.scan(
      kTable, reader.fields().columns(),
      [&](const sqlite::Row& row) {
        if (reader.wanted(row, sink)) sink.item(reader.read(row));
      },
      [&](Diagnostic damage) { sink.diagnostic(std::move(damage)); });
  reader.fields().report(sink);
}

constexpr std::string_view kPair[] = {"Network/Cookies", "Cookies"};

/// One directory's `Cookies` and `Network/Cookies`.
void add_pair(const Profile& profile, const std::string& directory, const std::string& what,
              std::vector<StorePlace>& places) {
  for (const std::string_view file : kPair) {
    const std::string path = directory + std::string(file);
    if (database_at(profile.path, path))
      places.push_back(
          {.path = path, .note = what, .twins = {TwinKind::chromium_cookies, directory}});
  }
}

std::vector<StorePlace> locate_cookies(const Profile& profile) {
  std::vector<StorePlace> places;
  add_pair(profile, "", "", places);
  for (const std::string& partition : paths_matching(profile.path, "Storage/ext/*/*", places))
    add_pair(profile, partition + "/", "storage partition of an app or extension", places);
  if (database_at(profile.path, "Extension Cookies"))
    places.push_back({"Extension Cookies", false, "cookies of extensions"});
  return places;
}

constexpr std::string_view kFiles[] = {"Network/Cookies", "Cookies", "Extension Cookies",
                                       "Storage/ext/*/*/Network/Cookies",
                                       "Storage/ext/*/*/Cookies"};
constexpr std::string_view kWords[] = {"ookie"};
constexpr StoreNames kNames{.files = kFiles,
                            .directories = {},
                            .inside = kPair,
                            .words = kWords,
                            .definition = "CREATE TABLE cookies",
                            .profile_files = kPair,
                            .profile_directories = {}};

}  // namespace

const StoreDriver chromium_cookies{"chromium.cookies", Engine::chromium,
                                   ItemKind::cookie,   kNames,
                                   &locate_cookies,    &read_database<&read_cookies>};

}  // namespace crumbs

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "ascii.h"
#include "decode/compression.h"
#include "decode/storage_key.h"
#include "decode/stored_time.h"
#include "formats/sqlite/header.h"
#include "stores/shared/announce.h"
#include "stores/shared/database.h"
#include "stores/shared/dom_storage.h"
#include "stores/shared/locate.h"
#include "stores/shared/row_fields.h"
#include "stores/store.h"

/// Local storage of Chromium in SQLite (Chromium components/services/storage/dom_storage/sqlite,
/// public/cpp/compression.cc), schema 1.

namespace crumbs {
namespace {

constexpr std::string_view kMaps = "maps";
constexpr std::string_view kEntries = "map_entries";
constexpr std::int64_t kNewestSchema = 1;

constexpr struct : WantedColumns {
  std::size_t row_id = want("row_id");
  std::size_t storage_key = want("storage_key");
  std::size_t last_accessed = want("last_accessed");
  std::size_t last_modified = want("last_modified");
  std::size_t total_size = want("total_size");
} kMapColumn;
constexpr struct : WantedColumns {
  std::size_t map_id = want("map_id");
  std::size_t value_compression_type = want("value_compression_type");
  std::size_t key = want("key", true);
  std::size_t value = want("value", true);
} kEntryColumn;

/// One storage key's row of `maps`.
struct Area {
  StorageKey key;
  Times times;
  std::optional<std::int64_t> size;
  std::int64_t counted = 0;
};

class DomStorageReader {
 public:
  DomStorageReader(const sqlite::File& file, const StoreSource& source, StoreSink& sink)
      : source_(source),
        sink_(sink),
        file_(file),
        maps_(file, kMaps, kMapColumn.list(), source.display_path),
        entries_(file, kEntries, kEntryColumn.list(), source.display_path) {
    item_.kind = ItemKind::local_storage;
    item_.locator.file = source.display_path;
    item_.locator.table = kEntries;
  }
  void read();

 private:
  void read_map(const sqlite::Row& row);
  void read_entry(const sqlite::Row& row);
  void enter_area(std::int64_t map);
  bool read_name(const sqlite::Row& row);
  void read_value(const sqlite::Row& row);
  [[nodiscard]] std::optional<Compression> compression(const sqlite::Row& row);
  void read_time(const sqlite::Row& row, std::size_t field, std::optional<Time>& time,
                 std::optional<std::int64_t>& raw);
  void report();

  const StoreSource& source_;
  StoreSink& sink_;
  const sqlite::File& file_;
  RowFields maps_, entries_;
  std::map<std::int64_t, Area> areas_;
  std::optional<std::int64_t> map_;  ///< whose origin item_ has
  Area* area_ = nullptr;             ///< null: the map is gone
  Item item_;
  Unpacker unpacker_;
  std::uint64_t orphans_ = 0;
  bool damaged_ = false;
};

void DomStorageReader::read_time(const sqlite::Row& row, std::size_t field,
                                 std::optional<Time>& time, std::optional<std::int64_t>& raw) {
  const bool never_written = row.type(field) == sqlite::Row::Type::null;  // as META may lack
  const std::int64_t stored = never_written ? 0 : maps_.integer(row, field).value_or(0);
  if (!read_set_time(stored, TimeForm::windows_us, time, raw))
    maps_.problem(DiagnosticCode::absurd_time, field, row, "a time that cannot be");
}

void DomStorageReader::read_map(const sqlite::Row& row) {
  const auto id = maps_.needed_integer(row, kMapColumn.row_id);
  const auto parsed = parse_storage_key(maps_.text(row, kMapColumn.storage_key));
  if (!parsed)
    maps_.problem(DiagnosticCode::corrupt, kMapColumn.storage_key, row, "no storage key",
                  Diagnostic::Severity::incomplete);
  if (!id || !parsed) return;
  Area& area = areas_[*id];
  area.key = *parsed;
  read_time(row, kMapColumn.last_accessed, area.times.accessed, area.times.accessed_raw);
  read_time(row, kMapColumn.last_modified, area.times.updated, area.times.updated_raw);
  if (row.type(kMapColumn.total_size) != sqlite::Row::Type::null)
    area.size = maps_.integer(row, kMapColumn.total_size);
}

void DomStorageReader::enter_area(std::int64_t map) {
  if (map_ == map) return;
  map_ = map;
  const auto found = areas_.find(map);
  area_ = found == areas_.end() ? nullptr : &found->second;
  item_.origin = area_ == nullptr ? std::string() : area_->key.origin;
  item_.partition = area_ == nullptr ? std::nullopt : area_->key.partition;
  item_.times = area_ == nullptr ? Times{} : area_->times;
  item_.state = area_ == nullptr         ? ItemState::orphaned
                : source_.place.leftover ? ItemState::archived
                                         : ItemState::current;
}

bool DomStorageReader::read_name(const sqlite::Row& row) {
  const DomString text = parse_dom_string(entries_.text(row, kEntryColumn.key));
  if (text.fault != DomStringFault::none) {
    entries_.problem(DiagnosticCode::corrupt, kEntryColumn.key, row, "no text",
                     Diagnostic::Severity::incomplete);
    return false;
  }
  to_wtf8(text, item_.name);
  return true;
}

std::optional<Compression> DomStorageReader::compression(const sqlite::Row& row) {
  if (!entries_.has(kEntryColumn.value_compression_type)) return Compression::none;
  const auto type = entries_.integer(row, kEntryColumn.value_compression_type);
  if (type == 0) return Compression::none;
  if (type == 1) return Compression::zstd;
  if (type == 2) return Compression::snappy;
  entries_.problem(DiagnosticCode::corrupt, kEntryColumn.value_compression_type, row,
                   "an unknown compression", Diagnostic::Severity::incomplete);
  return std::nullopt;
}

void DomStorageReader::read_value(const sqlite::Row& row) {
  const RawValue stored = entries_.packed_value(row, kEntryColumn.value);
  const auto packing = compression(row);
  item_.value = stored;
  if (stored.unavailable == Unavailable::too_large && packing == Compression::none &&
      stored.length > 0)
    --item_.value.length;  // the encoding is no byte of the site's
  // What was not read cannot be compared with what the map states.
  if (area_ != nullptr && (stored.unavailable || !packing)) area_->size.reset();
  if (stored.unavailable) return;
  item_.value.bytes = {};
  item_.value.unavailable = Unavailable::malformed;
  if (!packing) return;
  // One byte more than the site's: the encoding.
  const std::uint64_t budget = source_.limits.value_budget;
  const Unpacked opened = unpacker_.open(stored.bytes, *packing, std::max(budget, budget + 1));
  if (opened.reason == Unavailable::malformed)
    entries_.problem(DiagnosticCode::corrupt, kEntryColumn.value, row,
                     "a value that cannot be decompressed", Diagnostic::Severity::incomplete);
  if (area_ != nullptr)
    area_->counted += static_cast<std::int64_t>(row.size(kEntryColumn.key) + opened.size);
  item_.value.length = opened.size;
  item_.value.unavailable = opened.reason;
  if (opened.reason == Unavailable::too_large) --item_.value.length;
  if (opened.reason) return;
  item_.value = dom_value(opened.bytes, budget);
  if (item_.value.unavailable == Unavailable::malformed)
    entries_.problem(DiagnosticCode::corrupt, kEntryColumn.value, row, "no text",
                     Diagnostic::Severity::incomplete);
}

void DomStorageReader::read_entry(const sqlite::Row& row) {
  const auto map = entries_.needed_integer(row, kEntryColumn.map_id);
  if (!map) return;
  enter_area(*map);
  if (!read_name(row)) return;
  read_value(row);
  if (area_ == nullptr) ++orphans_;
  item_.locator.row = *map;  // the table has no row ids of its own; the name tells the rest
  sink_.item(item_);
}

void DomStorageReader::report() {
  maps_.report(sink_);
  entries_.report(sink_);
  if (orphans_ > 0)
    announce(sink_, source_, DiagnosticCode::orphaned_rows,
             fmt::format("{} items whose site is no longer stored: the browser forgot the site and "
                         "kept them",
                         orphans_));
  std::size_t other = 0;
  for (const auto& [id, area] : areas_) other += area.size && *area.size != area.counted ? 1 : 0;
  if (other > 0 && !damaged_)
    announce(sink_, source_, DiagnosticCode::size_mismatch,
             fmt::format("{} storage keys state another size than their items have", other));
}

void DomStorageReader::read() {
  maps_.require({kMapColumn.row_id, kMapColumn.storage_key});
  entries_.require({kEntryColumn.map_id, kEntryColumn.key, kEntryColumn.value});
  const auto damage = [&](Diagnostic diagnostic) {
    damaged_ = true;
    sink_.diagnostic(std::move(diagnostic));
  };
  file_.scan(
      kMaps, maps_.columns(), [&](const sqlite::Row& row) { read_map(row); }, damage);
  file_.scan(
      kEntries, entries_.columns(), [&](const sqlite::Row& row) { read_entry(row); }, damage);
  report();
}

void read_dom_storage(const sqlite::File& file, const StoreSource& source, StoreSink& sink) {
  if (!find_table(file, kMaps, source, sink)) return;
  require_table(file, kEntries, source.display_path);
  const auto stated = file.meta("version");
  announce_schema(sink, source, stated ? parse_number<std::int64_t>(*stated) : std::nullopt,
                  kNewestSchema);
  DomStorageReader(file, source, sink).read();
}

void add_places(const Profile& profile, const std::string& directory, const std::string& what,
                std::vector<StorePlace>& places) {
  const std::string database = directory + "LocalStorage";
  if (database_at(profile.path, database))
    places.push_back(
        {.path = database, .note = what, .twins = {TwinKind::chromium_local_storage, directory}});
  for (const std::string& path :
       paths_matching(profile.path, directory + "LocalStorage.Migrating*", places))
    if (!sqlite::is_side_file(path))
      places.push_back(
          {.path = path, .leftover = true, .note = "left over from a migration that did not end"});
}

std::vector<StorePlace> locate_dom_storage(const Profile& profile) {
  std::vector<StorePlace> places;
  add_places(profile, "", "", places);
  for (const std::string& partition : paths_matching(profile.path, "Storage/ext/*/*", places))
    add_places(profile, partition + "/", "storage partition of an app or extension", places);
  return places;
}

constexpr std::string_view kFiles[] = {"LocalStorage", "Storage/ext/*/*/LocalStorage"};
constexpr std::string_view kWords[] = {"LocalStorage"};
constexpr std::string_view kProfileFiles[] = {"LocalStorage"};
constexpr StoreNames kNames{.files = kFiles,
                            .directories = {},
                            .inside = {},
                            .words = kWords,
                            .definition = "CREATE TABLE map_entries",
                            .profile_files = kProfileFiles,
                            .profile_directories = {}};

}  // namespace

const StoreDriver chromium_dom_storage{"chromium.dom_storage",  Engine::chromium,
                                       ItemKind::local_storage, kNames,
                                       &locate_dom_storage,     &read_database<&read_dom_storage>};

}  // namespace crumbs

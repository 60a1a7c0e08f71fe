#include <functional>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>

#include <fmt/format.h>

#include "crumbs/error.h"
#include "decode/bytes.h"
#include "decode/storage_key.h"
#include "decode/stored_time.h"
#include "formats/leveldb/leveldb.h"
#include "stores/shared/announce.h"
#include "stores/shared/dom_storage.h"
#include "stores/shared/locate.h"
#include "stores/store.h"

/// Local storage of Chromium and its family in LevelDB, version 1, the only one there has been
/// (Chromium components/services/storage/dom_storage/leveldb/local_storage_leveldb.cc,
/// local_storage_database.proto).

namespace crumbs {
namespace {

constexpr std::string_view kMeta = "META:";
constexpr std::string_view kAccess = "METAACCESS:";
constexpr std::string_view kLevelDbPath = "Local Storage/leveldb";

/// What META and METAACCESS say about one storage key.
struct Area {
  Times times;
  std::optional<std::uint64_t> size;
};

/// A message of varint fields; others are skipped. Throws Error(corrupt).
void read_varint_fields(
    std::string_view message,
    const std::function<void(std::uint64_t field, std::uint64_t value)>& visit) {
  ByteReader reader(message);
  while (!reader.done()) {
    const std::uint64_t tag = reader.varint();
    switch (tag & 7U) {
      case 0:
        visit(tag >> 3U, reader.varint());
        break;
      case 1:
        (void)reader.take(8);
        break;
      case 2:
        (void)reader.length_prefixed();
        break;
      case 5:
        (void)reader.take(4);
        break;
      default:
        throw Error(ErrorCode::corrupt, "message of an unknown form");
    }
  }
}

/// Turns the records of one walk into items. Records come in the order of their keys, so what META
/// says is known before the items it is about.
class LocalStorageReader {
 public:
  LocalStorageReader(const StoreSource& source, StoreSink& sink) : source_(source), sink_(sink) {
    item_.kind = ItemKind::local_storage;
  }

  void record(const leveldb::Record& record);
  void damage(Diagnostic diagnostic) {
    damaged_ = damaged_ || diagnostic.severity == Diagnostic::Severity::incomplete;
    sink_.diagnostic(std::move(diagnostic));
  }
  void finish();

 private:
  void settle_deletion(const leveldb::Record* next);
  void keep_deletion(const leveldb::Record& record);
  void read_item(const leveldb::Record& record);
  void read_value(const leveldb::Record& record);
  void read_area(const leveldb::Record& record);
  void read_version(std::string_view version);
  [[nodiscard]] bool enter_area(std::string_view storage_key);
  void add_size(std::size_t size);
  void compare_size();
  void fill_times(ItemState state);
  void report(const leveldb::Record& record, std::string_view what);
  void report_sizes();

  const StoreSource& source_;
  StoreSink& sink_;
  Item item_;
  std::unordered_map<std::string, Area> areas_;  ///< by storage key as stored
  std::string storage_key_;                      ///< of item_'s origin and partition
  const Area* area_ = nullptr;
  std::string sized_key_;  ///< whose current items are being added up
  std::uint64_t size_ = 0;
  std::uint64_t other_sizes_ = 0;  ///< areas whose META states another size
  std::string first_other_size_;
  std::optional<leveldb::Record> deletion_;  ///< not yet told
  std::string deletion_key_, deletion_file_;
  std::uint64_t items_ = 0;
  std::uint64_t strange_ = 0;  ///< records that are no local storage
  bool version_seen_ = false;
  bool damaged_ = false;
};

void LocalStorageReader::record(const leveldb::Record& record) {
  settle_deletion(&record);
  if (record.deletion) return keep_deletion(record);
  if (record.key.starts_with('_')) return read_item(record);
  const bool known =
      record.key == "VERSION" || record.key.starts_with(kMeta) || record.key.starts_with(kAccess);
  if (!known) ++strange_;
  if (!known || record.state != ItemState::current) return;
  if (record.key == "VERSION") return read_version(record.value);
  read_area(record);
}

/// A deletion whose value is still there need not be told: versions come newest first, so that the
/// next record of the key, if there is one, is what it deleted.
void LocalStorageReader::settle_deletion(const leveldb::Record* next) {
  if (!deletion_) return;
  const bool same = next != nullptr && next->key == deletion_key_;
  if (same && next->deletion) return;
  const leveldb::Record deletion = *std::exchange(deletion_, std::nullopt);
  if (!same) read_item(deletion);
}

void LocalStorageReader::keep_deletion(const leveldb::Record& record) {
  if (deletion_ || !record.key.starts_with('_')) return;
  deletion_key_ = record.key;
  deletion_file_ = record.file;
  deletion_ = record;
  deletion_->key = deletion_key_;
  deletion_->file = deletion_file_;
}

void LocalStorageReader::report(const leveldb::Record& record, std::string_view what) {
  damage(make_diagnostic(DiagnosticCode::corrupt,
                         record.state == ItemState::current ? Diagnostic::Severity::incomplete
                                                            : Diagnostic::Severity::note,
                         fmt::format("record {}: {}", record.sequence, what),
                         std::string(record.file), {.row = std::nullopt, .offset = record.offset}));
}

void LocalStorageReader::read_version(std::string_view version) {
  version_seen_ = true;
  const bool known = version == "1";
  const bool printable =
      version.size() <= 20 && version.find_first_not_of("0123456789") == std::string_view::npos;
  sink_.schema("leveldb " + (printable ? std::string(version) : std::string("unknown")));
  if (!known)
    announce(sink_, source_, DiagnosticCode::newer_schema,
             "not version 1, the only one known; read as if it were");
}

void LocalStorageReader::read_area(const leveldb::Record& record) {
  const bool access = record.key.starts_with(kAccess);
  Area& area = areas_[std::string(record.key.substr((access ? kAccess : kMeta).size()))];
  Times& times = area.times;
  try {
    read_varint_fields(record.value, [&](std::uint64_t field, std::uint64_t value) {
      if (field == 1)
        (void)read_set_time(static_cast<std::int64_t>(value), TimeForm::windows_us,
                            access ? times.accessed : times.updated,
                            access ? times.accessed_raw : times.updated_raw);
      if (field == 2 && !access) area.size = value;
    });
  } catch (const Error&) {
    report(record, "metadata that cannot be read");
  }
}

/// Makes item_ one of this storage key; false where that is none.
bool LocalStorageReader::enter_area(std::string_view storage_key) {
  if (!storage_key_.empty() && storage_key == storage_key_) return true;
  auto parsed = parse_storage_key(storage_key);
  if (!parsed) return false;
  storage_key_ = storage_key;
  item_.origin = std::move(parsed->origin);
  item_.partition = std::move(parsed->partition);
  const auto found = areas_.find(storage_key_);
  area_ = found == areas_.end() ? nullptr : &found->second;
  return true;
}

/// META tells when the area was last written, which says nothing about what is no longer in it.
void LocalStorageReader::fill_times(ItemState state) {
  item_.times = {};
  if (area_ == nullptr || state != ItemState::current) return;
  item_.times = area_->times;
}

void LocalStorageReader::read_item(const leveldb::Record& record) {
  const std::string_view rest = record.key.substr(1);
  const std::size_t end = rest.find('\0');
  if (end == std::string_view::npos || !enter_area(rest.substr(0, end)))
    return report(record, "a key without a storage key");
  const std::string_view name = rest.substr(end + 1);
  const DomString text = parse_dom_string(name);
  if (text.fault != DomStringFault::none)
    return report(record, fmt::format("its name is {}", describe(text.fault)));
  if (record.state == ItemState::current) add_size(name.size() + record.value.size());
  to_wtf8(text, item_.name);
  read_value(record);
  fill_times(record.state);
  item_.state = record.state;
  item_.locator.file.assign(record.file);
  item_.locator.offset = record.offset;
  item_.locator.sequence = record.sequence;
  ++items_;
  sink_.item(item_);
}

void LocalStorageReader::read_value(const leveldb::Record& record) {
  item_.value = {};
  item_.value.unavailable = Unavailable::removed;
  if (record.deletion) return;
  item_.value = dom_value(record.value, source_.limits.value_budget);
  if (item_.value.unavailable == Unavailable::malformed)
    report(record, fmt::format("its value is {}", describe(parse_dom_string(record.value).fault)));
}

void LocalStorageReader::add_size(std::size_t size) {
  if (sized_key_ != storage_key_) {
    compare_size();
    sized_key_ = storage_key_;
    size_ = 0;
  }
  size_ += size;
}

void LocalStorageReader::compare_size() {
  const auto area = areas_.find(sized_key_);
  if (sized_key_.empty() || area == areas_.end() || !area->second.size) return;
  if (*area->second.size == size_) return;
  if (other_sizes_++ == 0) first_other_size_ = sized_key_;
}

void LocalStorageReader::report_sizes() {
  compare_size();
  if (other_sizes_ == 0 || damaged_) return;
  announce(sink_, source_, DiagnosticCode::size_mismatch,
           fmt::format("META states another size than the items have for {} storage keys; the "
                       "first is {}",
                       other_sizes_, parse_storage_key(first_other_size_)->origin));
}

void LocalStorageReader::finish() {
  settle_deletion(nullptr);
  report_sizes();
  if (strange_ > 0)
    announce(sink_, source_, DiagnosticCode::unknown_records,
             fmt::format("{} records are neither items nor metadata", strange_));
  if (version_seen_ || items_ == 0) return;
  sink_.schema("leveldb unknown");
  announce(sink_, source_, DiagnosticCode::unknown_schema, "no VERSION record; read as version 1");
}

void read_local_storage(const StoreSource& source, StoreSink& sink) {
  LocalStorageReader reader(source, sink);
  leveldb::walk({.root = source.profile.path,
                 .relative = source.place.path,
                 .display = source.display_path,
                 .budget = source.limits.copy_budget},
                true,
                {.record = [&](const leveldb::Record& record) { reader.record(record); },
                 .damage = [&](Diagnostic diagnostic) { reader.damage(std::move(diagnostic)); },
                 .file = [&](SourceFile file) { sink.file(std::move(file)); }});
  reader.finish();
}

void add_place(const Profile& profile, const std::string& directory, const std::string& what,
               std::vector<StorePlace>& places) {
  if (leveldb_at(profile.path, directory + std::string(kLevelDbPath)))
    places.push_back({.path = directory + std::string(kLevelDbPath),
                      .note = what,
                      .twins = {TwinKind::chromium_local_storage, directory}});
}

std::vector<StorePlace> locate_local_storage(const Profile& profile) {
  std::vector<StorePlace> places;
  add_place(profile, "", "", places);
  for (const std::string& partition : paths_matching(profile.path, "Storage/ext/*/*", places))
    add_place(profile, partition + "/", "storage partition of an app or extension", places);
  return places;
}

constexpr std::string_view kDirectories[] = {"Local Storage/leveldb",
                                             "Storage/ext/*/*/Local Storage/leveldb", "leveldb"};
constexpr std::string_view kWords[] = {"leveldb"};
constexpr std::string_view kProfileDirectories[] = {"Local Storage"};
constexpr StoreNames kNames{.files = {},
                            .directories = kDirectories,
                            .inside = {},
                            .words = kWords,
                            .definition = "",
                            .profile_files = {},
                            .profile_directories = kProfileDirectories};

}  // namespace

const StoreDriver chromium_local_storage{"chromium.local_storage", Engine::chromium,
                                         ItemKind::local_storage,  kNames,
                                         &locate_local_storage,    &read_local_storage};

}  // namespace crumbs

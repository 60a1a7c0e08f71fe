#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "crumbs/error.h"
#include "decode/compression.h"
#include "decode/stored_time.h"
#include "decode/text.h"
#include "formats/metadata_v2.h"
#include "stores/shared/announce.h"
#include "stores/shared/database.h"
#include "stores/shared/firefox_origin.h"
#include "stores/shared/locate.h"
#include "stores/shared/row_fields.h"
#include "stores/store.h"
#include "system/io.h"

/// Local storage of Firefox since 68, one database an origin (Gecko
/// dom/localstorage/ActorsParent.cpp, LSValue.cpp, SnappyUtils.cpp), schema 1.0 to 5.0.

namespace crumbs {
namespace {

constexpr std::string_view kTable = "data";
constexpr std::int64_t kNewestSchema = 5 << 4;
constexpr std::uint64_t kMetadataLimit = 64U << 10U;

constexpr struct : WantedColumns {
  std::size_t key = want("key");
  std::size_t value = want("value", true);
  std::size_t utf16_size = want("utf16_length|utf16Length");
  std::size_t conversion = want("conversion_type");
  std::size_t compression = want("compression_type|compressed");
  std::size_t last_access = want("last_access_time|lastAccessTime");
} kColumn;

class LocalStorageReader {
 public:
  LocalStorageReader(const sqlite::File& file, const StoreSource& source, StoreSink& sink)
      : source_(source),
        sink_(sink),
        file_(file),
        fields_(file, kTable, kColumn.list(), source.display_path),
        item_(source.new_item(ItemKind::local_storage, kTable)) {}
  void read();

 private:
  void read_origin();
  [[nodiscard]] std::optional<MetadataV2> read_metadata();
  void read_database();
  void read_row(const sqlite::Row& row);
  void read_value(const sqlite::Row& row);
  void set_encoding(const sqlite::Row& row);
  void check_usage() const;

  const StoreSource& source_;
  StoreSink& sink_;
  const sqlite::File& file_;
  RowFields fields_;
  Item item_;
  Unpacker unpacker_;
  std::string database_origin_;
  std::optional<std::int64_t> usage_;  ///< in UTF-16 code units, as the database states it
  std::int64_t counted_ = 0;
  Times origin_times_;  ///< of the whole origin
  bool damaged_ = false;
};

std::optional<MetadataV2> LocalStorageReader::read_metadata() {
  constexpr std::string_view kDatabase = "ls/data.sqlite";
  std::string path = source_.place.path;
  if (!path.ends_with(kDatabase)) return std::nullopt;  // a copy somewhere else
  path.replace(path.size() - kDatabase.size(), kDatabase.size(), ".metadata-v2");
  try {
    const auto bytes = read_below(source_.profile.path, path, kMetadataLimit);
    auto metadata = bytes ? parse_metadata_v2(*bytes) : std::nullopt;
    if (bytes && !metadata)
      announce(sink_, source_, DiagnosticCode::corrupt, ".metadata-v2 cannot be read");
    return metadata;
  } catch (const Error& error) {
    announce(sink_, source_, DiagnosticCode::unreadable_file, error.what());
    return std::nullopt;
  }
}

void LocalStorageReader::read_database() {
  if (!file_.has_table("database")) return;
  file_.scan(
      "database", {{"origin"}, {"usage"}},
      [&](const sqlite::Row& row) {
        database_origin_ = row.bytes(0);
        if (row.type(1) == sqlite::Row::Type::integer) usage_ = row.integer(1);
      },
      [&](Diagnostic damage) { sink_.diagnostic(std::move(damage)); });
}

/// The database's own word counts first, then the directory's metadata; the directory's name has
/// lost characters.
void LocalStorageReader::read_origin() {
  read_database();
  const auto metadata = read_metadata();
  if (metadata)
    (void)read_set_time(metadata->last_access_us, TimeForm::unix_us, origin_times_.accessed,
                        origin_times_.accessed_raw);
  if (metadata && !database_origin_.empty() && metadata->origin != database_origin_)
    announce(sink_, source_, DiagnosticCode::origin_mismatch,
             ".metadata-v2 names another origin than the database, which counts");
  std::string text = database_origin_;
  if (text.empty() && metadata) text = metadata->origin;
  auto origin = parse_firefox_origin(text);
  if (!origin) {
    std::string_view directory = source_.place.path;
    directory = directory.substr(0, directory.find("/ls/data.sqlite"));
    origin = guess_firefox_origin(base_name(directory));
    announce(sink_, source_, DiagnosticCode::unknown_origin,
             "neither the database nor .metadata-v2 says whose it is; taken from the directory's "
             "name",
             origin ? Diagnostic::Severity::note : Diagnostic::Severity::incomplete);
  }
  if (!origin) return;
  item_.origin = origin->origin;
  ContainerNames names = origin->attributes.user_context_id == 0
                             ? ContainerNames()
                             : ContainerNames::read(source_.profile.path);
  apply(origin->attributes, names, item_);
  names.report(sink_);
}

/// Conversion 1 is UTF-8; 0, used for lone surrogates, is the UTF-16 of the page. Older schemas
/// have UTF-8 alone.
void LocalStorageReader::set_encoding(const sqlite::Row& row) {
  item_.value.encoding = RawValue::Encoding::utf8;
  const std::int64_t how =
      fields_.has(kColumn.conversion) ? fields_.integer(row, kColumn.conversion).value_or(-1) : 1;
  if (how == 0) item_.value.encoding = RawValue::Encoding::utf16le;
  const bool odd = how == 0 && item_.value.bytes.size() % 2 != 0;
  if (how != 0 && how != 1)
    fields_.problem(DiagnosticCode::corrupt, kColumn.conversion, row, "an unknown conversion",
                    Diagnostic::Severity::incomplete);
  if (odd)
    fields_.problem(DiagnosticCode::corrupt, kColumn.value, row, "UTF-16 of an odd number of bytes",
                    Diagnostic::Severity::incomplete);
  if (!odd && (how == 0 || how == 1)) return;
  item_.value.unavailable = Unavailable::malformed;
  item_.value.bytes = {};
}

void LocalStorageReader::read_value(const sqlite::Row& row) {
  item_.value = fields_.packed_value(row, kColumn.value);
  if (item_.value.unavailable) return;
  const std::optional<std::int64_t> stated =
      fields_.has(kColumn.compression) ? fields_.integer(row, kColumn.compression) : 0;
  const std::int64_t packing = stated.value_or(-1);
  if (packing < 0 || packing > 1) {
    fields_.problem(DiagnosticCode::corrupt, kColumn.compression, row, "an unknown compression",
                    Diagnostic::Severity::incomplete);
    item_.value.unavailable = Unavailable::malformed;
    item_.value.bytes = {};
    return;
  }
  const Unpacked opened =
      unpacker_.open(item_.value.bytes, packing == 1 ? Compression::snappy : Compression::none,
                     source_.limits.value_budget);
  item_.value.bytes = opened.bytes;
  item_.value.length = opened.size;
  item_.value.unavailable = opened.reason;
  if (opened.reason == Unavailable::malformed)
    fields_.problem(DiagnosticCode::corrupt, kColumn.value, row,
                    "a value that cannot be decompressed", Diagnostic::Severity::incomplete);
  if (!opened.reason) set_encoding(row);
}

void LocalStorageReader::read_row(const sqlite::Row& row) {
  item_.name = fields_.text(row, kColumn.key);
  read_value(row);
  item_.times = origin_times_;
  const std::int64_t accessed = fields_.integer(row, kColumn.last_access).value_or(0);
  if (accessed != 0 && !read_stored_time(accessed, TimeForm::unix_us, item_.times.accessed,
                                         item_.times.accessed_raw))
    fields_.problem(DiagnosticCode::absurd_time, kColumn.last_access, row, "a time that cannot be");
  item_.locator.row = row.rowid();
  if (const auto size = fields_.integer(row, kColumn.utf16_size))
    (void)__builtin_add_overflow(
        counted_, *size + static_cast<std::int64_t>(utf16_length(item_.name)), &counted_);
  sink_.item(item_);
}

void LocalStorageReader::check_usage() const {
  if (!usage_ || !fields_.has(kColumn.utf16_size) || damaged_ || *usage_ == counted_) return;
  announce(sink_, source_, DiagnosticCode::size_mismatch,
           fmt::format("the database states {} code units, its items have {}", *usage_, counted_));
}

void LocalStorageReader::read() {
  fields_.require({kColumn.key, kColumn.value});
  read_origin();
  file_.scan(
      kTable, fields_.columns(), [&](const sqlite::Row& row) { read_row(row); },
      [&](Diagnostic damage) {
        damaged_ = true;
        sink_.diagnostic(std::move(damage));
      });
  fields_.report(sink_);
  check_usage();
}

/// user_version is major << 4 | minor.
void announce_version(const sqlite::File& file, const StoreSource& source, StoreSink& sink) {
  const std::int64_t version = file.user_version();
  sink.schema(fmt::format("{}.{}", version >> 4, version & 15));
  if (version <= kNewestSchema) return;
  announce(sink, source, DiagnosticCode::newer_schema,
           "a schema newer than 5.0; read by its columns");
}

void read_local_storage(const sqlite::File& file, const StoreSource& source, StoreSink& sink) {
  require_table(file, kTable, source.display_path);
  announce_version(file, source, sink);
  LocalStorageReader(file, source, sink).read();
}

std::vector<StorePlace> locate_local_storage(const Profile& profile) {
  std::vector<StorePlace> places;
  for (const char* repository : {"default", "permanent", "private"}) {
    const std::string pattern = fmt::format("storage/{}/*/ls/data.sqlite", repository);
    for (const std::string& path : paths_matching(profile.path, pattern, places))
      places.push_back({.path = path, .twins = {TwinKind::firefox_local_storage, ""}});
  }
  return places;
}

constexpr std::string_view kFiles[] = {"storage/*/*/ls/data.sqlite", "data.sqlite"};
constexpr std::string_view kInside[] = {"ls/data.sqlite", "data.sqlite"};
constexpr std::string_view kWords[] = {"data.sqlite"};
constexpr std::string_view kProfileDirectories[] = {"storage/default"};
constexpr StoreNames kNames{.files = kFiles,
                            .directories = {},
                            .inside = kInside,
                            .words = kWords,
                            .definition = "CREATE TABLE data( key TEXT PRIMARY KEY, utf16_length",
                            .profile_files = {},
                            .profile_directories = kProfileDirectories};

}  // namespace

const StoreDriver firefox_local_storage{
    "firefox.local_storage", Engine::firefox,
    ItemKind::local_storage, kNames,
    &locate_local_storage,   &read_database<&read_local_storage>};

}  // namespace crumbs

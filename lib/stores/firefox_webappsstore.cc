#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "crumbs/error.h"
#include "stores/shared/announce.h"
#include "stores/shared/database.h"
#include "stores/shared/firefox_origin.h"
#include "stores/shared/locate.h"
#include "stores/shared/row_fields.h"
#include "stores/store.h"

/// Local storage of Firefox before 68, and what its import left (Gecko
/// dom/storage/StorageUtils.cpp, StorageDBUpdater.cpp): webappsstore2 with origin attributes and
/// without.

namespace crumbs {
namespace {

constexpr std::string_view kTable = "webappsstore2";
constexpr std::string_view kArchive = "storage/ls-archive.sqlite";

constexpr struct : WantedColumns {
  std::size_t origin_attributes = want("originAttributes");
  std::size_t origin_key = want("originKey");
  std::size_t scope = want("scope");
  std::size_t key = want("key");
  std::size_t value = want("value", true);
} kColumn;

/// One database; an item's origin is worked out again only where it changes.
class WebappsReader {
 public:
  WebappsReader(const sqlite::File& file, const StoreSource& source)
      : fields_(file, kTable, kColumn.list(), source.display_path),
        names_(ContainerNames::read(source.profile.path)),
        budget_(source.limits.value_budget),
        item_(source.new_item(ItemKind::local_storage, kTable)) {
    fields_.require({kColumn.key, kColumn.value});
    if (!fields_.has(kColumn.origin_key)) fields_.require({kColumn.scope});
  }
  RowFields& fields() { return fields_; }
  void report(StoreSink& sink) const {
    fields_.report(sink);
    names_.report(sink);
  }
  [[nodiscard]] bool newer_form() const { return fields_.has(kColumn.origin_key); }
  const Item& read(const sqlite::Row& row);

 private:
  void read_origin(const sqlite::Row& row);

  RowFields fields_;
  ContainerNames names_;
  std::uint64_t budget_;
  Item item_;
};

void WebappsReader::read_origin(const sqlite::Row& row) {
  std::string_view stored = fields_.text(row, newer_form() ? kColumn.origin_key : kColumn.scope);
  std::string_view suffix;
  if (newer_form()) suffix = fields_.text(row, kColumn.origin_attributes);
  if (const std::size_t caret = stored.find('^'); caret == 0) {  // a scope may begin with it
    const std::size_t end = std::min(stored.find(':'), stored.size() - 1);
    suffix = stored.substr(0, end);
    stored.remove_prefix(end + 1);
  }
  const auto origin = origin_of_key(stored);
  if (!origin)
    fields_.problem(DiagnosticCode::malformed, newer_form() ? kColumn.origin_key : kColumn.scope,
                    row, "no origin", Diagnostic::Severity::note);
  item_.origin = origin.value_or(std::string(stored));
  apply(read_suffix(suffix), names_, item_);
}

const Item& WebappsReader::read(const sqlite::Row& row) {
  read_origin(row);
  item_.name = fields_.text(row, kColumn.key);
  item_.value = fields_.value(row, kColumn.value, budget_);
  item_.locator.row = row.rowid();
  return item_;
}

/// What Firefox before 3.5 wrote has another form of origin.
void refuse_oldest_forms(const sqlite::File& file, const StoreSource& source) {
  for (const char* table : {"webappsstore", "moz_webappsstore"}) {
    if (file.has_table(table))
      throw Error(ErrorCode::unsupported, fmt::format("{}: the table {} of Firefox before 3.5",
                                                      source.display_path, table));
  }
}

void read_webappsstore(const sqlite::File& file, const StoreSource& source, StoreSink& sink) {
  if (!file.has_table(kTable) && file.other_object(kTable).empty()) {
    refuse_oldest_forms(file, source);
    sink.schema(std::string(kBareStore));  // a database that was made and never used
    return;
  }
  require_table(file, kTable, source.display_path);
  WebappsReader reader(file, source);
  sink.schema(reader.newer_form() ? "2" : "1");
  file.scan(
      kTable, reader.fields().columns(),
      [&](const sqlite::Row& row) { sink.item(reader.read(row)); },
      [&](Diagnostic damage) { sink.diagnostic(std::move(damage)); });
  reader.report(sink);
}

std::vector<StorePlace> locate_webappsstore(const Profile& profile) {
  std::vector<StorePlace> places;
  if (database_at(profile.path, "webappsstore.sqlite"))
    places.push_back(
        {.path = "webappsstore.sqlite", .twins = {TwinKind::firefox_local_storage, ""}});
  if (database_at(profile.path, kArchive))
    places.push_back({.path = std::string(kArchive),
                      .leftover = true,
                      .note = "archive of what was in webappsstore.sqlite before the import"});
  return places;
}

constexpr std::string_view kFiles[] = {"webappsstore.sqlite", "storage/ls-archive.sqlite",
                                       "ls-archive.sqlite"};
constexpr std::string_view kWords[] = {"webappsstore", "ls-archive"};
constexpr std::string_view kProfileFiles[] = {"webappsstore.sqlite"};
constexpr StoreNames kNames{.files = kFiles,
                            .directories = {},
                            .inside = {},
                            .words = kWords,
                            .definition = "CREATE TABLE webappsstore2",
                            .profile_files = kProfileFiles,
                            .profile_directories = {}};

}  // namespace

const StoreDriver firefox_webappsstore{"firefox.webappsstore",  Engine::firefox,
                                       ItemKind::local_storage, kNames,
                                       &locate_webappsstore,    &read_database<&read_webappsstore>};

}  // namespace crumbs

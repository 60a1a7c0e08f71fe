#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "decode/text.h"
#include "stores/shared/announce.h"
#include "stores/shared/database.h"
#include "stores/shared/locate.h"
#include "stores/shared/row_fields.h"
#include "stores/store.h"

/// Local storage of Chromium to about version 60: one UTF-16 database an origin (Chromium
/// components/services/storage/dom_storage/legacy_dom_storage_database.cc,
/// storage/common/database/database_identifier.cc).

namespace crumbs {
namespace {

constexpr std::string_view kTable = "ItemTable";
constexpr std::string_view kSuffix = ".localstorage";

constexpr struct : WantedColumns {
  std::size_t key = want("key");
  std::size_t value = want("value", true);
} kColumn;

/// "https_example.com_0" -> "https://example.com"; port 0 is the scheme's own. The colons of an
/// IPv6 address are underscores in the name.
std::optional<std::string> origin_of_identifier(std::string_view identifier) {
  const std::size_t scheme = identifier.find('_');
  const std::size_t port = identifier.rfind('_');
  if (scheme == std::string_view::npos || scheme == 0 || port <= scheme) return std::nullopt;
  std::string host(identifier.substr(scheme + 1, port - scheme - 1));
  if (host.starts_with('[')) std::ranges::replace(host, '_', ':');
  const std::string_view number = identifier.substr(port + 1);
  if (number.empty() || number.find_first_not_of("0123456789") != std::string_view::npos)
    return std::nullopt;
  return fmt::format("{}://{}{}{}", identifier.substr(0, scheme), host, number == "0" ? "" : ":",
                     number == "0" ? "" : number);
}

/// The first layout had TEXT, later ones the bytes of UTF-16.
RawValue read_value(RowFields& fields, const sqlite::Row& row, std::uint64_t budget) {
  RawValue raw = fields.value(row, kColumn.value, budget);
  if (raw.unavailable || row.type(kColumn.value) != sqlite::Row::Type::blob) return raw;
  raw.encoding = RawValue::Encoding::utf16le;
  if (raw.length % 2 == 0) return raw;
  fields.problem(DiagnosticCode::corrupt, kColumn.value, row, "UTF-16 of an odd number of bytes",
                 Diagnostic::Severity::incomplete);
  raw.unavailable = Unavailable::malformed;
  raw.bytes = {};
  return raw;
}

void read_legacy(const sqlite::File& file, const StoreSource& source, StoreSink& sink) {
  require_table(file, kTable, source.display_path);
  RowFields fields(file, kTable, kColumn.list(), source.display_path);
  fields.require({kColumn.key, kColumn.value});
  sink.schema("legacy");
  std::string_view identifier = base_name(source.place.path);
  if (identifier.ends_with(kSuffix)) identifier.remove_suffix(kSuffix.size());
  const auto origin = origin_of_identifier(identifier);
  if (!origin)
    announce(sink, source, DiagnosticCode::unknown_origin,
             "the file's name does not say whose it is", Diagnostic::Severity::incomplete);
  Item item = source.new_item(ItemKind::local_storage, kTable);
  item.origin = origin.value_or(std::string());
  file.scan(
      kTable, fields.columns(),
      [&](const sqlite::Row& row) {
        item.name = fields.text(row, kColumn.key);
        item.value = read_value(fields, row, source.limits.value_budget);
        item.locator.row = row.rowid();
        sink.item(item);
      },
      [&](Diagnostic damage) { sink.diagnostic(std::move(damage)); });
  fields.report(sink);
}

std::vector<StorePlace> locate_legacy(const Profile& profile) {
  std::vector<StorePlace> places;
  for (const std::string& path :
       paths_matching(profile.path, "Local Storage/*.localstorage", places))
    places.push_back({.path = path, .twins = {TwinKind::chromium_local_storage, ""}});
  return places;
}

constexpr std::string_view kFiles[] = {"Local Storage/*.localstorage", "*.localstorage"};
constexpr std::string_view kWords[] = {".localstorage"};
constexpr StoreNames kNames{.files = kFiles,
                            .directories = {},
                            .inside = {},
                            .words = kWords,
                            .definition = "CREATE TABLE ItemTable",
                            .profile_files = {},
                            .profile_directories = {}};

}  // namespace

const StoreDriver chromium_local_storage_legacy{"chromium.local_storage_legacy",
                                                Engine::chromium,
                                                ItemKind::local_storage,
                                                kNames,
                                                &locate_legacy,
                                                &read_database<&read_legacy>};

}  // namespace crumbs

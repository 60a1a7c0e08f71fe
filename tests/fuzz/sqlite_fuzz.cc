// Any bytes as a database: opened in memory and scanned as the cookies of Chromium and Firefox and
// as Chromium's local storage, which has no row ids.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <vector>

#include "crumbs/error.h"
#include "formats/sqlite/sqlite.h"
#include "snapshot/snapshot.h"

namespace {

using namespace crumbs;

std::uint64_t touched = 0;  // keeps the compiler from dropping the reads

void note(const Diagnostic& diagnostic) {
  touched += diagnostic.message.size();
}

void scan(const sqlite::File& file, const char* table, const std::vector<sqlite::Column>& columns) {
  if (!file.has_table(table)) return;
  const auto visit = [&](const sqlite::Row& row) {
    touched += static_cast<std::uint64_t>(row.rowid());
    for (std::size_t i = 0; i < columns.size(); ++i) {
      touched += row.size(i) + static_cast<std::uint64_t>(row.integer(i)) + (row.has(i) ? 1 : 0);
      for (const char c : row.bytes(i)) touched += static_cast<unsigned char>(c);
      // A row must not claim to hold bytes that it does not hand out.
      if (row.type(i) == sqlite::Row::Type::null && !row.bytes(i).empty()) std::abort();
    }
  };
  file.scan(table, columns, visit, note);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  constexpr std::uint64_t kValueBudget = 4096;
  const Snapshot snapshot =
      Snapshot::from_memory(std::string(reinterpret_cast<const char*>(data), size), "Cookies");
  try {
    const sqlite::File file(snapshot.image(), kValueBudget);
    touched +=
        static_cast<std::uint64_t>(file.user_version()) + file.meta("version").value_or("").size();
    file.report_unused(note);
    scan(file, "cookies",
         {{"creation_utc"},
          {"host_key"},
          {"top_frame_site_key"},
          {"name"},
          {"value", true},
          {"encrypted_value", true},
          {"path"},
          {"expires_utc"},
          {"is_secure|secure"},
          {"is_httponly|httponly"},
          {"last_access_utc"},
          {"is_persistent|persistent"},
          {"priority"},
          {"samesite|firstpartyonly"},
          {"source_scheme"},
          {"source_port"},
          {"has_cross_site_ancestor"}});
    scan(file, "moz_cookies", {{"id"}, {"host"}, {"name"}, {"value", true}, {"originAttributes"}});
    scan(file, "map_entries", {{"map_id"}, {"key"}, {"value", true}});
  } catch (const Error&) {
    // What is no database is refused in one way only.
  }
  return 0;
}

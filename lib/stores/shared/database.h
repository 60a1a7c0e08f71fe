#pragma once

/// Stores that are one SQLite database.

#include <functional>
#include <string>
#include <string_view>

#include "formats/sqlite/sqlite.h"
#include "stores/store.h"

namespace crumbs {

using DatabaseReader = void(const sqlite::File& file, const StoreSource& source, StoreSink& sink);

/// Copies the store's database, opens it, and lets `read` hand out its items. What the copying had
/// to say comes first; the files come last, whatever fails, for a large one is hashed while its
/// rows are read. Throws as Snapshot::take, sqlite::File and `read` do.
void read_database(const StoreSource& source, StoreSink& sink,
                   const std::function<DatabaseReader>& read);

/// The same as a driver wants it.
template <DatabaseReader* Read>
void read_database(const StoreSource& source, StoreSink& sink) {
  read_database(source, sink, Read);
}

/// Throws Error(unsupported) unless `table` is a plain table.
void require_table(const sqlite::File& file, std::string_view table, const std::string& display);
/// As above, but false, and told as kBareStore, where nothing of that name is there and the store
/// is contested: a tool that opened the path of a twin has left an empty file.
[[nodiscard]] bool find_table(const sqlite::File& file, std::string_view table,
                              const StoreSource& source, StoreSink& sink);

}  // namespace crumbs

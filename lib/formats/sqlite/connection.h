#pragma once

/// A connection to a database of unknown make that can do nothing but read plain tables.

#include <SQLiteCpp/Database.h>

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "formats/sqlite/image.h"
#include "formats/sqlite/tree.h"
#include "system/io.h"

namespace crumbs::sqlite {

/// Opens the database, recovers its WAL or journal, loads the schema. One thread; not movable, for
/// SQLite holds its address. The bytes of the image outlive it.
class Connection {
 public:
  /// Throws Error(corrupt) for what is no database or has no readable schema, Error(io).
  explicit Connection(const Image& image);
  ~Connection() = default;
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  struct SchemaObject {
    std::string type, name, sql;
    std::uint32_t root = 0;
  };

  [[nodiscard]] SQLite::Database& database() { return database_; }
  [[nodiscard]] const std::vector<SchemaObject>& schema() const { return schema_; }
  [[nodiscard]] std::uint64_t page_size() const { return page_size_; }
  [[nodiscard]] std::uint64_t page_count() const { return page_count_; }
  [[nodiscard]] bool utf16() const { return utf16_; }
  [[nodiscard]] std::int64_t user_version();
  [[nodiscard]] const std::string& display() const { return image_.display; }

  /// From now on statements may read this table and no other.
  void allow(std::string_view table) { readable_ = table; }
  /// The tree of a table; no statement may be running.
  [[nodiscard]] TableTree tree(std::uint32_t root, TreeKind kind);
  /// As find_unused_page; no statement may be running.
  [[nodiscard]] std::uint32_t unused_page();

  /// Throws the Error that says what SQLite said, without its text, which may quote the file.
  [[noreturn]] void fail(const SQLite::Exception& error) const;

 private:
  void check_header() const;
  void load_bytes();
  void configure();
  void load_schema();
  void load_geometry();
  [[nodiscard]] std::int64_t ask(const char* pragma);
  [[nodiscard]] std::uint64_t bytes_at_hand() const;
  [[nodiscard]] std::vector<std::uint32_t> other_roots(std::uint32_t root) const;
  [[nodiscard]] bool read_pages(const std::function<void(const PageReader&)>& use);
  void bound_work();
  static int stop_endless(void* self);
  static int authorize(void* self, int action, const char* first, const char* second,
                       const char* database, const char* inner);

  const Image image_;
  SQLite::Database database_;
  std::string readable_;
  std::vector<SchemaObject> schema_;
  std::uint64_t page_size_ = 0, page_count_ = 0;
  bool utf16_ = false;
  std::uint64_t steps_left_ = 0;  ///< of stop_endless
};

}  // namespace crumbs::sqlite

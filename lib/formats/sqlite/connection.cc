#include "formats/sqlite/connection.h"

#include <SQLiteCpp/SQLiteCpp.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <system_error>

#include <fmt/format.h>

#include "crumbs/error.h"
#include "formats/sqlite/header.h"
#include "formats/sqlite/unused_page.h"

namespace crumbs::sqlite {
namespace {

constexpr std::size_t kHeadSize = 512;

[[noreturn]] void fail_as(ErrorCode code, const Image& image, std::string_view what) {
  throw Error(code, fmt::format("{}: {}", image.display, what));
}

FileDescriptor open_scratch(const Image& image) {
  FileDescriptor file(open(image.file.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
  if (!file.valid()) fail_as(ErrorCode::io, image, "the private copy is gone");
  return file;
}

/// What is there of `size` bytes, into a buffer that serves for all pages of a walk.
void read_at(const FileDescriptor& file, std::size_t size, std::uint64_t offset,
             std::vector<std::byte>& bytes) {
  bytes.resize(size);
  const ssize_t count = pread(file.get(), bytes.data(), size, static_cast<off_t>(offset));
  bytes.resize(count > 0 ? static_cast<std::size_t>(count) : 0);
}

/// SQLite counts every allocation of the process under one lock, which stores that are read side by
/// side would wait for; nobody asks for these counts. And each connection sets memory aside, more
/// than a small database needs. Has to come before the first connection; where the program has used
/// SQLite before, all stays as it was.
void configure_library() {
  static const bool done = [] {
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    sqlite3_config(SQLITE_CONFIG_LOOKASIDE, 1200, 40);  // bytes and number of the pieces
    return true;
  }();
  (void)done;
}

/// What SQLite is to open.
const char* prepared_path(const Image& image) {
  configure_library();
  return image.in_memory() ? ":memory:" : image.file.c_str();
}

bool same_name(std::string_view a, const char* b) {
  return b != nullptr && a.size() == std::string_view(b).size() &&
         sqlite3_strnicmp(a.data(), b, static_cast<int>(a.size())) == 0;
}

/// The tree of an older state: what it says of damage need not be so.
TableTree doubted(TableTree tree) {
  for (LeafRange& leaf : tree.leaves) leaf.way = LeafRange::Way::doubtful;
  tree.damaged = 0;
  tree.closed = false;
  tree.flaws.clear();
  return tree;
}

}  // namespace

Connection::Connection(const Image& image) try
    : image_(image),
      database_(prepared_path(image_), SQLite::OPEN_READWRITE | SQLite::OPEN_NOMUTEX) {
  check_header();
  if (image.in_memory()) load_bytes();
  configure();
  load_schema();
  load_geometry();
  sqlite3_set_authorizer(database_.getHandle(), &Connection::authorize, this);
} catch (const SQLite::Exception& error) {
  if (error.getErrorCode() == SQLITE_NOMEM) throw std::bad_alloc();
  if (error.getErrorCode() == SQLITE_NOTADB) fail_as(ErrorCode::corrupt, image, "not a database");
  if (error.getErrorCode() == SQLITE_FULL || error.getErrorCode() == SQLITE_CANTOPEN)
    fail_as(ErrorCode::io, image, sqlite3_errstr(error.getErrorCode()));
  fail_as(ErrorCode::corrupt, image,
          fmt::format("the schema cannot be read: {}", sqlite3_errstr(error.getErrorCode())));
}

void Connection::check_header() const {
  std::vector<std::byte> head;
  std::uint64_t size = image_.bytes.size();
  if (image_.in_memory()) {
    const auto bytes = image_.bytes.first(std::min<std::size_t>(kHeadSize, size));
    head.assign(bytes.begin(), bytes.end());
  } else {
    read_at(open_scratch(image_), kHeadSize, 0, head);
    size = std::filesystem::file_size(image_.file);
  }
  if (const std::string_view fault = header_fault(head, size); !fault.empty())
    fail_as(ErrorCode::corrupt, image_, fault);
}

void Connection::load_bytes() {
  const auto bytes = image_.bytes;
  if (bytes.empty()) return;
  // SQLite asks for writable memory but, being told so, only reads it; nothing is copied or freed.
  auto* const data =
      reinterpret_cast<unsigned char*>(const_cast<std::byte*>(bytes.data()));  // NOLINT
  const auto size = static_cast<sqlite3_int64>(bytes.size());
  database_.check(sqlite3_deserialize(database_.getHandle(), "main", data, size, size,
                                      SQLITE_DESERIALIZE_READONLY));
}

std::uint64_t Connection::bytes_at_hand() const {
  if (image_.in_memory()) return image_.bytes.size();
  std::error_code ignored;
  const auto wal = std::filesystem::file_size(image_.file.string() + std::string(kWal), ignored);
  return std::filesystem::file_size(image_.file) + (ignored ? 0 : wal);
}

/// Pages that refer to each other make a statement endless that yields no row: one that sorts, or
/// seeks what is not there. So SQLite calls this every kStep instructions of its machine.
int Connection::stop_endless(void* self) {
  std::uint64_t& left = static_cast<Connection*>(self)->steps_left_;
  return left == 0 ? 1 : (--left, 0);
}

void Connection::bound_work() {
  // A row takes 30 instructions, and six bytes at least.
  constexpr int kStep = 10'000;
  constexpr std::uint64_t kStepsAnyway = 500;
  constexpr std::uint64_t kInstructionsPerByte = 200;
  steps_left_ = kStepsAnyway + bytes_at_hand() * kInstructionsPerByte / kStep;
  sqlite3_progress_handler(database_.getHandle(), kStep, &Connection::stop_endless, this);
}

void Connection::configure() {
  bound_work();
  sqlite3* const handle = database_.getHandle();
  constexpr std::array kOn = {SQLITE_DBCONFIG_DEFENSIVE, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE};
  constexpr std::array kOff = {
      SQLITE_DBCONFIG_TRUSTED_SCHEMA,        SQLITE_DBCONFIG_ENABLE_VIEW,
      SQLITE_DBCONFIG_ENABLE_TRIGGER,        SQLITE_DBCONFIG_WRITABLE_SCHEMA,
      SQLITE_DBCONFIG_ENABLE_FTS3_TOKENIZER, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION,
  };
  for (const int option : kOn) sqlite3_db_config(handle, option, 1, nullptr);
  for (const int option : kOff) sqlite3_db_config(handle, option, 0, nullptr);
  // These also bound the SQL text of the schema, so they leave room for what browsers really have.
  constexpr int kMebibyte = 1 << 20;
  sqlite3_limit(handle, SQLITE_LIMIT_LENGTH, kMebibyte);
  sqlite3_limit(handle, SQLITE_LIMIT_SQL_LENGTH, kMebibyte);
  sqlite3_limit(handle, SQLITE_LIMIT_VDBE_OP, 100'000);
  sqlite3_limit(handle, SQLITE_LIMIT_ATTACHED, 0);
  sqlite3_limit(handle, SQLITE_LIMIT_TRIGGER_DEPTH, 1);
  sqlite3_limit(handle, SQLITE_LIMIT_WORKER_THREADS, 0);
  const bool on_disk = !image_.in_memory();
  // Exclusive, and before anything looks into the file: then a WAL needs no shared-memory file. The
  // copy needs no fsync.
  if (on_disk)
    database_.exec("PRAGMA locking_mode=EXCLUSIVE; PRAGMA mmap_size=0; PRAGMA synchronous=OFF");
  database_.exec("PRAGMA cell_size_check=ON; PRAGMA temp_store=MEMORY");
  // What is smaller than its cache cannot fill it.
  constexpr std::size_t kCache = std::size_t{512} << 10U;
  if (on_disk || image_.bytes.size() > kCache) database_.exec("PRAGMA cache_size=-512");
}

void Connection::load_schema() {
  SQLite::Statement objects(database_, "SELECT type, name, sql, rootpage FROM sqlite_schema");
  while (objects.executeStep()) {
    SchemaObject object;
    object.type = objects.getColumn(0).getString();
    object.name = objects.getColumn(1).getString();
    object.sql = objects.getColumn(2).getString();  // empty: an index that SQLite made by itself
    object.root = objects.getColumn(3).getUInt();
    schema_.push_back(std::move(object));
  }
}

std::int64_t Connection::ask(const char* pragma) {
  return database_.execAndGet(pragma).getInt64();
}

/// What the header says of bytes in memory need not be asked for: there is no WAL that might say
/// otherwise, and a profile has thousands of small databases.
void Connection::load_geometry() {
  const std::span<const std::byte> bytes = image_.bytes;
  page_size_ = stated_page_size(bytes);
  if (page_size_ == 0) page_size_ = static_cast<std::uint64_t>(ask("PRAGMA page_size"));
  page_count_ = image_.in_memory() ? bytes.size() / page_size_
                                   : static_cast<std::uint64_t>(ask("PRAGMA page_count"));
  page_count_ = std::min(page_count_, bytes_at_hand() / page_size_);
  utf16_ = !states_utf8(bytes) && database_.execAndGet("PRAGMA encoding").getString() != "UTF-8";
}

std::int64_t Connection::user_version() {
  if (is_database(image_.bytes)) return stated_user_version(image_.bytes);
  return ask("PRAGMA user_version");
}

int Connection::authorize(void* self, int action, const char* first, const char* second,
                          const char* /*database*/, const char* inner) {
  const std::string& readable = static_cast<const Connection*>(self)->readable_;
  if (inner != nullptr) return SQLITE_DENY;  // the statement of a view or a trigger
  bool allowed = false;
  if (action == SQLITE_SELECT) allowed = true;
  if (action == SQLITE_READ) allowed = same_name(readable, first);
  if (action == SQLITE_FUNCTION) allowed = same_name("length", second);
  if (action == SQLITE_PRAGMA)
    allowed = same_name("table_info", first) || (same_name("user_version", first) && !second);
  return allowed ? SQLITE_OK : SQLITE_DENY;
}

/// Of all trees but that one and that of the schema.
std::vector<std::uint32_t> Connection::other_roots(std::uint32_t root) const {
  std::vector<std::uint32_t> others;
  for (const SchemaObject& object : schema_) {
    if (object.root != root && object.root != 0) others.push_back(object.root);
  }
  return others;
}

/// Hands out a reader of the pages as SQLite sees them; false: it may show an older state.
bool Connection::read_pages(const std::function<void(const PageReader&)>& use) {
  if (image_.in_memory()) {
    use([this](std::uint32_t page) -> std::span<const std::byte> {
      if (page == 0 || page > image_.bytes.size() / page_size_) return {};
      return image_.bytes.subspan((page - 1) * page_size_, page_size_);
    });
    return true;
  }
  // Moves what the WAL holds into the main file.
  const int moved = sqlite3_wal_checkpoint_v2(database_.getHandle(), nullptr,
                                              SQLITE_CHECKPOINT_PASSIVE, nullptr, nullptr);
  const FileDescriptor file = open_scratch(image_);
  std::vector<std::byte> bytes;
  use([&](std::uint32_t page) -> std::span<const std::byte> {
    bytes.clear();
    if (page > 0) read_at(file, page_size_, (page - std::uint64_t{1}) * page_size_, bytes);
    return bytes;
  });
  return moved == SQLITE_OK;
}

TableTree Connection::tree(std::uint32_t root, TreeKind kind) {
  std::vector<std::uint32_t> others = other_roots(root);
  others.push_back(1);
  TableTree tree;
  const bool current =
      read_pages([&](const PageReader& read) { tree = read_tree(root, others, read, kind); });
  return current ? tree : doubted(std::move(tree));
}

std::uint32_t Connection::unused_page() {
  std::uint32_t unused = 0;
  const bool current =
      read_pages([&](const PageReader& read) { unused = find_unused_page(other_roots(0), read); });
  return current ? unused : 0;
}

void Connection::fail(const SQLite::Exception& error) const {
  if (error.getErrorCode() == SQLITE_NOMEM) throw std::bad_alloc();
  fail_as(ErrorCode::corrupt, image_, sqlite3_errstr(error.getErrorCode()));
}

}  // namespace crumbs::sqlite

#pragma once

/// The few fields of SQLite's files that are looked at before SQLite is let near them. Facts from
/// https://www.sqlite.org/fileformat2.html, sections 1.3 (database header) and 3 (rollback
/// journal).

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace crumbs::sqlite {

/// Bytes that must be at hand for the functions below: the header of a database.
inline constexpr std::size_t kHeaderSize = 100;

/// What stands behind the name of a database in those of the files that SQLite keeps beside it.
inline constexpr std::string_view kWal = "-wal", kJournal = "-journal", kSharedMemory = "-shm";
[[nodiscard]] constexpr bool is_side_file(std::string_view path) {
  return path.ends_with(kWal) || path.ends_with(kJournal) || path.ends_with(kSharedMemory);
}

/// True: starts with "SQLite format 3" and NUL.
[[nodiscard]] bool is_database(std::span<const std::byte> head);
/// Why a file of `size` bytes that begins with `head` is no database that can be read; empty where
/// nothing speaks against it. An empty file is one: a browser leaves it before its first write.
[[nodiscard]] std::string_view header_fault(std::span<const std::byte> head, std::uint64_t size);
/// Bytes a page; 0 where the header holds no valid size.
[[nodiscard]] std::uint32_t stated_page_size(std::span<const std::byte> head);
/// True: a database that says that its text is UTF-8.
[[nodiscard]] bool states_utf8(std::span<const std::byte> head);
/// `user_version` of a database.
[[nodiscard]] std::int32_t stated_user_version(std::span<const std::byte> head);
/// Bytes that a database has by its own header; 0 where the header does not say.
[[nodiscard]] std::uint64_t stated_size(std::span<const std::byte> head);

/// Changes the header so that SQLite opens a database without its WAL: in memory it cannot have
/// one.
void clear_wal_mode(std::span<std::byte> head);
/// Changes the page count to what a file of `size` bytes holds: SQLite opens no truncated database.
void fit_page_count(std::span<std::byte> head, std::uint64_t size);

/// True: a `-journal` file that SQLite would roll back; a persistent journal has its magic zeroed.
[[nodiscard]] bool is_journal(std::span<const std::byte> head);
/// True: these last 8 bytes of a `-journal` end the name of a super-journal, another file that
/// SQLite opens and, where it sees fit, deletes.
[[nodiscard]] bool ends_super_journal(std::span<const std::byte> tail);

}  // namespace crumbs::sqlite

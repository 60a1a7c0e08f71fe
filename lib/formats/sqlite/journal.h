#pragma once

/// Whether a rollback journal still holds all that SQLite has to put back: where it is damaged,
/// SQLite stops there without a word and shows half of a transaction. Facts from
/// https://www.sqlite.org/fileformat2.html, section 3, and from SQLite's pager.c (readJournalHdr,
/// pager_playback, syncJournal).

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>

namespace crumbs::sqlite {

inline constexpr std::size_t kJournalHeader = 28;

/// Reads the bytes of the journal at an offset; the number of those that there are.
using JournalReader = std::function<std::size_t(std::span<std::byte> bytes, std::uint64_t offset)>;

struct JournalFault {
  std::uint64_t offset = 0;  ///< in the journal
  const char* what = "";     ///< a phrase
};

/// Looks through a journal of `size` bytes whose beginning is_journal; nullopt: nothing is missing
/// that can be seen. `database` reads the database as it lies beside the journal.
///
/// A journal is written in parts: a header, and the pages as they were. Pages count once the
/// header of their part says their number, which SQLite writes before it changes the database; so
/// the last part may have pages that no header counts, and those are in the database as they are in
/// the journal. What an earlier transaction has left behind the end means nothing.
[[nodiscard]] std::optional<JournalFault> check_journal(const JournalReader& journal,
                                                        std::uint64_t size,
                                                        const JournalReader& database);

}  // namespace crumbs::sqlite

#include "snapshot/copy.h"

#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdlib>
#include <new>
#include <system_error>
#include <utility>

#include <fmt/format.h>

#include "crumbs/error.h"
#include "diagnostics.h"
#include "formats/sqlite/header.h"
#include "formats/sqlite/journal.h"
#include "formats/sqlite/wal.h"
#include "system/io.h"
#include "system/parallel.h"

namespace crumbs {
namespace {

constexpr std::size_t kChunk = 256U << 10U;
/// Of a large file, so that hashing one chunk is worth a thread of its own.
constexpr std::size_t kLargeChunk = 2U << 20U;

/// What is too large, or large and no database, is not copied to find that out.
void check_size(const SnapshotSource& source, const std::string& display,
                const ReadLimits& limits) {
  if (source.size() > limits.copy_budget)
    throw Error(ErrorCode::too_large,
                fmt::format("{}: has {} bytes, more than the {} that may be read", display,
                            source.size(), limits.copy_budget));
  const SourcePart& main = source.main();
  if (main.size() <= limits.memory_budget) return;
  if (const auto fault = sqlite::header_fault(main.head, main.size()); !fault.empty())
    throw Error(ErrorCode::corrupt, fmt::format("{}: {}", display, fault));
}

/// Hashes a chunk beside the caller's work, which leaves its bytes alone until the next call.
class ChunkHash {
 public:
  void update(std::span<const std::byte> bytes) {
    wait();
    const auto work = [this, bytes] { hash_.update(bytes.data(), bytes.size()); };
    if (bytes.size() < kLargeChunk) return work();
    running_ = run_beside(work);
  }
  std::string finish() {
    wait();
    return hash_.hex();
  }

 private:
  void wait() {
    if (running_.valid()) running_.get();
  }
  Sha256 hash_;
  std::future<void> running_;  ///< last: ended before what it writes to goes
};

/// Reads the part, hashes it and hands it on: of a large one a chunk is hashed while it is handed
/// on and the next is read.
SourceFile take_part(const SourcePart& part, const std::string& display, const ByteTaker& take) {
  const std::size_t chunk = part.size() < 2 * kLargeChunk ? kChunk : kLargeChunk;
  std::array<std::vector<std::byte>, 2> buffers;
  for (auto& buffer : buffers) buffer.resize(std::min<std::uint64_t>(chunk, part.size()));
  std::size_t turn = 0;
  ChunkHash hash;
  const std::uint64_t size = read_part(
      part, [&](std::uint64_t) { return std::span(buffers.at(turn ^= 1U)); },
      [&](std::span<const std::byte> bytes) {
        hash.update(bytes);
        take(bytes);
      });
  return {display + std::string(part.suffix), size, hash.finish()};
}

/// As take_part, straight into memory that holds part.size() bytes, and without the hash.
SourceFile load_part(const SourcePart& part, const std::string& display,
                     std::span<std::byte> memory) {
  const std::uint64_t size = read_part(
      part, [&](std::uint64_t offset) { return memory.subspan(offset); },
      [](std::span<const std::byte>) {});
  return {display + std::string(part.suffix), size, ""};
}

/// Hashes the first `size` bytes of the image, those after the header beside the caller's work:
/// hashing takes as long as reading all rows. The header may be changed as soon as this returns.
std::future<std::string> hash_beside(const MemoryImage& image, std::size_t size) {
  const std::size_t head = std::min(size, sqlite::kHeaderSize);
  auto hash = std::make_shared<Sha256>();
  hash->update(image.bytes().data(), head);
  return run_beside([image, hash, head, size] {
    hash->update(image.bytes().data() + head, size - head);
    return hash->hex();
  });
}

[[noreturn]] void fail_write(const std::string& display, const PrivateDir& directory, int error) {
  const bool full = error == ENOSPC || error == EFBIG || error == EDQUOT;
  const std::string reason =
      full ? "no space for a private copy" : std::generic_category().message(error);
  throw Error(ErrorCode::io, fmt::format("{}: {} in {}", display, reason,
                                         directory.path().parent_path().string()));
}

void write_all(const FileDescriptor& file, std::span<const std::byte> bytes,
               const std::string& display, const PrivateDir& directory) {
  while (!bytes.empty()) {
    const ssize_t count = write(file.get(), bytes.data(), bytes.size());
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) fail_write(display, directory, count == 0 ? ENOSPC : errno);
    bytes = bytes.subspan(static_cast<std::size_t>(count));
  }
}

sqlite::JournalReader reader_of(const FileDescriptor& file) {
  return [&file](std::span<std::byte> bytes, std::uint64_t offset) {
    const ssize_t count = pread(file.get(), bytes.data(), bytes.size(), static_cast<off_t>(offset));
    return count > 0 ? static_cast<std::size_t>(count) : 0;
  };
}

/// A journal of a transaction over several files ends in the name of another file, which SQLite
/// would open and may delete: any file of ours, if a hostile profile says so. Without the name the
/// journal is rolled back like any other. True: there was one.
bool cut_super_journal(const FileDescriptor& journal, std::uint64_t size) {
  std::array<std::byte, 8> tail{};
  bool found = false;
  while (size >= tail.size()) {
    const auto offset = static_cast<off_t>(size - tail.size());
    if (pread(journal.get(), tail.data(), tail.size(), offset) != std::ssize(tail) ||
        !sqlite::ends_super_journal(tail)) {
      break;
    }
    found = true;
    size -= tail.size();
    if (ftruncate(journal.get(), offset) != 0)
      throw Error(ErrorCode::io, "a private copy of a journal cannot be shortened");
  }
  return found;
}

/// Bytes that the copy of a database of `size` bytes must have so that SQLite opens it: as many as
/// its header says, as far as `limit` allows.
std::uint64_t size_for_sqlite(std::span<const std::byte> head, std::uint64_t size,
                              std::uint64_t limit) {
  const std::uint64_t stated = sqlite::stated_size(head);
  return stated > size && stated <= limit ? stated : size;
}

/// Makes a database of which `size` bytes were read fit for being opened alone.
void mend_header(std::span<std::byte> head, std::uint64_t size, std::uint64_t full_size,
                 PrivateCopy& copy, const std::string& display) {
  const std::uint64_t stated = sqlite::stated_size(head);
  sqlite::clear_wal_mode(head);
  if (stated <= size) return;
  if (stated > full_size) sqlite::fit_page_count(head, size);
  copy.diagnostics.push_back(
      make_diagnostic(DiagnosticCode::truncated, Diagnostic::Severity::incomplete,
                      fmt::format("{} of {} bytes are missing", stated - size, stated), display));
}

/// False: there is not that much memory.
bool load(const SnapshotSource& source, const std::string& display, std::uint64_t limit,
          PrivateCopy& copy) {
  const SourcePart& main = source.main();
  const std::uint64_t full_size = size_for_sqlite(main.head, main.size(), limit);
  try {
    copy.memory = MemoryImage(full_size);
  } catch (const std::bad_alloc&) {
    return false;
  }
  copy.files.push_back(load_part(main, display, copy.memory.bytes().first(main.size())));
  constexpr std::uint64_t kWorthAThread = 1U << 20U;
  SourceFile& file = copy.files.front();
  if (file.bytes >= kWorthAThread) {
    copy.hash = hash_beside(copy.memory, file.bytes);
  } else {
    Sha256 hash;
    hash.update(copy.memory.bytes().data(), file.bytes);
    file.sha256 = hash.hex();
  }
  mend_header(copy.memory.bytes(), copy.files.front().bytes, full_size, copy, display);
  return true;
}

void mend_file(const FileDescriptor& file, std::uint64_t size, std::uint64_t limit,
               PrivateCopy& copy, const std::string& display) {
  std::array<std::byte, sqlite::kHeaderSize> head{};
  const ssize_t count = pread(file.get(), head.data(), head.size(), 0);
  if (count != std::ssize(head)) return;
  const std::uint64_t full_size = size_for_sqlite(head, size, limit);
  mend_header(head, size, full_size, copy, display);
  const bool mended = pwrite(file.get(), head.data(), head.size(), 0) == std::ssize(head) &&
                      ftruncate(file.get(), static_cast<off_t>(full_size)) == 0;
  if (!mended) fail_write(display, *copy.directory, errno);
}

FileDescriptor copy_part(const SourcePart& part, const std::string& display, PrivateCopy& copy) {
  FileDescriptor target = copy.directory->create(part.suffix);
  copy.files.push_back(take_part(part, display, [&](std::span<const std::byte> bytes) {
    write_all(target, bytes, display, *copy.directory);
  }));
  return target;
}

/// SQLite shows half of a transaction where a journal is damaged, as if it were whole.
void report_journal(const FileDescriptor& journal, const FileDescriptor& database,
                    PrivateCopy& copy) {
  const auto fault =
      sqlite::check_journal(reader_of(journal), copy.files.back().bytes, reader_of(database));
  if (!fault) return;
  const DiagnosticPlace place{.row = std::nullopt, .offset = fault->offset};
  copy.diagnostics.push_back(
      make_diagnostic(DiagnosticCode::corrupt, Diagnostic::Severity::incomplete,
                      fmt::format("{}; half of a transaction may be shown", fault->what),
                      copy.files.back().path, place));
}

void copy_journal(const SourcePart& part, const FileDescriptor& database,
                  const std::string& display, PrivateCopy& copy) {
  const FileDescriptor file = copy_part(part, display, copy);
  if (!cut_super_journal(file, copy.files.back().bytes))
    return report_journal(file, database, copy);
  copy.diagnostics.push_back(make_diagnostic(
      DiagnosticCode::super_journal, Diagnostic::Severity::incomplete,
      "an unfinished transaction over several files; shown as before it", copy.files.back().path));
}

/// True: a log that SQLite would read.
bool is_wal(const SourcePart& part) {
  return part.size() > sqlite::kWalHeaderSize && sqlite::is_wal_header(part.head);
}

/// SQLite shows an older state where a log is damaged, as if nothing had been written since.
void report_wal(const FileDescriptor& wal, PrivateCopy& copy) {
  using State = sqlite::WalVerdict::State;
  const sqlite::WalVerdict verdict = sqlite::check_wal(reader_of(wal));
  const auto report = [&](DiagnosticCode code, Diagnostic::Severity severity, const char* message) {
    const DiagnosticPlace place{.row = std::nullopt, .offset = verdict.offset};
    copy.diagnostics.push_back(
        make_diagnostic(code, severity, message, copy.files.back().path, place));
  };
  if (verdict.state == State::broken)
    report(DiagnosticCode::corrupt, Diagnostic::Severity::incomplete,
           "a damaged frame; what was committed after it does not count");
  if (verdict.state == State::cut)
    report(DiagnosticCode::truncated, Diagnostic::Severity::incomplete,
           "the log ends inside a frame; what was written there is missing");
  if (verdict.state == State::unfinished)
    report(DiagnosticCode::torn_tail, Diagnostic::Severity::note,
           "the log ends inside a transaction, which does not count");
}

void hash_part(const SourcePart& part, const std::string& display, PrivateCopy& copy) {
  copy.files.push_back(take_part(part, display, [](std::span<const std::byte>) {}));
}

/// A large file that is no log is not read to its end, only to say so.
void copy_wal(const SourcePart& part, const std::string& display, const ReadLimits& limits,
              PrivateCopy& copy) {
  if (is_wal(part)) return report_wal(copy_part(part, display, copy), copy);
  if (part.size() <= limits.memory_budget) hash_part(part, display, copy);
  if (part.size() == 0 || sqlite::is_wal_header(part.head)) return;
  copy.diagnostics.push_back(
      make_diagnostic(DiagnosticCode::corrupt, Diagnostic::Severity::incomplete,
                      "is no write-ahead log; what was written to it is missing",
                      display + std::string(part.suffix)));
}

/// What SQLite takes for no journal: empty, or zeros over its header once the transaction has
/// ended. Anything else was a journal.
void pass_journal(const SourcePart& part, const std::string& display, PrivateCopy& copy) {
  hash_part(part, display, copy);
  const auto head = std::span(part.head).first(std::min(part.head.size(), sqlite::kJournalHeader));
  if (std::ranges::all_of(head, [](std::byte byte) { return byte == std::byte{0}; })) return;
  copy.diagnostics.push_back(
      make_diagnostic(DiagnosticCode::corrupt, Diagnostic::Severity::incomplete,
                      "is no journal; half of a transaction may be shown", copy.files.back().path));
}

}  // namespace

/// Asks for huge pages: a database is written to once from end to end, and faulting it in by 4 KiB
/// costs more than reading it. Where the system will not, nothing is lost.
void want_huge_pages(std::byte* data, std::size_t size) {
  constexpr std::size_t kHugePage = 2U << 20U;
  const auto address = reinterpret_cast<std::uintptr_t>(data);
  const std::size_t skip = (kHugePage - address % kHugePage) % kHugePage;
  if (size < skip + kHugePage) return;
  madvise(data + skip, (size - skip) / kHugePage * kHugePage, MADV_HUGEPAGE);
}

MemoryImage::MemoryImage(std::size_t size) : size_(size) {
  // SQLite may look a few bytes past the end of a damaged page; let it find zeroes there.
  constexpr std::size_t kSlack = 512;
  auto* const data = static_cast<std::byte*>(std::calloc(size + kSlack, 1));
  if (data == nullptr) throw std::bad_alloc();
  want_huge_pages(data, size);
  data_.reset(data, [](std::byte* memory) { std::free(memory); });
}

PrivateCopy copy_source(const SnapshotSource& source, const std::string& display,
                        const ReadLimits& limits) {
  check_size(source, display, limits);
  const bool wal = is_wal(source.wal());
  const bool journal = sqlite::is_journal(source.journal().head);
  PrivateCopy copy;
  const bool alone = !wal && !journal;
  FileDescriptor database;
  if (!alone || source.main().size() > limits.memory_budget ||
      !load(source, display, limits.memory_budget, copy)) {
    copy.directory = PrivateDir::make(limits.temp_dir, source.size());
    database = copy_part(source.main(), display, copy);
    if (alone) mend_file(database, copy.files.front().bytes, limits.copy_budget, copy, display);
  }
  if (source.wal().open) copy_wal(source.wal(), display, limits, copy);
  if (source.journal().open) {
    journal ? copy_journal(source.journal(), database, display, copy)
            : pass_journal(source.journal(), display, copy);
  }
  return copy;
}

PrivateCopy copy_bytes(std::span<const std::byte> bytes, const std::string& display) {
  constexpr std::uint64_t kLimit = 1U << 20U;
  const std::uint64_t full_size = size_for_sqlite(bytes, bytes.size(), kLimit);
  PrivateCopy copy;
  copy.memory = MemoryImage(full_size);
  std::ranges::copy(bytes, copy.memory.bytes().begin());
  mend_header(copy.memory.bytes(), bytes.size(), full_size, copy, display);
  return copy;
}

}  // namespace crumbs

#include "formats/leveldb/manifest.h"

#include <string>

#include "crumbs/error.h"
#include "decode/bytes.h"
#include "formats/leveldb/log.h"
#include "formats/leveldb/table.h"

namespace crumbs::leveldb {
namespace {

constexpr std::size_t kEditLimit = std::size_t{64} << 20U;
constexpr std::size_t kTableLimit = 1'000'000;
constexpr std::uint64_t kLevels = 7;

enum Tag : std::uint64_t {
  kComparator = 1,
  kLogNumber = 2,
  kNextFile = 3,
  kLastSequence = 4,
  kCompactPointer = 5,
  kDeletedFile = 6,
  kNewFile = 7,
  kPreviousLog = 9,
};

int read_level(ByteReader& reader) {
  const std::uint64_t level = reader.varint();
  if (level >= kLevels) throw Error(ErrorCode::corrupt, "edit with an impossible level");
  return static_cast<int>(level);
}

std::string read_key(ByteReader& reader) {
  const std::string_view key = reader.length_prefixed();
  if (!parse_internal_key(key)) throw Error(ErrorCode::corrupt, "edit with a malformed key");
  return std::string(key);
}

void read_new_file(ByteReader& reader, Version& version) {
  const int level = read_level(reader);
  const std::uint64_t number = reader.varint();
  TableFile& file = version.tables[{level, number}];
  file.size = reader.varint();
  file.smallest = read_key(reader);
  file.largest = read_key(reader);
  if (version.tables.size() > kTableLimit) throw Error(ErrorCode::corrupt, "too many tables");
}

void read_field(std::uint64_t tag, ByteReader& reader, Version& version) {
  switch (tag) {
    case kComparator:
      version.comparator = reader.length_prefixed();
      break;
    case kLogNumber:
      version.log_number = reader.varint();
      break;
    case kNextFile:
      version.next_file = reader.varint();
      break;
    case kLastSequence:
      version.last_sequence = reader.varint();
      break;
    case kCompactPointer:
      (void)read_level(reader);
      (void)reader.length_prefixed();
      break;
    case kDeletedFile: {
      const int level = read_level(reader);
      version.tables.erase({level, reader.varint()});
      break;
    }
    case kNewFile:
      read_new_file(reader, version);
      break;
    case kPreviousLog:
      version.previous_log = reader.varint();
      break;
    default:
      throw Error(ErrorCode::corrupt, "edit with an unknown tag");
  }
}

}  // namespace

Version read_manifest(Input input) {
  Version version;
  LogReader log(std::move(input), kEditLimit, [](std::uint64_t offset, const std::string& what) {
    throw Error(ErrorCode::corrupt, what + " at offset " + std::to_string(offset));
  });
  while (const auto record = log.next()) {
    // An edit deletes before it adds, and LevelDB writes it in that order.
    ByteReader reader(record->bytes);
    while (!reader.done()) {
      const std::uint64_t tag = reader.varint();
      read_field(tag, reader, version);
    }
  }
  version.torn = log.torn() || log.unwritten();
  if (!version.log_number || !version.next_file || !version.last_sequence)
    throw Error(ErrorCode::corrupt, "the edits that LevelDB needs are missing");
  return version;
}

}  // namespace crumbs::leveldb

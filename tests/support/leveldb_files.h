#pragma once

/// LevelDB files byte by byte, for what libleveldb would never write.

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "formats/leveldb/crc32c.h"
#include "support/support.h"

namespace crumbs::test {

inline std::string little(std::uint64_t value, std::size_t size) {
  std::string bytes;
  for (std::size_t i = 0; i < size; ++i) bytes.push_back(static_cast<char>(value >> (8 * i)));
  return bytes;
}

inline std::string varint(std::uint64_t value) {
  std::string bytes;
  for (; value >= 0x80; value >>= 7U) bytes.push_back(static_cast<char>(value | 0x80U));
  bytes.push_back(static_cast<char>(value));
  return bytes;
}

inline std::string prefixed(std::string_view bytes) {
  return varint(bytes.size()).append(bytes);
}

/// A whole log record; `type` 1 is FULL.
inline std::string log_record(std::string_view payload, char type = 1) {
  const std::string typed = type + std::string(payload);
  return little(leveldb::mask_crc32c(leveldb::crc32c(typed)), 4) + little(payload.size(), 2) +
         typed;
}

struct Operation {
  std::string key;
  std::string value;
  bool deletion = false;
};

inline std::string write_batch(std::uint64_t sequence, const std::vector<Operation>& operations) {
  std::string bytes = little(sequence, 8) + little(operations.size(), 4);
  for (const Operation& operation : operations) {
    bytes += operation.deletion ? '\0' : '\1';
    bytes += prefixed(operation.key);
    if (!operation.deletion) bytes += prefixed(operation.value);
  }
  return bytes;
}

inline std::string internal_key(std::string_view key, std::uint64_t sequence,
                                bool deletion = false) {
  return std::string(key) + little(sequence << 8U | (deletion ? 0U : 1U), 8);
}

using Entries = std::vector<std::pair<std::string, std::string>>;

/// Contents of a block without prefix compression.
inline std::string block(const Entries& entries) {
  std::string bytes;
  for (const auto& [key, value] : entries)
    bytes += varint(0) + varint(key.size()) + varint(value.size()) + key + value;
  return bytes + little(0, 4) + little(1, 4);
}

/// A block as stored: contents, compression, checksum.
inline std::string stored(std::string_view contents, char compression = 0) {
  const std::string typed = std::string(contents) + compression;
  return typed + little(leveldb::mask_crc32c(leveldb::crc32c(typed)), 4);
}

/// Lays out blocks, then an empty meta index, an index and the footer.
class TableBuilder {
 public:
  /// Adds a block; `last_key` (internal) goes into the index.
  void add(std::string_view contents, const std::string& last_key, char compression = 0) {
    index_.emplace_back(last_key, varint(bytes_.size()) + varint(contents.size()));
    bytes_ += stored(contents, compression);
  }
  /// Adds a line to the index alone.
  void point(const std::string& last_key, std::uint64_t offset, std::uint64_t size) {
    index_.emplace_back(last_key, varint(offset) + varint(size));
  }
  [[nodiscard]] std::string finish() const {
    std::string bytes = bytes_;
    std::string footer;
    for (const Entries& part : {Entries{}, index_}) {
      const std::string contents = block(part);
      footer += varint(bytes.size()) + varint(contents.size());
      bytes += stored(contents);
    }
    footer.resize(40);
    return bytes + footer + little(0xdb4775248b80fb57U, 8);
  }

 private:
  std::string bytes_;
  Entries index_;
};

struct NamedTable {
  int level = 0;
  std::uint64_t number = 0;
  std::string smallest, largest;  ///< internal keys
};

/// A MANIFEST of one edit.
inline std::string manifest(std::uint64_t log_number, const std::vector<NamedTable>& tables,
                            std::string_view comparator = "leveldb.BytewiseComparator") {
  std::string edit = varint(1) + prefixed(comparator) + varint(2) + varint(log_number) + varint(3) +
                     varint(100) + varint(4) + varint(1000);
  for (const NamedTable& table : tables)
    edit += varint(7) + varint(static_cast<std::uint64_t>(table.level)) + varint(table.number) +
            varint(4096) + prefixed(table.smallest) + prefixed(table.largest);
  return log_record(edit);
}

/// Chromium's local storage as one log of one batch.
inline void write_local_storage(const std::filesystem::path& profile,
                                std::vector<Operation> operations) {
  operations.insert(operations.begin(), {"VERSION", "1", false});
  const auto directory = profile / "Local Storage/leveldb";
  write_file(directory / "CURRENT", "MANIFEST-000001\n");
  write_file(directory / "MANIFEST-000001", manifest(3, {}));
  write_file(directory / "000003.log", log_record(write_batch(1, operations)));
}

/// The key of an item, whose name bears the mark of its encoding.
inline std::string local_storage_key(const std::string& storage_key, const std::string& name) {
  return "_" + storage_key + '\0' + name;
}

}  // namespace crumbs::test

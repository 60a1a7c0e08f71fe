/// Any bytes as a LevelDB table: the walk ends, entries come in order, memory stays in its budget.
/// The bytes are also taken for the contents of a block, which fuzzing could not reach through a
/// checksum.

#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "crumbs/error.h"
#include "formats/leveldb/table.h"

namespace {

void walk_table(std::string_view bytes) {
  crumbs::leveldb::Memory memory(std::size_t{16} << 20U);
  crumbs::leveldb::TableCursor cursor(crumbs::leveldb::Input(bytes), memory,
                                      [](std::uint64_t, const std::string&) {});
  std::string key;
  std::uint64_t sequence = 0;
  for (bool first = true; cursor.next(); first = false) {
    const crumbs::leveldb::Entry& entry = cursor.entry();
    if (!first && crumbs::leveldb::compare_versions(key, sequence, entry.key, entry.sequence) >= 0)
      std::abort();
    key = entry.key;
    sequence = entry.sequence;
  }
}

void walk_block(std::string_view bytes) {
  try {
    crumbs::leveldb::BlockCursor block;
    block.reset(bytes);
    while (const auto entry = block.decode()) {
      if (entry->suffix.size() + entry->value.size() > bytes.size()) std::abort();
      block.accept(*entry);
    }
  } catch (const crumbs::Error& error) {
    if (error.code() != crumbs::ErrorCode::corrupt) std::abort();
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  walk_table(bytes);
  walk_block(bytes);
  return 0;
}

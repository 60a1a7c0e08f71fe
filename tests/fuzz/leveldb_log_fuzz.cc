/// Any bytes as a LevelDB log: reading ends, records lie inside the file and in order, and their
/// batches either are read or are corrupt.

#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "crumbs/error.h"
#include "formats/leveldb/log.h"

namespace {

void read_batch(std::string_view bytes) {
  try {
    crumbs::leveldb::read_write_batch(bytes, [&](const crumbs::leveldb::Operation& operation) {
      if (operation.key.size() + operation.value.size() > bytes.size()) std::abort();
    });
  } catch (const crumbs::Error& error) {
    if (error.code() != crumbs::ErrorCode::corrupt) std::abort();
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  read_batch(bytes);
  crumbs::leveldb::LogReader log(crumbs::leveldb::Input(bytes), 1U << 20U,
                                 [&](std::uint64_t offset, const std::string&) {
                                   if (offset > size) std::abort();
                                 });
  std::uint64_t last = 0;
  while (const auto record = log.next()) {
    if (record->offset < last || record->offset >= size) std::abort();
    last = record->offset;
    read_batch(record->bytes);
  }
  return 0;
}

/// Any bytes as the file of each store of local storage, the first says which: items and
/// diagnostics that hold together come out, or one crumbs::Error. The bytes of a LevelDB are also
/// taken for the batch of a right log record, which fuzzing could not reach through a checksum.

#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>

#include "crumbs/error.h"
#include "formats/leveldb/crc32c.h"
#include "stores/store.h"

namespace {

using namespace crumbs;
namespace fs = std::filesystem;

class CheckingSink final : public StoreSink {
 public:
  void item(const Item& item) override {
    if (item.kind != ItemKind::local_storage) std::abort();
    if (item.value.unavailable && !item.value.bytes.empty()) std::abort();
    if (item.locator.file.empty()) std::abort();
    for (const char c : item.value.bytes) touched_ += static_cast<unsigned char>(c);
  }
  void diagnostic(Diagnostic diagnostic) override {
    if (diagnostic.code.empty() || diagnostic.message.empty()) std::abort();
  }
  void schema(std::string schema) override {
    if (schema.empty() || ++schemas_ > 1) std::abort();
  }
  void file(SourceFile file) override {
    if (file.path.empty()) std::abort();
  }

 private:
  std::uint64_t touched_ = 0;
  int schemas_ = 0;
};

/// A profile in memory where there is one; it goes away with the process.
class Profiles {
 public:
  Profiles() {
    const fs::path base = fs::exists("/dev/shm") ? "/dev/shm" : fs::temp_directory_path();
    std::string pattern = (base / "crumbs-fuzz-XXXXXX").string();
    if (mkdtemp(pattern.data()) == nullptr) std::abort();
    root_ = pattern;
  }
  ~Profiles() {
    std::error_code ignored;
    fs::remove_all(root_, ignored);
  }
  Profiles(const Profiles&) = delete;
  Profiles& operator=(const Profiles&) = delete;
  [[nodiscard]] const fs::path& root() const { return root_; }

 private:
  fs::path root_;
};

void write(const fs::path& file, std::string_view bytes) {
  fs::create_directories(file.parent_path());
  std::ofstream(file, std::ios::binary)
      .write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
}

void read_as(std::string_view id, const fs::path& root, const std::string& file) {
  Profile profile;
  profile.path = root;
  ReadLimits limits;
  limits.value_budget = 4096;
  for (const StoreDriver* driver : store_drivers()) {
    if (driver->id != id) continue;
    const StorePlace place{file, false, ""};
    CheckingSink sink;
    try {
      driver->read({profile, place, file, limits}, sink);
    } catch (const Error&) {
      // What is no such store is refused in one way only.
    }
  }
}

std::string little(std::uint64_t value, unsigned bytes) {
  std::string text;
  for (unsigned i = 0; i < bytes; ++i) text.push_back(static_cast<char>(value >> (8 * i)));
  return text;
}

/// As the one record of a log that no MANIFEST names.
std::string as_record(std::string_view batch) {
  const std::string typed = '\1' + std::string(batch.substr(0, 32'000));
  return little(leveldb::mask_crc32c(leveldb::crc32c(typed)), 4) + little(typed.size() - 1, 2) +
         typed;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  static const Profiles profiles;
  const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  const fs::path& root = profiles.root();
  const auto read_file = [&](std::string_view id, const std::string& file,
                             std::string_view content) {
    write(root / file, content);
    read_as(id, root, file);
  };
  switch (data[0] % 6) {
    case 0:
      read_file("chromium.dom_storage", "LocalStorage", bytes);
      break;
    case 1:
      read_file("chromium.local_storage_legacy", "Local Storage/https_a.example_0.localstorage",
                bytes);
      break;
    case 2:
      read_file("firefox.local_storage", "storage/default/https+++a.example/ls/data.sqlite", bytes);
      break;
    case 3:
      read_file("firefox.webappsstore", "webappsstore.sqlite", bytes);
      break;
    case 4:
      write(root / "log/leveldb/000003.log", as_record(bytes));
      read_as("chromium.local_storage", root, "log/leveldb");
      break;
    default:
      write(root / "table/leveldb/000005.ldb", bytes);
      read_as("chromium.local_storage", root, "table/leveldb");
  }
  return 0;
}

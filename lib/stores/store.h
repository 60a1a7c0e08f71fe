#pragma once

// lib/stores: one file for each store of a browser: where it lies, how it is read.

/// How a browser store is added: one file with a StoreDriver, one line in stores.def.

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "crumbs/limits.h"
#include "crumbs/profile.h"
#include "crumbs/types.h"
#include "item.h"

namespace crumbs {

/// Stores of which a browser uses one: see stores/shared/twins.h.
enum class TwinKind : std::uint8_t {
  none,
  chromium_cookies,
  chromium_local_storage,
  firefox_local_storage,
  firefox_session,
};

/// Places of one kind and `at` are twins.
struct TwinGroup {
  TwinKind kind = TwinKind::none;
  std::string at;  ///< a directory relative to the profile, "" or ending in '/'
  // NOLINTNEXTLINE(modernize-use-nullptr): false alarm of clang-tidy 14 on <=>
  friend auto operator<=>(const TwinGroup&, const TwinGroup&) = default;
};

/// One store of one profile that exists.
struct StorePlace {
  std::string path;       ///< relative to the profile directory, '/'-separated
  bool leftover = false;  ///< the browser no longer uses it: its items are `archived`. By its name
                          ///< alone: of twins that is settled once they are read
  std::string note;       ///< for StoreResult::note
  bool unlisted = false;  ///< a directory in which stores may lie and that cannot be listed: not
                          ///< read; `note` says why
  TwinGroup twins = {};
  bool contested = false;  ///< a twin of it is there as well: not having a table is no failure
};

/// What a driver reads. Everything outlives the call.
struct StoreSource {
  const Profile& profile;
  const StorePlace& place;
  std::string display_path;  ///< for SourceFile::path and Locator::file: "Default/Cookies"
  const ReadLimits& limits;

  /// What all items of this store have in common.
  [[nodiscard]] Item new_item(ItemKind kind, std::string_view table = {}) const {
    Item item;
    item.kind = kind;
    item.state = place.leftover ? ItemState::archived : ItemState::current;
    item.locator.file = display_path;
    item.locator.table = table;
    return item;
  }
};

inline constexpr std::string_view kBareStore = "none";

/// The only way out of a reader. One thread.
class StoreSink {
 public:
  StoreSink() = default;
  StoreSink(const StoreSink&) = delete;
  StoreSink& operator=(const StoreSink&) = delete;
  virtual ~StoreSink() = default;

  /// Whether an item of this name will be kept, so that a reader need not decode the rest of one
  /// that will not. False: it has been counted, item() must not be called for it. True: item() must
  /// follow. Asking is optional.
  virtual bool wants(ItemKind /*kind*/, ItemState /*state*/, std::string_view /*name*/) {
    return true;
  }
  virtual void item(const Item& item) = 0;
  virtual void diagnostic(Diagnostic diagnostic) = 0;
  /// The schema as the store states it: "24", "17", "leveldb 1"; kBareStore of one that has no
  /// bytes or no table. At most once.
  virtual void schema(std::string schema) = 0;
  /// A source file and its hash, once it has been read.
  virtual void file(SourceFile file) = 0;
};

/// By what a store is known to be one, by its name or its content. Patterns are '/'-separated; `*`
/// stands for any characters of one name.
struct StoreNames {
  /// Paths below a profile, and those by which a copy that lies by itself is known:
  /// "Network/Cookies", "storage/*/*/ls/data.sqlite", "data.sqlite". Of several that fit, that of
  /// most names counts.
  std::span<const std::string_view> files;
  std::span<const std::string_view> directories;  ///< the same where the store is a directory
  /// Where it may lie below a directory that was named to mean it, the first that is there counts.
  std::span<const std::string_view> inside;
  std::span<const std::string_view> words;  ///< parts of the names that copies are given
  /// Text near the start of a database of this kind and of no other; may be empty.
  std::string_view definition;
  /// What, found below a directory, tells that it is a profile.
  std::span<const std::string_view> profile_files, profile_directories;
  /// Tells a file of this kind by its first 256 KiB, where it is no database. May be null.
  bool (*recognises)(std::string_view head) = nullptr;
};

/// Constant data; no state. `read` throws crumbs::Error where the whole store cannot be read
/// (unsupported -> StoreStatus::unsupported, else failed) and reports everything smaller to the
/// sink.
struct StoreDriver {
  std::string_view id;
  Engine engine = Engine::chromium;
  ItemKind kind = ItemKind::cookie;
  StoreNames names;
  /// Where the store is in this profile; looks at names only. Empty: absent. Of a profile that is
  /// restricted to one store too: places_of() sees to that.
  std::vector<StorePlace> (*locate)(const Profile& profile) = nullptr;
  void (*read)(const StoreSource& source, StoreSink& sink) = nullptr;
};

// Each by its name, so that the definition in its own file can be seen from others.
#define CRUMBS_STORE(name) extern const StoreDriver name;
#include "stores/stores.def"
#undef CRUMBS_STORE

/// All drivers, in the order of stores.def.
[[nodiscard]] std::span<const StoreDriver* const> store_drivers();

}  // namespace crumbs

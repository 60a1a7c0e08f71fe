#pragma once

/// What a driver hands out, kept as plain text to be compared.

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "crumbs/error.h"
#include "decode/text.h"
#include "item.h"
#include "stores/shared/names.h"
#include "stores/store.h"

namespace crumbs::test {

struct KeptItem {
  Item item;          ///< its value's bytes are empty
  std::string bytes;  ///< those of the value, as they are stored
  std::string text;   ///< the value as WTF-8

  /// The item with its bytes; refers to this.
  [[nodiscard]] Item whole() const {
    Item whole = item;
    whole.value.bytes = bytes;
    return whole;
  }
};

class KeepingSink final : public StoreSink {
 public:
  void item(const Item& item) override {
    KeptItem kept{.item = item, .bytes = std::string(item.value.bytes), .text = {}};
    const std::string_view bytes = item.value.bytes;
    switch (item.value.encoding) {
      case RawValue::Encoding::latin1:
        kept.text = latin1_to_utf8(bytes);
        break;
      case RawValue::Encoding::utf16le:
        kept.text = utf16le_to_wtf8(bytes).value_or("odd");
        break;
      case RawValue::Encoding::utf8:
      case RawValue::Encoding::encrypted:
        kept.text = bytes;
        break;
    }
    kept.item.value.bytes = {};
    items.push_back(std::move(kept));
  }
  void diagnostic(Diagnostic diagnostic) override { diagnostics.push_back(std::move(diagnostic)); }
  void schema(std::string text) override { schemas.push_back(std::move(text)); }
  void file(SourceFile file) override { files.push_back(std::move(file)); }

  std::vector<KeptItem> items;
  std::vector<Diagnostic> diagnostics;
  std::vector<std::string> schemas;
  std::vector<SourceFile> files;
};

/// One place of a store, read.
struct KeptStore {
  StorePlace place;
  std::vector<KeptItem> items;
  std::vector<Diagnostic> diagnostics;
  std::vector<std::string> schemas;
  std::vector<SourceFile> files;
  std::optional<Error> error;

  [[nodiscard]] std::vector<KeptItem> in_state(ItemState state) const {
    std::vector<KeptItem> chosen;
    std::copy_if(items.begin(), items.end(), std::back_inserter(chosen),
                 [&](const KeptItem& kept) { return kept.item.state == state; });
    return chosen;
  }
  [[nodiscard]] const KeptItem* find(std::string_view origin, std::string_view name,
                                     ItemState state = ItemState::current) const {
    for (const KeptItem& kept : items)
      if (kept.item.origin == origin && kept.item.name == name && kept.item.state == state)
        return &kept;
    return nullptr;
  }
  [[nodiscard]] std::string messages() const {
    std::string text;
    for (const Diagnostic& one : diagnostics)
      text += one.code + " " + one.file + ": " + one.message + "\n";
    if (error) text += std::string("error: ") + error->what() + "\n";
    return text;
  }
};

/// Origin, top-level site, container, name to value, of what is current.
using ItemKey = std::tuple<std::string, std::string, std::uint32_t, std::string>;
inline std::map<ItemKey, std::string> current_values(const std::vector<KeptItem>& items) {
  std::map<ItemKey, std::string> values;
  for (const KeptItem& kept : items) {
    if (kept.item.state != ItemState::current) continue;
    const std::string site = kept.item.partition ? kept.item.partition->top_level_site : "";
    const std::uint32_t container = kept.item.container ? kept.item.container->id : 0;
    values[{kept.item.origin, site, container, kept.item.name}] = kept.text;
  }
  return values;
}

inline Profile make_profile(const std::filesystem::path& path, Engine engine) {
  Profile profile;
  profile.engine = engine;
  profile.path = path;
  profile.system = "linux";
  return profile;
}

/// Reads every place of a driver in a profile. Paths are shown as they lie below the profile.
inline std::vector<KeptStore> read_places(const StoreDriver& driver, const Profile& profile,
                                          const ReadLimits& limits = {}) {
  std::vector<KeptStore> stores;
  for (const StorePlace& place : places_of(driver, profile)) {
    KeptStore store;
    store.place = place;
    KeepingSink sink;
    try {
      driver.read({profile, store.place, store.place.path, limits}, sink);
    } catch (const Error& error) {
      store.error = error;
    }
    store.items = std::move(sink.items);
    store.diagnostics = std::move(sink.diagnostics);
    store.schemas = std::move(sink.schemas);
    store.files = std::move(sink.files);
    stores.push_back(std::move(store));
  }
  return stores;
}

}  // namespace crumbs::test

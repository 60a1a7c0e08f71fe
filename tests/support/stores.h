#pragma once

/// Runs store drivers in tests and writes what they hand out as JSON, to be compared whole.

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "crumbs/audit.h"
#include "crumbs/error.h"
#include "decode/os_crypt.h"
#include "decode/text.h"
#include "item.h"
#include "stores/store.h"
#include "support/kept_items.h"

namespace crumbs::test {

using Json = nlohmann::json;

template <class T>
void put(Json& object, const char* key, const std::optional<T>& value) {
  if (value) object[key] = *value;
}

inline void put(Json& object, const char* key, const std::optional<Time>& value) {
  if (value) object[key] = to_iso8601_us(*value);
}

inline Json attributes_json(const Attributes& attributes) {
  Json json = Json::object();
  put(json, "secure", attributes.secure);
  put(json, "http_only", attributes.http_only);
  put(json, "session", attributes.session);
  put(json, "partitioned", attributes.partitioned);
  put(json, "host_only", attributes.host_only);
  put(json, "same_site", attributes.same_site);
  put(json, "priority", attributes.priority);
  put(json, "source_scheme", attributes.source_scheme);
  put(json, "source_port", attributes.source_port);
  put(json, "source_type", attributes.source_type);
  if (!attributes.origin_attributes.empty())
    json["origin_attributes"] = attributes.origin_attributes;
  return json;
}

inline Json times_json(const Times& times) {
  Json json = Json::object();
  put(json, "created", times.created);
  put(json, "accessed", times.accessed);
  put(json, "updated", times.updated);
  put(json, "expires", times.expires);
  put(json, "created_raw", times.created_raw);
  put(json, "accessed_raw", times.accessed_raw);
  put(json, "updated_raw", times.updated_raw);
  put(json, "expires_raw", times.expires_raw);
  return json;
}

inline Json locator_json(const Locator& locator) {
  Json json = Json::object();
  if (!locator.table.empty()) json["table"] = locator.table;
  put(json, "row", locator.row);
  if (!locator.pointer.empty()) json["pointer"] = locator.pointer;
  return json;
}

inline Json value_json(const Item& item, Decryptor& decryptor) {
  const RawValue& raw = item.value;
  if (raw.unavailable) return {{"encryption", ""}, {"reason", to_string(*raw.unavailable)}};
  if (raw.encoding != RawValue::Encoding::encrypted)
    return {{"encryption", ""}, {"text", to_valid_utf8(raw.bytes)}};
  const auto opened = decryptor.open(raw.bytes, item.host, raw.host_hashed);
  if (opened.availability == Availability::unavailable)
    return {{"encryption", opened.encryption}, {"reason", to_string(*opened.reason)}};
  Json json{{"encryption", opened.encryption}, {"text", to_valid_utf8(opened.plaintext)}};
  if (opened.reason) json["reason"] = to_string(*opened.reason);
  return json;
}

inline Json item_json(const Item& item, Decryptor& decryptor) {
  Json json;
  json["host"] = to_valid_utf8(item.host);
  json["name"] = to_valid_utf8(item.name);
  json["path"] = to_valid_utf8(item.path);
  if (item.state != ItemState::current) json["state"] = to_string(item.state);
  json["value"] = value_json(item, decryptor);
  json["attributes"] = attributes_json(item.attributes);
  json["times"] = times_json(item.times);
  json["locator"] = locator_json(item.locator);
  if (item.container)
    json["container"] = {{"id", item.container->id}, {"name", item.container->name}};
  if (item.partition) {
    json["partition"] = {{"top_level_site", item.partition->top_level_site}};
    put(json["partition"], "cross_site_ancestor", item.partition->cross_site_ancestor);
    if (!item.partition->raw.empty()) json["partition"]["raw"] = item.partition->raw;
  }
  return json;
}

inline const StoreDriver& driver(std::string_view id) {
  for (const StoreDriver* candidate : store_drivers()) {
    if (candidate->id == id) return *candidate;
  }
  throw std::runtime_error("no such driver: " + std::string(id));
}

inline Profile profile_at(const std::filesystem::path& path, Engine engine,
                          std::string_view system = "linux") {
  Profile profile;
  profile.engine = engine;
  profile.browser = to_string(engine);
  profile.path = path;
  profile.system = system;
  return profile;
}

/// One place of a store, read.
struct ReadPlace {
  StorePlace place;
  Json items = Json::array();
  std::string schema;
  std::vector<Diagnostic> diagnostics;
  std::vector<SourceFile> files;
  std::vector<std::uint64_t> lengths;
  std::optional<Error> error;

  [[nodiscard]] Json json() const {
    Json json{{"path", place.path}, {"leftover", place.leftover}, {"items", items}};
    if (!schema.empty()) json["schema"] = schema;
    return json;
  }
  [[nodiscard]] std::string failure() const { return error ? error->what() : ""; }
  [[nodiscard]] std::vector<std::string> codes() const {
    std::vector<std::string> codes;
    for (const Diagnostic& diagnostic : diagnostics) codes.push_back(diagnostic.code);
    return codes;
  }
};

/// Reads every place of a driver in a profile.
inline std::vector<ReadPlace> read_all(std::string_view id, const Profile& profile,
                                       const AuditOptions& options = {}) {
  std::vector<ReadPlace> read;
  Decryptor decryptor(options.keys, profile.system);
  for (KeptStore& store : read_places(driver(id), profile, options.limits)) {
    CHECK_MESSAGE(store.schemas.size() <= 1, "the schema is told at most once");
    ReadPlace& result = read.emplace_back();
    result.place = std::move(store.place);
    for (const KeptItem& kept : store.items) {
      result.items.push_back(item_json(kept.whole(), decryptor));
      result.lengths.push_back(kept.item.value.length);
    }
    if (!store.schemas.empty()) result.schema = store.schemas.front();
    result.diagnostics = std::move(store.diagnostics);
    result.files = std::move(store.files);
    result.error = std::move(store.error);
  }
  return read;
}

}  // namespace crumbs::test

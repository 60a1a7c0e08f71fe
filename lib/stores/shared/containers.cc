#include "stores/shared/containers.h"

#include <array>
#include <limits>
#include <utility>

#include <nlohmann/json.hpp>

#include "crumbs/error.h"
#include "system/io.h"

namespace crumbs {
namespace {

using Json = nlohmann::json;

constexpr std::uint64_t kLargestFile = 1U << 20U;
constexpr std::size_t kLongestName = 256;
constexpr int kDeepest = 16;

/// The four containers that Firefox brings, by the ids of their names in its translations: the
/// properties file of older builds and the Fluent file since.
constexpr std::array<std::pair<std::string_view, std::string_view>, 8> kBuiltIn = {{
    {"userContextPersonal.label", "Personal"},
    {"userContextWork.label", "Work"},
    {"userContextBanking.label", "Banking"},
    {"userContextShopping.label", "Shopping"},
    {"user-context-personal", "Personal"},
    {"user-context-work", "Work"},
    {"user-context-banking", "Banking"},
    {"user-context-shopping", "Shopping"},
}};

std::string text_at(const Json& object, const char* key) {
  const auto found = object.find(key);
  if (found == object.end() || !found->is_string()) return {};
  return found->get_ref<const std::string&>().substr(0, kLongestName);
}

/// `l10nID` is how versions 1 to 3 spell `l10nId`.
std::string name_of(const Json& identity) {
  if (std::string name = text_at(identity, "name"); !name.empty()) return name;
  std::string id = text_at(identity, "l10nId");
  if (id.empty()) id = text_at(identity, "l10nID");
  for (const auto& [key, name] : kBuiltIn) {
    if (key == id) return std::string(name);
  }
  return id;
}

Json parse_bounded(std::string_view text) {
  bool too_deep = false;
  Json parsed = Json::parse(
      text.begin(), text.end(),
      [&](int depth, Json::parse_event_t, Json&) {
        too_deep = too_deep || depth > kDeepest;
        return !too_deep;
      },
      false);
  return too_deep ? Json() : parsed;
}

}  // namespace

ContainerNames ContainerNames::read(const std::filesystem::path& profile) {
  try {
    if (const auto text = read_below(profile, "containers.json", kLargestFile)) return parse(*text);
  } catch (const Error&) {  // a link, a device, no permission: the items are still worth reading
  }
  return {};
}

ContainerNames ContainerNames::parse(std::string_view json) {
  ContainerNames names;
  const Json file = parse_bounded(json);
  if (!file.is_object()) return names;
  const auto identities = file.find("identities");
  if (identities == file.end() || !identities->is_array()) return names;
  for (const Json& identity : *identities) {
    if (!identity.is_object()) continue;
    const auto id = identity.find("userContextId");
    if (id == identity.end() || !id->is_number_unsigned()) continue;
    const auto number = id->get<std::uint64_t>();
    if (number > std::numeric_limits<std::uint32_t>::max()) continue;
    names.names_.emplace(static_cast<std::uint32_t>(number), name_of(identity));
  }
  return names;
}

Container ContainerNames::container(std::uint32_t id) const {
  const auto found = names_.find(id);
  return {id, found == names_.end() ? std::string() : found->second};
}

}  // namespace crumbs

#include "stores/shared/containers.h"

#include <array>
#include <limits>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "crumbs/error.h"
#include "diagnostics.h"
#include "system/io.h"

namespace crumbs {
namespace {

using Json = nlohmann::json;

constexpr std::string_view kFile = "containers.json";
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

Diagnostic problem(DiagnosticCode code, std::string_view what) {
  return make_diagnostic(code, Diagnostic::Severity::note,
                         fmt::format("containers are told by their ids alone: {}", what),
                         std::string(kFile));
}

}  // namespace

ContainerNames ContainerNames::read(const std::filesystem::path& profile) {
  ContainerNames names;
  try {
    if (const auto text = read_below(profile, kFile, kLargestFile)) return parse(*text);
  } catch (const Error& error) {  // a link, a device, no permission: the items are worth reading
    names.problem_ = problem(DiagnosticCode::unreadable_file, error.what());
  }
  return names;
}

ContainerNames ContainerNames::parse(std::string_view json) {
  ContainerNames names;
  const Json file = parse_bounded(json);
  const auto identities = file.is_object() ? file.find("identities") : file.end();
  if (identities == file.end() || !identities->is_array()) {
    names.problem_ = problem(DiagnosticCode::corrupt, "containers.json is damaged");
    return names;
  }
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

Container ContainerNames::container(std::uint32_t id) {
  asked_ = true;
  const auto found = names_.find(id);
  return {id, found == names_.end() ? std::string() : found->second};
}

void ContainerNames::report(StoreSink& sink) const {
  if (asked_ && problem_) sink.diagnostic(*problem_);
}

}  // namespace crumbs

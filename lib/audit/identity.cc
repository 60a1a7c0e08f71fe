#include "audit/identity.h"

#include <fmt/format.h>

#include <filesystem>
#include <string_view>
#include <system_error>

#include "context.h"
#include "crumbs/audit.h"
#include "system/sha256.h"

namespace crumbs {
namespace {

/// Texts one after another, so that no two lists give the same.
class Parts {
 public:
  void add(std::string_view part) {
    text_ += part;
    text_ += '\0';
  }
  [[nodiscard]] std::string digest() const { return sha256_hex(text_); }

 private:
  std::string text_;
};

}  // namespace

std::string real_path(const Profile& profile) {
  std::error_code problem;
  const std::filesystem::path real = std::filesystem::canonical(profile.path, problem);
  return problem ? profile.path.native() : real.native();
}

std::string profile_id(const Profile& profile, std::string_view real_path, const Labels& labels) {
  Parts parts;
  parts.add(real_path);
  parts.add(profile.only_store.value_or(""));
  for (const auto& [key, value] : labels) {
    parts.add(key);
    parts.add(value);
  }
  return fmt::format("p{:.16}", parts.digest());
}

std::string profile_id(const Profile& profile, const Labels& labels) {
  return profile_id(profile, real_path(profile), labels);
}

std::string id_of(const Finding& finding, const ShownParts& shown) {
  Parts parts;
  for (const std::string_view part :
       {std::string_view(finding.profile), std::string_view(finding.store),
        std::string_view(shown.file), std::string_view(finding.host),
        std::string_view(finding.origin), std::string_view(shown.path),
        std::string_view(shown.name), to_string(finding.state)}) {
    parts.add(part);
  }
  parts.add(isolated_context_of(finding));
  parts.add(finding.attributes.source_scheme.value_or(""));
  if (finding.attributes.source_port) parts.add(std::to_string(*finding.attributes.source_port));
  return fmt::format("f{:.16}", parts.digest());
}

std::string fingerprint_of(const Finding& finding, const ShownParts& shown) {
  Parts parts;
  const bool has_entry = !finding.entry.empty();
  parts.add(has_entry ? "entry" : "name");
  for (const std::string_view part :
       {std::string_view(has_entry ? finding.entry : shown.name), to_string(finding.kind),
        std::string_view(finding.host), std::string_view(finding.origin),
        std::string_view(shown.path)}) {
    parts.add(part);
  }
  parts.add(context_of(finding));
  if (finding.partition) {  // as stored it may hold a random number
    parts.add(finding.partition->top_level_site);
    parts.add(finding.partition->cross_site_ancestor.value_or(false) ? "ancestor" : "");
  }
  return parts.digest().substr(0, 32);
}

}  // namespace crumbs

#include "audit/identity.h"

#include <fmt/format.h>

#include <string_view>

#include "context.h"
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

std::string id_of(const Finding& finding, const Profile& profile, const ShownParts& shown) {
  Parts parts;
  for (const std::string_view part :
       {std::string_view(shown.profile_path), std::string_view(profile.browser),
        std::string_view(profile.name), std::string_view(finding.store),
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

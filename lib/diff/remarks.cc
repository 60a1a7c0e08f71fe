#include "diff/remarks.h"

#include <set>

#include <fmt/format.h>

#include "crumbs/printable.h"

namespace crumbs {
namespace {

std::string describe(const std::vector<CatalogUsed>& catalogs, const std::string& id) {
  for (const CatalogUsed& used : catalogs) {
    if (used.id == id) return fmt::format("{} ({:.12})", used.version, used.sha256);
  }
  return "not used";
}

void add_catalog_remarks(const Report& before, const Report& after,
                         std::vector<std::string>& remarks) {
  std::set<std::string> ids;
  for (const CatalogUsed& used : before.catalogs) ids.insert(used.id);
  for (const CatalogUsed& used : after.catalogs) ids.insert(used.id);
  for (const std::string& id : ids) {
    const std::string was = describe(before.catalogs, id), is = describe(after.catalogs, id);
    if (was != is)
      remarks.push_back(printable(
          fmt::format("catalog {}: {} in BEFORE, {} in AFTER; what is documented may differ for "
                      "that reason alone",
                      id, was, is)));
  }
}

}  // namespace

void add_report_remarks(const Report& before, const Report& after,
                        std::vector<std::string>& remarks) {
  add_catalog_remarks(before, after, remarks);
  if (before.digest_key == after.digest_key) return;
  const auto key = [](const Report& report) {
    return report.digest_key.empty() ? "none" : report.digest_key;
  };
  remarks.push_back(
      printable(fmt::format("digest key: {} in BEFORE, {} in AFTER; what either masks cannot be "
                            "compared by tokens",
                            key(before), key(after))));
}

void add_side_remarks(const Report& report, std::string_view label, bool lacks_residue,
                      std::vector<std::string>& remarks) {
  if (!report.selection.empty())
    remarks.push_back(printable(fmt::format("{} lists only {}", label, report.selection)));
  if (report.known_only)
    remarks.push_back(fmt::format("{} does not list items that no catalog knows", label));
  if (lacks_residue) remarks.push_back(fmt::format("{} lists no residue", label));
}

void add_pair_remark(const ProfileChange& profile, std::vector<std::string>& remarks) {
  if (!profile.before || !profile.after) return;
  const ProfileName &before = *profile.before, &after = *profile.after;
  if (before.browser == after.browser && before.name == after.name) return;
  remarks.push_back(printable(fmt::format("profile {} {} is compared with {} {}", before.browser,
                                          before.name, after.browser, after.name)));
}

}  // namespace crumbs

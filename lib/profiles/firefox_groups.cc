// `Profile Groups/<StoreID>.sqlite`, table `Profiles`
// (toolkit/profile/ProfilesDatastoreService.sys.mjs). `path` is relative to the root, on Windows
// with backslashes (browser/components/profiles/SelectableProfileService.sys.mjs,
// getRelativeProfilePath).
#include "profiles/firefox_groups.h"

#include <cstdint>
#include <utility>

#include <fmt/format.h>

#include "crumbs/error.h"
#include "crumbs/limits.h"
#include "formats/sqlite/sqlite.h"
#include "snapshot/snapshot.h"

namespace crumbs {
namespace fs = std::filesystem;
namespace {

constexpr std::uint64_t kMaxGroup = 64U << 20U;  ///< bytes of a database
constexpr std::uint64_t kMaxText = 4096;         ///< bytes of a path or name
constexpr std::size_t kMaxProfiles = 10'000;     ///< in one group
constexpr std::string_view kTable = "Profiles";

/// Empty where the row names nothing.
GroupedProfile profile_of_row(const sqlite::Row& row) {
  using Type = sqlite::Row::Type;
  const auto text = [&](std::size_t column) {
    return row.type(column) == Type::text ? std::string(row.bytes(column)) : std::string();
  };
  return {text(0), text(1)};
}

}  // namespace

std::vector<GroupedProfile> read_profile_group(const fs::path& root, const std::string& relative,
                                               const fs::path& temp_dir) {
  ReadLimits limits;
  limits.copy_budget = kMaxGroup;
  limits.temp_dir = temp_dir;
  const Snapshot snapshot = Snapshot::take(root, relative, relative, limits);
  const sqlite::File file(snapshot.image(), kMaxText);
  std::vector<GroupedProfile> profiles;
  std::string damage;
  const auto visit = [&](const sqlite::Row& row) {
    GroupedProfile profile = profile_of_row(row);
    if (profile.path.empty())
      damage = fmt::format("row {} has no path", row.rowid());
    else if (profiles.size() == kMaxProfiles)
      damage = fmt::format("more than {} profiles", kMaxProfiles);
    else
      profiles.push_back(std::move(profile));
  };
  const auto note = [&](const Diagnostic& diagnostic) {
    if (diagnostic.severity != Diagnostic::Severity::note) damage = diagnostic.message;
  };
  if (file.has_table(kTable))
    file.scan(kTable, {{"path", true}, {"name", true}}, visit, note);
  else
    damage = fmt::format("no table {}", kTable);
  file.report_unused(note);
  for (const Diagnostic& diagnostic : snapshot.diagnostics()) note(diagnostic);
  if (!damage.empty()) throw Error(ErrorCode::corrupt, fmt::format("{}: {}", relative, damage));
  return profiles;
}

}  // namespace crumbs

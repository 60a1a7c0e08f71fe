// crumbs catalog coverage: what a document names and what is really there.
#include <fmt/format.h>

#include <optional>
#include <sstream>
#include <utility>

#include "catalog.h"
#include "command.h"
#include "crumbs/coverage.h"
#include "progress.h"
#include "run_audit.h"

namespace crumbs::cli {
namespace {

/// The audit of the profiles that are named; nothing where none is. Names are all that counts, so
/// no value is shown or missed.
std::optional<Report> read_profiles(const ProfileChoice& choice,
                                    const std::vector<Catalog>& catalogs) {
  if (choice.profiles.empty() && choice.root.empty()) return std::nullopt;
  const Progress progress("crumbs: reading profiles");
  AuditArguments arguments;
  arguments.profiles = choice.profiles;
  arguments.root = choice.root;
  arguments.values = "none";
  arguments.allow_undecrypted = true;
  return audit(audit_profiles(arguments), catalogs, audit_options(arguments));
}

}  // namespace

int cover_catalogs(const CatalogChoice& choice, const ProfileChoice& profiles) {
  const std::vector<Catalog> catalogs = chosen_catalogs(choice);
  if (catalogs.empty()) return no_catalogs();
  const std::optional<Report> report = read_profiles(profiles, catalogs);
  const Report* const read = report ? &*report : nullptr;
  std::ostringstream out;
  render(cover(catalogs, read), read, choice.format, {}, out);
  fmt::print("{}", out.str());
  return report ? explain(report->exit) : kDone;
}

}  // namespace crumbs::cli

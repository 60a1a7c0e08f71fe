// crumbs catalog coverage: what a document names and what is really there.
#include <optional>
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
std::optional<Report> read_profiles(const CoverageArguments& coverage,
                                    const std::vector<Catalog>& catalogs) {
  if (coverage.profiles.empty() && coverage.root.empty()) return std::nullopt;
  const Progress progress("crumbs: reading profiles");
  AuditArguments arguments;
  arguments.profiles = coverage.profiles;
  arguments.root = coverage.root;
  arguments.values = "none";
  arguments.allow_undecrypted = true;
  return audit(audit_profiles(arguments), catalogs, audit_options(arguments));
}

}  // namespace

int cover_catalogs(const CoverageArguments& arguments) {
  const std::vector<Catalog> catalogs = catalogs_of(arguments);
  const Outputs outputs = open_outputs(arguments, coverage_formats());
  const std::optional<Report> report = read_profiles(arguments, catalogs);
  const Report* const read = report ? &*report : nullptr;
  const std::vector<Coverage> coverage = cover(catalogs, read);
  write_outputs(outputs, arguments,
                [&](std::string_view format, const RenderOptions& options, std::ostream& out) {
                  render(coverage, read, format, options, out);
                });
  return report ? explain(report->exit) : kDone;
}

}  // namespace crumbs::cli

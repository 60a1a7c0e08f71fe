// crumbs diff: what differs between two profiles or saved reports.
#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <string>

#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "command.h"
#include "crumbs/diff.h"
#include "crumbs/printable.h"
#include "progress.h"
#include "report_file.h"
#include "run_audit.h"

namespace crumbs::cli {
namespace {

struct DiffArguments {
  std::string before, after;
  bool exit_code = false;
  AuditArguments audit;
};

/// Unknown items are read even where they are not listed: otherwise a name that loses its company
/// would look gone.
AuditOptions reading_options(const AuditArguments& arguments) {
  AuditOptions options = audit_options(arguments);
  options.excuse_unknown = !options.all;
  options.all = true;
  options.digests = true;
  // What is chosen on either side is compared: an item that is no longer chosen is not gone.
  options.selection = {};
  return options;
}

Report read_profiles(const std::string& name, const AuditArguments& arguments,
                     const std::vector<Catalog>& catalogs) {
  AuditArguments one = arguments;
  one.profiles = {name};
  return audit(audit_profiles(one), catalogs, reading_options(arguments));
}

Report read_side(const std::string& name, std::string_view label, const AuditArguments& arguments,
                 const std::vector<Catalog>& catalogs) {
  const Progress progress(fmt::format("crumbs: reading {}", label));
  if (is_report_file(name)) return read_report_file(name);
  try {
    return read_profiles(name, arguments, catalogs);
  } catch (const Error& error) {
    std::error_code ignored;
    if (error.code() != ErrorCode::not_found || !std::filesystem::is_regular_file(name, ignored))
      throw;
    throw Error(ErrorCode::invalid,
                fmt::format("{}: neither a report of crumbs nor a store", printable(name)));
  }
}

int explain(int code, const std::string& reason) {
  fmt::print(stderr, "crumbs: exit {}: {}\n", code, reason);
  return code;
}

std::string reason_of(std::string_view label, const Exit& exit) {
  return fmt::format("{}: {}", label, first_reason(exit));
}

bool compares_nothing(const Difference& difference) {
  return std::ranges::all_of(difference.profiles, [](const ProfileChange& profile) {
    return profile.counts == ChangeCounts{};
  });
}

int conclude(const Difference& difference, bool exit_code) {
  for (const auto& [label, side] :
       {std::pair("BEFORE", &difference.before), std::pair("AFTER", &difference.after)}) {
    if (!side->complete) return explain(kIncomplete, reason_of(label, side->exit));
  }
  for (const auto& [label, side] :
       {std::pair("BEFORE", &difference.before), std::pair("AFTER", &difference.after)}) {
    if (side->exit.code == kNothingToRead)
      return explain(kNothingToRead, reason_of(label, side->exit));
  }
  if (!difference.selection.empty() && compares_nothing(difference))
    return explain(kNothingToRead, "nothing is selected by " + printable(difference.selection));
  return exit_code && difference.any() ? explain(kFindings, "there are differences") : kDone;
}

int run(const DiffArguments& arguments) {
  const AuditArguments& audit = arguments.audit;
  const std::vector<Catalog> catalogs = chosen_catalogs(audit.catalogs);
  const AuditOptions options = audit_options(audit);
  const Outputs outputs = open_outputs(audit, difference_formats());
  const Report before = read_side(arguments.before, "BEFORE", audit, catalogs);
  const Report after = read_side(arguments.after, "AFTER", audit, catalogs);
  CompareOptions how;
  how.values = options.values;
  how.all = options.all;
  how.residue = options.residue;
  const Selector selector(options.selection, catalogs, after.created);
  how.selection = to_string(options.selection);
  if (!options.selection.empty())
    how.filter = [&selector](const Finding& finding) { return selector.selects(finding); };
  const Difference difference = compare(before, after, how);
  write_outputs(outputs, audit,
                [&](std::string_view format, const RenderOptions& look, std::ostream& out) {
                  render(difference, format, look, out);
                });
  return conclude(difference, arguments.exit_code);
}

void add_sides(CLI::App& command, DiffArguments& arguments) {
  const std::string kind =
      "saved JSON report, profile or user-data directory, single store, or "
      "browser:name";
  command.add_option("BEFORE", arguments.before, kind)->required()->type_name("");
  command.add_option("AFTER", arguments.after, "the same, at a later time")
      ->required()
      ->type_name("");
}

}  // namespace

void add_diff(CLI::App& app, Invocation& invocation) {
  auto arguments = std::make_shared<DiffArguments>();
  CLI::App* command =
      app.add_subcommand("diff", "what appeared, changed and is gone between two states")
          ->group(kLook);
  add_sides(*command, *arguments);
  add_audit_options(*command, arguments->audit,
                    {.names_profiles = false, .labels = false, .formats = difference_formats()});
  command->add_flag("--all", arguments->audit.all, "list the items that no catalog knows, too")
      ->envname("CRUMBS_ALL");
  command
      ->add_flag("--residue", arguments->audit.residue,
                 "compare superseded, deleted, orphaned and archived items, too")
      ->envname("CRUMBS_RESIDUE");
  command->add_flag("--exit-code", arguments->exit_code, "exit 1 where anything differs")
      ->envname("CRUMBS_EXIT_CODE");
  on_chosen(*command, invocation, [arguments] { return run(*arguments); });
}

}  // namespace crumbs::cli

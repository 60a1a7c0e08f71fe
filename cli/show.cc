// crumbs show: everything about the items that match a name, in full.
#include <filesystem>
#include <memory>
#include <string>
#include <system_error>

#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "command.h"
#include "crumbs/error.h"
#include "crumbs/glob.h"
#include "crumbs/printable.h"
#include "crumbs/select.h"
#include "near.h"
#include "run_audit.h"

namespace crumbs::cli {
namespace {

struct ShowArguments {
  std::string name;
  AuditArguments audit;
};

/// An incomplete search that found nothing proves nothing: that outranks "not there".
void conclude(Report& report, std::size_t found, const std::string& name, const NearNames& near) {
  if (found > 0 || report.exit.code != kDone) return;
  report.exit.code = kNothingToRead;
  report.exit.reasons = {
      {.code = "no_such_name",
       .message = fmt::format("no item is named {}{}", printable(name), near.words())}};
}

/// A path where the name should be finds nothing, which would look like an answer.
void refuse_path(const std::string& name) {
  std::error_code error;
  if (name.find('/') == std::string::npos || !std::filesystem::exists(name, error)) return;
  throw Error(
      ErrorCode::usage,
      fmt::format("{} is a path; the name comes first: crumbs show NAME PROFILE", printable(name)));
}

int run(const ShowArguments& arguments) {
  refuse_path(arguments.name);
  NearNames near(arguments.name);
  // A name may hold what is to be masked.
  const bool may_tell = arguments.audit.values == to_string(ValuesMode::full);
  AuditRun how;
  how.detail = true;
  how.filter = [&](const Finding& finding) {
    if (fits(arguments.name, finding.name)) return true;
    if (may_tell) near.offer(finding.name);
    return false;
  };
  how.conclude = [&](Report& report, std::size_t found) {
    conclude(report, found, arguments.name, near);
  };
  return run_audit(arguments.audit, how);
}

}  // namespace

void add_show(CLI::App& app, Invocation& invocation) {
  auto arguments = std::make_shared<ShowArguments>();
  arguments->audit.values = "full";
  arguments->audit.all = true;
  arguments->audit.residue = true;
  CLI::App* command =
      app.add_subcommand("show", "everything about the items that match NAME, in full")
          ->group(kLook);
  command->add_option("NAME", arguments->name, "name of a cookie or key; * stands for anything")
      ->required()
      ->type_name("");
  add_audit_options(*command, arguments->audit);
  on_chosen(*command, invocation, [arguments] { return run(*arguments); });
}

}  // namespace crumbs::cli

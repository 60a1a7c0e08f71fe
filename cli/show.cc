// crumbs show: everything about the items that match a name, in full.
#include <memory>
#include <string>

#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "command.h"
#include "crumbs/glob.h"
#include "crumbs/printable.h"
#include "crumbs/select.h"
#include "run_audit.h"

namespace crumbs::cli {
namespace {

struct ShowArguments {
  std::string name;
  AuditArguments audit;
};

/// An incomplete search that found nothing proves nothing: that outranks "not there".
void conclude(Report& report, std::size_t found, const std::string& name) {
  if (found > 0 || report.exit.code != kDone) return;
  report.exit.code = kNothingToRead;
  report.exit.reasons = {
      {.code = "no_such_name", .message = fmt::format("no item is named {}", printable(name))}};
}

int run(const ShowArguments& arguments) {
  AuditRun how;
  how.detail = true;
  how.filter = [&](const Finding& finding) { return fits(arguments.name, finding.name); };
  how.conclude = [&](Report& report, std::size_t found) {
    conclude(report, found, arguments.name);
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
  command->callback(
      [arguments, &invocation] { invocation.run = [arguments] { return run(*arguments); }; });
}

}  // namespace crumbs::cli

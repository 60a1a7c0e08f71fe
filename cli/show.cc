// crumbs show: everything about the items that match a name, in full.
#include <memory>
#include <string>
#include <string_view>

#include <fmt/format.h>

#include "command.h"
#include "crumbs/render.h"
#include "run_audit.h"

namespace crumbs::cli {
namespace {

struct ShowArguments {
  std::string name;
  AuditArguments audit;
};

/// `*` stands for any bytes, all else for itself. Linear in most cases, never worse than the
/// product of the lengths.
bool matches(std::string_view pattern, std::string_view name) {
  std::size_t p = 0, n = 0, star = std::string_view::npos, resume = 0;
  while (n < name.size()) {
    if (p < pattern.size() && pattern[p] == '*') {
      star = p++;
      resume = n;
    } else if (p < pattern.size() && pattern[p] == name[n]) {
      ++p;
      ++n;
    } else if (star != std::string_view::npos) {
      p = star + 1;
      n = ++resume;
    } else {
      return false;
    }
  }
  return pattern.find_first_not_of('*', p) == std::string_view::npos;
}

/// An incomplete search that found nothing proves nothing: that outranks "not there".
void conclude(Report& report, std::size_t found, const std::string& name) {
  if (found > 0 || report.exit.code != kDone) return;
  report.exit.code = kNothingToRead;
  report.exit.reasons = {fmt::format("no item is named {}", printable(name))};
}

int run(const ShowArguments& arguments) {
  AuditRun how;
  how.detail = true;
  how.filter = [&](const Finding& finding) { return matches(arguments.name, finding.name); };
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
      app.add_subcommand("show", "everything about the items that match NAME, in full");
  command->add_option("NAME", arguments->name, "name of a cookie or key; * stands for anything")
      ->required()
      ->type_name("");
  add_audit_options(*command, arguments->audit);
  command->callback(
      [arguments, &invocation] { invocation.run = [arguments] { return run(*arguments); }; });
}

}  // namespace crumbs::cli

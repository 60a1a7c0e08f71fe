// crumbs render: another format from a saved report, without the profile.
#include <memory>

#include <CLI/CLI.hpp>

#include "command.h"
#include "crumbs/render.h"
#include "progress.h"
#include "report_file.h"
#include "run_audit.h"

namespace crumbs::cli {
namespace {

struct RenderArguments {
  std::string report;
  AuditArguments writing;  ///< of these only what is about writing
};

Report read_report(const std::string& path) {
  const Progress progress("crumbs: reading the report");
  return read_report_file(path);
}

int run_render(const RenderArguments& arguments) {
  Report report = read_report(arguments.report);
  if (arguments.writing.all) report.all = !report.known_only;
  write_report(report, open_outputs(arguments.writing), arguments.writing, false);
  return kDone;
}

}  // namespace

void add_render(CLI::App& app, Invocation& invocation) {
  auto arguments = std::make_shared<RenderArguments>();
  CLI::App* command =
      app.add_subcommand("render", "another format from a saved report, without the profile")
          ->group(kLook);
  command
      ->add_option("REPORT", arguments->report, "a report written with --format json; - is stdin")
      ->type_name("")
      ->required();
  add_output_options(*command, arguments->writing);
  add_level_options(*command, arguments->writing);
  command
      ->add_flag("--all", arguments->writing.all,
                 "list the items that no catalog knows, where the report has them")
      ->envname("CRUMBS_ALL");
  on_chosen(*command, invocation, [arguments] { return run_render(*arguments); });
}

}  // namespace crumbs::cli

// crumbs render: another format from a saved report, without the profile.
#include <algorithm>
#include <cstdio>
#include <memory>

#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "command.h"
#include "crumbs/printable.h"
#include "crumbs/render.h"
#include "progress.h"
#include "report_file.h"
#include "run_audit.h"

namespace crumbs::cli {
namespace {

struct RenderArguments {
  std::string report;
  AuditArguments writing;  ///< of these only what is about writing, and the catalogs
};

/// Those of the catalogs that the report rests on: words of another version would be false ones.
std::vector<Catalog> catalogs_of(const Report& report, std::vector<Catalog> at_hand) {
  std::vector<Catalog> matching;
  for (const CatalogUsed& used : report.catalogs) {
    const auto found = std::ranges::find_if(at_hand, [&](const Catalog& catalog) {
      return catalog.id() == used.id && catalog.sha256() == used.sha256;
    });
    if (found == at_hand.end()) {
      fmt::print(stderr,
                 "crumbs: the catalog {} {} of the report is not at hand; its entries are shown by "
                 "their ids\n",
                 printable(used.id), printable(used.version));
      continue;
    }
    matching.push_back(std::move(*found));
    at_hand.erase(found);
  }
  return matching;
}

/// No catalog installed is no failure here: the report says what was found without one.
std::vector<Catalog> catalogs_at_hand(const AuditArguments& arguments) {
  try {
    if (!arguments.catalogs.empty()) return chosen_catalogs(arguments.catalogs);
    return load_catalogs(default_catalog_dir());
  } catch (const Error& error) {
    if (!arguments.catalogs.empty() || error.code() != ErrorCode::not_found) throw;
    return {};
  }
}

Report read_report(const std::string& path) {
  const Progress progress("crumbs: reading the report");
  return read_report_file(path);
}

int run_render(const RenderArguments& arguments) {
  Report report = read_report(arguments.report);
  if (arguments.writing.all) report.all = !report.known_only;
  const AuditArguments& writing = arguments.writing;
  const auto catalogs = catalogs_of(report, catalogs_at_hand(writing));
  const auto outputs = open_outputs(writing.format, writing.format_given, writing.outputs);
  const WritingProgress progress(outputs);
  for (const auto& output : outputs)
    render(report, output->format(), render_options(writing, false, catalogs, *output),
           output->stream());
  for (const auto& output : outputs) output->commit();
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
  add_catalog_option(*command, arguments->writing.catalogs);
  add_output_options(*command, arguments->writing);
  add_level_options(*command, arguments->writing);
  command
      ->add_flag("--all", arguments->writing.all,
                 "list the items that no catalog knows, where the report has them")
      ->envname("CRUMBS_ALL");
  command->callback([arguments, &invocation] {
    invocation.run = [arguments] { return run_render(*arguments); };
  });
}

}  // namespace crumbs::cli

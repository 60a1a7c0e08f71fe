// crumbs export: the bundle that answers an access request.
#include <cstdio>
#include <memory>
#include <string>

#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "command.h"
#include "crumbs/bundle.h"
#include "crumbs/printable.h"
#include "progress.h"
#include "run_audit.h"

namespace crumbs::cli {
namespace {

struct ExportArguments {
  AuditArguments audit;
  std::string output, request_id, subject, controller;
  bool include_unknown = false, raw = false;
};

void add_bundle_options(CLI::App& command, ExportArguments& arguments) {
  command
      .add_option("-o,--output", arguments.output, "where the bundle goes; must not be there yet")
      ->type_name("DIR")
      ->required()
      ->envname("CRUMBS_OUTPUT");
  const auto add = [&](const char* name, std::string& to, const char* help, const char* type,
                       const char* variable) {
    command.add_option(name, to, help)->type_name(type)->envname(variable)->group("Request");
  };
  add("--request-id", arguments.request_id, "the request's id; default: a fresh UUID", "ID",
      "CRUMBS_REQUEST_ID");
  add("--subject", arguments.subject, "name or pseudonym of the person concerned", "TEXT",
      "CRUMBS_SUBJECT");
  add("--controller", arguments.controller,
      "JSON: name, contact, data_protection_contact, recipients, rights", "FILE",
      "CRUMBS_CONTROLLER");
  command
      .add_flag("--include-unknown", arguments.include_unknown,
                "items that no catalog knows, too; else they are counted")
      ->envname("CRUMBS_INCLUDE_UNKNOWN")
      ->group(kSelectionGroup);
  command.add_flag("--raw", arguments.raw, "copies of the source stores, too")
      ->envname("CRUMBS_RAW")
      ->group("Output");
}

AccessRequest access_request(const ExportArguments& arguments) {
  AccessRequest request;
  request.id = arguments.request_id.empty() ? make_request_id() : arguments.request_id;
  request.subject = arguments.subject;
  if (!arguments.controller.empty()) request.controller = read_controller(arguments.controller);
  return request;
}

Report read(const ExportArguments& arguments, const std::vector<Catalog>& catalogs) {
  AuditOptions options = audit_options(arguments.audit);
  options.all = options.all || arguments.include_unknown;
  options.residue = true;     // it is still on the device
  options.keep_paths = true;  // --raw goes there
  FoundProfiles found = audit_profiles(arguments.audit);
  check_bundle_place(arguments.output, found.profiles);
  const Progress progress("crumbs: reading the profiles");
  return audit(std::move(found), catalogs, options);
}

BundleSummary write(const ExportArguments& arguments, const Report& report,
                    const AccessRequest& request, const std::vector<Catalog>& catalogs) {
  const BundleOptions options{.raw = arguments.raw, .raw_budget = arguments.audit.max_copy_bytes};
  const Progress progress("crumbs: writing the bundle");
  return write_bundle(arguments.output, report, request, catalogs, options);
}

/// A bundle that confirms "nothing was found" needs a place that was looked at.
bool answers_nothing(const Report& report, bool allow_empty) {
  if (report.exit.code == kNothingToRead) return true;
  return report.summary.stores == 0 && !allow_empty;
}

int run(const ExportArguments& arguments) {
  check_bundle_place(arguments.output, {});
  const AccessRequest request = access_request(arguments);
  const std::vector<Catalog> catalogs = chosen_catalogs(arguments.audit.catalogs);
  const Report report = read(arguments, catalogs);
  if (answers_nothing(report, arguments.audit.allow_empty)) return explain(report.exit);
  const BundleSummary bundle = write(arguments, report, request, catalogs);
  fmt::print("{}: {} items, {} files, {} bytes; personal data, keep it as such\nrequest {}\n",
             printable(arguments.output), report.findings.size(), bundle.files, bundle.bytes,
             printable(request.id));
  Exit exit = report.exit;
  if (!bundle.problems.empty()) exit.code = kIncomplete;
  for (const std::string& problem : bundle.problems)
    exit.reasons.push_back({.code = "bundle", .message = problem});
  return explain(exit);
}

}  // namespace

void add_export(CLI::App& app, Invocation& invocation) {
  auto arguments = std::make_shared<ExportArguments>();
  arguments->audit.values = "full";
  CLI::App* command =
      app.add_subcommand("export", "the bundle for an access request")->group(kAnswer);
  add_audit_options(*command, arguments->audit, {.renders = false});
  add_bundle_options(*command, *arguments);
  on_chosen(*command, invocation, [arguments] { return run(*arguments); });
}

}  // namespace crumbs::cli

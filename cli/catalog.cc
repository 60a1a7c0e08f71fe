#include "catalog.h"

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <memory>
#include <optional>

#include "command.h"
#include "crumbs/coverage.h"
#include "crumbs/error.h"
#include "crumbs/printable.h"
#include "options.h"
#include "words.h"

namespace crumbs::cli {
namespace {

void add_choice(CLI::App& command, CatalogArguments& arguments,
                std::span<const FormatInfo> formats = catalog_formats()) {
  add_catalog_option(command, arguments.places);
  add_output_options(command, arguments, formats);
}

/// Writes one subject of the catalogs to every output.
template <class Subject>
int write(const CatalogArguments& arguments, const Subject& subject) {
  write_outputs(open_outputs(arguments, catalog_formats()), arguments,
                [&](std::string_view format, const RenderOptions& options, std::ostream& out) {
                  render(subject, format, options, out);
                });
  return kDone;
}

int run_list(const CatalogArguments& arguments) {
  const std::vector<Catalog> catalogs = catalogs_of(arguments);
  return write(arguments, std::span<const Catalog>(catalogs));
}

int run_show(const CatalogArguments& arguments, const std::string& id) {
  const std::vector<Catalog> catalogs = catalogs_of(arguments);
  const std::optional<CatalogPart> part = find_part(catalogs, id);
  if (!part)
    throw Error(ErrorCode::not_found,
                fmt::format("no catalog, entry or statement has the id \"{}\" (see crumbs catalog "
                            "list)",
                            printable(id)));
  return write(arguments, *part);
}

struct ExplainArguments : CatalogArguments {
  NameQuery query;
  std::string store;  ///< empty: both kinds
};

int run_explain(const ExplainArguments& arguments) {
  const std::vector<Catalog> catalogs = catalogs_of(arguments);
  NameQuery query = arguments.query;
  for (const ItemKind kind : {ItemKind::cookie, ItemKind::local_storage}) {
    if (arguments.store == to_string(kind)) query.kind = kind;
  }
  return write(arguments, explain_name(catalogs, query));
}

void add_list(CLI::App& catalog, Invocation& invocation) {
  CLI::App* command = catalog.add_subcommand("list", "all entries, a line each");
  const auto arguments = std::make_shared<CatalogArguments>();
  add_choice(*command, *arguments);
  on_chosen(*command, invocation, [arguments] { return run_list(*arguments); });
}

void add_show(CLI::App& catalog, Invocation& invocation) {
  CLI::App* command = catalog.add_subcommand("show", "an entry, a statement or a catalog in full");
  const auto arguments = std::make_shared<CatalogArguments>();
  const auto id = std::make_shared<std::string>();
  command->add_option("ID", *id, "as list shows it, or the id of a catalog")->required();
  add_choice(*command, *arguments);
  on_chosen(*command, invocation, [arguments, id] { return run_show(*arguments, *id); });
}

void add_explain(CLI::App& catalog, Invocation& invocation) {
  CLI::App* command =
      catalog.add_subcommand("explain", "which entries a name could mean, and why one wins");
  const auto arguments = std::make_shared<ExplainArguments>();
  command->add_option("NAME", arguments->query.name, "name of a cookie or key, as stored")
      ->required();
  command->add_option("--host", arguments->query.host, "host that the item was found on")
      ->envname("CRUMBS_HOST");
  command->add_option("--store", arguments->store, "kind of store that the item was found in")
      ->check(one_of({"cookie", "local_storage"}))
      ->envname("CRUMBS_STORE");
  add_choice(*command, *arguments);
  on_chosen(*command, invocation, [arguments] { return run_explain(*arguments); });
}

void add_coverage(CLI::App& catalog, Invocation& invocation) {
  CLI::App* command = catalog.add_subcommand(
      "coverage", "what is documented and never seen, seen and never documented, and what differs");
  const auto arguments = std::make_shared<CoverageArguments>();
  command->add_option("PROFILE", arguments->profiles, "a profile to compare with, as for audit");
  add_root_option(*command, arguments->root);
  add_choice(*command, *arguments, coverage_formats());
  on_chosen(*command, invocation, [arguments] { return cover_catalogs(*arguments); });
}

void add_lint(CLI::App& catalog, Invocation& invocation) {
  CLI::App* command = catalog.add_subcommand("lint", "everything that is wrong with catalog files");
  const auto files = std::make_shared<std::vector<std::string>>();
  const auto format = std::make_shared<std::string>("text");
  command->add_option("FILE", *files, "catalog files")->required();
  command->add_option("-f,--format", *format, "text or json")
      ->check(one_of({"text", "json"}))
      ->envname("CRUMBS_FORMAT")
      ->capture_default_str();
  on_chosen(*command, invocation, [files, format] { return lint_catalogs(*files, *format); });
}

}  // namespace

void add_catalog(CLI::App& app, Invocation& invocation) {
  CLI::App* catalog =
      app.add_subcommand("catalog", "what the catalogs know of cookies and local-storage keys");
  catalog->require_subcommand(1);
  add_list(*catalog, invocation);
  add_show(*catalog, invocation);
  add_explain(*catalog, invocation);
  add_coverage(*catalog, invocation);
  add_lint(*catalog, invocation);
  catalog->group(kCatalog);  // last, or its own commands would be in that group, too
}

std::vector<Catalog> catalogs_of(const CatalogArguments& arguments) {
  std::vector<Catalog> catalogs = chosen_catalogs(arguments.places);
  if (catalogs.empty()) throw Error(ErrorCode::not_found, "no catalogs found");
  return catalogs;
}

}  // namespace crumbs::cli

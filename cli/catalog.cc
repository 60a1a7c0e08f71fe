#include "catalog.h"

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <cstdio>
#include <memory>

#include "command.h"
#include "crumbs/coverage.h"
#include "options.h"

namespace crumbs::cli {
namespace {

struct CatalogOptions {
  CatalogChoice choice;
  ExplainQuery query;
  ProfileChoice profiles;
  std::string id;
  std::vector<std::string> files;
};
using Options = std::shared_ptr<CatalogOptions>;

/// The code, unless what was printed did not arrive.
int written(int code) {
  if (std::fflush(stdout) == 0 && std::ferror(stdout) == 0) return code;
  fmt::print(stderr, "crumbs: standard output cannot be written\n");
  return kIncomplete;
}

/// "text, json or markdown".
std::string words_of(const std::vector<std::string>& formats) {
  std::string text;
  for (const std::string& format : formats)
    text += (text.empty() ? "" : &format == &formats.back() ? " or " : ", ") + format;
  return text;
}

void add_format(CLI::App& command, const Options& options,
                const std::vector<std::string>& formats = {"text", "json"}) {
  command.add_option("-f,--format", options->choice.format, words_of(formats))
      ->check(CLI::IsMember(formats))
      ->envname("CRUMBS_FORMAT")
      ->capture_default_str();
}

void add_places(CLI::App& command, const Options& options) {
  command
      .add_option(
          "--catalog", options->choice.places,
          "a catalog file or a directory of them, in place of the installed ones; repeatable")
      ->type_name("FILE|DIR")
      ->allow_extra_args(false)
      ->envname("CRUMBS_CATALOG");
}

void add_choice(CLI::App& command, const Options& options) {
  add_places(command, options);
  add_format(command, options);
}

void add_list(CLI::App& catalog, Invocation& invocation, const Options& options) {
  CLI::App* command = catalog.add_subcommand("list", "all entries, a line each");
  add_choice(*command, options);
  command->callback([&invocation, options] {
    invocation.run = [options] { return written(list_catalogs(options->choice)); };
  });
}

void add_show(CLI::App& catalog, Invocation& invocation, const Options& options) {
  CLI::App* command = catalog.add_subcommand("show", "an entry, a statement or a catalog in full");
  command->add_option("ID", options->id, "as list shows it, or the id of a catalog")->required();
  add_choice(*command, options);
  command->callback([&invocation, options] {
    invocation.run = [options] { return written(show_catalog(options->choice, options->id)); };
  });
}

void add_explain(CLI::App& catalog, Invocation& invocation, const Options& options) {
  CLI::App* command =
      catalog.add_subcommand("explain", "which entries a name could mean, and why one wins");
  ExplainQuery& query = options->query;
  command->add_option("NAME", query.name, "name of a cookie or key, as stored")->required();
  command->add_option("--host", query.host, "host that the item was found on")
      ->envname("CRUMBS_HOST");
  command->add_option("--store", query.store, "kind of store that the item was found in")
      ->check(CLI::IsMember({"cookie", "local_storage"}))
      ->envname("CRUMBS_STORE");
  add_choice(*command, options);
  command->callback([&invocation, options] {
    invocation.run = [options] { return written(explain_name(options->choice, options->query)); };
  });
}

void add_coverage(CLI::App& catalog, Invocation& invocation, const Options& options) {
  CLI::App* command = catalog.add_subcommand(
      "coverage", "what is documented and never seen, seen and never documented, and what differs");
  ProfileChoice& profiles = options->profiles;
  command->add_option("PROFILE", profiles.profiles, "a profile to compare with, as for audit");
  command->add_option("--root", profiles.root, "compare with all profiles below a copied home")
      ->type_name("DIR")
      ->envname("CRUMBS_ROOT");
  add_places(*command, options);
  std::vector<std::string> formats;
  for (const FormatInfo& format : coverage_formats()) formats.emplace_back(format.id);
  add_format(*command, options, formats);
  command->callback([&invocation, options] {
    invocation.run = [options] {
      return written(cover_catalogs(options->choice, options->profiles));
    };
  });
}

void add_lint(CLI::App& catalog, Invocation& invocation, const Options& options) {
  CLI::App* command = catalog.add_subcommand("lint", "everything that is wrong with catalog files");
  command->add_option("FILE", options->files, "catalog files")->required();
  add_format(*command, options);
  command->callback([&invocation, options] {
    invocation.run = [options] {
      return written(lint_catalogs(options->files, options->choice.format));
    };
  });
}

}  // namespace

void add_catalog(CLI::App& app, Invocation& invocation) {
  CLI::App* catalog =
      app.add_subcommand("catalog", "what the catalogs know of cookies and local-storage keys");
  catalog->require_subcommand(1);
  const auto options = std::make_shared<CatalogOptions>();
  add_list(*catalog, invocation, options);
  add_show(*catalog, invocation, options);
  add_explain(*catalog, invocation, options);
  add_coverage(*catalog, invocation, options);
  add_lint(*catalog, invocation, options);
  catalog->group(kCatalog);  // last, or its own commands would be in that group, too
}

int no_catalogs() {
  fmt::print(stderr, "crumbs: no catalogs found\n");
  return kNothingToRead;
}

std::vector<Catalog> chosen_catalogs(const CatalogChoice& choice) {
  AuditArguments arguments;
  arguments.catalogs = choice.places;
  return audit_catalogs(arguments);
}

}  // namespace crumbs::cli

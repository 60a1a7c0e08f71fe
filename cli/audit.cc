// crumbs audit: what is present, what it contains, whether it may be deleted.
#include <memory>

#include <CLI/CLI.hpp>

#include "command.h"
#include "run_audit.h"

namespace crumbs::cli {

void add_audit(CLI::App& app, Invocation& invocation) {
  auto arguments = std::make_shared<AuditArguments>();
  CLI::App* command =
      app.add_subcommand("audit", "what is present, what it contains, whether it may be deleted")
          ->group(kLook);
  add_audit_options(*command, *arguments);
  add_level_options(*command, *arguments);
  add_known_options(*command, *arguments);
  command
      ->add_flag("--residue", arguments->residue,
                 "list superseded, deleted, orphaned and archived items, too")
      ->envname("CRUMBS_RESIDUE");
  on_chosen(*command, invocation, [arguments] { return run_audit(*arguments, {}); });
}

}  // namespace crumbs::cli

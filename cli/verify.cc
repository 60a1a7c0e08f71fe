// crumbs verify: that a bundle is whole.
#include <cstdio>
#include <memory>
#include <string>

#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "command.h"
#include "crumbs/bundle.h"
#include "crumbs/printable.h"

namespace crumbs::cli {
namespace {

int explain(ExitCode code, std::string_view what, const std::vector<std::string>& lines) {
  const std::string more = lines.size() > 1 ? fmt::format(" (and {} more)", lines.size() - 1) : "";
  fmt::print(stderr, "crumbs: exit {}: {}: {}{}\n", static_cast<int>(code), what, lines.front(),
             more);
  return code;
}

int run(const std::string& bundle) {
  const BundleCheck check = verify_bundle(bundle);
  fmt::print("{}: request {} of {}, {} items, {} files, {} bytes\n", printable(bundle),
             check.request.empty() ? "unknown" : check.request,
             check.date.empty() ? "unknown date" : check.date, check.findings, check.files,
             check.bytes);
  if (!check.complete)
    fmt::print("its report is incomplete: data/README.txt says what could not be read\n");
  for (const std::string& problem : check.problems) fmt::print("{}\n", problem);
  for (const std::string& file : check.unreadable) fmt::print("{}\n", file);
  if (!check.problems.empty())
    return explain(kVerificationFailed, "verification failed", check.problems);
  if (!check.unreadable.empty()) return explain(kIncomplete, "not all was read", check.unreadable);
  fmt::print("whole: every file is listed and is what it was when it was listed\n");
  return kDone;
}

}  // namespace

void add_verify(CLI::App& app, Invocation& invocation) {
  auto bundle = std::make_shared<std::string>();
  CLI::App* command = app.add_subcommand("verify", "that a bundle is whole")->group(kAnswer);
  command->add_option("BUNDLE", *bundle, "a directory that crumbs export wrote")
      ->required()
      ->type_name("");
  on_chosen(*command, invocation, [bundle] { return run(*bundle); });
}

}  // namespace crumbs::cli

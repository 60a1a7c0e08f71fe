#include <cstdio>
#include <exception>
#include <new>
#include <span>
#include <string>
#include <vector>

#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "command.h"
#include "crumbs/audit.h"
#include "crumbs/error.h"
#include "help.h"
#include "signals.h"

namespace crumbs::cli {
#define CRUMBS_COMMAND(name) void add_##name(CLI::App& app, Invocation& invocation);
#include "commands.def"
#undef CRUMBS_COMMAND

namespace {

int fail(int code, const std::string& message) {
  fmt::print(stderr, "crumbs: {}\n", message);
  return code;
}

int run(std::size_t argc, const char* const* argv) {
  CLI::App app{"what a web site left behind in a browser profile", "crumbs"};
  app.require_subcommand(1);
  app.set_version_flag("--version", "crumbs " + std::string(version()));
  arrange_help(app);
  Invocation invocation;
#define CRUMBS_COMMAND(name) add_##name(app, invocation);
#include "commands.def"
#undef CRUMBS_COMMAND
  if (argc < 2) {
    fmt::print(stderr, "{}", app.help());
    return kUsage;
  }
  const std::vector<const char*> words = written_out(std::span<const char* const>(argv, argc));
  try {
    app.parse(static_cast<int>(words.size()), words.data());
  } catch (const CLI::ParseError& error) {
    if (error.get_exit_code() == 0 && app.remaining().empty()) return app.exit(error);
    return fail(kUsage, usage_problem(app, error, words));
  }
  return invocation.run ? invocation.run() : kUsage;
}

}  // namespace
}  // namespace crumbs::cli

int main(int argc, char** argv) {
  using namespace crumbs::cli;
  install_signal_handlers();
  try {
    return run(static_cast<std::size_t>(argc), argv);
  } catch (const crumbs::Error& error) {
    return fail(exit_code(error.code()), error.what());
  } catch (const std::bad_alloc&) {
    return fail(kInternal, "out of memory");
  } catch (const std::exception& error) {
    return fail(kInternal, error.what());
  }
}

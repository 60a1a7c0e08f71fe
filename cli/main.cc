#include <fmt/format.h>

#include <cstdio>
#include <exception>
#include <string>

#include "command.h"
#include "crumbs/audit.h"
#include "crumbs/error.h"

namespace crumbs::cli {
#define CRUMBS_COMMAND(name) void add_##name(CLI::App& app, Invocation& invocation);
#include "commands.def"
#undef CRUMBS_COMMAND

namespace {

int exit_code(ErrorCode code) {
  switch (code) {
    case ErrorCode::usage:
      return kUsage;
    case ErrorCode::invalid:
      return kInvalidInput;
    case ErrorCode::not_found:
      return kNothingToRead;
    case ErrorCode::io:
    case ErrorCode::unsupported:
    case ErrorCode::corrupt:
    case ErrorCode::unstable:
      return kIncomplete;
    case ErrorCode::interrupted:
      return kInterrupted;
  }
  return kInternal;
}

int fail(int code, const std::string& message) {
  fmt::print(stderr, "crumbs: {}\n", message);
  return code;
}

int run(int argc, char** argv) {
  CLI::App app{"what a web site left behind in a browser profile", "crumbs"};
  app.require_subcommand(1);
  app.set_version_flag("--version", std::string(version()));
  Invocation invocation;
#define CRUMBS_COMMAND(name) add_##name(app, invocation);
#include "commands.def"
#undef CRUMBS_COMMAND
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    if (error.get_exit_code() == 0) return app.exit(error);
    return fail(kUsage, fmt::format("{} (see crumbs --help)", error.what()));
  }
  return invocation.run ? invocation.run() : kUsage;
}

}  // namespace
}  // namespace crumbs::cli

int main(int argc, char** argv) {
  using namespace crumbs::cli;
  try {
    return run(argc, argv);
  } catch (const crumbs::Error& error) {
    return fail(exit_code(error.code()), error.what());
  } catch (const std::exception& error) {
    return fail(kInternal, error.what());
  }
}

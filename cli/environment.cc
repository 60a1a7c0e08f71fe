#include "environment.h"

#include <pwd.h>
#include <unistd.h>

#include <array>
#include <cstdlib>

#include <fmt/format.h>

#include "crumbs/error.h"

namespace crumbs::cli {
namespace {

std::string home_directory() {
  if (const char* home = std::getenv("HOME"); home != nullptr && *home != '\0') return home;
  std::array<char, 16384> buffer{};
  passwd entry{};
  passwd* found = nullptr;
  const int error = getpwuid_r(getuid(), &entry, buffer.data(), buffer.size(), &found);
  return error == 0 && found != nullptr && found->pw_dir != nullptr ? found->pw_dir : "";
}

}  // namespace

bool is_set(const char* variable) {
  return std::getenv(variable) != nullptr;
}

FindOptions find_options(const std::string& root) {
  FindOptions options;
  options.home = home_directory();
  options.root = root;
  for (const char* name : {"XDG_CONFIG_HOME", "CHROME_CONFIG_HOME"}) {
    if (const char* value = std::getenv(name); value != nullptr) options.environment[name] = value;
  }
  std::error_code error;
  if (!root.empty() && !std::filesystem::is_directory(root, error))
    throw Error(ErrorCode::not_found, fmt::format("{}: no such directory", root));
  return options;
}

}  // namespace crumbs::cli

#include "system/keyring.h"

#include <doctest/doctest.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>

#include "crumbs/error.h"
#include "support/support.h"

namespace crumbs {
namespace {

/// How long the hidden test case waits for an answer.
constexpr const char* kPatience = "CRUMBS_TEST_PATIENCE_MS";

/// Runs a hidden test case of this program in an environment of its own.
test::ProcessResult run_self(const char* test_case, std::map<std::string, std::string> environment,
                             std::vector<std::string> before = {}) {
  before.push_back(std::filesystem::read_symlink("/proc/self/exe").string());
  before.push_back(std::string("--test-case=") + test_case);
  before.push_back("--no-skip");
  return test::run(before, environment);
}

bool is_installed(const char* program) {
  return test::run({"sh", "-c", std::string("command -v ") + program}).code == 0;
}

}  // namespace

TEST_CASE("each browser's secret is kept under the name its maker chose") {
  CHECK(keyring_application("chrome") == "chrome");
  CHECK(keyring_application("chrome-beta") == "chrome");
  CHECK(keyring_application("chromium") == "chromium");
  CHECK(keyring_application("brave") == "brave");
  CHECK(keyring_application("edge") == "chromium");
  CHECK(keyring_application("opera") == "chromium");
  CHECK(keyring_application("vivaldi") == "chrome");
  CHECK(keyring_application("firefox") == "");
  CHECK(keyring_application("chromeless") == "");
  CHECK(Keyring().ask("firefox").problem == "firefox keeps no secret in a keyring that is known");
}

TEST_CASE("hidden: ask the keyring twice and print the answer" * doctest::skip()) {
  const char* patience = std::getenv(kPatience);
  Keyring keyring(std::chrono::milliseconds(patience == nullptr ? 120'000 : std::atoi(patience)));
  try {
    const KeyringAnswer first = keyring.ask("chrome"), second = keyring.ask("vivaldi");
    CHECK(first.problem == second.problem);
    CHECK(first.secret == second.secret);
    std::printf("<%s|%s>\n", first.secret.value_or("none").c_str(), first.problem.c_str());
  } catch (const Error& error) {
    std::printf("<unsupported|%s>\n", error.what());
  }
}

TEST_CASE("without a message bus the answer is a reason") {
  const test::TempDir home;
  const auto result = run_self("hidden: ask the keyring*",
                               {{"HOME", home.path().string()},
                                {"XDG_RUNTIME_DIR", home.path().string()},
                                {"DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus"}});
  CAPTURE(result.out);
  CHECK(result.code == 0);
  if (result.out.find("<unsupported|") == std::string::npos)
    CHECK(result.out.find("<none|the Secret Service cannot be reached: ") != std::string::npos);
}

TEST_CASE("a message bus that never answers costs a bounded time") {
  const test::TempDir home;
  const std::string path = (home.path() / "bus").string();
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  REQUIRE(path.size() < sizeof address.sun_path);
  path.copy(address.sun_path, path.size());
  const int listener = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  REQUIRE(bind(listener, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0);
  REQUIRE(listen(listener, 4) == 0);
  const auto result =
      run_self("hidden: ask the keyring*", {{"HOME", home.path().string()},
                                            {"DBUS_SESSION_BUS_ADDRESS", "unix:path=" + path},
                                            {kPatience, "300"}});
  close(listener);
  CAPTURE(result.out);
  CHECK(result.code == 0);
  if (result.out.find("<unsupported|") == std::string::npos)
    CHECK(result.out.find("<none|the Secret Service did not answer within 300 ms>") !=
          std::string::npos);
}

TEST_CASE("a real keyring gives its secret, unless it is locked or has none") {
  if (!is_installed("dbus-run-session") || !is_installed("gnome-keyring-daemon") ||
      !is_installed("secret-tool")) {
    MESSAGE("not run: needs dbus-run-session, gnome-keyring-daemon and secret-tool");
    return;
  }
  const test::TempDir home;
  const std::map<std::string, std::string> environment{{"HOME", home.path().string()},
                                                       {"XDG_RUNTIME_DIR", home.path().string()}};
  constexpr const char* kScript =
      "set -e\n"
      "printf password | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1\n"
      "\"$@\"\n"
      "printf dGVzdHBhc3N3b3JkMTIzNA== | secret-tool store --label='Chrome Safe Storage' "
      "application chrome\n"
      "\"$@\"\n"
      "secret-tool lock --collection=login >/dev/null 2>&1 || true\n"
      "\"$@\"\n";
  const auto result = run_self("hidden: ask the keyring*", environment,
                               {"dbus-run-session", "--", "sh", "-c", kScript, "sh"});
  CAPTURE(result.out);
  CAPTURE(result.err);
  if (result.out.find("<unsupported|") != std::string::npos) return;
  CHECK(result.code == 0);
  CHECK(result.out.find("<none|the default keyring has no secret of application chrome>") !=
        std::string::npos);
  CHECK(result.out.find("<dGVzdHBhc3N3b3JkMTIzNA==|>") != std::string::npos);
  CHECK(result.out.find("<none|the default keyring is locked; crumbs does not unlock it>") !=
        std::string::npos);
}

}  // namespace crumbs

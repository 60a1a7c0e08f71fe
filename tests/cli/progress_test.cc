// The sign of life on stderr: for long work, on a terminal, and gone afterwards.
#include <doctest/doctest.h>
#include <fcntl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <filesystem>
#include <optional>

#include "support/support.h"
#include "support/terminal.h"

namespace crumbs {
namespace fs = std::filesystem;
namespace {

constexpr const char* kCleared = "\r\x1b[K";

std::string profile() {
  return test::fixture("profiles/chromium-156-leveldb/Default").string();
}

/// A pipe with a name that gives its reader nothing until it is told to.
class SlowFile {
 public:
  explicit SlowFile(const fs::path& path) : path_(path) {
    REQUIRE(mkfifo(path.c_str(), 0600) == 0);
    fd_ = open(path.c_str(), O_RDWR | O_CLOEXEC);  // so that no reader waits for a writer
    REQUIRE(fd_ >= 0);
  }
  ~SlowFile() { give({}); }
  SlowFile(const SlowFile&) = delete;
  SlowFile& operator=(const SlowFile&) = delete;

  /// All of it, and its end. Small enough for the pipe.
  void give(const std::string& text) {
    if (fd_ < 0) return;
    if (!text.empty()) CHECK(write(fd_, text.data(), text.size()) == ssize_t(text.size()));
    close(fd_);
    fd_ = -1;
  }
  [[nodiscard]] std::string path() const { return path_.string(); }

 private:
  fs::path path_;
  int fd_ = -1;
};

/// A message bus that takes connections and says nothing: who asks for a keyring waits.
class SilentBus {
 public:
  explicit SilentBus(const fs::path& path) : path_(path) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    REQUIRE(path_.native().size() < sizeof address.sun_path);
    path_.native().copy(address.sun_path, path_.native().size());
    fd_ = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    REQUIRE(bind(fd_, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0);
    REQUIRE(listen(fd_, 4) == 0);
  }
  ~SilentBus() { hang_up(); }
  SilentBus(const SilentBus&) = delete;
  SilentBus& operator=(const SilentBus&) = delete;

  void hang_up() {
    if (fd_ >= 0) close(fd_);
    fd_ = -1;
  }
  [[nodiscard]] std::map<std::string, std::string> environment() const {
    return {{"DBUS_SESSION_BUS_ADDRESS", "unix:path=" + path_.string()},
            {"XDG_RUNTIME_DIR", path_.parent_path().string()},
            {"HOME", path_.parent_path().string()}};
  }

 private:
  fs::path path_;
  int fd_ = -1;
};

/// A profile with a value that only a keyring's secret opens.
fs::path encrypted_profile(const fs::path& directory) {
  const fs::path profile = directory / "Default";
  test::write_file(profile / "Preferences", "{}");
  test::build_database(profile / "Cookies", R"sql(
    CREATE TABLE meta(key LONGVARCHAR NOT NULL UNIQUE PRIMARY KEY, value LONGVARCHAR);
    INSERT INTO meta VALUES('version','18');
    CREATE TABLE cookies(creation_utc, host_key, name, value, encrypted_value, path, expires_utc,
      is_secure, is_httponly, last_access_utc, has_expires, is_persistent, priority, samesite,
      source_scheme, source_port);
    INSERT INTO cookies VALUES(1,'.example.com','jv_enter_ts_42','',
      x'76313100112233445566778899aabbccddeeff','/',0,1,1,1,1,1,1,1,2,443);)sql");
  return profile;
}

/// Whether the first that was seen is this line and the seconds that it has taken.
bool begins(const std::string& seen, const std::string& what) {
  const std::string line = "\rcrumbs: " + what + " … ";
  const std::size_t end = seen.find_first_not_of("0123456789", line.size());
  return seen.starts_with(line) && end > line.size() && seen.substr(end).starts_with(" s ");
}

std::vector<std::string> program(std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), test::crumbs_program().string());
  return arguments;
}

/// Runs until the first line of progress, lets the work end, and gives what was seen in all.
template <class End>
std::string progress_of(std::vector<std::string> arguments,
                        std::map<std::string, std::string> environment, const End& end_work,
                        bool stdout_too = false) {
  const auto result = test::run_on_terminal({.argv = program(std::move(arguments)),
                                             .environment = std::move(environment),
                                             .stdout_too = stdout_too},
                                            [&](const std::string& seen) {
                                              if (seen.find(" s ") != std::string::npos) end_work();
                                            });
  CAPTURE(result.seen);
  CHECK((result.code == 0 || result.code == 5));
  return result.seen;
}

TEST_CASE("reading a report tells that it goes on, and the line goes away") {
  const test::TempDir work;
  const std::string report =
      test::crumbs({"audit", profile(), "-f", "json", "--entry", "*/city"}).out;
  REQUIRE(report.size() < 60'000);  // a pipe holds it
  for (const bool diff : {false, true}) {
    CAPTURE(diff);
    SlowFile slow(work.path() / (diff ? "diff" : "render"));
    const std::vector<std::string> command =
        diff ? std::vector<std::string>{"diff", slow.path(), profile()}
             : std::vector<std::string>{"render", slow.path()};
    const std::string seen = progress_of(command, {}, [&] { slow.give(report); });
    CHECK(begins(seen, diff ? "reading BEFORE" : "reading the report"));
    CHECK(seen.find(kCleared) != std::string::npos);
    CHECK(seen.substr(seen.rfind(kCleared)) == kCleared);  // nothing stays on the line
  }
}

// Each run waits for the second after which progress is told, so a format of either kind is enough.
TEST_CASE("so does reading a profile, whether its format is written whole or as it is read") {
  const test::TempDir work;
  const std::string encrypted = encrypted_profile(work.path()).string();
  const auto fast =
      test::crumbs({"audit", "--keyring", encrypted, "-f", "json"}, {{"HOME", "/nonexistent"}});
  if (fast.out.find("cannot be reached") == std::string::npos) return;  // built without it
  for (const char* format : {"html", "ndjson"}) {
    CAPTURE(format);
    SilentBus bus(work.path() / (std::string("bus-") + format));
    const std::string seen = progress_of({"audit", "--keyring", encrypted, "-f", format},
                                         bus.environment(), [&] { bus.hang_up(); });
    CHECK(begins(seen,
                 std::string(format) == "ndjson" ? "reading profile 1 of 1" : "reading 1 profile"));
    CHECK(seen.find(kCleared) != std::string::npos);
  }
  SilentBus bus(work.path() / "bus-show");
  const std::string seen = progress_of({"show", "--keyring", "jv_*", encrypted}, bus.environment(),
                                       [&] { bus.hang_up(); });
  CHECK(begins(seen, "reading 1 profile"));
}

TEST_CASE("on one terminal the line is gone before the records come") {
  const test::TempDir work;
  const std::string encrypted = encrypted_profile(work.path()).string();
  SilentBus bus(work.path() / "bus");
  const std::string seen = progress_of(
      {"audit", "--keyring", encrypted, "-f", "ndjson"}, bus.environment(), [&] { bus.hang_up(); },
      true);
  const std::size_t record = seen.find("{\"record\":\"profile\"");
  REQUIRE(record != std::string::npos);
  CHECK(seen.substr(0, record).ends_with(kCleared));
  CHECK(seen.find(" s ", record) == std::string::npos);
}

TEST_CASE("writing that takes long tells so, unless it goes to the terminal") {
  const test::TempDir work;
  const std::string report = (work.path() / "report.json").string();
  REQUIRE(test::crumbs({"audit", profile(), "--all", "-o", "json=" + report}).code == 0);
  // The reader of the pipe waits until it is told so; the report is larger than the pipe.
  SlowFile told(work.path() / "told");
  const std::string script = "\"$@\" | { cat '" + told.path() + "' >/dev/null; cat >/dev/null; }";
  std::vector<std::string> argv{"sh", "-c", script, "sh"};
  const auto command = program({"render", report, "-f", "json"});
  argv.insert(argv.end(), command.begin(), command.end());
  const auto result = test::run_on_terminal({.argv = argv}, [&](const std::string& seen) {
    if (seen.find(" s ") != std::string::npos) told.give({});
  });
  CHECK(begins(result.seen, "writing"));
  CHECK(result.seen.ends_with(kCleared));
}

TEST_CASE("short work and other places than a terminal see nothing of it") {
  const auto terminal =
      test::run_on_terminal({.argv = program({"audit", profile()})}, [](const std::string&) {});
  CHECK(terminal.code == 0);
  CHECK(terminal.seen == "");
  const test::TempDir work;
  const fs::path fifo = work.path() / "slow";
  REQUIRE(mkfifo(fifo.c_str(), 0600) == 0);
  // Longer than the second after which a terminal would be told.
  const std::string script = "(sleep 1.4; echo '{}') >'" + fifo.string() + "' & \"$@\"";
  std::vector<std::string> argv{"sh", "-c", script, "sh"};
  const auto command = program({"render", fifo.string()});
  argv.insert(argv.end(), command.begin(), command.end());
  const auto pipe = test::run(argv);
  CHECK(pipe.code == 3);
  CHECK(pipe.err == "crumbs: " + fifo.string() + ": the document: has no member schema\n");
}

}  // namespace
}  // namespace crumbs

#include "support/live_browser.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <set>
#include <stdexcept>
#include <thread>

#include "crumbs/render.h"

namespace crumbs::test {
namespace fs = std::filesystem;
namespace {

std::string first_word_lines(FILE* stream, std::string_view word, std::string& log) {
  std::array<char, 4096> line{};
  while (std::fgets(line.data(), line.size(), stream) != nullptr) {
    const std::string text(line.data());
    if (text.starts_with(word)) return text.substr(word.size());
    log += text;
  }
  return {};
}

std::string quoted(const fs::path& path) {
  return "'" + path.string() + "'";  // our own temporary paths have no quotes in them
}

/// The state letter of a process, '?' where it is gone.
char state_of(const fs::path& process) {
  std::string text;
  try {
    text = read_file(process / "stat");
  } catch (const std::exception&) {
    return '?';
  }
  const std::size_t end = text.rfind(')');
  return end == std::string::npos || end + 2 >= text.size() ? '?' : text[end + 2];
}

bool belongs_to(const fs::path& process, pid_t group) {
  try {
    return getpgid(std::stoi(process.filename().string())) == group;
  } catch (const std::exception&) {
    return false;  // not a process
  }
}

bool all_stopped(pid_t group) {
  return std::ranges::all_of(fs::directory_iterator("/proc"), [group](const auto& entry) {
    if (!belongs_to(entry.path(), group)) return true;
    const char state = state_of(entry.path());
    return state == 'T' || state == 'Z' || state == '?';
  });
}

std::string word(const std::optional<bool>& value) {
  if (!value) return "?";
  return *value ? "true" : "false";
}

std::string line(const Finding& finding) {
  const std::optional<Time>& expires = finding.times.expires;
  return fmt::format(
      "{} | {} | {} | {} | secure {} | http_only {} | session {} | {} | {} | {} | {}", finding.host,
      finding.name, finding.path, finding.value.text.value_or("?"), word(finding.attributes.secure),
      word(finding.attributes.http_only), word(finding.attributes.session),
      finding.attributes.same_site.value_or("?"),
      expires ? std::to_string(expires->unix_us / 1'000'000) : "-",
      finding.partition ? finding.partition->top_level_site : "-",
      finding.container ? std::to_string(finding.container->id) : "-");
}

std::string line(const nlohmann::json& cookie) {
  const auto text = [&cookie](const char* key) { return cookie.at(key).get<std::string>(); };
  const auto or_dash = [&cookie](const char* key) {
    const auto& value = cookie.at(key);
    if (value.is_null()) return std::string("-");
    return value.is_string() ? value.get<std::string>() : value.dump();
  };
  return fmt::format(
      "{} | {} | {} | {} | secure {} | http_only {} | session {} | {} | {} | {} | {}", text("host"),
      text("name"), text("path"), text("value"), cookie.at("secure").dump(),
      cookie.at("http_only").dump(), cookie.at("session").dump(), text("same_site"),
      or_dash("expires"), or_dash("partition"), or_dash("container"));
}

/// The cookies of a report as the browser's own list is written, sorted, each once: Firefox keeps
/// session cookies in several files.
std::vector<std::string> cookie_lines(const Report& report) {
  std::set<std::string> lines;
  for (const Finding& finding : report.findings) {
    if (finding.kind == ItemKind::cookie && finding.state == ItemState::current)
      lines.insert(line(finding));
  }
  return {lines.begin(), lines.end()};
}

}  // namespace

LiveBrowser::LiveBrowser(const std::string& name, const std::string& profile)
    : home_(work_.path() / "home"), profile_(home_ / profile) {
  fs::create_directories(profile_);
  fs::create_directories(work_.path() / "elsewhere");
  const std::string command =
      fmt::format("HOME={} exec node {} {} {} {} 2>&1", quoted(work_.path() / "elsewhere"),
                  quoted(source_dir() / "tests/browser/drive.mjs"), name, quoted(profile_),
                  quoted(work_.path() / "truth.json"));
  driver_ = popen(command.c_str(), "r");
  if (driver_ == nullptr) throw std::runtime_error("popen");
  std::string log;
  const std::string pids = first_word_lines(driver_, "ready ", log);
  if (std::sscanf(pids.c_str(), "%d %d", &browser_pid_, &driver_pid_) != 2) {
    pclose(driver_);
    throw std::runtime_error(log);
  }
  fmt::print("{}", log);  // of a start that failed before this one
}

LiveBrowser::~LiveBrowser() {
  thaw();
  kill(driver_pid_, SIGTERM);
  pclose(driver_);
}

std::vector<std::string> LiveBrowser::cookies() const {
  std::set<std::string> lines;
  for (const auto& cookie : nlohmann::json::parse(read_file(work_.path() / "truth.json")))
    lines.insert(line(cookie));
  return {lines.begin(), lines.end()};
}

void LiveBrowser::freeze() const {
  using namespace std::chrono_literals;
  kill(-browser_pid_, SIGSTOP);
  for (int tries = 0; !all_stopped(browser_pid_); ++tries) {
    if (tries == 500) throw std::runtime_error("the browser does not stop");
    std::this_thread::sleep_for(10ms);
  }
}

void LiveBrowser::thaw() const {
  kill(-browser_pid_, SIGCONT);
}

bool have_programs(const std::vector<std::string>& programs) {
  for (const std::string& program : programs) {
    if (run({"sh", "-c", "command -v " + program}).code == 0) continue;
    fmt::print("\nskipped: {} is not installed; ./dev test installs it where it can\n", program);
    return false;
  }
  return true;
}

void check_audit_while_open(const LiveBrowser& browser) {
  const std::map<std::string, std::string> home{{"HOME", browser.home().string()}};
  browser.freeze();
  const std::string before = describe_tree(browser.home());
  const auto audit = crumbs({"audit", "--all", "--values", "full", "--format", "json"}, home);
  const auto profiles = crumbs({"profiles"}, home);
  const std::string after = describe_tree(browser.home());
  browser.thaw();

  CHECK(before == after);
  INFO(audit.err);
  REQUIRE(audit.code == 0);
  const Report report = parse_report(audit.out, "stdout");
  CHECK(cookie_lines(report) == browser.cookies());
  CHECK(!report.profiles.empty());
  for (const ProfileReport& part : report.profiles) CHECK(part.profile.running.running);
  CHECK(profiles.code == 0);
  CHECK(profiles.out.find("running") != std::string::npos);
}

}  // namespace crumbs::test

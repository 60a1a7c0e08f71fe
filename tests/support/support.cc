#include "support/support.h"

#include <fcntl.h>
#include <linux/capability.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <poll.h>
#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdint>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <iterator>
#include <memory>
#include <sstream>
#include <stdexcept>
#include <thread>
#include <utility>

#include <fmt/format.h>
#include <openssl/evp.h>

namespace crumbs::test {
namespace fs = std::filesystem;
namespace {

std::string sha256(std::string_view bytes) {
  std::array<unsigned char, 32> digest{};
  unsigned size = 0;
  EVP_Digest(bytes.data(), bytes.size(), digest.data(), &size, EVP_sha256(), nullptr);
  std::string hex;
  for (const unsigned char byte : digest) hex += fmt::format("{:02x}", byte);
  return hex;
}

std::string describe(const fs::path& file, const fs::path& root) {
  struct stat status {};
  if (lstat(file.c_str(), &status) != 0) throw std::runtime_error("lstat " + file.string());
  std::string content;
  if (S_ISREG(status.st_mode)) content = sha256(read_file(file));
  if (S_ISLNK(status.st_mode)) content = "-> " + fs::read_symlink(file).string();
  return fmt::format("{} {:o} {} {}.{:09} {}\n", file.lexically_relative(root).string(),
                     status.st_mode, status.st_size, status.st_mtim.tv_sec, status.st_mtim.tv_nsec,
                     content);
}

struct Pipe {
  int read = -1, write = -1;
  Pipe() {
    std::array<int, 2> ends{};
    if (pipe2(ends.data(), O_CLOEXEC) != 0) throw std::runtime_error("pipe2");
    read = ends[0];
    write = ends[1];
  }
};

[[noreturn]] void exec_child(const std::vector<std::string>& argv,
                             const std::map<std::string, std::string>& environment, const Pipe& in,
                             const Pipe& out, const Pipe& err) {
  dup2(in.read, 0);
  dup2(out.write, 1);
  dup2(err.write, 2);
  std::vector<std::string> variables;
  for (const char* name :
       {"PATH", "ASAN_OPTIONS", "UBSAN_OPTIONS", "TSAN_OPTIONS", "LSAN_OPTIONS"}) {
    if (const char* value = std::getenv(name); value != nullptr)
      variables.push_back(std::string(name) + "=" + value);
  }
  for (const auto& [name, value] : environment) variables.push_back(name + "=" + value);
  std::vector<char*> arguments, env;
  for (const auto& argument : argv) arguments.push_back(const_cast<char*>(argument.c_str()));
  for (const auto& variable : variables) env.push_back(const_cast<char*>(variable.c_str()));
  arguments.push_back(nullptr);
  env.push_back(nullptr);
  execvpe(arguments[0], arguments.data(), env.data());
  _exit(127);
}

void drain(int out, int err, ProcessResult& result) {
  std::array<pollfd, 2> ends{
      {{.fd = out, .events = POLLIN, .revents = 0}, {.fd = err, .events = POLLIN, .revents = 0}}};
  int open = 2;
  std::array<char, 65536> buffer{};
  while (open > 0) {
    if (poll(ends.data(), ends.size(), -1) < 0 && errno != EINTR) throw std::runtime_error("poll");
    for (std::size_t i = 0; i < ends.size(); ++i) {
      if (ends[i].fd < 0 || ends[i].revents == 0) continue;
      const ssize_t count = read(ends[i].fd, buffer.data(), buffer.size());
      if (count > 0)
        (i == 0 ? result.out : result.err).append(buffer.data(), static_cast<std::size_t>(count));
      if (count == 0) {
        close(ends[i].fd);
        ends[i].fd = -1;
        --open;
      }
    }
  }
}

}  // namespace

TempDir::TempDir() {
  std::string pattern = (fs::temp_directory_path() / "crumbs-test-XXXXXX").string();
  if (mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("mkdtemp " + pattern);
  path_ = pattern;
}

TempDir::~TempDir() {
  std::error_code ignored;
  fs::remove_all(path_, ignored);
}

fs::path source_dir() {
  return CRUMBS_SOURCE_DIR;
}
fs::path fixture(std::string_view relative) {
  return source_dir() / "fixtures" / relative;
}
fs::path crumbs_program() {
  return CRUMBS_PROGRAM;
}

std::string read_file(const fs::path& file) {
  std::ifstream stream(file, std::ios::binary);
  if (!stream) throw std::runtime_error("cannot read " + file.string());
  std::ostringstream bytes;
  bytes << stream.rdbuf();
  return bytes.str();
}

void write_file(const fs::path& file, std::string_view bytes) {
  fs::create_directories(file.parent_path());
  std::ofstream stream(file, std::ios::binary);
  stream.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  if (!stream.flush()) throw std::runtime_error("cannot write " + file.string());
}

void copy_tree(const fs::path& from, const fs::path& to) {
  fs::create_directories(to);
  const ProcessResult copied = run({"cp", "-a", from.string() + "/.", to.string()});
  if (copied.code != 0) throw std::runtime_error(copied.err);
  run({"chmod", "-R", "u+rwX", to.string()});
}

ProcessResult run(const std::vector<std::string>& argv,
                  const std::map<std::string, std::string>& environment, const std::string& input) {
  Pipe in, out, err;
  const pid_t child = fork();
  if (child < 0) throw std::runtime_error("fork");
  if (child == 0) exec_child(argv, environment, in, out, err);
  close(in.read);
  close(out.write);
  close(err.write);
  if (!input.empty() && write(in.write, input.data(), input.size()) < 0)
    throw std::runtime_error("write");
  close(in.write);
  ProcessResult result;
  drain(out.read, err.read, result);
  int status = 0;
  waitpid(child, &status, 0);
  result.code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  return result;
}

ProcessResult crumbs(const std::vector<std::string>& arguments,
                     const std::map<std::string, std::string>& environment) {
  std::vector<std::string> argv{crumbs_program().string()};
  argv.insert(argv.end(), arguments.begin(), arguments.end());
  return run(argv, environment);
}

ProcessResult crumbs_bound_by_modes(const std::vector<std::string>& arguments,
                                    const std::map<std::string, std::string>& environment) {
  std::vector<std::string> argv;
  if (geteuid() == 0) argv = {"setpriv", "--bounding-set=-dac_override,-dac_read_search"};
  argv.push_back(crumbs_program().string());
  argv.insert(argv.end(), arguments.begin(), arguments.end());
  return run(argv, environment);
}

void be_bound_by_modes() {
  __user_cap_header_struct header{_LINUX_CAPABILITY_VERSION_3, 0};
  std::array<__user_cap_data_struct, 2> sets{};
  const auto bits = (1U << CAP_DAC_OVERRIDE) | (1U << CAP_DAC_READ_SEARCH);
  bool done = syscall(SYS_capget, &header, sets.data()) == 0;
  for (std::uint32_t* set : {&sets[0].effective, &sets[0].permitted, &sets[0].inheritable})
    *set &= ~bits;
  done = done && syscall(SYS_capset, &header, sets.data()) == 0;
  if (!done) throw std::runtime_error("capset");
}

void wait_for_tick(const fs::path& file) {
  struct stat status {};
  if (stat(file.c_str(), &status) != 0) throw std::runtime_error("no such file: " + file.string());
  const auto later = [&] {
    timespec now{};
    clock_gettime(CLOCK_REALTIME_COARSE, &now);
    return std::pair(now.tv_sec, now.tv_nsec) >
           std::pair(status.st_ctim.tv_sec, status.st_ctim.tv_nsec);
  };
  while (!later()) std::this_thread::yield();
}

std::string describe_tree(const fs::path& root) {
  std::vector<std::string> lines{describe(root, root)};
  for (const auto& entry : fs::recursive_directory_iterator(root))
    lines.push_back(describe(entry.path(), root));
  std::ranges::sort(lines);
  std::string all;
  for (const auto& line : lines) all += line;
  return all;
}

namespace {

using Connection = std::unique_ptr<sqlite3, decltype(&sqlite3_close)>;

Connection open_database(const fs::path& file) {
  fs::create_directories(file.parent_path());
  sqlite3* database = nullptr;
  if (sqlite3_open(file.c_str(), &database) != SQLITE_OK)
    throw std::runtime_error("sqlite3_open " + file.string());
  return {database, sqlite3_close};
}

void run_sql(sqlite3* database, std::string_view sql) {
  char* message = nullptr;
  const int code = sqlite3_exec(database, std::string(sql).c_str(), nullptr, nullptr, &message);
  const std::string text = message == nullptr ? "" : message;
  sqlite3_free(message);
  if (code != SQLITE_OK) throw std::runtime_error("SQL: " + text);
}

}  // namespace

void build_database(const fs::path& file, std::string_view sql) {
  const Connection database = open_database(file);
  run_sql(database.get(), sql);
}

void build_interrupted(const fs::path& file, std::string_view before, std::string_view change) {
  const TempDir work;
  const fs::path source = work.path() / "db";
  const Connection database = open_database(source);
  run_sql(database.get(), before);
  run_sql(database.get(), change);
  fs::create_directories(file.parent_path());
  for (const char* suffix : {"", "-wal", "-journal"}) {
    if (fs::exists(source.string() + suffix))
      fs::copy_file(source.string() + suffix, file.string() + suffix);
  }
}

std::string unhex(std::string_view digits) {
  std::string bytes, pair;
  for (const char c : digits) {
    if (c == ' ' || c == '\n') continue;
    pair += c;
    if (pair.size() == 2) {
      bytes += static_cast<char>(std::stoi(pair, nullptr, 16));
      pair.clear();
    }
  }
  return bytes;
}

}  // namespace crumbs::test

#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace crumbs::test {

/// A directory of its own that goes away with the object. 0700.
class TempDir {
 public:
  TempDir();
  ~TempDir();
  TempDir(const TempDir&) = delete;
  TempDir& operator=(const TempDir&) = delete;
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

/// `fixtures/` of the source tree and what is below it.
[[nodiscard]] std::filesystem::path fixture(std::string_view relative);
/// The source tree's root.
[[nodiscard]] std::filesystem::path source_dir();
/// The built program.
[[nodiscard]] std::filesystem::path crumbs_program();

[[nodiscard]] std::string read_file(const std::filesystem::path& file);
void write_file(const std::filesystem::path& file, std::string_view bytes);
/// Copies a fixture tree with its modification times and links, writable.
void copy_tree(const std::filesystem::path& from, const std::filesystem::path& to);

struct ProcessResult {
  int code = -1;  ///< exit code, or 128 + signal
  std::string out, err;
};
/// Runs a program without a shell. `environment` replaces the inherited one but for PATH.
ProcessResult run(const std::vector<std::string>& argv,
                  const std::map<std::string, std::string>& environment = {},
                  const std::string& input = {});
/// run() of the built program: crumbs({"audit", path}).
ProcessResult crumbs(const std::vector<std::string>& arguments,
                     const std::map<std::string, std::string>& environment = {});

/// crumbs() by somebody whom file modes bind, whoever runs the tests: root reads and writes
/// anything.
ProcessResult crumbs_bound_by_modes(const std::vector<std::string>& arguments,
                                    const std::map<std::string, std::string>& environment = {});
/// The same for this process, for good: in a forked child.
void be_bound_by_modes();

/// One line a file below `root`: name, type, mode, size, mtime in ns, SHA-256 or link target;
/// sorted. Equal strings: nothing was changed.
[[nodiscard]] std::string describe_tree(const std::filesystem::path& root);

/// Returns once a change to the file would get a later time than its last one has: files are
/// stamped with a clock that moves some hundred times a second.
void wait_for_tick(const std::filesystem::path& file);

/// Builds a database from SQL text with the sqlite3 library; no shell needed.
void build_database(const std::filesystem::path& file, std::string_view sql);
/// The files of a database while `change` of it is under way, as a killed browser leaves them:
/// with a journal or a WAL.
void build_interrupted(const std::filesystem::path& file, std::string_view before,
                       std::string_view change);
/// Bytes from hexadecimal digits; spaces are ignored.
[[nodiscard]] std::string unhex(std::string_view digits);

}  // namespace crumbs::test

// Reading saved reports, within bounds.
#include "report_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <filesystem>
#include <fstream>
#include <string>
#include <system_error>

#include <fmt/format.h>

#include "crumbs/error.h"
#include "crumbs/printable.h"
#include "crumbs/render.h"

namespace crumbs::cli {
namespace {

/// A report takes some 2 KiB a finding, and several times its size in memory while it is read.
constexpr std::size_t kMaxReportBytes = std::size_t{512} << 20U;

/// Closes what it opened; standard input stays open.
class InputFile {
 public:
  explicit InputFile(const std::string& path)
      : fd_(path == "-" ? STDIN_FILENO : open(path.c_str(), O_RDONLY | O_CLOEXEC)) {}
  ~InputFile() {
    if (fd_ > STDIN_FILENO) close(fd_);
  }
  InputFile(const InputFile&) = delete;
  InputFile& operator=(const InputFile&) = delete;
  [[nodiscard]] int fd() const { return fd_; }

 private:
  int fd_;
};

[[noreturn]] void cannot_read(const std::string& name, int error) {
  throw Error(error == ENOENT || error == ENOTDIR ? ErrorCode::not_found : ErrorCode::io,
              fmt::format("{}: {}", name, std::generic_category().message(error)));
}

std::string read_bytes(const std::string& path, const std::string& name) {
  const InputFile file(path);
  if (file.fd() < 0) cannot_read(name, errno);
  std::string bytes;
  std::array<char, 65536> piece{};
  for (;;) {
    const ssize_t count = read(file.fd(), piece.data(), piece.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) cannot_read(name, errno);
    if (count == 0) return bytes;
    bytes.append(piece.data(), static_cast<std::size_t>(count));
    if (bytes.size() > kMaxReportBytes)
      throw Error(ErrorCode::invalid, fmt::format("{}: over {} MiB, too large for a report", name,
                                                  kMaxReportBytes >> 20U));
  }
}

}  // namespace

bool is_report_file(const std::string& path) {
  std::error_code ignored;
  const auto status = std::filesystem::status(path, ignored);
  if (std::filesystem::is_fifo(status)) return true;
  if (!std::filesystem::is_regular_file(status)) return false;
  std::ifstream stream(path, std::ios::binary);
  if (!stream) return true;  // reading it says why
  char c = ' ';
  for (int i = 0; i < 4096 && (c == ' ' || c == '\t' || c == '\n' || c == '\r'); ++i) {
    if (!stream.get(c)) return false;
  }
  return c == '{';
}

Report read_report_file(const std::string& path) {
  const std::string name = path == "-" ? "standard input" : printable(path);
  return parse_report(read_bytes(path, name), name);
}

}  // namespace crumbs::cli

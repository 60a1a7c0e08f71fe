#pragma once

/// Writing results: to stdout, or to files that appear whole or not at all.

#include <array>
#include <memory>
#include <ostream>
#include <span>
#include <streambuf>
#include <string>
#include <vector>

#include "crumbs/render.h"
#include "signals.h"

namespace crumbs::cli {

/// Buffers what is written to a file descriptor it does not own; keeps the first error.
class DescriptorBuffer : public std::streambuf {
 public:
  explicit DescriptorBuffer(int fd);
  [[nodiscard]] int error() const { return error_; }  ///< errno of the first failure, or 0

 protected:
  int_type overflow(int_type c) override;
  int sync() override;

 private:
  bool write_out();

  int fd_;
  int error_ = 0;
  std::array<char, 65536> buffer_{};
};

/// One place that results go to. A file is written under another name in the same directory, mode
/// 0600, and takes its name at commit(); without a commit nothing is left of it. One thread.
class Output {
 public:
  /// `path` "-" is stdout. Throws Error(usage) where `path` is there and no regular file (a link
  /// included), Error(io) where the directory cannot be written.
  Output(std::string format, std::string path);
  ~Output();
  Output(const Output&) = delete;
  Output& operator=(const Output&) = delete;

  [[nodiscard]] const std::string& format() const { return format_; }
  [[nodiscard]] bool is_stdout() const { return path_ == "-"; }
  [[nodiscard]] std::ostream& stream() { return *stream_; }
  /// Throws Error(io) where anything could not be written. A reader of stdout that has gone away is
  /// no error.
  void commit();

 private:
  void open_temporary();
  [[noreturn]] void fail(int error) const;

  std::string format_, path_, temporary_;
  int fd_ = -1;
  std::unique_ptr<WatchedFile> watched_;
  std::unique_ptr<DescriptorBuffer> buffer_;
  std::unique_ptr<std::ostream> stream_;
};

/// Whether any of them is a terminal, which a line of progress would break up.
[[nodiscard]] bool write_to_terminal(const std::vector<std::unique_ptr<Output>>& outputs);

/// What -f and -o ask for. `pairs`: "FORMAT=FILE" or "FILE" (in `format`). None: stdout, in
/// `format`; that too where a format was given and every output names its own. Throws Error(usage)
/// for a format that is not of `known` or a place named twice; as Output otherwise.
[[nodiscard]] std::vector<std::unique_ptr<Output>> open_outputs(
    const std::string& format, bool format_given, const std::vector<std::string>& pairs,
    std::span<const FormatInfo> known = formats());

}  // namespace crumbs::cli

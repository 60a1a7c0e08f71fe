#include "output.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <set>
#include <string_view>
#include <system_error>

#include <fmt/format.h>

#include "color.h"
#include "crumbs/error.h"
#include "crumbs/printable.h"
#include "crumbs/render.h"

namespace crumbs::cli {
namespace {

std::string_view kind_of(mode_t mode) {
  if (S_ISDIR(mode)) return "a directory";
  if (S_ISLNK(mode)) return "a symbolic link";
  return "no regular file";
}

void require_replaceable(const std::string& path) {
  struct stat status {};
  if (lstat(path.c_str(), &status) != 0 || S_ISREG(status.st_mode)) return;
  throw Error(ErrorCode::usage, fmt::format("{}: is {}; only a regular file is replaced",
                                            printable(path), kind_of(status.st_mode)));
}

using Formats = std::span<const FormatInfo>;

bool is_format(Formats known, std::string_view name) {
  return std::ranges::any_of(known, [&](const FormatInfo& format) { return format.id == name; });
}

std::string format_names(Formats known) {
  std::string names;
  for (const FormatInfo& format : known)
    names += fmt::format("{}{}", names.empty() ? "" : ", ", format.id);
  return names;
}

struct Place {
  std::string format, path;
  bool names_format = false;
};

/// A file whose name holds `=` is written with its directory: `./a=b`.
Place place_of(const std::string& argument, const std::string& format, Formats known) {
  const std::size_t equals = argument.find('=');
  if (equals == std::string::npos || argument.find('/') < equals) return {format, argument, false};
  Place place{argument.substr(0, equals), argument.substr(equals + 1), true};
  if (!is_format(known, place.format))
    throw Error(ErrorCode::usage,
                fmt::format("-o {}: there is no format {} (there are {})", printable(argument),
                            printable(place.format), format_names(known)));
  return place;
}

std::string identity(const std::string& path) {
  return path == "-" ? path : std::filesystem::absolute(path).lexically_normal().string();
}

}  // namespace

DescriptorBuffer::DescriptorBuffer(int fd) : fd_(fd) {
  setp(buffer_.data(), buffer_.data() + buffer_.size());
}

bool DescriptorBuffer::write_out() {
  const char* from = pbase();
  while (from < pptr() && error_ == 0) {
    const ssize_t count = write(fd_, from, static_cast<std::size_t>(pptr() - from));
    if (count >= 0)
      from += count;
    else if (errno != EINTR)
      error_ = errno;
  }
  setp(buffer_.data(), buffer_.data() + buffer_.size());
  return error_ == 0;
}

DescriptorBuffer::int_type DescriptorBuffer::overflow(int_type c) {
  if (!write_out()) return traits_type::eof();
  if (!traits_type::eq_int_type(c, traits_type::eof())) sputc(traits_type::to_char_type(c));
  return traits_type::not_eof(c);
}

int DescriptorBuffer::sync() {
  return write_out() ? 0 : -1;
}

Output::Output(std::string format, std::string path)
    : format_(std::move(format)), path_(std::move(path)) {
  if (is_stdout()) {
    fd_ = STDOUT_FILENO;
  } else {
    require_replaceable(path_);
    open_temporary();
  }
  buffer_ = std::make_unique<DescriptorBuffer>(fd_);
  stream_ = std::make_unique<std::ostream>(buffer_.get());
}

Output::~Output() {
  if (temporary_.empty()) return;
  close(fd_);
  unlink(temporary_.c_str());
}

void Output::open_temporary() {
  const std::size_t slash = path_.rfind('/');
  std::string pattern = slash == std::string::npos ? "" : path_.substr(0, slash + 1);
  pattern += ".crumbs-XXXXXX";
  fd_ = mkostemp(pattern.data(), O_CLOEXEC);
  if (fd_ < 0) fail(errno);
  temporary_ = pattern;
  watched_ = std::make_unique<WatchedFile>(temporary_);
}

void Output::fail(int error) const {
  throw Error(ErrorCode::io, fmt::format("cannot write {}: {}",
                                         is_stdout() ? "to standard output" : printable(path_),
                                         std::generic_category().message(error)));
}

void Output::commit() {
  stream_->flush();
  if (is_stdout() && buffer_->error() == EPIPE) return;
  if (buffer_->error() != 0) fail(buffer_->error());
  if (is_stdout()) return;
  if (fsync(fd_) != 0 && errno != EINVAL) fail(errno);
  require_replaceable(path_);
  if (rename(temporary_.c_str(), path_.c_str()) != 0) fail(errno);
  temporary_.clear();
  watched_.reset();
  if (close(fd_) != 0) fail(errno);
}

bool write_to_terminal(const std::vector<std::unique_ptr<Output>>& outputs) {
  return stdout_is_terminal() &&
         std::ranges::any_of(outputs, [](const auto& output) { return output->is_stdout(); });
}

std::vector<std::unique_ptr<Output>> open_outputs(const std::string& format, bool format_given,
                                                  const std::vector<std::string>& pairs,
                                                  Formats known) {
  std::vector<Place> places;
  places.reserve(pairs.size() + 1);
  for (const std::string& pair : pairs) places.push_back(place_of(pair, format, known));
  const bool unused = std::ranges::all_of(places, &Place::names_format);
  if (places.empty() || (format_given && unused)) places.push_back({format, "-", false});
  std::vector<std::unique_ptr<Output>> outputs;
  std::set<std::string> taken;
  for (const Place& place : places) {
    if (place.path.empty()) throw Error(ErrorCode::usage, "-o needs the name of a file");
    if (!taken.insert(identity(place.path)).second)
      throw Error(ErrorCode::usage,
                  fmt::format("two outputs go to {}",
                              place.path == "-" ? "standard output" : printable(place.path)));
    outputs.push_back(std::make_unique<Output>(place.format, place.path));
  }
  return outputs;
}

}  // namespace crumbs::cli

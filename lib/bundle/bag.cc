#include "bundle/bag.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <streambuf>
#include <system_error>

#include <fmt/format.h>

#include "crumbs/error.h"
#include "crumbs/printable.h"
#include "crumbs/render.h"
#include "system/sha256.h"

namespace crumbs {
namespace fs = std::filesystem;
namespace {

[[noreturn]] void cannot_write(const std::string& place, int error) {
  throw Error(ErrorCode::io, fmt::format("cannot write {}: {}", printable(place),
                                         std::generic_category().message(error)));
}

/// `out/` is `out`: a name is needed to give.
fs::path without_slash(const fs::path& place) {
  std::string text = place.native();
  while (text.size() > 1 && text.back() == '/') text.pop_back();
  return text;
}

fs::path parent_of(const fs::path& place) {
  return place.has_parent_path() ? place.parent_path() : fs::path(".");
}

/// Not every file system can do it (EINVAL).
void sync_descriptor(int fd, const std::string& place) {
  if (fsync(fd) != 0 && errno != EINVAL) cannot_write(place, errno);
}

}  // namespace

class HashedFile::Buffer : public std::streambuf {
 public:
  explicit Buffer(FileDescriptor fd) : fd_(std::move(fd)) {
    setp(buffer_.data(), buffer_.data() + buffer_.size());
  }
  [[nodiscard]] int error() const { return error_; }
  [[nodiscard]] int fd() const { return fd_.get(); }
  [[nodiscard]] std::uint64_t bytes() const { return bytes_; }
  [[nodiscard]] std::string hex() { return hash_.hex(); }
  bool flush() {
    write_out({pbase(), static_cast<std::size_t>(pptr() - pbase())});
    setp(buffer_.data(), buffer_.data() + buffer_.size());
    return error_ == 0;
  }

 protected:
  int_type overflow(int_type c) override {
    if (!flush()) return traits_type::eof();
    if (!traits_type::eq_int_type(c, traits_type::eof())) sputc(traits_type::to_char_type(c));
    return traits_type::not_eof(c);
  }
  std::streamsize xsputn(const char* from, std::streamsize count) override {
    if (count < epptr() - pptr()) return std::streambuf::xsputn(from, count);
    if (flush()) write_out({from, static_cast<std::size_t>(count)});
    return error_ == 0 ? count : 0;
  }
  int sync() override { return flush() ? 0 : -1; }

 private:
  void write_out(std::string_view rest) {
    if (error_ != 0) return;
    hash_.update(rest.data(), rest.size());
    bytes_ += rest.size();
    while (!rest.empty() && error_ == 0) {
      const ssize_t count = ::write(fd_.get(), rest.data(), rest.size());
      if (count >= 0)
        rest.remove_prefix(static_cast<std::size_t>(count));
      else if (errno != EINTR)
        error_ = errno;
    }
  }

  FileDescriptor fd_;
  int error_ = 0;
  std::uint64_t bytes_ = 0;
  Sha256 hash_;
  std::array<char, 65536> buffer_{};
};

HashedFile::HashedFile(int root, std::string relative, const fs::path& bag)
    : relative_(std::move(relative)), bag_(bag.string()) {
  FileDescriptor fd(openat(root, relative_.c_str(),
                           O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC,
                           S_IRUSR | S_IWUSR));
  if (!fd.valid()) cannot_write(bag_ + "/" + relative_, errno);
  buffer_ = std::make_unique<Buffer>(std::move(fd));
  stream_ = std::make_unique<std::ostream>(buffer_.get());
}

HashedFile::~HashedFile() = default;

std::ostream& HashedFile::stream() {
  return *stream_;
}

void HashedFile::write(std::string_view bytes) {
  stream_->write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  if (buffer_->error() != 0) cannot_write(bag_ + "/" + relative_, buffer_->error());
}

BagFile HashedFile::finish() {
  const std::string place = bag_ + "/" + relative_;
  if (!buffer_->flush()) cannot_write(place, buffer_->error());
  sync_descriptor(buffer_->fd(), place);
  return {relative_, buffer_->bytes(), buffer_->hex()};
}

void require_new(const fs::path& place) {
  const fs::path path = without_slash(place);
  struct stat status {};
  if (path.empty()) throw Error(ErrorCode::usage, "the bundle needs the name of a directory");
  if (lstat(path.c_str(), &status) == 0)
    throw Error(ErrorCode::usage, fmt::format("{}: is already there; a bundle goes to a directory "
                                              "of its own, which is made for it",
                                              printable(path.string())));
  if (errno != ENOENT) cannot_write(path.string(), errno);
  if (stat(parent_of(path).c_str(), &status) != 0) cannot_write(path.string(), errno);
}

fs::path BagWriter::checked(const fs::path& place) {
  require_new(place);
  return without_slash(place);
}

BagWriter::BagWriter(const fs::path& place)
    : place_(checked(place)),
      directory_(TemporaryDir::make(parent_of(place_), ".crumbs-", "a bundle")),
      root_(open(directory_.path().c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)) {
  if (!root_.valid()) cannot_write(place_.string(), errno);
}

void BagWriter::make_parents(std::string_view path) {
  for (std::size_t slash = path.find('/'); slash != std::string_view::npos;
       slash = path.find('/', slash + 1)) {
    const std::string directory(path.substr(0, slash));
    if (!made_.insert(directory).second) continue;
    if (mkdirat(root_.get(), directory.c_str(), S_IRWXU) != 0)
      cannot_write((place_ / directory).string(), errno);
  }
}

HashedFile BagWriter::create(const std::string& path) {
  make_parents(path);
  return {root_.get(), path, place_};
}

void BagWriter::write(const std::string& path, std::string_view bytes) {
  write(path, [bytes](std::ostream& out) { out << bytes; });
}

void BagWriter::write(const std::string& path, const std::function<void(std::ostream&)>& render) {
  HashedFile file = create(path);
  render(file.stream());
  add(file.finish());
}

std::uint64_t BagWriter::payload_bytes() const {
  std::uint64_t bytes = 0;
  for (const BagFile& file : payload_) bytes += file.bytes;
  return bytes;
}

BagFile BagWriter::write_tag(std::string_view name, std::string_view bytes) {
  HashedFile file(root_.get(), std::string(name), place_);
  file.write(bytes);
  return file.finish();
}

void BagWriter::sync(const std::string& relative) const {
  const FileDescriptor directory(
      openat(root_.get(), relative.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
  if (!directory.valid()) cannot_write((place_ / relative).string(), errno);
  sync_descriptor(directory.get(), (place_ / relative).string());
}

void BagWriter::commit(const std::vector<std::pair<std::string, std::string>>& info) {
  std::string lines;
  for (const auto& [label, value] : info) lines += fmt::format("{}: {}\n", label, value);
  lines += fmt::format("Payload-Oxum: {}.{}\n", payload_bytes(), payload_.size());
  std::vector<BagFile> tags;
  tags.push_back(write_tag(kBagItFile, kBagItDeclaration));
  tags.push_back(write_tag(kBagInfoFile, lines));
  tags.push_back(write_tag(kManifestFile, to_manifest(payload_)));
  (void)write_tag(kTagManifestFile, to_manifest(tags));
  for (const std::string& directory : made_) sync(directory);
  sync(".");
  const int error = directory_.move_to(fs::absolute(place_));
  if (error == EEXIST || error == ENOTEMPTY) require_new(place_);
  if (error != 0) cannot_write(place_.string(), error);
  // It is there whole by now: not an error of this bundle any more.
  const FileDescriptor parent(open(parent_of(place_).c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (parent.valid()) fsync(parent.get());
}

}  // namespace crumbs

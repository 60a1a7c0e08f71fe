#include "formats/leveldb/input.h"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <string>

#include "crumbs/error.h"

namespace crumbs::leveldb {
namespace {

/// Small enough for the second-level cache, large enough that system calls do not count.
constexpr std::size_t kWindow = std::size_t{128} << 10U;

}  // namespace

void Buffer::release() noexcept {
  bytes_.reset();
  if (memory_ != nullptr) memory_->give_back(capacity_);
  capacity_ = 0;
}

char* Buffer::reserve(std::size_t size) {
  if (size <= capacity_) return bytes_.get();
  release();
  if (memory_ != nullptr && !memory_->take(size))
    throw Error(ErrorCode::corrupt, "over the memory budget");
  capacity_ = size;
  bytes_ = std::make_unique_for_overwrite<char[]>(size);
  return bytes_.get();
}

std::string_view Input::fetch_outside(std::uint64_t offset, std::size_t count) {
  if (offset >= size_) return {};
  count = static_cast<std::size_t>(std::min<std::uint64_t>(count, size_ - offset));
  if (from_memory_) return memory_.substr(static_cast<std::size_t>(offset), count);
  fill(offset, count);
  return {window_.data(), std::min(count, window_size_)};
}

void Input::fill(std::uint64_t offset, std::size_t count) {
  const std::size_t want =
      static_cast<std::size_t>(std::min<std::uint64_t>(std::max(count, kWindow), size_ - offset));
  window_size_ = 0;
  char* window = window_.reserve(want);
  window_offset_ = offset;
  while (window_size_ < want) {
    const ssize_t got = ::pread(fd_, window + window_size_, want - window_size_,
                                static_cast<off_t>(offset + window_size_));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) throw Error(ErrorCode::io, std::string("cannot be read: ") + std::strerror(errno));
    if (got == 0) break;
    window_size_ += static_cast<std::size_t>(got);
  }
}

}  // namespace crumbs::leveldb

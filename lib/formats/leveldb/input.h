#pragma once

/// The bytes of one file of a LevelDB, read in sequence.
///
/// Files are read with pread(2) into a window, not mapped: a mapped file that another process cuts
/// short kills the reader with SIGBUS, and a copy through the window costs a few per cent of what
/// the checksums and the decompression do.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>
#include <utility>

#include "system/io.h"

namespace crumbs::leveldb {

/// Memory that several readers share. One thread.
class Memory {
 public:
  explicit Memory(std::size_t bytes) noexcept : left_(bytes) {}
  [[nodiscard]] bool take(std::size_t bytes) noexcept {
    if (bytes > left_) return false;
    left_ -= bytes;
    return true;
  }
  void give_back(std::size_t bytes) noexcept { left_ += bytes; }

 private:
  std::size_t left_;
};

/// A buffer whose bytes are taken from a Memory and given back at its end. One thread.
class Buffer {
 public:
  explicit Buffer(Memory* memory) noexcept : memory_(memory) {}
  ~Buffer() { release(); }
  Buffer(Buffer&& other) noexcept
      : memory_(other.memory_),
        bytes_(std::move(other.bytes_)),
        capacity_(std::exchange(other.capacity_, 0)) {}
  Buffer& operator=(Buffer&&) = delete;
  Buffer(const Buffer&) = delete;
  Buffer& operator=(const Buffer&) = delete;

  /// At least `size` bytes; what was in them is gone where it has to grow. Throws Error(corrupt)
  /// where the memory does not allow it.
  char* reserve(std::size_t size);
  [[nodiscard]] char* data() const noexcept { return bytes_.get(); }

 private:
  void release() noexcept;
  Memory* memory_;
  std::unique_ptr<char[]> bytes_;
  std::size_t capacity_ = 0;
};

/// Reads a file through a window, or views bytes in memory. One thread.
class Input {
 public:
  explicit Input(std::string_view memory) noexcept
      : memory_(memory), size_(memory.size()), window_(nullptr), from_memory_(true) {}
  /// `fd` outlives the input, unless it is that of `owned`. `memory` outlives it and bounds its
  /// window; null: unbounded.
  Input(int fd, std::uint64_t size, Memory* memory,
        FileDescriptor owned = FileDescriptor()) noexcept
      : size_(size), window_(memory), owned_(std::move(owned)), fd_(fd) {}

  [[nodiscard]] std::uint64_t size() const noexcept { return size_; }
  /// Bytes [offset, offset + count), valid until the next call; fewer where the file ends first.
  /// Throws Error(io) where the system cannot read them.
  std::string_view fetch(std::uint64_t offset, std::size_t count) {
    if (offset >= window_offset_ && offset - window_offset_ <= window_size_ &&
        window_size_ - (offset - window_offset_) >= count && !from_memory_)
      return {window_.data() + (offset - window_offset_), count};
    return fetch_outside(offset, count);
  }

 private:
  std::string_view fetch_outside(std::uint64_t offset, std::size_t count);
  void fill(std::uint64_t offset, std::size_t count);

  std::string_view memory_;
  std::uint64_t size_ = 0;
  std::uint64_t window_offset_ = 0;
  std::size_t window_size_ = 0;
  Buffer window_;
  FileDescriptor owned_;
  int fd_ = -1;
  bool from_memory_ = false;
};

}  // namespace crumbs::leveldb

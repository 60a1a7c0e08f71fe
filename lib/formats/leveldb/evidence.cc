#include "formats/leveldb/evidence.h"

#include <exception>
#include <utility>

#include "system/parallel.h"

namespace crumbs::leveldb {
namespace {

constexpr std::size_t kChunk = std::size_t{256} << 10U;

/// nullopt where the work was stopped or the file is shorter than it was.
std::optional<std::string> hash_file(const File& file, const std::stop_token& stop) {
  Input input = file.input(nullptr);
  Sha256 sha;
  for (std::uint64_t offset = 0; offset < file.size();) {
    if (stop.stop_requested()) return std::nullopt;
    const std::string_view bytes = input.fetch(offset, kChunk);
    if (bytes.empty()) return std::nullopt;
    sha.update(bytes.data(), bytes.size());
    offset += bytes.size();
  }
  return sha.hex();
}

}  // namespace

Evidence::Evidence(const std::vector<File>& files)
    : files_(files),
      hashes_(files.size()),
      worker_(start_thread([this](const std::stop_token& stop) { hash(stop); })) {}

void Evidence::hash(const std::stop_token& stop) {
  for (std::size_t i = 0; i < files_.size() && !stop.stop_requested(); ++i) {
    try {
      hashes_[i] = hash_file(files_[i], stop);
    } catch (const std::exception&) {
      hashes_[i].reset();  // the missing hash is told by whoever asks for it
    }
  }
}

std::vector<std::optional<std::string>> Evidence::finish() {
  worker_ ? worker_->join() : hash({});
  return std::move(hashes_);
}

}  // namespace crumbs::leveldb

#include "snapshot/snapshot.h"

#include <array>
#include <chrono>
#include <thread>
#include <utility>

#include "crumbs/error.h"
#include "diagnostics.h"
#include "snapshot/copy.h"
#include "snapshot/source.h"

namespace crumbs {

struct Snapshot::Data {
  PrivateCopy copy;
  sqlite::Image image;
};

namespace {

using namespace std::chrono_literals;

/// Pauses before the second and later attempts: longer than a browser's small transaction, shorter
/// than anyone's patience.
constexpr std::array kPauses = {10ms, 40ms, 160ms};

}  // namespace

Snapshot Snapshot::take(const std::filesystem::path& root, std::string_view relative,
                        std::string display, const ReadLimits& limits,
                        const std::function<void(std::size_t attempt)>& copied) {
  auto data = std::make_unique<Data>();
  data->image.display = std::move(display);
  for (std::size_t attempt = 0;; ++attempt) {
    const SnapshotSource source(root, relative);
    data->copy = PrivateCopy();  // one copy at a time: the last one goes before the next is made
    data->copy = copy_source(source, data->image.display, limits);
    if (copied) copied(attempt);
    if (source.held_still()) break;
    if (attempt == kPauses.size()) {
      data->copy.diagnostics.push_back(
          make_diagnostic(DiagnosticCode::changed_while_reading, Diagnostic::Severity::incomplete,
                          "kept changing while it was copied; items may be "
                          "missing or out of date",
                          data->image.display));
      break;
    }
    std::this_thread::sleep_for(kPauses.at(attempt));
  }
  return Snapshot(std::move(data));
}

Snapshot Snapshot::from_memory(std::string bytes, std::string display) {
  auto data = std::make_unique<Data>();
  data->image.display = std::move(display);
  data->copy = copy_bytes(std::as_bytes(std::span(bytes)), data->image.display);
  return Snapshot(std::move(data));
}

Snapshot::Snapshot(std::unique_ptr<Data> data) : data_(std::move(data)) {
  data_->image.bytes = data_->copy.memory.bytes();
  if (data_->copy.directory) data_->image.file = data_->copy.directory->database();
}
Snapshot::~Snapshot() = default;
Snapshot::Snapshot(Snapshot&&) noexcept = default;
Snapshot& Snapshot::operator=(Snapshot&&) noexcept = default;

const sqlite::Image& Snapshot::image() const {
  return data_->image;
}
const std::vector<SourceFile>& Snapshot::files() const {
  if (data_->copy.hash.valid()) data_->copy.files.front().sha256 = data_->copy.hash.get();
  return data_->copy.files;
}
const std::vector<Diagnostic>& Snapshot::diagnostics() const {
  return data_->copy.diagnostics;
}

}  // namespace crumbs

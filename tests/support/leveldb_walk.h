#pragma once

/// A walk over a LevelDB, kept.

#include <algorithm>
#include <filesystem>
#include <limits>
#include <map>
#include <string>
#include <vector>

#include "formats/leveldb/leveldb.h"

namespace crumbs::test {

struct KeptRecord {
  std::string key, value;
  std::uint64_t sequence = 0;
  ItemState state = ItemState::current;
  bool deletion = false;
  std::string file;
  std::uint64_t offset = 0;
};

struct KeptWalk {
  std::vector<KeptRecord> records;
  std::vector<Diagnostic> diagnostics;
  std::vector<SourceFile> files;

  /// Key to value of what is current.
  [[nodiscard]] std::map<std::string, std::string> current() const {
    std::map<std::string, std::string> values;
    for (const KeptRecord& record : records)
      if (record.state == ItemState::current) values[record.key] = record.value;
    return values;
  }
  [[nodiscard]] std::size_t count(ItemState state) const {
    return static_cast<std::size_t>(
        std::count_if(records.begin(), records.end(),
                      [&](const KeptRecord& record) { return record.state == state; }));
  }
  [[nodiscard]] std::size_t count(std::string_view code) const {
    return static_cast<std::size_t>(
        std::count_if(diagnostics.begin(), diagnostics.end(),
                      [&](const Diagnostic& one) { return one.code == code; }));
  }
  [[nodiscard]] bool incomplete() const {
    return std::any_of(diagnostics.begin(), diagnostics.end(), [](const Diagnostic& one) {
      return one.severity == Diagnostic::Severity::incomplete;
    });
  }
  [[nodiscard]] std::string messages() const {
    std::string text;
    for (const Diagnostic& one : diagnostics) text += one.file + ": " + one.message + "\n";
    return text;
  }
};

/// Walks `directory`, shown as "db".
inline KeptWalk walk(const std::filesystem::path& directory, bool residue = true, bool hash = false,
                     std::uint64_t budget = std::numeric_limits<std::uint64_t>::max()) {
  KeptWalk kept;
  leveldb::Output output;
  output.record = [&](const leveldb::Record& record) {
    kept.records.push_back({.key = std::string(record.key),
                            .value = std::string(record.value),
                            .sequence = record.sequence,
                            .state = record.state,
                            .deletion = record.deletion,
                            .file = std::string(record.file),
                            .offset = record.offset});
  };
  output.damage = [&](Diagnostic diagnostic) { kept.diagnostics.push_back(std::move(diagnostic)); };
  if (hash) output.file = [&](SourceFile file) { kept.files.push_back(std::move(file)); };
  leveldb::walk({.root = directory.parent_path(),
                 .relative = directory.filename().string(),
                 .display = "db",
                 .budget = budget},
                residue, output);
  return kept;
}

}  // namespace crumbs::test

#include "formats/leveldb/plan.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "crumbs/error.h"
#include "diagnostics.h"
#include "system/directory.h"

namespace crumbs::leveldb {
namespace {

constexpr int kAttempts = 5;
/// Descriptors that stay open, so that files which go meanwhile can be read; the others are opened
/// again when their turn comes.
constexpr std::size_t kKeptOpen = 128;
constexpr std::uint64_t kCurrentLimit = 4096;

/// Options::max_file_size and Options::write_buffer_size of LevelDB go no further, and a MANIFEST
/// is begun anew at each opening once it is larger than a table.
constexpr std::uint64_t kLargestFile = std::uint64_t{1} << 30U;

std::uint64_t largest(FileKind kind) {
  return kind == FileKind::current ? kCurrentLimit : kLargestFile;
}

std::string join(const std::string& directory, const std::string& name) {
  return directory.empty() ? name : directory + "/" + name;
}

/// What is compared to see whether the directory changed.
struct Look {
  std::vector<std::string> names;
  std::string current;  ///< contents of CURRENT
  std::uint64_t manifest_size = 0;
  friend bool operator==(const Look&, const Look&) = default;
};

Look look_at(const Place& place) {
  auto names = list_names(place.root, place.relative);
  if (!names) throw Error(ErrorCode::not_found, place.display + ": no such directory");
  Look look{.names = std::move(*names), .current = {}, .manifest_size = 0};
  try {
    look.current = read_below(place.root, join(place.relative, "CURRENT"), kCurrentLimit)
                       .value_or(std::string());
    const std::string manifest = look.current.substr(0, look.current.find('\n'));
    if (const auto name = parse_file_name(manifest); name && name->kind == FileKind::manifest) {
      const auto file = open_below(place.root, join(place.relative, manifest));
      if (file) look.manifest_size = static_cast<std::uint64_t>(file->status.st_size);
    }
  } catch (const Error&) {
    look.current.clear();  // told when the plan is made
  }
  return look;
}

class Planner {
 public:
  Planner(const Place& place, const Look& look, bool residue)
      : place_(place), look_(look), residue_(residue), bytes_left_(place.budget) {}

  /// False: a file that should be there is not.
  bool make() {
    const auto version = read_version();
    if (version && version->comparator != "leveldb.BytewiseComparator")
      throw Error(ErrorCode::unsupported,
                  place_.display + ": keys in an order of its own (" + version->comparator + ")");
    if (version && !(version->torn && missing_any(*version))) {
      add_named(*version);
    } else {
      add_all();
    }
    if (residue_) add_orphans();
    return complete_;
  }
  Plan take() { return std::move(plan_); }

 private:
  std::optional<Version> read_version();
  [[nodiscard]] bool missing_any(const Version& version) const;
  void add_named(const Version& version);
  void add_logs(const Version& version);
  void add_all();
  void add_orphans();
  void add_residue_directory(const std::string& relative, const std::string& display);
  void add_orphans_of(const std::string& relative, const std::string& display);
  std::optional<std::size_t> open(const std::string& name, FileName parsed);
  void charge(const File& file);
  std::optional<std::size_t> open_path(const std::string& relative, const std::string& display,
                                       FileName parsed);
  [[nodiscard]] std::optional<std::string> table_name(std::uint64_t number) const;
  [[nodiscard]] bool exists(const std::string& name) const {
    return std::binary_search(look_.names.begin(), look_.names.end(), name);
  }
  void report(DiagnosticCode code, std::string message, const std::string& name,
              Diagnostic::Severity severity = Diagnostic::Severity::incomplete) {
    plan_.diagnostics.push_back(
        make_diagnostic(code, severity, std::move(message),
                        name.empty() ? place_.display : join(place_.display, name)));
  }

  const Place& place_;
  const Look& look_;
  bool residue_;
  std::uint64_t bytes_left_;
  bool complete_ = true;
  std::set<std::string> used_;  ///< names that are part of the database
  Plan plan_;
};

/// Before a byte of the file is read. Throws Error(too_large).
void Planner::charge(const File& file) {
  const std::uint64_t limit = std::min(bytes_left_, largest(file.name().kind));
  if (file.size() > limit)
    throw Error(ErrorCode::too_large,
                fmt::format("has {} bytes, more than the {} that may be read", file.size(), limit));
  bytes_left_ -= file.size();
}

std::optional<std::size_t> Planner::open_path(const std::string& relative,
                                              const std::string& display, FileName parsed) {
  try {
    File file(place_.root, relative, display, parsed);
    charge(file);
    if (plan_.files.size() >= kKeptOpen) file.close();
    plan_.files.push_back(std::move(file));
    return plan_.files.size() - 1;
  } catch (const Error& error) {
    if (error.code() == ErrorCode::not_found) complete_ = false;
    const bool large = error.code() == ErrorCode::too_large;
    plan_.diagnostics.push_back(
        make_diagnostic(large ? DiagnosticCode::too_large : DiagnosticCode::unreadable_file,
                        Diagnostic::Severity::incomplete, error.what(), display));
    return std::nullopt;
  }
}

std::optional<std::size_t> Planner::open(const std::string& name, FileName parsed) {
  used_.insert(name);
  return open_path(join(place_.relative, name), join(place_.display, name), parsed);
}

std::optional<Version> Planner::read_version() {
  if (!exists("CURRENT")) return std::nullopt;
  const auto current = open("CURRENT", {.kind = FileKind::current, .number = 0});
  const std::string name = look_.current.substr(0, look_.current.find('\n'));
  const auto parsed = parse_file_name(name);
  if (!current || !parsed || parsed->kind != FileKind::manifest ||
      look_.current.size() != name.size() + 1) {
    report(DiagnosticCode::corrupt, "CURRENT does not name a MANIFEST", "CURRENT");
    return std::nullopt;
  }
  const auto manifest = open(name, *parsed);
  if (!manifest) return std::nullopt;
  const File& file = plan_.files[*manifest];
  try {
    return read_manifest(file.input(nullptr));
  } catch (const Error& error) {
    report(DiagnosticCode::corrupt, error.what(), name);
    return std::nullopt;
  }
}

std::optional<std::string> Planner::table_name(std::uint64_t number) const {
  for (const char* suffix : {"ldb", "sst"}) {
    std::string name = fmt::format("{:06}.{}", number, suffix);
    if (exists(name)) return name;
  }
  return std::nullopt;
}

bool Planner::missing_any(const Version& version) const {
  return std::any_of(version.tables.begin(), version.tables.end(),
                     [&](const auto& table) { return !table_name(table.first.second); });
}

void Planner::add_named(const Version& version) {
  if (version.torn)
    report(DiagnosticCode::torn_tail,
           "the MANIFEST ends inside an edit or in zeros, which do not count", "",
           Diagnostic::Severity::note);
  for (const auto& [place, table] : version.tables) {
    const std::uint64_t number = place.second;
    const auto name = table_name(number);
    if (!name) {
      complete_ = false;
      report(DiagnosticCode::missing_file, "a table that the MANIFEST names is missing",
             fmt::format("{:06}.ldb", number));
      continue;
    }
    if (const auto file = open(*name, {.kind = FileKind::table, .number = number}))
      plan_.tables.push_back({.file = *file, .smallest = table.smallest, .largest = table.largest});
  }
  add_logs(version);
}

void Planner::add_logs(const Version& version) {
  // What the MANIFEST's last sequence number counts was written when the first log had been begun.
  plan_.first_sequence = *version.last_sequence + 1;
  bool found = version.log_number == 0U && !version.tables.empty();
  std::map<std::uint64_t, std::string> logs;
  for (const std::string& name : look_.names) {
    const auto parsed = parse_file_name(name);
    if (!parsed || parsed->kind != FileKind::log || !version.needs_log(parsed->number) ||
        name != fmt::format("{:06}.log", parsed->number))
      continue;
    logs.emplace(parsed->number, name);
    found = found || version.log_number == 0U || parsed->number == version.log_number;
  }
  for (const auto& [number, name] : logs)
    if (const auto file = open(name, {.kind = FileKind::log, .number = number}))
      plan_.logs.push_back(*file);
  if (found) return;
  complete_ = false;
  // A new database names no log, but has one from its first opening on.
  if (version.log_number == 0U)
    return report(DiagnosticCode::missing_file, "there is no log, and the MANIFEST names no table",
                  "");
  report(DiagnosticCode::missing_file,
         "the log that the MANIFEST names is missing: the newest writes are lost",
         fmt::format("{:06}.log", *version.log_number));
}

/// Without a MANIFEST every table and log may be part of the database.
void Planner::add_all() {
  bool any = false;
  plan_.ranges_known = false;
  std::map<std::pair<std::uint64_t, std::string>, FileName> files;
  for (const std::string& name : look_.names) {
    const auto parsed = parse_file_name(name);
    if (parsed && parsed->kind != FileKind::current && used_.count(name) == 0)
      files.emplace(std::pair(parsed->number, name), *parsed);
  }
  for (const auto& [key, parsed] : files) {
    any = true;
    const auto file = open(key.second, parsed);
    if (!file) continue;
    if (parsed.kind == FileKind::log) plan_.logs.push_back(*file);
    if (parsed.kind == FileKind::table)
      plan_.tables.push_back({.file = *file, .smallest = {}, .largest = {}});
  }
  if (any || !used_.empty())
    report(DiagnosticCode::no_manifest,
           "without a readable CURRENT and MANIFEST every table and log was taken for the "
           "database's; what is current was decided by sequence number alone",
           "");
}

void Planner::add_orphans_of(const std::string& relative, const std::string& display) {
  const auto names = list_names(place_.root, relative);
  if (!names) return;
  for (const std::string& name : *names) {
    const auto parsed = parse_file_name(name);
    if (!parsed || (parsed->kind != FileKind::log && parsed->kind != FileKind::table)) continue;
    if (relative == place_.relative && used_.count(name) != 0) continue;
    if (const auto file = open_path(join(relative, name), join(display, name), *parsed))
      plan_.orphans.push_back(*file);
  }
}

void Planner::add_residue_directory(const std::string& relative, const std::string& display) {
  try {
    add_orphans_of(relative, display);
  } catch (const Error& error) {
    report(DiagnosticCode::unreadable_file, error.what(), "");
  }
}

void Planner::add_orphans() {
  add_orphans_of(place_.relative, place_.display);
  add_residue_directory(join(place_.relative, "lost"), join(place_.display, "lost"));
  if (place_.relative.empty()) return;  // the caller gave the directory itself: nothing beside it
  constexpr const char* kRebuild = "__tmp_for_rebuild";
  add_residue_directory(place_.relative + kRebuild, place_.display + kRebuild);
}

}  // namespace

Plan make_plan(const Place& place, bool residue) {
  for (int attempt = 1;; ++attempt) {
    const Look look = look_at(place);
    Planner planner(place, look, residue);
    const bool complete = planner.make();
    // Files are opened, so what changes now no longer matters; what is missing may have gone
    // between the listing and the opening.
    Plan plan = planner.take();
    if (plan.diagnostics.empty() || (complete && plan.ranges_known)) return plan;
    if (look == look_at(place)) return plan;
    if (attempt < kAttempts) continue;
    plan.diagnostics.push_back(
        make_diagnostic(DiagnosticCode::changed_while_reading, Diagnostic::Severity::incomplete,
                        "the directory kept changing while it was read", place.display));
    return plan;
  }
}

}  // namespace crumbs::leveldb

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "bundle/manifest.h"
#include "bundle/tree.h"
#include "crumbs/bundle.h"
#include "crumbs/error.h"
#include "crumbs/printable.h"
#include "crumbs/render.h"
#include "system/directory.h"
#include "system/io.h"

namespace crumbs {
namespace fs = std::filesystem;
namespace {

constexpr std::uint64_t kLargestTagFile = 1U << 20U;
/// Some half a million files of paths of ordinary length.
constexpr std::uint64_t kLargestManifest = 64U << 20U;
constexpr std::uint64_t kLargestReport = 512U << 20U;
constexpr std::string_view kReportFile = "data/items.json";
constexpr std::string_view kCatalogDirectory = "data/catalog/";

void require_bag(const fs::path& root) {
  const std::string name = printable(root.string());
  std::error_code error;
  const auto status = fs::status(root, error);
  if (status.type() == fs::file_type::not_found)
    throw Error(ErrorCode::not_found, fmt::format("{}: no such directory", name));
  if (error) throw Error(ErrorCode::io, fmt::format("{}: {}", name, error.message()));
  if (!fs::is_directory(status))
    throw Error(
        ErrorCode::invalid,
        fmt::format("{}: is no directory; a bundle is the directory that crumbs export wrote",
                    name));
  const PlaceKind kind = kind_below(root, kBagItFile);
  if (kind == PlaceKind::unreadable)
    throw Error(ErrorCode::io, fmt::format("{}: cannot be read", name));
  if (kind == PlaceKind::absent)
    throw Error(ErrorCode::invalid, fmt::format("{}: is no bundle: it has no {}; expected a "
                                                "directory that crumbs export wrote",
                                                name, kBagItFile));
}

class Verifier {
 public:
  explicit Verifier(const fs::path& root) : root_(root) {}

  BundleCheck verify() {
    BundleTree tree = list_bundle(root_);
    check_.problems = std::move(tree.problems);
    check_.unreadable = std::move(tree.unreadable);
    hash_all(tree.files);
    check_declaration();
    check_info();
    check_manifest(kManifestFile, true);
    check_manifest(kTagManifestFile, false);
    check_report();
    return std::move(check_);
  }

 private:
  void hash_all(const std::set<std::string>& files) {
    for (const std::string& path : files) {
      auto hashed = hash_bundle_file(root_, path, check_.unreadable);
      if (hashed && path.starts_with(kPayload)) {
        ++check_.files;
        check_.bytes += hashed->bytes;
      }
      on_disk_.emplace(path, hashed ? hashed->sha256 : std::string());
    }
  }

  /// A file of the bundle that has to be there; nullopt with a problem where it is not, or is too
  /// large, or has been found unreadable already.
  std::optional<std::string> read(std::string_view path, std::uint64_t limit) {
    const auto found = on_disk_.find(path);
    if (found == on_disk_.end()) {
      problem(path, "is missing");
      return std::nullopt;
    }
    if (found->second.empty()) return std::nullopt;
    try {
      auto bytes = read_below(root_, path, limit);
      if (!bytes) problem(path, "is missing");
      return bytes;
    } catch (const Error& error) {
      check_.problems.push_back(printable(error.what()));
      return std::nullopt;
    }
  }

  void check_declaration() {
    const auto text = read(kBagItFile, kLargestTagFile);
    if (text && *text != kBagItDeclaration)
      problem(kBagItFile, "is not the declaration of a bag of version 1.0 in UTF-8");
  }

  void check_info() {
    const auto text = read(kBagInfoFile, kLargestTagFile);
    if (!text) return;
    const BagInfo info = read_bag_info(*text);
    std::ranges::copy(info.problems, std::back_inserter(check_.problems));
    check_.request = only(info, "External-Identifier");
    check_.date = only(info, "Bagging-Date");
    const std::string oxum = only(info, "Payload-Oxum");
    const std::string found = fmt::format("{}.{}", check_.bytes, check_.files);
    if (!oxum.empty() && oxum != found && check_.unreadable.empty())
      problem(kBagInfoFile,
              fmt::format("Payload-Oxum is {}, but the payload is {}", printable(oxum), found));
  }

  std::string only(const BagInfo& info, std::string_view label) {
    const auto values = info.values(label);
    if (values.size() == 1) return printable(values.front());
    problem(kBagInfoFile, fmt::format("has {} {}", values.empty() ? "no" : "more than one", label));
    return {};
  }

  void check_manifest(std::string_view name, bool payload) {
    const auto text = read(name, kLargestManifest);
    if (!text) return;
    const ManifestReading manifest = read_manifest(*text, name, payload);
    std::ranges::copy(manifest.problems, std::back_inserter(check_.problems));
    for (const auto& [path, hash] : manifest.files) check_listed(name, path, hash);
    for (const auto& [path, hash] : on_disk_) {
      const bool concerned = path.starts_with(kPayload) == payload && path != kTagManifestFile;
      if (concerned && !manifest.files.contains(path))
        problem(path, fmt::format("is not listed in {}", name));
    }
  }

  void check_listed(std::string_view name, const std::string& path, const std::string& hash) {
    const auto found = on_disk_.find(path);
    if (found == on_disk_.end())
      problem(path, fmt::format("is listed in {}, but missing", name));
    else if (!found->second.empty() && found->second != hash)
      problem(path, fmt::format("is not what it was: {} has another SHA-256", name));
  }

  void check_report() {
    const auto json = read(kReportFile, kLargestReport);
    if (!json) return;
    try {
      const Report report = parse_report(*json, std::string(kReportFile));
      check_.findings = report.findings.size();
      check_.complete = report.complete;
      check_catalogs(report);
    } catch (const Error& error) {
      check_.problems.push_back(printable(error.what()));
    }
  }

  void check_catalogs(const Report& report) {
    std::map<std::string, std::string> files;  // hash to path
    for (auto at = on_disk_.lower_bound(kCatalogDirectory);
         at != on_disk_.end() && at->first.starts_with(kCatalogDirectory); ++at) {
      if (at->second.empty()) return;  // it may be the one that seems to lack
      files.emplace(at->second, at->first);
    }
    for (const CatalogUsed& used : report.catalogs) {
      if (files.erase(used.sha256) == 0)
        problem(kCatalogDirectory,
                fmt::format("lacks the catalog {} with the SHA-256 that {} names",
                            printable(used.id), kReportFile));
    }
    for (const auto& [hash, path] : files)
      problem(path, fmt::format("is no catalog that {} names", kReportFile));
  }

  void problem(std::string_view path, std::string_view what) {
    check_.problems.push_back(fmt::format("{}: {}", printable(path), what));
  }

  const fs::path& root_;
  std::map<std::string, std::string, std::less<>> on_disk_;  ///< hash by path; empty: not readable
  BundleCheck check_;
};

}  // namespace

BundleCheck verify_bundle(const fs::path& directory) {
  require_bag(directory);
  return Verifier(directory).verify();
}

}  // namespace crumbs

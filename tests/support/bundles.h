#pragma once

/// Bundles of real profiles.

#include <sys/stat.h>

#include <doctest/doctest.h>

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "crumbs/audit.h"
#include "crumbs/bundle.h"
#include "support/support.h"

namespace crumbs::test {

/// A copy of a fixture's profile, what an export would find in it, and a place for bundles.
struct Exported {
  TempDir work;
  std::filesystem::path profile = work.path() / "profile";
  std::filesystem::path bag = work.path() / "bag";
  std::vector<Catalog> catalogs = load_catalogs(source_dir() / "catalog");
  AccessRequest request{.id = "request-1", .subject = {}, .controller = {}};
  Report report;

  explicit Exported(const std::string& name, bool unknown = false) {
    copy_tree(fixture("profiles/" + name), profile);
    AuditOptions options;
    options.values = ValuesMode::full;
    options.residue = true;
    options.all = unknown;
    options.now = parse_iso8601("2026-11-23T10:00:00Z");
    report = audit(resolve_profile(profile.string(), {}), catalogs, options);
  }
  BundleSummary write(const BundleOptions& options = {}) const { return write(bag, options); }
  BundleSummary write(const std::filesystem::path& place, const BundleOptions& options) const {
    return write_bundle(place, report, request, catalogs, options);
  }
};

inline unsigned mode_of(const std::filesystem::path& path) {
  struct stat status {};
  REQUIRE(lstat(path.c_str(), &status) == 0);
  return status.st_mode & 07777U;
}

/// The rules of RFC 8493 checked by tools that know nothing of crumbs: hashes, that every file is
/// listed, the declaration, Payload-Oxum. Empty, or what is wrong.
inline std::string wrong_with_bag(const std::filesystem::path& bag) {
  static const char* const script = R"sh(
    cd "$1" || exit 9
    export LC_ALL=C
    sha256sum --quiet --strict -c manifest-sha256.txt 2>&1
    sha256sum --quiet --strict -c tagmanifest-sha256.txt 2>&1
    printf 'BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n' | cmp - bagit.txt
    find data -type f | sort >../on-disk
    cut -c 67- manifest-sha256.txt | sort | cmp - ../on-disk
    find . -maxdepth 1 -type f ! -name tagmanifest-sha256.txt -printf '%f\n' | sort >../tags
    cut -c 67- tagmanifest-sha256.txt | sort | cmp - ../tags
    oxum=$(find data -type f -printf '%s\n' | awk '{n += $1} END {printf "%d.%d", n, NR}')
    grep -qx "Payload-Oxum: $oxum" bag-info.txt || echo "Payload-Oxum is not $oxum"
    find . ! -type f ! -type d
    rm ../on-disk ../tags)sh";
  const ProcessResult result = run({"sh", "-c", script, "sh", bag.string()});
  return result.out + result.err;
}

}  // namespace crumbs::test

#pragma once

/// The manifests of a BagIt bag (RFC 8493, 2.1.3 and 2.2.1) and its `bag-info.txt` (2.2.2).

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace crumbs {

inline constexpr std::string_view kBagItFile = "bagit.txt";
inline constexpr std::string_view kBagInfoFile = "bag-info.txt";
inline constexpr std::string_view kManifestFile = "manifest-sha256.txt";
inline constexpr std::string_view kTagManifestFile = "tagmanifest-sha256.txt";
inline constexpr std::string_view kPayload = "data/";
/// What `bagit.txt` holds.
inline constexpr std::string_view kBagItDeclaration =
    "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n";

/// One file of a bag.
struct BagFile {
  std::string path;  ///< relative to the bag, '/'-separated
  std::uint64_t bytes = 0;
  std::string sha256;  ///< lower-case hex
  friend bool operator==(const BagFile&, const BagFile&) = default;
};

/// A path as a manifest writes it: `%`, CR and LF percent-encoded and nothing else.
[[nodiscard]] std::string encode_bag_path(std::string_view path);
/// And back: `%25`, `%0D` and `%0A` in either case; any other `%` stands for itself.
[[nodiscard]] std::string decode_bag_path(std::string_view text);

/// The lines of a manifest, sorted by path: hash, two spaces, path, as `sha256sum -c` reads them.
[[nodiscard]] std::string to_manifest(std::vector<BagFile> files);

/// Mistakes of one file that are told; a last line says that there are more.
inline constexpr std::size_t kMostProblems = 1000;

/// What a manifest says. A mistake is one line, for people, that begins with the manifest's name.
struct ManifestReading {
  std::map<std::string, std::string, std::less<>> files;  ///< path to hash
  std::vector<std::string> problems;
};
/// Lines end in LF, CR or CRLF. A path must lie in the bag: not absolute, without empty, `.` and
/// `..` parts, and in `data/` where `payload` (not in it otherwise); named once.
[[nodiscard]] ManifestReading read_manifest(std::string_view text, std::string_view name,
                                            bool payload);

/// Labels and values in the order of the file; a value that goes on in lines that are indented is
/// joined with spaces. Lines that are neither are problems.
struct BagInfo {
  std::vector<std::pair<std::string, std::string>> fields;
  std::vector<std::string> problems;
  /// The values of a label, whose letters may be of either case.
  [[nodiscard]] std::vector<std::string> values(std::string_view label) const;
};
[[nodiscard]] BagInfo read_bag_info(std::string_view text);

}  // namespace crumbs

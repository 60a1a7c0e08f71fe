#pragma once

/// Formats: every one is rendered from a Report and nothing else.

#include <iosfwd>
#include <memory>
#include <set>
#include <span>
#include <string>
#include <string_view>

#include "crumbs/export.h"
#include "crumbs/report.h"

namespace crumbs {

struct FoundProfiles;

/// How much the text says.
enum class TextLevel {
  quiet,    ///< one line a profile, of any width
  normal,   ///< counts first, then one line an item
  verbose,  ///< stores, and every item with its meaning, section, consequence and place
  items     ///< nothing but the items, each in full, as `show` does
};

struct RenderOptions {
  unsigned width = 80;  ///< columns of the terminal, text only
  bool color = false;   ///< text only
  TextLevel level = TextLevel::normal;
  bool ascii = false;            ///< text only: nothing but ASCII, for a terminal without UTF-8
  bool byte_order_mark = false;  ///< csv only: begins with U+FEFF, which some spreadsheets want
};

struct FormatInfo {
  std::string_view id, summary;
};
/// The formats this build knows, in the order of formats.def.
[[nodiscard]] CRUMBS_EXPORT std::span<const FormatInfo> formats();

/// Writes `report` in `format` to `out`. Throws Error(usage) for an unknown format. Output depends
/// on the arguments alone. The stream's state tells whether writing worked.
CRUMBS_EXPORT void render(const Report& report, std::string_view format,
                          const RenderOptions& options, std::ostream& out);

/// NDJSON in parts, for audit_streaming. One thread.
class CRUMBS_EXPORT NdjsonStream {
 public:
  /// Writes to `out`, which outlives it.
  explicit NdjsonStream(std::ostream& out) : out_(out) {}
  /// The `profile`, `store` and `finding` records of a part, each `entry` and `card` record before
  /// the first that names it.
  void add(const Report& part);
  /// The `entry` records that are left, the `missing` records and the `summary` record.
  void finish(const Report& whole);

 private:
  std::ostream& out_;
  std::set<std::string, std::less<>> told_;  ///< ids of entries
};

struct ListOptions : RenderOptions {
  bool separate_by_nul = false;  ///< paths only: ends each with NUL, for names with line breaks
};
/// The formats in which the profiles themselves are listed.
[[nodiscard]] CRUMBS_EXPORT std::span<const FormatInfo> profile_formats();
/// Profiles as a list in one format, written as they are found. One thread.
class CRUMBS_EXPORT ProfileList {
 public:
  /// Writes to `out`, which outlives it. Throws Error(usage) for an unknown format.
  [[nodiscard]] static std::unique_ptr<ProfileList> make(std::string_view format,
                                                         const ListOptions& options,
                                                         std::ostream& out);
  virtual ~ProfileList();
  virtual void add(const Profile& profile) = 0;
  /// Ends the list with what else the search came upon.
  virtual void finish(const FoundProfiles& rest) = 0;
};

/// The report as the JSON of design 6, and back. parse_report throws Error(invalid) with the JSON
/// pointer of what is wrong; a newer schema is refused. parse_report(to_json(r)) equals r.
[[nodiscard]] CRUMBS_EXPORT std::string to_json(const Report& report);
[[nodiscard]] CRUMBS_EXPORT Report parse_report(std::string_view json, const std::string& file);

}  // namespace crumbs

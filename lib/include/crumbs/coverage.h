#pragma once

/// What a vendor's document and what its software leaves say of each other: a table that one would
/// send to the vendor.

#include <cstdint>
#include <iosfwd>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "crumbs/catalog.h"
#include "crumbs/export.h"
#include "crumbs/render.h"
#include "crumbs/report.h"

namespace crumbs {

/// How often something is in the profiles that were read.
struct Found {
  std::uint64_t items = 0;  ///< current ones
  std::uint64_t sites = 0;  ///< different ones
  friend bool operator==(const Found&, const Found&) = default;
};

/// One line of one of the tables.
struct CoverageRow {
  std::string entry;  ///< its id; empty where no entry describes it
  ItemKind store = ItemKind::cookie;
  std::string name;      ///< the document's; else as seen, with variables for ids
  std::string about;     ///< of a difference: "name", "meaning", "lifetime", "value"; else empty
  std::string document;  ///< what the document says of it; empty where it says nothing
  std::string section;   ///< where it says so
  std::string seen;      ///< what was publicly seen; empty where nothing was
  std::optional<Evidence> evidence;  ///< of `seen`
  std::string set_by;                ///< who sets it, where that is not the vendor; else empty
  Found found;
};

struct Coverage {
  std::string catalog, version;
  CatalogDocument document;
  std::uint64_t documented = 0;               ///< entries that the document names
  std::uint64_t publicly_seen = 0;            ///< of these
  std::uint64_t found = 0;                    ///< of these, in the profiles that were read
  std::vector<CoverageRow> never_seen;        ///< documented; neither publicly seen nor found
  std::vector<CoverageRow> never_documented;  ///< publicly seen, or found with the vendor's names
  std::vector<CoverageRow> differences;  ///< the document says one thing, what was seen another
};

/// Compares each catalog's document with what was publicly seen and, where `report` is not null,
/// with an audit's findings. Of a name from a profile that could hold more than a word only the
/// vendor's prefix is told. Pure.
[[nodiscard]] CRUMBS_EXPORT std::vector<Coverage> cover(std::span<const Catalog> catalogs,
                                                        const Report* report);

/// The formats of coverage, and writing it. As formats() and render(). `report` as for cover():
/// what was read, and whether as a whole, is told.
[[nodiscard]] CRUMBS_EXPORT std::span<const FormatInfo> coverage_formats();
CRUMBS_EXPORT void render(std::span<const Coverage> coverage, const Report* report,
                          std::string_view format, const RenderOptions& options, std::ostream& out);

}  // namespace crumbs

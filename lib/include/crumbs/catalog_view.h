#pragma once

/// What the catalogs say, for people and for programs: all of it, one part of it, or what they make
/// of a name.

#include <cstddef>
#include <iosfwd>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "crumbs/catalog.h"
#include "crumbs/export.h"
#include "crumbs/render.h"

namespace crumbs {

/// A catalog as a whole, or one entry or one statement of it. Refers to the catalog, which outlives
/// it.
struct CatalogPart {
  const Catalog* catalog = nullptr;
  const Entry* entry = nullptr;          ///< nullptr where no entry is meant
  const Statement* statement = nullptr;  ///< nullptr where no statement is meant
};
/// What has the id; of several the one of the catalog given first. nullopt where nothing has.
[[nodiscard]] CRUMBS_EXPORT std::optional<CatalogPart> find_part(std::span<const Catalog> catalogs,
                                                                 std::string_view id);

/// A name as a browser stores it, and what else is known of the item.
struct NameQuery {
  std::string name;
  std::string host;              ///< without a port; empty: not known
  std::optional<ItemKind> kind;  ///< nullopt: both
};

/// What the catalogs make of the name in one kind of store.
struct Explanation {
  ItemKind kind = ItemKind::cookie;
  MatchResult match;
  std::size_t exact_names = 0, templates = 0;  ///< that it was compared with
  std::vector<std::string> owners;  ///< whose the catalogs say the name is, though it looks like
                                    ///< their vendor's
  std::vector<const Entry*> other_case;  ///< those whose exact name differs in case only
};
/// Refers to the catalogs, which outlive it.
struct ExplainedName {
  NameQuery query;
  std::span<const Catalog> catalogs;
  std::vector<Explanation> kinds;  ///< cookies first
};
/// Pure; cost linear in the entries.
[[nodiscard]] CRUMBS_EXPORT ExplainedName explain_name(std::span<const Catalog> catalogs,
                                                       const NameQuery& query);

/// The formats of what follows. As formats() and render().
[[nodiscard]] CRUMBS_EXPORT std::span<const FormatInfo> catalog_formats();
/// Text: a line for each entry. JSON and NDJSON: everything that the catalogs say.
CRUMBS_EXPORT void render(std::span<const Catalog> catalogs, std::string_view format,
                          const RenderOptions& options, std::ostream& out);
/// Text: of a catalog its document, variables and statements; of an entry all. JSON and NDJSON: the
/// part in the form of the whole.
CRUMBS_EXPORT void render(const CatalogPart& part, std::string_view format,
                          const RenderOptions& options, std::ostream& out);
/// Text leaves out a kind of store that knows nothing of the name where the other does.
CRUMBS_EXPORT void render(const ExplainedName& explained, std::string_view format,
                          const RenderOptions& options, std::ostream& out);

}  // namespace crumbs

#pragma once

/// What the formats of catalogs have in common.

#include <iosfwd>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "crumbs/catalog_view.h"
#include "render/json_writer.h"
#include "render/page.h"

namespace crumbs {

/// What one run says of the catalogs: for programs.
struct CatalogContents {
  std::vector<const Catalog*> catalogs;
  std::vector<CatalogPart> entries, statements;

  /// All of a catalog.
  void add(const Catalog& catalog);
};
void write_contents_json(const CatalogContents& contents, std::ostream& out);
void write_contents_ndjson(const CatalogContents& contents, std::ostream& out);
void write_explained_json(const ExplainedName& explained, std::ostream& out);
void write_explained_ndjson(const ExplainedName& explained, std::ostream& out);

void write_list_text(const std::span<const Catalog>& catalogs, Page& page);
void write_part_text(const CatalogPart& part, Page& page);
void write_explained_text(const ExplainedName& explained, Page& page);

/// "any host", ".jivochat.com, example.com".
[[nodiscard]] std::string hosts_text(const Entry& entry);

/// The catalog's own members: nothing of its entries but their number.
void write_catalog_members(JsonWriter& json, const Catalog& catalog);

}  // namespace crumbs

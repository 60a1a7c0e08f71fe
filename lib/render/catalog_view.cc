// The formats of catalogs, and the words that they share.
#include <ostream>

#include "render/catalog_view.h"
#include "render/render.h"

namespace crumbs {
namespace {

constexpr FormatInfo kFormats[] = {
    {"text", "for people at a terminal"},
    {"json", "one JSON document"},
    {"ndjson", "one JSON object a line, summary last"},
};

/// One subject, by the writer of the format.
template <class Subject>
struct Writers {
  void (*text)(const Subject&, Page&);
  void (*json)(const Subject&, std::ostream&);
  void (*ndjson)(const Subject&, std::ostream&);

  void write(const Subject& subject, std::string_view format, const RenderOptions& options,
             std::ostream& out) const {
    const std::size_t chosen = format_index(kFormats, format);
    if (chosen == 1) return json(subject, out);
    if (chosen == 2) return ndjson(subject, out);
    Page page(out, {options.width, options.color, options.ascii});
    text(subject, page);
  }
};

using Catalogs = std::span<const Catalog>;

CatalogContents contents_of(const Catalogs& catalogs) {
  CatalogContents contents;
  for (const Catalog& catalog : catalogs) contents.add(catalog);
  return contents;
}

CatalogContents contents_of(const CatalogPart& part) {
  CatalogContents contents;
  if (part.entry == nullptr && part.statement == nullptr) {
    contents.add(*part.catalog);
    return contents;
  }
  contents.catalogs.push_back(part.catalog);
  if (part.entry != nullptr) contents.entries.push_back(part);
  if (part.statement != nullptr) contents.statements.push_back(part);
  return contents;
}

template <class Subject>
void write_json(const Subject& subject, std::ostream& out) {
  write_contents_json(contents_of(subject), out);
}

template <class Subject>
void write_ndjson(const Subject& subject, std::ostream& out) {
  write_contents_ndjson(contents_of(subject), out);
}

}  // namespace

std::span<const FormatInfo> catalog_formats() {
  return kFormats;
}

void render(std::span<const Catalog> catalogs, std::string_view format,
            const RenderOptions& options, std::ostream& out) {
  constexpr Writers<Catalogs> kWriters{write_list_text, write_json, write_ndjson};
  kWriters.write(catalogs, format, options, out);
}

void render(const CatalogPart& part, std::string_view format, const RenderOptions& options,
            std::ostream& out) {
  constexpr Writers<CatalogPart> kWriters{write_part_text, write_json, write_ndjson};
  kWriters.write(part, format, options, out);
}

void render(const ExplainedName& explained, std::string_view format, const RenderOptions& options,
            std::ostream& out) {
  constexpr Writers<ExplainedName> kWriters{write_explained_text, write_explained_json,
                                            write_explained_ndjson};
  kWriters.write(explained, format, options, out);
}

void CatalogContents::add(const Catalog& catalog) {
  catalogs.push_back(&catalog);
  for (const Entry& entry : catalog.entries())
    entries.push_back({.catalog = &catalog, .entry = &entry});
  for (const Statement& statement : catalog.statements())
    statements.push_back({.catalog = &catalog, .statement = &statement});
}

std::string hosts_text(const Entry& entry) {
  std::string text;
  for (const std::string& host : entry.hosts) {
    if (!text.empty()) text.append(", ");
    text.append(host == "*" ? "any host" : host == kVendorHosts ? "the vendor's hosts" : host);
  }
  return text;
}

}  // namespace crumbs

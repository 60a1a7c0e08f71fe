#pragma once

/// The parts of explained.html, in the order they are written.

#include <span>
#include <string>
#include <vector>

#include "access/fields.h"
#include "crumbs/bundle.h"
#include "crumbs/catalog.h"
#include "entry_index.h"
#include "render/cards.h"
#include "render/html_writer.h"

namespace crumbs {

/// Items under one heading.
struct ExplainedGroup {
  std::string heading;      ///< "JivoChat on example.com, widget AbC123xYz0"
  std::string explanation;  ///< whole sentences, may be empty
  Findings findings;        ///< never empty
};

/// What every part needs. All of it outlives the writing.
struct ExplainedView {
  const Report& report;
  const AccessRequest& request;
  std::span<const Catalog> catalogs;  ///< for the statements of their documents
  HtmlWriter& page;
  EntryIndex entries;  ///< of the report
  std::vector<AccessField> fields;
  std::vector<ExplainedGroup> groups;
};

/// Per vendor and site; then what is uncertain, unknown and left over.
[[nodiscard]] std::vector<ExplainedGroup> explained_groups(const Report& report);

/// The title, the box of what could not be read, the short answer, and where was looked.
void write_explained_answer(const ExplainedView& view);
void write_explained_groups(const ExplainedView& view);
void write_explained_item(const ExplainedView& view, const Finding& finding);
/// The parts of a record.
void write_explained_record(const ExplainedView& view, const Finding& finding);
/// What the documents say besides, and what of it was not found.
void write_explained_documents(const ExplainedView& view);
/// The fields of the request, one by one.
void write_explained_points(const ExplainedView& view);
/// How to check the bundle, and the words used.
void write_explained_end(const ExplainedView& view);

}  // namespace crumbs

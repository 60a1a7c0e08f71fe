// The JSON of coverage: crumbs-coverage/1.
#include "render/coverage_parts.h"
#include "render/report_json.h"

namespace crumbs {
namespace {

void write_evidence(JsonWriter& json, const std::optional<Evidence>& evidence) {
  if (!evidence) return json.member_null("evidence");
  json.key("evidence");
  json.begin_object();
  json.member("what", evidence->what);
  json.member("in", evidence->source);
  json.member("count", evidence->count);
  json.member("of", evidence->unit);
  for (const auto& [name, year] : {std::pair("from", evidence->from), {"to", evidence->to}}) {
    if (year != 0)
      json.member(name, year);
    else
      json.member_null(name);
  }
  json.end_object();
}

void write_row(JsonWriter& json, const CoverageView& view, const CoverageRow& row) {
  json.begin_object();
  write_text_or_null(json, "entry", row.entry);
  json.member("store", to_string(row.store));
  write_text(json, "name", row.name);
  write_text_or_null(json, "about", row.about);
  write_text_or_null(json, "document", row.document);
  write_text_or_null(json, "section", row.section);
  write_text_or_null(json, "seen", row.seen);
  write_evidence(json, row.evidence);
  write_text_or_null(json, "set_by", row.set_by);
  if (view.report == nullptr) {
    json.member_null("found");
  } else {
    json.key("found");
    json.begin_object();
    json.member("items", row.found.items);
    json.member("sites", row.found.sites);
    json.end_object();
  }
  json.end_object();
}

void write_document(JsonWriter& json, const CatalogDocument& document) {
  json.key("document");
  json.begin_object();
  json.member("title", document.title);
  json.member("publisher", document.publisher);
  write_text_or_null(json, "effective_date", document.effective_date);
  write_text_or_null(json, "sha256", document.sha256);
  json.end_object();
}

void write_catalog(JsonWriter& json, const CoverageView& view, const Coverage& coverage) {
  json.begin_object();
  json.member("catalog", coverage.catalog);
  json.member("version", coverage.version);
  write_document(json, coverage.document);
  json.member("documented", coverage.documented);
  json.member("publicly_seen", coverage.publicly_seen);
  if (view.report == nullptr)
    json.member_null("found");
  else
    json.member("found", coverage.found);
  for (const CoverageTable& table : kCoverageTables) {
    json.key(table.key);
    json.begin_array();
    for (const CoverageRow& row : coverage.*table.rows) write_row(json, view, row);
    json.end_array();
  }
  json.end_object();
}

}  // namespace

void write_coverage_json(const CoverageView& view, const RenderOptions&, std::ostream& out) {
  JsonWriter json(out, JsonWriter::Layout::indented);
  json.begin_object();
  json.member("schema", "crumbs-coverage/1");
  if (view.report == nullptr) {
    json.member_null("profiles");
    json.member_null("complete");
  } else {
    json.member("profiles", view.report->profiles.size());
    json.member("complete", view.report->complete);
  }
  json.key("catalogs");
  json.begin_array();
  for (const Coverage& coverage : view.coverage) write_catalog(json, view, coverage);
  json.end_array();
  json.end_object();
  json.end_line();
}

}  // namespace crumbs

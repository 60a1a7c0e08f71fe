// The JSON of coverage: crumbs-coverage/1.
#include "crumbs/audit.h"
#include "render/coverage_parts.h"
#include "render/report_json.h"

namespace crumbs {
namespace {

constexpr std::string_view kSchema = "crumbs-coverage/1";

/// A number of what the profiles hold, null where none was read.
void write_found(JsonWriter& json, const CoverageView& view, std::string_view key,
                 std::uint64_t found) {
  if (view.report == nullptr) return json.member_null(key);
  json.member(key, found);
}

void write_row_members(JsonWriter& json, const CoverageView& view, const CoverageRow& row) {
  write_text_or_null(json, "entry", row.entry);
  json.member("kind", to_string(row.store));
  write_text(json, "name", row.name);
  write_text_or_null(json, "about", row.about);
  write_text_or_null(json, "document_says", row.document);
  write_text_or_null(json, "section", row.section);
  write_text_or_null(json, "seen", row.seen);
  write_object_or_null(json, "evidence", row.evidence, write_evidence_members);
  write_text_or_null(json, "set_by", row.set_by);
  write_found(json, view, "found_items", row.found.items);
  write_found(json, view, "found_sites", row.found.sites);
}

void write_catalog_members(JsonWriter& json, const CoverageView& view, const Coverage& coverage) {
  write_text(json, "catalog", coverage.catalog);
  write_text(json, "version", coverage.version);
  write_object(json, "document", coverage.document, write_document_members);
  json.member("documented", coverage.documented);
  json.member("publicly_seen", coverage.publicly_seen);
  write_found(json, view, "found", coverage.found);
}

void write_whole_catalog_members(JsonWriter& json, const CoverageView& view,
                                 const Coverage& coverage) {
  write_catalog_members(json, view, coverage);
  for (const CoverageTable& table : kCoverageTables)
    write_objects(
        json, table.key, coverage.*table.rows,
        [&view](JsonWriter& to, const CoverageRow& row) { write_row_members(to, view, row); });
}

/// What was read beside the catalogs, and whether as a whole.
void write_head(JsonWriter& json, const CoverageView& view) {
  json.member("schema", kSchema);
  write_tool(json, version());
  if (view.report == nullptr) {
    json.member_null("profiles");
    json.member_null("complete");
    json.member_null("exit");
    return;
  }
  json.member("profiles", view.report->profiles.size());
  json.member("complete", view.report->complete);
  write_exit(json, view.report->exit);
}

}  // namespace

void write_coverage_json(const CoverageView& view, const RenderOptions&, std::ostream& out) {
  JsonWriter json(out, JsonWriter::Layout::indented);
  json.begin_object();
  write_head(json, view);
  write_objects(json, "catalogs", view.coverage, [&view](JsonWriter& to, const Coverage& coverage) {
    write_whole_catalog_members(to, view, coverage);
  });
  json.end_object();
  json.end_line();
}

void write_coverage_ndjson(const CoverageView& view, const RenderOptions&, std::ostream& out) {
  JsonWriter json(out, JsonWriter::Layout::compact);
  std::size_t rows = 0;
  for (const Coverage& coverage : view.coverage) {
    write_record(json, "catalog", [&] { write_catalog_members(json, view, coverage); });
    for (const CoverageTable& table : kCoverageTables) {
      for (const CoverageRow& row : coverage.*table.rows) {
        ++rows;
        write_record(json, "row", [&] {
          write_text(json, "catalog", coverage.catalog);
          json.member("table", table.key);
          write_row_members(json, view, row);
        });
      }
    }
  }
  write_record(json, "summary", [&] {
    write_head(json, view);
    json.member("catalogs", view.coverage.size());
    json.member("rows", rows);
  });
}

}  // namespace crumbs

// The JSON of a name and what the catalogs make of it: crumbs-explanation/1.
#include <set>

#include "crumbs/audit.h"
#include "render/catalog_view.h"
#include "render/report_json.h"

namespace crumbs {
namespace {

constexpr std::string_view kSchema = "crumbs-explanation/1";

void write_candidate_members(JsonWriter& json, const Candidate& candidate) {
  write_text(json, "entry", candidate.entry->id);
  write_object(json, "form", *candidate.form, write_entry_form_members);
  write_pairs(json, "captured", "variable", candidate.captured);
  json.member("fits_host", candidate.fits_host);
  json.member("literal_bytes", candidate.literal_bytes);
  json.member("tier", candidate.tier);
  write_text_or_null(json, "lost_because", candidate.lost_because);
}

void write_explanation_members(JsonWriter& json, const Explanation& explanation) {
  const MatchResult& match = explanation.match;
  json.member("kind", to_string(explanation.kind));
  json.member("ambiguous", match.ambiguous);
  write_objects(json, "candidates", match.candidates, write_candidate_members);
  write_text_or_null(json, "vendor", match.vendor == nullptr ? "" : match.vendor->id());
  json.member("needs_company", match.needs_company);
  write_text_or_null(json, "shape", match.shape);
  write_pairs(json, "captured", "variable", match.captured);
  json.member("exact_names", explanation.exact_names);
  json.member("templates", explanation.templates);
  write_strings(json, "owners", explanation.owners);
  std::vector<std::string> ids;
  for (const Entry* entry : explanation.other_case) ids.push_back(entry->id);
  write_strings(json, "other_case", ids);
}

void write_head(JsonWriter& json, const ExplainedName& explained) {
  json.member("schema", kSchema);
  write_tool(json, version());
  write_text(json, "name", explained.query.name);
  write_text_or_null(json, "host", explained.query.host);
}

/// Each entry once, in the order in which they are first named.
std::vector<const Entry*> named_entries(const ExplainedName& explained) {
  std::vector<const Entry*> entries;
  std::set<const Entry*> told;
  const auto add = [&](const Entry* entry) {
    if (told.insert(entry).second) entries.push_back(entry);
  };
  for (const Explanation& one : explained.kinds) {
    for (const Candidate& candidate : one.match.candidates) add(candidate.entry);
    for (const Entry* entry : one.other_case) add(entry);
  }
  return entries;
}

}  // namespace

void write_explained_json(const ExplainedName& explained, std::ostream& out) {
  JsonWriter json(out, JsonWriter::Layout::indented);
  json.begin_object();
  write_head(json, explained);
  write_objects(json, "catalogs", explained.catalogs, write_catalog_members);
  write_objects(json, "explanations", explained.kinds, write_explanation_members);
  write_objects(json, "entries", named_entries(explained),
                [](JsonWriter& to, const Entry* entry) { write_entry_members(to, *entry); });
  json.end_object();
  json.end_line();
}

void write_explained_ndjson(const ExplainedName& explained, std::ostream& out) {
  JsonWriter json(out, JsonWriter::Layout::compact);
  const std::vector<const Entry*> entries = named_entries(explained);
  for (const Catalog& catalog : explained.catalogs)
    write_record(json, "catalog", [&] { write_catalog_members(json, catalog); });
  for (const Entry* entry : entries)
    write_record(json, "entry", [&] { write_entry_members(json, *entry); });
  for (const Explanation& one : explained.kinds)
    write_record(json, "explanation", [&] { write_explanation_members(json, one); });
  write_record(json, "summary", [&] {
    write_head(json, explained);
    json.member("catalogs", explained.catalogs.size());
    json.member("explanations", explained.kinds.size());
    json.member("entries", entries.size());
  });
}

}  // namespace crumbs

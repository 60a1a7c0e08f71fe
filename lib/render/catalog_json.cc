// The JSON of catalogs: crumbs-entries/1.
#include <algorithm>

#include "crumbs/audit.h"
#include "render/catalog_view.h"
#include "render/report_json.h"

namespace crumbs {
namespace {

constexpr std::string_view kSchema = "crumbs-entries/1";

void write_look_alike_members(JsonWriter& json, const LookAlike& other) {
  json.member("kind", to_string(other.store));
  write_text(json, "name", other.name);
  write_text(json, "whose", other.whose);
}

void write_variable_members(JsonWriter& json, const Variable& variable) {
  write_text(json, "name", variable.name);
  write_text_or_null(json, "pattern", variable.pattern);
  write_text(json, "description", variable.description);
  write_text_or_null(json, "joins", variable.joins);
}

std::size_t entries_of(const Catalog& catalog, ItemKind kind) {
  return static_cast<std::size_t>(std::ranges::count(catalog.entries(), kind, &Entry::store));
}

void write_example_members(JsonWriter& json, const Example& example) {
  write_text(json, "name", example.name);
  write_text_or_null(json, "host", example.host);
  write_optional_text(json, "value", example.value);
}

void write_whole_entry_members(JsonWriter& json, const CatalogPart& part) {
  write_entry_members(json, *part.entry);
  write_objects(json, "examples", part.entry->examples, write_example_members);
  write_objects(json, "counter_examples", part.entry->counter_examples, write_example_members);
}

void write_statement_members(JsonWriter& json, const CatalogPart& part) {
  write_text(json, "id", part.statement->id);
  write_text(json, "catalog", part.catalog->id());
  write_text(json, "section", part.statement->section);
  write_text(json, "text", part.statement->text);
  json.member("visible_on_device", part.statement->visible_on_device);
}

std::vector<std::string> texts(std::span<const std::string> list) {
  return {list.begin(), list.end()};
}

}  // namespace

void write_catalog_members(JsonWriter& json, const Catalog& catalog) {
  write_text(json, "id", catalog.id());
  write_text(json, "version", catalog.version());
  write_text(json, "title", catalog.title());
  write_text_or_null(json, "license", catalog.license());
  json.member("trust", catalog.trust_word());
  write_text(json, "file", catalog.file());
  write_text(json, "sha256", catalog.sha256());
  write_object(json, "document", catalog.document(), write_document_members);
  write_strings(json, "shapes", texts(catalog.shapes()));
  write_strings(json, "prefixes", texts(catalog.prefixes()));
  write_strings(json, "vendor_hosts", texts(catalog.vendor_hosts()));
  if (catalog.vendor_hosts().empty())
    json.member_null("vendor_hosts_basis");
  else
    write_judgement(json, "vendor_hosts_basis", catalog.vendor_hosts_basis());
  write_objects(json, "look_alikes", catalog.look_alikes(), write_look_alike_members);
  write_objects(json, "variables", catalog.variables(), write_variable_members);
  json.member("cookie_entries", entries_of(catalog, ItemKind::cookie));
  json.member("local_storage_entries", entries_of(catalog, ItemKind::local_storage));
}

void write_contents_json(const CatalogContents& contents, std::ostream& out) {
  JsonWriter json(out, JsonWriter::Layout::indented);
  json.begin_object();
  json.member("schema", kSchema);
  write_tool(json, version());
  write_objects(json, "catalogs", contents.catalogs, [](JsonWriter& to, const Catalog* catalog) {
    write_catalog_members(to, *catalog);
  });
  write_objects(json, "entries", contents.entries, write_whole_entry_members);
  write_objects(json, "statements", contents.statements, write_statement_members);
  json.end_object();
  json.end_line();
}

void write_contents_ndjson(const CatalogContents& contents, std::ostream& out) {
  JsonWriter json(out, JsonWriter::Layout::compact);
  for (const Catalog* catalog : contents.catalogs)
    write_record(json, "catalog", [&] { write_catalog_members(json, *catalog); });
  for (const CatalogPart& part : contents.entries)
    write_record(json, "entry", [&] { write_whole_entry_members(json, part); });
  for (const CatalogPart& part : contents.statements)
    write_record(json, "statement", [&] { write_statement_members(json, part); });
  write_record(json, "summary", [&] {
    json.member("schema", kSchema);
    write_tool(json, version());
    json.member("catalogs", contents.catalogs.size());
    json.member("entries", contents.entries.size());
    json.member("statements", contents.statements.size());
  });
}

}  // namespace crumbs

#include "render/json_writer.h"
#include "render/render.h"
#include "render/report_json.h"

namespace crumbs {
namespace {

void write_stores(JsonWriter& json, const ProfileReport& part) {
  for (const StoreResult& store : part.stores) {
    write_record(json, "store", [&] {
      json.member("profile", part.profile.id);
      write_store_members(json, store);
    });
  }
}

void render_ndjson(const Report& report, const RenderOptions&, std::ostream& out) {
  render_ndjson_profile(report, out);
  render_ndjson_summary(report, out);
}

}  // namespace

void render_ndjson_profile(const Report& part, std::ostream& out) {
  JsonWriter json(out, JsonWriter::Layout::compact);
  std::size_t next = 0;
  for (const ProfileReport& one : part.profiles) {
    const Profile& profile = one.profile;
    write_record(json, "profile", [&] {
      write_profile_members(json, profile);
      write_also_there(json, one);
      write_tallies(json, one.tallies);
    });
    write_stores(json, one);
    for (; next < part.findings.size() && part.findings[next].profile == profile.id; ++next)
      write_record(json, "finding", [&] { write_finding_members(json, part.findings[next]); });
  }
  for (; next < part.findings.size(); ++next)
    write_record(json, "finding", [&] { write_finding_members(json, part.findings[next]); });
}

void render_ndjson_summary(const Report& whole, std::ostream& out) {
  JsonWriter json(out, JsonWriter::Layout::compact);
  for (const MissingProfile& missing : whole.missing)
    write_record(json, "missing", [&] { write_missing_members(json, missing); });
  write_record(json, "summary", [&] {
    write_head_members(json, whole);
    write_scope_members(json, whole);
    write_closing_members(json, whole);
  });
}

const RenderFormat ndjson_format{
    .id = "ndjson",
    .summary = "one JSON object a line: profile, store, finding, missing, summary",
    .render = render_ndjson};

}  // namespace crumbs

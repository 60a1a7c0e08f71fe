#include "render/report_json.h"

namespace crumbs {
namespace {

void write_file(JsonWriter& json, const SourceFile& file) {
  write_text(json, "path", file.path);
  json.member("bytes", file.bytes);
  json.member("sha256", file.sha256);
}

}  // namespace

void write_profile_members(JsonWriter& json, const Profile& profile) {
  write_text(json, "id", profile.id);
  write_text(json, "browser", profile.browser);
  write_text(json, "name", profile.name);
  write_text(json, "path", profile.path.native());
  write_optional(json, "running", profile.running.running);
  write_text_or_null(json, "running_evidence", profile.running.evidence);
  write_text_or_null(json, "browser_name", profile.browser_name);
  json.member("engine", to_string(profile.engine));
  write_text_or_null(json, "display_name", profile.display_name);
  write_text_or_null(json, "user_data_dir", profile.user_data_dir.native());
  write_text_or_null(json, "system", profile.system);
  write_text_or_null(json, "packaging", profile.packaging);
  json.member("archived", profile.archived);
  write_optional_text(json, "only_store", profile.only_store);
}

void write_diagnostic(JsonWriter& json, const Diagnostic& diagnostic) {
  json.member("severity",
              diagnostic.severity == Diagnostic::Severity::note ? "note" : "incomplete");
  json.member("code", diagnostic.code);
  write_text(json, "message", diagnostic.message);
  write_text_or_null(json, "file", diagnostic.file);
  write_optional(json, "row", diagnostic.row);
  write_optional(json, "offset", diagnostic.offset);
}

void write_missing_members(JsonWriter& json, const MissingProfile& missing) {
  write_text(json, "path", missing.path);
  write_text_or_null(json, "browser", missing.browser);
  write_text_or_null(json, "name", missing.name);
  write_text(json, "named_by", missing.named_by);
  json.member("reason", to_string(missing.reason));
  write_text_or_null(json, "target", missing.target);
  write_text(json, "message", missing.message);
}

void write_also_there(JsonWriter& json, const ProfileReport& part) {
  write_objects(json, "also_there", part.also_there, [](JsonWriter& out, const OtherPlace& place) {
    write_text(out, "path", place.path);
    out.member("holds", place.holds);
  });
}

void write_profiles(JsonWriter& json, const std::vector<ProfileReport>& profiles) {
  write_objects(json, "profiles", profiles, [](JsonWriter& out, const ProfileReport& part) {
    write_profile_members(out, part.profile);
    write_also_there(out, part);
    write_tallies(out, part.tallies);
    write_objects(out, "stores", part.stores, write_store_members);
  });
}

void write_store_members(JsonWriter& json, const StoreResult& store) {
  json.member("id", store.id);
  write_text(json, "path", store.path);
  write_text_or_null(json, "schema", store.schema);
  json.member("status", to_string(store.status));
  json.member("items", store.items);
  json.member("unknown", store.unknown);
  json.member("residue", store.residue);
  write_text_or_null(json, "note", store.note);
  write_objects(json, "files", store.files, write_file);
  write_objects(json, "diagnostics", store.diagnostics, write_diagnostic);
}

}  // namespace crumbs

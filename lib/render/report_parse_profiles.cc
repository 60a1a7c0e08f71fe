#include "render/report_parse.h"

namespace crumbs {
namespace {

SourceFile read_file(const JsonNode& node) {
  return {.path = read_text(node, "path"),
          .bytes = node.at("bytes").unsigned_integer(),
          .sha256 = node.at("sha256").text()};
}

Diagnostic::Severity read_severity(const JsonNode& node) {
  if (node.text() == "note") return Diagnostic::Severity::note;
  if (node.text() != "incomplete") node.fail("expected note or incomplete");
  return Diagnostic::Severity::incomplete;
}

}  // namespace

Diagnostic read_diagnostic(const JsonNode& node) {
  return {.code = node.at("code").text(),
          .message = read_text(node, "message"),
          .file = text_or_empty(node, "file"),
          .severity = read_severity(node.at("severity")),
          .row = find_integer(node, "row"),
          .offset = find_unsigned(node, "offset")};
}

namespace {

StoreResult read_store(const JsonNode& node) {
  StoreResult store;
  store.id = node.at("id").text();
  store.path = read_text(node, "path");
  store.schema = text_or_empty(node, "schema");
  store.status = node.at("status").enumerator<StoreStatus>();
  store.items = node.at("items").unsigned_integer();
  store.unknown = find_unsigned(node, "unknown").value_or(0);
  store.residue = find_unsigned(node, "residue").value_or(0);
  store.note = text_or_empty(node, "note");
  store.files = find_array(node, "files", read_file);
  store.diagnostics = find_array(node, "diagnostics", read_diagnostic);
  return store;
}

Engine read_engine(const JsonNode& node) {
  if (const auto engine = find_enumerator<Engine>(node, "engine")) return *engine;
  return node.at("browser").text() == "firefox" ? Engine::firefox : Engine::chromium;
}

Profile read_profile(const JsonNode& node) {
  Profile profile;
  profile.id = read_text(node, "id");
  profile.browser = read_text(node, "browser");
  profile.browser_name = text_or_empty(node, "browser_name");
  profile.engine = read_engine(node);
  profile.name = read_text(node, "name");
  profile.display_name = text_or_empty(node, "display_name");
  profile.path = read_text(node, "path");
  profile.user_data_dir = text_or_empty(node, "user_data_dir");
  profile.system = text_or_empty(node, "system");
  profile.packaging = text_or_empty(node, "packaging");
  profile.running = {.running = find_boolean(node, "running"),
                     .evidence = text_or_empty(node, "running_evidence")};
  profile.archived = node.at("archived").boolean();
  profile.only_store = find_text(node, "only_store");
  return profile;
}

OtherPlace read_other_place(const JsonNode& node) {
  return {.path = read_text(node, "path"), .holds = node.at("holds").text()};
}

}  // namespace

ProfileReport read_profile_report(const JsonNode& node) {
  return {.profile = read_profile(node),
          .stores = read_array(node.at("stores"), read_store),
          .tallies = read_array(node.at("tallies"), read_tally),
          .also_there = read_array(node.at("also_there"), read_other_place)};
}

MissingProfile read_missing(const JsonNode& node) {
  return {.path = read_text(node, "path"),
          .browser = text_or_empty(node, "browser"),
          .name = text_or_empty(node, "name"),
          .named_by = read_text(node, "named_by"),
          .reason = node.at("reason").enumerator<MissingReason>(),
          .target = text_or_empty(node, "target"),
          .message = read_text(node, "message")};
}

}  // namespace crumbs

#include "access/fields.h"
#include "bundle/parts.h"
#include "crumbs/audit.h"
#include "render/json_writer.h"
#include "render/report_json.h"

namespace crumbs {
namespace {

void write_request_object(JsonWriter& json, const BundleParts& parts) {
  json.key("request");
  json.begin_object();
  json.member("id", parts.request.id);
  json.member("type", "access");
  write_text_or_null(json, "subject", parts.request.subject);
  json.end_object();
}

void write_controller(JsonWriter& json, const std::optional<Controller>& controller) {
  if (!controller) return json.member_null("controller");
  json.key("controller");
  json.begin_object();
  json.member("name", controller->name);
  write_text_or_null(json, "contact", controller->contact);
  write_text_or_null(json, "data_protection_contact", controller->data_protection_contact);
  write_strings(json, "recipients", controller->recipients);
  write_text_or_null(json, "rights", controller->rights);
  json.end_object();
}

/// What was read, when, with what: enough to do it again.
void write_acquisition(JsonWriter& json, const Report& report) {
  json.key("acquisition");
  json.begin_object();
  write_tool(json, report.tool_version);
  json.member("created", to_iso8601(report.created));
  json.member("method",
              "each store was copied privately and read from the copy; nothing was "
              "written to a profile");
  json.member("values", to_string(report.values));
  json.member("unknown_items_listed", !report.known_only);
  write_text_or_null(json, "selection", report.selection);
  write_catalogs(json, report.catalogs);
  write_profiles(json, report.profiles);
  json.end_object();
}

void write_fields(JsonWriter& json, const BundleParts& parts) {
  const auto fields = access_fields(parts.report, parts.request);
  write_objects(json, "fields", fields, [](JsonWriter& out, const AccessField& field) {
    out.member("id", field.id);
    out.member("article", field.article);
    out.member("label", field.label);
    out.member("known", field.known);
    write_text(out, "text", field.text);
  });
}

void write_raw(JsonWriter& json, const BundleParts& parts) {
  if (!parts.with_raw) return json.member_null("raw");
  write_objects(json, "raw", parts.raw, [](JsonWriter& out, const RawFile& raw) {
    out.member("profile", raw.profile);
    out.member("store", raw.store);
    write_text(out, "source", raw.source);
    out.member("state", to_string(raw.state));
    write_text_or_null(out, "file", raw.file.path);
    if (raw.file.path.empty()) return;
    out.member("bytes", raw.file.bytes);
    out.member("sha256", raw.file.sha256);
  });
}

}  // namespace

std::vector<std::string> reasons_of(const BundleParts& parts) {
  std::vector<std::string> reasons;
  if (!parts.report.complete) {
    for (const Reason& reason : parts.report.exit.reasons) reasons.push_back(to_string(reason));
  }
  if (!parts.report.complete && reasons.empty()) reasons.emplace_back("no reason given");
  reasons.insert(reasons.end(), parts.problems.begin(), parts.problems.end());
  return reasons;
}

void write_request(const BundleParts& parts, std::ostream& out) {
  JsonWriter json(out, JsonWriter::Layout::indented);
  const std::vector<std::string> reasons = reasons_of(parts);
  json.begin_object();
  json.member("schema", "crumbs-request/1");
  write_request_object(json, parts);
  write_controller(json, parts.request.controller);
  json.member("complete", reasons.empty());
  write_strings(json, "incomplete_because", reasons);
  write_fields(json, parts);
  write_acquisition(json, parts.report);
  write_raw(json, parts);
  json.end_object();
  json.end_line();
}

}  // namespace crumbs

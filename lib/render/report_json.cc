#include "render/report_json.h"

#include <sstream>

#include "crumbs/render.h"
#include "crumbs/select.h"
#include "decode/text.h"
#include "form_name.h"
#include "lifetime.h"
#include "render/cards.h"
#include "render/typed_json.h"

namespace crumbs {
namespace {

void write_partition_members(JsonWriter& json, const Partition& partition) {
  write_text(json, "top_level_site", partition.top_level_site);
  write_optional(json, "cross_site_ancestor", partition.cross_site_ancestor);
  write_text_or_null(json, "raw", partition.raw);
}

void write_container_members(JsonWriter& json, const Container& container) {
  json.member("id", container.id);
  write_text(json, "name", container.name);
}

std::string title_of(const CardUsed& card) {
  return (card.site.empty() ? card.catalog : card.site) + card_details(card);
}

void write_form_members(JsonWriter& json, const MatchedForm& form) {
  write_text(json, "name", form.name);
  json.member("basis", to_string(form.basis));
  write_text_or_null(json, "documented_as", form.documented_as);
  write_text_or_null(json, "evidence", form.evidence);
}

/// The text, null where it `hides`.
void write_shown(JsonWriter& json, std::string_view key, bool hides, std::string_view text) {
  if (hides)
    json.member_null(key);
  else
    write_text(json, key, text);
}

/// What stands for a masked value: its mask, or of a structure its shape.
const std::optional<std::string>& preview_of(const FindingValue& value) {
  return value.decoded ? value.decoded : value.text;
}

void write_field(JsonWriter& json, const ValueField& field) {
  write_text(json, "pointer", field.pointer);
  json.member("documented", field.documented);
  json.member("present", field.present);
  json.member("type", to_string(field.type));
  write_shown(json, "text", field.masked, field.text);
  json.member("personal_data", to_string(field.personal_data));
  json.member("masked", field.masked);
  write_shown(json, "preview", !field.masked, field.text);
  write_text_or_null(json, "token", field.token);
  json.member("length", field.length);
  write_text_or_null(json, "description", field.description);
  write_text_or_null(json, "erratum", field.erratum);
}

void write_value_members(JsonWriter& json, const FindingValue& value) {
  json.member("availability", to_string(value.availability));
  write_word(json, "reason", value.reason);
  write_text_or_null(json, "encryption", value.encryption);
  const std::optional<std::string> none;
  write_optional_text(json, "text", value.masked ? none : value.text);
  if (value.bytes)
    json.member("bytes_base64", base64_encode(*value.bytes));
  else
    json.member_null("bytes_base64");
  json.member("length", value.length);
  json.member("type", to_string(value.type));
  write_optional_text(json, "decoded", value.masked ? none : value.decoded);
  write_typed(json, value);
  write_strings(json, "steps", value.steps);
  json.member("masked", value.masked);
  write_optional_text(json, "preview", value.masked ? preview_of(value) : none);
  write_text_or_null(json, "token", value.token);
  write_text_or_null(json, "same_as", value.same_as);
  write_text_or_null(json, "keyed_digest", value.keyed_digest);
  json.member("personal_data", to_string(value.personal_data));
  write_objects(json, "fields", value.fields, write_field);
  json.member("elements", value.elements);
  write_time(json, "oldest", value.oldest);
  write_time(json, "newest", value.newest);
}

void write_attributes_members(JsonWriter& json, const Attributes& attributes) {
  write_optional(json, "secure", attributes.secure);
  write_optional(json, "http_only", attributes.http_only);
  write_optional_text(json, "same_site", attributes.same_site);
  write_optional(json, "session", attributes.session);
  write_optional(json, "partitioned", attributes.partitioned);
  write_optional(json, "host_only", attributes.host_only);
  write_optional_text(json, "priority", attributes.priority);
  write_optional_text(json, "source_scheme", attributes.source_scheme);
  write_optional(json, "source_port", attributes.source_port);
  write_optional_text(json, "source_type", attributes.source_type);
  write_pairs(json, "origin_attributes", "name", attributes.origin_attributes);
}

void write_times_members(JsonWriter& json, const Times& times) {
  write_time(json, "created", times.created);
  write_time(json, "accessed", times.accessed);
  write_time(json, "updated", times.updated);
  write_time(json, "expires", times.expires);
  write_optional(json, "created_raw", times.created_raw);
  write_optional(json, "accessed_raw", times.accessed_raw);
  write_optional(json, "updated_raw", times.updated_raw);
  write_optional(json, "expires_raw", times.expires_raw);
}

void write_deletion_members(JsonWriter& json, const Deletion& deletion) {
  json.member("verdict", to_string(deletion.verdict));
  write_text_or_null(json, "consequence", deletion.consequence);
  write_word(json, "basis", deletion.basis);
  write_text_or_null(json, "section", deletion.section);
  write_text_or_null(json, "reason", deletion.reason);
  write_text_or_null(json, "effect_on_rights", deletion.effect_on_rights);
  write_objects(json, "holds", deletion.holds, [](JsonWriter& out, const Hold& hold) {
    write_text(out, "id", hold.id);
    write_text(out, "reason", hold.reason);
    write_text(out, "owner", hold.owner);
    write_text(out, "until", hold.until);
  });
}

void write_locator_members(JsonWriter& json, const Locator& locator) {
  write_text(json, "file", locator.file);
  write_text_or_null(json, "table", locator.table);
  write_optional(json, "row", locator.row);
  write_text_or_null(json, "pointer", locator.pointer);
  write_optional(json, "offset", locator.offset);
  write_optional(json, "sequence", locator.sequence);
}

/// A cookie always has a host and a path, even an empty one; local storage always an origin.
void write_place(JsonWriter& json, const Finding& finding) {
  const bool cookie = finding.kind == ItemKind::cookie;
  const auto write_host = cookie ? write_text : write_text_or_null;
  const auto write_origin = cookie ? write_text_or_null : write_text;
  write_host(json, "host", finding.host);
  write_origin(json, "origin", finding.origin);
  write_text(json, "where", cookie ? finding.host : finding.origin);
  write_text_or_null(json, "site", finding.site);
  write_host(json, "path", finding.path);
}

/// What follows from the finding and its report.
void write_derived(JsonWriter& json, const Finding& finding, const Time& created) {
  write_optional(json, "lifetime_s", lifetime_s(finding));
  const std::optional<NewestTime> newest = newest_time(finding.times);
  write_text_or_null(json, "newest_time", newest ? newest->word : "");
  json.member("expired", is_expired(finding.times, created));
  json.member("personal", holds_personal_data(finding));
}

}  // namespace

void write_time(JsonWriter& json, std::string_view key, const std::optional<Time>& time) {
  const std::string us = std::string(key) + "_us";
  if (!time) {
    json.member_null(key);
    return json.member_null(us);
  }
  json.member(key, to_iso8601_us(*time));
  json.member(us, time->unix_us);
}

void write_optional_text(JsonWriter& json, std::string_view key,
                         const std::optional<std::string>& text) {
  if (text)
    write_text(json, key, *text);
  else
    json.member_null(key);
}

void write_strings(JsonWriter& json, std::string_view key, const std::vector<std::string>& texts) {
  json.key(key);
  json.begin_array();
  for (const auto& text : texts) json.value(text);
  json.end_array();
}

void write_text(JsonWriter& json, std::string_view key, std::string_view text) {
  json.member(key, text);
  if (!is_utf8(text)) json.member(std::string(key) + "_base64", base64_encode(text));
}

void write_text_or_null(JsonWriter& json, std::string_view key, std::string_view text) {
  if (text.empty())
    json.member_null(key);
  else
    write_text(json, key, text);
}

FindingPlaces::FindingPlaces(const Report& report) : created_(report.created) {
  for (const ProfileReport& part : report.profiles)
    profiles_.emplace(part.profile.id, &part.profile);
}

FindingPlace FindingPlaces::of(const Finding& finding) const {
  const auto profile = profiles_.find(finding.profile);
  if (profile == profiles_.end()) return {{}, {}, created_};
  return {profile->second->browser, profile->second->path.native(), created_};
}

void write_finding_members(JsonWriter& json, const Finding& finding, const FindingPlace& place) {
  write_text(json, "id", finding.id);
  write_text_or_null(json, "fingerprint", finding.fingerprint);
  json.member("profile", finding.profile);
  write_text_or_null(json, "browser", place.browser);
  write_text_or_null(json, "profile_path", place.profile_path);
  json.member("store", finding.store);
  json.member("kind", to_string(finding.kind));
  write_place(json, finding);
  write_text(json, "name", finding.name);
  json.member("name_masked", finding.name_masked);
  write_text_or_null(json, "name_keyed_digest", finding.name_keyed_digest);
  write_object_or_null(json, "partition", finding.partition, write_partition_members);
  write_object_or_null(json, "container", finding.container, write_container_members);
  json.member("state", to_string(finding.state));
  json.member("status", to_string(finding.status));
  write_text_or_null(json, "entry", finding.entry);
  write_text_or_null(json, "catalog", finding.catalog);
  write_word(json, "category", finding.category);
  write_object_or_null(json, "form", finding.form, write_form_members);
  write_text_or_null(json, "name_template", name_template(finding));
  write_pairs(json, "captured", "variable", finding.captured);
  write_objects(json, "runner_up", finding.runner_up, [](JsonWriter& out, const RunnerUp& other) {
    write_text(out, "entry", other.entry);
    write_text(out, "reason", other.reason);
  });
  write_text_or_null(json, "card", finding.card);
  write_object(json, "value", finding.value, write_value_members);
  write_object(json, "attributes", finding.attributes, write_attributes_members);
  write_object(json, "times", finding.times, write_times_members);
  write_derived(json, finding, place.created);
  write_objects(json, "drift", finding.drift, [](JsonWriter& out, const Drift& drift) {
    write_text(out, "rule", drift.rule);
    write_text(out, "message", drift.message);
  });
  write_strings(json, "notes", finding.notes);
  write_object(json, "deletion", finding.deletion, write_deletion_members);
  write_object(json, "locator", finding.locator, write_locator_members);
}

void write_card_members(JsonWriter& json, const CardUsed& card) {
  json.member("profile", card.profile);
  write_text(json, "id", card.id);
  write_text(json, "title", title_of(card));
  write_text(json, "catalog", card.catalog);
  write_text_or_null(json, "site", card.site);
  json.member("own_site", card.own_site);
  write_object_or_null(json, "container", card.container, write_container_members);
  write_text_or_null(json, "context", card.context);
  write_objects(json, "ids", card.ids, [](JsonWriter& out, const CardId& id) {
    write_text(out, "word", id.word);
    write_text(out, "value", id.value);
  });
}

void write_labels(JsonWriter& json, const Labels& labels) {
  write_object(json, "labels", labels, [](JsonWriter& out, const Labels& all) {
    for (const auto& [key, value] : all) {
      out.any_key(key);
      out.value(value);
    }
  });
}

void write_tool(JsonWriter& json, std::string_view version) {
  json.key("tool");
  json.begin_object();
  json.member("name", "crumbs");
  json.member("version", version);
  json.end_object();
}

void write_head_members(JsonWriter& json, const Report& report) {
  json.member("schema", report.schema);
  write_tool(json, report.tool_version);
  write_time(json, "created", report.created);
}

void write_scope_members(JsonWriter& json, const Report& report) {
  json.member("complete", report.complete);
  json.member("values", to_string(report.values));
  write_text_or_null(json, "digest_key", report.digest_key);
  json.member("all", report.all);
  json.member("known_only", report.known_only);
  write_text_or_null(json, "selection", report.selection);
  write_objects(json, "notes", report.notes, write_diagnostic);
  write_catalogs(json, report.catalogs);
}

void write_document_members(JsonWriter& json, const CatalogDocument& document) {
  write_text(json, "title", document.title);
  write_text(json, "publisher", document.publisher);
  write_text_or_null(json, "effective_date", document.effective_date);
  write_text_or_null(json, "sha256", document.sha256);
  write_text_or_null(json, "file", document.file);
}

void write_catalogs(JsonWriter& json, const std::vector<CatalogUsed>& catalogs) {
  write_objects(json, "catalogs", catalogs, [](JsonWriter& out, const CatalogUsed& used) {
    write_text(out, "id", used.id);
    write_text(out, "version", used.version);
    write_text(out, "sha256", used.sha256);
    write_text(out, "title", used.title);
    write_object(out, "document", used.document, write_document_members);
    out.member("names_documented", used.names_documented);
    out.member("errata", used.errata);
    out.member("states_lifetimes", used.states_lifetimes);
  });
}

void write_exit(JsonWriter& json, const Exit& exit) {
  json.key("exit");
  json.begin_object();
  json.member("code", exit.code);
  write_objects(json, "reasons", exit.reasons, [](JsonWriter& out, const Reason& reason) {
    out.member("code", reason.code);
    write_text_or_null(out, "profile", reason.profile);
    write_text_or_null(out, "store", reason.store);
    write_text_or_null(out, "path", reason.path);
    write_text(out, "message", reason.message);
    write_text_or_null(out, "hint", reason.hint);
  });
  json.end_object();
}

void write_closing_members(JsonWriter& json, const Report& report) {
  write_objects(json, "absent", report.absent, [](JsonWriter& out, const Absent& absent) {
    write_text(out, "entry", absent.entry);
  });
  write_summary(json, report.summary);
  write_exit(json, report.exit);
}

void write_report(JsonWriter& json, const Report& report) {
  json.begin_object();
  write_head_members(json, report);
  write_scope_members(json, report);
  write_labels(json, report.labels);
  write_objects(json, "entries", report.entries, write_entry_members);
  write_profiles(json, report.profiles);
  write_objects(json, "missing", report.missing, write_missing_members);
  write_objects(json, "cards", report.cards, write_card_members);
  const FindingPlaces places(report);
  write_objects(json, "findings", report.findings, [&](JsonWriter& out, const Finding& finding) {
    write_finding_members(out, finding, places.of(finding));
  });
  write_closing_members(json, report);
  json.end_object();
}

std::string to_json(const Report& report) {
  return json_text([&](JsonWriter& json) { write_report(json, report); });
}

}  // namespace crumbs

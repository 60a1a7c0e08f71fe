#include <limits>

#include <fmt/format.h>

#include "crumbs/error.h"
#include "crumbs/render.h"
#include "decode/text.h"
#include "json/node.h"
#include "render/report_json.h"
#include "render/report_parse.h"

namespace crumbs {
namespace {

std::string read_base64(const JsonNode& node) {
  auto bytes = base64_decode(node.text());
  if (!bytes) node.fail("expected base64");
  return *std::move(bytes);
}

}  // namespace

std::optional<std::string> find_text(const JsonNode& object, const std::string& key) {
  if (const auto exact = object.find(key + "_base64")) return read_base64(*exact);
  const auto node = object.find(key);
  return node ? std::optional(node->text()) : std::nullopt;
}

std::string read_text(const JsonNode& object, const std::string& key) {
  if (const auto exact = object.find(key + "_base64")) return read_base64(*exact);
  return object.at(key).text();
}

std::string text_or_empty(const JsonNode& object, const std::string& key) {
  return find_text(object, key).value_or("");
}

std::optional<bool> find_boolean(const JsonNode& object, std::string_view key) {
  const auto node = object.find(key);
  return node ? std::optional(node->boolean()) : std::nullopt;
}

std::optional<std::int64_t> find_integer(const JsonNode& object, std::string_view key) {
  const auto node = object.find(key);
  return node ? std::optional(node->integer()) : std::nullopt;
}

std::optional<std::uint64_t> find_unsigned(const JsonNode& object, std::string_view key) {
  const auto node = object.find(key);
  return node ? std::optional(node->unsigned_integer()) : std::nullopt;
}

Time read_time(const JsonNode& node) {
  const auto time = parse_iso8601(node.text());
  if (!time) node.fail("expected an ISO 8601 time in UTC");
  return *time;
}

namespace {

std::optional<Time> find_time(const JsonNode& object, std::string_view key) {
  const auto node = object.find(key);
  return node ? std::optional(read_time(*node)) : std::nullopt;
}

/// What write_pairs writes.
std::map<std::string, std::string> find_pairs(const JsonNode& object, std::string_view key,
                                              const std::string& name) {
  using Pair = std::pair<std::string, std::string>;
  const auto pairs = find_array(object, key, [&name](const JsonNode& pair) {
    return Pair(read_text(pair, name), read_text(pair, "value"));
  });
  return {pairs.begin(), pairs.end()};
}

std::optional<Partition> find_partition(const JsonNode& finding) {
  const auto node = finding.find("partition");
  if (!node) return std::nullopt;
  return Partition{.top_level_site = read_text(*node, "top_level_site"),
                   .cross_site_ancestor = find_boolean(*node, "cross_site_ancestor"),
                   .raw = text_or_empty(*node, "raw")};
}

std::optional<Container> find_container(const JsonNode& finding) {
  const auto node = finding.find("container");
  if (!node) return std::nullopt;
  const JsonNode number = node->at("id");
  const std::uint64_t id = number.unsigned_integer();
  if (id > std::numeric_limits<std::uint32_t>::max()) number.fail("an integer that is too large");
  return Container{.id = static_cast<std::uint32_t>(id), .name = text_or_empty(*node, "name")};
}

ValueField read_field(const JsonNode& node) {
  ValueField field;
  field.pointer = read_text(node, "pointer");
  field.documented = node.at("documented").boolean();
  field.present = find_boolean(node, "present").value_or(true);
  field.type = node.at("type").enumerator<ValueType>();
  field.personal_data = node.at("personal_data").enumerator<PersonalData>();
  field.masked = node.at("masked").boolean();
  field.text = text_or_empty(node, field.masked ? "preview" : "text");
  field.token = text_or_empty(node, "token");
  field.length = find_unsigned(node, "length").value_or(0);
  field.description = text_or_empty(node, "description");
  field.erratum = text_or_empty(node, "erratum");
  return field;
}

/// A masked structure has its shape for a mask.
void read_texts(const JsonNode& node, FindingValue& value) {
  if (!value.masked) {
    value.text = find_text(node, "text");
    value.decoded = find_text(node, "decoded");
  } else if (is_structured(value.type)) {
    value.decoded = find_text(node, "preview");
  } else {
    value.text = find_text(node, "preview");
  }
}

FindingValue read_value(const JsonNode& node) {
  FindingValue value;
  value.availability = node.at("availability").enumerator<Availability>();
  value.reason = find_enumerator<Unavailable>(node, "reason");
  value.encryption = text_or_empty(node, "encryption");
  if (const auto bytes = node.find("bytes_base64")) value.bytes = read_base64(*bytes);
  value.length = node.at("length").unsigned_integer();
  value.type = node.at("type").enumerator<ValueType>();
  value.steps = find_array(node, "steps", read_string);
  value.masked = node.at("masked").boolean();
  read_texts(node, value);
  value.token = text_or_empty(node, "token");
  value.same_as = text_or_empty(node, "same_as");
  value.keyed_digest = text_or_empty(node, "keyed_digest");
  value.personal_data =
      find_enumerator<PersonalData>(node, "personal_data").value_or(PersonalData::unknown);
  value.fields = find_array(node, "fields", read_field);
  value.elements = find_unsigned(node, "elements").value_or(0);
  value.oldest = find_time(node, "oldest");
  value.newest = find_time(node, "newest");
  return value;
}

Attributes read_attributes(const JsonNode& node) {
  Attributes attributes;
  attributes.secure = find_boolean(node, "secure");
  attributes.http_only = find_boolean(node, "http_only");
  attributes.session = find_boolean(node, "session");
  attributes.partitioned = find_boolean(node, "partitioned");
  attributes.host_only = find_boolean(node, "host_only");
  attributes.same_site = find_text(node, "same_site");
  attributes.priority = find_text(node, "priority");
  attributes.source_scheme = find_text(node, "source_scheme");
  attributes.source_port = find_integer(node, "source_port");
  attributes.source_type = find_text(node, "source_type");
  attributes.origin_attributes = find_pairs(node, "origin_attributes", "name");
  return attributes;
}

Times read_times(const JsonNode& node) {
  return {.created = find_time(node, "created"),
          .accessed = find_time(node, "accessed"),
          .updated = find_time(node, "updated"),
          .expires = find_time(node, "expires"),
          .created_raw = find_integer(node, "created_raw"),
          .accessed_raw = find_integer(node, "accessed_raw"),
          .updated_raw = find_integer(node, "updated_raw"),
          .expires_raw = find_integer(node, "expires_raw")};
}

Hold read_hold(const JsonNode& node) {
  return {.id = read_text(node, "id"),
          .reason = text_or_empty(node, "reason"),
          .owner = text_or_empty(node, "owner"),
          .until = text_or_empty(node, "until")};
}

Deletion read_deletion(const JsonNode& node) {
  return {.verdict = node.at("verdict").enumerator<Verdict>(),
          .consequence = text_or_empty(node, "consequence"),
          .basis = find_enumerator<Basis>(node, "basis"),
          .section = text_or_empty(node, "section"),
          .reason = text_or_empty(node, "reason"),
          .effect_on_rights = text_or_empty(node, "effect_on_rights"),
          .holds = find_array(node, "holds", read_hold)};
}

Locator read_locator(const JsonNode& node) {
  return {.file = read_text(node, "file"),
          .table = text_or_empty(node, "table"),
          .row = find_integer(node, "row"),
          .pointer = text_or_empty(node, "pointer"),
          .offset = find_unsigned(node, "offset"),
          .sequence = find_unsigned(node, "sequence")};
}

std::optional<MatchedForm> find_form(const JsonNode& finding) {
  const auto node = finding.find("form");
  if (!node) return std::nullopt;
  return MatchedForm{.name = read_text(*node, "name"),
                     .basis = node->at("basis").enumerator<Basis>(),
                     .documented_as = text_or_empty(*node, "documented_as"),
                     .evidence = text_or_empty(*node, "evidence")};
}

RunnerUp read_runner_up(const JsonNode& node) {
  return {.entry = read_text(node, "entry"), .reason = text_or_empty(node, "reason")};
}

Drift read_drift(const JsonNode& node) {
  return {.rule = read_text(node, "rule"), .message = read_text(node, "message")};
}

}  // namespace

Finding read_finding(const JsonNode& node) {
  Finding finding;
  finding.id = read_text(node, "id");
  finding.fingerprint = text_or_empty(node, "fingerprint");
  finding.profile = node.at("profile").text();
  finding.store = node.at("store").text();
  finding.kind = node.at("kind").enumerator<ItemKind>();
  finding.host = text_or_empty(node, "host");
  finding.origin = text_or_empty(node, "origin");
  finding.site = text_or_empty(node, "site");
  finding.path = text_or_empty(node, "path");
  finding.name = read_text(node, "name");
  finding.name_masked = find_boolean(node, "name_masked").value_or(false);
  finding.name_keyed_digest = text_or_empty(node, "name_keyed_digest");
  finding.partition = find_partition(node);
  finding.container = find_container(node);
  finding.state = node.at("state").enumerator<ItemState>();
  finding.status = node.at("status").enumerator<Status>();
  finding.entry = text_or_empty(node, "entry");
  finding.catalog = text_or_empty(node, "catalog");
  finding.category = find_enumerator<Category>(node, "category");
  finding.form = find_form(node);
  if (!finding.form) finding.shape = text_or_empty(node, "name_template");
  finding.captured = find_pairs(node, "captured", "variable");
  finding.runner_up = find_array(node, "runner_up", read_runner_up);
  finding.card = text_or_empty(node, "card");
  finding.value = read_value(node.at("value"));
  finding.attributes = read_attributes(node.at("attributes"));
  finding.times = read_times(node.at("times"));
  finding.drift = find_array(node, "drift", read_drift);
  finding.notes = find_array(node, "notes", read_string);
  finding.deletion = read_deletion(node.at("deletion"));
  finding.locator = read_locator(node.at("locator"));
  return finding;
}

namespace {

CatalogDocument read_catalog_document(const JsonNode& node) {
  return {.title = read_text(node, "title"),
          .publisher = read_text(node, "publisher"),
          .effective_date = text_or_empty(node, "effective_date"),
          .sha256 = text_or_empty(node, "sha256"),
          .file = text_or_empty(node, "file")};
}

}  // namespace

CatalogUsed read_catalog_used(const JsonNode& node) {
  return {.id = read_text(node, "id"),
          .version = read_text(node, "version"),
          .sha256 = read_text(node, "sha256"),
          .title = text_or_empty(node, "title"),
          .document = read_catalog_document(node.at("document")),
          .names_documented = node.at("names_documented").unsigned_integer(),
          .errata = node.at("errata").unsigned_integer(),
          .states_lifetimes = node.at("states_lifetimes").boolean()};
}

namespace {

Absent read_absent(const JsonNode& node) {
  return {.entry = read_text(node, "entry")};
}

}  // namespace

void require_schema(const JsonNode& node, std::string_view schema, std::string_view what) {
  const std::string& stated = node.text();
  if (stated == schema) return;
  if (stated.starts_with(schema.substr(0, schema.find('/') + 1)))
    node.fail(fmt::format("a schema that this version does not know; it reads {}", schema));
  node.fail(fmt::format("this is no {} of crumbs", what));
}

std::string read_string(const JsonNode& node) {
  return node.text();
}

namespace {

Reason read_reason(const JsonNode& node) {
  return {.code = node.at("code").text(),
          .profile = text_or_empty(node, "profile"),
          .store = text_or_empty(node, "store"),
          .path = text_or_empty(node, "path"),
          .message = read_text(node, "message"),
          .hint = text_or_empty(node, "hint")};
}

}  // namespace

Exit read_exit(const JsonNode& node) {
  const JsonNode number = node.at("code");
  const std::int64_t code = number.integer();
  if (code < 0 || code > 255) number.fail("expected an exit code from 0 to 255");
  return {.code = static_cast<int>(code), .reasons = read_array(node.at("reasons"), read_reason)};
}

namespace {

CardId read_card_id(const JsonNode& node) {
  return {.word = read_text(node, "word"), .value = read_text(node, "value")};
}

CardUsed read_card(const JsonNode& node) {
  CardUsed card;
  card.profile = node.at("profile").text();
  card.id = read_text(node, "id");
  card.catalog = read_text(node, "catalog");
  card.site = text_or_empty(node, "site");
  card.own_site = node.at("own_site").boolean();
  card.container = find_container(node);
  card.context = text_or_empty(node, "context");
  card.ids = read_array(node.at("ids"), read_card_id);
  return card;
}

Labels read_labels(const JsonNode& node) {
  Labels labels;
  for (const std::string& key : node.keys()) labels[key] = node.at(key).text();
  return labels;
}

}  // namespace

Report parse_report(std::string_view json, const std::string& file) {
  const nlohmann::json document = parse_document(json, file, kMaxReportDepth);
  const JsonNode root(document, file);
  require_schema(root.at("schema"), kReportSchema, "report");
  if (!root.find("created_us") || !root.find("entries"))
    root.fail("an early report of crumbs 0.1.0, which this version does not read: audit again");
  Report report;
  report.tool_version = root.at("tool").at("version").text();
  report.created = read_time(root.at("created"));
  report.complete = root.at("complete").boolean();
  report.values = find_enumerator<ValuesMode>(root, "values").value_or(ValuesMode::masked);
  report.digest_key = text_or_empty(root, "digest_key");
  report.all = find_boolean(root, "all").value_or(false);
  report.known_only = root.at("known_only").boolean();
  report.selection = text_or_empty(root, "selection");
  report.notes = read_array(root.at("notes"), read_diagnostic);
  report.labels = read_labels(root.at("labels"));
  report.catalogs = read_array(root.at("catalogs"), read_catalog_used);
  report.entries = read_array(root.at("entries"), read_entry);
  report.profiles = read_array(root.at("profiles"), read_profile_report);
  report.missing = read_array(root.at("missing"), read_missing);
  report.cards = read_array(root.at("cards"), read_card);
  report.findings = read_array(root.at("findings"), read_finding);
  report.absent = read_array(root.at("absent"), read_absent);
  report.summary = read_summary(root.at("summary"));
  report.exit = read_exit(root.at("exit"));
  return report;
}

}  // namespace crumbs

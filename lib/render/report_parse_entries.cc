#include "render/report_parse.h"

namespace crumbs {
namespace {

int year_or_none(const JsonNode& object, std::string_view key) {
  const auto node = object.find(key);
  if (!node) return 0;
  const std::int64_t year = node->integer();
  if (year < 1 || year > 9999) node->fail("expected a year from 1 to 9999");
  return static_cast<int>(year);
}

Evidence read_evidence(const JsonNode& node) {
  return {.what = read_text(node, "what"),
          .source = read_text(node, "source"),
          .count = node.at("count").unsigned_integer(),
          .unit = read_text(node, "unit"),
          .from = year_or_none(node, "from"),
          .to = year_or_none(node, "to")};
}

Judgement read_judgement(const JsonNode& node) {
  Judgement judgement;
  judgement.basis = node.at("basis").enumerator<Basis>();
  judgement.section = text_or_empty(node, "section");
  judgement.reason = text_or_empty(node, "reason");
  if (const auto evidence = node.find("evidence")) judgement.observed = read_evidence(*evidence);
  return judgement;
}

std::optional<Erratum> find_erratum(const JsonNode& object) {
  const auto node = object.find("erratum");
  if (!node) return std::nullopt;
  return Erratum{.says = read_text(*node, "says"), .likely = read_text(*node, "likely")};
}

Form read_form(const JsonNode& node) {
  return {.is_template = node.at("is_template").boolean(),
          .name = read_text(node, "name"),
          .basis = read_judgement(node),
          .distinctive = node.at("distinctive").boolean()};
}

FieldEntry read_field(const JsonNode& node) {
  return {.pointer = read_text(node, "pointer"),
          .title = read_text(node, "title"),
          .type = node.at("type").enumerator<ValueType>(),
          .reading = text_or_empty(node, "reading"),
          .personal_data = node.at("personal_data").enumerator<PersonalData>(),
          .description = read_text(node, "description"),
          .erratum = find_erratum(node),
          .effect_on_rights = text_or_empty(node, "effect_on_rights"),
          .same_as = text_or_empty(node, "same_as")};
}

ValueSpec read_value(const JsonNode& node) {
  return {.type = node.at("type").enumerator<ValueType>(),
          .percent_decode = node.at("percent_decode").boolean(),
          .allow_empty = node.at("allow_empty").boolean(),
          .enumeration = read_array(node.at("enumeration"), read_string),
          .fields = read_array(node.at("fields"), read_field),
          .same_as = text_or_empty(node, "same_as")};
}

DeletionRule read_rule(const JsonNode& node) {
  return {.verdict = node.at("verdict").enumerator<Verdict>(),
          .consequence = text_or_empty(node, "consequence"),
          .loss = text_or_empty(node, "loss"),
          .judgement = read_judgement(node),
          .effect_on_rights = text_or_empty(node, "effect_on_rights")};
}

Observation read_observation(const JsonNode& node) {
  return {.about = node.at("about").enumerator<Observed>(), .evidence = read_evidence(node)};
}

/// An entry without a name would be none.
std::vector<Form> read_forms(const JsonNode& node) {
  if (node.size() == 0) node.fail("expected at least one form of the name");
  return read_array(node, read_form);
}

}  // namespace

Entry read_entry(const JsonNode& node) {
  Entry entry;
  entry.id = read_text(node, "id");
  entry.catalog = read_text(node, "catalog");
  entry.store = node.at("kind").enumerator<ItemKind>();
  entry.title = read_text(node, "title");
  entry.section = text_or_empty(node, "section");
  entry.documented_as = text_or_empty(node, "documented_as");
  entry.description = read_text(node, "description");
  entry.set_by = text_or_empty(node, "set_by");
  entry.forms = read_forms(node.at("forms"));
  entry.hosts = read_array(node.at("hosts"), read_string);
  entry.scope_basis = read_judgement(node.at("hosts_basis"));
  entry.category = node.at("category").enumerator<Category>();
  entry.category_basis = read_judgement(node.at("category_basis"));
  entry.personal_data = node.at("personal_data").enumerator<PersonalData>();
  entry.personal_data_basis = read_judgement(node.at("personal_data_basis"));
  entry.value = read_value(node.at("value"));
  entry.value_basis = read_judgement(node.at("value_basis"));
  entry.max_age_s = find_integer(node, "max_age_s");
  if (entry.max_age_s) entry.retention_basis = read_judgement(node.at("max_age_basis"));
  entry.deletion = read_rule(node.at("deletion"));
  entry.erratum = find_erratum(node);
  entry.observations = read_array(node.at("observations"), read_observation);
  return entry;
}

}  // namespace crumbs

#include "render/report_json.h"

namespace crumbs {
namespace {

void write_year(JsonWriter& json, std::string_view key, int year) {
  if (year == 0) return json.member_null(key);
  json.member(key, year);
}

void write_judgement_members(JsonWriter& json, const Judgement& judgement) {
  json.member("basis", to_string(judgement.basis));
  write_text_or_null(json, "section", judgement.section);
  write_text_or_null(json, "reason", judgement.reason);
  write_object_or_null(json, "evidence", judgement.observed, write_evidence_members);
}

void write_erratum(JsonWriter& json, const std::optional<Erratum>& erratum) {
  write_object_or_null(json, "erratum", erratum, [](JsonWriter& out, const Erratum& one) {
    write_text(out, "says", one.says);
    write_text(out, "likely", one.likely);
  });
}

void write_field_members(JsonWriter& json, const FieldEntry& field) {
  write_text(json, "pointer", field.pointer);
  write_text(json, "title", field.title);
  json.member("type", to_string(field.type));
  write_text_or_null(json, "reading", field.reading);
  json.member("personal_data", to_string(field.personal_data));
  write_text(json, "description", field.description);
  write_erratum(json, field.erratum);
  write_text_or_null(json, "effect_on_rights", field.effect_on_rights);
  write_text_or_null(json, "same_as", field.same_as);
}

void write_value_members(JsonWriter& json, const ValueSpec& value) {
  json.member("type", to_string(value.type));
  json.member("percent_decode", value.percent_decode);
  json.member("allow_empty", value.allow_empty);
  write_strings(json, "enumeration", value.enumeration);
  write_text_or_null(json, "same_as", value.same_as);
  write_objects(json, "fields", value.fields, write_field_members);
}

void write_deletion_members(JsonWriter& json, const DeletionRule& rule) {
  json.member("verdict", to_string(rule.verdict));
  write_text_or_null(json, "loss", rule.loss);
  write_text_or_null(json, "consequence", rule.consequence);
  write_text_or_null(json, "effect_on_rights", rule.effect_on_rights);
  write_judgement_members(json, rule.judgement);
}

}  // namespace

void write_evidence_members(JsonWriter& json, const Evidence& evidence) {
  write_text(json, "what", evidence.what);
  write_text(json, "source", evidence.source);
  json.member("count", evidence.count);
  write_text(json, "unit", evidence.unit);
  write_year(json, "from", evidence.from);
  write_year(json, "to", evidence.to);
}

void write_judgement(JsonWriter& json, std::string_view key, const Judgement& judgement) {
  write_object(json, key, judgement, write_judgement_members);
}

void write_entry_form_members(JsonWriter& json, const Form& form) {
  write_text(json, "name", form.name);
  json.member("is_template", form.is_template);
  json.member("distinctive", form.distinctive);
  write_judgement_members(json, form.basis);
}

void write_entry_members(JsonWriter& json, const Entry& entry) {
  write_text(json, "id", entry.id);
  write_text(json, "catalog", entry.catalog);
  json.member("kind", to_string(entry.store));
  write_text(json, "title", entry.title);
  write_text_or_null(json, "section", entry.section);
  write_text_or_null(json, "documented_as", entry.documented_as);
  write_text(json, "description", entry.description);
  write_text_or_null(json, "set_by", entry.set_by);
  write_objects(json, "forms", entry.forms, write_entry_form_members);
  write_strings(json, "hosts", entry.hosts);
  write_judgement(json, "hosts_basis", entry.scope_basis);
  json.member("category", to_string(entry.category));
  write_judgement(json, "category_basis", entry.category_basis);
  json.member("personal_data", to_string(entry.personal_data));
  write_judgement(json, "personal_data_basis", entry.personal_data_basis);
  write_object(json, "value", entry.value, write_value_members);
  write_judgement(json, "value_basis", entry.value_basis);
  write_optional(json, "max_age_s", entry.max_age_s);
  const std::optional<Judgement> age =
      entry.max_age_s ? std::optional(entry.retention_basis) : std::nullopt;
  write_object_or_null(json, "max_age_basis", age, write_judgement_members);
  write_object(json, "deletion", entry.deletion, write_deletion_members);
  write_erratum(json, entry.erratum);
  write_objects(json, "observations", entry.observations,
                [](JsonWriter& out, const Observation& seen) {
                  out.member("about", to_string(seen.about));
                  write_evidence_members(out, seen.evidence);
                });
}

}  // namespace crumbs

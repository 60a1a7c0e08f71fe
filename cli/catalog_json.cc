#include <utility>

#include "catalog.h"

namespace crumbs::cli {
namespace {

using Json = nlohmann::ordered_json;

Json evidence_json(const Evidence& evidence) {
  Json json{{"what", evidence.what},
            {"in", evidence.source},
            {"count", evidence.count},
            {"of", evidence.unit}};
  if (evidence.from != 0) json["from"] = evidence.from;
  if (evidence.to != 0) json["to"] = evidence.to;
  return json;
}

void add_judgement(Json& json, const Judgement& judgement) {
  json["basis"] = to_string(judgement.basis);
  if (!judgement.section.empty()) json["section"] = judgement.section;
  if (!judgement.reason.empty()) json["reason"] = judgement.reason;
  if (judgement.observed) json["observed"] = evidence_json(*judgement.observed);
}

Json form_json(const Form& form) {
  Json json{{form.is_template ? "template" : "exact", form.name},
            {"distinctive", form.distinctive}};
  add_judgement(json, form.basis);
  return json;
}

Json judged(std::string_view word, const Judgement& judgement) {
  Json json{{"is", word}};
  add_judgement(json, judgement);
  return json;
}

Json erratum_json(const Erratum& erratum) {
  return {{"says", erratum.says}, {"likely", erratum.likely}};
}

Json field_json(const FieldEntry& field) {
  Json json{{"pointer", field.pointer}, {"title", field.title}, {"type", to_string(field.type)}};
  if (!field.reading.empty()) json["reading"] = field.reading;
  json["personal_data"] = to_string(field.personal_data);
  json["description"] = field.description;
  if (field.erratum) json["erratum"] = erratum_json(*field.erratum);
  if (!field.effect_on_rights.empty()) json["effect_on_rights"] = field.effect_on_rights;
  if (!field.same_as.empty()) json["same_as"] = field.same_as;
  return json;
}

Json value_json(const Entry& entry) {
  Json json{{"type", to_string(entry.value.type)},
            {"percent_decode", entry.value.percent_decode},
            {"allow_empty", entry.value.allow_empty}};
  if (!entry.value.enumeration.empty()) json["enumeration"] = entry.value.enumeration;
  if (!entry.value.same_as.empty()) json["same_as"] = entry.value.same_as;
  for (const FieldEntry& field : entry.value.fields) json["fields"].push_back(field_json(field));
  add_judgement(json, entry.value_basis);
  return json;
}

Json deletion_json(const DeletionRule& rule) {
  Json json{{"verdict", to_string(rule.verdict)}};
  if (!rule.consequence.empty()) json["consequence"] = rule.consequence;
  if (!rule.loss.empty()) json["loss"] = rule.loss;
  add_judgement(json, rule.judgement);
  if (!rule.effect_on_rights.empty()) json["effect_on_rights"] = rule.effect_on_rights;
  return json;
}

Json examples_json(const std::vector<Example>& examples) {
  Json list = Json::array();
  for (const Example& example : examples) {
    Json json{{"name", example.name}};
    if (!example.host.empty()) json["host"] = example.host;
    if (example.value) json["value"] = *example.value;
    list.push_back(std::move(json));
  }
  return list;
}

}  // namespace

Json entry_json(const Entry& entry) {
  Json json{{"id", entry.id}, {"store", to_string(entry.store)}, {"title", entry.title}};
  for (const Form& form : entry.forms) json["forms"].push_back(form_json(form));
  if (!entry.set_by.empty()) json["set_by"] = entry.set_by;
  json["scope"]["hosts"] = entry.hosts;
  add_judgement(json["scope"], entry.scope_basis);
  if (entry.documented()) {
    json["section"] = entry.section;
    json["documented_as"] = entry.documented_as;
  }
  json["description"] = entry.description;
  json["category"] = judged(to_string(entry.category), entry.category_basis);
  json["personal_data"] = judged(to_string(entry.personal_data), entry.personal_data_basis);
  json["value"] = value_json(entry);
  if (entry.max_age_s) {
    json["retention"]["max_age_s"] = *entry.max_age_s;
    add_judgement(json["retention"], entry.retention_basis);
  }
  json["deletion"] = deletion_json(entry.deletion);
  if (entry.erratum) json["erratum"] = erratum_json(*entry.erratum);
  for (const Observation& seen : entry.observations)
    json["observations"].push_back(
        {{"about", to_string(seen.about)}, {"observed", evidence_json(seen.evidence)}});
  json["examples"] = examples_json(entry.examples);
  json["counter_examples"] = examples_json(entry.counter_examples);
  return json;
}

}  // namespace crumbs::cli

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "catalog.h"
#include "command.h"

namespace crumbs::cli {
namespace {

constexpr std::size_t kLabel = 19;

void print_part(std::string_view label, std::string_view text) {
  fmt::print("{}", wrapped(label.empty() ? "" : fmt::format("  {}", label), kLabel, text));
}

void print_basis(const Judgement& judgement) {
  std::string text = fmt::format("({}", to_string(judgement.basis));
  if (!judgement.section.empty()) text += fmt::format(", section \"{}\"", judgement.section);
  if (!judgement.reason.empty()) text += fmt::format(": {}", judgement.reason);
  if (judgement.observed) text += ": " + evidence_text(*judgement.observed);
  print_part("", text + ")");
}

void print_form(const Form& form) {
  print_part(form.is_template ? "template" : "name", form.name);
  print_basis(form.basis);
  if (!form.distinctive) print_part("", "anybody's name: counts only in company on the same site");
}

/// What was seen where the document says something else, or nothing.
void print_observations(const Entry& entry) {
  for (const Observation& seen : entry.observations)
    print_part(fmt::format("seen, {}", to_string(seen.about)), evidence_text(seen.evidence));
}

void print_erratum(const Erratum& erratum) {
  print_part("erratum", fmt::format(R"(the document says "{}"; it likely means "{}")", erratum.says,
                                    erratum.likely));
}

std::string value_text(const ValueSpec& value) {
  std::string text(to_string(value.type));
  if (value.percent_decode) text += ", may be percent-encoded";
  if (value.allow_empty) text += ", may be empty";
  if (!value.same_as.empty()) text += ", same as " + value.same_as;
  if (!value.enumeration.empty()) text += fmt::format(": {}", fmt::join(value.enumeration, ", "));
  return text;
}

void print_field(const FieldEntry& field) {
  fmt::print("    {}\n", field.pointer);
  fmt::print("{}", wrapped("", 6,
                           fmt::format("{}, personal data: {}. {}", to_string(field.type),
                                       to_string(field.personal_data), field.description)));
  if (!field.reading.empty())
    fmt::print("{}", wrapped("", 6, "the type is our reading: " + field.reading));
  if (!field.effect_on_rights.empty())
    fmt::print("{}", wrapped("", 6, "effect on rights of losing it: " + field.effect_on_rights));
  if (!field.same_as.empty()) fmt::print("{}", wrapped("", 6, "same as: " + field.same_as));
  if (field.erratum)
    fmt::print("{}", wrapped("", 6,
                             fmt::format(R"(erratum: the document says "{}"; it likely means "{}")",
                                         field.erratum->says, field.erratum->likely)));
}

void print_examples(std::string_view label, const std::vector<Example>& examples) {
  for (const Example& example : examples) {
    std::string text = example.name;
    if (!example.host.empty()) text += " on " + example.host;
    if (example.value)
      text += example.value->empty() ? ", empty" : fmt::format(" = {}", *example.value);
    print_part(&example == &examples.front() ? label : "", text);
  }
}

void print_deletion(const DeletionRule& rule) {
  print_part("deletion", to_string(rule.verdict));
  if (!rule.consequence.empty()) print_part("", rule.consequence);
  if (!rule.loss.empty()) print_part("", "in short: " + rule.loss);
  print_basis(rule.judgement);
  if (!rule.effect_on_rights.empty()) print_part("effect on rights", rule.effect_on_rights);
}

void print_retention(const Entry& entry) {
  if (!entry.max_age_s) return print_part("lifetime", "not documented");
  print_part("lifetime", fmt::format("{} s at most", *entry.max_age_s));
  print_basis(entry.retention_basis);
}

void print_entry(const Entry& entry) {
  fmt::print("{}\n\n", entry.id);
  if (!entry.title.empty()) print_part("title", entry.title);
  for (const Form& form : entry.forms) print_form(form);
  if (!entry.set_by.empty()) print_part("set by", entry.set_by);
  print_part("store", to_string(entry.store));
  print_part("lives on", hosts_text(entry));
  print_basis(entry.scope_basis);
  print_part("meaning", entry.description);
  print_part("documented as", entry.documented() ? entry.documented_as : "not documented");
  if (entry.documented()) print_part("", fmt::format("(section \"{}\")", entry.section));
  print_observations(entry);
  if (entry.erratum) print_erratum(*entry.erratum);
  print_part("category", to_string(entry.category));
  print_basis(entry.category_basis);
  print_part("personal data", to_string(entry.personal_data));
  print_basis(entry.personal_data_basis);
  print_part("value", value_text(entry.value));
  print_basis(entry.value_basis);
  print_retention(entry);
  print_deletion(entry.deletion);
  print_examples("examples", entry.examples);
  print_examples("not meant", entry.counter_examples);
  if (!entry.value.fields.empty()) fmt::print("  fields\n");
  for (const FieldEntry& field : entry.value.fields) print_field(field);
}

void print_statement(const Statement& statement) {
  fmt::print("  {}\n", statement.id);
  fmt::print("{}", wrapped("", 4, statement.text));
  fmt::print("{}", wrapped("", 4,
                           fmt::format("(section \"{}\"; {} on the device)", statement.section,
                                       statement.visible_on_device ? "visible" : "not visible")));
}

std::size_t entries_of(const Catalog& catalog, ItemKind kind) {
  return static_cast<std::size_t>(std::ranges::count(catalog.entries(), kind, &Entry::store));
}

std::string entry_counts(const Catalog& catalog) {
  std::string text =
      fmt::format("{} of cookies, {} of local storage", entries_of(catalog, ItemKind::cookie),
                  entries_of(catalog, ItemKind::local_storage));
  const auto observed = std::ranges::count_if(
      catalog.entries(), [](const Entry& entry) { return !entry.documented(); });
  if (observed != 0) text += fmt::format("; {} of them only publicly seen", observed);
  return text;
}

void print_names(std::string_view label, std::span<const std::string> names) {
  if (!names.empty()) print_part(label, fmt::format("{}", fmt::join(names, ", ")));
}

void print_look_alikes(const Catalog& catalog) {
  for (const LookAlike& other : catalog.look_alikes())
    print_part(&other == &catalog.look_alikes().front() ? "not the vendor's" : "",
               fmt::format("{} ({}): {}", other.name, to_string(other.store), other.whose));
}

void print_catalog(const Catalog& catalog) {
  const CatalogDocument& document = catalog.document();
  fmt::print("{} {}\n\n", catalog.id(), catalog.version());
  print_part("title", catalog.title());
  print_part("trust", catalog.trust_word());
  if (!catalog.license().empty()) print_part("licence", catalog.license());
  print_part("file", catalog.file());
  print_part("file's SHA-256", catalog.sha256());
  print_part("document", fmt::format("{}, {}", document.title, document.publisher));
  if (!document.effective_date.empty()) print_part("in force from", document.effective_date);
  if (!document.sha256.empty()) print_part("text's SHA-256", document.sha256);
  print_names("shapes", catalog.shapes());
  print_names("prefixes", catalog.prefixes());
  if (!catalog.prefixes().empty()) print_part("", "(in company on the same site)");
  print_names("vendor's hosts", catalog.vendor_hosts());
  if (!catalog.vendor_hosts().empty()) print_basis(catalog.vendor_hosts_basis());
  print_part("entries", entry_counts(catalog));
  for (const Variable& variable : catalog.variables()) {
    print_part(&variable == &catalog.variables().front() ? "variables" : "",
               variable.pattern.empty()
                   ? fmt::format("{} is said by values alone", variable.name)
                   : fmt::format("${{{}}} is {}", variable.name, variable.pattern));
    print_part("", variable.description);
  }
  print_look_alikes(catalog);
  if (!catalog.statements().empty()) fmt::print("\nWhat else the document says\n");
  for (const Statement& statement : catalog.statements()) print_statement(statement);
}

nlohmann::ordered_json statement_json(const Statement& statement) {
  return {{"id", statement.id},
          {"section", statement.section},
          {"text", statement.text},
          {"visible_on_device", statement.visible_on_device}};
}

std::vector<std::string> texts(std::span<const std::string> list) {
  return {list.begin(), list.end()};
}

nlohmann::ordered_json catalog_json(const Catalog& catalog) {
  const CatalogDocument& document = catalog.document();
  nlohmann::ordered_json json{
      {"id", catalog.id()},           {"version", catalog.version()},  {"title", catalog.title()},
      {"license", catalog.license()}, {"trust", catalog.trust_word()}, {"file", catalog.file()},
      {"sha256", catalog.sha256()}};
  json["document"] = {{"title", document.title},
                      {"publisher", document.publisher},
                      {"effective_date", document.effective_date},
                      {"sha256", document.sha256},
                      {"file", document.file}};
  json["shapes"] = texts(catalog.shapes());
  json["prefixes"] = texts(catalog.prefixes());
  json["vendor_hosts"] = texts(catalog.vendor_hosts());
  json["look_alikes"] = nlohmann::ordered_json::array();
  for (const LookAlike& other : catalog.look_alikes())
    json["look_alikes"].push_back(
        {{"store", to_string(other.store)}, {"name", other.name}, {"whose", other.whose}});
  json["variables"] = nlohmann::ordered_json::object();
  for (const Variable& variable : catalog.variables())
    json["variables"][variable.name] = {{"pattern", variable.pattern},
                                        {"description", variable.description},
                                        {"joins", variable.joins}};
  json["statements"] = nlohmann::ordered_json::array();
  for (const Statement& statement : catalog.statements())
    json["statements"].push_back(statement_json(statement));
  json["entries"] = {{"cookie", entries_of(catalog, ItemKind::cookie)},
                     {"local_storage", entries_of(catalog, ItemKind::local_storage)}};
  return json;
}

/// Shows what has the id in one catalog; whether it has.
bool show_in(const Catalog& catalog, const std::string& id, bool json) {
  if (catalog.id() == id) {
    json ? print_json(catalog_json(catalog)) : print_catalog(catalog);
    return true;
  }
  if (const Entry* entry = catalog.find_entry(id)) {
    json ? print_json(entry_json(*entry)) : print_entry(*entry);
    return true;
  }
  const auto statement = std::ranges::find(catalog.statements(), id, &Statement::id);
  if (statement == catalog.statements().end()) return false;
  json ? print_json(statement_json(*statement)) : print_statement(*statement);
  return true;
}

}  // namespace

int show_catalog(const CatalogChoice& choice, const std::string& id) {
  for (const Catalog& catalog : chosen_catalogs(choice)) {
    if (show_in(catalog, id, choice.format == "json")) return kDone;
  }
  fmt::print(stderr,
             "crumbs: no catalog, entry or statement has the id \"{}\" (see crumbs catalog list)\n",
             id);
  return kNothingToRead;
}

}  // namespace crumbs::cli

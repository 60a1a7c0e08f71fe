// A catalog, an entry or a statement in full.
#include <algorithm>
#include <array>
#include <iterator>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "render/catalog_view.h"

namespace crumbs {
namespace {

constexpr std::size_t kIndent = 2;
constexpr std::size_t kLabel = 16;  ///< columns; as wide as "effect on rights"

/// Writes one part of a catalog, each of its facts behind a label.
class Facts {
 public:
  explicit Facts(Page& page) : page_(page) {}

  /// A label that is empty goes on with what stands above.
  void fact(std::string_view label, std::string_view text, Style style = Style::plain) {
    row(label, shown(text, style));
  }
  /// Something as a browser stores it.
  void exact(std::string_view label, std::string_view text, Style style = Style::plain) {
    row(label, page_.name(text, style));
  }
  void more(std::string_view text) { fact("", text); }
  void known(std::string_view label, std::string_view text) {
    if (!text.empty()) fact(label, text);
  }

  /// Whose claim the fact above is.
  void basis(const Judgement& judgement) {
    std::string text = fmt::format("({}", to_string(judgement.basis));
    if (!judgement.section.empty()) text += fmt::format(", section \"{}\"", judgement.section);
    if (!judgement.reason.empty()) text += fmt::format(": {}", judgement.reason);
    if (judgement.observed) text += fmt::format(": {}", evidence_text(*judgement.observed));
    fact("", text + ")", Style::dim);
  }

  void names(std::string_view label, std::span<const std::string> names) {
    if (!names.empty()) fact(label, fmt::format("{}", fmt::join(names, ", ")));
  }

  Page& page() { return page_; }

 private:
  void row(std::string_view label, const Span& text) {
    const std::array<Cell, 2> cells{
        {{{shown(label, Style::dim)}, kLabel}, {{text}, page_.width() - kIndent - kLabel - 1}}};
    page_.row(kIndent, cells, 1);
  }

  Page& page_;
};

void write_form(Facts& facts, const Form& form) {
  facts.exact(form.is_template ? "template" : "name", form.name, Style::accent);
  facts.basis(form.basis);
  if (!form.distinctive) facts.more("anybody's name: counts only in company on the same site");
}

std::string erratum_text(const Erratum& erratum) {
  return fmt::format(R"(the document says "{}"; it likely means "{}")", erratum.says,
                     erratum.likely);
}

std::string value_text(const ValueSpec& value) {
  std::string text(to_string(value.type));
  if (value.percent_decode) text += ", may be percent-encoded";
  if (value.allow_empty) text += ", may be empty";
  if (!value.same_as.empty()) text += fmt::format(", same as {}", value.same_as);
  if (!value.enumeration.empty()) text += fmt::format(": {}", fmt::join(value.enumeration, ", "));
  return text;
}

void write_field(Page& page, const FieldEntry& field) {
  page.line(4, {shown(field.pointer, Style::accent)});
  const auto line = [&page](std::string_view label, std::string_view text) {
    if (!text.empty()) page.line(6, {shown(label, Style::dim), shown(text)});
  };
  line("", fmt::format("{}, personal data: {}. {}", to_string(field.type),
                       to_string(field.personal_data), field.description));
  line("the type is our reading: ", field.reading);
  line("effect on rights of losing it: ", field.effect_on_rights);
  line("same as: ", field.same_as);
  if (field.erratum) line("erratum: ", erratum_text(*field.erratum));
}

void write_examples(Facts& facts, std::string_view label, const std::vector<Example>& examples) {
  for (const Example& example : examples) {
    std::string text = example.name;
    if (!example.host.empty()) text += fmt::format(" on {}", example.host);
    if (example.value)
      text += example.value->empty() ? ", empty" : fmt::format(" = {}", *example.value);
    facts.exact(&example == &examples.front() ? label : "", text);
  }
}

void write_deletion(Facts& facts, const DeletionRule& rule) {
  facts.fact("deletion", to_string(rule.verdict));
  facts.known("", rule.consequence);
  if (!rule.loss.empty()) facts.more(fmt::format("in short: {}", rule.loss));
  facts.basis(rule.judgement);
  facts.known("effect on rights", rule.effect_on_rights);
}

void write_retention(Facts& facts, const Entry& entry) {
  if (!entry.max_age_s) return facts.fact("lifetime", "not documented");
  facts.fact("lifetime", fmt::format("{} s at most", *entry.max_age_s));
  facts.basis(entry.retention_basis);
}

/// What the document says of the entry, and what was seen where it says something else, or nothing.
void write_sources(Facts& facts, const Entry& entry) {
  facts.fact("documented as", entry.documented() ? entry.documented_as : "not documented");
  if (entry.documented()) facts.more(fmt::format("(section \"{}\")", entry.section));
  for (const Observation& seen : entry.observations)
    facts.fact(fmt::format("seen, {}", to_string(seen.about)), evidence_text(seen.evidence));
  if (entry.erratum) facts.fact("erratum", erratum_text(*entry.erratum));
}

void write_entry(Facts& facts, const Entry& entry) {
  facts.page().line(0, {shown(entry.id, Style::bold)});
  facts.page().blank();
  facts.known("title", entry.title);
  for (const Form& form : entry.forms) write_form(facts, form);
  facts.known("set by", entry.set_by);
  facts.fact("store", to_string(entry.store));
  facts.fact("lives on", hosts_text(entry));
  facts.basis(entry.scope_basis);
  facts.fact("meaning", entry.description);
  write_sources(facts, entry);
  facts.fact("category", to_string(entry.category));
  facts.basis(entry.category_basis);
  facts.fact("personal data", to_string(entry.personal_data));
  facts.basis(entry.personal_data_basis);
  facts.fact("value", value_text(entry.value));
  facts.basis(entry.value_basis);
  write_retention(facts, entry);
  write_deletion(facts, entry.deletion);
  write_examples(facts, "examples", entry.examples);
  write_examples(facts, "not meant", entry.counter_examples);
  if (!entry.value.fields.empty()) facts.page().line(kIndent, {{"fields", Style::dim}});
  for (const FieldEntry& field : entry.value.fields) write_field(facts.page(), field);
}

void write_statement(Page& page, const Statement& statement) {
  page.line(2, {shown(statement.id, Style::accent)});
  page.line(4, {shown(statement.text)});
  page.line(4, {shown(fmt::format("(section \"{}\"; {} on the device)", statement.section,
                                  statement.visible_on_device ? "visible" : "not visible"),
                      Style::dim)});
}

std::string entry_counts(const Catalog& catalog) {
  const auto of = [&catalog](ItemKind kind) {
    return std::ranges::count(catalog.entries(), kind, &Entry::store);
  };
  std::string text = fmt::format("{} of cookies, {} of local storage", of(ItemKind::cookie),
                                 of(ItemKind::local_storage));
  const auto observed = std::ranges::count_if(
      catalog.entries(), [](const Entry& entry) { return !entry.documented(); });
  if (observed != 0) text += fmt::format("; {} of them only publicly seen", observed);
  return text;
}

void write_variables(Facts& facts, const Catalog& catalog) {
  for (const Variable& variable : catalog.variables()) {
    facts.fact(&variable == &catalog.variables().front() ? "variables" : "",
               variable.pattern.empty()
                   ? fmt::format("{} is said by values alone", variable.name)
                   : fmt::format("${{{}}} is {}", variable.name, variable.pattern));
    facts.more(variable.description);
  }
}

void write_look_alikes(Facts& facts, const Catalog& catalog) {
  for (const LookAlike& other : catalog.look_alikes())
    facts.fact(&other == &catalog.look_alikes().front() ? "not the vendor's" : "",
               fmt::format("{} ({}): {}", other.name, to_string(other.store), other.whose));
}

void write_file(Facts& facts, const Catalog& catalog) {
  facts.fact("title", catalog.title());
  facts.fact("trust", catalog.trust_word());
  facts.known("licence", catalog.license());
  facts.fact("file", catalog.file());
  facts.fact("file's SHA-256", catalog.sha256());
  const CatalogDocument& document = catalog.document();
  facts.fact("document", fmt::format("{}, {}", document.title, document.publisher));
  facts.known("in force from", document.effective_date);
  facts.known("text's SHA-256", document.sha256);
}

void write_catalog(Facts& facts, const Catalog& catalog) {
  facts.page().line(0, {shown(catalog.id(), Style::bold), {" "}, shown(catalog.version())});
  facts.page().blank();
  write_file(facts, catalog);
  facts.names("shapes", catalog.shapes());
  facts.names("prefixes", catalog.prefixes());
  if (!catalog.prefixes().empty()) facts.more("(in company on the same site)");
  facts.names("vendor's hosts", catalog.vendor_hosts());
  if (!catalog.vendor_hosts().empty()) facts.basis(catalog.vendor_hosts_basis());
  facts.fact("entries", entry_counts(catalog));
  write_variables(facts, catalog);
  write_look_alikes(facts, catalog);
  if (catalog.statements().empty()) return;
  facts.page().blank();
  facts.page().line(0, {{"What else the document says", Style::bold}});
  for (const Statement& statement : catalog.statements()) write_statement(facts.page(), statement);
}

}  // namespace

void write_part_text(const CatalogPart& part, Page& page) {
  Facts facts(page);
  if (part.entry != nullptr) return write_entry(facts, *part.entry);
  if (part.statement != nullptr) return write_statement(page, *part.statement);
  write_catalog(facts, *part.catalog);
}

}  // namespace crumbs

#include <fmt/format.h>

#include "render/facts.h"
#include "render/text_parts.h"
#include "render/words.h"

namespace crumbs {
namespace {

constexpr std::size_t kKeyWidth = 14;

/// One fact a line: what it is, then what is known. Nothing is written where nothing is known.
class Facts {
 public:
  explicit Facts(const View& view) : view_(view) {}

  void add(std::string_view key, const Text& text) {
    if (text.empty() || text_width(text) == 0) return;
    const std::size_t width = view_.page.width() - 2;
    const Cell cells[] = {{{{std::string(key), Style::dim}}, kKeyWidth},
                          {text, width - kKeyWidth - 2}};
    view_.page.row(2, cells);
  }
  void add(std::string_view key, std::string_view raw) { add(key, Text{shown(raw)}); }
  void add(std::string_view key, const std::optional<Time>& time) {
    if (!time) return;
    add(key, Text{{human_time(*time)},
                  {fmt::format(" ({})", relative_time(*time, view_.report.created)), Style::dim}});
  }

 private:
  const View& view_;
};

void add_place(Facts& facts, const Finding& finding) {
  facts.add("profile", finding.profile);
  facts.add("host", finding.host);
  facts.add("origin", finding.origin);
  facts.add("site", finding.site);
  facts.add("path", finding.path);
  if (finding.partition) facts.add("partition", partition_words(*finding.partition));
  if (finding.container)
    facts.add("container", fmt::format("{} {}", finding.container->id, finding.container->name));
}

void add_locator(Facts& facts, const Finding& finding) {
  facts.add("found in", finding.store + ": " + locator_words(finding.locator));
}

Text field_text(const View& view, const ValueField& field) {
  if (!field.present) return {{"not there", Style::dim}};
  Text text = field_contents(field, view.report.created);
  text.push_back(shown("  " + form_words(field), Style::dim));
  return text;
}

void add_field(const View& view, const ValueField& field) {
  Text line{shown(field.pointer, Style::accent), {"  "}};
  append(line, field_text(view, field));
  if (!field.documented) line.push_back({"  undocumented", Style::warning});
  view.page.line(4, line, 2);
  if (!field.description.empty()) view.page.line(6, {shown(field.description)});
  if (!field.erratum.empty()) view.page.line(6, {shown(field.erratum, Style::warning)}, 2);
}

void add_value(const View& view, Facts& facts, const Finding& finding) {
  const FindingValue& value = finding.value;
  facts.add("contains", contents(finding, view.report.created, 0));
  if (value.decoded && value.text && *value.text != *value.decoded)
    facts.add("as stored", *value.text);
  if (value.bytes && value.text) facts.add("bytes", *value.bytes);
  facts.add("form", form_words(value));
  facts.add("decoding", fmt::format("{}", fmt::join(value.steps, ", then ")));
  facts.add("personal data", to_string(value.personal_data));
  for (const ValueField& field : value.fields) add_field(view, field);
}

void add_observations(Facts& facts, const Entry& entry) {
  for (const Observation& seen : entry.observations) facts.add("seen", observation_words(seen));
}

void add_entry(const View& view, Facts& facts, const Finding& finding) {
  const Entry* entry = find_entry(view.options.catalogs, finding.entry);
  facts.add("entry", finding.entry);
  if (finding.form) facts.add("form of name", form_words(*finding.form));
  for (const auto& [variable, value] : finding.captured)
    facts.add("captured", fmt::format("{} = {}", variable, value));
  if (entry != nullptr) {
    facts.add("what it is", entry->description);
    if (entry->documented())
      facts.add("document", fmt::format("{} ({})", entry->documented_as, entry->section));
    if (!entry->set_by.empty()) facts.add("set by", entry->set_by);
    add_observations(facts, *entry);
    facts.add("category", fmt::format("{} ({})", spaced(to_string(entry->category)),
                                      whose_claim(entry->category_basis.basis)));
    if (entry->erratum)
      facts.add("erratum", "the document says “" + entry->erratum->says +
                               "”; likely meant: " + entry->erratum->likely);
  }
  for (const RunnerUp& other : finding.runner_up)
    facts.add("could also be", other.entry + (other.reason.empty() ? "" : ": " + other.reason));
  for (const Drift& drift : finding.drift)
    facts.add("drift", Text{shown(drift.message, Style::warning),
                            shown(" (" + drift.rule + ")", Style::dim)});
  for (const std::string& note : finding.notes) facts.add("note", Text{shown(note)});
}

void add_deletion(Facts& facts, const Finding& finding) {
  facts.add("may be deleted", verdict(finding));
  facts.add("section", finding.deletion.section);
  facts.add("because", finding.deletion.reason);
}

Text title(const Finding& finding) {
  const bool known = finding.status == Status::documented;
  Text text{shown(finding.name, Style::bold)};
  text.push_back({"  "});
  text.push_back({std::string(to_string(finding.status)), known ? Style::good : Style::warning});
  if (finding.state != ItemState::current)
    text.push_back({", " + std::string(to_string(finding.state)), Style::warning});
  return text;
}

void write_detail(const View& view, const Finding& finding) {
  view.page.blank();
  view.page.heading(title(finding));
  Facts facts(view);
  add_value(view, facts, finding);
  add_entry(view, facts, finding);
  add_deletion(facts, finding);
  add_place(facts, finding);
  facts.add("created", finding.times.created);
  facts.add("updated", finding.times.updated);
  facts.add("accessed", finding.times.accessed);
  facts.add("expires", finding.times.expires);
  facts.add("attributes", attribute_words(finding.attributes));
  add_locator(facts, finding);
  facts.add("id", finding.id);
}

}  // namespace

void write_details(const View& view, const Findings& findings) {
  for (const Finding* finding : findings) write_detail(view, *finding);
}

}  // namespace crumbs

#include <algorithm>
#include <optional>

#include <fmt/format.h>

#include "crumbs/printable.h"
#include "render/facts.h"
#include "render/text_parts.h"
#include "render/words.h"

namespace crumbs {
namespace {

constexpr std::size_t kKeyWidth = 14;
/// Where there is less room two items stand below each other.
constexpr std::size_t kRoomForTwo = 80;

/// What is known of an item: what it is, then what is known. `below` explains it further.
struct Fact {
  std::string key;
  Text text;
  bool part = false;  ///< of a structured value; the key is its pointer
  std::vector<Text> below;
  friend bool operator==(const Fact&, const Fact&) = default;
};

/// Nothing is told where nothing is known.
class Facts {
 public:
  explicit Facts(const View& view) : view_(view) {}

  void add(std::string_view key, const Text& text) {
    if (text.empty() || text_width(text) == 0) return;
    facts_.push_back({std::string(key), text, false, {}});
  }
  void add(std::string_view key, std::string_view raw) { add(key, Text{shown(raw)}); }
  void add(std::string_view key, const std::optional<Time>& time) {
    if (!time) return;
    add(key, Text{{human_time(*time)},
                  {fmt::format(" ({})", relative_time(*time, view_.report.created)), Style::dim}});
  }
  void add(Fact fact) { facts_.push_back(std::move(fact)); }
  [[nodiscard]] std::vector<Fact> take() { return std::move(facts_); }

 private:
  const View& view_;
  std::vector<Fact> facts_;
};

void add_place(const Report& report, Facts& facts, const Finding& finding) {
  facts.add("profile", profile_number(report, finding.profile));
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

Fact part_of(const View& view, const ValueField& field) {
  Fact fact{.key = field.pointer, .text = field_text(view, field), .part = true, .below = {}};
  if (!field.documented) fact.text.push_back({"  undocumented", Style::warning});
  if (!field.description.empty()) fact.below.push_back({shown(field.description)});
  if (!field.erratum.empty()) fact.below.push_back({shown(field.erratum, Style::warning)});
  return fact;
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
  for (const ValueField& field : value.fields) facts.add(part_of(view, field));
}

void add_observations(Facts& facts, const Entry& entry) {
  for (const Observation& seen : entry.observations) facts.add("seen", observation_words(seen));
}

void add_entry(const View& view, Facts& facts, const Finding& finding) {
  const Entry* entry = view.entries.find(finding.entry);
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

Text title(const View& view, const Finding& finding) {
  const bool known = finding.status == Status::documented;
  Text text{view.page.name(finding.name, Style::bold, finding.name_masked)};
  text.push_back({"  "});
  text.push_back({std::string(to_string(finding.status)), known ? Style::good : Style::warning});
  if (finding.state != ItemState::current)
    text.push_back({", " + std::string(to_string(finding.state)), Style::warning});
  return text;
}

std::vector<Fact> facts_of(const View& view, const Finding& finding) {
  Facts facts(view);
  add_value(view, facts, finding);
  add_entry(view, facts, finding);
  add_deletion(facts, finding);
  add_place(view.report, facts, finding);
  facts.add("created", finding.times.created);
  facts.add("updated", finding.times.updated);
  facts.add("accessed", finding.times.accessed);
  facts.add("expires", finding.times.expires);
  facts.add("attributes", attribute_words(finding.attributes));
  add_locator(facts, finding);
  facts.add("id", finding.id);
  return facts.take();
}

void write_fact(const View& view, const Fact& fact) {
  if (fact.part) {
    Text line{shown(fact.key, Style::accent), {"  "}};
    append(line, fact.text);
    view.page.line(4, line, 2);
    for (const Text& text : fact.below) view.page.line(6, text, 2);
    return;
  }
  const Cell cells[] = {{{{fact.key, Style::dim}}, kKeyWidth},
                        {fact.text, view.page.width() - 2 - kKeyWidth - 2}};
  view.page.row(2, cells);
}

void write_detail(const View& view, const Finding& finding) {
  view.page.blank();
  view.page.heading(title(view, finding));
  for (const Fact& fact : facts_of(view, finding)) write_fact(view, fact);
}

const Text kNothing;

/// What differs, beside each other: `nullptr` where one of the two has no such fact.
void write_difference(const View& view, const Fact* left, const Fact* right) {
  const Fact& known = left != nullptr ? *left : *right;
  const std::size_t room = (view.page.width() - 2 - kKeyWidth - 4) / 2;
  if (known.part) view.page.line(4, {shown(known.key, Style::accent)}, 2);
  const Cell cells[] = {{{{known.part ? "" : known.key, Style::dim}}, kKeyWidth},
                        {left != nullptr ? left->text : kNothing, room},
                        {right != nullptr ? right->text : kNothing, room}};
  view.page.row(2, cells);
}

/// Facts of one key in the order of the first item, then those that only the second has.
void write_pair(const View& view, const Finding& first, const Finding& second) {
  view.page.blank();
  Text both = title(view, first);
  if (title(view, second) != both) append(both, title(view, second), "  and  ");
  view.page.heading(both);
  const std::vector<Fact> left = facts_of(view, first);
  std::vector<Fact> right = facts_of(view, second);
  for (const Fact& fact : left) {
    const auto other = std::ranges::find_if(right, [&](const Fact& candidate) {
      return candidate.key == fact.key && candidate.part == fact.part;
    });
    if (other != right.end() && *other == fact)
      write_fact(view, fact);
    else
      write_difference(view, &fact, other == right.end() ? nullptr : &*other);
    if (other != right.end()) right.erase(other);
  }
  for (const Fact& fact : right) write_difference(view, nullptr, &fact);
}

}  // namespace

void write_matches(const View& view) {
  const std::size_t listed = view.report.findings.size();
  const std::string words =
      fmt::format("{} of {} {}", listed, counted(view.report.summary.items, "item"),
                  listed == 1 ? "matches" : "match");
  view.page.line(0, {{words, Style::bold}}, 2);
}

void write_details(const View& view, const Findings& findings) {
  if (findings.size() == 2 && view.page.width() >= kRoomForTwo) {
    write_pair(view, *findings[0], *findings[1]);
    return;
  }
  for (const Finding* finding : findings) write_detail(view, *finding);
}

}  // namespace crumbs

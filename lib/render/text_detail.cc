#include <fmt/format.h>

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
  if (finding.partition) {
    const Partition& partition = *finding.partition;
    std::string text = partition.top_level_site;
    if (partition.cross_site_ancestor)
      text += *partition.cross_site_ancestor ? ", with a cross-site ancestor"
                                             : ", without a cross-site ancestor";
    if (!partition.raw.empty()) text += " (stored as " + partition.raw + ")";
    facts.add("partition", text);
  }
  if (finding.container)
    facts.add("container", fmt::format("{} {}", finding.container->id, finding.container->name));
}

void add_locator(Facts& facts, const Finding& finding) {
  const Locator& locator = finding.locator;
  std::string text = locator.file;
  if (!locator.table.empty()) text += ", table " + locator.table;
  if (locator.row) text += fmt::format(", row {}", *locator.row);
  if (!locator.pointer.empty()) text += ", " + locator.pointer;
  if (locator.offset) text += fmt::format(", byte {}", *locator.offset);
  if (locator.sequence) text += fmt::format(", sequence {}", *locator.sequence);
  facts.add("found in", finding.store + ": " + text);
}

Text field_text(const View& view, const ValueField& field) {
  if (!field.present) return {{"not there", Style::dim}};
  Text text = field_contents(field, view.report.created);
  std::string remark = fmt::format("{}, {}", to_string(field.type), counted(field.length, "byte"));
  if (field.masked) remark += ", masked";
  if (field.personal_data != PersonalData::none)
    remark += fmt::format(", personal data: {}", to_string(field.personal_data));
  text.push_back(shown("  " + remark, Style::dim));
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
  std::string form = fmt::format("{}, {}, {}", spaced(to_string(value.type)),
                                 counted(value.length, "byte"), to_string(value.availability));
  if (!value.encryption.empty()) form += " (" + value.encryption + ")";
  if (value.masked) form += ", masked";
  facts.add("form", form);
  facts.add("decoding", fmt::format("{}", fmt::join(value.steps, ", then ")));
  facts.add("personal data", to_string(value.personal_data));
  for (const ValueField& field : value.fields) add_field(view, field);
}

void add_flag(std::string& text, const std::optional<bool>& flag, std::string_view yes,
              std::string_view no) {
  if (!flag) return;
  text += fmt::format("{}{}", text.empty() ? "" : ", ", *flag ? yes : no);
}

void add_word(std::string& text, std::string_view what, const std::optional<std::string>& word) {
  if (word) text += fmt::format("{}{} {}", text.empty() ? "" : ", ", what, *word);
}

void add_attributes(Facts& facts, const Attributes& attributes) {
  std::string text;
  add_flag(text, attributes.secure, "secure", "not secure");
  add_flag(text, attributes.http_only, "http-only", "readable by scripts");
  add_flag(text, attributes.session, "session", "persistent");
  add_flag(text, attributes.host_only, "this host only", "the whole domain");
  add_flag(text, attributes.partitioned, "partitioned", "not partitioned");
  add_word(text, "same-site", attributes.same_site);
  add_word(text, "priority", attributes.priority);
  add_word(text, "source scheme", attributes.source_scheme);
  if (attributes.source_port) text += fmt::format(", source port {}", *attributes.source_port);
  add_word(text, "set by", attributes.source_type);
  for (const auto& [key, value] : attributes.origin_attributes)
    text += fmt::format("{}{}={}", text.empty() ? "" : ", ", key, value);
  facts.add("attributes", text);
}

void add_entry(const View& view, Facts& facts, const Finding& finding) {
  const Entry* entry = find_entry(view.options.catalogs, finding.entry);
  facts.add("entry", finding.entry);
  for (const auto& [variable, value] : finding.captured)
    facts.add("captured", fmt::format("{} = {}", variable, value));
  if (entry != nullptr) {
    facts.add("what it is", entry->description);
    facts.add("document", entry->section.empty()
                              ? entry->documented_as
                              : fmt::format("{} ({})", entry->documented_as, entry->section));
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
  add_attributes(facts, finding.attributes);
  add_locator(facts, finding);
  facts.add("id", finding.id);
}

}  // namespace

void write_details(const View& view, const Findings& findings) {
  for (const Finding* finding : findings) write_detail(view, *finding);
}

}  // namespace crumbs

#include <algorithm>
#include <array>
#include <map>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "crumbs/printable.h"
#include "crumbs/render.h"
#include "printable.h"
#include "render/markdown_text.h"
#include "render/page.h"
#include "render/render.h"
#include "render/words.h"

namespace crumbs {
namespace {

/// A summary: a pull request takes 65,536 characters, a job summary 1 MiB.
constexpr std::size_t kRowsShown = 100;
constexpr std::size_t kCellColumns = 80, kSentenceColumns = 240;

/// At most as many columns as a cell of a table should have.
std::string cell(std::string_view raw, std::size_t columns = kCellColumns) {
  const std::string text = shorten(printable(raw), columns);
  return text.empty() ? "–" : markdown_text(text);
}

std::string cell(const Text& words, std::size_t columns = kCellColumns) {
  std::string text;
  for (const Span& span : words) text += span.text;
  return cell(text, columns);
}

/// Writes the rows of one table; those over the limit are only counted.
class Table {
 public:
  Table(std::ostream& out, std::string_view heading, std::string_view columns,
        std::string_view rule)
      : out_(out), heading_(heading), columns_(columns), rule_(rule) {}

  /// Is there room for one more? Counts it either way.
  bool takes_row() { return ++rows_ <= kRowsShown; }
  void row(const std::string& cells) {
    if (rows_ == 1) out_ << "\n## " << heading_ << "\n\n" << columns_ << '\n' << rule_ << '\n';
    out_ << "| " << cells << " |\n";
  }
  void end() {
    if (rows_ > kRowsShown)
      out_ << fmt::format("\n… and {} more, not listed in this summary.\n", rows_ - kRowsShown);
  }

 private:
  std::ostream& out_;
  std::string_view heading_, columns_, rule_;
  std::size_t rows_ = 0;
};

bool is_personal(const Finding& finding) {
  const PersonalData data = finding.value.personal_data;
  return data != PersonalData::none && data != PersonalData::unknown;
}

std::string vendor(const Report& report, const Finding& finding) {
  return finding.catalog.empty() ? "" : vendor_name(report, finding.catalog);
}

/// "3 yes, 1 no, keep": how many findings have which verdict.
struct Verdicts {
  std::array<std::uint64_t, 4> count{};

  [[nodiscard]] std::string words() const {
    static constexpr std::pair<Verdict, std::string_view> kWords[] = {
        {Verdict::allowed, "yes"},
        {Verdict::allowed_with_consequence, "yes, but"},
        {Verdict::retain, "no, keep"},
        {Verdict::undocumented, "not known"}};
    std::string text;
    for (const auto& [verdict, word] : kWords) {
      const std::uint64_t number = count[static_cast<std::size_t>(verdict)];
      if (number > 0) text += fmt::format("{}{} × {}", text.empty() ? "" : "; ", number, word);
    }
    return text;
  }
};

struct Group {
  std::uint64_t items = 0, personal = 0;
  Verdicts verdicts;
};

/// No more of them than a table has rows.
void write_lines(const std::vector<std::string>& lines, std::ostream& out) {
  for (std::size_t i = 0; i < std::min(lines.size(), kRowsShown); ++i)
    out << "- " << markdown_text(lines[i]) << '\n';
  if (lines.size() > kRowsShown)
    out << fmt::format("- … and {} more, not listed in this summary\n", lines.size() - kRowsShown);
}

void write_notes(const Report& report, std::ostream& out) {
  if (report.notes.empty()) return;
  std::vector<std::string> lines;
  lines.reserve(report.notes.size());
  for (const Diagnostic& note : report.notes) lines.push_back(note.message);
  out << "\nWorth knowing:\n\n";
  write_lines(lines, out);
}

void write_head(const Report& report, std::ostream& out) {
  const Summary& summary = report.summary;
  out << fmt::format("# crumbs: {} read, {} documented, {} with personal data{}\n\n",
                     counted(summary.items, "item"), summary.documented + summary.drift,
                     summary.personal, report.complete ? "" : " – INCOMPLETE");
  if (report.complete) {
    out << "**Complete:** every store that was found was read as a whole.\n";
    return;
  }
  out << "**Incomplete:** what could not be read may hold more than is listed here.\n\n";
  std::vector<std::string> lines;
  lines.reserve(report.exit.reasons.size());
  for (const Reason& reason : report.exit.reasons) lines.push_back(to_string(reason));
  write_lines(lines, out);
}

std::string catalog_words(const Report& report) {
  std::string text;
  for (const CatalogUsed& used : report.catalogs)
    text +=
        fmt::format("{}{}", text.empty() ? "" : ", ", markdown_text(used.id + " " + used.version));
  return text.empty() ? "none" : text;
}

void write_scope(const Report& report, std::ostream& out) {
  const Summary& summary = report.summary;
  out << fmt::format("\n- Made {} with crumbs {}; catalogs: {}\n", human_time(report.created),
                     markdown_text(report.tool_version), catalog_words(report));
  out << fmt::format("- Chosen: {}; listed here: {}; values: {}\n",
                     report.selection.empty() ? "everything" : markdown_text(report.selection),
                     counted(report.findings.size(), "item"), to_string(report.values));
  if (summary.selected) out << fmt::format("- That is {}\n", selected_words(report));
  if (!report.labels.empty())
    out << fmt::format("- Labels: {}\n", markdown_text(label_words(report.labels)));
  out << fmt::format("- Read: {} in {} of {}, {} of them not as a whole\n",
                     counted(summary.items, "item"), counted(summary.stores, "store"),
                     counted(report.profiles.size(), "profile"), summary.stores_incomplete);
  out << fmt::format(
      "- Of these {} documented, {} drifting, {} undocumented, {} possible, {} ambiguous, {} "
      "unknown to every catalog, {} of residue\n",
      summary.documented, summary.drift, summary.undocumented, summary.possible, summary.ambiguous,
      summary.unknown, summary.residue);
  if (summary.undocumented_fields > 0)
    out << fmt::format("- Inside documented items: {}\n",
                       counted(summary.undocumented_fields, "undocumented part"));
}

void write_groups(const Report& report, std::ostream& out) {
  std::map<std::pair<std::string, std::string>, Group> groups;
  for (const Finding& finding : report.findings) {
    Group& group = groups[{vendor(report, finding), finding.site}];
    ++group.items;
    if (is_personal(finding)) ++group.personal;
    ++group.verdicts.count[static_cast<std::size_t>(finding.deletion.verdict)];
  }
  Table table(out, "By vendor and site",
              "| Vendor | Site | Items | With personal data | May be deleted |",
              "|---|---|--:|--:|---|");
  for (const auto& [key, group] : groups) {
    if (!table.takes_row()) continue;
    table.row(fmt::format("{} | {} | {} | {} | {}", cell(key.first), cell(key.second), group.items,
                          group.personal, group.verdicts.words()));
  }
  table.end();
}

/// Which profile, too, where there are several.
std::string kept_at(const Report& report, const Finding& finding) {
  if (report.profiles.size() < 2) return place(finding);
  return fmt::format("{}: {}", profile_number(report, finding.profile), place(finding));
}

void write_findings(const Report& report, std::ostream& out) {
  Table table(out, "Items",
              "| Name | Kept at | Status | Contains | Personal data | May be deleted |",
              "|---|---|---|---|---|---|");
  for (const Finding& finding : report.findings) {
    if (!table.takes_row()) continue;
    const std::string state =
        finding.state == ItemState::current ? "" : fmt::format(", {}", to_string(finding.state));
    table.row(fmt::format(
        "{} | {} | {}{} | {} | {} | {}", cell(finding.name), cell(kept_at(report, finding)),
        to_string(finding.status), state, cell(contents(finding, report.created, kCellColumns)),
        to_string(finding.value.personal_data), cell(verdict(finding), kSentenceColumns)));
  }
  table.end();
}

void write_unread(const Report& report, std::ostream& out) {
  Table table(out, "Stores not read as a whole", "| Profile | Store | File | Status | Why |",
              "|---|---|---|---|---|");
  for (const auto& [profile, stores, tallies, others] : report.profiles) {
    for (const StoreResult& store : stores) {
      if (store.status == StoreStatus::read || store.status == StoreStatus::absent) continue;
      if (!table.takes_row()) continue;
      const auto why = std::ranges::find(store.diagnostics, Diagnostic::Severity::incomplete,
                                         &Diagnostic::severity);
      table.row(
          fmt::format("{} | {} | {} | {} | {}", cell(profile.name), cell(store.id),
                      cell(store.path), to_string(store.status),
                      cell(why == store.diagnostics.end() ? "" : why->message, kSentenceColumns)));
    }
  }
  table.end();
}

void write_drift(const Report& report, std::ostream& out) {
  Table table(out, "Differs from the document", "| Name | Kept at | Rule | What differs |",
              "|---|---|---|---|");
  for (const Finding& finding : report.findings) {
    for (const Drift& drift : finding.drift) {
      if (!table.takes_row()) continue;
      table.row(fmt::format("{} | {} | {} | {}", cell(finding.name), cell(kept_at(report, finding)),
                            cell(drift.rule), cell(drift.message, kSentenceColumns)));
    }
  }
  table.end();
}

void write_absent(const Report& report, std::ostream& out) {
  Table table(out, "Documented and absent", "| Entry |", "|---|");
  for (const Absent& absent : report.absent) {
    if (table.takes_row()) table.row(cell(absent.entry));
  }
  table.end();
}

void render_markdown(const Report& report, const RenderOptions&, std::ostream& out) {
  write_head(report, out);
  write_scope(report, out);
  write_notes(report, out);
  write_unread(report, out);
  write_groups(report, out);
  write_findings(report, out);
  write_drift(report, out);
  write_absent(report, out);
}

}  // namespace

const RenderFormat markdown_format{.id = "markdown",
                                   .summary = "a summary for a pull request or a job",
                                   .render = render_markdown};

}  // namespace crumbs

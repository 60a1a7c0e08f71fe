#include <string>

#include "crumbs/render.h"
#include "render/csv_writer.h"
#include "render/render.h"
#include "render/words.h"

namespace crumbs {
namespace {

constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";

/// In the order of write_finding. New columns go to the end: scripts count them.
constexpr std::string_view kColumns[] = {"record",
                                         "report_complete",
                                         "id",
                                         "profile",
                                         "store",
                                         "kind",
                                         "state",
                                         "status",
                                         "catalog",
                                         "entry",
                                         "site",
                                         "host",
                                         "origin",
                                         "path",
                                         "name",
                                         "partition",
                                         "container",
                                         "availability",
                                         "reason",
                                         "type",
                                         "length",
                                         "masked",
                                         "value",
                                         "decoded",
                                         "personal_data",
                                         "created",
                                         "accessed",
                                         "updated",
                                         "expires",
                                         "session",
                                         "secure",
                                         "http_only",
                                         "same_site",
                                         "verdict",
                                         "consequence",
                                         "basis",
                                         "section",
                                         "held_by",
                                         "drift",
                                         "notes",
                                         "file",
                                         "table",
                                         "row",
                                         "offset",
                                         "form",
                                         "form_basis",
                                         "token",
                                         "fingerprint",
                                         "labels"};

void write_flag(CsvWriter& csv, const std::optional<bool>& flag) {
  csv.word(!flag ? "" : *flag ? "true" : "false");
}

void write_time(CsvWriter& csv, const std::optional<Time>& time) {
  if (time)
    csv.text(to_iso8601(*time));
  else
    csv.empty();
}

template <class T>
void write_number(CsvWriter& csv, const std::optional<T>& number) {
  if (number)
    csv.number(*number);
  else
    csv.empty();
}

/// Several texts in one cell, one after another.
template <class List, class Show>
void write_list(CsvWriter& csv, const List& list, const Show& show) {
  std::string joined;
  for (const auto& one : list) joined.append(joined.empty() ? "" : "; ").append(show(one));
  csv.text(joined);
}

void write_head(CsvWriter& csv, const Report& report, std::string_view record) {
  csv.word(record);
  csv.word(report.complete ? "true" : "false");
}

void write_place(CsvWriter& csv, const Finding& finding) {
  csv.text(finding.site);
  csv.text(finding.host);
  csv.text(finding.origin);
  csv.text(finding.path);
  csv.text(finding.name);
  csv.text(finding.partition ? std::string_view(finding.partition->top_level_site) : "");
  write_number(csv, finding.container ? std::optional(finding.container->id) : std::nullopt);
}

void write_value(CsvWriter& csv, const FindingValue& value) {
  csv.word(to_string(value.availability));
  csv.word(value.reason ? to_string(*value.reason) : "");
  csv.word(to_string(value.type));
  csv.number(value.length);
  write_flag(csv, value.masked);
  csv.text(value.text ? *value.text : value.bytes.value_or(""));
  csv.text(value.decoded.value_or(""));
  csv.word(to_string(value.personal_data));
}

void write_life(CsvWriter& csv, const Finding& finding) {
  write_time(csv, finding.times.created);
  write_time(csv, finding.times.accessed);
  write_time(csv, finding.times.updated);
  write_time(csv, finding.times.expires);
  write_flag(csv, finding.attributes.session);
  write_flag(csv, finding.attributes.secure);
  write_flag(csv, finding.attributes.http_only);
  csv.text(finding.attributes.same_site.value_or(""));
}

void write_judgement(CsvWriter& csv, const Finding& finding) {
  const Deletion& deletion = finding.deletion;
  csv.word(to_string(deletion.verdict));
  csv.text(deletion.consequence);
  csv.word(deletion.basis ? to_string(*deletion.basis) : "");
  csv.text(deletion.section);
  write_list(csv, deletion.holds, [](const Hold& hold) { return hold.id; });
  write_list(csv, finding.drift,
             [](const Drift& drift) { return drift.rule + ": " + drift.message; });
  write_list(csv, finding.notes, [](const std::string& note) { return note; });
}

void write_finding(CsvWriter& csv, const Report& report, const Finding& finding) {
  write_head(csv, report, "finding");
  csv.text(finding.id);
  csv.text(finding.profile);
  csv.text(finding.store);
  csv.word(to_string(finding.kind));
  csv.word(to_string(finding.state));
  csv.word(to_string(finding.status));
  csv.text(finding.catalog);
  csv.text(finding.entry);
  write_place(csv, finding);
  write_value(csv, finding.value);
  write_life(csv, finding);
  write_judgement(csv, finding);
  csv.text(finding.locator.file);
  csv.text(finding.locator.table);
  write_number(csv, finding.locator.row);
  write_number(csv, finding.locator.offset);
  csv.text(finding.form ? finding.form->name : "");
  csv.word(finding.form ? to_string(finding.form->basis) : "");
  csv.text(finding.value.token);
  csv.text(finding.fingerprint);
  csv.text(label_words(report.labels));
  csv.end_line();
}

/// A line that is no finding: only what it is and why.
void write_incomplete(CsvWriter& csv, const Report& report, std::string_view reason) {
  write_head(csv, report, "incomplete");
  for (const std::string_view column : std::span(kColumns).subspan(2)) {
    if (column == "notes")
      csv.text(reason);
    else if (column == "labels")
      csv.text(label_words(report.labels));
    else
      csv.empty();
  }
  csv.end_line();
}

/// A report that is not complete has a line for each reason, so that one without findings does not
/// look like one of a profile with nothing in it.
void write_reasons(CsvWriter& csv, const Report& report) {
  if (report.complete) return;
  for (const Reason& reason : report.exit.reasons) write_incomplete(csv, report, to_string(reason));
  if (report.exit.reasons.empty()) write_incomplete(csv, report, "no reason given");
}

void render_csv(const Report& report, const RenderOptions& options, std::ostream& out) {
  if (options.byte_order_mark) out << kByteOrderMark;
  CsvWriter csv(out);
  for (const std::string_view column : kColumns) csv.word(column);
  csv.end_line();
  write_reasons(csv, report);
  for (const Finding& finding : report.findings) write_finding(csv, report, finding);
}

}  // namespace

const RenderFormat csv_format{
    .id = "csv", .summary = "one finding a line, for spreadsheets", .render = render_csv};

}  // namespace crumbs

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "crumbs/printable.h"
#include "printable.h"
#include "render/text_parts.h"
#include "render/words.h"

namespace crumbs {
namespace {

struct Row {
  std::string profile;
  Text read;
  std::uint64_t documented = 0, personal = 0, undocumented = 0, drift = 0;
  std::uint64_t keys = 0;  ///< undocumented ones inside items
};

/// Cut at its beginning.
std::string end_of(std::string_view printable, std::size_t width) {
  if (printable_width(printable) <= width) return std::string(printable);
  while (printable_width(printable) + 1 > width) take_cluster(printable);
  return fmt::format("…{}", printable);
}

Row row_of(const Report& report, const ProfileReport& part) {
  Row row;
  row.profile = plain(profile_name(part.profile));
  row.read = {{counted(items_in(part), "item")}};
  if (!is_whole(report, part)) row.read.push_back({" INCOMPLETE", Style::bad});
  for (const Tally& tally : part.tallies) {
    row.documented += documented_in(tally);
    row.drift += tally.drift;
    row.personal += with_personal_data(tally);
    row.undocumented += tally.undocumented;
    row.keys += tally.undocumented_keys;
  }
  return row;
}

std::string undocumented(const Row& row) {
  if (row.keys == 0) return fmt::format("{}", row.undocumented);
  return fmt::format("{} + {}", row.undocumented, counted(row.keys, "key"));
}

struct Widths {
  std::size_t profile = 0, read = 0;
};

constexpr std::size_t kDocumented = 10, kPersonal = 8, kUndocumented = 12, kDrift = 5;
constexpr std::size_t kGaps = 10;

Widths widths_of(const std::vector<Row>& rows, std::size_t page) {
  Widths widths{.profile = 7, .read = 4};
  for (const Row& row : rows) {
    widths.profile = std::max(widths.profile, printable_width(row.profile));
    widths.read = std::max(widths.read, text_width(row.read));
  }
  const std::size_t taken = widths.read + kDocumented + kPersonal + kUndocumented + kDrift + kGaps;
  widths.profile = std::min(widths.profile, page - std::min(taken, page - 10));
  return widths;
}

void write_row(const View& view, const Widths& widths, const Row& row) {
  const auto number = [](std::uint64_t count) { return Text{{fmt::format("{}", count)}}; };
  const Cell cells[] = {{{{end_of(row.profile, widths.profile), Style::bold}}, widths.profile},
                        {row.read, widths.read},
                        {number(row.documented), kDocumented},
                        {number(row.personal), kPersonal},
                        {{{undocumented(row)}}, kUndocumented},
                        {number(row.drift), kDrift}};
  view.page.row(0, cells);
}

bool names_repeat(const std::vector<Row>& rows) {
  std::set<std::string_view> names;
  return !std::ranges::all_of(rows,
                              [&](const Row& row) { return names.insert(row.profile).second; });
}

void write_titles(const View& view, const Widths& widths) {
  const auto title = [](std::string_view word) { return Text{{std::string(word), Style::dim}}; };
  const Cell cells[] = {{title("profile"), widths.profile},     {title("read"), widths.read},
                        {title("documented"), kDocumented},     {title("personal"), kPersonal},
                        {title("undocumented"), kUndocumented}, {title("drift"), kDrift}};
  view.page.row(0, cells);
}

}  // namespace

void write_overview(const View& view) {
  std::vector<Row> rows;
  rows.reserve(view.report.profiles.size());
  for (const ProfileReport& part : view.report.profiles) rows.push_back(row_of(view.report, part));
  view.page.blank();
  if (rows.empty()) {
    view.page.line(0, {{"No profile was read."}});
    return;
  }
  if (names_repeat(rows)) {
    for (std::size_t i = 0; i < rows.size(); ++i)
      rows[i].profile = printable(view.report.profiles[i].profile.path.native());
  }
  const Widths widths = widths_of(rows, view.page.width());
  write_titles(view, widths);
  for (const Row& row : rows) write_row(view, widths, row);
}

void write_quiet(const View& view) {
  for (const ProfileReport& part : view.report.profiles) {
    const Row row = row_of(view.report, part);
    Text line;
    if (!is_whole(view.report, part)) line.push_back({"INCOMPLETE ", Style::bad});
    line.push_back({row.profile, Style::bold});
    line.push_back(
        {fmt::format(": {}, {} documented, {} with personal data, {} undocumented, {} drift",
                     counted(items_in(part), "item"), row.documented, row.personal,
                     undocumented(row), row.drift)});
    line.push_back(shown(" · " + part.profile.path.native(), Style::dim));
    view.page.whole_line(line);
  }
  for (const Reason& reason : view.report.exit.reasons) {
    if (reason.profile.empty()) view.page.whole_line({shown(to_string(reason), Style::bad)});
  }
}

}  // namespace crumbs

#include "render/text_blocks.h"

#include <algorithm>
#include <optional>
#include <span>
#include <unordered_map>

#include <fmt/format.h>

#include "crumbs/printable.h"
#include "printable.h"
#include "render/brief.h"
#include "render/marks.h"
#include "render/words.h"

namespace crumbs {
namespace {

constexpr std::size_t kPlacesNamed = 6;
/// Below this many columns everything is said in its shortest form.
constexpr std::size_t kRoomy = 100;
/// Where the words would have fewer, they stand below.
constexpr std::size_t kFewestWords = 20;

Findings all_of(const Block& block) {
  Findings findings;
  for (const ItemGroup& item : block.items)
    findings.insert(findings.end(), item.findings.begin(), item.findings.end());
  return findings;
}

std::string count_words(const Block& block) {
  const bool cookies = block.kind == ItemKind::cookie;
  std::string text = cookies ? counted(block.items.size(), "cookie")
                             : counted(block.items.size(), "name") + " in local storage";
  if (!cookies) return text + " of ";
  text += " on ";
  if (block.places.size() > 1) text += fmt::format("each of {} hosts: ", block.places.size());
  return text;
}

/// "expire 2026-11-24 to 2027-11-23 (in 12 months)"; the span is that of the last.
std::string expiry_words(const Findings& cookies, const Time& now) {
  std::optional<Time> first, last;
  std::uint64_t sessions = 0, impossible = 0;
  for (const Finding* cookie : cookies) {
    if (cookie->attributes.session.value_or(false)) ++sessions;
    if (cookie->times.expires_raw) ++impossible;
    const std::optional<Time>& expires = cookie->times.expires;
    if (!expires) continue;
    if (!first || expires->unix_us < first->unix_us) first = expires;
    if (!last || expires->unix_us > last->unix_us) last = expires;
  }
  std::string text;
  const auto add = [&](std::uint64_t count, std::string_view words) {
    if (count == 0) return;
    if (!text.empty()) text += ", ";
    if (count < cookies.size()) text += fmt::format("{} ", count);
    text += words;
  };
  add(sessions, "until the browser closes");
  add(impossible, "with an expiry that cannot be");
  if (!last) return text;
  const std::string from = brief_day(*first), to = brief_day(*last);
  text += fmt::format("{}{} {}{} ({})", text.empty() ? "" : ", ",
                      last->unix_us < now.unix_us ? "expired" : "expire",
                      from == to ? "" : from + " to ", to, brief_distance(*last, now));
  return text;
}

/// "secure", "not secure", "3 of 14 secure"; empty where no store says.
std::string share(const Findings& cookies, std::optional<bool> Attributes::*flag,
                  std::string_view all, std::string_view none) {
  std::uint64_t known = 0, set = 0;
  for (const Finding* cookie : cookies) {
    const std::optional<bool>& value = cookie->attributes.*flag;
    if (!value) continue;
    ++known;
    if (*value) ++set;
  }
  if (known == 0) return {};
  if (set == known) return std::string(all);
  return set == 0 ? std::string(none) : fmt::format("{} {}", set, all);
}

std::string attribute_shares(const Findings& cookies) {
  std::string text = share(cookies, &Attributes::secure, "secure", "not secure");
  const std::string hidden =
      share(cookies, &Attributes::http_only, "hidden from scripts", "readable by scripts");
  if (!hidden.empty()) text += (text.empty() ? "" : ", ") + hidden;
  return text;
}

/// The widest mark in ASCII has two characters.
std::size_t mark_width(const View& view) {
  return view.options.ascii ? 2 : 1;
}

/// Of what the terminal can show; the sign for what is left out is longer in ASCII.
Text cut(const View& view, const Span& span, std::size_t width) {
  if (printable_width(span.text) <= width) return {span};
  const std::size_t more = text_width(view.page.fit({{"…"}})) - 1;
  return view.page.fit({{shorten(span.text, width - std::min(width - 1, more)), span.style}});
}

std::string_view class_word(const Finding& finding) {
  const PersonalData kind = finding.value.personal_data;
  return kind == PersonalData::none ? "-" : to_string(kind);
}

}  // namespace

std::vector<Block> blocks_of(const View& view, const Findings& findings,
                             std::string (*where)(const Finding&)) {
  std::vector<Block> blocks;
  std::unordered_map<std::string, std::size_t> known;
  for (ItemGroup& item : group_items(view, findings, where)) {
    const ItemKind kind = item.first->kind;
    const std::string key = fmt::format("{}\n{}", to_string(kind), fmt::join(item.places, "\n"));
    const auto at = known.try_emplace(key, blocks.size()).first->second;
    if (at == blocks.size()) blocks.push_back({kind, item.places, {}});
    blocks[at].items.push_back(std::move(item));
  }
  return blocks;
}

std::string shared_words(const View& view, const Block& block, bool attributes) {
  const Findings findings = all_of(block);
  std::string text = count_words(block) + first_of(block.places, kPlacesNamed, "; ");
  const auto add = [&text](const std::string& part) {
    if (!part.empty()) text += " · " + part;
  };
  if (block.kind == ItemKind::local_storage) {
    add("no expiry");
    return text;
  }
  add(expiry_words(findings, view.report.created));
  if (attributes) add(attribute_shares(findings));
  return text;
}

Columns columns_of(const View& view, const std::vector<Block>& blocks) {
  const bool roomy = view.page.width() >= kRoomy;
  Columns columns{.gap = roomy ? 2U : 1U};
  for (const Block& block : blocks) {
    for (const ItemGroup& item : block.items) widen(view, columns, draft(view, item));
  }
  return columns;
}

void widen(const View& view, Columns& columns, const Line& line) {
  const bool roomy = view.page.width() >= kRoomy;
  const std::size_t room = view.page.width() - kLineIndent - mark_width(view) - columns.gap;
  const std::size_t longest_name = roomy ? room * 3 / 10 : std::min<std::size_t>(20, room / 3);
  const std::size_t longest_contents = roomy ? room / 4 : std::min<std::size_t>(11, room / 4);
  columns.name = std::max(columns.name, std::min(text_width(line.name), longest_name));
  columns.contents =
      std::max(columns.contents, std::min(text_width(line.contents), longest_contents));
  columns.kind = std::max(columns.kind, text_width(line.kind));
  const std::size_t taken = columns.name + columns.contents + columns.kind + 3 * columns.gap;
  columns.words = room - std::min(room - 1, taken);
}

Line draft(const View& view, const ItemGroup& item) {
  const Finding& finding = *item.first;
  return {sign(mark_of(finding)),
          {view.page.name(item.name, Style::accent, finding.name_masked)},
          view.page.fit(brief_contents(finding, view.report.created, 0)),
          {{std::string(class_word(finding)), Style::dim}},
          {}};
}

Line line_of(const View& view, const ItemGroup& item, const Columns& columns) {
  Line line = draft(view, item);
  line.contents = view.page.fit(brief_contents(*item.first, view.report.created, columns.contents));
  if (text_width(line.contents) > columns.contents)  // in ASCII
    line.contents = cut(view, line.contents.front(), columns.contents);
  return line;
}

void write_line(const View& view, const Columns& columns, const Line& line) {
  constexpr std::size_t kNameLines = 3;  // more of a name says nothing that its beginning does not
  std::size_t name = columns.name, contents = columns.contents;
  // A name that is a little too long takes what its contents leave.
  const std::size_t used = text_width(line.contents), wanted = text_width(line.name);
  if (wanted > name && wanted - name + used <= contents) {
    contents -= wanted - name;
    name = wanted;
  }
  const Cell cells[] = {{{line.mark}, mark_width(view)},
                        {cut(view, line.name.front(), name * kNameLines), name},
                        {line.contents, contents},
                        {line.kind, columns.kind},
                        {line.words, columns.words}};
  const bool below = columns.words < kFewestWords;
  view.page.row(kLineIndent, std::span(cells).first(below ? 4 : 5), columns.gap);
  if (below) view.page.line(kLineIndent + 3, line.words, 2);
}

}  // namespace crumbs

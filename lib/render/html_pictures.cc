/// The pictures of the report. All are SVG of presentation attributes and classes of the page's
/// style, because the page allows no `style=`; every number in them also stands there as text.

#include <algorithm>
#include <cmath>
#include <map>

#include <fmt/format.h>

#include "crumbs/printable.h"
#include "printable.h"
#include "render/html_parts.h"
#include "render/words.h"

namespace crumbs {
namespace {

constexpr double kBarWidth = 360, kBarHeight = 26, kLabel = 150, kRoom = 150;
constexpr std::size_t kLargest = 8, kLives = 16;
constexpr std::int64_t kSecond = 1'000'000, kYear = 31'556'952 * kSecond;

struct Bar {
  std::string label, amount;
  double value = 0;
  unsigned color = 5;  ///< c1 ... c5 of base.css
};

void write_color(HtmlWriter& page, unsigned color) {
  page.tag(R"(" class="c)").number(color).tag(R"("/>)");
}

void write_bar(HtmlWriter& page, const Bar& bar, double top, double most) {
  const double length = most <= 0 ? 0 : std::max(2.0, kRoom * bar.value / most);
  page.tag(R"(<text x="0" y=")").number(top + 17).tag(R"(">)").text(bar.label).tag("</text>");
  page.tag(R"(<rect rx="2" x=")").number(kLabel).tag(R"(" y=")").number(top + 4);
  page.tag(R"(" height="18" width=")").number(length);
  write_color(page, bar.color);
  page.tag(R"(<text x=")").number(kLabel + length + 6).tag(R"(" y=")").number(top + 17);
  page.tag(R"(">)").text(bar.amount).tag("</text>\n");
}

void begin_picture(HtmlWriter& page, double width, double height, Markup description) {
  page.tag(R"(<svg role="img" viewBox="0 0 )").number(width).tag(" ").number(height);
  page.tag(R"(" aria-label=")").tag(description).tag("\">\n");
}

void write_bars(HtmlWriter& page, Markup title, Markup description, const std::vector<Bar>& bars) {
  if (bars.empty()) return;
  const double most = std::ranges::max(bars, {}, &Bar::value).value;
  page.tag("<figure><figcaption>").tag(title).tag("</figcaption>\n");
  begin_picture(page, kBarWidth, kBarHeight * static_cast<double>(bars.size()), description);
  for (std::size_t i = 0; i < bars.size(); ++i)
    write_bar(page, bars[i], kBarHeight * static_cast<double>(i), most);
  page.tag("</svg></figure>\n");
}

/// The colour of a category, here and on the time line.
unsigned color_of(const Entry* entry) {
  return entry == nullptr ? 5 : 1 + static_cast<unsigned>(entry->category);
}

std::vector<Bar> by_category(const HtmlView& view) {
  std::map<unsigned, Bar> bars;
  for (const Finding& finding : view.report.findings) {
    const Entry* entry = view.entry(finding);
    const unsigned color = color_of(entry);
    Bar& bar = bars[color];
    bar.color = color;
    bar.label = entry == nullptr ? "not in a catalog" : spaced(to_string(entry->category));
    ++bar.value;
  }
  std::vector<Bar> sorted;
  for (auto& [color, bar] : bars) {
    bar.amount = fmt::format("{:.0f}", bar.value);
    sorted.push_back(bar);
  }
  return sorted;
}

std::vector<Bar> by_personal_data(const HtmlView& view) {
  std::map<PersonalData, std::size_t> counts;
  for (const Finding& finding : view.report.findings) ++counts[finding.value.personal_data];
  std::vector<Bar> bars;
  bars.reserve(counts.size());
  for (const auto& [kind, count] : counts)
    bars.push_back({.label = kind == PersonalData::none      ? "no personal data"
                             : kind == PersonalData::unknown ? "not known"
                                                             : std::string(to_string(kind)),
                    .amount = std::to_string(count),
                    .value = static_cast<double>(count),
                    .color = is_personal(kind) ? 4U : 5U});
  return bars;
}

std::string size_words(std::uint64_t bytes) {
  if (bytes < 1024) return fmt::format("{} B", bytes);
  const double kib = static_cast<double>(bytes) / 1024;
  return kib < 1024 ? fmt::format("{:.1f} KiB", kib) : fmt::format("{:.1f} MiB", kib / 1024);
}

std::vector<Bar> by_size(const HtmlView& view) {
  Findings largest;
  for (const Finding& finding : view.report.findings) largest.push_back(&finding);
  const auto length = [](const Finding* finding) { return finding->value.length; };
  const std::size_t count = std::min(kLargest, largest.size());
  std::ranges::stable_sort(largest, std::greater(), length);
  std::vector<Bar> bars;
  for (std::size_t i = 0; i < count; ++i) {
    const Finding& finding = *largest[i];
    bars.push_back({.label = shorten(printable(finding.name), 18),
                    .amount = size_words(finding.value.length),
                    .value = static_cast<double>(finding.value.length),
                    .color = color_of(view.entry(finding))});
  }
  return bars;
}

/// A cookie with a beginning and an end; several of one name and the same days are one line.
struct Life {
  const Finding* finding = nullptr;
  std::int64_t from = 0, to = 0;  ///< microseconds of Unix time
  std::size_t times = 1;
};

std::vector<Life> lives_of(const Report& report) {
  std::map<std::pair<std::string, std::int64_t>, Life> lives;
  for (const Finding& finding : report.findings) {
    const Times& times = finding.times;
    if (!times.created || !times.expires || finding.attributes.session.value_or(false)) continue;
    const std::int64_t day = times.expires->unix_us / (86'400 * kSecond);
    const auto [at, added] = lives.try_emplace(
        {finding.name, day}, Life{&finding, times.created->unix_us, times.expires->unix_us});
    if (added) continue;
    ++at->second.times;
    at->second.from = std::min(at->second.from, times.created->unix_us);
  }
  std::vector<Life> sorted;
  sorted.reserve(lives.size());
  for (const auto& [key, life] : lives) sorted.push_back(life);
  std::ranges::stable_sort(sorted, std::greater(), &Life::to);
  return sorted;
}

/// From years to pixels. What lies further away than ten years is drawn at the edge.
struct Scale {
  double from = 0, to = 1;  ///< years since 1970
  static constexpr double kLeft = 200, kRight = 740;

  [[nodiscard]] double at(std::int64_t us) const {
    const double year = std::clamp(static_cast<double>(us) / static_cast<double>(kYear), from, to);
    return kLeft + (kRight - kLeft) * (year - from) / (to - from);
  }
};

Scale scale_of(const std::vector<Life>& lives, std::int64_t now) {
  const double present = static_cast<double>(now) / static_cast<double>(kYear);
  Scale scale{present, present};
  for (const Life& life : lives) {
    scale.from = std::min(scale.from, static_cast<double>(life.from) / static_cast<double>(kYear));
    scale.to = std::max(scale.to, static_cast<double>(life.to) / static_cast<double>(kYear));
  }
  scale.from = std::max(scale.from, present - 10) - 0.02;
  scale.to = std::min(scale.to, present + 10) + 0.02;
  return scale;
}

void write_life(const HtmlView& view, const Life& life, const Scale& scale, double top) {
  HtmlWriter& page = view.page;
  const std::int64_t now = view.report.created.unix_us;
  const double left = scale.at(life.from);
  const double width = std::max(3.0, scale.at(life.to) - left);
  std::string label = shorten(printable(life.finding->name), 22);
  if (life.times > 1) label += fmt::format(" ×{}", life.times);
  page.tag(R"(<text x="0" y=")").number(top + 14).tag(R"(">)").text(label).tag("</text>");
  page.tag(R"(<rect rx="2" height="12" x=")").number(left).tag(R"(" y=")").number(top + 4);
  page.tag(R"(" width=")").number(width);
  write_color(page, color_of(view.entry(*life.finding)));
  page.tag(R"(<text x=")").number(Scale::kRight + 8).tag(R"(" y=")").number(top + 14).tag(R"(">)");
  page.text(relative_time({life.to}, {now}));
  page.tag("</text>\n");
}

void write_tick(HtmlWriter& page, double x, double height, Markup kind, std::string_view label) {
  page.tag(R"(<line y1="18" x1=")").number(x).tag(R"(" x2=")").number(x).tag(R"(" y2=")");
  page.number(height).tag(R"(" class=")").tag(kind).tag(R"("/><text y="12" text-anchor="middle")");
  page.tag(R"( x=")").number(x).tag(R"(">)").text(label).tag("</text>\n");
}

/// Beginnings of years, no more than eight of them, none where "today" stands.
void write_ticks(HtmlWriter& page, const Scale& scale, std::int64_t now, double height) {
  const auto first = static_cast<std::int64_t>(std::ceil(scale.from));
  const auto last = static_cast<std::int64_t>(std::floor(scale.to));
  const std::int64_t step = 1 + (last - first) / 8;
  const double today = scale.at(now);
  for (std::int64_t year = first; year <= last; year += step) {
    const double x = scale.at(year * kYear);
    if (std::abs(x - today) < 44) continue;
    write_tick(page, x, height, "tick", std::to_string(1970 + year));
  }
  write_tick(page, today, height, "now", "today");
}

void write_lifetime_words(const HtmlView& view, std::size_t lines) {
  std::size_t session = 0, endless = 0;
  for (const Finding& finding : view.report.findings) {
    if (finding.attributes.session.value_or(false))
      ++session;
    else if (!finding.times.expires)
      ++endless;
  }
  HtmlWriter& page = view.page;
  page.tag(R"(<p class="faint">)");
  if (lines > kLives)
    page.tag("The ").number(kLives).tag(" longest of ").number(lines).tag(" are shown. ");
  page.text(fmt::format("{} until the browser closes, {} until somebody deletes {}.",
                        session == 1 ? "1 item stays" : fmt::format("{} items stay", session),
                        endless, endless == 1 ? "it" : "them"));
  page.tag("</p>\n");
}

void write_lifetimes(const HtmlView& view) {
  const std::vector<Life> lives = lives_of(view.report);
  HtmlWriter& page = view.page;
  page.tag(R"(<figure class="wide"><figcaption>From when it was set until it expires)");
  page.tag("</figcaption>\n");
  if (!lives.empty()) {
    const std::size_t shown = std::min(kLives, lives.size());
    const double height = 26 + 20 * static_cast<double>(shown);
    const Scale scale =
        scale_of({lives.begin(), lives.begin() + static_cast<std::ptrdiff_t>(shown)},
                 view.report.created.unix_us);
    page.tag("<div class=\"scroll\" tabindex=\"0\" role=\"group\" aria-label=\"Time line\">\n");
    begin_picture(page, 880, height, "A bar for each cookie, from when it was set to its expiry");
    write_ticks(page, scale, view.report.created.unix_us, height);
    for (std::size_t i = 0; i < shown; ++i)
      write_life(view, lives[i], scale, 22 + 20 * static_cast<double>(i));
    page.tag("</svg></div>\n");
  }
  write_lifetime_words(view, lives.size());
  page.tag("</figure>\n");
}

}  // namespace

void write_html_pictures(const HtmlView& view) {
  if (view.report.findings.empty()) return;
  HtmlWriter& page = view.page;
  page.tag("<section aria-labelledby=\"pictures\">\n<h2 id=\"pictures\">In pictures</h2>\n");
  page.tag("<div class=\"pictures\">\n");
  write_bars(page, "Items by category", "Number of items of each category", by_category(view));
  write_bars(page, "Items by personal data", "Number of items with each kind of personal data",
             by_personal_data(view));
  write_bars(page, "Largest values", "Sizes of the largest values", by_size(view));
  write_lifetimes(view);
  page.tag("</div>\n</section>\n");
}

}  // namespace crumbs

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "crumbs/printable.h"
#include "render/brief.h"
#include "render/marks.h"
#include "render/text_parts.h"
#include "render/text_same.h"
#include "render/words.h"

namespace crumbs {
namespace {

constexpr std::size_t kLabel = 13;
constexpr std::size_t kSitesNamed = 3;

/// The gravest first.
constexpr std::array kClasses{PersonalData::contact,    PersonalData::content,
                              PersonalData::identifier, PersonalData::location,
                              PersonalData::preference, PersonalData::behaviour};

template <class Map, class Key>
std::uint64_t count_of(const Map& counts, Key key) {
  const auto found = counts.find(key);
  return found == counts.end() ? 0 : found->second;
}

using Parts = std::vector<Text>;

/// Parts joined by dots; a line breaks between them.
void write_line(const View& view, std::string_view label, const Parts& parts) {
  const std::size_t room = view.page.width() - kLabel - 3;
  Text line;
  const auto write = [&] {
    const Cell cells[] = {{{{std::string(label), Style::dim}}, kLabel}, {line, room}};
    view.page.row(1, cells);
    label = {};
  };
  for (const Text& part : parts) {
    Text longer = line;
    append(longer, part, " · ");
    if (!line.empty() && text_width(view.page.fit(longer)) > room) {
      write();
      longer = part;
    }
    line = std::move(longer);
  }
  write();
}

std::string named_sites(const std::vector<std::string>& sites) {
  return sites.size() > kSitesNamed ? first_of(sites, kSitesNamed)
                                    : fmt::format("{}", fmt::join(sites, ", "));
}

Text headline(const View& view, const Tally& tally) {
  const std::string vendor = vendor_name(view.report, tally.catalog);
  const std::string possible = named_sites(tally.possible_sites);
  if (tally.sites.empty())
    return {shown(fmt::format("{} is perhaps on {} ({}); nothing of it is certain.", vendor,
                              counted(tally.possible_sites.size(), "site"), possible),
                  Style::bold)};
  Text text{shown(
      fmt::format("{} is on {}: {}, {} with personal data.", vendor,
                  counted(tally.sites.size(), "site"),
                  counted(documented_in(tally), "documented item"), with_personal_data(tally)),
      Style::bold)};
  if (!tally.possible_sites.empty())
    text.push_back(
        shown(fmt::format(" Perhaps on {} more ({}).", tally.possible_sites.size(), possible)));
  return text;
}

Parts personal_line(const Tally& tally) {
  Parts parts;
  for (const PersonalData kind : kClasses) {
    if (const std::uint64_t items = count_of(tally.personal_data, kind); items > 0)
      parts.push_back({{fmt::format("{} {}", to_string(kind), items)}});
  }
  if (parts.empty()) parts.push_back({{"none"}});
  return parts;
}

/// Whose claims the verdicts are, where they are not all ours.
Text claims(const Tally& tally) {
  const std::uint64_t document = count_of(tally.bases, Basis::document);
  const std::uint64_t ours = count_of(tally.bases, Basis::interpretation);
  const std::uint64_t seen = count_of(tally.bases, Basis::observation);
  Text text{{fmt::format("the document says {}, our reading {}", document, ours), Style::dim}};
  if (seen > 0) text.push_back({fmt::format(", publicly seen {}", seen), Style::dim});
  return text;
}

Parts deletion_line(const Tally& tally) {
  const auto part = [](Mark mark, std::uint64_t items) {
    return Text{sign(mark), {fmt::format(" {} {}", items, meaning(mark))}};
  };
  const std::uint64_t costs = count_of(tally.verdicts, Verdict::allowed_with_consequence);
  Parts parts{part(Mark::nothing_lost, count_of(tally.verdicts, Verdict::allowed)),
              part(Mark::something_lost, costs - std::min(costs, tally.undoes_choice)),
              part(Mark::undoes_choice, tally.undoes_choice),
              part(Mark::keep, count_of(tally.verdicts, Verdict::retain))};
  if (const auto open = count_of(tally.verdicts, Verdict::undocumented); open > 0)
    parts.push_back(part(Mark::undocumented, open));
  if (is_our_reading(tally))
    parts.back().push_back({" [1]", Style::dim});
  else
    parts.push_back(claims(tally));
  return parts;
}

Parts lifetime_line(const Tally& tally) {
  const Lifetimes& life = tally.lifetimes;
  Parts parts;
  if (life.never_expires > 0)
    parts.push_back({{fmt::format("{} never expire{} (local storage)", life.never_expires,
                                  life.never_expires == 1 ? "s" : "")}});
  if (life.limited > 0) {
    const bool over = life.over_13_months > 0;
    parts.push_back({{fmt::format("{}: {} at most, ", counted(life.limited, "cookie"),
                                  span_words(life.longest_s.value_or(0)))},
                     {fmt::format("{} over 13 months", life.over_13_months),
                      over ? Style::warning : Style::plain}});
  }
  if (life.session > 0)
    parts.push_back({{fmt::format("{} until the browser closes", life.session)}});
  const std::uint64_t told = life.never_expires + life.limited + life.session;
  if (const std::uint64_t all = documented_in(tally); told < all)
    parts.push_back({{fmt::format("{} with no usable expiry", all - told)}});
  return parts;
}

Text undocumented_line(const Tally& tally) {
  std::string text;
  if (tally.undocumented > 0) text = counted(tally.undocumented, "item");
  if (tally.observed > 0) text += fmt::format(" ({} publicly seen)", tally.observed);
  if (tally.undocumented_keys > 0)
    text += fmt::format("{}{} inside {}", text.empty() ? "" : ", and ",
                        counted(tally.undocumented_keys, "key"),
                        counted(tally.with_undocumented_fields, "item"));
  if (text.empty()) return {{"0"}};
  return {sign(Mark::undocumented), {" " + text}};
}

Text drift_line(const Tally& tally) {
  return {sign(Mark::drift),
          {fmt::format(" {}: {}", counted(tally.drift, "item"), meaning(Mark::drift))}};
}

Text no_drift(const View& view, const Tally& tally) {
  const CatalogUsed* used = find_catalog(view.report, tally.catalog);
  Text text{{"drift 0"}};
  if (used != nullptr && !used->states_lifetimes)
    text.push_back(shown(" (no lifetimes are documented)", Style::dim));
  return text;
}

Text coverage_line(const Tally& tally) {
  Text text{{fmt::format("{} of {} documented names found, {} absent", tally.names_found,
                         tally.names_documented, tally.names_absent)}};
  if (tally.names_absent > 0) text.push_back({" (-v)", Style::dim});
  const std::uint64_t told = tally.names_found + tally.names_absent;
  if (told < tally.names_documented) {
    const std::uint64_t rest = tally.names_documented - told;
    text.push_back({fmt::format(", {} may be in what was not read", rest), Style::warning});
  }
  return text;
}

/// What keeps the numbers above from being the whole truth.
void write_uncertain(const View& view, const Tally& tally) {
  if (tally.ambiguous > 0)
    write_line(view, "uncertain",
               {{sign(Mark::ambiguous),
                 {fmt::format(" {} that several entries fit", counted(tally.ambiguous, "item"))}}});
  Parts parts;
  if (tally.unavailable > 0)
    parts.push_back({{fmt::format("{} not readable", tally.unavailable), Style::warning}});
  if (tally.doubtful > 0)
    parts.push_back({{fmt::format("{} doubtful", tally.doubtful), Style::warning}});
  if (!parts.empty()) write_line(view, "values", parts);
}

void write_tally(const View& view, const Tally& tally) {
  view.page.blank();
  view.page.line(0, headline(view, tally), 2);
  if (tally.sites.empty()) {
    write_uncertain(view, tally);
    return;
  }
  write_line(view, "personal data", personal_line(tally));
  if (!tally.same_values.empty()) write_line(view, "same values", same_values(tally.same_values));
  write_line(view, "deletion", deletion_line(tally));
  write_line(view, "lifetime", lifetime_line(tally));
  write_line(view, "undocumented", {undocumented_line(tally)});
  if (tally.drift > 0) write_line(view, "drift", {drift_line(tally)});
  write_uncertain(view, tally);
  Parts coverage{coverage_line(tally)};
  if (tally.drift == 0) coverage.push_back(no_drift(view, tally));
  write_line(view, "coverage", coverage);
}

/// Of a catalog that knows nothing of what the profile holds.
void write_nothing(const View& view, const CatalogUsed& used, const ProfileReport& part) {
  Text text{shown(fmt::format("Nothing of {} was found", vendor_name(view.report, used.id)),
                  Style::bold)};
  text.push_back({fmt::format(" among {}", counted(items_in(part), "item"))});
  text.push_back({fmt::format("; its document names {}", used.names_documented)});
  text.push_back({is_whole(view.report, part) ? "." : ", as far as the profile could be read."});
  view.page.blank();
  view.page.line(0, text, 2);
}

}  // namespace

std::uint64_t items_in(const ProfileReport& part) {
  std::uint64_t items = 0;
  for (const StoreResult& store : part.stores) items += store.items;
  return items;
}

std::uint64_t documented_in(const Tally& tally) {
  return tally.documented + tally.drift;
}

std::uint64_t with_personal_data(const Tally& tally) {
  std::uint64_t count = 0;
  for (const auto& [kind, items] : tally.personal_data) {
    if (kind != PersonalData::none && kind != PersonalData::unknown) count += items;
  }
  return count;
}

std::optional<Basis> usual_basis(const Tally& tally) {
  std::optional<Basis> usual;
  for (const auto& [basis, items] : tally.bases) {
    if (items > 0 && (!usual || items > tally.bases.at(*usual))) usual = basis;
  }
  return usual;
}

bool is_our_reading(const Tally& tally) {
  return count_of(tally.bases, Basis::interpretation) > 0 &&
         count_of(tally.bases, Basis::document) == 0 &&
         count_of(tally.bases, Basis::observation) == 0;
}

void write_tallies(const View& view, const ProfileReport& part) {
  for (const CatalogUsed& used : view.report.catalogs) {
    const auto tally = std::ranges::find(part.tallies, used.id, &Tally::catalog);
    if (tally == part.tallies.end())
      write_nothing(view, used, part);
    else
      write_tally(view, *tally);
  }
}

}  // namespace crumbs

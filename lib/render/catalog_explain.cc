// What the catalogs make of a name, for people.
#include <algorithm>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "crumbs/printable.h"
#include "render/catalog_view.h"

namespace crumbs {
namespace {

void write_detail(Page& page, const std::string& text) {
  page.line(5, {shown(text)});
}

void write_conclusion(Page& page, const std::string& text) {
  page.line(2, {shown(text)});
}

std::string scope_text(const Candidate& candidate, const NameQuery& query) {
  const std::string hosts = hosts_text(*candidate.entry);
  if (candidate.fits_host) return fmt::format("lives on {}", hosts);
  if (query.host.empty())
    return fmt::format("lives on {}; give --host to see whether it fits", hosts);
  const bool documented = candidate.entry->scope_basis.basis == Basis::document;
  return fmt::format("lives on {}: {} is outside{}", hosts, query.host,
                     documented ? ", so at best a drift of place"
                                : ", which only ranks: the document names no host");
}

/// Whose form the name has: "the document's form, section "Chat Widget"".
std::string form_basis(const Entry& entry, const Form& form) {
  if (form.basis.basis == Basis::document)
    return fmt::format("the document's form, section \"{}\"", form.basis.section);
  std::string text = "publicly seen";
  if (form.basis.observed) text += fmt::format(": {}", evidence_text(*form.basis.observed));
  return text + (entry.documented() ? fmt::format("; documented as {}", entry.name())
                                    : std::string("; not in the document"));
}

Text outcome(const Candidate& candidate, bool ambiguous) {
  if (!candidate.lost_because.empty())
    return {{"lost: ", Style::dim}, shown(candidate.lost_because)};
  if (ambiguous) return {{"first, but ambiguous", Style::warning}};
  return {{"wins", Style::good}};
}

void write_candidate(Page& page, std::size_t number, const Candidate& candidate,
                     const NameQuery& query, bool ambiguous) {
  Text head{{fmt::format("{}. ", number)}, shown(candidate.entry->id, Style::accent), {" "}};
  append(head, outcome(candidate, ambiguous));
  page.line(2, head, 3);
  const Form& form = *candidate.form;
  write_detail(page,
               fmt::format("{} {}, {} literal bytes", form.is_template ? "template" : "exact name",
                           form.name, candidate.literal_bytes));
  write_detail(page, form_basis(*candidate.entry, form));
  for (const auto& [variable, text] : candidate.captured)
    write_detail(page, fmt::format("${{{}}} is {}", variable, text));
  write_detail(page, scope_text(candidate, query));
}

void write_winner(Page& page, const Candidate& winner) {
  const Entry& entry = *winner.entry;
  page.blank();
  write_conclusion(page, entry.description);
  write_conclusion(
      page, fmt::format("Category {}, personal data {}, deletion {}.", to_string(entry.category),
                        to_string(entry.personal_data), to_string(entry.deletion.verdict)));
  if (winner.form->distinctive) return;
  write_conclusion(page, fmt::format("A generic name: it counts only where a distinctive item of "
                                     "\"{}\" is on the same site; alone it is possible.",
                                     entry.catalog));
}

void write_matched(Page& page, const MatchResult& match, const NameQuery& query) {
  std::size_t number = 0;
  for (const Candidate& candidate : match.candidates)
    write_candidate(page, ++number, candidate, query, match.ambiguous);
  if (match.ambiguous)
    write_conclusion(page,
                     "Ambiguous: the best rank alike and disagree; the stricter verdict counts.");
  write_winner(page, match.candidates.front());
}

/// Why a name that no entry matches is a vendor's all the same; empty where it is nobody's.
std::string vendor_text(const MatchResult& match) {
  if (match.vendor == nullptr) return {};
  if (match.needs_company)
    return fmt::format(
        "It starts as the names of \"{}\" do: undocumented where a distinctive item "
        "of it is on the same site; alone unknown.",
        match.vendor->id());
  return fmt::format("It has the shape of the names of \"{}\": undocumented.", match.vendor->id());
}

void write_unmatched(Page& page, const Explanation& explanation,
                     std::span<const Catalog> catalogs) {
  std::vector<std::string_view> ids;
  for (const Catalog& catalog : catalogs) ids.emplace_back(catalog.id());
  write_conclusion(page,
                   fmt::format("No entry matches. Tried the whole name, byte for byte, "
                               "against {} and {} of {}.",
                               counted(explanation.exact_names, "exact name"),
                               counted(explanation.templates, "template"), fmt::join(ids, ", ")));
  if (const std::string vendor = vendor_text(explanation.match); !vendor.empty())
    return write_conclusion(page, vendor);
  write_conclusion(page, "It has no vendor's prefix or shape: unknown.");
  for (const std::string& whose : explanation.owners)
    write_conclusion(page, fmt::format("It is known as another's: {}", whose));
  for (const Entry* entry : explanation.other_case)
    write_conclusion(page, fmt::format("{} differs in case only; case counts.", entry->id));
}

bool matched(const Explanation& explanation) {
  return !explanation.match.candidates.empty();
}

}  // namespace

void write_explained_text(const ExplainedName& explained, Page& page) {
  const bool known = std::ranges::any_of(explained.kinds, matched);
  bool first = true;
  for (const Explanation& one : explained.kinds) {
    if (known && !matched(one)) continue;
    if (!std::exchange(first, false)) page.blank();
    page.line(0, {page.name(explained.query.name, Style::bold),
                  {fmt::format(" as {}", to_string(one.kind))}});
    if (matched(one))
      write_matched(page, one.match, explained.query);
    else
      write_unmatched(page, one, explained.catalogs);
  }
}

}  // namespace crumbs

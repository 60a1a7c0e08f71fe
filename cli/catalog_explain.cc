#include <fmt/format.h>

#include <algorithm>

#include "catalog.h"
#include "command.h"
#include "crumbs/printable.h"

namespace crumbs::cli {
namespace {

/// What one kind of store makes of the name.
struct Explanation {
  ItemKind kind;
  MatchResult result;
};

std::string catalog_names(std::span<const Catalog> catalogs) {
  std::string text;
  for (const Catalog& catalog : catalogs) text += (text.empty() ? "" : ", ") + catalog.id();
  return text;
}

std::string lower(std::string_view text) {
  std::string lowered(text);
  for (char& byte : lowered) {
    if (byte >= 'A' && byte <= 'Z') byte = static_cast<char>(byte - 'A' + 'a');
  }
  return lowered;
}

/// Entries whose exact name differs from the one asked for in case only.
std::vector<const Entry*> same_but_for_case(std::span<const Catalog> catalogs,
                                            const std::string& name) {
  std::vector<const Entry*> found;
  for (const Catalog& catalog : catalogs) {
    for (const Entry& entry : catalog.entries()) {
      const bool same = std::ranges::any_of(entry.forms, [&name](const Form& form) {
        return !form.is_template && form.name != name && lower(form.name) == lower(name);
      });
      if (same) found.push_back(&entry);
    }
  }
  return found;
}

std::vector<ItemKind> kinds_of(const ExplainQuery& query) {
  std::vector<ItemKind> kinds;
  for (const ItemKind kind : {ItemKind::cookie, ItemKind::local_storage}) {
    if (query.store.empty() || query.store == to_string(kind)) kinds.push_back(kind);
  }
  return kinds;
}

void print_line(std::string_view text) {
  fmt::print("{}", wrapped("", 5, text));
}

void print_scope(const Candidate& candidate, const ExplainQuery& query) {
  const std::string hosts = hosts_text(*candidate.entry);
  if (candidate.fits_host) return print_line("lives on " + hosts);
  if (query.host.empty())
    return print_line(fmt::format("lives on {}; give --host to see whether it fits", hosts));
  const bool documented = candidate.entry->scope_basis.basis == Basis::document;
  print_line(fmt::format("lives on {}: {} is outside{}", hosts, query.host,
                         documented ? ", so at best a drift of place"
                                    : ", which only ranks: the document names no host"));
}

/// Whose form the name has: "the document's, section "Chat Widget"".
std::string form_basis(const Entry& entry, const Form& form) {
  if (form.basis.basis == Basis::document)
    return fmt::format("the document's form, section \"{}\"", form.basis.section);
  std::string text = "publicly seen";
  if (form.basis.observed) text += ": " + evidence_text(*form.basis.observed);
  return text + (entry.documented() ? "; documented as " + entry.name() : "; not in the document");
}

void print_candidate(std::size_t number, const Candidate& candidate, const ExplainQuery& query,
                     bool ambiguous) {
  const Entry& entry = *candidate.entry;
  const std::string outcome = !candidate.lost_because.empty() ? "lost: " + candidate.lost_because
                              : ambiguous                     ? "first, but ambiguous"
                                                              : "wins";
  fmt::print("{}", wrapped(fmt::format("  {}. {}", number, entry.id), 5, outcome));
  const Form& form = *candidate.form;
  print_line(fmt::format("{} {}, {} literal bytes", form.is_template ? "template" : "exact name",
                         form.name, candidate.literal_bytes));
  print_line(form_basis(entry, form));
  for (const auto& [variable, text] : candidate.captured)
    print_line(fmt::format("${{{}}} is {}", variable, text));
  print_scope(candidate, query);
}

void print_winner(const Candidate& winner) {
  const Entry& entry = *winner.entry;
  fmt::print("\n");
  fmt::print("{}", wrapped("", 2, entry.description));
  fmt::print("{}", wrapped("", 2,
                           fmt::format("Category {}, personal data {}, deletion {}.",
                                       to_string(entry.category), to_string(entry.personal_data),
                                       to_string(entry.deletion.verdict))));
  if (winner.form->distinctive) return;
  fmt::print("{}", wrapped("", 2,
                           fmt::format("A generic name: it counts only where a distinctive item of "
                                       "\"{}\" is on the same site; alone it is possible.",
                                       entry.catalog)));
}

void print_matched(const Explanation& explanation, const ExplainQuery& query) {
  const MatchResult& result = explanation.result;
  fmt::print("{} as {}\n", printable(query.name), to_string(explanation.kind));
  std::size_t number = 0;
  for (const Candidate& candidate : result.candidates)
    print_candidate(++number, candidate, query, result.ambiguous);
  if (result.ambiguous)
    fmt::print("{}", wrapped("", 2,
                             "Ambiguous: the best rank alike and disagree; the stricter verdict "
                             "counts."));
  print_winner(result.candidates.front());
}

/// Why a name that no entry matches is a vendor's all the same; empty where it is nobody's.
std::string vendor_text(const MatchResult& result) {
  if (result.vendor == nullptr) return {};
  if (result.needs_company)
    return fmt::format(
        "It starts as the names of \"{}\" do: undocumented where a distinctive item "
        "of it is on the same site; alone unknown.",
        result.vendor->id());
  return fmt::format("It has the shape of the names of \"{}\": undocumented.", result.vendor->id());
}

/// Whose the catalogs say the name is, though it looks like their vendor's.
std::vector<std::string> owners(const Explanation& explanation, const ExplainQuery& query,
                                std::span<const Catalog> catalogs) {
  std::vector<std::string> found;
  for (const Catalog& catalog : catalogs) {
    for (const LookAlike& other : catalog.look_alikes()) {
      if (other.store == explanation.kind && other.name == query.name) found.push_back(other.whose);
    }
  }
  return found;
}

void print_unmatched(const Explanation& explanation, const ExplainQuery& query,
                     std::span<const Catalog> catalogs) {
  std::size_t exact = 0;
  std::size_t templates = 0;
  for (const Catalog& catalog : catalogs) {
    for (const Entry& entry : catalog.entries()) {
      if (entry.store != explanation.kind) continue;
      for (const Form& form : entry.forms) ++(form.is_template ? templates : exact);
    }
  }
  fmt::print("{} as {}\n", printable(query.name), to_string(explanation.kind));
  fmt::print("{}", wrapped("", 2,
                           fmt::format("No entry matches. Tried the whole name, byte for byte, "
                                       "against {} and {} of {}.",
                                       counted(exact, "exact name", "exact names"),
                                       counted(templates, "template", "templates"),
                                       catalog_names(catalogs))));
  if (const std::string vendor = vendor_text(explanation.result); !vendor.empty())
    return fmt::print("{}", wrapped("", 2, vendor));
  fmt::print("  It has no vendor's prefix or shape: unknown.\n");
  for (const std::string& whose : owners(explanation, query, catalogs))
    fmt::print("{}", wrapped("", 2, "It is known as another's: " + whose));
  for (const Entry* entry : same_but_for_case(catalogs, query.name))
    fmt::print("{}",
               wrapped("", 2, fmt::format("{} differs in case only; case counts.", entry->id)));
}

nlohmann::ordered_json explanation_json(const Explanation& explanation, const ExplainQuery& query) {
  const MatchResult& result = explanation.result;
  nlohmann::ordered_json json{{"name", query.name}, {"store", to_string(explanation.kind)}};
  json["host"] =
      query.host.empty() ? nlohmann::ordered_json(nullptr) : nlohmann::ordered_json(query.host);
  json["ambiguous"] = result.ambiguous;
  json["vendor_name_of"] = result.vendor == nullptr ? nlohmann::ordered_json(nullptr)
                                                    : nlohmann::ordered_json(result.vendor->id());
  json["needs_company"] = result.needs_company;
  json["candidates"] = nlohmann::ordered_json::array();
  for (const Candidate& candidate : result.candidates) {
    nlohmann::ordered_json one{{"entry", candidate.entry->id}};
    const Form& form = *candidate.form;
    one["form"] = {{form.is_template ? "template" : "exact", form.name},
                   {"basis", to_string(form.basis.basis)}};
    one["captured"] = nlohmann::ordered_json::object();
    for (const auto& [variable, text] : candidate.captured) one["captured"][variable] = text;
    one["fits_host"] = candidate.fits_host;
    one["distinctive"] = form.distinctive;
    one["lost_because"] = candidate.lost_because;
    json["candidates"].push_back(std::move(one));
  }
  return json;
}

/// Where no kind was asked for, kinds that know nothing of the name only get in the way of one that
/// does.
void keep_telling(std::vector<Explanation>& explanations) {
  const auto matched = [](const Explanation& explanation) {
    return !explanation.result.candidates.empty();
  };
  if (std::ranges::any_of(explanations, matched))
    std::erase_if(explanations, [&](const Explanation& one) { return !matched(one); });
}

}  // namespace

int explain_name(const CatalogChoice& choice, const ExplainQuery& query) {
  const std::vector<Catalog> catalogs = chosen_catalogs(choice);
  const Matcher matcher(catalogs);
  std::vector<Explanation> explanations;
  for (const ItemKind kind : kinds_of(query))
    explanations.push_back({kind, matcher.match(kind, query.host, query.name)});
  if (choice.format == "json") {
    auto list = nlohmann::ordered_json::array();
    for (const Explanation& one : explanations) list.push_back(explanation_json(one, query));
    print_json(list);
    return kDone;
  }
  keep_telling(explanations);
  bool first = true;
  for (const Explanation& one : explanations) {
    if (!std::exchange(first, false)) fmt::print("\n");
    one.result.candidates.empty() ? print_unmatched(one, query, catalogs)
                                  : print_matched(one, query);
  }
  return kDone;
}

}  // namespace crumbs::cli

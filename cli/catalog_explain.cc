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
      if (!entry.is_template && entry.name != name && lower(entry.name) == lower(name))
        found.push_back(&entry);
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
  print_line(
      fmt::format("lives on {}: {} is outside, so at best a drift of place", hosts, query.host));
}

void print_candidate(std::size_t number, const Candidate& candidate, const ExplainQuery& query,
                     bool ambiguous) {
  const Entry& entry = *candidate.entry;
  const std::string outcome = !candidate.lost_because.empty() ? "lost: " + candidate.lost_because
                              : ambiguous                     ? "first, but ambiguous"
                                                              : "wins";
  fmt::print("{}", wrapped(fmt::format("  {}. {}", number, entry.id), 5, outcome));
  print_line(fmt::format("{} {}, {} literal bytes", entry.is_template ? "template" : "exact name",
                         entry.name, candidate.literal_bytes));
  for (const auto& [variable, text] : candidate.captured)
    print_line(fmt::format("${{{}}} is {}", variable, text));
  print_scope(candidate, query);
}

void print_winner(const Candidate& winner) {
  const Entry& entry = *winner.entry;
  fmt::print("\n");
  fmt::print("{}", wrapped("", 2, "" + entry.description));
  fmt::print("{}", wrapped("", 2,
                           fmt::format("Category {}, personal data {}, deletion {}.",
                                       to_string(entry.category), to_string(entry.personal_data),
                                       to_string(entry.deletion.verdict))));
  if (entry.distinctive) return;
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

void print_unmatched(const Explanation& explanation, const ExplainQuery& query,
                     std::span<const Catalog> catalogs) {
  std::size_t exact = 0;
  std::size_t templates = 0;
  for (const Catalog& catalog : catalogs) {
    for (const Entry& entry : catalog.entries()) {
      if (entry.store == explanation.kind) ++(entry.is_template ? templates : exact);
    }
  }
  fmt::print("{} as {}\n", printable(query.name), to_string(explanation.kind));
  fmt::print("{}", wrapped("", 2,
                           fmt::format("No entry matches. Tried the whole name, byte for byte, "
                                       "against {} and {} of {}.",
                                       counted(exact, "exact name", "exact names"),
                                       counted(templates, "template", "templates"),
                                       catalog_names(catalogs))));
  if (explanation.result.prefix_of != nullptr)
    return fmt::print("{}", wrapped("", 2,
                                    fmt::format("It starts as the names of \"{}\" do: "
                                                "undocumented.",
                                                explanation.result.prefix_of->id())));
  fmt::print("  It carries no known prefix: unknown.\n");
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
  json["vendor_prefix_of"] = result.prefix_of == nullptr
                                 ? nlohmann::ordered_json(nullptr)
                                 : nlohmann::ordered_json(result.prefix_of->id());
  json["candidates"] = nlohmann::ordered_json::array();
  for (const Candidate& candidate : result.candidates) {
    nlohmann::ordered_json one{{"entry", candidate.entry->id}};
    one["name"][candidate.entry->is_template ? "template" : "exact"] = candidate.entry->name;
    one["captured"] = nlohmann::ordered_json::object();
    for (const auto& [variable, text] : candidate.captured) one["captured"][variable] = text;
    one["fits_host"] = candidate.fits_host;
    one["distinctive"] = candidate.entry->distinctive;
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

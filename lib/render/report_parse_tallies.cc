#include "enum_names.h"
#include "render/report_counts.h"
#include "render/report_parse.h"

namespace crumbs {
namespace {

template <class E>
std::map<E, std::uint64_t> read_words(const JsonNode& node) {
  std::map<E, std::uint64_t> counts;
  for (const auto& [word, name] : EnumNames<E>::kNames) {
    if (const std::uint64_t count = node.at(name).unsigned_integer(); count > 0)
      counts.emplace(word, count);
  }
  return counts;
}

Lifetimes read_lifetimes(const JsonNode& node) {
  Lifetimes lifetimes;
  for (const auto& [key, count] : kLifetimeCounts)
    lifetimes.*count = node.at(key).unsigned_integer();
  lifetimes.longest_s = find_integer(node, "longest_s");
  return lifetimes;
}

SiteCounts read_site(const JsonNode& node) {
  SiteCounts site;
  site.site = read_text(node, "site");
  for (const auto& [key, count] : kSiteCounts) site.*count = node.at(key).unsigned_integer();
  return site;
}

/// What a tally and the summary tell alike.
template <class Counts>
void read_kinds(const JsonNode& node, Counts& counts) {
  counts.by_site = read_array(node.at("by_site"), read_site);
  counts.personal_data = read_words<PersonalData>(node.at("personal_data"));
  counts.verdicts = read_words<Verdict>(node.at("verdicts"));
  counts.bases = read_words<Basis>(node.at("bases"));
  counts.lifetimes = read_lifetimes(node.at("lifetimes"));
}

Selected read_selected(const JsonNode& node) {
  Selected selected;
  for (const auto& [key, count] : kSelectedCounts)
    selected.*count = node.at(key).unsigned_integer();
  selected.verdicts = read_words<Verdict>(node.at("verdicts"));
  return selected;
}

SameValue read_same_value(const JsonNode& node) {
  return {.token = read_text(node, "token"),
          .type = node.at("type").enumerator<ValueType>(),
          .items = node.at("items").unsigned_integer(),
          .sites = node.at("sites").unsigned_integer()};
}

}  // namespace

Tally read_tally(const JsonNode& node) {
  Tally tally;
  tally.catalog = read_text(node, "catalog");
  tally.sites = read_array(node.at("sites"), read_string);
  tally.possible_sites = read_array(node.at("possible_sites"), read_string);
  for (const auto& [key, count] : kTallyCounts) tally.*count = node.at(key).unsigned_integer();
  read_kinds(node, tally);
  tally.same_values = read_array(node.at("same_values"), read_same_value);
  return tally;
}

Summary read_summary(const JsonNode& node) {
  Summary summary;
  for (const auto& [key, count] : kSummaryCounts) summary.*count = node.at(key).unsigned_integer();
  read_kinds(node, summary);
  if (const auto selected = node.find("selected")) summary.selected = read_selected(*selected);
  return summary;
}

}  // namespace crumbs

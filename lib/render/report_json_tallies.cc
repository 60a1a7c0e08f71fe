#include "enum_names.h"
#include "render/report_counts.h"
#include "render/report_json.h"

namespace crumbs {
namespace {

/// Every word, those of which there is none included.
template <class E>
void write_words(JsonWriter& json, std::string_view key, const std::map<E, std::uint64_t>& counts) {
  json.key(key);
  json.begin_object();
  for (const auto& [word, name] : EnumNames<E>::kNames) {
    const auto found = counts.find(word);
    json.member(name, found == counts.end() ? 0 : found->second);
  }
  json.end_object();
}

void write_lifetime_members(JsonWriter& json, const Lifetimes& lifetimes) {
  for (const auto& [key, count] : kLifetimeCounts) json.member(key, lifetimes.*count);
  write_optional(json, "longest_s", lifetimes.longest_s);
}

void write_site(JsonWriter& json, const SiteCounts& site) {
  write_text(json, "site", site.site);
  for (const auto& [key, count] : kSiteCounts) json.member(key, site.*count);
}

/// What a tally and the summary tell alike.
template <class Counts>
void write_kinds(JsonWriter& json, const Counts& counts) {
  write_objects(json, "by_site", counts.by_site, write_site);
  write_words(json, "personal_data", counts.personal_data);
  write_words(json, "verdicts", counts.verdicts);
  write_words(json, "bases", counts.bases);
  write_object(json, "lifetimes", counts.lifetimes, write_lifetime_members);
}

void write_selected(JsonWriter& json, const Selected& selected) {
  for (const auto& [key, count] : kSelectedCounts) json.member(key, selected.*count);
  write_words(json, "verdicts", selected.verdicts);
}

void write_same_value(JsonWriter& json, const SameValue& value) {
  write_text(json, "token", value.token);
  json.member("type", to_string(value.type));
  json.member("items", value.items);
  json.member("sites", value.sites);
}

void write_tally(JsonWriter& json, const Tally& tally) {
  write_text(json, "catalog", tally.catalog);
  write_strings(json, "sites", tally.sites);
  write_strings(json, "possible_sites", tally.possible_sites);
  for (const auto& [key, count] : kTallyCounts) json.member(key, tally.*count);
  write_kinds(json, tally);
  write_objects(json, "same_values", tally.same_values, write_same_value);
}

}  // namespace

void write_tallies(JsonWriter& json, const std::vector<Tally>& tallies) {
  write_objects(json, "tallies", tallies, write_tally);
}

void write_summary(JsonWriter& json, const Summary& summary) {
  json.key("summary");
  json.begin_object();
  for (const auto& [key, count] : kSummaryCounts) json.member(key, summary.*count);
  write_kinds(json, summary);
  write_object_or_null(json, "selected", summary.selected, write_selected);
  json.end_object();
}

}  // namespace crumbs

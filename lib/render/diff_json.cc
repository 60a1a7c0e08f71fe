// The JSON of a difference: crumbs-diff/1.
#include <sstream>

#include <fmt/format.h>

#include "crumbs/diff.h"
#include "crumbs/error.h"
#include "json/node.h"
#include "render/report_json.h"
#include "render/report_parse.h"

namespace crumbs {
namespace {

constexpr std::string_view kSchema = "crumbs-diff/1";

using Count = std::pair<const char*, std::uint64_t ChangeCounts::*>;
constexpr Count kCounts[] = {
    {"appeared", &ChangeCounts::appeared}, {"newly_seen", &ChangeCounts::newly_seen},
    {"changed", &ChangeCounts::changed},   {"gone", &ChangeCounts::gone},
    {"not_seen", &ChangeCounts::not_seen}, {"cannot_tell", &ChangeCounts::cannot_tell},
    {"same", &ChangeCounts::same},         {"rewritten", &ChangeCounts::rewritten}};
constexpr Change kChanges[] = {Change::appeared, Change::newly_seen, Change::changed,
                               Change::gone,     Change::not_seen,   Change::cannot_tell};

void write_counts(JsonWriter& json, std::string_view key, const ChangeCounts& counts) {
  json.key(key);
  json.begin_object();
  for (const auto& [name, count] : kCounts) json.member(name, counts.*count);
  json.end_object();
}

void write_side(JsonWriter& json, std::string_view key, const ComparedReport& side) {
  json.key(key);
  json.begin_object();
  json.member("tool_version", side.tool_version);
  write_time(json, "created", side.created);
  json.member("complete", side.complete);
  json.member("values", to_string(side.values));
  write_text_or_null(json, "digest_key", side.digest_key);
  json.member("known_only", side.known_only);
  write_text_or_null(json, "selection", side.selection);
  write_catalogs(json, side.catalogs);
  write_exit(json, side.exit);
  json.end_object();
}

void write_name_members(JsonWriter& json, const ProfileName& name) {
  write_text(json, "id", name.id);
  write_text(json, "browser", name.browser);
  write_text(json, "browser_name", name.browser_name);
  write_text(json, "name", name.name);
  write_text(json, "path", name.path);
}

/// One side of an item: of which profile, in which report.
struct Side {
  const std::optional<ProfileName>& profile;
  const ComparedReport& report;
};

void write_finding(JsonWriter& json, std::string_view key, const std::optional<Finding>& finding,
                   const Side& side) {
  FindingPlace place{{}, {}, side.report.created};
  if (side.profile) {
    place.browser = side.profile->browser;
    place.profile_path = side.profile->path;
  }
  write_object_or_null(json, key, finding, [&place](JsonWriter& out, const Finding& one) {
    write_finding_members(out, one, place);
  });
}

void write_fact(JsonWriter& json, const FactChange& fact) {
  write_text(json, "fact", fact.fact);
  write_optional_text(json, "before", fact.before);
  write_optional_text(json, "after", fact.after);
  json.member("hidden", fact.hidden);
  write_text_or_null(json, "note", fact.note);
}

void write_item(JsonWriter& json, const ItemChange& item, const Side& before, const Side& after) {
  json.member("change", to_string(item.change));
  write_text_or_null(json, "why", item.why);
  write_text_or_null(json, "unsure", item.unsure);
  write_objects(json, "facts", item.facts, write_fact);
  write_finding(json, "before", item.before, before);
  write_finding(json, "after", item.after, after);
}

void write_profile(JsonWriter& json, const ProfileChange& profile, const Difference& of) {
  write_object_or_null(json, "before", profile.before, write_name_members);
  write_object_or_null(json, "after", profile.after, write_name_members);
  write_counts(json, "counts", profile.counts);
  if (profile.unknown)
    write_counts(json, "unknown", *profile.unknown);
  else
    json.member_null("unknown");
  json.member("unknown_before", profile.unknown_before);
  json.member("unknown_after", profile.unknown_after);
  write_objects(json, "items", profile.items, [&](JsonWriter& out, const ItemChange& item) {
    write_item(out, item, {profile.before, of.before}, {profile.after, of.after});
  });
}

void write_difference(JsonWriter& json, const Difference& difference) {
  json.begin_object();
  json.member("schema", difference.schema);
  write_tool(json, difference.tool_version);
  json.member("complete", difference.complete());
  json.member("differs", difference.any());
  json.member("values", to_string(difference.values));
  json.member("all", difference.all);
  json.member("residue", difference.residue);
  write_text_or_null(json, "selection", difference.selection);
  write_side(json, "before", difference.before);
  write_side(json, "after", difference.after);
  write_strings(json, "remarks", difference.remarks);
  write_objects(json, "profiles", difference.profiles,
                [&](JsonWriter& out, const ProfileChange& profile) {
                  write_profile(out, profile, difference);
                });
  json.end_object();
}

ChangeCounts read_counts(const JsonNode& node) {
  ChangeCounts counts;
  for (const auto& [name, count] : kCounts) counts.*count = node.at(name).unsigned_integer();
  return counts;
}

ComparedReport read_side(const JsonNode& node) {
  ComparedReport side;
  side.tool_version = node.at("tool_version").text();
  side.created = read_time(node.at("created"));
  side.complete = node.at("complete").boolean();
  side.values = node.at("values").enumerator<ValuesMode>();
  side.digest_key = text_or_empty(node, "digest_key");
  side.known_only = node.at("known_only").boolean();
  side.selection = text_or_empty(node, "selection");
  side.catalogs = read_array(node.at("catalogs"), read_catalog_used);
  side.exit = read_exit(node.at("exit"));
  return side;
}

std::optional<ProfileName> find_name(const JsonNode& object, std::string_view key) {
  const auto node = object.find(key);
  if (!node) return std::nullopt;
  return ProfileName{text_or_empty(*node, "id"), text_or_empty(*node, "browser"),
                     text_or_empty(*node, "browser_name"), text_or_empty(*node, "name"),
                     text_or_empty(*node, "path")};
}

std::optional<Finding> find_finding(const JsonNode& object, std::string_view key) {
  const auto node = object.find(key);
  return node ? std::optional(read_finding(*node)) : std::nullopt;
}

FactChange read_fact(const JsonNode& node) {
  return {text_or_empty(node, "fact"), find_text(node, "before"), find_text(node, "after"),
          node.at("hidden").boolean(), text_or_empty(node, "note")};
}

Change read_change(const JsonNode& node) {
  for (const Change change : kChanges) {
    if (to_string(change) == node.text()) return change;
  }
  node.fail("a word that is not in the contract");
}

ItemChange read_item(const JsonNode& node) {
  ItemChange item;
  item.change = read_change(node.at("change"));
  item.why = text_or_empty(node, "why");
  item.unsure = text_or_empty(node, "unsure");
  item.facts = read_array(node.at("facts"), read_fact);
  item.before = find_finding(node, "before");
  item.after = find_finding(node, "after");
  if (!item.before && !item.after) node.fail("expected before or after");
  return item;
}

ProfileChange read_profile(const JsonNode& node) {
  ProfileChange profile;
  profile.before = find_name(node, "before");
  profile.after = find_name(node, "after");
  profile.counts = read_counts(node.at("counts"));
  if (const auto unknown = node.find("unknown")) profile.unknown = read_counts(*unknown);
  profile.unknown_before = node.at("unknown_before").unsigned_integer();
  profile.unknown_after = node.at("unknown_after").unsigned_integer();
  profile.items = read_array(node.at("items"), read_item);
  return profile;
}

}  // namespace

std::string to_json(const Difference& difference) {
  return json_text([&](JsonWriter& json) { write_difference(json, difference); });
}

Difference parse_difference(std::string_view json, const std::string& file) {
  const nlohmann::json document = parse_document(json, file, kMaxReportDepth);
  const JsonNode root(document, file);
  require_schema(root.at("schema"), kSchema, "comparison");
  Difference difference;
  difference.tool_version = root.at("tool").at("version").text();
  difference.values = root.at("values").enumerator<ValuesMode>();
  difference.all = root.at("all").boolean();
  difference.residue = root.at("residue").boolean();
  difference.selection = text_or_empty(root, "selection");
  difference.before = read_side(root.at("before"));
  difference.after = read_side(root.at("after"));
  difference.remarks = read_array(root.at("remarks"), read_string);
  difference.profiles = read_array(root.at("profiles"), read_profile);
  return difference;
}

}  // namespace crumbs

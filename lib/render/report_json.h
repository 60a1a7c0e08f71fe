#pragma once

/// The report's JSON (design 6), shared by the formats `json` and `ndjson`.
///
/// Beyond the names of the design: wherever a text is not well-formed UTF-8, its exact bytes stand
/// beside it as `<key>_base64`; facts that the design's example does not show have keys of their
/// own.

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "crumbs/report.h"
#include "render/json_writer.h"

namespace crumbs {

inline constexpr std::string_view kReportSchema = "crumbs-report/1";

/// What stands with a finding and is not its own: of its profile and of its report.
struct FindingPlace {
  std::string_view browser;       ///< Profile::browser; empty where the profile is not known
  std::string_view profile_path;  ///< the same
  Time created;                   ///< of the report
};
/// The same of a report's findings. Holds a reference to the report, which outlives it.
class FindingPlaces {
 public:
  explicit FindingPlaces(const Report& report);
  [[nodiscard]] FindingPlace of(const Finding& finding) const;

 private:
  Time created_;
  std::map<std::string_view, const Profile*> profiles_;  ///< by id
};

/// The whole report as one object.
void write_report(JsonWriter& json, const Report& report);

/// Members of an object that the caller has begun and will end.
void write_profile_members(JsonWriter& json, const Profile& profile);
void write_also_there(JsonWriter& json, const ProfileReport& part);
void write_diagnostic(JsonWriter& json, const Diagnostic& diagnostic);
void write_missing_members(JsonWriter& json, const MissingProfile& missing);
void write_store_members(JsonWriter& json, const StoreResult& store);
void write_entry_members(JsonWriter& json, const Entry& entry);
void write_evidence_members(JsonWriter& json, const Evidence& evidence);
/// Whose claim something is.
void write_judgement(JsonWriter& json, std::string_view key, const Judgement& judgement);
/// A form of an entry's name.
void write_entry_form_members(JsonWriter& json, const Form& form);
void write_card_members(JsonWriter& json, const CardUsed& card);
void write_finding_members(JsonWriter& json, const Finding& finding, const FindingPlace& place);
/// `tallies`, and `summary`, by the names of report_counts.h.
void write_tallies(JsonWriter& json, const std::vector<Tally>& tallies);
void write_summary(JsonWriter& json, const Summary& summary);
/// The member `labels`.
void write_labels(JsonWriter& json, const Labels& labels);
/// The member `tool`.
void write_tool(JsonWriter& json, std::string_view version);
/// `schema`, `tool` and `created`.
void write_head_members(JsonWriter& json, const Report& report);
/// `complete`, `values`, `all`, `selection` and `catalogs`.
void write_scope_members(JsonWriter& json, const Report& report);
/// `absent`, `summary` and `exit`.
void write_closing_members(JsonWriter& json, const Report& report);

/// `profiles`: each with its `stores`.
void write_profiles(JsonWriter& json, const std::vector<ProfileReport>& profiles);
/// What a catalog was taken from.
void write_document_members(JsonWriter& json, const CatalogDocument& document);
/// `catalogs`: an array of those used.
void write_catalogs(JsonWriter& json, const std::vector<CatalogUsed>& catalogs);
void write_exit(JsonWriter& json, const Exit& exit);

/// The word of an enumerator, null where there is none.
template <class E>
void write_word(JsonWriter& json, std::string_view key, const std::optional<E>& word) {
  if (word)
    json.member(key, to_string(*word));
  else
    json.member_null(key);
}

/// A time as text with six fraction digits, and in microseconds since 1970 as `<key>_us`; both null
/// where there is none.
void write_time(JsonWriter& json, std::string_view key, const std::optional<Time>& time);
/// A text and, where it is not well-formed UTF-8, its bytes as `<key>_base64`.
void write_text(JsonWriter& json, std::string_view key, std::string_view text);
/// As write_text, null where empty.
void write_text_or_null(JsonWriter& json, std::string_view key, std::string_view text);

/// The member, null where there is none.
template <class T>
void write_optional(JsonWriter& json, std::string_view key, const std::optional<T>& value) {
  if (value)
    json.member(key, *value);
  else
    json.member_null(key);
}

/// As write_text, null where there is none.
void write_optional_text(JsonWriter& json, std::string_view key,
                         const std::optional<std::string>& text);
void write_strings(JsonWriter& json, std::string_view key, const std::vector<std::string>& texts);
/// An object, its members by `write(json, object)`.
template <class Object, class Write>
void write_object(JsonWriter& json, std::string_view key, const Object& object,
                  const Write& write) {
  json.key(key);
  json.begin_object();
  write(json, object);
  json.end_object();
}
/// The same, null where there is none.
template <class Object, class Write>
void write_object_or_null(JsonWriter& json, std::string_view key,
                          const std::optional<Object>& object, const Write& write) {
  if (object)
    write_object(json, key, *object, write);
  else
    json.member_null(key);
}
/// An array of objects, the members of each by `write(json, object)`.
template <class Objects, class Write>
void write_objects(JsonWriter& json, std::string_view key, const Objects& objects,
                   const Write& write) {
  json.key(key);
  json.begin_array();
  for (const auto& object : objects) {
    json.begin_object();
    write(json, object);
    json.end_object();
  }
  json.end_array();
}
/// A list of objects that have the name of their part under `name` and its text under `value`: an
/// object's keys would be columns of a table.
template <class Pairs>
void write_pairs(JsonWriter& json, std::string_view key, std::string_view name,
                 const Pairs& pairs) {
  write_objects(json, key, pairs, [name](JsonWriter& out, const auto& pair) {
    write_text(out, name, pair.first);
    write_text(out, "value", pair.second);
  });
}

/// One record: `members` writes what follows the key "record".
template <class Write>
void write_record(JsonWriter& json, std::string_view record, const Write& members) {
  json.begin_object();
  json.member("record", record);
  members();
  json.end_object();
  json.end_line();
}

}  // namespace crumbs

#pragma once

/// The words of crumbs (design 2) as types. Plain values: copyable, no hidden state, safe to share
/// between threads while nobody writes.

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "crumbs/export.h"

namespace crumbs {

enum class ItemKind { cookie, local_storage };
enum class ItemState { current, superseded, deleted, orphaned, archived };

/// What the catalogs say about an item (design 4, "Status of a finding").
enum class Status { documented, drift, undocumented, possible, ambiguous, unknown };

/// Whether the document has it: what drifts from it is documented, too.
[[nodiscard]] constexpr bool is_documented(Status status) noexcept {
  return status == Status::documented || status == Status::drift;
}

/// May it be deleted? Ordered from the most permissive to the strictest.
enum class Verdict { allowed, allowed_with_consequence, undocumented, retain };

enum class Category { strictly_necessary, performance, functionality, targeting };

/// What a value says about a person. `none`: nothing; `unknown`: nobody has documented it.
enum class PersonalData {
  none,
  preference,
  identifier,
  contact,
  location,
  behaviour,
  content,
  unknown
};

/// Whose claim a judgement is: the vendor's document, our reading of it, or what was publicly seen
/// and is not in it.
enum class Basis { document, interpretation, observation };

enum class ValueType {
  opaque,
  unix_time,
  date,
  counter,
  flag,
  url,
  utm,
  country,
  city,
  place,  ///< "NL;07;Amsterdam": country, region, city
  language,
  identifier,
  email,
  phone,
  person_name,
  text,
  enumeration,
  json,
  json_array,
};

/// Whether a value of the type has parts: JSON.
[[nodiscard]] constexpr bool is_structured(ValueType type) noexcept {
  return type == ValueType::json || type == ValueType::json_array;
}
/// Whether a value of the type is a point in time.
[[nodiscard]] constexpr bool is_time(ValueType type) noexcept {
  return type == ValueType::unix_time || type == ValueType::date;
}

/// `doubtful`: decrypted and shown, but it fails a check that the browser makes.
enum class Availability { plain, decrypted, doubtful, unavailable };

/// Why a value is `unavailable` or `doubtful`.
enum class Unavailable {
  no_key,              ///< encrypted (v10 macOS/Windows, v11, v12) and no key was given
  wrong_key,           ///< a key was given; padding or authentication tag do not fit it
  host_hash_mismatch,  ///< doubtful: it bears another host's hash: a row that was moved
  host_hash_missing,   ///< doubtful: it lacks the hash that its schema demands: another program
                       ///< wrote it
  app_bound,  ///< v20: bound to the installed browser, cannot be opened elsewhere without its key
  dpapi,      ///< bare Windows DPAPI blob
  unknown_encryption,  ///< the prefix is none that we know
  malformed,           ///< encrypted form too short or not of whole blocks
  too_large,           ///< over the value budget; its length is reported
  wrong_type,          ///< the column holds a type that cannot be a value
  unreadable,          ///< the bytes lie in a damaged part of the file
  removed,             ///< nothing is missing: only the record of a deletion is left, which has the
                       ///< item's name and no value
};

/// What is shown of values (design 3, `--values`).
enum class ValuesMode { masked, full, none };

enum class StoreStatus { absent, read, partial, unsupported, failed };

/// A point in time.
struct Time {
  std::int64_t unix_us = 0;  ///< microseconds since 1970-01-01T00:00:00Z
  friend bool operator==(const Time&, const Time&) = default;
};

/// `2026-11-23T10:00:00Z`, with .mmm or .uuuuuu where there is more than whole seconds. Years
/// outside 0000..9999 are written with a sign and as many digits as they need (ISO 8601 expanded
/// form).
[[nodiscard]] CRUMBS_EXPORT std::string to_iso8601(const Time& time);
/// The same with .uuuuuu always.
[[nodiscard]] CRUMBS_EXPORT std::string to_iso8601_us(const Time& time);
/// The second that it is in.
[[nodiscard]] CRUMBS_EXPORT Time whole_second(const Time& time) noexcept;
/// Parses what to_iso8601 and to_iso8601_us write. nullopt otherwise.
[[nodiscard]] CRUMBS_EXPORT std::optional<Time> parse_iso8601(std::string_view text);

/// The contract's words for each enumerator (`allowed_with_consequence`, `local_storage`, ...).
[[nodiscard]] CRUMBS_EXPORT std::string_view to_string(ItemKind value);
[[nodiscard]] CRUMBS_EXPORT std::string_view to_string(ItemState value);
[[nodiscard]] CRUMBS_EXPORT std::string_view to_string(Status value);
[[nodiscard]] CRUMBS_EXPORT std::string_view to_string(Verdict value);
[[nodiscard]] CRUMBS_EXPORT std::string_view to_string(Category value);
[[nodiscard]] CRUMBS_EXPORT std::string_view to_string(PersonalData value);
[[nodiscard]] CRUMBS_EXPORT std::string_view to_string(Basis value);
[[nodiscard]] CRUMBS_EXPORT std::string_view to_string(ValueType value);
[[nodiscard]] CRUMBS_EXPORT std::string_view to_string(Availability value);
[[nodiscard]] CRUMBS_EXPORT std::string_view to_string(Unavailable value);
[[nodiscard]] CRUMBS_EXPORT std::string_view to_string(ValuesMode value);
[[nodiscard]] CRUMBS_EXPORT std::string_view to_string(StoreStatus value);

/// Something that a reader could not do, or noticed. Never holds a value.
struct Diagnostic {
  enum class Severity {
    note,        ///< worth knowing; nothing was lost
    incomplete,  ///< something could not be read: the store is `partial` and the report not
                 ///< complete
  };
  std::string code;     ///< stable word: "corrupt", "changed_while_reading", "unknown_schema", ...
  std::string message;  ///< one line for people
  std::string file;     ///< as in SourceFile::path, may be empty
  Severity severity = Severity::incomplete;
  std::optional<std::int64_t> row;      ///< row id it concerns
  std::optional<std::uint64_t> offset;  ///< byte offset it concerns
  friend bool operator==(const Diagnostic&, const Diagnostic&) = default;
};

/// A file the report rests on. SHA-256 in lower-case hex of the bytes that were read.
struct SourceFile {
  std::string path;  ///< relative to the parent of the profile for Chromium ("Default/Cookies"), to
                     ///< the profile for Firefox
  std::uint64_t bytes = 0;
  std::string sha256;
  friend bool operator==(const SourceFile&, const SourceFile&) = default;
};

/// The partition that isolates an item.
struct Partition {
  std::string
      top_level_site;  ///< "https://example.com"; for a nonce or opaque site a description of it
  std::optional<bool> cross_site_ancestor;  ///< absent where the store does not say
  std::string raw;                          ///< as stored, where it says more than the two above
  // NOLINTNEXTLINE(modernize-use-nullptr): false alarm of clang-tidy 14 on <=>
  friend auto operator<=>(const Partition&, const Partition&) = default;
};

/// A Firefox container.
struct Container {
  std::uint32_t id = 0;
  std::string name;  ///< from containers.json; empty where that does not know it
  // NOLINTNEXTLINE(modernize-use-nullptr): false alarm of clang-tidy 14 on <=>
  friend auto operator<=>(const Container&, const Container&) = default;
};

/// Cookie attributes in the standard's words; absent where the schema has no such column.
struct Attributes {
  std::optional<bool> secure, http_only, session, partitioned, host_only;
  std::optional<std::string> same_site;      ///< "none", "lax", "strict", "unspecified"
  std::optional<std::string> priority;       ///< "low", "medium", "high"
  std::optional<std::string> source_scheme;  ///< "secure", "non_secure", "unset"; Firefox: "http",
                                             ///< "https", "http,https", ...
  std::optional<std::int64_t> source_port;   ///< -1 unspecified
  std::optional<std::string> source_type;    ///< "http", "script", "other", "unknown"
  std::map<std::string, std::string>
      origin_attributes;  ///< Firefox: those that are neither container nor partition
  friend bool operator==(const Attributes&, const Attributes&) = default;
};

/// A number that no time can be stands as it is stored in the `_raw` beside the time that it should
/// be, which is then absent.
struct Times {
  std::optional<Time> created, accessed, updated, expires;
  std::optional<std::int64_t> created_raw, accessed_raw, updated_raw, expires_raw;
  friend bool operator==(const Times&, const Times&) = default;
};

/// Where in the source files an item is: enough to find it again.
struct Locator {
  std::string file;                       ///< as SourceFile::path
  std::string table;                      ///< SQLite
  std::optional<std::int64_t> row;        ///< SQLite row id
  std::string pointer;                    ///< JSON pointer (session store)
  std::optional<std::uint64_t> offset;    ///< byte offset of the record's block or log record
  std::optional<std::uint64_t> sequence;  ///< LevelDB sequence number
  friend bool operator==(const Locator&, const Locator&) = default;
};

/// A documented or undocumented part of a structured value.
struct ValueField {
  /// JSON pointer into the decoded value. In a masked report a key that no catalog describes is
  /// "•••" and its number, the same for the same key of one entry.
  std::string pointer;
  bool documented = false;
  bool present = true;
  ValueType type = ValueType::opaque;
  std::string text;  ///< shown text: decoded, or masked where `masked`
  PersonalData personal_data = PersonalData::unknown;
  bool masked = false;
  std::string token;         ///< as FindingValue::token
  std::uint64_t length = 0;  ///< bytes of the part's text before masking
  std::string description;   ///< from the catalog
  std::string erratum;       ///< a mistake of the document about this field, may be empty
  friend bool operator==(const ValueField&, const ValueField&) = default;
};

/// What an item holds, as far as it may be shown.
struct FindingValue {
  Availability availability = Availability::plain;
  std::optional<Unavailable> reason;
  std::string encryption;  ///< "v10", "v11", "v12", "v20", "dpapi", "" (none)
  /// Unicode text (WTF-8 for lone surrogates). Where `masked` its mask; none of a structure.
  std::optional<std::string> text;
  std::optional<std::string>
      bytes;  ///< raw bytes where they are not well-formed UTF-8 and may be shown
  /// Bytes of the value as the site set it, a text in UTF-8 in whatever form the store keeps it; of
  /// one that could not be read, of what is stored.
  std::uint64_t length = 0;
  ValueType type = ValueType::opaque;
  /// By the documented type: "2026-11-23T00:00:00Z", "yes", the shape of a structure. Where
  /// `masked` that shape alone.
  std::optional<std::string> decoded;
  std::vector<std::string> steps;  ///< decoding steps taken: "percent_decode", "unix_time: seconds"
  bool masked = false;
  /// What stands for a masked identifier or contact: "A", where it occurs more than once in the
  /// report, in values or names; with a digest key 16 hexadecimal digits, always. Equal tokens of
  /// one report, or of one key, are equal texts. Empty where there is none.
  std::string token;
  /// Id of the first finding of the profile that is listed and has byte for byte the same value by
  /// the same entry, where that is a structure or masked; empty where there is none.
  std::string same_as;
  PersonalData personal_data = PersonalData::unknown;
  std::vector<ValueField> fields;
  std::uint64_t elements = 0;          ///< objects in a documented list; 0 where it is none
  std::optional<Time> oldest, newest;  ///< of the documented times inside; absent where not shown
  std::string digest;  ///< SHA-256 of the whole value where AuditOptions::digests asked for it; no
                       ///< format writes it
  /// HMAC-SHA-256 of the whole value by the key of the report (Report::digest_key), in hexadecimal
  /// digits; empty without a key.
  std::string keyed_digest;
  friend bool operator==(const FindingValue&, const FindingValue&) = default;
};

struct Drift {
  std::string rule;  ///< "type", "place", "lifetime", "attribute", "store", "field"
  std::string message;
  friend bool operator==(const Drift&, const Drift&) = default;
};

/// A hold from --holds that covers a finding.
struct Hold {
  std::string id, reason, owner, until;
  friend bool operator==(const Hold&, const Hold&) = default;
};

struct Deletion {
  Verdict verdict = Verdict::undocumented;
  std::string consequence;
  std::optional<Basis> basis;
  std::string section;           ///< where in the document, may be empty
  std::string reason;            ///< of an interpretation
  std::string effect_on_rights;  ///< "removes_consent_record", "removes_opt_out", ... may be empty
  std::vector<Hold> holds;
  friend bool operator==(const Deletion&, const Deletion&) = default;
};

/// Why an entry could have been meant: kept for `ambiguous` and for people who ask.
struct RunnerUp {
  std::string entry;
  std::string reason;  ///< "fewer literal bytes", "other host scope", ...
  friend bool operator==(const RunnerUp&, const RunnerUp&) = default;
};

/// The form of an entry's name that an item has.
struct MatchedForm {
  std::string name;  ///< "jv_close_time_${jivo_widget_id}"
  Basis basis = Basis::document;
  std::string documented_as;  ///< the form that the document has for it, where this one is only
                              ///< observed: "close_time"; may be empty
  std::string evidence;       ///< of an observed form: "names of cookies on customers' sites, in 19
                              ///< installations, 2015 to 2020 (cookie headers in public code)"
  friend bool operator==(const MatchedForm&, const MatchedForm&) = default;
};

/// One item, what the catalogs say of it, and what may be done with it.
struct Finding {
  /// Stable across runs; from where the item is kept, the path of its profile included, and its
  /// name, never from its value.
  std::string id;
  /// Equal in every profile on every machine: of what a site sets, wherever it is found. 32
  /// hexadecimal digits from the entry, or else the name as every report may show it, kind, host or
  /// origin, path, partition and context.
  std::string fingerprint;
  std::string profile, store;
  ItemKind kind = ItemKind::cookie;
  std::string host;    ///< cookies: host key exactly as stored, leading dot included
  std::string origin;  ///< local storage
  std::string site;  ///< registrable domain (of the partition's top-level site where there is one)
  std::string path;
  /// Bytes as stored. What a masked report masks as a value, it masks here, in `captured`, `card`
  /// and `path`, too: "(A)" for what has a token, else "•••".
  std::string name;
  bool name_masked = false;
  std::string name_digest;        ///< as FindingValue::digest, of a name that is masked
  std::string name_keyed_digest;  ///< as FindingValue::keyed_digest, of any name
  std::optional<Partition> partition;
  std::optional<Container> container;
  ItemState state = ItemState::current;
  Status status = Status::unknown;
  std::string entry;    ///< empty where no entry matches
  std::string catalog;  ///< id of the catalog of `entry`, or of whose vendor's names `name` is one
  std::optional<Category> category;  ///< of `entry`
  std::optional<MatchedForm> form;   ///< of the name of `entry`
  std::string shape;  ///< that of the vendor's names which an undocumented name has; may be empty
  std::map<std::string, std::string> captured;  ///< variables of the template
  std::vector<RunnerUp> runner_up;
  std::string
      card;  ///< items of one installation on one site share it: "jivochat|example.com|AbC123xYz0"
  FindingValue value;
  Attributes attributes;
  Times times;
  std::vector<Drift> drift;
  std::vector<std::string> notes;  ///< worth knowing, one line of printable text each: age, ids
                                   ///< that do not agree; never a value
  Deletion deletion;
  Locator locator;
  friend bool operator==(const Finding&, const Finding&) = default;
};

/// A file or directory of a profile that may know a site as well, and that is not read.
struct OtherPlace {
  std::string path;   ///< relative to the profile, '/'-separated
  std::string holds;  ///< in few words: "browsing history"
  friend bool operator==(const OtherPlace&, const OtherPlace&) = default;
};

}  // namespace crumbs

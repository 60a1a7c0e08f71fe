#pragma once

/// The words of crumbs (design 2) as types. Plain values: copyable, no hidden state, safe to share
/// between threads while nobody writes.

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "crumbs/export.h"
#include "crumbs/profile.h"

namespace crumbs {

enum class ItemKind { cookie, local_storage };
enum class ItemState { current, superseded, deleted, orphaned, archived };

/// What the catalogs say about an item (design 4, "Status of a finding").
enum class Status { documented, drift, undocumented, possible, ambiguous, unknown };

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

enum class Precision : std::uint8_t { seconds, milliseconds, microseconds };

/// A point in time with the precision it was stored in.
struct Time {
  std::int64_t unix_us = 0;
  Precision precision = Precision::microseconds;
  friend bool operator==(const Time&, const Time&) = default;
};

/// `2026-11-23T10:00:00Z`, with .mmm or .uuuuuu where the precision says so. Years outside
/// 0000..9999 are written with a sign and as many digits as they need (ISO 8601 expanded form).
[[nodiscard]] CRUMBS_EXPORT std::string to_iso8601(const Time& time);
/// Parses what to_iso8601 writes, the precision from the number of fraction digits. nullopt
/// otherwise.
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

/// One store that was looked at.
struct StoreResult {
  std::string id;    ///< "chromium.cookies"
  std::string path;  ///< as SourceFile::path
  std::string schema;
  StoreStatus status = StoreStatus::read;
  std::uint64_t items = 0;    ///< all items read, listed or not
  std::uint64_t unknown = 0;  ///< of the current ones among these, how many no catalog knows
  std::uint64_t residue = 0;  ///< of these, how many are not `current`
  std::string note;           ///< "left over: the browser uses Network/Cookies", may be empty
  std::vector<SourceFile> files;
  std::vector<Diagnostic> diagnostics;
  friend bool operator==(const StoreResult&, const StoreResult&) = default;
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
  std::string pointer;  ///< JSON pointer into the decoded value
  bool documented = false;
  bool present = true;
  ValueType type = ValueType::opaque;
  std::string text;  ///< shown text: decoded, or masked where `masked`
  PersonalData personal_data = PersonalData::unknown;
  bool masked = false;
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
  std::optional<std::string>
      text;  ///< Unicode text (WTF-8 for lone surrogates); masked text where `masked`
  std::optional<std::string>
      bytes;                 ///< raw bytes where they are not well-formed UTF-8 and may be shown
  std::uint64_t length = 0;  ///< bytes of the value as the site set it
  ValueType type = ValueType::opaque;
  std::optional<std::string>
      decoded;                     ///< by the documented type: "2026-11-23T00:00:00Z", "yes", ...
  std::vector<std::string> steps;  ///< decoding steps taken: "percent_decode", "unix_time: seconds"
  bool masked = false;
  PersonalData personal_data = PersonalData::unknown;
  std::vector<ValueField> fields;
  std::uint64_t elements = 0;          ///< objects in a documented list; 0 where it is none
  std::optional<Time> oldest, newest;  ///< of the documented times inside; absent where not shown
  std::string digest;  ///< SHA-256 of the whole value where AuditOptions::digests asked for it; no
                       ///< format writes it
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
  std::string
      id;  ///< stable across runs; from where the item is kept and its name, never from its value
  std::string profile, store;
  ItemKind kind = ItemKind::cookie;
  std::string host;    ///< cookies: host key exactly as stored, leading dot included
  std::string origin;  ///< local storage
  std::string site;  ///< registrable domain (of the partition's top-level site where there is one)
  std::string path;
  std::string name;  ///< bytes as stored
  std::optional<Partition> partition;
  std::optional<Container> container;
  ItemState state = ItemState::current;
  Status status = Status::unknown;
  std::string entry;    ///< empty where no entry matches
  std::string catalog;  ///< id of the catalog of `entry`, or of whose vendor's names `name` is one
  std::optional<MatchedForm> form;              ///< of the name of `entry`
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

/// How long documented items stay. A cookie's lifetime is counted from its last update, or else
/// from when it was set; one whose times do not tell is in none of the numbers.
struct Lifetimes {
  std::uint64_t unlimited = 0;            ///< local storage has no expiry
  std::uint64_t session = 0;              ///< cookies that end with the browser
  std::uint64_t limited = 0;              ///< cookies with an expiry
  std::uint64_t over_13_months = 0;       ///< of these, those that live longer
  std::optional<std::int64_t> longest_s;  ///< of these, in seconds
  friend bool operator==(const Lifetimes&, const Lifetimes&) = default;
};

/// What one profile holds of one vendor. Counts current items, listed or not: a selection, `--all`
/// and `--residue` change nothing.
struct Tally {
  std::string catalog;
  std::vector<std::string> sites;  ///< where the vendor certainly left something; printable
  std::vector<std::string> possible_sites;  ///< other sites, with possible or ambiguous items
  std::uint64_t documented = 0, drift = 0, possible = 0, ambiguous = 0;
  std::uint64_t undocumented = 0;  ///< the vendor's, and not in its document
  std::uint64_t observed = 0;      ///< of these, publicly seen: an entry describes them
  std::uint64_t unavailable = 0, doubtful = 0;  ///< values, of all of the above
  std::uint64_t personal = 0;  ///< that hold personal data by the catalog, possible ones left out
  /// From here on of documented items, drifting ones included.
  std::map<PersonalData, std::uint64_t> personal_data;
  std::map<Verdict, std::uint64_t> verdicts;
  std::map<Basis, std::uint64_t> bases;  ///< whose claims the verdicts are
  std::uint64_t undoes_choice = 0;  ///< losing it undoes a choice or an objection of the person
  Lifetimes lifetimes;
  std::uint64_t undocumented_fields = 0;  ///< parts of structured values that no entry describes
  std::uint64_t undocumented_keys = 0;    ///< of these, different ones by entry and pointer
  std::uint64_t with_undocumented_fields = 0;           ///< items that have such parts
  std::uint64_t names_found = 0, names_documented = 0;  ///< entries of the document
  friend bool operator==(const Tally&, const Tally&) = default;
};

/// One profile and what became of each of its stores, those that were looked for in vain among
/// them.
struct ProfileReport {
  Profile profile;
  std::vector<StoreResult> stores;
  std::vector<Tally> tallies;          ///< of each catalog that knows an item of it, in their order
  std::vector<OtherPlace> also_there;  ///< empty where a single store was named
  friend bool operator==(const ProfileReport&, const ProfileReport&) = default;
};

struct Absent {
  std::string entry;
  friend bool operator==(const Absent&, const Absent&) = default;
};

struct CatalogUsed {
  std::string id, version, sha256;
  std::string title;
  friend bool operator==(const CatalogUsed&, const CatalogUsed&) = default;
};

/// What was read, whatever is listed of it. The counts of `documented` to `unknown` and `residue`
/// add up to `items`.
struct Summary {
  std::uint64_t items = 0, documented = 0, drift = 0, undocumented = 0, possible = 0, ambiguous = 0,
                unknown = 0;
  std::uint64_t residue = 0;              ///< items that are not current
  std::uint64_t undocumented_fields = 0;  ///< undocumented parts inside documented items
  std::uint64_t unavailable = 0;  ///< items that a catalog knows or may know, without their value
  std::uint64_t doubtful = 0;     ///< such items whose value is doubtful
  std::uint64_t personal = 0;     ///< as Tally::personal
  std::uint64_t stores = 0, stores_incomplete = 0;
  friend bool operator==(const Summary&, const Summary&) = default;
};

/// Why an exit code is not 0. What does not apply is empty.
struct Reason {
  std::string code;     ///< stable word: of a Diagnostic, an Unavailable, a MissingReason, or
                        ///< "no_profile", "no_store", "nothing_selected", "no_such_name"
  std::string profile;  ///< id
  std::string store;    ///< id
  std::string path;     ///< as StoreResult::path, or that of a missing profile
  std::string message;  ///< one line that says it all; printable
  std::string hint;     ///< what would mend it: "--keyring"
  friend bool operator==(const Reason&, const Reason&) = default;
};

/// The message and, where there is one, the hint behind a colon.
[[nodiscard]] CRUMBS_EXPORT std::string to_string(const Reason& reason);

struct Exit {
  int code = 0;
  std::vector<Reason> reasons;
  friend bool operator==(const Exit&, const Exit&) = default;
};

/// Everything a run found. The only input of every format.
struct Report {
  std::string schema = "crumbs-report/1";
  std::string tool_version;
  Time created;
  bool complete = true;
  ValuesMode values = ValuesMode::masked;
  bool all = false;  ///< items unknown to every catalog are listed, not only counted
  /// What the listed findings were chosen by, in the words of the command line ("--vendor
  /// jivochat"); empty where nothing was left out. Counts are of what was read, not of what is
  /// listed.
  std::string selection;
  std::vector<CatalogUsed> catalogs;
  std::vector<ProfileReport> profiles;
  std::vector<Diagnostic> notes;        ///< of the search for profiles: nothing is lost by them
  std::vector<MissingProfile> missing;  ///< not read, so what they hold is not in the report
  std::vector<Finding> findings;  ///< sorted: profile, site, card, kind, host or origin, name, ...
  std::vector<Absent> absent;
  Summary summary;
  Exit exit;
  friend bool operator==(const Report&, const Report&) = default;
};

}  // namespace crumbs

#pragma once

/// A report: what a run found, and the only input of every format. Plain values, as in types.h.

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "crumbs/catalog.h"
#include "crumbs/export.h"
#include "crumbs/profile.h"
#include "crumbs/types.h"

namespace crumbs {

/// What whoever made a report calls it, by which its records are told from those of others:
/// {"device", "pc12"}.
using Labels = std::map<std::string, std::string>;

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

/// How long documented items stay. A cookie's lifetime is counted from its last update, or else
/// from when it was set; one whose times do not tell is in none of the numbers.
struct Lifetimes {
  std::uint64_t never_expires = 0;        ///< local storage has no expiry
  std::uint64_t session = 0;              ///< cookies that end with the browser
  std::uint64_t limited = 0;              ///< cookies with an expiry
  std::uint64_t over_13_months = 0;       ///< of these, those that live longer
  std::optional<std::int64_t> longest_s;  ///< of these, in seconds
  friend bool operator==(const Lifetimes&, const Lifetimes&) = default;
};

/// A masked identifier or contact that several items of a vendor hold, in their values or names.
struct SameValue {
  std::string token;  ///< as FindingValue::token
  ValueType type = ValueType::identifier;
  std::uint64_t items = 0, sites = 0;
  friend bool operator==(const SameValue&, const SameValue&) = default;
};

/// What vendors left on one site. Counts current items.
struct SiteCounts {
  std::string site;  ///< printable
  std::uint64_t documented = 0, drift = 0, possible = 0, ambiguous = 0, undocumented = 0;
  std::uint64_t personal = 0;  ///< as Tally::personal
  friend bool operator==(const SiteCounts&, const SiteCounts&) = default;
};

/// What one profile holds of one vendor. Counts current items, listed or not: a selection, `--all`
/// and `--residue` change nothing.
struct Tally {
  std::string catalog;
  std::vector<std::string> sites;  ///< where the vendor certainly left something; printable
  std::vector<std::string> possible_sites;  ///< other sites, with possible or ambiguous items
  std::vector<SiteCounts> by_site;          ///< of all these, in the order of their names
  std::uint64_t documented = 0, drift = 0, possible = 0, ambiguous = 0;
  std::uint64_t undocumented = 0;  ///< the vendor's, and not in its document
  std::uint64_t observed = 0;      ///< of these, publicly seen: an entry describes them
  std::uint64_t unavailable = 0, doubtful = 0;  ///< values, of all of the above
  std::uint64_t personal = 0;  ///< that hold personal data by the catalog, possible ones left out
  /// From here on of documented items, drifting ones included.
  std::map<PersonalData, std::uint64_t> personal_data;
  std::map<Verdict, std::uint64_t> verdicts;
  std::map<Basis, std::uint64_t> bases;  ///< whose claims the verdicts are
  /// Losing it undoes a choice or an objection of the person; those to be kept left out.
  std::uint64_t undoes_choice = 0;
  Lifetimes lifetimes;
  std::uint64_t undocumented_fields = 0;  ///< parts of structured values that no entry describes
  std::uint64_t undocumented_keys = 0;    ///< of these, different ones by entry and pointer
  std::uint64_t with_undocumented_fields = 0;           ///< items that have such parts
  std::uint64_t names_found = 0, names_documented = 0;  ///< entries of the document
  std::uint64_t names_absent = 0;      ///< not found where everything that may hold them was read
  std::vector<SameValue> same_values;  ///< of a masked report, in the order of their tokens
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

/// A documented entry that nothing has, where everything that may hold it was read.
struct Absent {
  std::string entry;
  friend bool operator==(const Absent&, const Absent&) = default;
};

/// What parts a card from others on its site.
struct CardId {
  std::string word;   ///< Variable::joins: "widget"
  std::string value;  ///< as captured, masked where that is
  friend bool operator==(const CardId&, const CardId&) = default;
};

/// What one installation of a vendor left on one site in one context: the findings that name it.
struct CardUsed {
  std::string profile;  ///< id
  std::string id;       ///< Finding::card, unique in the profile
  std::string catalog, site;
  bool own_site = false;  ///< the site is the vendor's
  std::optional<Container> container;
  std::string context;      ///< for people: "container 6 Work, private window"; may be empty
  std::vector<CardId> ids;  ///< in the order of words and values
  friend bool operator==(const CardUsed&, const CardUsed&) = default;
};

/// A catalog that items were matched against, and what is told of it as a whole.
struct CatalogUsed {
  std::string id, version, sha256;
  std::string title;
  CatalogDocument document{};
  std::uint64_t names_documented = 0;  ///< entries of the document
  std::uint64_t errata = 0;            ///< mistakes of the document, in parts of values, too
  bool states_lifetimes = false;       ///< the document says of some entry how long it stays
  friend bool operator==(const CatalogUsed&, const CatalogUsed&) = default;
};

/// What a selection chose of it: the findings that are listed. `items` are the current ones and
/// `residue`.
struct Selected {
  std::uint64_t items = 0, documented = 0, drift = 0, undocumented = 0, possible = 0, ambiguous = 0,
                unknown = 0;
  std::uint64_t residue = 0;                  ///< chosen items that are not current
  std::uint64_t unavailable = 0;              ///< as Summary::unavailable
  std::uint64_t personal = 0;                 ///< as Tally::personal
  std::map<Verdict, std::uint64_t> verdicts;  ///< as Tally::verdicts
  friend bool operator==(const Selected&, const Selected&) = default;
};

/// What was read, whatever is listed of it. The counts of `documented` to `unknown` and `residue`
/// add up to `items`. The maps, `lifetimes` and `by_site` are those of all tallies.
struct Summary {
  std::uint64_t items = 0, documented = 0, drift = 0, undocumented = 0, possible = 0, ambiguous = 0,
                unknown = 0;
  std::uint64_t residue = 0;              ///< items that are not current
  std::uint64_t undocumented_fields = 0;  ///< undocumented parts inside documented items
  std::uint64_t unavailable = 0;  ///< items that a catalog knows or may know, without their value
  std::uint64_t doubtful = 0;     ///< such items whose value is doubtful
  std::uint64_t personal = 0;     ///< as Tally::personal
  std::uint64_t stores = 0, stores_incomplete = 0;
  std::uint64_t missing = 0;  ///< profiles that were not read
  std::map<PersonalData, std::uint64_t> personal_data;
  std::map<Verdict, std::uint64_t> verdicts;
  std::map<Basis, std::uint64_t> bases;
  Lifetimes lifetimes;
  std::vector<SiteCounts> by_site;
  std::optional<Selected> selected;  ///< where anything was chosen
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

/// Everything a run found but the items.
struct ReportFacts {
  std::string schema = "crumbs-report/1";
  std::string tool_version;
  Time created;
  bool complete = true;
  ValuesMode values = ValuesMode::masked;
  std::string digest_key;  ///< DigestKey::id of the key of digests and tokens; empty without one
  /// Items that no catalog knows were asked for: every format lists them, else those for programs
  /// alone.
  bool all = false;
  bool known_only = true;  ///< such items are counted and in no list
  /// What the listed findings were chosen by, in the words of the command line ("--vendor
  /// jivochat"); empty where nothing was left out. Counts are of what was read, not of what is
  /// listed.
  std::string selection;
  Labels labels;
  std::vector<CatalogUsed> catalogs;
  /// What the catalogs say of the entries that findings, their runners-up and `absent` name, in the
  /// order of the catalogs and without examples: a report is read without its catalogs.
  std::vector<Entry> entries;
  std::vector<ProfileReport> profiles;
  std::vector<Diagnostic> notes;        ///< of the search for profiles: nothing is lost by them
  std::vector<MissingProfile> missing;  ///< not read, so what they hold is not in the report
  std::vector<CardUsed> cards;          ///< that findings name; sorted by profile and id
  std::vector<Absent> absent;
  Summary summary;
  Exit exit;
  friend bool operator==(const ReportFacts&, const ReportFacts&) = default;
};

/// Everything a run found. The only input of every format.
struct Report : ReportFacts {
  std::vector<Finding> findings;  ///< sorted: profile, site, card, kind, host or origin, name, ...
  friend bool operator==(const Report&, const Report&) = default;
};

}  // namespace crumbs

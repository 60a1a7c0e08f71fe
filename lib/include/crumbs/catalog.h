#pragma once

/// Catalogs: machine-readable knowledge of documented cookies and keys (design 4,
/// crumbs-catalog(5)).

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "crumbs/export.h"
#include "crumbs/types.h"

namespace crumbs {

/// What was publicly seen and is not in the document.
struct Evidence {
  std::string what;         ///< "names of cookies on customers' sites"
  std::string source;       ///< the kind of source: "cookie headers in public code"
  std::uint64_t count = 0;  ///< how many of `unit` it was seen in
  std::string unit;         ///< "installations"
  int from = 0, to = 0;     ///< years, both included; 0: undated
  friend bool operator==(const Evidence&, const Evidence&) = default;
};

/// "names of cookies on customers' sites, in 19 installations, 2015 to 2020 (cookie headers in
/// public code)".
[[nodiscard]] CRUMBS_EXPORT std::string evidence_text(const Evidence& evidence);

/// A judgement and whose it is. `document` has a section, `interpretation` a reason, `observation`
/// evidence; loading enforces it.
struct Judgement {
  Basis basis = Basis::interpretation;
  std::string section;
  std::string reason;
  std::optional<Evidence> observed;
  friend bool operator==(const Judgement&, const Judgement&) = default;
};

/// One form of an entry's name.
struct Form {
  bool is_template = false;
  std::string name;         ///< exact name or template text
  Judgement basis;          ///< never an interpretation
  bool distinctive = true;  ///< false: anybody's name, needs company
  friend bool operator==(const Form&, const Form&) = default;
};

/// A mistake of the document, kept as it stands and reported.
struct Erratum {
  std::string says;    ///< what the document says
  std::string likely;  ///< what is meant, in our reading
  friend bool operator==(const Erratum&, const Erratum&) = default;
};

/// Something that names or values share. In a template it stands for what its pattern allows;
/// matching is linear in the name.
struct Variable {
  std::string name;
  std::string pattern;  ///< "[0-9]{1,20}|[A-Za-z0-9]{10}&[0-9A-Z]"; empty: only for `same_as`
  std::string description;
  std::string joins;  ///< what names with one value of it belong to, and to one card: "widget"; may
                      ///< be empty
};

/// A documented part of a JSON value.
struct FieldEntry {
  std::string pointer;  ///< "/client_info/email"; for json_array relative to each element
  std::string title;    ///< what it is, in at most kMostTitleWords words
  ValueType type = ValueType::opaque;
  std::string reading;  ///< why `type` is our reading, where the document gives none; else empty
  PersonalData personal_data = PersonalData::unknown;
  std::string description;
  std::optional<Erratum> erratum;
  std::string effect_on_rights;  ///< of losing this part: "removes_block_record"; may be empty
  std::string same_as;           ///< the variable whose value this part repeats; may be empty
  friend bool operator==(const FieldEntry&, const FieldEntry&) = default;
};

/// How a value is to be read.
struct ValueSpec {
  ValueType type = ValueType::opaque;
  bool percent_decode = false;  ///< a step that may be applied before the type
  bool allow_empty = false;
  std::vector<std::string> enumeration;  ///< for ValueType::enumeration
  std::vector<FieldEntry> fields;        ///< for json and json_array
  std::string same_as;  ///< the variable whose value this is in other items; may be empty
  friend bool operator==(const ValueSpec&, const ValueSpec&) = default;
};

struct DeletionRule {
  Verdict verdict = Verdict::allowed;
  std::string consequence;
  std::string loss;  ///< the consequence in at most kMostLossWords words
  Judgement judgement;
  std::string effect_on_rights;
  friend bool operator==(const DeletionRule&, const DeletionRule&) = default;
};

/// An item that an entry must win (examples) or must not win (counter-examples).
struct Example {
  std::string name;
  std::string host;                  ///< empty: any host in the entry's scope
  std::optional<std::string> value;  ///< as stored; fits the documented type; examples only
  friend bool operator==(const Example&, const Example&) = default;
};

/// What an observation is about.
enum class Observed { meaning, lifetime, value };
[[nodiscard]] CRUMBS_EXPORT std::string_view to_string(Observed value);

/// Where what was seen differs from the document, or goes beyond it.
struct Observation {
  Observed about = Observed::meaning;
  Evidence evidence;
  friend bool operator==(const Observation&, const Observation&) = default;
};

/// Among Entry::hosts: all of Catalog::vendor_hosts.
inline constexpr std::string_view kVendorHosts = "@vendor";
inline constexpr std::size_t kMostTitleWords = 6;
inline constexpr std::size_t kMostLossWords = 5;

/// One line of knowledge. Immutable once loaded.
struct Entry {
  std::string id;       ///< "jivochat/widget/enter_ts"
  std::string catalog;  ///< "jivochat"
  ItemKind store = ItemKind::cookie;
  std::string title;               ///< what it is, in at most kMostTitleWords words
  std::vector<Form> forms;         ///< of its name; at least one
  std::string set_by;              ///< who sets it, where that is not the vendor; else empty
  std::vector<std::string> hosts;  ///< "*", "x.com" (that host), ".x.com" (host and subdomains),
                                   ///< "*.x.com" (subdomains only), kVendorHosts
  Judgement scope_basis;           ///< of `hosts`
  std::string section;             ///< where in the document the entry stands; empty: nowhere
  std::string documented_as;       ///< the document's own short description, as a fact
  std::string description;         ///< meaning in plain words, ours
  Category category = Category::functionality;
  Judgement category_basis;
  PersonalData personal_data = PersonalData::unknown;
  Judgement personal_data_basis;
  ValueSpec value;
  Judgement value_basis;
  std::optional<std::int64_t> max_age_s;  ///< documented lifetime, where the document has one
  Judgement retention_basis;              ///< of `max_age_s`; meaningless without it
  DeletionRule deletion;
  std::optional<Erratum> erratum;
  std::vector<Observation> observations;
  std::vector<Example> examples, counter_examples;

  /// Whether the document names it; else it is only known from observation.
  [[nodiscard]] bool documented() const noexcept { return !section.empty(); }
  /// The form it goes by: the first of the document's, else the first.
  [[nodiscard]] const Form& main_form() const noexcept {
    for (const Form& form : forms) {
      if (form.basis.basis == Basis::document) return form;
    }
    return forms.front();
  }
  [[nodiscard]] const std::string& name() const noexcept { return main_form().name; }
  friend bool operator==(const Entry&, const Entry&) = default;
};

/// A name that looks like the vendor's and is somebody else's.
struct LookAlike {
  ItemKind store = ItemKind::cookie;
  std::string name;
  std::string whose;
};

/// Something the document says that is no item: what is collected, page tags, log files, purposes,
/// ...
struct Statement {
  std::string id;  ///< "jivochat/statement/page-tags"
  std::string section;
  std::string text;                ///< restated in our words
  bool visible_on_device = false;  ///< whether crumbs could see it in a profile
};

struct CatalogDocument {
  std::string title, publisher, effective_date, sha256, file;
  friend bool operator==(const CatalogDocument&, const CatalogDocument&) = default;
};

/// A loaded, valid catalog. Immutable, so safe for concurrent use by many threads.
class CRUMBS_EXPORT Catalog {
 public:
  /// Reads and validates a file. Throws Error(invalid) naming file, JSON pointer, what was found
  /// and what was expected; Error(not_found | io) where it cannot be read.
  static Catalog load(const std::filesystem::path& file);
  /// As load, from memory; `file` is for messages only.
  static Catalog parse(std::string_view json, const std::string& file);

  ~Catalog();
  Catalog(Catalog&&) noexcept;
  Catalog& operator=(Catalog&&) noexcept;

  [[nodiscard]] const std::string& id() const;
  [[nodiscard]] const std::string& version() const;
  [[nodiscard]] const std::string& title() const;
  [[nodiscard]] const std::string& file() const;
  [[nodiscard]] const std::string& sha256() const;   ///< of the file's bytes, lower-case hex
  [[nodiscard]] const std::string& license() const;  ///< of the catalog itself, may be empty
  /// Higher wins: vendor, validated, reliable, informative, undefined.
  [[nodiscard]] int trust() const;
  [[nodiscard]] std::string_view trust_word() const;
  [[nodiscard]] const CatalogDocument& document() const;
  [[nodiscard]] std::span<const Entry> entries() const;
  [[nodiscard]] std::span<const Variable> variables() const;
  [[nodiscard]] std::span<const Statement> statements() const;
  /// Names that start so are the vendor's where a distinctive item of the vendor is on the same
  /// site.
  [[nodiscard]] std::span<const std::string> prefixes() const;
  /// Templates of names that are the vendor's wherever they stand.
  [[nodiscard]] std::span<const std::string> shapes() const;
  [[nodiscard]] std::span<const LookAlike> look_alikes() const;
  /// The vendor's own hosts, as Entry::hosts; and whose judgement that is.
  [[nodiscard]] std::span<const std::string> vendor_hosts() const;
  [[nodiscard]] const Judgement& vendor_hosts_basis() const;
  [[nodiscard]] bool is_vendor_host(std::string_view host) const;
  [[nodiscard]] const Entry* find_entry(std::string_view id) const;  ///< nullptr where absent

 private:
  struct Data;
  explicit Catalog(std::unique_ptr<const Data> data);
  std::unique_ptr<const Data> data_;
};

/// The directory of the installed catalogs: $CRUMBS_CATALOG_DIR, else beside the library, so that a
/// moved prefix keeps working. Throws Error(not_found) naming what was tried.
[[nodiscard]] CRUMBS_EXPORT std::filesystem::path default_catalog_dir();
/// All `*.json` of a directory but `*.schema.json`, in name order. Throws as Catalog::load, and
/// Error(invalid) where two have the same id.
[[nodiscard]] CRUMBS_EXPORT std::vector<Catalog> load_catalogs(const std::filesystem::path& dir);
/// As above for several files and directories, in the order given.
[[nodiscard]] CRUMBS_EXPORT std::vector<Catalog> load_catalogs(
    std::span<const std::filesystem::path> places);

/// One candidate of a match, best first. `fits_host`: the item's host lies in the entry's scope.
struct Candidate {
  const Entry* entry = nullptr;
  const Form* form = nullptr;
  std::vector<std::pair<std::string, std::string>> captured;
  bool fits_host = true;
  std::size_t literal_bytes = 0;  ///< of the name, outside its variables
  std::string lost_because;       ///< for all but the first: the rank criterion that decided
  std::size_t tier = 0;           ///< those of one tier tie in all that says which entry is meant
};

/// Those of ranked candidates that tie with the first.
[[nodiscard]] CRUMBS_EXPORT std::span<const Candidate> best_tie(
    std::span<const Candidate> candidates) noexcept;
/// Whether any that ties with the first disagrees with it on category, type, personal data or
/// verdict.
[[nodiscard]] CRUMBS_EXPORT bool is_ambiguous(std::span<const Candidate> candidates) noexcept;

struct MatchResult {
  std::vector<Candidate> candidates;  ///< ranked; empty where no entry matches
  bool ambiguous = false;             ///< is_ambiguous(candidates)
  const Catalog* vendor = nullptr;    ///< no entry, but the name is this catalog's vendor's
  bool needs_company = false;  ///< ... as far as its prefix tells: only beside a distinctive item
  std::string shape;  ///< ... the shape of its names that it has; empty where a prefix tells
  std::vector<std::pair<std::string, std::string>> captured;  ///< ... by that shape
};

/// Matches names against several catalogs (design 4, "Matching"). Holds references to them: they
/// must outlive it. Immutable, safe for concurrent use. Building: linear in the entries. Matching a
/// name that no entry knows: one table look-up and no allocation.
class CRUMBS_EXPORT Matcher {
 public:
  explicit Matcher(std::span<const Catalog> catalogs);
  ~Matcher();
  Matcher(Matcher&&) noexcept;
  Matcher& operator=(Matcher&&) noexcept;

  /// Whether any entry or vendor prefix could concern the name. False is certain. No allocation.
  [[nodiscard]] bool may_match(ItemKind kind, std::string_view name) const noexcept;
  /// All candidates, ranked. `host`: without a leading dot and without a port.
  [[nodiscard]] MatchResult match(ItemKind kind, std::string_view host,
                                  std::string_view name) const;

 private:
  struct Index;
  std::unique_ptr<const Index> index_;
};

/// One complaint of lint_catalog.
struct LintProblem {
  std::string rule;     ///< "duplicate", "unreachable", "overlap", "adjacent_variables", "unit",
                        ///< "missing_basis", "example", ...
  std::string pointer;  ///< JSON pointer into the file
  std::string message;
};
/// Everything wrong with a catalog file, in file order; empty where it is clean. Unlike load it
/// does not stop at the first mistake. Throws Error(not_found | io) only.
[[nodiscard]] CRUMBS_EXPORT std::vector<LintProblem> lint_catalog(
    const std::filesystem::path& file);

}  // namespace crumbs

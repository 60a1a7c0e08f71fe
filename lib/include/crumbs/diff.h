#pragma once

/// What differs between two states of the same profiles: before and after a consent, a withdrawal,
/// a deletion.

#include <cstdint>
#include <functional>
#include <iosfwd>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "crumbs/export.h"
#include "crumbs/render.h"
#include "crumbs/report.h"

namespace crumbs {

/// What became of an item.
enum class Change {
  appeared,
  newly_seen,  ///< may have been there: BEFORE was not read, or not listed, as a whole
  changed,
  gone,
  not_seen,     ///< may still be there: AFTER was not read, or not listed, as a whole
  cannot_tell,  ///< there on both sides; whether its value differs cannot be told
};
[[nodiscard]] CRUMBS_EXPORT std::string_view to_string(Change value);

/// One fact of an item on both sides.
struct FactChange {
  std::string fact;  ///< "value", "value /client_info/email", "state", "expires", "secure", ...
  std::optional<std::string> before, after;  ///< as shown; absent where there is none, or where
                                             ///< `hidden`
  bool hidden = false;  ///< it differs, but the texts may not be shown or look the same
  std::string note;     ///< "length 10 to 12 bytes", "set anew"; may be empty, never a value
  friend bool operator==(const FactChange&, const FactChange&) = default;
};

/// One item that is not the same on both sides.
struct ItemChange {
  Change change = Change::changed;
  std::string why;  ///< of newly_seen and not_seen: what was not read; else empty
  std::optional<Finding> before, after;  ///< as shown; at least one
  std::vector<FactChange> facts;         ///< of `changed`: what differs
  std::string
      unsure;  ///< what cannot be told of it ("the value is masked in BEFORE"), may be empty
  friend bool operator==(const ItemChange&, const ItemChange&) = default;

  /// The finding that the item is shown by: of AFTER where it is there.
  [[nodiscard]] const Finding& shown() const { return after ? *after : *before; }
};

/// How many items of one profile became what; of those in question (see CompareOptions).
struct ChangeCounts {
  std::uint64_t appeared = 0, newly_seen = 0, changed = 0, gone = 0, not_seen = 0;
  std::uint64_t cannot_tell = 0;
  std::uint64_t same = 0;       ///< no difference was found
  std::uint64_t rewritten = 0;  ///< of `same`: only their times of creation or update differ
  friend bool operator==(const ChangeCounts&, const ChangeCounts&) = default;
};

/// Which profile of a report.
struct ProfileName {
  std::string id, browser, browser_name, name, path;
  friend bool operator==(const ProfileName&, const ProfileName&) = default;
};

/// A profile on both sides, or on one.
struct ProfileChange {
  std::optional<ProfileName> before, after;
  std::vector<ItemChange> items;  ///< sorted: catalog (none last), site, what became of it, name
  ChangeCounts counts;
  /// Items that no catalog knows, where both sides list them and `items` does not.
  std::optional<ChangeCounts> unknown;
  std::uint64_t unknown_before = 0, unknown_after = 0;  ///< as the stores count them
  friend bool operator==(const ProfileChange&, const ProfileChange&) = default;
};

/// One of the two reports.
struct ComparedReport {
  std::string tool_version;
  Time created;
  bool complete = true;
  ValuesMode values = ValuesMode::masked;
  std::string digest_key;  ///< as Report::digest_key
  bool known_only = true;
  std::string selection;
  std::vector<CatalogUsed> catalogs;
  Exit exit;
  friend bool operator==(const ComparedReport&, const ComparedReport&) = default;
};

/// Everything that differs. The only input of every format; round-trips through JSON.
struct Difference {
  std::string schema = "crumbs-diff/1";
  std::string tool_version;  ///< of the library that compared
  ValuesMode values = ValuesMode::masked;
  bool all = false, residue = false;
  std::string selection;
  ComparedReport before, after;
  std::vector<std::string>
      remarks;  ///< printable text: what limits the comparison: other catalogs, selections
  std::vector<ProfileChange> profiles;
  friend bool operator==(const Difference&, const Difference&) = default;

  [[nodiscard]] bool complete() const { return before.complete && after.complete; }
  /// Whether any item in question differs; `cannot_tell` is no difference.
  [[nodiscard]] CRUMBS_EXPORT bool any() const;
};

struct CompareOptions {
  ValuesMode values = ValuesMode::masked;  ///< the least that is hidden, whatever the reports show
  bool all = false;                        ///< items that no catalog knows are in question, too
  bool residue = false;  ///< so are superseded, deleted, orphaned and archived items
  /// An item is in question where this is true of it on either side. May be empty.
  std::function<bool(const Finding&)> filter;
  std::string selection;  ///< what `filter` selects, in the words of the command line
};

/// Compares. Profiles are paired by browser and name, a single one with a single one whatever they
/// are called; items by store, host or origin, path, name, partition and container, then by scheme,
/// port and state. Values are compared in full where both sides have them or their digests
/// (AuditOptions::digests, or keyed ones by the same key), and shown as `options.values` says.
/// Pure. Cost: n log n in the findings.
[[nodiscard]] CRUMBS_EXPORT Difference compare(const Report& before, const Report& after,
                                               const CompareOptions& options = {});

/// The formats of differences, and writing one. As formats() and render().
[[nodiscard]] CRUMBS_EXPORT std::span<const FormatInfo> difference_formats();
CRUMBS_EXPORT void render(const Difference& difference, std::string_view format,
                          const RenderOptions& options, std::ostream& out);

/// As JSON, and back. parse_difference throws Error(invalid) with the JSON pointer of what is
/// wrong; a newer schema is refused. parse_difference(to_json(d)) equals d.
[[nodiscard]] CRUMBS_EXPORT std::string to_json(const Difference& difference);
[[nodiscard]] CRUMBS_EXPORT Difference parse_difference(std::string_view json,
                                                        const std::string& file);

}  // namespace crumbs

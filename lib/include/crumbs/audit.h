#pragma once

/// From profiles to a report: find, audit (design 3, 5, 7).

#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "crumbs/catalog.h"
#include "crumbs/digest_key.h"
#include "crumbs/export.h"
#include "crumbs/keys.h"
#include "crumbs/limits.h"
#include "crumbs/report.h"
#include "crumbs/select.h"

namespace crumbs {

/// How far profiles are searched for in places that no list names.
struct SearchBounds {
  std::size_t directories = 200'000;  ///< so many are looked into; 0: none
  std::size_t depth = 16;             ///< levels below a home, or below FindOptions::root
};

/// The outside world, injected: nothing in the library reads $HOME or the environment by itself.
struct FindOptions {
  std::filesystem::path home;  ///< the user's home; used where `root` is empty
  std::filesystem::path
      root;  ///< --root DIR: a mounted image or a copied home; searched for every user and system
  std::map<std::string, std::string>
      environment;  ///< XDG_CONFIG_HOME, CHROME_CONFIG_HOME, ... as the caller sees them
  SearchBounds search;
  std::filesystem::path
      temp_dir;            ///< as ReadLimits::temp_dir; some lists of profiles are databases
  bool recursive = false;  ///< a directory that was named and is no profile means those below it
};

/// What a search came upon.
struct FoundProfiles {
  std::vector<Profile> profiles;
  std::vector<MissingProfile> missing;
  std::vector<std::filesystem::path> searched;  ///< homes or an image; empty where names decided
  std::vector<Diagnostic> notes;  ///< worth knowing; nothing that is known of is lost by them
};

/// Every profile below the home or the root: home by home those of every known browser in its
/// place, in the order of browsers.def and by name, then what has the marks of a profile elsewhere,
/// the shallow ones first. Changes nothing; of a file of stores no more is read than its beginning.
/// A place that cannot be looked at is `missing`.
[[nodiscard]] CRUMBS_EXPORT FoundProfiles find_profiles(const FindOptions& options);
/// The same, but hands out each profile as it is found; `profiles` stays empty.
[[nodiscard]] CRUMBS_EXPORT FoundProfiles
find_profiles(const FindOptions& options, const std::function<void(Profile&&)>& on_profile);

/// What a PROFILE argument means: a profile directory, a Chromium user-data directory, a Firefox
/// root, a single store, or `browser:name`. An argument that is none of these is `missing`, with a
/// line that says what was expected.
[[nodiscard]] CRUMBS_EXPORT FoundProfiles resolve_profile(const std::string& argument,
                                                          const FindOptions& options);
/// The same for several: one that is nothing costs itself, and what two of them name counts once.
[[nodiscard]] CRUMBS_EXPORT FoundProfiles resolve_profiles(std::span<const std::string> arguments,
                                                           const FindOptions& options);

struct AuditOptions {
  DecryptionKeys keys;
  ValuesMode values = ValuesMode::masked;
  bool all = false;                ///< list items that no catalog knows
  bool unknown = false;            ///< the same, in the formats for programs alone
  bool residue = false;            ///< list superseded, deleted, orphaned and archived items
  bool allow_undecrypted = false;  ///< values without a key do not make the report incomplete
  bool excuse_unknown = false;     ///< nor do values of items that no catalog knows
  /// Findings carry a digest of the value, masked or not, and of a masked name; none has a letter,
  /// which belongs to one report.
  bool digests = false;
  /// Where there is one, findings carry keyed digests of name and value and, in place of letters,
  /// tokens by the key. ValuesMode::none has those of names alone, unless `digests` asks for more.
  DigestKey digest_key;
  /// Paths of profiles and their files stand as they are, for somebody who opens them.
  bool keep_paths = false;
  bool allow_empty = false;  ///< nothing to read is exit 0; a place that is not there is not
  std::optional<Time> now;   ///< fixes the clock of the report
  unsigned jobs = 0;         ///< 0: one per core
  ReadLimits limits;
  Labels labels;
  Selection selection;  ///< what is listed; everything is read all the same, since an item is
                        ///< judged by its company
  std::function<bool(const Finding&)>
      filter;  ///< listed findings for which it is false are dropped; may be empty

  /// Whether the findings of the report have items that no catalog knows.
  [[nodiscard]] bool lists_unknown() const noexcept { return all || unknown; }
};

/// "p" and 16 hexadecimal digits, from where the profile is, however that is written, and from the
/// labels: the same in every run, and unique among all profiles of all machines that labels tell
/// apart. A report that masks a part of the path has another.
[[nodiscard]] CRUMBS_EXPORT std::string profile_id(const Profile& profile, const Labels& labels);

/// Audits the profiles; what is missing makes the report incomplete. One bad record costs that
/// record, one bad store that store; both are in the report, whose `exit` says what a command
/// should return. Throws Error only for `interrupted` and for what concerns the whole run, a
/// selection that names what is not known (`usage`) included. Deterministic for any number of jobs.
[[nodiscard]] CRUMBS_EXPORT Report audit(FoundProfiles found, std::span<const Catalog> catalogs,
                                         const AuditOptions& options);

/// As audit, but hands out the report profile by profile: `on_profile` gets a Report whose vectors
/// hold just that profile's part and may take what it holds; the final, returned Report has no
/// findings. With ValuesMode::full each is handed out as it is done, else after all have been read:
/// what is masked in one is masked in all.
CRUMBS_EXPORT Report audit_streaming(FoundProfiles found, std::span<const Catalog> catalogs,
                                     const AuditOptions& options,
                                     const std::function<void(Report&)>& on_profile);

/// Removes every private copy and every half-written bundle that is still there, and lets no new
/// one be made. Async-signal-safe enough to be called from a signal handler that exits afterwards:
/// only system calls, on a list fixed in size.
CRUMBS_EXPORT void remove_private_copies() noexcept;

/// The library's version, "0.1.0".
[[nodiscard]] CRUMBS_EXPORT std::string_view version();

}  // namespace crumbs

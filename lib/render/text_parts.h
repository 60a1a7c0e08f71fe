#pragma once

/// The parts of the text format.

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "crumbs/render.h"
#include "crumbs/report.h"
#include "entry_index.h"
#include "render/cards.h"
#include "render/page.h"

namespace crumbs {

/// What every part needs. All of it outlives the rendering.
struct View {
  const Report& report;
  const RenderOptions& options;
  Page& page;
  EntryIndex entries;  ///< of the report

  /// Wide enough for what an item is and may be beside what it contains.
  [[nodiscard]] bool wide() const { return page.width() >= 120; }
};

/// Findings that say the same of the same name in several places: shown once, places listed.
struct ItemGroup {
  const Finding* first = nullptr;
  std::string name;  ///< as it is to be told
  std::vector<std::string> places;
  Findings findings;
};
/// Keeps the order in which the groups first occur. `where` words the place of one.
[[nodiscard]] std::vector<ItemGroup> group_items(const View& view, const Findings& findings,
                                                 std::string (*where)(const Finding&));
/// "cookie on .example.com", "local storage of 2 origins: …".
[[nodiscard]] std::string places_of(const ItemGroup& group);
/// The current ones among `findings` of which nothing but `status` is known, no entry describing
/// those that are undocumented.
[[nodiscard]] Findings with_status(const Findings& findings, Status status);
[[nodiscard]] Findings residue_in(const Findings& findings);

/// "Chromium · Default (Ada)".
[[nodiscard]] Text profile_name(const Profile& profile);
/// Whether all that was looked for in the profile was read, and nothing makes the report
/// incomplete.
[[nodiscard]] bool is_whole(const Report& report, const ProfileReport& part);

// In the order in which they are written.
void write_head(const View& view);
/// Why the report is not what was asked for, as far as no single profile is the cause.
void write_outcome(const View& view);
/// Several profiles: one line each.
void write_overview(const View& view);
void write_profile_head(const View& view, const ProfileReport& part);
/// What the profile holds, in numbers, vendor by vendor.
void write_tallies(const View& view, const ProfileReport& part);
[[nodiscard]] std::uint64_t items_in(const ProfileReport& part);
/// The documented items of a vendor, drifting ones included, and those of them that hold personal
/// data.
[[nodiscard]] std::uint64_t documented_in(const Tally& tally);
[[nodiscard]] std::uint64_t with_personal_data(const Tally& tally);
/// Whose claims most of the verdicts are; nullopt where there are none.
[[nodiscard]] std::optional<Basis> usual_basis(const Tally& tally);
/// Whether all verdicts are our reading of the document.
[[nodiscard]] bool is_our_reading(const Tally& tally);
/// `quiet`: one line a profile and nothing else.
void write_quiet(const View& view);

// `normal`: a line an item.
void write_brief_cards(const View& view, const Findings& findings);
void write_brief_sections(const View& view, const Findings& findings);
/// What is in no list, and how to see it.
void write_closing(const View& view);

// `verbose` and `items`.
void write_stores(const View& view, const ProfileReport& part);
/// What is documented, vendor by vendor and site by site.
void write_cards(const View& view, const Findings& findings);
/// What is undocumented, drifting, possible, ambiguous, unknown and left over in one profile.
void write_sections(const View& view, const Findings& findings);
/// How many items the report lists of how many that were read.
void write_matches(const View& view);
/// Two items stand beside each other where they differ.
void write_details(const View& view, const Findings& findings);
/// What is documented and not there.
void write_absent(const View& view);
/// What the search for profiles noticed.
void write_notes(const View& view);

}  // namespace crumbs

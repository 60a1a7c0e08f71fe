#pragma once

/// The parts of the text format, in the order they are written.

#include <span>
#include <string>
#include <vector>

#include "crumbs/render.h"
#include "crumbs/report.h"
#include "render/cards.h"
#include "render/page.h"

namespace crumbs {

/// What every part needs. All of it outlives the rendering.
struct View {
  const Report& report;
  const RenderOptions& options;
  Page& page;

  /// Wide enough for what an item is and may be beside what it contains.
  [[nodiscard]] bool wide() const { return page.width() >= 120; }
};

/// Findings that say the same of the same name in several places: shown once, places listed.
struct ItemGroup {
  const Finding* first = nullptr;
  std::vector<std::string> places;
};
/// Keeps the order in which the groups first occur. `where` words the place of one.
[[nodiscard]] std::vector<ItemGroup> group_items(const View& view, const Findings& findings,
                                                 std::string (*where)(const Finding&));
/// "cookie on .example.com", "local storage of 2 origins: …".
[[nodiscard]] std::string places_of(const ItemGroup& group);

void write_head(const View& view);
void write_profile(const View& view, const ProfileReport& part);
/// What is documented, vendor by vendor and site by site.
void write_cards(const View& view, const Findings& findings);
/// What is undocumented, drifting, possible, ambiguous, unknown and left over in one profile.
void write_sections(const View& view, const Findings& findings,
                    const std::vector<StoreResult>& stores);
void write_details(const View& view, const Findings& findings);
/// What is documented and not there.
void write_absent(const View& view);
void write_closing(const View& view);

}  // namespace crumbs

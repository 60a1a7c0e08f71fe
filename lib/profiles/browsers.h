#pragma once

/// The known browsers and where each keeps its root, on every system (browsers.def).

#include <array>
#include <cstddef>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "crumbs/audit.h"
#include "crumbs/types.h"

namespace crumbs {

/// One way a browser is laid out; Browser::places has one column for each.
struct Layout {
  std::string_view system;     ///< as Profile::system
  std::string_view packaging;  ///< as Profile::packaging
};
inline constexpr std::array<Layout, 5> kLayouts{{{"linux", "native"},
                                                 {"macos", "native"},
                                                 {"windows", "native"},
                                                 {"linux", "snap"},
                                                 {"linux", "flatpak"}}};

/// One line of browsers.def.
struct Browser {
  std::string_view id;
  Engine engine;
  std::string_view name;
  std::array<std::string_view, kLayouts.size()> places;
};

/// All browsers, in the order of browsers.def.
[[nodiscard]] std::span<const Browser> browsers();
/// nullptr: no browser has this id.
[[nodiscard]] const Browser* find_browser(std::string_view id);

/// A place where a browser's root may be, and what is known by looking there.
struct BrowserPlace {
  const Browser* browser = nullptr;  ///< nullptr: none is known
  std::string system, packaging;     ///< empty where unknown
  std::filesystem::path path;
};

/// Every place of every browser below `home`, existing or not. `environment` (XDG_CONFIG_HOME,
/// CHROME_CONFIG_HOME; may be empty) adds to {config}, it does not replace `.config`.
[[nodiscard]] std::vector<BrowserPlace> places_below(
    const std::filesystem::path& home, const std::map<std::string, std::string>& environment);

/// Whose root the absolute path `root` is, told by its last components: all that a layout says
/// (".config/google-chrome") give browser, system and packaging; those after the variable
/// ("google-chrome") give the browser alone. The longest match wins.
[[nodiscard]] BrowserPlace identify_root(const std::filesystem::path& root, Engine engine);

}  // namespace crumbs

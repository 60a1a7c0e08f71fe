#include "profiles/browsers.h"

#include <algorithm>
#include <iterator>

namespace crumbs {
namespace fs = std::filesystem;
namespace {

constexpr Browser kBrowsers[] = {
#define CRUMBS_BROWSER(id, engine, name, linux_places, macos, windows, snap, flatpak) \
  {id, Engine::engine, name, {linux_places, macos, windows, snap, flatpak}},
#include "profiles/browsers.def"
#undef CRUMBS_BROWSER
};

struct Variable {
  std::string_view name, below_home;
};
constexpr Variable kVariables[] = {
    {"{home}/", ""},
    {"{config}/", ".config"},
    {"{support}/", "Library/Application Support"},
    {"{local}/", "AppData/Local"},
    {"{roaming}/", "AppData/Roaming"},
    {"{app}/", ".var/app"},
};

struct Place {
  const Variable* variable;
  std::string_view tail;
};

std::vector<Place> parse_places(std::string_view places) {
  std::vector<Place> parsed;
  while (!places.empty()) {
    const std::string_view place = places.substr(0, places.find('|'));
    places.remove_prefix(std::min(places.size(), place.size() + 1));
    const auto* variable = std::ranges::find_if(
        kVariables, [&](const Variable& known) { return place.starts_with(known.name); });
    parsed.push_back({variable, place.substr(variable->name.size())});
  }
  return parsed;
}

/// The directories a variable stands for. A relative value in the environment is no directory.
std::vector<fs::path> values_of(const Variable& variable, const Browser& browser,
                                const fs::path& home,
                                const std::map<std::string, std::string>& environment) {
  std::vector<fs::path> values{home / variable.below_home};
  if (variable.name != "{config}/") return values;
  for (const char* name : {"XDG_CONFIG_HOME", "CHROME_CONFIG_HOME"}) {
    if (browser.engine == Engine::firefox && std::string_view(name).starts_with("CHROME")) continue;
    const auto set = environment.find(name);
    if (set == environment.end() || !fs::path(set->second).is_absolute()) continue;
    fs::path value = fs::path(set->second).lexically_normal();
    if (std::ranges::find(values, value) == values.end()) values.push_back(std::move(value));
  }
  return values;
}

/// How many components `tail` has if `path` ends with all of them, else 0.
std::ptrdiff_t common_end(const fs::path& path, const fs::path& tail) {
  const auto length = std::distance(tail.begin(), tail.end());
  if (std::distance(path.begin(), path.end()) < length) return 0;
  return std::equal(tail.begin(), tail.end(), std::prev(path.end(), length)) ? length : 0;
}

/// Calls `visit` for every place of every browser.
template <class Visit>
void for_each_place(const Visit& visit) {
  for (const Browser& browser : kBrowsers) {
    for (std::size_t i = 0; i < kLayouts.size(); ++i) {
      for (const Place& place : parse_places(browser.places[i])) visit(browser, kLayouts[i], place);
    }
  }
}

}  // namespace

std::span<const Browser> browsers() {
  return kBrowsers;
}

const Browser* find_browser(std::string_view id) {
  const auto* found = std::ranges::find(kBrowsers, id, &Browser::id);
  return found == std::end(kBrowsers) ? nullptr : found;
}

std::vector<BrowserPlace> places_below(const fs::path& home,
                                       const std::map<std::string, std::string>& environment) {
  std::vector<BrowserPlace> places;
  for_each_place([&](const Browser& browser, const Layout& layout, const Place& place) {
    for (const fs::path& value : values_of(*place.variable, browser, home, environment)) {
      places.push_back({&browser, std::string(layout.system), std::string(layout.packaging),
                        (value / place.tail).lexically_normal()});
    }
  });
  return places;
}

BrowserPlace identify_root(const fs::path& root, Engine engine) {
  BrowserPlace best{.path = root};
  std::ptrdiff_t best_length = 0;
  for_each_place([&](const Browser& browser, const Layout& layout, const Place& place) {
    if (browser.engine != engine) return;
    const fs::path full = (fs::path(place.variable->below_home) / place.tail).lexically_normal();
    const std::ptrdiff_t whole = common_end(root, full);
    const std::ptrdiff_t length = whole != 0 ? whole : common_end(root, place.tail);
    if (length <= best_length) return;
    best_length = length;
    best.browser = &browser;
    best.system = whole != 0 ? layout.system : "";
    best.packaging = whole != 0 ? layout.packaging : "";
  });
  return best;
}

}  // namespace crumbs

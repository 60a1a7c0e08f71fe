#include "stores/shared/firefox_marks.h"

#include <fmt/format.h>

#include <cstdint>
#include <string_view>

#include "ascii.h"
#include "crumbs/error.h"
#include "formats/ini.h"
#include "system/io.h"

namespace crumbs {
namespace {

constexpr std::uint64_t kLargestPrefs = 16U << 20U;
constexpr std::uint64_t kLargestIni = 64U << 10U;
constexpr std::string_view kNextGeneration = "dom.storage.next_gen";
constexpr std::string_view kLegacy = "dom.storage.enable_unsupported_legacy_implementation";
constexpr int kFirst = 68;     ///< the first version that can have a database for each origin
constexpr int kSettled = 115;  ///< the first long-lived one whose default is known to be that

/// Empty where there is no such file. Throws Error where it cannot be read.
std::string text_of(const std::filesystem::path& profile, std::string_view file,
                    std::uint64_t limit) {
  return read_below(profile, file, limit).value_or(std::string());
}

std::optional<int> major_version(const std::filesystem::path& profile) {
  for (const IniSection& section : parse_ini(text_of(profile, "compatibility.ini", kLargestIni))) {
    const std::string_view version = section.get("LastVersion");
    if (!version.empty()) return parse_number<int>(version.substr(0, version.find('.')));
  }
  return std::nullopt;
}

/// The last line of the form `user_pref("NAME", true);` counts.
std::optional<bool> preference(std::string_view prefs, std::string_view name) {
  const std::string start = fmt::format("user_pref(\"{}\",", name);
  std::optional<bool> value;
  for (std::size_t at = prefs.find(start); at != std::string_view::npos;
       at = prefs.find(start, at + 1)) {
    if (at != 0 && prefs[at - 1] != '\n') continue;
    std::string_view rest = prefs.substr(at + start.size());
    rest.remove_prefix(std::min(rest.find_first_not_of(' '), rest.size()));
    if (rest.starts_with("true)")) value = true;
    if (rest.starts_with("false)")) value = false;
  }
  return value;
}

}  // namespace

FirefoxStorageMark firefox_storage_mark(const std::filesystem::path& profile) try {
  const std::string prefs = text_of(profile, "prefs.js", kLargestPrefs);
  const auto version = major_version(profile);
  if (preference(prefs, kLegacy).value_or(false))
    return {false, fmt::format("prefs.js switches {} on", kLegacy)};
  if (version && *version < kFirst)
    return {false, fmt::format("Firefox {} has nothing else", *version)};
  const auto next_generation = preference(prefs, kNextGeneration);
  if (next_generation && version.value_or(0) < kSettled)
    return {next_generation, fmt::format("prefs.js switches {} {}", kNextGeneration,
                                         *next_generation ? "on" : "off")};
  if (!version) return {std::nullopt, "compatibility.ini does not tell the version of Firefox"};
  if (*version >= kSettled) return {true, fmt::format("Firefox {} does so by default", *version)};
  return {std::nullopt,
          fmt::format("prefs.js does not tell what Firefox {} was told to use", *version)};
} catch (const Error& error) {  // a link, a device, no permission: it may say anything
  return {std::nullopt, error.what()};
}

}  // namespace crumbs

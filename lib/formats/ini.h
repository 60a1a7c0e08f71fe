#pragma once

/// Mozilla's .ini files (profiles.ini, installs.ini, compatibility.ini).
///
/// Grammar as in mozilla xpcom/ds/nsINIParserWin/nsINIParser: one `key=value` a line, sections in
/// square brackets, comments from `#` or `;` at the start of a line, no escapes, the last of equal
/// keys counts. Lines after a section header that is not closed belong to nothing.

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace crumbs {

struct IniSection {
  std::string name;
  std::map<std::string, std::string, std::less<>> values;
  /// Empty where there is no such key.
  [[nodiscard]] std::string_view get(std::string_view key) const;
};

/// The sections in the order of the file. Never fails: what is no such line is passed over. Cost
/// and memory are linear in the text.
[[nodiscard]] std::vector<IniSection> parse_ini(std::string_view text);

}  // namespace crumbs

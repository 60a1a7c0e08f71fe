#pragma once

/// The commands of crumbs-cookbook(7), from the page itself, and what they are run over.

#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "support/support.h"

namespace crumbs::test {

/// A display of the page. One with a prompt is for the shell, any other for DuckDB.
struct Recipe {
  std::string section;  ///< heading above it
  std::string text;     ///< as it stands in the page
  [[nodiscard]] bool is_for_shell() const { return text.starts_with("$ "); }
};

/// All displays of the page, in its order.
[[nodiscard]] std::vector<Recipe> cookbook();
/// The texts of those below one heading.
[[nodiscard]] std::vector<std::string> cookbook(std::string_view section);

/// Runs the commands of a display in the directory, with the built program on PATH, until one of
/// them fails.
ProcessResult run_recipe(const std::string& text, const std::filesystem::path& directory,
                         std::map<std::string, std::string> environment = {});

/// What the page says is there: ./profile, visitor.txt, ./pc1 and ./pc2, which know that visitor,
/// and ./pc3, which knows another.
void lay_out_cookbook(const std::filesystem::path& directory);

/// A Firefox profile with cookies from SQL: "(name, value, host, creationTime, expiry), ...", the
/// times in microseconds and milliseconds.
void make_firefox_profile(const std::filesystem::path& profile, const std::string& rows);

}  // namespace crumbs::test

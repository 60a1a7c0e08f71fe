#pragma once

/// Checks by real parsers that are not ours: the programs of tests/check, run by Debian's Python.

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json.hpp>

namespace crumbs::test {

/// What a program of tests/check prints. Throws where it fails.
[[nodiscard]] std::string checked_by(std::string_view program,
                                     const std::vector<std::string>& arguments);

/// The lines of tests/check/schema.py, one for each file; `schema` is a path in the source tree.
[[nodiscard]] std::vector<std::string> validated(std::string_view schema,
                                                 const std::vector<std::filesystem::path>& files);

/// A document with one thing wrong in it.
struct Damaged {
  std::string what;  ///< "/findings/0/kind removed"
  nlohmann::json document;
};

/// The document as it is ("undamaged"), then every way to damage it in one place: a member removed,
/// a member added, a value of another type. `optional`: members whose removal is no damage, as
/// "owner/name"; `maps`: names of objects that take any member. Of an array only the first two
/// elements are left.
[[nodiscard]] std::vector<Damaged> damaged(const nlohmann::json& document,
                                           const std::vector<std::string>& optional,
                                           const std::vector<std::string>& maps);

/// Those of the damaged documents that the validator takes for valid.
[[nodiscard]] std::vector<std::string> accepted(std::string_view schema,
                                                const std::vector<Damaged>& documents);

}  // namespace crumbs::test

#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <regex>
#include <sstream>
#include <string>
#include <vector>

#include "support/support.h"

namespace crumbs {
namespace {
namespace fs = std::filesystem;

/// A room of the house and the rooms and headers that its files may look into beside their own:
/// paths from the root, a room with its slash. What it looks into stands above it.
struct Room {
  const char* path;
  const char* looks_into;
};

/// What every room may look into: the words of the field, errors, text for people.
constexpr const char* kCommon =
    "lib/include/crumbs/types.h lib/include/crumbs/profile.h lib/include/crumbs/error.h "
    "lib/include/crumbs/printable.h "
    "lib/include/crumbs/glob.h "
    "lib/ascii.h lib/context.h lib/diagnostics.h lib/field_key.h lib/form_name.h lib/lifetime.h "
    "lib/rights.h ";
constexpr Room kRooms[] = {
    {"lib/include/", ""},
    {"lib/", "lib/include/"},
    {"lib/system/", ""},
    {"lib/json/", "lib/enum_names.h lib/include/crumbs/catalog.h"},
    {"lib/decode/", "lib/item.h lib/json/ lib/include/crumbs/catalog.h lib/include/crumbs/keys.h"},
    {"lib/formats/", "lib/decode/ lib/system/"},
    {"lib/snapshot/", "lib/system/ lib/formats/ lib/include/crumbs/limits.h"},
    {"lib/stores/",
     "lib/item.h lib/system/ lib/json/ lib/decode/ lib/formats/ lib/snapshot/ "
     "lib/include/crumbs/limits.h"},
    {"lib/catalog/", "lib/system/ lib/json/ lib/include/"},
    {"lib/profiles/",
     "lib/system/ lib/formats/ini.h lib/formats/sqlite/sqlite.h lib/snapshot/snapshot.h "
     "lib/stores/ lib/include/crumbs/audit.h lib/include/crumbs/limits.h"},
    {"lib/audit/", "lib/enum_names.h lib/item.h lib/system/ lib/decode/ lib/stores/ lib/include/"},
    {"lib/diff/", "lib/entry_index.h lib/enum_names.h lib/system/ lib/audit/ lib/include/"},
    {"lib/render/",
     "lib/entry_index.h lib/enum_names.h lib/json/ lib/printable.h lib/system/sha256.h "
     "lib/decode/text.h "
     "lib/decode/json_text.h lib/include/"},
    {"lib/access/", "lib/entry_index.h lib/printable.h lib/json/ lib/render/ lib/include/"},
    {"lib/bundle/",
     "lib/system/ lib/decode/ lib/formats/ lib/catalog/ lib/render/ lib/access/ lib/include/"},
    {"cli/", "lib/include/"},
};

std::vector<fs::path> sources_below(const std::string& folder) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::recursive_directory_iterator(test::source_dir() / folder)) {
    const std::string extension = entry.path().extension();
    if (extension == ".h" || extension == ".cc" || extension == ".def")
      files.push_back(entry.path());
  }
  std::ranges::sort(files);
  return files;
}

struct Includes {
  std::vector<std::string> quoted, angled;
};

Includes includes_of(const fs::path& file) {
  static const std::regex pattern(R"(^\s*#\s*include\s*(["<])([^">]+)[">])");
  Includes includes;
  std::istringstream text(test::read_file(file));
  for (std::string line; std::getline(text, line);) {
    std::smatch match;
    if (!std::regex_search(line, match, pattern)) continue;
    (match[1] == "\"" ? includes.quoted : includes.angled).push_back(match[2]);
  }
  return includes;
}

/// Where a quoted include of `file` is, relative to the root; empty where there is no such file.
std::string resolve(const fs::path& file, const std::string& include) {
  for (const fs::path& base :
       {file.parent_path(), test::source_dir() / "lib", test::source_dir() / "lib/include"}) {
    const fs::path path = (base / include).lexically_normal();
    if (fs::exists(path)) return path.lexically_relative(test::source_dir()).string();
  }
  return {};
}

const Room& room_of(const std::string& path) {
  const Room* best = nullptr;
  for (const Room& room : kRooms) {
    const bool holds = path.starts_with(room.path);
    if (holds && (best == nullptr || std::string_view(room.path).starts_with(best->path)))
      best = &room;
  }
  REQUIRE_MESSAGE(best != nullptr, path);
  return *best;
}

bool may_look_into(const Room& room, const std::string& path) {
  if (&room_of(path) == &room) return true;
  std::istringstream places(std::string(kCommon) + room.looks_into);
  for (std::string place; places >> place;) {
    if (path.starts_with(place)) return true;
  }
  return false;
}

TEST_CASE("every room looks only into rooms before it") {
  for (const char* top : {"lib", "cli"}) {
    for (const fs::path& file : sources_below(top)) {
      const std::string path = file.lexically_relative(test::source_dir()).string();
      const Room& room = room_of(path);
      for (const std::string& include : includes_of(file).quoted) {
        const std::string target = resolve(file, include);
        INFO(path, " includes ", include);
        REQUIRE(!target.empty());
        CHECK(may_look_into(room, target));
        CHECK(&room_of(target) <= &room);
      }
    }
  }
}

TEST_CASE("one header of each room says what the room is for") {
  for (const Room& room : kRooms) {
    const std::string path(room.path);
    if (path == "lib/" || path == "lib/include/" || path == "cli/") continue;
    CAPTURE(path);
    const std::string mark = "#pragma once\n\n// " + path.substr(0, path.size() - 1) + ": ";
    const auto headers = sources_below(path);
    CHECK(std::ranges::count_if(headers, [&](const fs::path& file) {
            return test::read_file(file).starts_with(mark);
          }) == 1);
  }
}

TEST_CASE("public headers need the standard library only") {
  static const std::regex standard("[a-z_]+");
  for (const fs::path& file : sources_below("lib/include")) {
    for (const std::string& include : includes_of(file).angled) {
      INFO(file.string(), " includes ", include);
      CHECK(std::regex_match(include, standard));
    }
  }
}

}  // namespace
}  // namespace crumbs

// Nothing that is there is left out of its registry, and nothing that is in one lacks what it needs
// elsewhere. What a reader looks for, man_test.cc and readme_test.cc ask for.
#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <regex>
#include <set>
#include <string>

#include "stores/shared/other_places.h"
#include "stores/store.h"
#include "support/support.h"

namespace crumbs {
namespace {
namespace fs = std::filesystem;
using Words = std::set<std::string>;

const Words kStores{
#define CRUMBS_STORE(name) #name,
#include "../lib/stores/stores.def"
#undef CRUMBS_STORE
};
const Words kFormats{
#define CRUMBS_FORMAT(name) #name,
#include "../lib/render/formats.def"
#undef CRUMBS_FORMAT
};
const Words kCommands{
#define CRUMBS_COMMAND(name) #name,
#include "../cli/commands.def"
#undef CRUMBS_COMMAND
};

/// The sources of a room, called NAME, that have `pattern` with NAME in place of "%".
Words sources_with(const char* room, const std::string& pattern) {
  Words names;
  for (const auto& entry : fs::directory_iterator(test::source_dir() / room)) {
    if (entry.path().extension() != ".cc") continue;
    const std::string name = entry.path().stem();
    const std::regex regex(std::regex_replace(pattern, std::regex("%"), name));
    if (std::regex_search(test::read_file(entry.path()), regex)) names.insert(name);
  }
  return names;
}

void check_registered(const Words& sources, const Words& registry, const char* file) {
  for (const std::string& name : sources)
    CHECK_MESSAGE(registry.contains(name), name, ".cc is there: add a line to ", std::string(file));
  CHECK((sources == registry));
}

TEST_CASE("every store, format and subcommand is in its registry") {
  check_registered(sources_with("lib/stores", "const StoreDriver %\\b"), kStores,
                   "lib/stores/stores.def");
  check_registered(sources_with("lib/render", "const RenderFormat %_format\\b"), kFormats,
                   "lib/render/formats.def");
  check_registered(sources_with("cli", "void add_%\\(CLI::App"), kCommands, "cli/commands.def");
}

TEST_CASE("a file of lib/stores is a store") {
  Words files = sources_with("lib/stores", "");
  CHECK(files.erase("registry") == 1);
  for (const std::string& name : files)
    CHECK_MESSAGE(kStores.contains(name), "lib/stores/", name, ".cc: no `const StoreDriver ", name,
                  "` of stores.def; what stores share is in lib/stores/shared");
}

TEST_CASE("every store is damaged by a test") {
  std::string texts;
  for (const auto& entry : fs::directory_iterator(test::source_dir() / "tests/stores")) {
    const std::string name = entry.path().filename();
    if (name.starts_with("damage_") && name.ends_with("_test.cc"))
      texts += test::read_file(entry.path());
  }
  for (const StoreDriver* driver : store_drivers()) {
    const bool is_damaged = texts.find("\"" + std::string(driver->id) + "\"") != std::string::npos;
    CHECK_MESSAGE(is_damaged, driver->id, ": add its forms to tests/stores/damage_*_test.cc");
  }
}

TEST_CASE("what is read is not among the places that are named and not read") {
  for (const StoreDriver* driver : store_drivers()) {
    const test::TempDir directory;
    Words read;
    for (const std::string_view file : driver->names.profile_files) {
      test::write_file(directory.path() / file, "");
      read.emplace(file);
    }
    for (const std::string_view place : driver->names.profile_directories) {
      fs::create_directories(directory.path() / place);
      read.emplace(place);
    }
    Profile profile;
    profile.engine = driver->engine;
    profile.path = directory.path();
    for (const OtherPlace& place : other_places(profile))
      CHECK_MESSAGE(!read.contains(place.path), place.path,
                    ": a store now, take it out of lib/stores/shared/other_places.cc");
  }
}

}  // namespace
}  // namespace crumbs

/// The same bytes give the same report, whatever the times of the files are.

#include <chrono>

#include "support/twin_profiles.h"

namespace crumbs {

using namespace test;

namespace {

/// The report of a copy whose files have times `hours` apart, in the order of their names. Both
/// copies lie in the same place.
std::string report_of_copy(const fs::path& source, int hours) {
  static const TempDir copy;
  const fs::path profile = copy.path() / source.filename();
  fs::remove_all(profile);
  fs::copy(source, profile, fs::copy_options::recursive);
  std::vector<fs::path> files;
  for (const auto& entry : fs::recursive_directory_iterator(profile)) {
    if (entry.is_regular_file()) files.push_back(entry.path());
  }
  std::ranges::sort(files);
  auto time = fs::file_time_type::clock::now();
  for (const fs::path& file : files) fs::last_write_time(file, time += std::chrono::hours(hours));
  return to_json(audit_twins(profile));
}

}  // namespace

TEST_CASE("the same bytes give the same report whatever the file times say") {
  for (const char* name :
       {"chromium-64", "chromium-85", "chromium-109", "chromium-156-leveldb", "chromium-156-sqlite",
        "chromium-156-sqlite-live", "firefox-153", "firefox-153-live"}) {
    CAPTURE(name);
    const fs::path place = fixture(fmt::format("profiles/{}", name));
    CHECK(report_of_copy(place, 1) == report_of_copy(place, -1));
  }
  const Jars jars(cookies(24, "a", kLate), cookies(24, "b", kEarly));
  write_leveldb(jars.profile, kEarly);
  build_database(jars.profile / "LocalStorage", storage(kLate));
  CHECK(report_of_copy(jars.profile, 1) == report_of_copy(jars.profile, -1));
  const FirefoxStorages storages("78.15.0", "");
  write_file(storages.directory.path() / "sessionstore.js", session("a"));
  write_file(storages.directory.path() / "sessionstore-backups/previous.js", session("b"));
  CHECK(report_of_copy(storages.directory.path(), 1) ==
        report_of_copy(storages.directory.path(), -1));
}

}  // namespace crumbs

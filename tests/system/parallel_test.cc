// Labels: threads
#include "system/parallel.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "crumbs/audit.h"
#include "crumbs/render.h"
#include "support/support.h"

namespace crumbs {
namespace {
namespace fs = std::filesystem;

std::vector<Profile> all_fixture_profiles() {
  std::vector<fs::path> places;
  for (const auto& entry : fs::directory_iterator(test::fixture("profiles")))
    if (entry.is_directory()) places.push_back(entry.path());
  std::ranges::sort(places);
  std::vector<Profile> profiles;
  for (const fs::path& place : places) {
    for (Profile& profile : resolve_profile(place.string(), {}).profiles)
      profiles.push_back(std::move(profile));
  }
  return profiles;
}

std::string audit_with(unsigned jobs, const std::vector<Catalog>& catalogs) {
  AuditOptions options;
  options.jobs = jobs;
  options.all = true;
  options.residue = true;
  options.values = ValuesMode::full;
  options.now = Time{1'795'392'000'000'000};
  return to_json(audit({all_fixture_profiles(), {}, {}}, catalogs, options));
}

TEST_CASE("every index is visited once, for any number of threads") {
  for (const unsigned jobs : {0U, 1U, 2U, 7U, 64U}) {
    for (const std::size_t count : {0U, 1U, 2U, 1000U}) {
      std::vector<int> visits(count);
      for_each_index(count, jobs, [&visits](std::size_t i) { ++visits[i]; });
      CHECK(std::ranges::count(visits, 1) == static_cast<std::ptrdiff_t>(count));
    }
  }
}

TEST_CASE("a report is the same to the byte for any number of threads") {
  const std::vector<Catalog> catalogs = load_catalogs(test::source_dir() / "catalog");
  const std::string alone = audit_with(1, catalogs);
  CHECK(alone.size() > 100'000);
  for (const unsigned jobs : {2U, 3U, 16U}) CHECK(audit_with(jobs, catalogs) == alone);
}

}  // namespace
}  // namespace crumbs

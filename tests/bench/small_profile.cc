/// A real profile of 40 cookies: what starting, finding and printing cost.

#include "bench.h"

namespace crumbs::bench {
namespace fs = std::filesystem;

std::vector<Row> small_profile(const Run& run) {
  const fs::path profile = run.work / "profile";
  fs::copy(source("fixtures/profiles/chromium-156-leveldb"), profile,
           fs::copy_options::recursive | fs::copy_options::copy_symlinks);
  const std::vector<std::string> count{"sqlite3", (profile / "Default/Cookies").string(),
                                       "select count(*) from cookies"};
  const Pair text =
      compare({crumbs_program(), "audit", profile.string()}, count, run.times(101), run.work);
  const Pair json = compare({crumbs_program(), "audit", "--format", "json", profile.string()},
                            count, run.times(101), run.work);
  return {
      {"audit of a small real profile / sqlite3 counting its cookies",
       text.ours.seconds / text.theirs.seconds, "x", 3},
      {"the same as JSON", json.ours.seconds / json.theirs.seconds, "x", 3},
      {"(sqlite3 counting)", text.theirs.seconds * 1000, "ms"},
  };
}

}  // namespace crumbs::bench

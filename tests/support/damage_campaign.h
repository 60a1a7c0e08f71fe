#pragma once

/// Damages the files of a store in many ways, one at a time, and reads it after each.
///
/// A tenth of the cases is run; all of them with CRUMBS_DAMAGE=whole in the environment, which also
/// prints what became of them (./dev damage); one alone with CRUMBS_DAMAGE=INDEX.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "crumbs/profile.h"
#include "crumbs/types.h"
#include "support/damage.h"

namespace crumbs::test {

/// One form of one store, undamaged.
struct DamageForm {
  std::string name;  ///< "chromium.cookies with a log"
  std::string_view driver;
  Engine engine = Engine::chromium;
  Files files;  ///< the whole profile
  DamageTargets targets;
  std::size_t items = 0;       ///< that were written, as the reader should count them
  bool checksummed = false;    ///< as Truth
  std::size_t unfinished = 0;  ///< as Truth
  std::string log;             ///< the newest, whose end may be torn; empty: there is none
  std::vector<std::size_t> commits = {};  ///< where they end in it, 0 for none of them
  std::size_t cases = 2000;               ///< of the whole campaign
};

/// All files below a directory.
[[nodiscard]] Files files_of(const std::filesystem::path& root);

/// Where commits end in a write-ahead log of SQLite, and where records end in a log of LevelDB.
[[nodiscard]] std::vector<std::size_t> wal_commits(std::string_view log);
[[nodiscard]] std::vector<std::size_t> log_commits(std::string_view log);

/// Checks the undamaged form and every case that is asked for.
void run_campaign(const DamageForm& form);

}  // namespace crumbs::test

#pragma once

/// Texts that somebody has read and approved.

#include <doctest/doctest.h>

#include <cstdlib>
#include <string>

#include "support/support.h"

namespace crumbs::test {

/// CRUMBS_UPDATE_GOLDEN=1 writes the files anew; read the difference before committing it.
inline void check_golden(const std::string& name, const std::string& text) {
  const auto file = source_dir() / "tests" / "golden" / (name + ".txt");
  if (const char* update = std::getenv("CRUMBS_UPDATE_GOLDEN"); update != nullptr && *update == '1')
    write_file(file, text);
  CAPTURE(name);
  CHECK(read_file(file) == text);
}

}  // namespace crumbs::test

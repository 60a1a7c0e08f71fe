#pragma once

/// The pages of a database that are in no use; what they hold are rows of the past. Facts from
/// https://www.sqlite.org/fileformat2.html, section 1.5.

#include <cstdint>
#include <vector>

#include "formats/sqlite/tree.h"

namespace crumbs::sqlite {

/// Ascending. Empty where the list contradicts itself: then it tells nothing of any page.
[[nodiscard]] std::vector<std::uint32_t> read_freelist(const PageReader& read);

}  // namespace crumbs::sqlite

#pragma once

/// A report as large as one likes.

#include <cstddef>
#include <span>

#include "crumbs/catalog.h"
#include "crumbs/report.h"

namespace crumbs::bench {

/// The documented items of a real profile, again and again on other hosts.
Report large_report(std::span<const Catalog> catalogs, std::size_t findings);

}  // namespace crumbs::bench

#pragma once

/// The page of an access bundle for the person concerned.

#include <iosfwd>
#include <span>

#include "crumbs/bundle.h"
#include "crumbs/catalog.h"
#include "crumbs/report.h"

namespace crumbs {

/// Writes explained.html: in plain sentences what was found, what it says about the person, since
/// when and until when, and what deleting it would cost. One page that loads nothing and runs
/// nothing. Values are shown as far as report.values lets them be, and no further. Of `catalogs`,
/// those that the report was made with, it has what their documents state besides. Depends on the
/// arguments alone; the stream's state tells whether writing worked.
void render_explained(const Report& report, const AccessRequest& request,
                      std::span<const Catalog> catalogs, std::ostream& out);

}  // namespace crumbs

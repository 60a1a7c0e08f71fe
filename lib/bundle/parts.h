#pragma once

/// What a bundle says of itself in words: `data/request.json` and `data/README.txt`.

#include <ostream>
#include <span>
#include <string>
#include <vector>

#include "bundle/raw.h"
#include "crumbs/bundle.h"
#include "crumbs/catalog.h"

namespace crumbs {

/// Everything that goes into a bundle. Holds references.
struct BundleParts {
  const Report& report;
  const AccessRequest& request;
  std::span<const Catalog> catalogs;
  bool with_raw = false;
  std::vector<RawFile> raw = {};           ///< in the order of the report
  std::vector<std::string> problems = {};  ///< copies that are not what was read, a line each
};

/// Why the bundle is not all it should be: what could not be read, then the copies that changed.
[[nodiscard]] std::vector<std::string> reasons_of(const BundleParts& parts);

/// One JSON document, `crumbs-request/1`: request, controller, acquisition, fields, raw copies.
void write_request(const BundleParts& parts, std::ostream& out);
/// Plain text of lines of at most 72 columns where names allow it.
void write_readme(const BundleParts& parts, std::ostream& out);

}  // namespace crumbs

#pragma once

/// The parts of `crumbs catalog` that have files of their own, and what they share.

#include <string>
#include <vector>

#include "crumbs/catalog.h"
#include "crumbs/catalog_view.h"
#include "output_arguments.h"

namespace crumbs::cli {

/// Options of all parts but lint.
struct CatalogArguments : OutputArguments {
  std::vector<std::string> places;  ///< --catalog; empty: the installed catalogs
};

/// Of `coverage`: what is read beside the catalogs.
struct CoverageArguments : CatalogArguments {
  std::vector<std::string> profiles;
  std::string root;
};

/// Each writes what it finds and returns the exit code.
int cover_catalogs(const CoverageArguments& arguments);
int lint_catalogs(const std::vector<std::string>& files, const std::string& format);

/// The catalogs that the options choose. Throws Error(invalid) where they cannot be read,
/// Error(not_found) where there is none.
[[nodiscard]] std::vector<Catalog> catalogs_of(const CatalogArguments& arguments);

}  // namespace crumbs::cli

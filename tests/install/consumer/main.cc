/// What a program outside this repository does: the public headers and the installed package only.

#include <crumbs/audit.h>
#include <crumbs/catalog.h>
#include <crumbs/error.h>
#include <crumbs/render.h>

#include <iostream>

namespace {

bool error_crosses_the_library_boundary() {
  try {
    (void)crumbs::parse_report("{}", "report");
  } catch (const crumbs::Error& error) {
    return error.code() == crumbs::ErrorCode::invalid;
  }
  return false;
}

int audit(const char* path) {
  const auto catalogs = crumbs::load_catalogs(crumbs::default_catalog_dir());
  const auto report = crumbs::audit(crumbs::resolve_profile(path, {}), catalogs, {});
  crumbs::render(report, "text", {}, std::cout);
  return report.complete && report.summary.documented > 0 ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2 || !error_crosses_the_library_boundary()) return 2;
  return audit(argv[1]);
}

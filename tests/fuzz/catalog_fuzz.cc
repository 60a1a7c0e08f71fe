/// Any bytes as a catalog: either a catalog or Error(invalid) comes out; matching names against
/// what was accepted terminates.

#include <cstdint>
#include <cstdlib>
#include <optional>
#include <string_view>

#include "crumbs/catalog.h"
#include "crumbs/error.h"

namespace {

std::optional<crumbs::Catalog> parse(std::string_view json) {
  try {
    return crumbs::Catalog::parse(json, "fuzz.json");
  } catch (const crumbs::Error& error) {
    if (error.code() != crumbs::ErrorCode::invalid) std::abort();
    return std::nullopt;
  }
}

void match_all(const crumbs::Catalog& catalog) {
  const crumbs::Matcher matcher({&catalog, 1});
  for (const crumbs::Entry& entry : catalog.entries()) {
    for (const std::string_view name : {std::string_view(entry.name), std::string_view("_ga")}) {
      const bool may = matcher.may_match(entry.store, name);
      const bool does = !matcher.match(entry.store, "shop.example.com", name).candidates.empty();
      if (does && !may) std::abort();
    }
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto catalog = parse({reinterpret_cast<const char*>(data), size});
  if (catalog) match_all(*catalog);
  return 0;
}

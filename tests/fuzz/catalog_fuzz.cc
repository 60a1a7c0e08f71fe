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

void match_one(const crumbs::Matcher& matcher, crumbs::ItemKind kind, std::string_view name) {
  const bool may = matcher.may_match(kind, name);
  const bool does = !matcher.match(kind, "shop.example.com", name).candidates.empty();
  if (does && !may) std::abort();
}

void match_all(const crumbs::Catalog& catalog) {
  const crumbs::Matcher matcher({&catalog, 1});
  for (const crumbs::Entry& entry : catalog.entries()) {
    match_one(matcher, entry.store, "_ga");
    for (const crumbs::Form& form : entry.forms) match_one(matcher, entry.store, form.name);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto catalog = parse({reinterpret_cast<const char*>(data), size});
  if (catalog) match_all(*catalog);
  return 0;
}

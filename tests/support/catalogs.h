#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "crumbs/catalog.h"

namespace crumbs::test {

/// A small valid catalog "acme" without entries; its variables are `id` ([A-Za-z0-9]{1,8}), `word`
/// ([a-z_]{1,8}) and `wide` ([!-~]{1,16}), its prefix "acme_".
[[nodiscard]] nlohmann::ordered_json empty_catalog();
/// A valid entry "acme/ID" for a cookie on any host; a name with "${" is a template.
[[nodiscard]] nlohmann::ordered_json entry(const std::string& id, const std::string& name);
/// The document's, distinctive form of a name.
[[nodiscard]] nlohmann::ordered_json form(const std::string& name);
/// "cookies of this name, in 3 sites, 2015 to 2020 (public code)".
[[nodiscard]] nlohmann::ordered_json evidence();
/// A form as form(), but only observed.
[[nodiscard]] nlohmann::ordered_json observed_form(const std::string& name);
/// As entry(), of a name that is only observed.
[[nodiscard]] nlohmann::ordered_json observed_entry(const std::string& id, const std::string& name);
/// empty_catalog() with these entries.
[[nodiscard]] nlohmann::ordered_json catalog_with(std::vector<nlohmann::ordered_json> entries);
/// Parses as "acme.json".
[[nodiscard]] Catalog parsed(const nlohmann::ordered_json& json);
/// Each of them.
[[nodiscard]] std::vector<Catalog> all_parsed(const std::vector<nlohmann::ordered_json>& all);
/// What a name is to the catalogs. Checks that may_match() lets through what match() knows.
[[nodiscard]] MatchResult match(const std::vector<Catalog>& catalogs, const std::string& name,
                                const std::string& host = "shop.example.com",
                                ItemKind kind = ItemKind::cookie);
/// The project's own catalog, from the source tree.
[[nodiscard]] Catalog jivochat();

/// How much is in that catalog, counted in its JSON and not by the library.
struct CatalogCounts {
  std::string version;
  std::size_t documented = 0, observed = 0;  ///< entries
  std::size_t publicly_seen = 0;             ///< those that are documented and were seen
  std::size_t cookies = 0, local_storage = 0;
  std::size_t exact_cookies = 0, cookie_templates = 0;  ///< forms of names
  std::size_t statements = 0;
  [[nodiscard]] std::size_t entries() const { return documented + observed; }
};
[[nodiscard]] CatalogCounts jivochat_counts();

}  // namespace crumbs::test

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
/// The project's own catalog, from the source tree.
[[nodiscard]] Catalog jivochat();

}  // namespace crumbs::test

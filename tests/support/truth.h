#pragma once

/// What a browser itself said of its local storage (fixtures/profiles/*.truth.json).

#include <doctest/doctest.h>

#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "decode/site.h"
#include "support/kept_items.h"
#include "support/support.h"

namespace crumbs::test {

/// Every item of every frame; a frame of another site than its top-level page has a partition.
inline std::map<ItemKey, std::string> truth_values(std::string_view profile) {
  std::map<ItemKey, std::string> values;
  const auto truth =
      nlohmann::json::parse(read_file(fixture("profiles/" + std::string(profile) + ".truth.json")));
  for (const auto& area : truth.at("localStorage")) {
    const std::string frame = area.at("frame");
    const std::string top = area.at("top");
    const std::string top_site =
        top.substr(0, top.find("://") + 3) + registrable_domain(host_of_origin(top));
    const bool third =
        registrable_domain(host_of_origin(frame)) != registrable_domain(host_of_origin(top));
    const std::uint32_t container = area.value("container", 0U);
    for (const auto& [name, value] : area.at("items").items())
      values[{frame, third ? top_site : "", container, name}] = value.get<std::string>();
  }
  return values;
}

}  // namespace crumbs::test

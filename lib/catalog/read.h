#pragma once

// lib/catalog: what catalogs say, and which of their entries is meant by a name.

/// From JSON to the content of a catalog (crumbs-catalog(5)). All mistakes are collected: load
/// throws the first, lint lists them all.

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "crumbs/catalog.h"
#include "json/strict.h"

namespace crumbs {

enum class Trust { undefined, informative, reliable, validated, vendor };

template <>
struct EnumNames<Trust> {
  static constexpr NamedValue<Trust> kNames[] = {{Trust::vendor, "vendor"},
                                                 {Trust::validated, "validated"},
                                                 {Trust::reliable, "reliable"},
                                                 {Trust::informative, "informative"},
                                                 {Trust::undefined, "undefined"}};
};

struct CatalogContent {
  std::string id, version, title, license;
  Trust trust = Trust::undefined;
  CatalogDocument document;
  std::vector<Entry> entries;
  std::vector<Variable> variables;
  std::vector<Statement> statements;
  std::vector<std::string> prefixes, shapes;
  std::vector<LookAlike> look_alikes;
  std::vector<std::string> vendor_hosts;
  Judgement vendor_hosts_basis;
};

struct CatalogReading {
  CatalogContent content;   ///< valid where there are no problems
  Problems problems;        ///< in the order in which they were met
  std::vector<bool> sound;  ///< for each entry, whether it was read without a problem
};

/// Bounded: sizes, nesting, counts. Never throws for what the text holds.
[[nodiscard]] CatalogReading read_catalog(std::string_view json);

/// The bytes of a catalog file. Throws Error(not_found | io), also for what is no regular file and
/// for one that is too large.
[[nodiscard]] std::string read_catalog_file(const std::filesystem::path& file);

}  // namespace crumbs

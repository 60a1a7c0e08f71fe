#pragma once

/// Names of which no entry speaks and that are a vendor's all the same, by their shape or their
/// prefix (crumbs-catalog(5)).

#include <array>
#include <set>
#include <string_view>
#include <tuple>
#include <vector>

#include "catalog/beginnings.h"
#include "catalog/pattern.h"
#include "crumbs/catalog.h"

namespace crumbs {

/// Holds references to the catalogs. Immutable after sort(), safe for concurrent use.
class VendorNames {
 public:
  struct Mark {
    const Catalog* catalog = nullptr;  ///< nullptr: nobody's
    bool needs_company = false;        ///< only its prefix tells
    std::string_view shape;            ///< that it has; empty where its prefix tells
    NamePattern::Captured captured;    ///< by that shape
  };

  void add(const Catalog& catalog);
  /// To be called once, when all catalogs are there.
  void sort();

  [[nodiscard]] const Beginnings& beginnings() const noexcept { return beginnings_; }
  /// False is certain. No allocation.
  [[nodiscard]] bool may_know(std::string_view name) const noexcept;
  /// A shape before a prefix; of each, the longest in literal bytes, then the catalog of more
  /// trust, then the one given earlier.
  [[nodiscard]] Mark find(ItemKind kind, std::string_view name) const;

 private:
  struct Prefix {
    std::string_view text;
    const Catalog* catalog;
  };
  struct Shape {
    std::string_view text;
    NamePattern pattern;
    const Catalog* catalog;
  };
  [[nodiscard]] bool looks_alike(const Catalog* catalog, ItemKind kind,
                                 std::string_view name) const;

  Beginnings beginnings_;
  std::array<std::vector<Prefix>, 256> prefixes_;  ///< by first byte
  std::vector<Shape> shapes_;
  std::set<std::tuple<const Catalog*, ItemKind, std::string_view>> look_alikes_;
};

}  // namespace crumbs

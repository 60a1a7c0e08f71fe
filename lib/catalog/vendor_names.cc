#include "catalog/vendor_names.h"

#include <algorithm>

namespace crumbs {

void VendorNames::add(const Catalog& catalog) {
  for (const std::string& prefix : catalog.prefixes()) {
    prefixes_[byte_at(prefix, 0)].push_back({prefix, &catalog});
    beginnings_.add(prefix);
  }
  for (const std::string& shape : catalog.shapes()) {
    TemplateProblem ignored;
    auto pattern = NamePattern::compile(shape, catalog.variables(), ignored);
    if (!pattern) continue;
    for (std::size_t first = 0; first < 256; ++first) beginnings_.add(*pattern, first);
    shapes_.push_back({shape, *std::move(pattern), &catalog});
  }
  for (const LookAlike& other : catalog.look_alikes())
    look_alikes_.emplace(&catalog, other.store, other.name);
}

void VendorNames::sort() {
  const auto by = [](const auto& length) {
    return [&length](const auto& left, const auto& right) {
      return std::tuple(length(left), left.catalog->trust()) >
             std::tuple(length(right), right.catalog->trust());
    };
  };
  const auto bytes = [](const Prefix& prefix) { return prefix.text.size(); };
  const auto literals = [](const Shape& shape) { return shape.pattern.literal_bytes(); };
  for (auto& list : prefixes_) std::ranges::stable_sort(list, by(bytes));
  std::ranges::stable_sort(shapes_, by(literals));
}

bool VendorNames::may_know(std::string_view name) const noexcept {
  if (!beginnings_.contain(name)) return false;
  const auto starts = [name](const Prefix& prefix) { return name.starts_with(prefix.text); };
  const auto fits = [name](const Shape& shape) { return shape.pattern.could_match(name); };
  return std::ranges::any_of(prefixes_[byte_at(name, 0)], starts) ||
         std::ranges::any_of(shapes_, fits);
}

bool VendorNames::looks_alike(const Catalog* catalog, ItemKind kind, std::string_view name) const {
  return look_alikes_.contains(std::tuple(catalog, kind, name));
}

VendorNames::Mark VendorNames::find(ItemKind kind, std::string_view name) const {
  Mark mark;
  for (const Shape& shape : shapes_) {
    if (!shape.pattern.match(name, &mark.captured) || looks_alike(shape.catalog, kind, name))
      continue;
    mark.catalog = shape.catalog;
    mark.shape = shape.text;
    return mark;
  }
  mark.captured.clear();
  for (const Prefix& prefix : prefixes_[byte_at(name, 0)]) {
    if (!name.starts_with(prefix.text) || looks_alike(prefix.catalog, kind, name)) continue;
    mark.catalog = prefix.catalog;
    mark.needs_company = true;
    return mark;
  }
  return mark;
}

}  // namespace crumbs

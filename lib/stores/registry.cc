#include <array>
#include <span>

#include "stores/store.h"

namespace crumbs {

std::span<const StoreDriver* const> store_drivers() {
#define CRUMBS_STORE(name) &(name),
  static constexpr const StoreDriver* kDrivers[] = {
#include "stores/stores.def"
      nullptr};
#undef CRUMBS_STORE
  return std::span(kDrivers).first(std::size(kDrivers) - 1);
}

}  // namespace crumbs

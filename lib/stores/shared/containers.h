#pragma once

/// Names of Firefox containers (containers.json, versions 1 to 6).

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <string_view>

#include "crumbs/types.h"

namespace crumbs {

/// Container names by id. Immutable once made; safe to share.
class ContainerNames {
 public:
  /// Reads containers.json of a profile. A file that is absent, damaged or over 1 MiB gives no
  /// names; it never fails, because names only help people.
  static ContainerNames read(const std::filesystem::path& profile);
  /// As read, from memory.
  static ContainerNames parse(std::string_view json);

  /// The container of an id, its name empty where the file does not know it.
  [[nodiscard]] Container container(std::uint32_t id) const;

 private:
  std::map<std::uint32_t, std::string> names_;
};

}  // namespace crumbs

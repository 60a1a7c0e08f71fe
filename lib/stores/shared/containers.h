#pragma once

/// Names of Firefox containers (containers.json, versions 1 to 6).

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "crumbs/types.h"
#include "stores/store.h"

namespace crumbs {

/// Container names by id. One thread.
class ContainerNames {
 public:
  /// Reads containers.json of a profile. A file that is absent, damaged, a link or over 1 MiB gives
  /// no names; it never fails, because names only help people: report() tells.
  static ContainerNames read(const std::filesystem::path& profile);
  /// As read, from memory.
  static ContainerNames parse(std::string_view json);

  /// The container of an id, its name empty where the file does not know it.
  [[nodiscard]] Container container(std::uint32_t id);
  /// Tells why there are no names, where any were asked for and there is a file that has none.
  void report(StoreSink& sink) const;

 private:
  std::map<std::uint32_t, std::string> names_;
  std::optional<Diagnostic> problem_;
  bool asked_ = false;
};

}  // namespace crumbs

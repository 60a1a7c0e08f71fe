#pragma once

// lib/render: a report as text for people and for programs.

/// How a format is added: one file with a RenderFormat, one line in formats.def.

#include <cstddef>
#include <iosfwd>
#include <span>
#include <string_view>

#include "crumbs/render.h"

namespace crumbs {

/// Constant data; no state. `render` writes the whole report, incomplete stores included, and
/// depends on its arguments alone: no clock, no locale, no time zone.
struct RenderFormat {
  std::string_view id;
  std::string_view summary;  ///< for --help, a few words
  void (*render)(const Report& report, const RenderOptions& options, std::ostream& out) = nullptr;
  /// For programs: lists what the report has. Others list items that no catalog knows only where
  /// they were asked for.
  bool lists_all = false;
};

// Each by its name, so that the definition in its own file can be seen from the registry.
#define CRUMBS_FORMAT(name) extern const RenderFormat name##_format;
#include "render/formats.def"
#undef CRUMBS_FORMAT

/// Where in `known` the format is; throws Error(usage) for one that is not.
[[nodiscard]] std::size_t format_index(std::span<const FormatInfo> known, std::string_view format);

}  // namespace crumbs

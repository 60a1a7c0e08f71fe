#pragma once

/// The files of lib/render/assets as text, compiled in by cmake/Assets.cmake.

#include <string_view>

namespace crumbs::assets {

extern const std::string_view base_css;       ///< colours for light, dark and paper; type; tables
extern const std::string_view report_css;     ///< what the HTML report adds to it
extern const std::string_view explained_css;  ///< what the page for the person concerned adds
extern const std::string_view report_js;      ///< filters and sorts its table

}  // namespace crumbs::assets

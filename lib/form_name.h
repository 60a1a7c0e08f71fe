#pragma once

/// Names and the forms that catalogs have for them.

#include <map>
#include <string>

namespace crumbs {

/// A form of a name with texts for its variables: "jv_${id}" and {"id", "1"} give "jv_1".
[[nodiscard]] std::string fill_form(std::string form,
                                    const std::map<std::string, std::string>& texts);

}  // namespace crumbs

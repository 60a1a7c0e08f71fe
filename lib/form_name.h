#pragma once

/// Names and the forms that catalogs have for them.

#include <map>
#include <string>

#include "crumbs/types.h"

namespace crumbs {

/// A form of a name with texts for its variables: "jv_${id}" and {"id", "1"} give "jv_1".
[[nodiscard]] std::string fill_form(std::string form,
                                    const std::map<std::string, std::string>& texts);

/// The name with variables for what varies in it: the form that it has, or the shape of its
/// vendor's names; empty where no catalog tells.
[[nodiscard]] const std::string& name_template(const Finding& finding) noexcept;

}  // namespace crumbs

#pragma once

/// Reading what an entry says of its value; part of catalog/read.

#include <span>
#include <string>

#include "crumbs/catalog.h"
#include "json/strict.h"

namespace crumbs {

/// The keys of a value but those of its basis; needs the catalog's variables.
[[nodiscard]] ValueSpec read_value_spec(StrictReader& json, const StrictNode& node,
                                        std::span<const Variable> variables);
/// "removes_opt_out"; empty where the node is absent.
[[nodiscard]] std::string read_rights_effect(StrictReader& json, const StrictNode& node);

}  // namespace crumbs

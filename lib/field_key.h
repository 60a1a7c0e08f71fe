#pragma once

/// By what parts of structured values are counted.

#include <string>

#include "crumbs/types.h"

namespace crumbs {

/// The JSON pointer of a part; in a list of objects that of the same part of every object.
[[nodiscard]] std::string field_key(const FindingValue& value, const ValueField& field);

}  // namespace crumbs

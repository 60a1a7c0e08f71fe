#pragma once

/// A value in its own JSON type.

#include "crumbs/types.h"
#include "render/json_writer.h"

namespace crumbs {

/// The member `typed`: a counter as number, a flag as boolean, a time or date in microseconds since
/// 1970, JSON as it is (of repeated keys the last). Null where the value is masked, not readable,
/// of another type or not what its type says.
void write_typed(JsonWriter& json, const FindingValue& value);

}  // namespace crumbs

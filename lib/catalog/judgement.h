#pragma once

/// Whose a statement of a catalog is, and what it rests on; part of catalog/read.

#include "crumbs/catalog.h"
#include "json/strict.h"

namespace crumbs {

/// Reads the keys "basis", "section", "reason" and "observed" that stand in a judgement beside
/// what it says. What its basis asks for must be there.
[[nodiscard]] Judgement read_judgement(StrictReader& json, const StrictNode& node);
[[nodiscard]] Evidence read_evidence(StrictReader& json, const StrictNode& node);
[[nodiscard]] Erratum read_erratum(StrictReader& json, const StrictNode& node);

}  // namespace crumbs

#pragma once

/// What drivers say about a store as a whole.

#include <cstdint>
#include <optional>
#include <string>

#include "crumbs/types.h"
#include "diagnostics.h"
#include "stores/store.h"

namespace crumbs {

/// A diagnostic about the store that is being read.
void announce(StoreSink& sink, const StoreSource& source, DiagnosticCode code, std::string message,
              Diagnostic::Severity severity = Diagnostic::Severity::note);

/// Tells the sink the schema. One that is newer than `newest` is worth a note; one that the store
/// does not state makes the reading incomplete, because the columns alone do not say everything.
void announce_schema(StoreSink& sink, const StoreSource& source,
                     std::optional<std::int64_t> version, std::int64_t newest);

}  // namespace crumbs

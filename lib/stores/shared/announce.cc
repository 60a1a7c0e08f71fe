#include "stores/shared/announce.h"

#include <fmt/format.h>

namespace crumbs {

void announce(StoreSink& sink, const StoreSource& source, DiagnosticCode code, std::string message,
              Diagnostic::Severity severity) {
  sink.diagnostic(make_diagnostic(code, severity, std::move(message), source.display_path));
}

void announce_schema(StoreSink& sink, const StoreSource& source,
                     std::optional<std::int64_t> version, std::int64_t newest) {
  sink.schema(version ? std::to_string(*version) : "unknown");
  if (!version) {
    announce(sink, source, DiagnosticCode::unknown_schema,
             "the file does not say which schema it has; read by its columns",
             Diagnostic::Severity::incomplete);
  } else if (*version > newest) {
    announce(sink, source, DiagnosticCode::newer_schema,
             fmt::format("schema {} is newer than {}, the newest known; read by its columns",
                         *version, newest));
  }
}

}  // namespace crumbs

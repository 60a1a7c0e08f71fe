#include "diagnostics.h"

#include <utility>

namespace crumbs {
namespace {

constexpr DiagnosticMeaning kMeanings[] = {
#define CRUMBS_DIAGNOSTIC(code, meaning) {#code, meaning},
#include "diagnostics.def"
#undef CRUMBS_DIAGNOSTIC
};

}  // namespace

std::span<const DiagnosticMeaning> diagnostic_meanings() {
  return kMeanings;
}

Diagnostic make_diagnostic(DiagnosticCode code, Diagnostic::Severity severity, std::string message,
                           std::string file, DiagnosticPlace place) {
  return {.code = std::string(kMeanings[static_cast<std::size_t>(code)].code),
          .message = std::move(message),
          .file = std::move(file),
          .severity = severity,
          .row = place.row,
          .offset = place.offset};
}

}  // namespace crumbs

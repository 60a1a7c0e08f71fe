#pragma once

/// Diagnostics, and the one table of what they may be about (diagnostics.def).

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "crumbs/types.h"

namespace crumbs {

enum class DiagnosticCode : std::uint8_t {
#define CRUMBS_DIAGNOSTIC(code, meaning) code,
#include "diagnostics.def"
#undef CRUMBS_DIAGNOSTIC
};

struct DiagnosticMeaning {
  std::string_view code, meaning;
};
/// In the order of the enumerators.
[[nodiscard]] std::span<const DiagnosticMeaning> diagnostic_meanings();

/// Where in a file a diagnostic belongs.
struct DiagnosticPlace {
  std::optional<std::int64_t> row;
  std::optional<std::uint64_t> offset;
};

/// `message` is one line for people, `file` as SourceFile::path.
[[nodiscard]] Diagnostic make_diagnostic(DiagnosticCode code, Diagnostic::Severity severity,
                                         std::string message, std::string file,
                                         DiagnosticPlace place = {});

}  // namespace crumbs

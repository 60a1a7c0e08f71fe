#include "stores/shared/row_fields.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "crumbs/error.h"

namespace crumbs {
namespace {

using Severity = Diagnostic::Severity;

constexpr std::string_view kTooLarge = "more bytes than are read";

}  // namespace

RowFields::RowFields(const sqlite::File& file, std::string_view table,
                     std::vector<sqlite::Column> columns, std::string display)
    : columns_(std::move(columns)),
      definitions_(file.definitions_of(table, columns_)),
      display_(std::move(display)) {}

void RowFields::require(const std::vector<std::size_t>& needed) const {
  std::string missing;
  for (const std::size_t column : needed) {
    if (has(column)) continue;
    missing += fmt::format("{}{}", missing.empty() ? "" : ", ", columns_[column].names);
  }
  if (!missing.empty())
    throw Error(ErrorCode::unsupported,
                fmt::format("{}: the table lacks what an item needs: {}", display_, missing));
}

void RowFields::wrong_type(const sqlite::Row& row, std::size_t column, Severity severity) {
  switch (row.type(column)) {
    case sqlite::Row::Type::null:
      return problem(DiagnosticCode::null, column, row, "NULL",
                     definitions_[column].not_null ? Severity::incomplete : Severity::note);
    case sqlite::Row::Type::too_large:
      return problem(DiagnosticCode::too_large, column, row, kTooLarge, Severity::incomplete);
    case sqlite::Row::Type::unreadable:
      return problem(DiagnosticCode::corrupt, column, row, "bytes in a damaged part of the file",
                     Severity::incomplete);
    case sqlite::Row::Type::integer:
    case sqlite::Row::Type::real:
    case sqlite::Row::Type::text:
    case sqlite::Row::Type::blob:
      return problem(DiagnosticCode::wrong_type, column, row, "another type than it should",
                     severity);
  }
}

std::string_view RowFields::text(const sqlite::Row& row, std::size_t column) {
  const sqlite::Row::Type type = row.type(column);
  if (type == sqlite::Row::Type::text || type == sqlite::Row::Type::blob) return row.bytes(column);
  if (has(column)) wrong_type(row, column, Severity::incomplete);
  return {};
}

std::optional<std::int64_t> RowFields::integer(const sqlite::Row& row, std::size_t column) {
  if (!has(column)) return std::nullopt;
  if (row.type(column) == sqlite::Row::Type::integer) return row.integer(column);
  wrong_type(row, column, Severity::note);
  return std::nullopt;
}

std::optional<std::int64_t> RowFields::needed_integer(const sqlite::Row& row, std::size_t column) {
  if (row.type(column) == sqlite::Row::Type::integer) return row.integer(column);
  wrong_type(row, column, Severity::incomplete);
  return std::nullopt;
}

std::optional<bool> RowFields::flag(const sqlite::Row& row, std::size_t column) {
  const auto number = integer(row, column);
  if (!number) return std::nullopt;
  return *number != 0;
}

RawValue RowFields::packed_value(const sqlite::Row& row, std::size_t column) {
  RawValue value;
  value.length = row.size(column);
  const sqlite::Row::Type type = row.type(column);
  if (type == sqlite::Row::Type::text || type == sqlite::Row::Type::blob) {
    value.bytes = row.bytes(column);
    return value;
  }
  if (!has(column)) return value;
  wrong_type(row, column, Severity::incomplete);
  if (type == sqlite::Row::Type::too_large) value.unavailable = Unavailable::too_large;
  if (type == sqlite::Row::Type::unreadable) value.unavailable = Unavailable::unreadable;
  if (type == sqlite::Row::Type::integer || type == sqlite::Row::Type::real ||
      type == sqlite::Row::Type::null)
    value.unavailable = Unavailable::wrong_type;
  return value;
}

RawValue RowFields::value(const sqlite::Row& row, std::size_t column, std::uint64_t budget) {
  RawValue value = packed_value(row, column);
  if (value.unavailable || value.length <= budget) return value;
  problem(DiagnosticCode::too_large, column, row, kTooLarge, Severity::incomplete);
  value.unavailable = Unavailable::too_large;
  value.bytes = {};
  return value;
}

void RowFields::problem(DiagnosticCode code, std::size_t column, const sqlite::Row& row,
                        std::string_view what, Severity severity) {
  for (Problem& known : problems_) {
    if (known.column == column && known.code == code) {
      ++known.rows;
      known.severity = std::max(known.severity, severity);
      return;
    }
  }
  problems_.push_back({code, what, column, severity, row.rowid(), 1});
}

void RowFields::report(StoreSink& sink) const {
  for (const Problem& problem : problems_) {
    sink.diagnostic(
        make_diagnostic(problem.code, problem.severity,
                        fmt::format("column {}: {} {} {}", name(problem.column), problem.rows,
                                    problem.rows == 1 ? "row holds" : "rows hold", problem.what),
                        display_, {.row = problem.first_row, .offset = std::nullopt}));
  }
}

}  // namespace crumbs

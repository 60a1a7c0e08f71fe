#include <algorithm>

#include <fmt/format.h>

#include "crumbs/printable.h"
#include "printable.h"
#include "render/text_parts.h"
#include "render/words.h"

namespace crumbs {
namespace {

Span status_words(StoreStatus status) {
  switch (status) {
    case StoreStatus::read:
      return {"read", Style::good};
    case StoreStatus::absent:
      return {"not there", Style::dim};
    case StoreStatus::partial:
      return {"READ IN PART", Style::bad};
    case StoreStatus::unsupported:
      return {"NOT SUPPORTED", Style::bad};
    case StoreStatus::failed:
      break;
  }
  return {"NOT READ", Style::bad};
}

void write_diagnostic(const View& view, const Diagnostic& diagnostic, const std::string& store) {
  const bool note = diagnostic.severity == Diagnostic::Severity::note;
  Text text{{note ? "note: " : "! ", note ? Style::dim : Style::bad},
            shown(diagnostic.message, note ? Style::dim : Style::warning)};
  std::string where = diagnostic.file == store ? "" : diagnostic.file;
  const auto add = [&](const std::string& part) { where += (where.empty() ? "" : ", ") + part; };
  if (diagnostic.row) add(fmt::format("row {}", *diagnostic.row));
  if (diagnostic.offset) add(fmt::format("byte {}", *diagnostic.offset));
  if (!where.empty()) text.push_back(shown(" (" + where + ")", Style::dim));
  view.page.line(4, text, 2);
}

Text outcome(const StoreResult& store) {
  Text text{{counted(store.items, "item") + ", "}, status_words(store.status)};
  if (!store.schema.empty()) text.push_back(shown(", schema " + store.schema, Style::dim));
  return text;
}

struct Columns {
  std::size_t id = 0, path = 0, outcome = 0;
};

Columns columns_of(const View& view, const std::vector<StoreResult>& stores) {
  Columns columns;
  for (const StoreResult& store : stores) {
    if (store.status == StoreStatus::absent) continue;
    columns.id = std::max(columns.id, display_width(store.id));
    columns.path = std::max(columns.path, display_width(store.path));
    columns.outcome = std::max(columns.outcome, text_width(outcome(store)));
  }
  const std::size_t taken = 2 + columns.id + 2 + 2 + columns.outcome;
  columns.path = std::min(columns.path, view.page.width() - std::min(taken, view.page.width()));
  return columns;
}

/// Columns where there is room for them, else one line that wraps.
void write_outcome(const View& view, const StoreResult& store, const Columns& columns) {
  constexpr std::size_t kNarrowestPath = 15;
  if (columns.path < std::min(kNarrowestPath, display_width(store.path))) {
    Text line{shown(store.id, Style::accent)};
    append(line, {shown(store.path)}, "  ");
    append(line, outcome(store), "  ");
    view.page.line(2, line, 2);
    return;
  }
  const Cell cells[] = {{{shown(store.id, Style::accent)}, columns.id},
                        {{shown(store.path)}, columns.path},
                        {outcome(store), columns.outcome}};
  view.page.row(2, cells);
}

void write_store(const View& view, const StoreResult& store, const Columns& columns) {
  write_outcome(view, store, columns);
  if (!store.note.empty()) view.page.line(4, {shown(store.note, Style::dim)});
  for (const Diagnostic& diagnostic : store.diagnostics)
    write_diagnostic(view, diagnostic, store.path);
}

void write_absent_stores(const View& view, const std::vector<StoreResult>& stores) {
  std::string absent;
  for (const StoreResult& store : stores) {
    if (store.status == StoreStatus::absent) absent += (absent.empty() ? "" : ", ") + store.id;
  }
  if (!absent.empty()) view.page.line(2, {shown("not there: " + absent, Style::dim)}, 2);
}

/// In detail with what each holds.
void write_also_there(const View& view, const std::vector<OtherPlace>& places) {
  if (places.empty()) return;
  std::string text = "also there, not read: ";
  std::string_view separator;
  for (const OtherPlace& place : places) {
    text += fmt::format("{}{}", separator, place.path);
    if (view.options.level == TextLevel::verbose) text += fmt::format(" ({})", place.holds);
    separator = ", ";
  }
  view.page.line(2, {shown(text, Style::dim)}, 2);
}

}  // namespace

void write_stores(const View& view, const ProfileReport& part) {
  const std::vector<StoreResult>& stores = part.stores;
  if (!part.profile.running.evidence.empty())
    view.page.line(2, running_words(part.profile.running), 2);
  const Columns columns = columns_of(view, stores);
  for (const StoreResult& store : stores) {
    if (store.status != StoreStatus::absent) write_store(view, store, columns);
  }
  write_absent_stores(view, stores);
  write_also_there(view, part.also_there);
}

}  // namespace crumbs

// The entries of the catalogs, a line each.
#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

#include "crumbs/printable.h"
#include "render/catalog_view.h"

namespace crumbs {
namespace {

struct Columns {
  std::size_t id = 0, category = 8, personal_data = 8;
  bool beside = true;  ///< the id has a column; else it has a line of its own
};

constexpr std::size_t kGap = 2;

Columns measure(const Catalog& catalog, const Page& page) {
  Columns columns;
  for (const Entry& entry : catalog.entries()) {
    columns.id = std::max(columns.id, display_width(entry.id));
    columns.category = std::max(columns.category, to_string(entry.category).size());
    columns.personal_data = std::max(columns.personal_data, to_string(entry.personal_data).size());
  }
  const std::size_t others =
      columns.category + columns.personal_data + to_string(Verdict::undocumented).size();
  columns.beside = columns.id + others + 3 * kGap <= page.width();
  if (!columns.beside) columns.id = 0;
  return columns;
}

/// `allowed_with_consequence` would fill a third of the line; a mark and a line below say it too.
Span verdict_text(Verdict verdict) {
  switch (verdict) {
    case Verdict::allowed:
      return {"allowed", Style::good};
    case Verdict::allowed_with_consequence:
      return {"allowed *", Style::warning};
    case Verdict::retain:
      return {"retain", Style::bad};
    case Verdict::undocumented:
      break;
  }
  return {std::string(to_string(Verdict::undocumented)), Style::accent};
}

void write_row(Page& page, const Columns& columns, std::array<Text, 4> texts) {
  const std::size_t verdict = text_width(texts[3]);
  if (!columns.beside) page.line(0, std::exchange(texts[0], {}));
  const std::array<Cell, 4> cells{{{std::move(texts[0]), columns.id},
                                   {std::move(texts[1]), columns.category},
                                   {std::move(texts[2]), columns.personal_data},
                                   {std::move(texts[3]), verdict}}};
  page.row(0, cells, kGap);
}

void write_entry(Page& page, const Columns& columns, const Entry& entry) {
  write_row(page, columns,
            {Text{shown(entry.id, Style::accent)}, Text{{std::string(to_string(entry.category))}},
             Text{{std::string(to_string(entry.personal_data))}},
             Text{verdict_text(entry.deletion.verdict)}});
  // The last part of an id is mostly the name itself.
  for (const Form& form : entry.forms) {
    if (!entry.id.ends_with("/" + form.name)) page.line(2, {shown(form.name, Style::dim)});
  }
}

void write_kind(Page& page, const Catalog& catalog, ItemKind kind) {
  const Columns columns = measure(catalog, page);
  bool first = true;
  for (const Entry& entry : catalog.entries()) {
    if (entry.store != kind) continue;
    if (std::exchange(first, false)) {
      page.blank();
      write_row(page, columns,
                {Text{{std::string(to_string(kind)), Style::bold}}, Text{{"category", Style::bold}},
                 Text{{"personal", Style::bold}}, Text{{"deletion", Style::bold}}});
    }
    write_entry(page, columns, entry);
  }
}

std::string count_text(const Catalog& catalog) {
  const auto documented =
      static_cast<std::size_t>(std::ranges::count_if(catalog.entries(), &Entry::documented));
  const std::size_t observed = catalog.entries().size() - documented;
  const CatalogDocument& document = catalog.document();
  std::string text =
      fmt::format("{} {}: {}, from {} ({}{}{})", catalog.id(), catalog.version(),
                  counted(documented, "entry", "entries"), document.title, document.publisher,
                  document.effective_date.empty() ? "" : ", ", document.effective_date);
  if (observed != 0)
    text += fmt::format("; {} only publicly seen", counted(observed, "other", "others"));
  return text;
}

void write_catalog(Page& page, const Catalog& catalog) {
  page.line(0, {shown(count_text(catalog))});
  write_kind(page, catalog, ItemKind::cookie);
  write_kind(page, catalog, ItemKind::local_storage);
  const bool marked = std::ranges::any_of(catalog.entries(), [](const Entry& entry) {
    return entry.deletion.verdict == Verdict::allowed_with_consequence;
  });
  if (!marked) return;
  page.blank();
  page.line(0, {{"* allowed_with_consequence: crumbs catalog show ID says which"}}, 2);
}

}  // namespace

void write_list_text(const std::span<const Catalog>& catalogs, Page& page) {
  bool first = true;
  for (const Catalog& catalog : catalogs) {
    if (!std::exchange(first, false)) page.blank();
    write_catalog(page, catalog);
  }
}

}  // namespace crumbs

#include <algorithm>

#include <fmt/format.h>

#include "access/explained_parts.h"
#include "access/explained_sentences.h"
#include "ascii.h"
#include "render/plain_words.h"
#include "render/words.h"

namespace crumbs {
namespace {

/// "/12/text" -> "12": the element of a list that a part belongs to; empty where it is of none.
std::string_view element_of(const Finding& finding, std::string_view pointer) {
  if (finding.value.type != ValueType::json_array || pointer.size() < 2) return {};
  const std::string_view first = pointer.substr(1, pointer.find('/', 1) - 1);
  const bool digits = std::ranges::all_of(first, is_digit);
  return digits ? first : std::string_view();
}

/// Of losing the part: the entry's field says so, by the pointer.
std::string_view effect_of(const Entry* entry, const ValueField& part) {
  if (entry == nullptr || !part.present) return {};
  const auto& fields = entry->value.fields;
  const auto found = std::ranges::find(fields, part.pointer, &FieldEntry::pointer);
  return found == fields.end() ? std::string_view() : std::string_view(found->effect_on_rights);
}

void write_part(const ExplainedView& view, const ValueField& part, const Entry* entry) {
  HtmlWriter& page = view.page;
  page.tag("<li>").words(part_says(part)).tag(".");
  if (part.present && part.personal_data != PersonalData::none)
    page.tag(" <span class=\"faint\">(").text(short_class(part.personal_data)).tag(")</span>");
  if (!part.erratum.empty())
    page.tag(" <span class=\"warn\">A mistake: ").text(part.erratum).tag(".</span>");
  if (const std::string_view effect = effect_of(entry, part); !effect.empty())
    page.tag(" <span class=\"bad\">").text(plain_effect(effect)).tag("</span>");
  page.tag("</li>\n");
}

}  // namespace

void write_explained_record(const ExplainedView& view, const Finding& finding) {
  if (finding.value.fields.empty()) return;
  HtmlWriter& page = view.page;
  const Entry* entry = view.entries.find(finding.entry);
  page.tag("<ul>\n");
  std::string_view element;
  std::size_t number = 0;
  for (const ValueField& part : finding.value.fields) {
    const std::string_view of = element_of(finding, part.pointer);
    if (of != element) {
      if (!element.empty()) page.tag("</ul></li>\n");
      if (!of.empty()) page.tag("<li>Record ").number(++number).tag(":<ul>\n");
      element = of;
    }
    write_part(view, part, entry);
  }
  if (!element.empty()) page.tag("</ul></li>\n");
  page.tag("</ul>\n");
}

}  // namespace crumbs

#include "access/explained_sentences.h"

#include <fmt/format.h>

#include "context.h"
#include "crumbs/printable.h"
#include "printable.h"
#include "render/plain_words.h"
#include "render/words.h"

namespace crumbs {
namespace {

/// Longer values are cut in the page: the whole ones are in the other files of the bundle.
constexpr std::size_t kColumns = 600;

Text quoted(std::string_view raw, std::uint64_t bytes) {
  const std::string text = printable(raw);
  if (printable_width(text) <= kColumns) return {{text, Style::bold}};
  return {{shorten(text, kColumns), Style::bold},
          {fmt::format(" (cut here; all {} are in items.json)", counted(bytes, "byte"))}};
}

/// "3 records", "14 parts" where the report says how many there are.
Text record(const Finding& finding) {
  const FindingValue& value = finding.value;
  Text text;
  if (value.elements > 0)
    text.push_back(shown(fmt::format(", {}", counted(value.elements, "record"))));
  else if (value.decoded)
    text.push_back(shown(fmt::format(" ({})", *value.decoded)));
  if (!value.fields.empty()) text.push_back(shown("; what it says is listed below"));
  text.push_back({"."});
  return text;
}

Text hidden(const FindingValue& value) {
  const std::string_view what = plain_type(value.type);
  const std::string* text = value.decoded ? &*value.decoded : value.text ? &*value.text : nullptr;
  if (text == nullptr)
    return {{fmt::format("It holds {}, which is not shown here ({}).", what,
                         counted(value.length, "byte"))}};
  Text words{{fmt::format("It holds {}, hidden here: ", what)}};
  append(words, quoted(*text, value.length));
  words.push_back({"."});
  return words;
}

Text moment(const std::string& decoded, const Time& now) {
  const auto time = parse_iso8601(decoded);
  if (!time) return {shown(decoded, Style::bold), {"."}};
  return {{plain_time(*time), Style::bold}, {fmt::format(", {}.", distance(*time, now))}};
}

Text plain_value(const FindingValue& value) {
  if (value.decoded) return quoted(*value.decoded, value.length);
  if (value.bytes) return quoted(*value.bytes, value.length);
  if (value.text) return quoted(*value.text, value.length);
  return {{fmt::format("not shown here ({})", counted(value.length, "byte"))}};
}

/// "(our reading)", "(the document says, section “Chat Widget”)".
std::string claim(const std::optional<Basis>& basis, const std::string& section) {
  std::string text(whose_claim(basis));
  if (!section.empty()) text += fmt::format("{}section “{}”", text.empty() ? "" : ", ", section);
  return text.empty() ? text : fmt::format(" ({})", text);
}

std::string sentence(std::string text) {
  if (!text.empty() && text.back() != '.') text += '.';
  return text;
}

Text content(const Finding& finding, const Time& now) {
  const FindingValue& value = finding.value;
  if (value.decoded == "(empty)" || (value.length == 0 && !value.masked)) return {{"It is empty."}};
  if (is_structured(value.type) && (value.decoded || !value.fields.empty())) {
    Text text{{fmt::format("It holds {}", plain_type(value.type))}};
    append(text, record(finding));
    return text;
  }
  if (value.masked) return hidden(value);
  Text text{{fmt::format("It holds {}: ", plain_type(value.type))}};
  if (is_time(value.type) && value.decoded) {
    append(text, moment(*value.decoded, now));
    return text;
  }
  append(text, plain_value(value));
  text.push_back({"."});
  return text;
}

}  // namespace

Text says(const Finding& finding, const Time& now) {
  const FindingValue& value = finding.value;
  const std::string why(value.reason ? plain_reason(*value.reason) : "");
  if (value.availability == Availability::unavailable)
    return {{why.empty() ? "Its content could not be read." : why}};
  Text text = content(finding, now);
  if (value.availability == Availability::doubtful) text.push_back({" " + why});
  return text;
}

Text stored_as(const Finding& finding) {
  const FindingValue& value = finding.value;
  const bool same = !value.decoded || value.text == value.decoded;
  if (!value.text || value.text->empty() || (same && value.steps.empty())) return {};
  Text text{{"Stored as "}};
  append(text, quoted(*value.text, value.length));
  for (std::size_t i = 0; i < value.steps.size(); ++i)
    text.push_back(shown((i == 0 ? ": " : "; ") + plain_step(value.steps[i])));
  text.push_back({"."});
  return text;
}

Text about_you(const Finding& finding, const Entry* entry) {
  const PersonalData kind = finding.value.personal_data;
  Text text{{std::string(plain_class(kind))}};
  // The entry speaks of its own class; a value that contradicts its type has lost it.
  if (entry == nullptr || entry->personal_data != kind) return text;
  const Judgement& judgement = entry->personal_data_basis;
  if (judgement.basis != Basis::interpretation)
    text.push_back(shown(claim(judgement.basis, judgement.section), Style::dim));
  else
    text.push_back(shown(fmt::format(" (our reading: {})", judgement.reason), Style::dim));
  return text;
}

Text may_delete(const Finding& finding) {
  const Deletion& deletion = finding.deletion;
  const bool keep = deletion.verdict == Verdict::retain;
  Text text;
  if (finding.status == Status::possible) text.push_back({"If it is what it seems: "});
  if (!deletion.holds.empty())
    text.push_back({"Not now. ", Style::bad});
  else if (keep)
    text.push_back({"No, it is to be kept. ", Style::bad});
  else if (deletion.verdict == Verdict::allowed)
    text.push_back({"Yes. ", Style::good});
  else if (deletion.verdict == Verdict::undocumented)
    text.push_back({"Not known: no document says what depends on it. ", Style::warning});
  else
    text.push_back({"Yes, but something is lost. ", Style::warning});
  for (const Hold& hold : deletion.holds)
    text.push_back(shown(
        sentence(fmt::format("{} wants it kept{}{}", hold.owner.empty() ? "Somebody" : hold.owner,
                             hold.until.empty() ? "" : " until " + hold.until,
                             hold.reason.empty() ? "" : ": " + hold.reason)) +
        " "));
  if (!deletion.consequence.empty())
    text.push_back(shown(sentence(deletion.consequence)));
  else if (keep)
    text.push_back(shown(sentence(deletion.reason)));
  if (!deletion.effect_on_rights.empty())
    text.push_back(shown(" " + plain_effect(deletion.effect_on_rights), Style::bad));
  if (deletion.basis) text.push_back(shown(claim(deletion.basis, deletion.section), Style::dim));
  return text;
}

std::string kept_for(const Finding& finding) {
  std::string text;
  if (finding.kind == ItemKind::local_storage) {
    text = "Local storage of " + finding.origin;
  } else if (finding.host.starts_with('.')) {
    text = fmt::format("A cookie of {} and every site below it", finding.host.substr(1));
  } else {
    text = "A cookie of " + finding.host;
  }
  if (finding.kind == ItemKind::cookie && !finding.path.empty() && finding.path != "/")
    text += fmt::format(", for its part {}", finding.path);
  if (finding.partition)
    text += fmt::format(", kept apart for visits to {}", finding.partition->top_level_site);
  if (const std::string context = context_words(finding); !context.empty())
    text.append(", ").append(context);
  return text;
}

Text part_says(const ValueField& field) {
  std::string what = field.description;
  if (what.ends_with('.')) what.pop_back();
  if (what.empty()) what = fmt::format("“{}”", field.pointer.substr(field.pointer.rfind('/') + 1));
  Text text{shown(what)};
  if (!field.documented)
    text.push_back(shown(" (the document does not mention it)", Style::warning));
  if (!field.present) {
    text.push_back({": not there"});
    return text;
  }
  text.push_back({field.masked ? ", hidden here: " : ": "});
  const auto time = is_time(field.type) && !field.masked ? parse_iso8601(field.text) : std::nullopt;
  if (time)
    text.push_back({plain_time(*time), Style::bold});
  else if (field.text.empty())
    text.push_back({fmt::format("not shown here ({})", counted(field.length, "byte"))});
  else
    append(text, quoted(field.text, field.length));
  return text;
}

}  // namespace crumbs

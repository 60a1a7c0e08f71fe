#include <fmt/format.h>

#include "access/explained_sentences.h"
#include "render/plain_words.h"
#include "render/words.h"

namespace crumbs {
namespace {

void add(std::string& text, const std::string& sentence) {
  text += (text.empty() ? "" : " ") + sentence;
}

std::string inner_times(const FindingValue& value) {
  if (!is_structured(value.type) || !value.oldest || !value.newest) return {};
  if (value.oldest->unix_us == value.newest->unix_us)
    return fmt::format("The time inside it is {}.", plain_time(*value.oldest));
  return fmt::format("The times inside it run from {} to {}.", plain_time(*value.oldest),
                     plain_time(*value.newest));
}

std::string documented_period(const Entry* entry) {
  if (entry == nullptr || !entry->max_age_s) return {};
  std::string_view whose;
  switch (entry->retention_basis.basis) {
    case Basis::document:
      whose = "The document says";
      break;
    case Basis::interpretation:
      whose = "By our reading it is documented";
      break;
    case Basis::observation:
      whose = "It was publicly seen, and is not documented,";
      break;
  }
  return fmt::format("{} that it is kept for {}.", whose, span_words(*entry->max_age_s));
}

std::string cookie_end(const Finding& finding, const Time& now) {
  if (finding.attributes.session.value_or(false)) return "Until the browser is closed.";
  if (finding.times.expires_raw) return "What is stored as its time of expiry cannot be a time.";
  if (!finding.times.expires) return "The browser has stored no time of expiry for it.";
  const Time& expires = *finding.times.expires;
  if (expires.unix_us < now.unix_us)
    return fmt::format("It was to be kept until {}; that has passed, but it is still in the file.",
                       plain_time(expires));
  return fmt::format("Until {}, {}.", plain_time(expires), distance(expires, now));
}

std::string storage_end(const Finding& finding, const Time& now) {
  std::string text =
      "It never expires by itself: it stays until you, the site or the browser deletes it.";
  if (finding.value.newest && finding.value.newest->unix_us <= now.unix_us)
    add(text, fmt::format("The newest time inside it is {} old.",
                          span_words((now.unix_us - finding.value.newest->unix_us) / 1'000'000)));
  return text;
}

}  // namespace

Text since_when(const Finding& finding, const Time& now) {
  const Times& times = finding.times;
  std::string text;
  const auto later = [&times](const Time& time) {
    return !times.created || plain_time(time) != plain_time(*times.created);
  };
  if (times.created)
    add(text, fmt::format("It was set on {}, {}.", plain_time(*times.created),
                          distance(*times.created, now)));
  if (times.updated && later(*times.updated))
    add(text, fmt::format("It was last written on {}.", plain_time(*times.updated)));
  if (times.accessed && later(*times.accessed))
    add(text, fmt::format("The browser last used it on {}.", plain_time(*times.accessed)));
  if (text.empty()) text = "The browser does not store when it was set.";
  if (const std::string inside = inner_times(finding.value); !inside.empty()) add(text, inside);
  return {{text}};
}

Text until_when(const Finding& finding, const Entry* entry, const Time& now) {
  if (finding.state != ItemState::current)
    return {
        {"Nobody can say: the browser overwrites such bytes when it needs the space or tidies "
         "its files."}};
  std::string text = finding.kind == ItemKind::local_storage ? storage_end(finding, now)
                                                             : cookie_end(finding, now);
  if (const std::string period = documented_period(entry); !period.empty()) add(text, period);
  return {{text}};
}

}  // namespace crumbs

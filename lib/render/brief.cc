#include "render/brief.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "crumbs/printable.h"
#include "printable.h"
#include "render/words.h"

namespace crumbs {
namespace {

constexpr std::int64_t kMinute = 60, kHour = 60 * kMinute, kDay = 24 * kHour;
constexpr std::size_t kDate = 10;  // of "2026-11-23"

std::string_view brief_reason(Unavailable reason) {
  switch (reason) {
    case Unavailable::no_key:
      return "no key";
    case Unavailable::wrong_key:
      return "wrong key";
    case Unavailable::host_hash_mismatch:
    case Unavailable::host_hash_missing:
      return "not its host's";
    case Unavailable::app_bound:
      return "bound to the browser";
    case Unavailable::dpapi:
      return "Windows protects it";
    case Unavailable::unknown_encryption:
      return "unknown encryption";
    case Unavailable::malformed:
    case Unavailable::unreadable:
      return "damaged";
    case Unavailable::too_large:
      return "too large";
    case Unavailable::wrong_type:
      return "no text";
    case Unavailable::removed:
      return "deleted";
  }
  return "not readable";
}

constexpr std::string_view kDots = "•••";

/// Where a masked text ends that is followed by its length in brackets.
std::size_t end_of_dots(std::string_view masked) {
  const std::size_t dots = masked.find(kDots);
  if (dots == std::string_view::npos) return dots;
  const std::size_t end = dots + kDots.size();
  return masked.substr(end).starts_with(" (") ? end : std::string_view::npos;
}

/// "14 keys, 1 undocumented", "2 objects of 11-23"; the shape alone is the shortest.
std::vector<Text> structure(const FindingValue& value, const Time& now) {
  constexpr std::string_view kObject = "object, ";
  std::string_view shape = *value.decoded;
  if (shape.starts_with(kObject)) shape.remove_prefix(kObject.size());
  Text whole{shown(shape)};
  if (value.newest) whole.push_back({" of " + brief_day(*value.newest, now)});
  const auto unknown = std::ranges::count_if(
      value.fields, [](const ValueField& field) { return field.present && !field.documented; });
  if (unknown > 0) whole.push_back({fmt::format(", {} undocumented", unknown), Style::warning});
  return {whole, {shown(shape)}};
}

std::optional<Time> time_in(ValueType type, const std::string& text) {
  if (!is_time(type)) return std::nullopt;
  return parse_iso8601(text);
}

std::vector<Text> moment(const Time& time, const Time& now) {
  Text whole{{brief_time(time, now)}};
  whole.push_back({fmt::format(" ({})", brief_distance(time, now)), Style::dim});
  return {whole, {{brief_time(time, now)}}};
}

/// "••• (A)", "z•••@•••.org (B)": which masked text it is says more than its length.
Text tokened(std::string_view masked, const std::string& token) {
  return {shown(fmt::format("{} ({})", masked.substr(0, end_of_dots(masked)), token))};
}

std::vector<Text> text_forms(const std::string& text, const FindingValue& value) {
  if (!value.token.empty()) return {tokened(text, value.token)};
  if (!value.masked || end_of_dots(text) == std::string_view::npos) return {{shown(text)}};
  return {{{fmt::format("{} {}", kDots, counted(value.length, "byte"))}},
          {{fmt::format("{} {} B", kDots, value.length)}}};
}

/// The longest first.
std::vector<Text> forms(const FindingValue& value, const Time& now) {
  if (value.availability == Availability::unavailable)
    return {{{std::string(value.reason ? brief_reason(*value.reason) : "not readable"),
              Style::warning}}};
  if (value.decoded && is_structured(value.type)) return structure(value, now);
  if (value.decoded) {
    const auto time = time_in(value.type, *value.decoded);
    return time ? moment(*time, now) : text_forms(*value.decoded, value);
  }
  if (value.text && !value.text->empty()) return text_forms(*value.text, value);
  if (value.bytes && !value.bytes->empty()) return {{shown(*value.bytes)}};
  if (value.length == 0) return {{{"empty", Style::dim}}};
  return {{{counted(value.length, "byte"), Style::dim}}};
}

}  // namespace

std::string brief_span(std::int64_t seconds) {
  const auto rounded = [](std::int64_t value, std::int64_t unit) {
    return std::llround(static_cast<double>(value) / static_cast<double>(unit));
  };
  if (seconds < 90) return fmt::format("{} s", seconds);
  if (seconds < 90 * kMinute) return fmt::format("{} min", rounded(seconds, kMinute));
  if (seconds < 36 * kHour) return fmt::format("{} h", rounded(seconds, kHour));
  return span_words(seconds);
}

std::string brief_distance(const Time& time, const Time& now) {
  const std::int64_t seconds = time.unix_us / 1'000'000 - now.unix_us / 1'000'000;
  if (seconds == 0) return "now";
  return seconds > 0 ? "in " + brief_span(seconds) : brief_span(-seconds) + " ago";
}

std::string brief_day(const Time& time) {
  const std::string text = to_iso8601(time);
  return text.substr(0, text.rfind('T'));
}

std::string brief_day(const Time& time, const Time& now) {
  const std::string day = brief_day(time);
  const bool same_year = day.size() == kDate && day.substr(0, 5) == brief_day(now).substr(0, 5);
  return same_year ? day.substr(5) : day;
}

std::string brief_time(const Time& time, const Time& now) {
  std::string day = brief_day(time, now);
  const bool midnight = time.unix_us % (kDay * 1'000'000) == 0;
  if (midnight || day.size() >= kDate) return day;
  return fmt::format("{} {}", day, to_iso8601(time).substr(kDate + 1, 5));
}

Text brief_contents(const Finding& finding, const Time& now, std::size_t limit) {
  const FindingValue& value = finding.value;
  const bool doubtful = value.availability == Availability::doubtful;
  constexpr std::string_view kDoubtful = " doubtful";
  const std::size_t room = doubtful && limit > kDoubtful.size() ? limit - kDoubtful.size() : limit;
  Text text;
  for (Text& form : forms(value, now)) {
    text = std::move(form);
    if (limit == 0 || text_width(text) <= room) break;
  }
  if (limit > 0 && text_width(text) > room)
    text = {{shorten(text.front().text, room), text.front().style}};
  if (doubtful) text.push_back({std::string(kDoubtful), Style::warning});
  return text;
}

Text brief_contents(const ValueField& field, const Time& now, bool with_length) {
  if (const auto time = time_in(field.type, field.text)) return {{brief_time(*time, now)}};
  if (!field.token.empty()) return tokened(field.text, field.token);
  const std::size_t end = field.masked ? end_of_dots(field.text) : std::string_view::npos;
  if (end == std::string_view::npos) return {shown(field.text)};
  if (with_length) return {{fmt::format("{} {}", kDots, counted(field.length, "byte"))}};
  return {shown(std::string_view(field.text).substr(0, end))};
}

std::string first_of(const std::vector<std::string>& words, std::size_t most,
                     std::string_view separator) {
  if (words.size() <= most) return fmt::format("{}", fmt::join(words, separator));
  const auto end = words.begin() + static_cast<std::ptrdiff_t>(most);
  return fmt::format("{} and {} more", fmt::join(words.begin(), end, separator),
                     words.size() - most);
}

}  // namespace crumbs

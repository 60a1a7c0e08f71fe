#include <algorithm>
#include <array>
#include <cstdint>

#include <fmt/format.h>

#include "ascii.h"
#include "decode/reading.h"
#include "decode/value.h"

namespace crumbs {
namespace {

constexpr std::int64_t kFrom = 631'152'000;     // 1990-01-01, before the web
constexpr std::int64_t kUntil = 4'102'444'800;  // 2100-01-01
constexpr std::size_t kLongest = 40;

struct Unit {
  std::string_view name;
  std::int64_t per_second;
};
constexpr std::array<Unit, 3> kUnits = {
    {{"seconds", 1}, {"milliseconds", 1'000}, {"microseconds", 1'000'000}}};

bool all_digits(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, is_digit);
}

/// The first six digits after the point, as millionths.
std::int64_t millionths(std::string_view fraction) {
  std::int64_t value = 0;
  for (std::size_t i = 0; i < 6; ++i)
    value = value * 10 + (i < fraction.size() ? fraction[i] - '0' : 0);
  return value;
}

/// "+02:00", "-0330", "Z" as minutes east of Greenwich.
std::optional<int> zone_minutes(std::string_view text) {
  if (text == "Z" || text == "z") return 0;
  if (text.size() == 6 && text[3] == ':')
    return zone_minutes(std::string(text.substr(0, 3)).append(text.substr(4)));
  if (text.size() != 5 || (text[0] != '+' && text[0] != '-') || !all_digits(text.substr(1)))
    return std::nullopt;
  const int hours = (text[1] - '0') * 10 + (text[2] - '0');
  const int minutes = (text[3] - '0') * 10 + (text[4] - '0');
  if (hours > 14 || minutes > 59) return std::nullopt;
  return (hours * 60 + minutes) * (text[0] == '-' ? -1 : 1);
}

/// ".5" -> ".500", ".1234567" -> ".123456"; nullopt for a point without digits.
std::optional<std::string> even_fraction(std::string_view text) {
  if (text.empty()) return std::string();
  if (text[0] != '.' || !all_digits(text.substr(1))) return std::nullopt;
  const std::size_t digits = text.size() - 1 <= 3 ? 3 : 6;
  std::string fraction(text.substr(0, digits + 1));
  fraction.resize(digits + 1, '0');
  return fraction;
}

struct DateTime {
  Time time;
  bool has_zone = false;
};

/// ISO 8601: date, 'T' or blank, hours and minutes, optional seconds, fraction and zone.
std::optional<DateTime> parse_date_time(std::string_view text) {
  if (text.size() < 16 || (text[10] != 'T' && text[10] != 't' && text[10] != ' '))
    return std::nullopt;
  const std::size_t zone_at = std::min(text.find_first_of("Zz+-", 16), text.size());
  const std::string_view zone = text.substr(zone_at);
  const std::string_view clock = text.substr(11, zone_at - 11);
  const std::size_t whole = std::min(clock.find('.'), clock.size());
  if (whole != 5 && whole != 8) return std::nullopt;
  const std::optional<std::string> fraction = even_fraction(clock.substr(whole));
  const std::optional<int> minutes = zone.empty() ? std::optional(0) : zone_minutes(zone);
  if (!fraction || !minutes) return std::nullopt;
  const std::optional<Time> time =
      parse_iso8601(fmt::format("{}T{}{}{}Z", text.substr(0, 10), clock.substr(0, whole),
                                whole == 5 ? ":00" : "", *fraction));
  if (!time) return std::nullopt;
  return DateTime{{time->unix_us - std::int64_t{*minutes} * 60'000'000}, !zone.empty()};
}

}  // namespace

std::optional<UnixTime> read_unix_time(std::string_view digits) noexcept {
  const std::size_t point = std::min(digits.find('.'), digits.size());
  const std::string_view whole = digits.substr(0, point);
  const std::string_view fraction = digits.substr(std::min(point + 1, digits.size()));
  if (digits.size() > kLongest || !all_digits(whole) || whole.front() == '0') return std::nullopt;
  if (point < digits.size() && !all_digits(fraction)) return std::nullopt;
  const auto number = parse_number<std::int64_t>(whole);
  if (!number) return std::nullopt;
  const std::int64_t value = *number;
  for (const Unit& unit : kUnits) {
    if (value < kFrom * unit.per_second || value >= kUntil * unit.per_second) continue;
    const std::int64_t us_per_unit = 1'000'000 / unit.per_second;
    const std::int64_t us = value * us_per_unit + millionths(fraction) / unit.per_second;
    return UnixTime{{us}, unit.name};
  }
  return std::nullopt;
}

Reading read_time(std::string_view text) {
  const std::optional<UnixTime> unix_time = read_unix_time(text);
  if (!unix_time) return Reading::contradicts("no Unix time between 1990 and 2100 in any unit");
  Reading reading = Reading::fits(to_iso8601(unix_time->time));
  reading.steps.push_back(fmt::format("unix_time: {}, by magnitude", unix_time->unit));
  reading.time = unix_time->time;
  return reading;
}

Reading read_date(std::string_view text) {
  constexpr std::string_view kNoDate = "neither an ISO 8601 date nor a Unix time";
  if (text.size() > kLongest) return Reading::contradicts(kNoDate);
  if (text.find_first_not_of("0123456789.") == std::string_view::npos) {
    Reading reading = read_time(text);
    if (!reading.decoded) reading.contradiction = kNoDate;
    return reading;
  }
  if (text.size() == 10) {
    const std::optional<Time> midnight = parse_iso8601(fmt::format("{}T00:00:00Z", text));
    if (!midnight) return Reading::contradicts(kNoDate);
    Reading reading = Reading::fits(std::string(text));
    reading.time = midnight;
    return reading;
  }
  const std::optional<DateTime> parsed = parse_date_time(text);
  if (!parsed) return Reading::contradicts(kNoDate);
  Reading reading = Reading::fits(to_iso8601(parsed->time));
  if (!parsed->has_zone) reading.steps.emplace_back("date: no time zone, read as UTC");
  reading.time = parsed->time;
  return reading;
}

}  // namespace crumbs

#include <algorithm>
#include <charconv>
#include <chrono>

#include <fmt/format.h>

#include "crumbs/select.h"
#include "crumbs/types.h"

namespace crumbs {
namespace {

constexpr std::int64_t kSecondUs = 1'000'000;
constexpr std::int64_t kDayUs = 86'400 * kSecondUs;

/// Civil date of a day count since 1970, for years that std::chrono::year cannot hold
/// (H. Hinnant, "chrono-Compatible Low-Level Date Algorithms", public domain).
struct Civil {
  std::int64_t year;
  unsigned month, day;
};

Civil civil_from_days(std::int64_t days) {
  days += 719468;
  const std::int64_t era = (days >= 0 ? days : days - 146096) / 146097;
  const auto of_era = static_cast<unsigned>(days - era * 146097);
  const unsigned year = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
  const unsigned of_year = of_era - (365 * year + year / 4 - year / 100);
  const unsigned shifted = (5 * of_year + 2) / 153;
  const unsigned month = shifted < 10 ? shifted + 3 : shifted - 9;
  return {static_cast<std::int64_t>(year) + era * 400 + (month <= 2 ? 1 : 0), month,
          of_year - (153 * shifted + 2) / 5 + 1};
}

std::int64_t days_from_civil(std::int64_t year, unsigned month, unsigned day) {
  year -= month <= 2 ? 1 : 0;
  const std::int64_t era = (year >= 0 ? year : year - 399) / 400;
  const auto of_era = static_cast<unsigned>(year - era * 400);
  const unsigned of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
  return era * 146097 +
         static_cast<std::int64_t>(of_era * 365 + of_era / 4 - of_era / 100 + of_year) - 719468;
}

template <class T>
bool number(std::string_view& text, std::size_t digits, T& value) {
  if (text.size() < digits) return false;
  const auto [end, error] = std::from_chars(text.data(), text.data() + digits, value);
  if (error != std::errc{} || end != text.data() + digits) return false;
  text.remove_prefix(digits);
  return true;
}

bool literal(std::string_view& text, char c) {
  if (text.empty() || text.front() != c) return false;
  text.remove_prefix(1);
  return true;
}

bool year_of(std::string_view& text, std::int64_t& year) {
  const bool expanded = !text.empty() && (text.front() == '+' || text.front() == '-');
  if (!expanded) return number(text, 4, year);
  const bool negative = text.front() == '-';
  text.remove_prefix(1);
  const std::size_t digits = text.find('-');
  if (digits == std::string_view::npos || digits < 4 || digits > 6 || !number(text, digits, year))
    return false;
  if (negative) year = -year;
  return true;
}

bool fraction_of(std::string_view& text, std::int64_t& us) {
  us = 0;
  if (!literal(text, '.')) return true;
  const std::size_t digits = text.find('Z');
  if (digits != 3) return digits == 6 && number(text, 6, us);
  if (!number(text, 3, us)) return false;
  us *= 1000;
  return true;
}

unsigned days_in_month(std::int64_t year, unsigned month) {
  const std::int64_t next = days_from_civil(month == 12 ? year + 1 : year, month % 12 + 1, 1);
  return static_cast<unsigned>(next - days_from_civil(year, month, 1));
}

/// The same time of day so many months earlier.
std::int64_t months_before(std::int64_t unix_us, std::int64_t months) {
  const std::int64_t of_day = ((unix_us % kDayUs) + kDayUs) % kDayUs;
  const Civil date = civil_from_days((unix_us - of_day) / kDayUs);
  const std::int64_t count = date.year * 12 + date.month - 1 - months;
  const std::int64_t month = ((count % 12) + 12) % 12;
  const std::int64_t year = (count - month) / 12;
  const auto of_year = static_cast<unsigned>(month + 1);
  const unsigned day = std::min(date.day, days_in_month(year, of_year));
  return days_from_civil(year, of_year, day) * kDayUs + of_day;
}

/// So many digits of a number that has no more. By hand: a report of many items is half times.
void append_digits(std::string& text, std::int64_t number, unsigned count) {
  text.append(count, '0');
  for (std::size_t at = text.size(); count > 0; --count, number /= 10)
    text[--at] = static_cast<char>('0' + number % 10);
}

std::int64_t hours_of(char unit) {
  return unit == 'h' ? 1 : (unit == 'w' ? 7 * 24 : 24);
}

/// So many digits of the fraction: 0, 3 or 6.
std::string iso8601(const Time& time, unsigned fraction_digits) {
  std::int64_t days = time.unix_us / kDayUs;
  std::int64_t rest = time.unix_us % kDayUs;
  if (rest < 0) {
    rest += kDayUs;
    --days;
  }
  const Civil date = civil_from_days(days);
  const std::int64_t seconds = rest / kSecondUs;
  const std::int64_t us = rest % kSecondUs;
  std::string text;
  if (date.year < 0 || date.year > 9999)
    text = fmt::format("{:+05}", date.year);
  else
    append_digits(text, date.year, 4);
  append_digits(text.append(1, '-'), date.month, 2);
  append_digits(text.append(1, '-'), date.day, 2);
  append_digits(text.append(1, 'T'), seconds / 3600, 2);
  append_digits(text.append(1, ':'), seconds / 60 % 60, 2);
  append_digits(text.append(1, ':'), seconds % 60, 2);
  if (fraction_digits > 0)
    append_digits(text.append(1, '.'), fraction_digits == 3 ? us / 1000 : us, fraction_digits);
  return text.append(1, 'Z');
}

}  // namespace

Time before(const Time& now, const Age& age) {
  const std::int64_t count = age.count;
  if (age.unit == 'm') return {months_before(now.unix_us, count)};
  if (age.unit == 'y') return {months_before(now.unix_us, count * 12)};
  return {now.unix_us - count * hours_of(age.unit) * (kDayUs / 24)};
}

std::string to_iso8601(const Time& time) {
  const std::int64_t us = time.unix_us % kSecondUs;
  return iso8601(time, us == 0 ? 0 : (us % 1000 == 0 ? 3 : 6));
}

std::string to_iso8601_us(const Time& time) {
  return iso8601(time, 6);
}

Time whole_second(const Time& time) noexcept {
  const std::int64_t us = time.unix_us % kSecondUs;
  const std::int64_t down = us < 0 ? us + kSecondUs : us;
  return {time.unix_us < INT64_MIN + down ? time.unix_us - us : time.unix_us - down};
}

std::optional<Time> parse_iso8601(std::string_view text) {
  std::int64_t year = 0, us = 0;
  unsigned month = 0, day = 0, hour = 0, minute = 0, second = 0;
  const bool read = year_of(text, year) && literal(text, '-') && number(text, 2, month) &&
                    literal(text, '-') && number(text, 2, day) && literal(text, 'T') &&
                    number(text, 2, hour) && literal(text, ':') && number(text, 2, minute) &&
                    literal(text, ':') && number(text, 2, second) && fraction_of(text, us) &&
                    literal(text, 'Z') && text.empty();
  if (!read || month < 1 || month > 12 || day < 1 || day > 31 || hour > 23 || minute > 59 ||
      second > 59)
    return {};
  if (year < -300000 || year > 300000) return {};
  std::int64_t days = days_from_civil(year, month, day);
  if (civil_from_days(days).day != day) return {};
  std::int64_t rest = ((std::int64_t{hour} * 60 + minute) * 60 + second) * 1'000'000 + us;
  if (days <
      0) {  // towards zero first, so that the earliest time there is does not overflow on the way
    ++days;
    rest -= kDayUs;
  }
  Time time;
  if (__builtin_mul_overflow(days, kDayUs, &time.unix_us)) return {};
  if (__builtin_add_overflow(time.unix_us, rest, &time.unix_us)) return {};
  return time;
}

}  // namespace crumbs

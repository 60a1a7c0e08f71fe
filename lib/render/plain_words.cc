#include "render/plain_words.h"

#include <array>
#include <utility>

#include <fmt/format.h>

#include "render/words.h"

namespace crumbs {
namespace {

constexpr std::array<std::string_view, 12> kMonths = {
    "January", "February", "March",     "April",   "May",      "June",
    "July",    "August",   "September", "October", "November", "December"};

int two_digits(std::string_view text) {
  return (text[0] - '0') * 10 + (text[1] - '0');
}

}  // namespace

std::string plain_day(const Time& time) {
  const std::string text = to_iso8601(whole_second(time));
  const std::size_t t = text.rfind('T');
  const std::string_view date = std::string_view(text).substr(0, t);
  const int month = two_digits(date.substr(date.size() - 5));
  return fmt::format("{} {} {}", two_digits(date.substr(date.size() - 2)),
                     kMonths[static_cast<std::size_t>(month - 1)], date.substr(0, date.size() - 6));
}

std::string plain_time(const Time& time) {
  const std::string text = to_iso8601(whole_second(time));
  std::string_view clock = std::string_view(text).substr(text.rfind('T') + 1, 8);
  if (clock.ends_with(":00")) clock.remove_suffix(3);
  return fmt::format("{} at {} UTC", plain_day(time), clock);
}

std::string distance(const Time& time, const Time& now) {
  const std::int64_t seconds = time.unix_us / 1'000'000 - now.unix_us / 1'000'000;
  if (seconds == 0) return "when this page was made";
  return fmt::format("{} {} this page was made", span_words(seconds < 0 ? -seconds : seconds),
                     seconds < 0 ? "before" : "after");
}

std::string_view plain_type(ValueType type) {
  switch (type) {
    case ValueType::opaque:
      return "a value whose meaning nobody has documented";
    case ValueType::unix_time:
      return "a moment";
    case ValueType::date:
      return "a date";
    case ValueType::counter:
      return "a count";
    case ValueType::flag:
      return "a yes or no";
    case ValueType::url:
      return "a web address";
    case ValueType::utm:
      return "marks of the advertisement or link that led to the site (campaign tags)";
    case ValueType::country:
      return "a country";
    case ValueType::city:
      return "a place";
    case ValueType::place:
      return "a place, by country, region and city";
    case ValueType::language:
      return "a language, by its code";
    case ValueType::identifier:
      return "a mark that tells one from another (an identifier)";
    case ValueType::email:
      return "an e-mail address";
    case ValueType::phone:
      return "a telephone number";
    case ValueType::person_name:
      return "a person's name";
    case ValueType::text:
      return "a text";
    case ValueType::enumeration:
      return "one of the words that the document lists";
    case ValueType::json:
      return "a record of several parts";
    case ValueType::json_array:
      return "a list of records";
  }
  return "a value";
}

std::string_view plain_class(PersonalData kind) {
  switch (kind) {
    case PersonalData::none:
      return "It says nothing about you.";
    case PersonalData::preference:
      return "It is about a choice that you made.";
    case PersonalData::identifier:
      return "It can serve to know you or your browser again.";
    case PersonalData::contact:
      return "It is about who you are and how you can be reached.";
    case PersonalData::location:
      return "It is about where you are.";
    case PersonalData::behaviour:
      return "It is about what you did.";
    case PersonalData::content:
      return "It is about what you wrote or were sent.";
    case PersonalData::unknown:
      break;
  }
  return "Nobody has documented whether it says something about you.";
}

std::string_view short_class(PersonalData kind) {
  switch (kind) {
    case PersonalData::none:
      return {};
    case PersonalData::preference:
      return "your choices";
    case PersonalData::identifier:
      return "knowing you or your browser again";
    case PersonalData::contact:
      return "who you are and how you can be reached";
    case PersonalData::location:
      return "where you are";
    case PersonalData::behaviour:
      return "what you did";
    case PersonalData::content:
      return "what you wrote or were sent";
    case PersonalData::unknown:
      break;
  }
  return "nobody has documented what it says about you";
}

std::string_view plain_category(Category category) {
  switch (category) {
    case Category::strictly_necessary:
      return "The site cannot work without it";
    case Category::performance:
      return "It serves to count and measure visits";
    case Category::targeting:
      return "It serves to aim advertising";
    case Category::functionality:
      break;
  }
  return "It serves to make the site work better for its visitors";
}

std::string_view plain_state(ItemState state) {
  switch (state) {
    case ItemState::current:
      return {};
    case ItemState::superseded:
      return "This is an earlier value. It was replaced, but its bytes are still in the file.";
    case ItemState::deleted:
      return "This was removed, but its bytes are still in the file.";
    case ItemState::orphaned:
      return "This belongs to no site that the browser still lists, but its bytes are still in "
             "the file.";
    case ItemState::archived:
      break;
  }
  return "This lies in an archive that the browser made when it changed how it stores such data. "
         "The browser does not use it any more, but its bytes are still in the file.";
}

std::string_view plain_reason(Unavailable reason) {
  switch (reason) {
    case Unavailable::no_key:
      return "It is encrypted, and the key to it was not given, so its content cannot be shown.";
    case Unavailable::wrong_key:
      return "It is encrypted, and the key that was given does not open it.";
    case Unavailable::host_hash_mismatch:
      return "It bears the mark of another site than the one it is stored with, so that what it "
             "holds may belong to that one.";
    case Unavailable::host_hash_missing:
      return "It lacks the mark that the browser puts on what it stores, so that another program "
             "may have written it.";
    case Unavailable::app_bound:
      return "It is encrypted so that only the browser it was installed with can open it.";
    case Unavailable::dpapi:
      return "It is encrypted with a key of the Windows account, which was not given.";
    case Unavailable::unknown_encryption:
      return "It is encrypted in a way that is not known here.";
    case Unavailable::malformed:
      return "Its stored form is damaged, so it cannot be read.";
    case Unavailable::too_large:
      return "It is larger than the limit of what is read.";
    case Unavailable::wrong_type:
      return "What is stored in its place is no text and cannot be its content.";
    case Unavailable::unreadable:
      return "It lies in a damaged part of the file and cannot be read.";
    case Unavailable::removed:
      break;
  }
  return "Only the note that it was removed is left, with its name; its content is gone from this "
         "place.";
}

std::string plain_drift(const Drift& drift) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 6> kRules = {
      {{"type", "Its content does not have the documented form"},
       {"place", "It is documented for another site than this one"},
       {"lifetime", "It is kept longer than documented"},
       {"attribute", "It is kept in another way than documented"},
       {"store", "It is kept in another place than documented"},
       {"field", "A part of it does not have the documented form"}}};
  for (const auto& [rule, words] : kRules) {
    if (rule == drift.rule) return fmt::format("{} ({}).", words, drift.message);
  }
  return fmt::format("It is not as documented ({}).", drift.message);
}

std::string plain_effect(std::string_view effect) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 4> kEffects = {
      {{"removes_opt_out",
        "the record that you opted out, so that what you refused may begin again"},
       {"removes_consent_record",
        "the record of whether you agreed, so that you may be asked anew"},
       {"removes_subscription_choice", "the record of your choice about a subscription"},
       {"removes_block_record", "the record of whether you were banned"}}};
  for (const auto& [effect_on_rights, words] : kEffects) {
    if (effect_on_rights == effect) return fmt::format("Deleting it also removes {}.", words);
  }
  return fmt::format("Deleting it also touches your rights: it {}.", spaced(effect));
}

std::string plain_step(std::string_view step) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 7> kSteps = {
      {{"percent_decode", "written with percent signs, as in web addresses"},
       {"percent_decode of each tag", "each tag written with percent signs, as in web addresses"},
       {"unix_time: seconds, by magnitude",
        "the number of seconds since the start of 1970, as its size shows"},
       {"unix_time: milliseconds, by magnitude",
        "the number of milliseconds since the start of 1970, as its size shows"},
       {"unix_time: microseconds, by magnitude",
        "the number of microseconds since the start of 1970, as its size shows"},
       {"date: no time zone, read as UTC",
        "a date that names no time zone, read as UTC (world time)"},
       {"json: text that is no Unicode replaced by U+FFFD",
        "with characters that no script has, shown as a replacement sign"}}};
  for (const auto& [known, words] : kSteps) {
    if (known == step) return std::string(words);
  }
  // "/created_ts: unix_time: ...": a step taken with one part of a record.
  if (const std::size_t colon = step.find(": ");
      step.starts_with('/') && colon != std::string_view::npos)
    return fmt::format("its part {} is {}", step.substr(0, colon),
                       plain_step(step.substr(colon + 2)));
  return std::string(step);
}

}  // namespace crumbs

#include <algorithm>

#include <fmt/format.h>

#include "decode/countries.h"
#include "decode/reading.h"
#include "decode/text.h"

namespace crumbs {
namespace {

constexpr std::size_t kMaxPlace = 128;
constexpr std::size_t kMaxLanguage = 35;  // BCP 47, 4.4.1

const Country* find_country(std::string_view text) {
  const auto found = std::ranges::find_if(countries(), [text](const Country& country) {
    return equal_but_for_case(text, country.alpha2) || equal_but_for_case(text, country.alpha3) ||
           equal_but_for_case(text, country.name);
  });
  return found == countries().end() ? nullptr : &*found;
}

bool is_place_name(std::string_view text) {
  constexpr std::string_view kNever = "<>{}[]=@\\|\"";
  return text.size() <= kMaxPlace && is_one_line(text) && has_letter(text) &&
         text.find_first_of(kNever) == std::string_view::npos &&
         text.find("//") == std::string_view::npos;
}

bool all_letters(std::string_view text) {
  return std::ranges::all_of(text, is_letter);
}
bool all_digits(std::string_view text) {
  return std::ranges::all_of(text, is_digit);
}
bool all_alphanumeric(std::string_view text) {
  return std::ranges::all_of(text, is_alphanumeric);
}

std::string capitalised(std::string_view text, std::size_t capitals) {
  std::string word = lower_case(text);
  std::transform(word.begin(), word.begin() + static_cast<std::ptrdiff_t>(capitals), word.begin(),
                 to_upper);
  return word;
}

/// Subtags of a language tag in their order (BCP 47, 2.1), taken from the front of a text.
class LanguageTag {
 public:
  explicit LanguageTag(std::string_view text) : rest_(text) { next(); }

  /// The tag in its usual case. nullopt: not of the form, which here has one variant at most and
  /// neither extensions nor private use: they could say anything, and languages are not masked.
  std::optional<std::string> read() {
    if (tag_.size() < 2 || tag_.size() > 3 || !all_letters(tag_)) return std::nullopt;
    take(0);
    if (tag_.size() == 3 && all_letters(tag_)) take(0);
    if (tag_.size() == 4 && all_letters(tag_)) take(1);
    if ((tag_.size() == 2 && all_letters(tag_)) || (tag_.size() == 3 && all_digits(tag_)))
      take(tag_.size());
    if (is_variant()) take(0);
    if (!tag_.empty() || !ended_) return std::nullopt;
    return normal_;
  }

 private:
  [[nodiscard]] bool is_variant() const {
    const bool digit_first = tag_.size() == 4 && is_digit(tag_[0]);
    return (digit_first || (tag_.size() >= 5 && tag_.size() <= 8)) && all_alphanumeric(tag_);
  }
  void take(std::size_t capitals) {
    if (!normal_.empty()) normal_ += '-';
    normal_ += capitalised(tag_, capitals);
    next();
  }
  void next() {
    ended_ = at_end_;
    const std::size_t end = std::min(rest_.find_first_of("-_"), rest_.size());
    at_end_ = end == rest_.size();
    tag_ = rest_.substr(0, end);
    rest_.remove_prefix(std::min(end + 1, rest_.size()));
  }

  std::string_view rest_, tag_;
  std::string normal_;
  bool at_end_ = false, ended_ = false;
};

}  // namespace

Reading read_country(std::string_view text) {
  if (text.size() <= kMaxPlace) {
    if (const Country* country = find_country(text))
      return Reading::fits(fmt::format("{} ({})", country->name, country->alpha2));
  }
  if (text.size() < 4 || !is_place_name(text))
    return Reading::contradicts("neither a code of ISO 3166-1 nor a name");
  return Reading::fits(to_valid_utf8(text));
}

Reading read_city(std::string_view text) {
  if (!is_place_name(text)) return Reading::contradicts("not the name of a place");
  return Reading::fits(to_valid_utf8(text));
}

Reading read_place(std::string_view text) {
  constexpr std::size_t kLongestRegion = 8;
  const std::size_t first = std::min(text.find(';'), text.size());
  const Country* country =
      text.substr(0, first).size() == 2 ? find_country(text.substr(0, first)) : nullptr;
  if (country == nullptr) return Reading::contradicts("no country code before the first semicolon");
  const std::string_view rest = text.substr(std::min(first + 1, text.size()));
  const std::size_t second = std::min(rest.find(';'), rest.size());
  const std::string_view region = rest.substr(0, second);
  const std::string_view city = rest.substr(std::min(second + 1, rest.size()));
  if (region.size() > kLongestRegion || !all_alphanumeric(region))
    return Reading::contradicts("no code of a region");
  if (!city.empty() && !is_place_name(city)) return Reading::contradicts("not the name of a place");
  std::string words = to_valid_utf8(city);
  if (!region.empty()) words += fmt::format("{}region {}", words.empty() ? "" : ", ", region);
  words += fmt::format("{}{} ({})", words.empty() ? "" : ", ", country->name, country->alpha2);
  return Reading::fits(std::move(words));
}

Reading read_language(std::string_view text) {
  std::optional<std::string> tag;
  if (text.size() <= kMaxLanguage) tag = LanguageTag(text).read();
  if (!tag) return Reading::contradicts("no language tag of BCP 47");
  return Reading::fits(*std::move(tag));
}

}  // namespace crumbs

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

#include "decode/json_text.h"
#include "decode/reading.h"
#include "decode/text.h"

namespace crumbs {
namespace {

constexpr std::size_t kLongest = std::size_t{8} << 10U;

/// What the tags are called after "utm_": those of Google Analytics, in the order they are shown
/// for JSON, and `keyword`, as others name the term.
constexpr std::array<std::string_view, 10> kTags = {
    "source",          "medium",          "campaign",        "term", "keyword", "content", "id",
    "source_platform", "creative_format", "marketing_tactic"};

struct Tag {
  std::string name, value;
};

/// What the cookie __utmz of the first Google Analytics called them, which sites still copy.
constexpr std::pair<std::string_view, std::string_view> kOldNames[] = {{"utmcsr", "source"},
                                                                       {"utmcmd", "medium"},
                                                                       {"utmccn", "campaign"},
                                                                       {"utmctr", "term"},
                                                                       {"utmcct", "content"}};

/// "utm_source" and "utmcsr" are "source".
std::string plain_name(std::string_view name) {
  std::string lower = lower_case(name);
  if (lower.starts_with("utm_")) return lower.substr(4);
  for (const auto& [old, plain] : kOldNames) {
    if (lower == old) return std::string(plain);
  }
  return lower;
}

std::size_t rank(std::string_view name) {
  return static_cast<std::size_t>(std::ranges::find(kTags, name) - kTags.begin());
}

bool is_tag_name(std::string_view name) {
  return !name.empty() && name.size() <= 64 && std::ranges::all_of(name, [](char c) {
    return is_alphanumeric(c) || c == '_' || c == '-' || c == '.';
  });
}

Reading show(const std::vector<Tag>& tags) {
  if (std::ranges::none_of(tags, [](const Tag& tag) { return rank(tag.name) < kTags.size(); }))
    return Reading::contradicts("none of the usual campaign tags");
  if (!std::ranges::all_of(tags, is_tag_name, &Tag::name))
    return Reading::contradicts("names that no tag has");
  std::string shown;
  for (const Tag& tag : tags)
    shown += fmt::format("{}{}={}", shown.empty() ? "" : ", ", tag.name, tag.value);
  if (!is_one_line(shown)) return Reading::contradicts("characters that no tag has");
  return Reading::fits(to_valid_utf8(shown));
}

Reading read_json(std::string_view text) {
  const ParsedJson parsed = parse_json(text);
  if (!parsed.document || !parsed.document->is_object())
    return Reading::contradicts("neither tags nor a JSON object");
  std::vector<Tag> tags;
  for (const auto& [name, value] : parsed.document->items()) {
    if (value.is_structured()) return Reading::contradicts("a JSON object with more than tags");
    if (value.is_null()) continue;
    tags.push_back(
        {plain_name(name), value.is_string() ? value.get_ref<const std::string&>() : value.dump()});
  }
  std::ranges::stable_sort(tags, {}, [](const Tag& tag) { return rank(tag.name); });
  Reading reading = show(tags);
  reading.steps = parsed.steps;
  return reading;
}

/// Parts of "a=1&b=2" or "a=1|b=2". A part without '=' goes on the value before it: campaigns have
/// been called "spring|sale".
std::vector<Tag> split(std::string_view text) {
  const char separator = text.find('&') != std::string_view::npos ? '&' : '|';
  std::vector<Tag> tags;
  for (std::size_t start = 0; start <= text.size();) {
    const std::size_t end = std::min(text.find(separator, start), text.size());
    const std::string_view part = text.substr(start, end - start);
    const std::size_t equals = part.find('=');
    if (equals != std::string_view::npos) {
      tags.push_back({plain_name(part.substr(0, equals)), std::string(part.substr(equals + 1))});
    } else if (!tags.empty() && !part.empty()) {
      tags.back().value += separator + std::string(part);
    }
    start = end + 1;
  }
  return tags;
}

bool decode_values(std::vector<Tag>& tags) {
  bool decoded = false;
  for (Tag& tag : tags) {
    std::optional<std::string> value = percent_decode(tag.value);
    decoded = decoded || value.has_value();
    if (value) tag.value = *std::move(value);
  }
  return decoded;
}

}  // namespace

Reading read_utm(std::string_view text, bool percent_decoded) {
  if (text.size() > kLongest) return Reading::contradicts("longer than 8 KiB");
  if (text.starts_with('{')) return read_json(text);
  if (text.starts_with('?')) text.remove_prefix(1);
  if (text.substr(0, text.find_first_of("&|")).find('=') == std::string_view::npos)
    return Reading::contradicts("no tags of the form name=value");
  std::vector<Tag> tags = split(text);
  const bool decoded = percent_decoded && decode_values(tags);
  Reading reading = show(tags);
  if (decoded) reading.steps.emplace_back("percent_decode of each tag");
  return reading;
}

}  // namespace crumbs

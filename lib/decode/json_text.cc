#include "decode/json_text.h"

#include <algorithm>
#include <cstddef>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "decode/text.h"

namespace crumbs {
namespace {

using nlohmann::json;

constexpr std::size_t kMaxBytes = std::size_t{16} << 20U;
constexpr std::size_t kMaxDepth = 64;
constexpr std::size_t kMaxValues = std::size_t{1} << 18U;

struct Extent {
  std::size_t depth = 0, deepest = 0, values = 1;

  void count(char c) {
    if (c == '[' || c == '{') deepest = std::max(deepest, ++depth);
    if ((c == ']' || c == '}') && depth > 0) --depth;
    if (c == '[' || c == '{' || c == ',') ++values;
  }
};

/// Nesting and number of values, before anything is built.
Extent measure(std::string_view text) {
  Extent extent;
  bool in_string = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '"') in_string = !in_string;
    if (in_string && c == '\\') ++i;
    if (!in_string) extent.count(c);
  }
  return extent;
}

/// 0xD83D for "\ud83d"; nullopt where no such escape begins.
std::optional<unsigned> escaped_unit(std::string_view text) {
  if (!text.starts_with("\\u") || text.size() < 6) return std::nullopt;
  unsigned unit = 0;
  for (const char c : text.substr(2, 4)) {
    const std::size_t digit = std::string_view("0123456789abcdefABCDEF").find(c);
    if (digit == std::string_view::npos) return std::nullopt;
    unit = unit * 16 + static_cast<unsigned>(digit < 16 ? digit : digit - 6);
  }
  return unit;
}

bool is_unit(std::optional<unsigned> unit, unsigned base) {
  return unit && (*unit & 0xFC00U) == base;
}

/// The escape at the front of `text` (a backslash and at least one character) made harmless.
std::string_view mended_escape(std::string_view text, std::size_t& length) {
  const std::optional<unsigned> unit = escaped_unit(text);
  length = unit ? 6 : 2;
  if (is_unit(unit, 0xD800) && is_unit(escaped_unit(text.substr(6)), 0xDC00)) length = 12;
  const bool alone = length == 6 && (is_unit(unit, 0xD800) || is_unit(unit, 0xDC00));
  return alone ? std::string_view("\\ufffd") : text.substr(0, length);
}

/// Escapes of lone surrogates replaced: JSON.stringify writes them, strict parsers refuse them.
std::string mend_escapes(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    const std::size_t plain = text.substr(0, text.find('\\')).size();
    out.append(text.substr(0, plain));
    text.remove_prefix(plain);
    std::size_t length = text.size();
    if (length >= 2) {
      out.append(mended_escape(text, length));
    } else {
      out.append(text);
    }
    text.remove_prefix(std::min(length, text.size()));
  }
  return out;
}

/// Follows the parser to see keys that one object has twice.
class RepeatedKeys {
 public:
  bool operator()(json::parse_event_t event, const json& parsed) {
    if (event == json::parse_event_t::object_start) open_.emplace_back();
    if (event == json::parse_event_t::object_end) open_.pop_back();
    if (event == json::parse_event_t::key &&
        !open_.back().insert(parsed.get_ref<const std::string&>()).second)
      ++count_;
    return true;
  }
  [[nodiscard]] std::uint64_t count() const { return count_; }

 private:
  std::vector<std::set<std::string>> open_;
  std::uint64_t count_ = 0;
};

ParsedJson problem(std::string_view why) {
  return {std::nullopt, why, {}, 0};
}

}  // namespace

ParsedJson parse_json(std::string_view text) {
  if (text.size() > kMaxBytes) return problem("longer than 16 MiB");
  // The parser would take a NUL for the end and not see what follows.
  if (text.find('\0') != std::string_view::npos) return problem("not well-formed");
  const Extent extent = measure(text);
  if (extent.deepest > kMaxDepth) return problem("nested deeper than 64");
  if (extent.values > kMaxValues) return problem("more than 262144 values");
  const std::string mended = mend_escapes(to_valid_utf8(text));
  RepeatedKeys repeated;
  json document = json::parse(
      mended,
      [&repeated](int, json::parse_event_t event, const json& parsed) {
        return repeated(event, parsed);
      },
      false);
  if (document.is_discarded()) return problem("not well-formed");
  ParsedJson result{std::move(document), {}, {}, repeated.count()};
  if (mended != text) result.steps.emplace_back("json: text that is no Unicode replaced by U+FFFD");
  if (repeated.count() > 0)
    result.steps.push_back(fmt::format("json: {} repeated {}, the last one counts",
                                       repeated.count(), repeated.count() == 1 ? "key" : "keys"));
  return result;
}

}  // namespace crumbs

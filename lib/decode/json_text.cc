#include "decode/json_text.h"

#include <algorithm>
#include <cstddef>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "crumbs/printable.h"
#include "decode/text.h"
#include "json/escapes.h"

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
  const std::string mended = without_lone_surrogates(to_valid_utf8(text));
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
    result.steps.push_back(
        fmt::format("json: {}, the last one counts", counted(repeated.count(), "repeated key")));
  return result;
}

}  // namespace crumbs

#include "decode/origin_attributes.h"

#include <algorithm>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "ascii.h"
#include "decode/text.h"

namespace crumbs {
namespace {

/// More keys than Gecko has ever had; the rest of a hostile suffix is not read.
constexpr std::size_t kMostAttributes = 32;

/// application/x-www-form-urlencoded; a malformed escape stays as it is, as in Gecko.
std::string form_decode(std::string_view text) {
  std::string decoded;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto escape = text[i] == '%' && i + 2 < text.size()
                            ? parse_number<std::uint8_t>(text.substr(i + 1, 2), 16)
                            : std::nullopt;
    if (escape) {
      decoded += static_cast<char>(*escape);
      i += 2;
    } else {
      decoded += text[i] == '+' ? ' ' : text[i];
    }
  }
  return decoded;
}

/// Gecko writes `+` for `:` before it encodes; some writers leave the `+` unencoded.
std::string with_colons(std::string_view encoded) {
  std::string text = form_decode(encoded);
  for (char& c : text) {
    if (c == '+' || c == ' ') c = ':';
  }
  return text;
}

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  for (;;) {
    const std::size_t end = text.find(separator);
    parts.push_back(text.substr(0, end));
    if (end == std::string_view::npos) return parts;
    text.remove_prefix(end + 1);
  }
}

bool is_number(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

/// False where `pair` is no attribute; bytes that are no text make it none.
bool add_attribute(std::string_view pair, OriginAttributes& attributes) {
  const std::size_t equals = pair.find('=');
  if (equals == std::string_view::npos || equals == 0) return false;
  const std::string key = form_decode(pair.substr(0, equals));
  const std::string_view value = pair.substr(equals + 1);
  if (key == "partitionKey") {
    const std::string decoded = with_colons(value);
    if (!decoded.empty()) attributes.partition = parse_partition_key(decoded);
    return true;
  }
  if (key == "userContextId") {
    const auto id = parse_user_context_id(form_decode(value));
    attributes.user_context_id = id.value_or(0);
    return id.has_value();
  }
  std::string text = key == "firstPartyDomain" ? with_colons(value) : form_decode(value);
  if (!is_utf8(key) || !is_utf8(text)) return false;
  attributes.others.emplace(key, std::move(text));
  return true;
}

}  // namespace

std::optional<std::uint32_t> parse_user_context_id(std::string_view digits) {
  return parse_number<std::uint32_t>(digits);
}

Partition parse_partition_key(std::string_view key) {
  Partition partition;
  if (key.size() < 2 || key.front() != '(' || key.back() != ')') {
    partition.top_level_site = key;  // privacy.dynamic_firstparty.use_site=false: the host alone
    if (key.find_first_of("(),") != std::string_view::npos) partition.raw = key;
    return partition;
  }
  auto parts = split(key.substr(1, key.size() - 2), ',');
  if (parts.size() > 2 && parts.back() == "f") {
    partition.cross_site_ancestor = true;
    parts.pop_back();
  }
  const bool has_port = parts.size() == 3 && is_number(parts[2]);
  if ((parts.size() != 2 && !has_port) || parts[0].empty() || parts[1].empty()) {
    partition.top_level_site = key;
    partition.raw = key;
    return partition;
  }
  partition.top_level_site = fmt::format("{}://{}", parts[0], parts[1]);
  if (has_port) partition.top_level_site.append(1, ':').append(parts[2]);
  return partition;
}

std::optional<OriginAttributes> parse_origin_attributes(std::string_view suffix) {
  OriginAttributes attributes;
  if (suffix.empty()) return attributes;
  if (suffix.front() != '^' || suffix.size() == 1) return std::nullopt;
  const auto pairs = split(suffix.substr(1), '&');
  if (pairs.size() > kMostAttributes) return std::nullopt;
  const bool read = std::ranges::all_of(
      pairs, [&](std::string_view pair) { return add_attribute(pair, attributes); });
  if (!read) return std::nullopt;
  return attributes;
}

}  // namespace crumbs

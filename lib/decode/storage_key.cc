#include "decode/storage_key.h"

#include <algorithm>
#include <cstdint>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "ascii.h"
#include "decode/site.h"

namespace crumbs {
namespace {

/// One `^<digit><text>` of a key.
struct Part {
  char digit = 0;
  std::string_view text;
};

std::vector<Part> split_parts(std::string_view text) {
  std::vector<Part> parts;
  while (!text.empty()) {
    text.remove_prefix(1);  // '^'
    const std::string_view part = text.substr(0, text.find('^'));
    text.remove_prefix(part.size());
    parts.push_back({.digit = part.empty() ? '\0' : part.front(),
                     .text = part.empty() ? part : part.substr(1)});
  }
  return parts;
}

std::string digits_of(const std::vector<Part>& parts) {
  std::string digits;
  for (const Part& part : parts) digits.push_back(part.digit);
  return digits;
}

/// "nonce 00000000000000010000000000000002"
std::optional<std::string> describe_nonce(std::string_view word, std::string_view high,
                                          std::string_view low) {
  const auto high_half = parse_number<std::uint64_t>(high);
  const auto low_half = parse_number<std::uint64_t>(low);
  if (!high_half || !low_half) return std::nullopt;
  return fmt::format("{} {:016x}{:016x}", word, *high_half, *low_half);
}

std::optional<bool> parse_bit(std::string_view text) {
  if (text == "0") return false;
  if (text == "1") return true;
  return std::nullopt;
}

/// The site an origin belongs to: its scheme and registrable domain, without a port.
std::string site_of(const std::string& origin) {
  const std::size_t scheme = origin.find("://");
  return origin.substr(0, scheme + 3) + registrable_domain(host_of_origin(origin));
}

std::optional<Partition> third_party(const std::vector<Part>& parts) {
  if (parts[0].text.find("://") == std::string_view::npos) return std::nullopt;
  Partition partition{
      .top_level_site = std::string(parts[0].text), .cross_site_ancestor = true, .raw = {}};
  if (parts.size() == 1) return partition;
  partition.cross_site_ancestor = parse_bit(parts[1].text);
  if (!partition.cross_site_ancestor) return std::nullopt;
  return partition;
}

std::optional<Partition> described(std::optional<std::string> description, std::string_view raw) {
  if (!description) return std::nullopt;
  return Partition{.top_level_site = std::move(*description),
                   .cross_site_ancestor = std::nullopt,
                   .raw = std::string(raw)};
}

std::optional<Partition> known_partition(const std::string& origin, std::string_view raw) {
  const std::vector<Part> parts = split_parts(raw);
  const std::string digits = digits_of(parts);
  if (digits == "0" || digits == "03") return third_party(parts);
  if (digits == "3") {
    const auto bit = parse_bit(parts[0].text);
    if (!bit) return std::nullopt;
    return Partition{.top_level_site = site_of(origin), .cross_site_ancestor = bit, .raw = {}};
  }
  if (digits == "12") return described(describe_nonce("nonce", parts[0].text, parts[1].text), raw);
  if (digits != "456") return std::nullopt;
  auto description = describe_nonce("opaque site", parts[0].text, parts[1].text);
  if (description && !parts[2].text.empty())
    *description += fmt::format(" made by {}", parts[2].text);
  return described(std::move(description), raw);
}

}  // namespace

std::optional<StorageKey> parse_storage_key(std::string_view serialized) {
  const std::size_t caret = std::min(serialized.find('^'), serialized.size());
  std::string_view origin = serialized.substr(0, caret);
  const std::string_view raw = serialized.substr(caret);
  const std::size_t scheme = origin.find("://");
  if (scheme == 0 || scheme == std::string_view::npos) return std::nullopt;
  if (origin.ends_with('/') && origin.size() > scheme + 3) origin.remove_suffix(1);
  StorageKey key{.origin = std::string(origin), .partition = std::nullopt};
  if (raw.empty()) return key;
  key.partition = known_partition(key.origin, raw);
  if (!key.partition)
    key.partition = Partition{.top_level_site = "unknown partition",
                              .cross_site_ancestor = std::nullopt,
                              .raw = std::string(raw)};
  return key;
}

}  // namespace crumbs

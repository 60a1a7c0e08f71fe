#include "audit/secrets.h"

#include <algorithm>
#include <cstring>

#include "ascii.h"
#include "decode/text.h"
#include "system/sha256.h"

namespace crumbs {
namespace {

constexpr std::size_t kShortest = Secrets::kShortest, kShortestOther = 6, kShortestInPath = 6;
constexpr std::size_t kAnywhere = 12;  ///< a chance likeness of so many bytes is none

/// Of a long text its digest: it is compared as a whole.
std::string key_of(std::string_view text) {
  return text.size() <= Secrets::kLongest ? std::string(text) : "sha256:" + sha256_hex(text);
}

/// For each byte of a text and some more: texts begin like few secrets, unless they are made to.
constexpr std::size_t kMostTries = 16;

std::uint32_t beginning(std::string_view text, std::size_t at) noexcept {
  std::uint32_t bytes = 0;
  static_assert(sizeof bytes == kShortest);
  std::memcpy(&bytes, text.data() + at, sizeof bytes);
  return bytes;
}

std::size_t bucket(std::uint32_t bytes) noexcept {
  return (bytes * 2'654'435'761U) >> 16U;  // the multiplier spreads what differs in few bits
}

enum class Kind { digit, letter, other };

Kind kind_of(char c) noexcept {
  if (is_digit(c)) return Kind::digit;
  return is_letter(c) || is_beyond_ascii(c) ? Kind::letter : Kind::other;
}

/// Whether a word or number ends between two characters.
bool is_bound(char left, char right) noexcept {
  const Kind kind = kind_of(left);
  return kind == Kind::other || kind != kind_of(right);
}

bool stands_apart(std::string_view text, std::size_t at, std::size_t length) noexcept {
  const std::size_t end = at + length;
  return (at == 0 || is_bound(text[at - 1], text[at])) &&
         (end == text.size() || is_bound(text[end - 1], text[end]));
}

}  // namespace

Secrets::Id Secrets::add(std::string_view text, bool links) {
  const auto next = static_cast<Id>(links_.size());
  const auto [at, added] = ids_.try_emplace(key_of(text), next);
  const Id id = at->second;
  if (!added) {
    if (links) links_[id] = true;
    return id;
  }
  links_.push_back(links);
  index(text);
  if (text.size() > kLongest) return id;
  if (const std::string encoded = percent_encode(text); encoded != text) add_spelling(id, encoded);
  return id;
}

void Secrets::add_spelling(Id id, std::string_view text) {
  if (text.size() <= kLongest && ids_.try_emplace(std::string(text), id).second) index(text);
}

void Secrets::index(std::string_view text) {
  if (text.size() < kShortest || text.size() > kLongest) return;
  const std::uint32_t bytes = beginning(text, 0);
  begins_.set(bucket(bytes));
  std::vector<std::uint16_t>& lengths = lengths_[bytes];
  const auto length = static_cast<std::uint16_t>(text.size());
  const auto place = std::ranges::lower_bound(lengths, length, std::ranges::greater{});
  if (place == lengths.end() || *place != length) lengths.insert(place, length);
}

bool Secrets::counts(std::string_view text, std::size_t at, Found found, Place place) const {
  const std::string_view secret = text.substr(at, found.length);
  const bool links = links_[found.id];
  const bool apart = found.length >= kAnywhere || stands_apart(text, at, found.length);
  if (place == Place::path)
    return links && apart && found.length >= kShortestInPath &&
           !std::ranges::all_of(secret, is_letter);
  return apart && found.length >= (links ? kShortest : kShortestOther);
}

std::optional<std::string> Secrets::replace_whole(std::string_view text, const Put& put) const {
  const auto found = ids_.find(key_of(text));
  return found == ids_.end() ? std::nullopt : put(found->second);
}

std::optional<Secrets::Replacement> Secrets::replace_at(std::string_view text, std::size_t at,
                                                        Place place, const Put& put,
                                                        std::size_t& tries) const {
  const std::uint32_t bytes = beginning(text, at);
  if (!begins_.test(bucket(bytes))) return std::nullopt;
  const auto lengths = lengths_.find(bytes);
  if (lengths == lengths_.end()) return std::nullopt;
  for (const std::uint16_t length : lengths->second) {
    if (length > text.size() - at) continue;
    ++tries;
    const auto found = ids_.find(text.substr(at, length));
    if (found == ids_.end() || !counts(text, at, {found->second, length}, place)) continue;
    if (std::optional<std::string> other = put(found->second))
      return Replacement{length, *std::move(other)};
  }
  return std::nullopt;
}

std::string Secrets::replaced(std::string_view text, Place place, const Put& put) const {
  if (place == Place::name && text.size() > kLongest) {
    if (std::optional<std::string> whole = replace_whole(text, put)) return *std::move(whole);
  }
  std::string out;
  std::size_t copied = 0, tries = 0;
  for (std::size_t at = 0; at + kShortest <= text.size();) {
    const std::optional<Replacement> found = replace_at(text, at, place, put, tries);
    if (tries > kMostTries * (text.size() + kLongest)) return std::string(kMaskedText);
    if (!found) {
      ++at;
      continue;
    }
    out.append(text, copied, at - copied);
    out += found->text;
    copied = at += found->length;
  }
  out.append(text, copied, std::string_view::npos);
  return out;
}

}  // namespace crumbs

#include "diff/known.h"

#include <algorithm>
#include <map>

#include "audit/secrets.h"
#include "form_name.h"
#include "system/sha256.h"

namespace crumbs {
namespace {

constexpr std::string_view kUpper = "ABCDEFGHIJKLMNOPQRSTUVWXYZ", kHex = "0123456789abcdef";
constexpr std::size_t kKeyTokenSize = 16;

/// Bytes of the token that the text begins with, "(A)" or the one of a key; 0 where it does not.
std::size_t token_at(std::string_view text) {
  if (!text.starts_with('(')) return 0;
  const std::size_t close = text.find(')');
  if (close == std::string_view::npos || close == 1) return 0;
  const std::string_view token = text.substr(1, close - 1);
  const bool is_letter = token.find_first_not_of(kUpper) == std::string_view::npos;
  const bool is_of_key =
      token.size() == kKeyTokenSize && token.find_first_not_of(kHex) == std::string_view::npos;
  return is_letter || is_of_key ? close + 1 : 0;
}

/// "jv_1_(A)" to "jv_1_•••": a token of another report means nothing.
std::string without_tokens(std::string_view name) {
  std::string plain;
  while (!name.empty()) {
    const std::size_t token = token_at(name);
    plain += token > 0 ? kMaskedText : name.substr(0, 1);
    name.remove_prefix(std::max<std::size_t>(token, 1));
  }
  return plain;
}

}  // namespace

std::string Known::value_digest(const FindingValue& value) const {
  if (by_key_) return value.keyed_digest;
  if (!value.digest.empty()) return value.digest;
  if (value.masked || value.availability == Availability::unavailable) return {};
  if (value.bytes) return sha256_hex(*value.bytes);
  return value.text ? sha256_hex(*value.text) : std::string();
}

bool Known::has_name(const Finding& finding) const noexcept {
  if (by_key_) return !finding.name_keyed_digest.empty();
  return !finding.name_masked || !finding.name_digest.empty();
}

std::string Known::name_digest(const Finding& finding) const {
  if (by_key_) return finding.name_keyed_digest;
  if (finding.name_masked || !finding.name_digest.empty()) return finding.name_digest;
  return sha256_hex(finding.name);
}

std::string name_shape(const Finding& finding) {
  if (finding.form && fill_form(finding.form->name, finding.captured) == finding.name) {
    std::map<std::string, std::string> captured = finding.captured;
    for (auto& [variable, text] : captured) text = kMaskedText;
    return fill_form(finding.form->name, captured);
  }
  return finding.name_masked ? without_tokens(finding.name) : finding.name;
}

void drop_tokens(Finding& finding, const Known& known) {
  finding.value.same_as.clear();
  if (known.by_key()) return;
  finding.value.token.clear();
  for (ValueField& field : finding.value.fields) field.token.clear();
  if (!finding.name_masked) return;
  finding.name = without_tokens(finding.name);
  finding.card = without_tokens(finding.card);
  for (auto& [variable, text] : finding.captured) text = without_tokens(text);
}

}  // namespace crumbs

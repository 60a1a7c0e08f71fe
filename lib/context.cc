#include "context.h"

#include <string_view>

#include <fmt/format.h>

namespace crumbs {
namespace {

constexpr std::string_view kPrivate = "privateBrowsingId";
constexpr std::string_view kFirstParty = "firstPartyDomain";
constexpr std::string_view kSession = "geckoViewSessionContextId";
/// How the last one is called in a suffix; the session store has the attribute's own name.
constexpr std::string_view kSessionInSuffix = "geckoViewUserContextId";

std::string_view name_of(std::string_view attribute) {
  return attribute == kSessionInSuffix ? kSession : attribute;
}

bool is_default(std::string_view attribute, std::string_view value) {
  return value.empty() || (attribute == kPrivate && value == "0");
}

std::string escaped(std::string_view text) {
  std::string safe;
  for (const char c : text) {
    if (std::string_view("&=|%").find(c) == std::string_view::npos)
      safe += c;
    else
      safe += fmt::format("%{:02X}", static_cast<unsigned char>(c));
  }
  return safe;
}

std::string attribute_words(std::string_view name, const std::string& value) {
  if (name == kPrivate) return value == "1" ? "private window" : "private window " + value;
  if (name == kFirstParty) return "isolated for " + value;
  if (name == kSession) return "session context " + value;
  return fmt::format("{} {}", name, value);
}

}  // namespace

std::string context_of(const Finding& finding) {
  std::string text;
  const auto add = [&text](std::string_view name, std::string_view value) {
    text += fmt::format("{}{}={}", text.empty() ? "" : "&", escaped(name), escaped(value));
  };
  if (finding.container) add("container", std::to_string(finding.container->id));
  for (const auto& [attribute, value] : finding.attributes.origin_attributes) {
    if (!is_default(attribute, value)) add(name_of(attribute), value);
  }
  return text;
}

std::string isolated_context_of(const Finding& finding) {
  std::string text = context_of(finding);
  if (const auto& partition = finding.partition)
    text += fmt::format("|{}|{}|{}", escaped(partition->top_level_site), escaped(partition->raw),
                        partition->cross_site_ancestor.value_or(false));
  return text;
}

std::string context_words(const Finding& finding) {
  std::string text;
  const auto add = [&text](const std::string& words) {
    text += (text.empty() ? "" : ", ") + words;
  };
  if (const auto& container = finding.container)
    add(fmt::format("container {}{}{}", container->id, container->name.empty() ? "" : " ",
                    container->name));
  for (const auto& [attribute, value] : finding.attributes.origin_attributes) {
    if (!is_default(attribute, value)) add(attribute_words(name_of(attribute), value));
  }
  return text;
}

}  // namespace crumbs

#include "labels.h"

#include <CLI/CLI.hpp>
#include <cstddef>
#include <string_view>

#include <fmt/format.h>

#include "crumbs/error.h"
#include "crumbs/printable.h"

namespace crumbs::cli {
namespace {

constexpr std::size_t kLongestKey = 64, kLongestLabel = 1024;

/// What a column may be called, in any tool.
bool is_key(std::string_view text) {
  constexpr std::string_view kAllowed =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-.";
  return !text.empty() && text.size() <= kLongestKey &&
         text.find_first_not_of(kAllowed) == std::string_view::npos;
}

std::string check_label(const std::string& text) {
  const std::size_t at = text.find('=');
  if (at == std::string::npos || !is_key(std::string_view(text).substr(0, at)))
    return "expected KEY=VALUE, the key of letters, digits, _, - and .";
  const std::string_view value = std::string_view(text).substr(at + 1);
  if (value.size() > kLongestLabel || printable(value) != value)
    return fmt::format("expected a text of at most {} bytes without control characters",
                       kLongestLabel);
  return "";
}

}  // namespace

void add_label_option(CLI::App& command, std::vector<std::string>& labels) {
  command
      .add_option("--label", labels,
                  "what every record is marked with, such as device=pc12; repeatable")
      ->type_name("KEY=VALUE")
      ->allow_extra_args(false)
      ->check(CLI::Validator(check_label, ""))
      ->envname("CRUMBS_LABEL")
      ->group("Output");
}

Labels labels_of(const std::vector<std::string>& texts) {
  Labels labels;
  for (const std::string& text : texts) {
    const std::size_t at = text.find('=');
    if (!labels.emplace(text.substr(0, at), text.substr(at + 1)).second)
      throw Error(ErrorCode::usage,
                  fmt::format("--label: {} is given twice", printable(text.substr(0, at))));
  }
  return labels;
}

}  // namespace crumbs::cli

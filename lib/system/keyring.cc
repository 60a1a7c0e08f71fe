#include "system/keyring.h"

#include <array>
#include <utility>

#include <fmt/format.h>

namespace crumbs {

std::string_view keyring_application(std::string_view browser) noexcept {
  using Pair = std::pair<std::string_view, std::string_view>;
  static constexpr std::array<Pair, 6> kApplications = {{{"chromium", "chromium"},
                                                         {"chrome", "chrome"},
                                                         {"brave", "brave"},
                                                         {"edge", "chromium"},
                                                         {"opera", "chromium"},
                                                         {"vivaldi", "chrome"}}};
  for (const auto& [id, application] : kApplications) {
    const bool channel = browser.size() > id.size() && browser[id.size()] == '-';
    if (browser.starts_with(id) && (browser.size() == id.size() || channel)) return application;
  }
  return {};
}

KeyringAnswer Keyring::ask(std::string_view browser) {
  const std::string_view application = keyring_application(browser);
  if (application.empty())
    return {std::nullopt, fmt::format("{} keeps no secret in a keyring that is known", browser)};
  const std::lock_guard lock(mutex_);
  const auto known = answers_.find(application);
  if (known != answers_.end()) return known->second;
  return answers_.emplace(application, ask_secret_service(application, patience_)).first->second;
}

}  // namespace crumbs

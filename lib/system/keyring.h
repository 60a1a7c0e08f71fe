#pragma once

/// The desktop's Secret Service (--keyring): where Chromium on Linux keeps the secret of v11 values
/// (Chromium components/os_crypt/async/browser/freedesktop_secret_key_provider.cc).

#include <chrono>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

namespace crumbs {

struct KeyringAnswer {
  std::optional<std::string> secret;
  std::string problem;  ///< one line for people where there is no secret
};

/// Value of the `application` attribute under which a browser (id of browsers.def, channels
/// included: "chrome-beta") keeps its secret; empty for a browser that keeps none.
[[nodiscard]] std::string_view keyring_application(std::string_view browser) noexcept;

/// Asks the running desktop for the secret of `application` in the default collection. Never
/// prompts, never unlocks, takes no longer than about `patience`. Throws Error(unsupported) where
/// crumbs was built without libsecret.
[[nodiscard]] KeyringAnswer ask_secret_service(std::string_view application,
                                               std::chrono::milliseconds patience);

/// Asks for each application at most once, however many stores want it. Safe from several threads.
class Keyring {
 public:
  explicit Keyring(std::chrono::milliseconds patience = std::chrono::seconds(5))
      : patience_(patience) {}

  /// As ask_secret_service, by browser. A problem of one application is not asked about again.
  [[nodiscard]] KeyringAnswer ask(std::string_view browser);

 private:
  std::chrono::milliseconds patience_;
  std::mutex mutex_;
  std::map<std::string, KeyringAnswer, std::less<>> answers_;
};

}  // namespace crumbs

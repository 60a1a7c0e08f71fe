#pragma once

/// Where an entry lives: "*", "x.com", ".x.com", "*.x.com" (crumbs-catalog(5), SCOPE). Compared on
/// label boundaries, ASCII case-insensitively; "ample.com" is no part of "example.com".

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace crumbs {

class HostScope {
 public:
  enum class Kind { any, host, host_and_subdomains, subdomains };

  /// nullopt where the text is none of the four forms.
  static std::optional<HostScope> parse(std::string_view text);

  /// How well the host fits: 0 not at all; higher is narrower (any host < a longer and longer
  /// domain < this very host). No allocation.
  [[nodiscard]] std::size_t fit(std::string_view host) const noexcept;
  /// Whether every host in `other` is in this scope.
  [[nodiscard]] bool covers(const HostScope& other) const noexcept;
  /// Whether some host fits both equally well.
  [[nodiscard]] bool ties(const HostScope& other) const noexcept;
  /// A host in the scope.
  [[nodiscard]] std::string sample() const;

 private:
  Kind kind_ = Kind::any;
  std::string domain_;  ///< lower case
};

}  // namespace crumbs

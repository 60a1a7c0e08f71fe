#include "catalog/host_scope.h"
#include "ascii.h"

#include <algorithm>

namespace crumbs {
namespace {

constexpr std::size_t kFitsAny = 1;
constexpr std::size_t kFitsHost = 1U << 16U;
constexpr std::size_t kLongestDomain = 253;

bool is_below(std::string_view host, std::string_view domain) noexcept {
  if (host.size() <= domain.size() + 1) return false;
  const std::size_t dot = host.size() - domain.size() - 1;
  return host[dot] == '.' && equal_but_for_case(host.substr(dot + 1), domain);
}

bool is_host_byte(char byte) noexcept {
  return (byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9') || byte == '-' ||
         byte == '_' || byte == '.';
}

bool is_domain(std::string_view text) noexcept {
  return !text.empty() && text.size() <= kLongestDomain && text.front() != '.' &&
         text.back() != '.' && text.find("..") == std::string_view::npos &&
         std::ranges::all_of(text, is_host_byte);
}

}  // namespace

std::optional<HostScope> HostScope::parse(std::string_view text) {
  HostScope scope;
  if (text == "*") return scope;
  scope.kind_ = Kind::host;
  if (text.starts_with("*.")) {
    scope.kind_ = Kind::subdomains;
    text.remove_prefix(2);
  } else if (text.starts_with('.')) {
    scope.kind_ = Kind::host_and_subdomains;
    text.remove_prefix(1);
  }
  scope.domain_ = lower_case(text);
  return is_domain(scope.domain_) ? std::optional(scope) : std::nullopt;
}

std::size_t HostScope::fit(std::string_view host) const noexcept {
  if (kind_ == Kind::any) return kFitsAny;
  const bool same = equal_but_for_case(host, domain_);
  if (kind_ == Kind::host) return same ? kFitsHost : 0;
  if (same && kind_ == Kind::host_and_subdomains) return kFitsAny + domain_.size();
  return is_below(host, domain_) ? kFitsAny + domain_.size() : 0;
}

bool HostScope::covers(const HostScope& other) const noexcept {
  if (kind_ == Kind::any) return true;
  if (other.kind_ == Kind::any) return false;
  if (other.kind_ == Kind::host) return fit(other.domain_) > 0;
  if (kind_ == Kind::host) return false;
  if (other.domain_ == domain_)
    return kind_ == Kind::host_and_subdomains || other.kind_ == Kind::subdomains;
  return is_below(other.domain_, domain_);
}

bool HostScope::ties(const HostScope& other) const noexcept {
  const bool both_hosts = kind_ == Kind::host && other.kind_ == Kind::host;
  const bool neither_host = kind_ != Kind::host && other.kind_ != Kind::host;
  return (both_hosts || neither_host) && domain_ == other.domain_;
}

std::string HostScope::sample() const {
  if (kind_ == Kind::any) return "example.com";
  return kind_ == Kind::subdomains ? "www." + domain_ : domain_;
}

}  // namespace crumbs

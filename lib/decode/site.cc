#include "decode/site.h"
#include "ascii.h"

#include <arpa/inet.h>
#include <libpsl.h>

#include <algorithm>
#include <array>
#include <functional>
#include <memory>

namespace crumbs {
namespace {

struct FreeList {
  void operator()(psl_ctx_t* list) const { psl_free(list); }
};

/// The distribution's list, or the one built into libpsl where there is none. Loaded once;
/// constant afterwards, so any thread may read it.
const psl_ctx_t* public_suffixes() {
  static const std::unique_ptr<psl_ctx_t, FreeList> list(psl_latest(nullptr));
  return list ? list.get() : psl_builtin();
}

std::string normalized(std::string_view host) {
  if (host.starts_with('.')) host.remove_prefix(1);
  if (host.ends_with('.')) host.remove_suffix(1);
  return lower_case(host);
}

bool is_address(const std::string& host) {
  in_addr address{};
  return host.find(':') != std::string::npos || inet_pton(AF_INET, host.c_str(), &address) == 1;
}

std::string look_up(const std::string& host) {
  if (host.find('.') == std::string::npos || is_address(host)) return host;
  const char* const domain = psl_registrable_domain(public_suffixes(), host.c_str());
  return domain == nullptr ? host : domain;
}

/// Stores are read host by host, so the last few answers are asked for again and again.
struct Remembered {
  std::string host, domain;
};

bool is_port(std::string_view text) {
  return std::ranges::all_of(text, is_digit);
}

}  // namespace

std::string registrable_domain(std::string_view host) {
  thread_local std::array<Remembered, 64> cache;
  Remembered& slot = cache[std::hash<std::string_view>{}(host) % cache.size()];
  if (slot.host != host) slot = {std::string(host), look_up(normalized(host))};
  return slot.domain;
}

std::string host_of_origin(std::string_view origin) {
  const std::size_t scheme = origin.find("://");
  if (scheme == std::string_view::npos || scheme == 0) return {};
  std::string_view authority = origin.substr(scheme + 3);
  authority = authority.substr(0, authority.find_first_of("/?#"));
  if (authority.find('@') != std::string_view::npos) return {};
  const bool bracketed = authority.starts_with('[');
  const std::size_t bracket = authority.find(']');
  if (bracketed && bracket == std::string_view::npos) return {};
  const std::size_t host =
      bracketed ? bracket + 1 : std::min(authority.find(':'), authority.size());
  const std::string_view port = authority.substr(host);
  if (!port.empty() && (port.front() != ':' || !is_port(port.substr(1)))) return {};
  return std::string(authority.substr(0, host));
}

}  // namespace crumbs

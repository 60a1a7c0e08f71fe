#pragma once

#include <string>
#include <string_view>

namespace crumbs {

/// The registrable domain (public suffix plus one label) of a host, by the distribution's public
/// suffix list; the host itself for IP addresses, single labels and public suffixes. A leading dot
/// is ignored, case is folded. Safe from several threads. Cost: a few hash look-ups.
[[nodiscard]] std::string registrable_domain(std::string_view host);
/// Host of a serialized origin or site: "https://[::1]:8080" -> "[::1]"; empty where there is none.
[[nodiscard]] std::string host_of_origin(std::string_view origin);

}  // namespace crumbs

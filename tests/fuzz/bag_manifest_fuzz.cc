#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "bundle/manifest.h"

namespace {

/// No path leads out of the bag, and every one comes back from its written form.
void check(std::string_view text, bool payload) {
  const crumbs::ManifestReading read = crumbs::read_manifest(text, "m", payload);
  for (const auto& [path, hash] : read.files) {
    const bool out = path.empty() || path.front() == '/' ||
                     path.find("/../") != std::string::npos || path.starts_with("../") ||
                     path.ends_with("/..");
    if (out || hash.size() != 64 || path.starts_with(crumbs::kPayload) != payload) std::abort();
    if (crumbs::decode_bag_path(crumbs::encode_bag_path(path)) != path) std::abort();
    const crumbs::ManifestReading again = crumbs::read_manifest(
        crumbs::to_manifest({{.path = path, .bytes = 0, .sha256 = hash}}), "m", payload);
    if (again.files.size() != 1 || again.files.begin()->first != path) std::abort();
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  check(text, true);
  check(text, false);
  (void)crumbs::read_bag_info(text);
  return 0;
}

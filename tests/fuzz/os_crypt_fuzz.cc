/// Any bytes as an encrypted value, for every system and with keys and without: a value or a reason
/// comes out, both only where the value is doubtful, and nothing is thrown.

#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "decode/os_crypt.h"

namespace {

crumbs::DecryptionKeys all_keys() {
  crumbs::DecryptionKeys keys;
  keys.safe_storage_secret = "dGVzdHBhc3N3b3JkMTIzNA==";
  keys.aes_key = std::string(32, 'k');
  return keys;
}

void open(crumbs::Decryptor& decryptor, std::string_view blob, bool host_hashed) {
  const auto opened = decryptor.open(blob, ".example.com", host_hashed);
  const bool closed = opened.availability == crumbs::Availability::unavailable;
  const bool doubtful = opened.availability == crumbs::Availability::doubtful;
  if ((closed || doubtful) != opened.reason.has_value()) std::abort();
  if (closed && !opened.plaintext.empty()) std::abort();
  if (opened.plaintext.size() > blob.size()) std::abort();
}

/// Made once: deriving keys is the slow part.
struct System {
  crumbs::Decryptor without, with;
  explicit System(const char* name) : without({}, name), with(all_keys(), name) {}
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static System systems[] = {System("linux"), System("macos"), System("windows"), System("")};
  const std::string_view blob(reinterpret_cast<const char*>(data), size);
  for (System& system : systems) {
    for (const bool host_hashed : {false, true}) {
      open(system.without, blob, host_hashed);
      open(system.with, blob, host_hashed);
    }
  }
  return 0;
}

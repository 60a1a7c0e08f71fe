#pragma once

/// Chromium's value encryption (os_crypt), reading only. Facts and vectors: Chromium
/// components/os_crypt/{sync,async}; see fixtures/README.md for where the vectors are from.

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "crumbs/keys.h"
#include "crumbs/types.h"

namespace crumbs {

/// Opens encrypted values with the keys it was given and the published constants. Derives each key
/// once. One thread.
class Decryptor {
 public:
  struct Opened {
    Availability availability = Availability::unavailable;
    std::optional<Unavailable> reason;
    std::string encryption;  ///< "v10", "v11", "v12", "v20", "dpapi", "unknown"
    std::string plaintext;   ///< without the hash of its host, or of another's where `reason` is
                             ///< host_hash_mismatch
    std::string note;        ///< "empty key", "HKDF without NUL", ... may be empty
  };

  /// `system`: Profile::system; decides between the Linux and macOS derivations where it is known.
  Decryptor(const DecryptionKeys& keys, std::string_view system);
  ~Decryptor();
  Decryptor(const Decryptor&) = delete;
  Decryptor& operator=(const Decryptor&) = delete;

  /// `host`: host key as stored. `host_hashed`: the schema puts SHA-256(host) before every value;
  /// it is recognised all the same where it does not. A value that should have it and has another
  /// or none is `doubtful`. Never throws for what the blob holds.
  [[nodiscard]] Opened open(std::string_view blob, std::string_view host, bool host_hashed);

 private:
  struct Data;
  std::unique_ptr<Data> data_;
};

}  // namespace crumbs

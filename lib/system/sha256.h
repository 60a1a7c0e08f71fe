#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace crumbs {

/// SHA-256 in lower-case hex. Incremental; one thread. Cost: one pass over the bytes.
class Sha256 {
 public:
  Sha256();
  ~Sha256();
  Sha256(const Sha256&) = delete;
  Sha256& operator=(const Sha256&) = delete;
  void update(const void* data, std::size_t size);
  [[nodiscard]] std::string hex();        ///< finishes
  void raw(unsigned char (&digest)[32]);  ///< finishes
 private:
  void* context_;
};
[[nodiscard]] std::string sha256_hex(std::string_view bytes);

}  // namespace crumbs

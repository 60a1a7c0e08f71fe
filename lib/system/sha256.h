#pragma once

#include <cstddef>
#include <memory>
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

/// HMAC-SHA-256 (RFC 2104) by one key, in lower-case hex. Any thread. Cost: one pass over the text.
class HmacSha256 {
 public:
  explicit HmacSha256(std::string_view key);
  [[nodiscard]] std::string hex(std::string_view text) const;

 private:
  struct Free {
    void operator()(void* context) const noexcept;
  };
  std::unique_ptr<void, Free> keyed_;  ///< copied for each text
};

}  // namespace crumbs

#include <algorithm>

#include <openssl/evp.h>

#include "decode/text.h"

namespace crumbs {
namespace {

// OpenSSL counts in int; blocks of whole quanta keep any length inside it.
constexpr std::size_t kPlainBlock = std::size_t{3} << 20U;
constexpr std::size_t kCodedBlock = std::size_t{4} << 20U;
constexpr std::string_view kAlphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

const unsigned char* unsigned_bytes(std::string_view bytes) {
  return reinterpret_cast<const unsigned char*>(bytes.data());
}

std::size_t padding_of(std::string_view text) {
  if (text.ends_with("==")) return 2;
  return text.ends_with('=') ? 1 : 0;
}

/// OpenSSL itself would accept white space, padding inside and unused bits that are set.
bool is_strict(std::string_view text) {
  if (text.size() % 4 != 0) return false;
  const std::string_view digits = text.substr(0, text.size() - padding_of(text));
  return digits.find_first_not_of(kAlphabet) == std::string_view::npos;
}

std::string decode_block(std::string_view text) {
  std::string out(text.size() / 4 * 3, '\0');
  const int size = EVP_DecodeBlock(reinterpret_cast<unsigned char*>(out.data()),
                                   unsigned_bytes(text), static_cast<int>(text.size()));
  out.resize(static_cast<std::size_t>(std::max(size, 0)));
  return out;
}

}  // namespace

std::string base64_encode(std::string_view bytes) {
  std::string out;
  out.reserve((bytes.size() + 2) / 3 * 4);
  for (; !bytes.empty(); bytes.remove_prefix(std::min(bytes.size(), kPlainBlock))) {
    const std::string_view block = bytes.substr(0, kPlainBlock);
    std::string coded((block.size() + 2) / 3 * 4 + 1, '\0');  // OpenSSL ends it with a NUL
    const int size = EVP_EncodeBlock(reinterpret_cast<unsigned char*>(coded.data()),
                                     unsigned_bytes(block), static_cast<int>(block.size()));
    out.append(coded, 0, static_cast<std::size_t>(size));
  }
  return out;
}

std::optional<std::string> base64_decode(std::string_view text) {
  if (!is_strict(text)) return std::nullopt;
  std::string out;
  out.reserve(text.size() / 4 * 3);
  for (std::size_t i = 0; i < text.size(); i += kCodedBlock)
    out += decode_block(text.substr(i, kCodedBlock));
  out.erase(out.size() - padding_of(text));
  const std::size_t tail = out.size() % 3;
  if (tail != 0 && base64_encode(std::string_view(out).substr(out.size() - tail)) !=
                       text.substr(text.size() - 4))
    return std::nullopt;
  return out;
}

}  // namespace crumbs

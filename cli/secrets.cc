#include "secrets.h"

#include <array>
#include <cerrno>
#include <fstream>
#include <optional>
#include <string_view>
#include <system_error>

#include <fmt/format.h>

#include "crumbs/error.h"
#include "crumbs/printable.h"

namespace crumbs::cli {
namespace {

constexpr std::size_t kKeySize = 32;
/// Far more than any secret; a file that is larger is some other file.
constexpr std::size_t kLargestFile = 4096;

[[noreturn]] void refuse(const std::string& file, std::string_view problem) {
  throw Error(ErrorCode::usage, fmt::format("{}: {}", printable(file), problem));
}

std::string read_small(const std::string& file) {
  errno = 0;
  std::ifstream stream(file, std::ios::binary);
  std::array<char, kLargestFile + 1> buffer{};
  stream.read(buffer.data(), buffer.size());
  const auto size = static_cast<std::size_t>(stream.gcount());
  if (!stream.is_open() || stream.bad() || (size == 0 && errno != 0))
    refuse(file, std::generic_category().message(errno == 0 ? EIO : errno));
  if (size == 0) refuse(file, "is empty");
  if (size > kLargestFile) refuse(file, "is too large to be a secret");
  return {buffer.data(), size};
}

void strip_line_end(std::string& text) {
  if (text.ends_with('\n')) text.pop_back();
  if (text.ends_with('\r')) text.pop_back();
}

int position(std::string_view alphabet, char c) {
  const std::size_t at = alphabet.find(c);
  return at == std::string_view::npos ? -1 : static_cast<int>(at);
}

/// Bits of digits of `bits` each, the highest first; bits that fill no byte are dropped.
std::optional<std::string> unpack(std::string_view digits, std::string_view alphabet,
                                  unsigned bits) {
  std::string bytes;
  unsigned held = 0, value = 0;
  for (const char c : digits) {
    const int digit = position(alphabet, c);
    if (digit < 0) return std::nullopt;
    value = ((value << bits) | static_cast<unsigned>(digit)) & 0xffffU;
    held += bits;
    if (held < 8) continue;
    held -= 8;
    bytes += static_cast<char>((value >> held) & 0xffU);
  }
  return bytes;
}

std::optional<std::string> from_bytes(std::string_view text) {
  if (text.size() != kKeySize) return std::nullopt;
  return std::string(text);
}

std::optional<std::string> from_hex(std::string_view digits) {
  std::string text(digits);
  for (char& c : text) c = c >= 'A' && c <= 'F' ? static_cast<char>(c - 'A' + 'a') : c;
  return text.size() == 2 * kKeySize ? unpack(text, "0123456789abcdef", 4) : std::nullopt;
}

std::optional<std::string> from_base64(std::string_view text) {
  constexpr std::string_view kAlphabet =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  if (text.size() != 44 || !text.ends_with('=')) return std::nullopt;
  return unpack(text.substr(0, 43), kAlphabet, 6);
}

}  // namespace

std::string read_secret(const std::string& file) {
  std::string text = read_small(file);
  strip_line_end(text);
  if (text.empty()) refuse(file, "is empty");
  return text;
}

DigestKey read_digest_key(const std::string& file) {
  const std::string text = read_secret(file);
  try {
    return DigestKey(text);
  } catch (const Error& error) {
    refuse(file, error.what());
  }
}

std::string read_aes_key(const std::string& file) {
  std::string text = read_small(file);
  if (auto key = from_bytes(text)) return *key;
  strip_line_end(text);
  for (const auto& form : {from_bytes, from_hex, from_base64})
    if (auto key = form(text)) return *key;
  refuse(file, "holds no key of 32 bytes (raw, 64 hexadecimal digits, or base64)");
}

}  // namespace crumbs::cli

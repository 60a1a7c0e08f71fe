#include "printable.h"

#include <algorithm>
#include <cstdint>

#include <fmt/format.h>
#include <utf8proc.h>

#include "crumbs/printable.h"

namespace crumbs {
namespace {

constexpr utf8proc_int32_t kJoiner = 0x200d, kTextStyle = 0xfe0e, kEmojiStyle = 0xfe0f,
                           kKeycap = 0x20e3;
/// More marks than any script puts on one letter; what follows would only overprint other lines.
constexpr unsigned kMaxMarks = 6;

bool is_plain_ascii(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return c >= 0x20 && c < 0x7f; });
}

/// The code point at the front, or -1 where the bytes are not UTF-8. `size` is 1 then.
utf8proc_int32_t decode(std::string_view text, std::size_t& size) {
  utf8proc_int32_t code = -1;
  const auto count = utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                                      static_cast<utf8proc_ssize_t>(text.size()), &code);
  size = count > 0 ? static_cast<std::size_t>(count) : 1;
  return count > 0 ? code : -1;
}

utf8proc_int32_t peek(std::string_view text) {
  std::size_t size = 0;
  return text.empty() ? -1 : decode(text, size);
}

bool is_pictograph(utf8proc_int32_t code) {
  return code >= 0 &&
         utf8proc_get_property(code)->boundclass == UTF8PROC_BOUNDCLASS_EXTENDED_PICTOGRAPHIC;
}

bool is_skin_tone(utf8proc_int32_t code) {
  return code >= 0x1f3fb && code <= 0x1f3ff;
}

bool is_keycap_base(utf8proc_int32_t code) {
  return (code >= '0' && code <= '9') || code == '#' || code == '*';
}

constexpr utf8proc_category_t kHiddenCategories[] = {
    UTF8PROC_CATEGORY_CC, UTF8PROC_CATEGORY_CF, UTF8PROC_CATEGORY_CN, UTF8PROC_CATEGORY_CO,
    UTF8PROC_CATEGORY_CS, UTF8PROC_CATEGORY_ZL, UTF8PROC_CATEGORY_ZP, UTF8PROC_CATEGORY_ZS};

/// Anything that shows nothing, shows as something else, or reorders what is around it.
bool is_hidden(utf8proc_int32_t code) {
  if (code == ' ') return false;
  return utf8proc_get_property(code)->ignorable != 0 ||
         std::ranges::find(kHiddenCategories, utf8proc_category(code)) !=
             std::end(kHiddenCategories);
}

bool is_mark(utf8proc_int32_t code) {
  const auto category = utf8proc_category(code);
  return category == UTF8PROC_CATEGORY_MN || category == UTF8PROC_CATEGORY_ME ||
         category == UTF8PROC_CATEGORY_MC;
}

std::string escaped(utf8proc_int32_t code) {
  switch (code) {
    case '\n':
      return "\\n";
    case '\r':
      return "\\r";
    case '\t':
      return "\\t";
    default:
      return code < 0x80 ? fmt::format("\\x{:02x}", code) : fmt::format("\\u{{{:x}}}", code);
  }
}

/// Decides code point by code point what may stay as it is.
class Cleaner {
 public:
  std::string clean(std::string_view text) {
    std::string result;
    result.reserve(text.size());
    while (!text.empty()) {
      std::size_t size = 0;
      const auto code = decode(text, size);
      const std::string_view bytes = text.substr(0, size);
      text.remove_prefix(size);
      if (code < 0) {
        result += fmt::format("\\x{:02x}", static_cast<unsigned char>(bytes[0]));
        forget();
      } else if (may_stay(code, peek(text))) {
        result += bytes;
      } else {
        result += escaped(code);
        forget();
      }
    }
    return result;
  }

 private:
  void forget() {
    base_ = -1;
    marks_ = 0;
    styled_ = false;
  }

  /// Updates what is known of the letter before, too.
  bool may_stay(utf8proc_int32_t code, utf8proc_int32_t next) {
    if (code == kJoiner) return is_pictograph(base_) && is_pictograph(next);
    if (code == kEmojiStyle || code == kTextStyle) return may_style(next);
    if (is_hidden(code)) return false;
    if (is_mark(code)) return base_ >= 0 && base_ != ' ' && ++marks_ <= kMaxMarks;
    if (is_skin_tone(code) && is_pictograph(base_)) return true;
    base_ = code;
    marks_ = 0;
    styled_ = false;
    return true;
  }

  bool may_style(utf8proc_int32_t next) {
    if (styled_ || !(is_pictograph(base_) || (is_keycap_base(base_) && next == kKeycap)))
      return false;
    styled_ = true;
    return true;
  }

  utf8proc_int32_t base_ = -1;
  unsigned marks_ = 0;
  bool styled_ = false;
};

std::size_t column_width(utf8proc_int32_t code) {
  return static_cast<std::size_t>(std::max(0, utf8proc_charwidth(code)));
}

/// Vowels and finals of a Hangul syllable take no room of their own.
bool is_trailing_jamo(utf8proc_int32_t code) {
  const auto boundary = utf8proc_get_property(code)->boundclass;
  return boundary == UTF8PROC_BOUNDCLASS_V || boundary == UTF8PROC_BOUNDCLASS_T;
}

std::size_t cluster_width(std::string_view bytes) {
  std::size_t size = 0;
  const auto first = decode(bytes, size);
  std::size_t width = column_width(first);
  for (bytes.remove_prefix(size); !bytes.empty(); bytes.remove_prefix(size)) {
    const auto code = decode(bytes, size);
    const bool emoji = code == kEmojiStyle || code == kJoiner || is_skin_tone(code);
    if (emoji)
      width = 2;
    else if (!is_pictograph(first) && !is_trailing_jamo(code))
      width += column_width(code);
  }
  return width;
}

}  // namespace

Cluster take_cluster(std::string_view& text) {
  std::size_t size = 0, end = 0;
  utf8proc_int32_t before = decode(text, end), state = 0;
  while (end < text.size()) {
    const auto code = decode(text.substr(end), size);
    if (code < 0 || utf8proc_grapheme_break_stateful(before, code, &state) != 0) break;
    before = code;
    end += size;
  }
  const std::string_view bytes = text.substr(0, end);
  text.remove_prefix(end);
  return {bytes, bytes.size() == 1 ? std::size_t{1} : cluster_width(bytes)};
}

std::size_t printable_width(std::string_view text) {
  if (is_plain_ascii(text)) return text.size();
  std::size_t width = 0;
  while (!text.empty()) width += take_cluster(text).width;
  return width;
}

std::string shorten(std::string_view text, std::size_t width) {
  if (printable_width(text) <= width) return std::string(text);
  std::string result;
  std::size_t used = 1;
  while (!text.empty()) {
    const Cluster cluster = take_cluster(text);
    used += cluster.width;
    if (used > width) break;
    result += cluster.bytes;
  }
  return width == 0 ? "" : result + "…";
}

std::string printable(std::string_view text) {
  return is_plain_ascii(text) ? std::string(text) : Cleaner().clean(text);
}

std::size_t display_width(std::string_view text) {
  return is_plain_ascii(text) ? text.size() : printable_width(printable(text));
}

std::string counted(std::uint64_t count, std::string_view one, std::string_view many) {
  if (count == 1) return fmt::format("1 {}", one);
  return many.empty() ? fmt::format("{} {}s", count, one) : fmt::format("{} {}", count, many);
}

}  // namespace crumbs

#include "color.h"

#include <langinfo.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <charconv>
#include <clocale>
#include <cstdlib>

namespace crumbs::cli {
namespace {

std::string_view variable(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? std::string_view{} : value;
}

/// By which the locale of characters is chosen (POSIX, XBD 8.2).
std::string_view locale_variable() {
  for (const char* name : {"LC_ALL", "LC_CTYPE", "LANG"}) {
    if (const std::string_view value = variable(name); !value.empty()) return value;
  }
  return {};
}

bool names_utf8(std::string_view locale) {
  for (const std::string_view codeset : {".UTF-8", ".utf8", ".utf-8", ".UTF8"}) {
    if (locale.find(codeset) != std::string_view::npos) return true;
  }
  return false;
}

unsigned terminal_width() {
  winsize size{};
  if (!stdout_is_terminal() || ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0) return 0;
  return size.ws_col;
}

unsigned columns_variable() {
  const std::string_view text = variable("COLUMNS");
  unsigned columns = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), columns);
  return error == std::errc{} && end == text.data() + text.size() ? columns : 0;
}

}  // namespace

bool use_color(std::string_view choice) {
  if (choice != "auto") return choice == "always";
  return variable("NO_COLOR").empty() && variable("TERM") != "dumb" && stdout_is_terminal();
}

unsigned text_width(unsigned choice) {
  if (choice != 0) return choice;
  if (const unsigned width = terminal_width(); width != 0) return width;
  const unsigned width = columns_variable();
  return width == 0 ? 80 : width;
}

bool terminal_has_utf8() {
  // The locale of this process stays as it is: numbers in reports have no other form.
  if (const locale_t locale = newlocale(LC_CTYPE_MASK, "", locale_t{}); locale != locale_t{}) {
    const std::string_view codeset = nl_langinfo_l(CODESET, locale);
    const bool utf8 = codeset == "UTF-8";
    freelocale(locale);
    return utf8;
  }
  return names_utf8(locale_variable());  // the locale is not installed; the terminal need not care
}

bool stdout_is_terminal() {
  return isatty(STDOUT_FILENO) != 0;
}

bool stderr_is_terminal() {
  return isatty(STDERR_FILENO) != 0;
}

}  // namespace crumbs::cli

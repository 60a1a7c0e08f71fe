#include "color.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <charconv>
#include <cstdlib>

namespace crumbs::cli {
namespace {

std::string_view variable(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? std::string_view{} : value;
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

bool stdout_is_terminal() {
  return isatty(STDOUT_FILENO) != 0;
}

bool stderr_is_terminal() {
  return isatty(STDERR_FILENO) != 0;
}

}  // namespace crumbs::cli

#include "json/pointer.h"

namespace crumbs {

std::string pointer_step(std::string_view key) {
  std::string step(1, '/');
  for (const char byte : key) {
    if (byte == '~') {
      step += "~0";
    } else if (byte == '/') {
      step += "~1";
    } else {
      step += byte;
    }
  }
  return step;
}

std::string pointer_key(std::string_view step) {
  std::string key;
  for (std::size_t i = 0; i < step.size(); ++i) {
    const bool escape = step[i] == '~' && i + 1 < step.size();
    key += escape ? (step[++i] == '1' ? '/' : '~') : step[i];
  }
  return key;
}

}  // namespace crumbs

#include "crumbs/glob.h"

namespace crumbs {

bool fits(std::string_view pattern, std::string_view text) {
  std::size_t p = 0, n = 0, star = std::string_view::npos, resume = 0;
  while (n < text.size()) {
    if (p < pattern.size() && pattern[p] == '*') {
      star = p++;
      resume = n;
    } else if (p < pattern.size() && pattern[p] == text[n]) {
      ++p;
      ++n;
    } else if (star != std::string_view::npos) {
      p = star + 1;
      n = ++resume;
    } else {
      return false;
    }
  }
  return pattern.find_first_not_of('*', p) == std::string_view::npos;
}

}  // namespace crumbs

#include "rights.h"

#include <string_view>

namespace crumbs {

bool undoes_choice(const Deletion& deletion) {
  constexpr std::string_view kSeparator = ", ";
  std::string_view rest = deletion.effect_on_rights;
  while (!rest.empty()) {
    const std::size_t end = rest.find(kSeparator);
    const std::string_view effect = rest.substr(0, end);
    if (effect != "removes_block_record") return true;
    rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + kSeparator.size());
  }
  return false;
}

}  // namespace crumbs

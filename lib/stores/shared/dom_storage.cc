#include "stores/shared/dom_storage.h"

namespace crumbs {
RawValue dom_value(std::string_view stored, std::uint64_t budget) noexcept {
  const DomString text = parse_dom_string(stored);
  RawValue value;
  value.encoding = text.encoding;
  value.length = text.fault == DomStringFault::none ? text.bytes.size() : stored.size();
  if (text.fault != DomStringFault::none) {
    value.unavailable = Unavailable::malformed;
  } else if (value.length > budget) {
    value.unavailable = Unavailable::too_large;
  } else {
    value.bytes = text.bytes;
  }
  return value;
}

}  // namespace crumbs

/// Any bytes as a stored string: either a fault that has words, or text of a bounded length.

#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "decode/dom_string.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const crumbs::DomString text = crumbs::parse_dom_string(bytes);
  const bool faulty = text.fault != crumbs::DomStringFault::none;
  if (faulty == crumbs::describe(text.fault).empty()) std::abort();
  if (faulty) return 0;
  std::string out;
  crumbs::to_wtf8(text, out);
  if (out.size() > 2 * text.bytes.size()) std::abort();
  return 0;
}

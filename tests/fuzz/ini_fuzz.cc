#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "formats/ini.h"

/// Whatever the bytes are: no more comes out than went in, and every key is found again.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  std::size_t bytes = 0;
  for (const crumbs::IniSection& section : crumbs::parse_ini(text)) {
    bytes += section.name.size() + 2;
    for (const auto& [key, value] : section.values) {
      bytes += key.size() + value.size() + 1;
      if (section.get(key) != value) std::abort();
    }
  }
  if (bytes > size) std::abort();
  return 0;
}

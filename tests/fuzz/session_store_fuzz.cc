/// Any bytes as the JSON of a session store: cookies with their place, or Error(corrupt), come out.

#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "crumbs/error.h"
#include "stores/shared/session_json.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  try {
    crumbs::read_session_cookies(
        {reinterpret_cast<const char*>(data), size},
        [](const crumbs::SessionCookie& cookie) {
          if (cookie.pointer.find("cookies/") == std::string::npos) std::abort();
        },
        [](const crumbs::SessionProblem& problem) {
          if (problem.message.empty()) std::abort();
        });
  } catch (const crumbs::Error& error) {
    if (error.code() != crumbs::ErrorCode::corrupt) std::abort();
  }
  return 0;
}

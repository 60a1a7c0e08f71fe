#include "profiles/local_state.h"

#include <array>
#include <cstddef>
#include <string_view>
#include <utility>

#include <nlohmann/json.hpp>

namespace crumbs {
namespace {

using nlohmann::json;

/// Follows the parser and keeps what is wanted. A document would hold all of a file that may be
/// large, and parsing one with a filter takes the square of its members.
class Listener final : public nlohmann::json_sax<json> {
 public:
  bool null() override { return true; }
  bool boolean(bool /*value*/) override { return true; }
  bool number_integer(number_integer_t /*value*/) override { return true; }
  bool number_unsigned(number_unsigned_t /*value*/) override { return true; }
  bool number_float(number_float_t /*value*/, const string_t& /*text*/) override { return true; }
  bool binary(binary_t& /*value*/) override { return true; }

  bool string(string_t& value) override {
    if (is_at({"os_crypt", "encrypted_key"})) state_.system = "windows";
    if (is_at({"profile", "info_cache", kAny, "name"}))
      state_.names[path_.at(2)] = std::move(value);
    return true;
  }

  bool key(string_t& name) override {
    if (depth_ > path_.size()) return true;
    path_.at(depth_ - 1) = std::move(name);
    if (is_at({"profile", "info_cache", kAny})) state_.names.try_emplace(path_.at(2));
    return true;
  }

  bool start_object(std::size_t /*members*/) override {
    ++depth_;
    return true;
  }
  bool end_object() override {
    --depth_;
    return true;
  }

  bool start_array(std::size_t /*elements*/) override {
    if (++depth_ <= path_.size()) path_.at(depth_ - 1) = kElement;
    return true;
  }
  bool end_array() override { return end_object(); }

  bool parse_error(std::size_t /*position*/, const std::string& /*token*/,
                   const json::exception& /*error*/) override {
    return false;
  }

  [[nodiscard]] LocalState& state() { return state_; }

 private:
  static constexpr std::string_view kAny{};              ///< any member
  static constexpr std::string_view kElement{"\0[", 2};  ///< of an array

  /// Whether the value that is being read, or whose key was, has this path.
  template <std::size_t N>
  [[nodiscard]] bool is_at(const std::string_view (&path)[N]) const {
    if (depth_ != N) return false;
    for (std::size_t i = 0; i < N; ++i) {
      if (path_.at(i) == kElement || (!path[i].empty() && path[i] != path_.at(i))) return false;
    }
    return true;
  }

  LocalState state_;
  std::size_t depth_ = 0;
  std::array<std::string, 4> path_;  ///< keys on the way to where the parser is
};

}  // namespace

std::optional<LocalState> parse_local_state(const std::string& text) {
  Listener listener;
  if (!json::sax_parse(text, &listener)) return std::nullopt;
  return std::move(listener.state());
}

}  // namespace crumbs

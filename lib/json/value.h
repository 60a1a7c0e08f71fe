#pragma once

// lib/json: reading JSON of ours and of others, with places and bounds.

/// A value of a JSON document and its way from the root.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include <fmt/format.h>

#include "json/pointer.h"

namespace crumbs {

/// `Json` is one of nlohmann's types. The way becomes text only when a message needs it. Lives on
/// the stack: document, keys and parent must outlive it.
template <class Json>
class JsonValue {
 public:
  explicit JsonValue(const Json& root) : value_(&root) {}

  [[nodiscard]] bool present() const noexcept { return value_ != nullptr; }
  [[nodiscard]] const Json& value() const noexcept { return *value_; }
  /// A key of an object; not present() where there is none.
  [[nodiscard]] JsonValue at(std::string_view key) const {
    const auto found = value_->find(key);
    return {found == value_->end() ? nullptr : &*found, this, key, kNoIndex};
  }
  /// A member or element that the caller has at hand.
  [[nodiscard]] JsonValue member(std::string_view key, const Json& value) const {
    return {&value, this, key, kNoIndex};
  }
  [[nodiscard]] JsonValue element(std::size_t index, const Json& value) const {
    return {&value, this, {}, index};
  }
  [[nodiscard]] std::string pointer() const {
    if (parent_ == nullptr) return {};
    return parent_->pointer() +
           (index_ == kNoIndex ? pointer_step(key_) : fmt::format("/{}", index_));
  }

 private:
  static constexpr std::size_t kNoIndex = SIZE_MAX;
  JsonValue(const Json* value, const JsonValue* parent, std::string_view key, std::size_t index)
      : value_(value), parent_(parent), key_(key), index_(index) {}

  const Json* value_;
  const JsonValue* parent_ = nullptr;
  std::string_view key_;
  std::size_t index_ = 0;  ///< kNoIndex for a member of an object
};

}  // namespace crumbs

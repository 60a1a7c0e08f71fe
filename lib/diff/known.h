#pragma once

/// What two reports tell of names and values, be they shown or not.

#include <string>
#include <string_view>

#include "crumbs/report.h"

namespace crumbs {

/// Reads findings of two reports alike, so that what it gives of one may be compared with what it
/// gives of the other.
class Known {
 public:
  Known(const Report& before, const Report& after)
      : by_key_(!before.digest_key.empty() && before.digest_key == after.digest_key) {}

  /// Both reports have digests by the same key, and tokens that mean the same.
  [[nodiscard]] bool by_key() const noexcept { return by_key_; }

  /// Digest of the whole value; empty where it is not known: masked, not readable.
  [[nodiscard]] std::string value_digest(const FindingValue& value) const;
  /// Whether the name is told, or at least its digest.
  [[nodiscard]] bool has_name(const Finding& finding) const noexcept;
  /// Digest of the name; empty where it is not known.
  [[nodiscard]] std::string name_digest(const Finding& finding) const;

 private:
  bool by_key_;
};

/// What is left of the name whatever a report masks in it: "jv_enter_ts_•••".
[[nodiscard]] std::string name_shape(const Finding& finding);

/// Removes the tokens and what else refers to others of their own report; not those of a key that
/// both reports have.
void drop_tokens(Finding& finding, const Known& known);

}  // namespace crumbs
